"""The words for comparisons: where one is true, where it is false, and where either is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..text import Language

Forms = tuple[str, str, str, str]
"""True, false, whether it is true, whether it is false."""

_ANY: Mapping[Language, Mapping[str, Forms]] = {
    "nl": {
        "gt": ("is hoger dan", "is niet hoger dan", "hoger dan", "niet hoger dan"),
        "ge": ("is minstens", "is lager dan", "minstens", "lager dan"),
        "lt": ("is lager dan", "is niet lager dan", "lager dan", "niet lager dan"),
        "le": ("is hoogstens", "is hoger dan", "hoogstens", "hoger dan"),
        "eq": ("is gelijk aan", "is niet gelijk aan", "gelijk aan", "ongelijk aan"),
        "ne": ("is niet gelijk aan", "is gelijk aan", "ongelijk aan", "gelijk aan"),
        "one_of": ("is een van", "is geen van", "een van", "geen van"),
    },
    "en": {
        "gt": ("is higher than", "is not higher than", "higher than", "not higher than"),
        "ge": ("is at least", "is lower than", "at least", "lower than"),
        "lt": ("is lower than", "is not lower than", "lower than", "not lower than"),
        "le": ("is at most", "is higher than", "at most", "higher than"),
        "eq": ("equals", "does not equal", "equal to", "unequal to"),
        "ne": ("does not equal", "equals", "unequal to", "equal to"),
        "one_of": ("is one of", "is none of", "one of", "none of"),
    },
}
_DATES: Mapping[Language, Mapping[str, Forms]] = {
    "nl": {
        "gt": ("is later dan", "is niet later dan", "later dan", "niet later dan"),
        "ge": ("is op of na", "is eerder dan", "op of na", "eerder dan"),
        "lt": ("is eerder dan", "is niet eerder dan", "eerder dan", "niet eerder dan"),
        "le": ("is op of voor", "is later dan", "op of voor", "later dan"),
    },
    "en": {
        "gt": ("is later than", "is not later than", "later than", "not later than"),
        "ge": ("is on or after", "is earlier than", "on or after", "earlier than"),
        "lt": ("is earlier than", "is not earlier than", "earlier than", "not earlier than"),
        "le": ("is on or before", "is later than", "on or before", "later than"),
    },
}
INFIX: Mapping[Language, Mapping[str, str]] = {
    "nl": {"add": "plus", "sub": "min", "mul": "keer", "ratio": "gedeeld door"},
    "en": {"add": "plus", "sub": "minus", "mul": "times", "ratio": "divided by"},
}
"""The words between the parts of a computation."""


def forms(op: str, of: type, lang: Language) -> Forms:
    """The words for a comparison of values of a type: true, false, whether true, whether false."""
    dates = _DATES[lang] if of is date else {}
    return dates.get(op) or _ANY[lang][op]
