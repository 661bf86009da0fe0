"""Comparing dates that are months apart, for a whole column, without computing a date.

Law counts in months: "issued at most six months ago". Adding months to a date is a calendar computation that each
engine does in its own way, slowly, or not at all, and 31 August plus six months must become the last day of
February. So dates are compared as whole numbers instead. The ordinal of a date is::

    (year * 12 + month - 1) * 32 + day

A day is never more than 31, so ordinals order as dates do, and adding ``count * 32`` moves a date by ``count`` months
while its day stays the same. An example, 31 August 2025 plus six months:

=====================================  =======
2025-08-31                             777 855
moved: ``777_855 + 6 * 32``            778 047
2026-02-28, the date that it must be   778 044
2026-03-01, the day after that         778 049
=====================================  =======

There is no 31 February, and the sum is not taken back to the 28th. For ``>=`` and ``<`` that changes nothing: the sum
lies between the last day of its month and the first of the next, so it is on the same side of every limit as that
last day. For ``>`` and ``<=`` it would: 778 047 is more than 778 044, and 28 February is not later than 28 February.
So ``moved > limit`` is asked as ``moved >= the day after limit``, and ``moved <= limit`` as ``moved < the day after
limit``.

Invariants: an ordinal is null where its date is null; a moved date outside the years 1 to 9999 is null, as in
:func:`~barriermodel.domain.values.add_months_to`; and nothing is divided, since engines without whole division make
long expressions of it. The ordinals that rules need are columns of their own, made once for all rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from ..domain.unknown import UNKNOWN
from ..domain.values import add_months_to
from ..rules.expression import Node, Operation, unnamed

MONTH = 32
"""What a month adds to the ordinal of a date."""
MIRROR = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
"""Each comparison that orders, and what it becomes when its sides change places."""
_FIRST_MONTH, _LAST_MONTH = 12, 9999 * 12 + 11
"""The months of the years 1 to 9999."""


# A date as a whole number -----------------------------------------------------------------------------


@attrs.frozen
class YearMonthDay:
    """A column of dates as two columns of whole numbers: the months since the year 0, and the day of the month."""

    months: nw.Expr
    day: nw.Expr

    @property
    def ordinal(self) -> nw.Expr:
        """The date as one whole number."""
        return self.months * MONTH + self.day


def year_month_day(day: nw.Expr) -> YearMonthDay:
    """A column of dates in its parts."""
    months = day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64) - 1
    return YearMonthDay(months, day.dt.day().cast(nw.Int64))


def date_ordinal(day: date) -> int:
    """The ordinal of one date."""
    return (day.year * 12 + day.month - 1) * MONTH + day.day


def in_calendar(ordinal: nw.Expr) -> nw.Expr:
    """An ordinal, or null where its date is outside the years 1 to 9999."""
    return nw.when((ordinal >= _FIRST_MONTH * MONTH) & (ordinal < (_LAST_MONTH + 1) * MONTH)).then(ordinal)


# Months later -----------------------------------------------------------------------------------------


def add_months(day: YearMonthDay, count: Any) -> YearMonthDay:
    """The same day of a later month, or its last day; null outside the years 1 to 9999.

    For the comparisons that need the date itself: equal, one of, or two dates that are both moved.
    """
    months = day.months + count
    last = _last_day(months)
    within = nw.when((months >= _FIRST_MONTH) & (months <= _LAST_MONTH)).then(months)
    return YearMonthDay(within, nw.when(day.day > last).then(last).otherwise(day.day))


def _last_day(months: nw.Expr) -> nw.Expr:
    """The number of days of a month."""
    # 48, 1200 and 4800 are the months of 4, 100 and 400 years; the first 12 of them are the year that divides
    leap = ((months % 48 < 12) & (months % 1200 >= 12)) | (months % 4800 < 12)
    february = nw.when(leap).then(nw.lit(29)).otherwise(nw.lit(28))
    short = nw.when((months % 12).is_in([3, 5, 8, 10])).then(nw.lit(30)).otherwise(nw.lit(31))
    return nw.when(months % 12 == 1).then(february).otherwise(short)


def first_reaching(limit: date, count: int) -> date | None:
    """The first date that, ``count`` months later, is not before a limit; None if that is outside the calendar."""
    day = add_months_to(limit, -count)
    if day is UNKNOWN:
        return None
    # the limit is the 31st, and the day was clamped: the end of its own month falls short of the limit
    return day if add_months_to(day, count) == limit else day + timedelta(days=1)


def compare_with_constant(day: nw.Expr, count: int, op: str, limit: date) -> nw.Expr | None:
    """Whether a date, a fixed number of months later, is before a fixed limit: the limit moves instead of the column.

    None if the limit has no such date, or the comparison does not order.
    """
    if op in ("gt", "le") and limit < date.max:  # after a day is not before the next
        op, limit = {"gt": "ge", "le": "lt"}[op], limit + timedelta(days=1)
    first = first_reaching(limit, count) if op in ("ge", "lt") else None
    if first is None:
        return None
    return _movable(day, count) >= first if op == "ge" else _movable(day, count) < first


def _movable(day: nw.Expr, count: int) -> nw.Expr:
    """A date, or null where it is outside the years 1 to 9999 once moved."""
    if count < 0:  # no date this early is written, since PySpark cannot read it
        return nw.when(year_month_day(day).months + count >= _FIRST_MONTH).then(day)
    end = add_months_to(date.max, -count)
    return nw.lit(None, dtype=nw.Date) if end is UNKNOWN else nw.when(day <= end).then(day)


# Which comparisons, and their ordinals ----------------------------------------------------------------


@attrs.frozen
class MonthOffsetComparison:
    """A comparison of a date some months later with another date: ``day`` plus ``count`` months ``op`` ``limit``."""

    op: str
    day: Node
    count: Node
    limit: Node


def month_offset_comparison(node: Operation) -> MonthOffsetComparison | None:
    """A comparison, read as one of a date some months later; None for any other."""
    left, right = (unnamed(arg) for arg in node.args)
    for op, moved, limit in ((node.op, left, right), (MIRROR.get(node.op), right, left)):
        if op in MIRROR and isinstance(moved, Operation) and moved.op == "add_months":
            day, count = moved.args
            if not adds_months(day) and not adds_months(limit):
                return MonthOffsetComparison(op, day, count, limit)
    return None


def adds_months(node: Node) -> bool:
    """Whether an expression adds months to a date."""
    node = unnamed(node)
    return isinstance(node, Operation) and node.op == "add_months"


def with_ordinals(frame: Any, needed: Mapping[str, tuple[str, bool]]) -> Any:
    """The frame with the ordinals of dates.

    Args:
        needed: for each column to add, the column of dates, and whether it has the ordinals of the day after.

    """
    if frame.implementation is nw.Implementation.POLARS:
        from .polars_frames import HAS_LOOKUP, ordinal_by_lookup

        if HAS_LOOKUP:
            found = {name: ordinal_by_lookup(day, after) for name, (day, after) in needed.items()}
            return nw.from_native(frame.to_native().with_columns(**found))
    days = {name: nw.col(day).dt.offset_by("1d") if after else nw.col(day) for name, (day, after) in needed.items()}
    return frame.with_columns(**{name: year_month_day(day).ordinal for name, day in days.items()})
