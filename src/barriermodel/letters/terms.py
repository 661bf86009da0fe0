"""Terms in working days, as a municipality counts them: without weekends and holidays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from ..extras import require

SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 1982, 2099
"""The first year in which 5 May is a holiday of the Algemene termijnenwet, and the last that is counted."""


def add_working_days(start: date, days: int) -> date:
    """Return the last day of a term.

    The first day, Saturdays, Sundays and the holidays of article 3 of the Algemene termijnenwet do not count. Other
    days that a royal decree adds, such as a Friday after Ascension Day, are counted as working days.

    Args:
        start: the day of the letter.
        days: the number of working days, at least 1.

    Raises:
        ValueError: the term has no days, or goes beyond the years that are counted.
        MissingExtraError: holidays is not installed.

    >>> add_working_days(date(2026, 1, 15), 10)
    datetime.date(2026, 1, 29)

    """
    if days < 1:
        raise ValueError(f"a term has at least 1 working day; got {days}")
    day = start
    _check_year(start)
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether a day counts in a term.

    Raises:
        ValueError: its year is not counted.
        MissingExtraError: holidays is not installed.

    """
    return day.weekday() < SATURDAY and holiday_name(day) is None


def holidays_between(start: date, end: date) -> Iterator[date]:
    """Yield the holidays from Monday to Friday in a term, in order; the day that it starts on is not part of it."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return (day for day in days if day.weekday() < SATURDAY and holiday_name(day) is not None)


def holiday_name(day: date, lang: str = "nl") -> str | None:
    """Return what a holiday is called; None if the day is no holiday."""
    _check_year(day)
    return _holidays(day.year, "en_US" if lang == "en" else "nl").get(day)


def _check_year(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"terms are counted from {FIRST_YEAR} to {LAST_YEAR}; got {day}")


@cache
def _holidays(year: int, language: str) -> Mapping[date, str]:
    require("letters", "letters need {}", "holidays")
    from holidays import country_holidays

    # `public` alone has 5 May only once in five years, as collective labour agreements do
    return dict(country_holidays("NL", years=year, categories=("public", "optional"), language=language).items())
