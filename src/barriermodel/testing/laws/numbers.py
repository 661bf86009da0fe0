"""Finds numbers that were typed into a text by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from barriermodel.analysis.expressions import Constant, walk
from barriermodel.analysis.text import Language
from barriermodel.plugin import Money, Rule

_NAMES = re.compile(
    r"""
    \b[A-Z]\w*[A-Z][\w-]*[\s-]+[0-9][0-9.:/-]*[a-z]?\b          # ISO 9001:2015, BW 2:285, NEN-EN 15224
    | (?i:\b(?:\w*wet|wmo|wlz|zvw|\w*besluit|\w*regeling|\w*verordening|act)(?:\s[a-z]+){0,3}\s
        (?:(?:19|20)[0-9]{2}|[0-9]+[.:][0-9.:]*[a-z]?)\b)        # Wet langdurige zorg 2015, Jeugdwet 8.3.1
    | (?i:\b(?:art(?:ikel|ikelen|icle|icles|s)?\.?|lid|leden|paragraaf|paragraph|boek|book|titel|title|hoofdstuk
        |chapter|afdeling|section|bijlage|annex|formulier|form)\s+[0-9][0-9.:/-]*[a-z]?\b)
    """,
    re.VERBOSE,
)
"""Numbers that are part of a name: of a law, an article or a standard."""
_DIGITS = re.compile("[0-9][0-9.,]*%?")
_SPELT: dict[Language, str] = {
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "en": "two three four five six seven eight nine ten eleven twelve",
}
"""From two on, for ``een`` and ``one`` are also pronouns and articles."""


_ONE = re.compile(r"(?<![0-9.,])1(?![0-9.,%])")
_SHOWING = ("hit", "clear", "short")
"""The texts of a rule that show values."""


def typed_by_hand(rule: Rule[...]) -> str | None:
    """A number in a rule's texts, unless it is part of a name; in words only if it is a limit of the rule."""
    limits = set(_limits(rule))
    for lang, words in _SPELT.items():
        for template in ((rule.words / part).template(lang) for part in _SHOWING):
            for category, form in template.forms.items() if template else ():
                plain = _NAMES.sub("", " ".join(form[::2]))
                found = _number(_ONE.sub("", plain, count=1) if category == "one" else plain, words, limits)
                if found:
                    return found
    return None


def _number(plain: str, words: str, limits: set[float]) -> str | None:
    digits = _DIGITS.search(plain)
    if digits:
        return digits.group().rstrip(".,")
    spelt = (word for number, word in enumerate(words.split(), 2) if number in limits)
    return next((word for word in spelt if re.search(rf"\b{word}\b", plain, re.IGNORECASE)), None)


def _limits(rule: Rule[...]) -> Iterator[float]:
    """The numbers that the rule compares with, also as percentages: 0.10 and 10."""
    constants = [node.value for root in rule.nodes for node in walk(root) if isinstance(node, Constant)]
    values: list[Any] = [*constants, *(spec.default for spec in rule.signature.parameters.values())]
    for value in values:
        number = value.cents / 100 if isinstance(value, Money) else value
        if isinstance(number, (int, float)):
            yield from (number, round(number * 100, 6))
