"""Calendar arithmetic on columns: the same day some months later, or the last day of that month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import narwhals as nw

from ..domain.unknown import UNKNOWN
from ..domain.values import add_months_to

DAY = 32
"""A date as a whole number is its months times this plus its day: it orders as dates do, on every engine."""
_FIRST, _LAST = 12, 9999 * 12 + 11
"""The months of the years 1 to 9999."""


def ordered(day: nw.Expr) -> nw.Expr:
    """A date as a whole number that orders as dates do."""
    return (day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64) - 1) * DAY + day.dt.day().cast(nw.Int64)


def ordered_value(day: date) -> int:
    """The same of one date."""
    return (day.year * 12 + day.month - 1) * DAY + day.day


def added(day: nw.Expr, count: Any) -> nw.Expr:
    """The same day so many months later, both as whole numbers; unknown outside the years 1 to 9999."""
    months, own = day // DAY + count, day % DAY
    last = _last_day(months // 12, months % 12)
    clamped = nw.when(own > last).then(last).otherwise(own)
    return nw.when((months >= _FIRST) & (months <= _LAST)).then(months * DAY + clamped)


def _last_day(year: nw.Expr, month: nw.Expr) -> nw.Expr:
    """The number of days of a month; January is month 0."""
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = nw.when(leap).then(nw.lit(29)).otherwise(nw.lit(28))
    short = nw.when(month.is_in([3, 5, 8, 10])).then(nw.lit(30)).otherwise(nw.lit(31))
    return nw.when(month == 1).then(february).otherwise(short)


def offset(day: nw.Expr, count: int) -> nw.Expr:
    """The same with dates, on an engine whose own arithmetic clamps to the month's end."""
    return _within(day, count).dt.offset_by(f"{count}mo").cast(nw.Date)


def _within(day: nw.Expr, count: int) -> nw.Expr:
    """A date that is in the years 1 to 9999 so many months later too."""
    if count < 0:  # no date of so early a year is written, for PySpark cannot read it
        return nw.when(day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64) - 1 + count >= _FIRST).then(
            day
        )
    end = add_months_to(date.max, -count)
    return nw.lit(None, dtype=nw.Date) if end is UNKNOWN else nw.when(day <= end).then(day)


def earliest(limit: date, count: int) -> date | None:
    """The first date that, so many months later, is not before a limit; None outside the years 1 to 9999."""
    day = add_months_to(limit, -count)
    if day is UNKNOWN:
        return None
    # the limit is the 31st, and the day was clamped: the month's end falls short of it
    return day if add_months_to(day, count) == limit else day + timedelta(days=1)


def compared(day: nw.Expr, count: int, op: str, limit: date) -> nw.Expr | None:
    """Whether a date some months later is before a limit or not, without arithmetic; None where that cannot be."""
    if op in ("gt", "le") and limit < date.max:  # after a day is not before the next
        op, limit = {"gt": "ge", "le": "lt"}[op], limit + timedelta(days=1)
    first = earliest(limit, count) if op in ("ge", "lt") else None
    if first is None:
        return None
    return _within(day, count) >= first if op == "ge" else _within(day, count) < first
