"""Values as a person reads them, and what is known of an unknown number."""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Literal

from ..domain.unknown import UNKNOWN
from ..domain.values import Money
from ..rules.ends import Ends
from ..text import (
    Language,
    format_bool,
    format_date,
    format_integer,
    format_list,
    format_money,
    format_percent,
)
from ..words.lexicon import enum_label, said
from .unknown_facts import UNKNOWN_WORD

_ENDS = {name: said("sentences", "ends", name) for name in ("at_least", "at_most", "between")}


def format_value(value: Any, lang: Language, places: int = 1, joint: Literal["and", "or"] = "and") -> str:
    """Write a fact's value for a person.

    Args:
        value: the value, or ``UNKNOWN``.
        lang: the language.
        places: decimals of a percentage.
        joint: the conjunction between the last two members of a list.

    >>> format_value(0.1, "nl"), format_value(("Jeugdwet", "Wmo 2015"), "en", joint="or")
    ('10%', 'Jeugdwet or Wmo 2015')

    """
    if value is UNKNOWN:
        return UNKNOWN_WORD[lang]
    if isinstance(value, bool):
        return format_bool(value, lang)
    if isinstance(value, int):
        return format_integer(value, lang)
    if isinstance(value, float):
        return format_percent(value, lang, places)
    if isinstance(value, Money):
        return format_money(value.cents, lang)
    if isinstance(value, date):
        return format_date(value, lang)
    if isinstance(value, enum.Enum):
        return enum_label(value)[lang]
    if isinstance(value, tuple):
        return format_list([format_value(member, lang, places) for member in value], lang, joint) if value else "–"
    return str(value)


def distinguishing_decimals(values: Iterable[Any]) -> int:
    """Count the decimals at which different ratios look different: 10.04% must not read "10%" beside a limit of 10%.

    >>> distinguishing_decimals([0.1, 0.1004])
    2

    """
    ratios = {0.0, *(value for value in values if type(value) is float)}
    if len(ratios) == 1:
        return 1
    for places in range(1, 9):
        if len({round(ratio, places + 2) for ratio in ratios}) == len(ratios):
            return places
    return 9


def format_ends(ends: Ends, kind: type, lang: Language, places: int = 1) -> str:
    """Write what is known of an unknown number for a person, rounded so that it stays true.

    >>> format_ends(Ends(0.65, math.inf), float, "nl"), format_ends(Ends(1, 3), int, "en")
    ('minstens 65%', '1 to 3')

    """
    low, high = (
        format_value(_rounded(end, kind, places, rounding), lang, places) if math.isfinite(end) else ""
        for end, rounding in zip(ends, (math.floor, math.ceil), strict=True)
    )
    return _ENDS["between" if low and high else "at_least" if low else "at_most"].fill(low=low, high=high)[lang]


def end_value(end: float, kind: type) -> Any:
    """An end of an unknown number as a value of its type."""
    return Money(cents=int(end)) if kind is Money else kind(end)


def _rounded(end: float, kind: type, places: int, rounding: Callable[[float], int]) -> Any:
    if kind is not float:
        return end_value(end, kind)
    steps = round(end * 10 ** (places + 2), 6)  # 0.07 * 100 is a little more than 7
    return rounding(steps) / 10 ** (places + 2)
