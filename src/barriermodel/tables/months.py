"""Calendar arithmetic on columns: the same day some months later, or the last day of that month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import attrs
import narwhals as nw

from ..domain.unknown import UNKNOWN
from ..domain.values import add_months_to

DAY = 32
"""A date as a whole number is its months times this plus its day: it orders as dates do, on every engine."""
_FIRST, _LAST = 12, 9999 * 12 + 11
"""The months of the years 1 to 9999."""


@attrs.frozen
class YearMonthDay:
    """A date in two columns: its months since the year 0, and its day."""

    months: nw.Expr
    day: nw.Expr

    @property
    def ordered(self) -> nw.Expr:
        """The date as a whole number."""
        return self.months * DAY + self.day


def year_month_day(day: nw.Expr) -> YearMonthDay:
    """A date in two columns."""
    months = day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64) - 1
    return YearMonthDay(months, day.dt.day().cast(nw.Int64))


def to_ordinal(day: nw.Expr) -> nw.Expr:
    """A date as a whole number that orders as dates do."""
    return year_month_day(day).ordered


def date_ordinal(day: date) -> int:
    """The same of one date."""
    return (day.year * 12 + day.month - 1) * DAY + day.day


def add_months(day: YearMonthDay, count: Any) -> YearMonthDay:
    """The same day so many months later, or the month's last; unknown outside the years 1 to 9999.

    Nothing is divided: engines that lack whole division make long expressions of it.
    """
    months = day.months + count
    last = _last_day(months)
    within = nw.when((months >= _FIRST) & (months <= _LAST)).then(months)
    return YearMonthDay(within, nw.when(day.day > last).then(last).otherwise(day.day))


def _last_day(months: nw.Expr) -> nw.Expr:
    """The number of days of a month."""
    leap = ((months % 48 < 12) & (months % 1200 >= 12)) | (months % 4800 < 12)
    february = nw.when(leap).then(nw.lit(29)).otherwise(nw.lit(28))
    short = nw.when((months % 12).is_in([3, 5, 8, 10])).then(nw.lit(30)).otherwise(nw.lit(31))
    return nw.when(months % 12 == 1).then(february).otherwise(short)


def in_calendar(day: nw.Expr) -> nw.Expr:
    """A date as a whole number that is in the years 1 to 9999, or unknown."""
    return nw.when((day >= _FIRST * DAY) & (day < (_LAST + 1) * DAY)).then(day)


def _within(day: nw.Expr, count: int) -> nw.Expr:
    """A date that is in the years 1 to 9999 so many months later too."""
    if count < 0:  # no date of so early a year is written, for PySpark cannot read it
        return nw.when(year_month_day(day).months + count >= _FIRST).then(day)
    end = add_months_to(date.max, -count)
    return nw.lit(None, dtype=nw.Date) if end is UNKNOWN else nw.when(day <= end).then(day)


def first_reaching(limit: date, count: int) -> date | None:
    """The first date that, so many months later, is not before a limit; None outside the years 1 to 9999."""
    day = add_months_to(limit, -count)
    if day is UNKNOWN:
        return None
    # the limit is the 31st, and the day was clamped: the month's end falls short of it
    return day if add_months_to(day, count) == limit else day + timedelta(days=1)


def compare_without_arithmetic(day: nw.Expr, count: int, op: str, limit: date) -> nw.Expr | None:
    """Whether a date some months later is before a limit or not, without arithmetic; None where that cannot be."""
    if op in ("gt", "le") and limit < date.max:  # after a day is not before the next
        op, limit = {"gt": "ge", "le": "lt"}[op], limit + timedelta(days=1)
    first = first_reaching(limit, count) if op in ("ge", "lt") else None
    if first is None:
        return None
    return _within(day, count) >= first if op == "ge" else _within(day, count) < first
