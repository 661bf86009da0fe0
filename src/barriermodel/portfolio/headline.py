"""The two numbers that an alderman asks for: how much is settled, and how much is or may become red."""

from __future__ import annotations

from itertools import product

from ..reporting.phrases import LEVEL, fill
from ..rules.levels import Level
from ..text import Language
from ..words.lexicon import said
from .counts import ShownCounts

Ends = tuple[Level, Level]
HALF_A_WORKDAY = 240
"""From so many minutes on, work is told in hours."""


def headline(advice: ShownCounts[Ends], lang: Language) -> str:
    """Say in how many rows the advice is settled, and how many are red for certain or may become so."""
    ends = [pair for pair in product(Level, Level) if pair in advice.counts]
    settled = [(low, high) for low, high in ends if low is high]
    certain = [(low, high) for low, high in ends if low >= Level.RED]
    others = [(low, high) for low, high in ends if low < Level.RED <= high]
    heavier = any(advice.bounds(pair)[1] for pair in ends if pair[1] is Level.EXCLUDE)
    red = _say(lang, "red_or_heavier") if heavier else LEVEL[Level.RED][lang]
    first = _counted(advice, settled, lang, "settled", "no_settled")
    if not advice.bounds(*certain)[1]:
        return f"{first} {_counted(advice, others, lang, 'uncertain', 'never', red=red)}."
    more = _counted(advice, others, lang, "others", "no_others")
    return f"{first} {_counted(advice, certain, lang, 'certain', 'certain', red=red)}; {more}."


def work_time(minutes: int, lang: Language) -> str:
    """Say how long work takes, in minutes or in whole hours, rounded up."""
    if minutes < HALF_A_WORKDAY:
        return _say(lang, "minutes", count=minutes)
    return _say(lang, "hours", count=-(-minutes // 60))


def _counted(advice: ShownCounts[Ends], parts: list[Ends], lang: Language, some: str, none: str, **values: str) -> str:
    least, greatest = advice.bounds(*parts)
    if not greatest:
        return _say(lang, none, **values)
    return _say(lang, some, count=least if least == greatest else advice.text(*parts), **values)


def _say(lang: Language, key: str, **values: object) -> str:
    return fill(said("batch", key), lang, **values)
