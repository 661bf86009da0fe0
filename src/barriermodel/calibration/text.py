"""Lines and phrases that the texts of a sweep and of a backtest share, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from barriermodel.analysis.text import (
    Language,
    Text,
    distinguishing_decimals,
    format_date,
    format_integer,
    format_percent,
    format_value,
)

from .backtests.result import Backtest
from .sweeps.result import Sweep

BY_DATE = Text(nl="als in het profiel", en="as in the profile")
_ROWS = (Text(nl="{n} rij", en="{n} row"), Text(nl="{n} rijen", en="{n} rows"))
_ON = Text(nl="peildatum {day}", en="reference date {day}")
_OWN_DATES = Text(nl="op de datum van elke rij", en="on the date of each row")
_MISSING = Text(
    nl="In elke rij onbekend, want er is geen kolom: {names}.",
    en="Unknown in every row, for there is no column: {names}.",
)
_UNCHECKED = Text(
    nl="Niet nagegaan of dit bewijs nog geldig is, want de datum ontbreekt: {names}.",
    en="Not checked whether this evidence still counts, for it has no date: {names}.",
)


def title(text: Text, found: Sweep | Backtest, lang: Language) -> str:
    """The first line: the profile, the number of rows and the date."""
    on = _ON[lang].format(day=format_date(found.as_of, lang)) if found.as_of else _OWN_DATES[lang]
    return text[lang].format(profile=found.profile, rows=format_rows(found.total, lang), on=on)


def format_rows(number: int, lang: Language) -> str:
    """``300 rows``."""
    return _ROWS[number != 1][lang].format(n=format_integer(number, lang))


def format_parameter(value: Any, among: Iterable[Any], lang: Language) -> str:
    """The value of a parameter, with enough decimals to differ from the others; None is the profile's own."""
    if value is None:
        return BY_DATE[lang]
    return format_value(value, lang, distinguishing_decimals(among))


def format_count(number: int, of: int, lang: Language) -> str:
    """A count with its share: ``12 (4%)``."""
    return (
        f"{format_integer(number, lang)} ({format_percent(number / of, lang, 1 if of >= 1000 else 0)})" if of else "0"
    )


def caveats(found: Sweep | Backtest, lang: Language) -> Iterator[str]:
    """What the table lacks, and what could not be checked."""
    if found.missing:
        yield _MISSING[lang].format(names=", ".join(found.missing))
    if found.unchecked:
        yield _UNCHECKED[lang].format(names=", ".join(found.unchecked))
