"""Lines and phrases that the texts of a sweep and of a backtest share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from barriermodel.analysis.reports import fill
from barriermodel.analysis.text import (
    Language,
    distinguishing_decimals,
    format_date,
    format_integer,
    format_percent,
    format_value,
    said,
)

from .backtests.result import Backtest
from .sweeps.result import Sweep


def say(lang: Language, *key: str, **values: object) -> str:
    """A phrase of sweeps and backtests, with values filled in."""
    return fill(said("calibration", *key), lang, **values)


def title(of: Literal["sweep", "backtest"], found: Sweep | Backtest, lang: Language) -> str:
    """The first line: the profile, the number of rows and the date."""
    on = say(lang, "on_day", day=format_date(found.as_of, lang)) if found.as_of else say(lang, "own_days")
    return say(lang, of, "title", profile=found.profile, rows=format_rows(found.total, lang), on=on)


def format_rows(number: int, lang: Language) -> str:
    """``300 rows``."""
    return say(lang, "rows", count=number)


def format_parameter(value: Any, among: Iterable[Any], lang: Language) -> str:
    """The value of a parameter, with enough decimals to differ from the others; None is the profile's own."""
    if value is None:
        return say(lang, "by_date")
    return format_value(value, lang, distinguishing_decimals(among))


def format_count(number: int, of: int, lang: Language) -> str:
    """A count with its share: ``12 (4%)``."""
    return (
        f"{format_integer(number, lang)} ({format_percent(number / of, lang, 1 if of >= 1000 else 0)})" if of else "0"
    )


def caveats(found: Sweep | Backtest, lang: Language) -> Iterator[str]:
    """What the table lacks, and what could not be checked."""
    if found.missing:
        yield say(lang, "missing", names=", ".join(found.missing))
    if found.unchecked:
        yield say(lang, "unchecked", names=", ".join(found.unchecked))
