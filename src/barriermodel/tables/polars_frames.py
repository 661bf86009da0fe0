"""Polars: what is added to a frame is worked out once, as expressions of Polars; dates become ordinals by lookup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeAlias

import polars as pl

from .dates import MONTH

Frame: TypeAlias = Any  # pl.DataFrame or pl.LazyFrame
Call: TypeAlias = tuple[str, tuple[Any, ...], Mapping[str, Any]]


def _recorded(method: str) -> Any:
    """A method of a frame that is remembered when it is called."""

    def call(self: Recorder, *args: Any, **options: Any) -> Any:
        found = getattr(pl.LazyFrame, method)(self, *args, **options)  # a recorder, but one that remembers nothing
        found.calls = (*self.calls, (method, args, options))
        return found

    return call


class Recorder(pl.LazyFrame):
    """A frame without rows that remembers what is called on it, to be called on other frames of its schema.

    Narwhals takes 50 ms to turn a thousand expressions into those of Polars, each time they are used. What it hands to
    a recorder is Polars' own, and :func:`replay` passes that on in less than one.
    """

    calls: tuple[Call, ...] = ()
    with_columns, unnest, drop = map(_recorded, ("with_columns", "unnest", "drop"))


def replay(calls: tuple[Call, ...], frame: Frame) -> Frame:
    """A frame with all that was called on a recorder called on it."""
    for method, args, options in calls:
        frame = getattr(frame, method)(*args, **options)
    return frame


# Polars computes the parts of a date slowly, and looks numbers up quickly -----------------------------------

HAS_LOOKUP = int(pl.__version__.partition(".")[0]) >= 2
"""Whether this Polars gives null for an index outside a table: from version 2 on."""
_FIRST = date.min.toordinal() - date(1970, 1, 1).toordinal()
"""The first day of the table, as Polars counts days."""


def ordinal_by_lookup(name: str, after: bool) -> pl.Expr:
    """The ordinal of a column of dates, or of the day after each."""
    place = pl.col(name).to_physical() - _FIRST + int(after)
    return pl.lit(_ordinals()).gather(place.cast(pl.UInt32, strict=False), null_on_oob=True)


@cache
def _ordinals() -> pl.Series:
    """The ordinal of each day of the years 1 to 10000; the calendar repeats itself every 400 years."""
    day = pl.date_range(date(1, 1, 1), date(400, 12, 31), eager=True).dt
    cycle = ((day.year() * 12 + day.month() - 1) * MONTH + day.day()).cast(pl.Int32)
    return pl.concat([cycle + 400 * 12 * MONTH * times for times in range(25)])
