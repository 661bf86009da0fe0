"""Dates as whole numbers, in columns of their own: made once for all rules that compare dates some months later.

Of two dates, one some months later, the months are compared and then the days. So no date is ever made: that the 31st
becomes the month's last day changes nothing, for the other date is no later than that day either.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import attrs
import narwhals as nw

from ..profiles.resolved import ResolvedProfile
from ..rules.expression import COMPARISONS, FactRef, Node, Operation, facts_of, unnamed, walk
from .columns import OWN, column_of
from .months import DAY, ordered

MIRROR = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
"""Each comparison that orders, and what it becomes when its sides change places."""


@attrs.frozen
class Later:
    """A comparison of a date some months later with another date: ``day`` plus ``count`` months ``op`` ``limit``."""

    op: str
    day: Node
    count: Node
    limit: Node

    @property
    def after(self) -> bool:
        """Whether the day after the limit is what counts: to be later than a day is not to be before the next."""
        return self.op in ("gt", "le")


def later(node: Operation) -> Later | None:
    """A comparison read so; None for any other."""
    left, right = (unnamed(arg) for arg in node.args)
    for op, moved, limit in ((node.op, left, right), (MIRROR.get(node.op), right, left)):
        if op in MIRROR and isinstance(moved, Operation) and moved.op == "add_months":
            day, count = moved.args
            if not adds_months(day) and not adds_months(limit):
                return Later(op, day, count, limit)
    return None


def adds_months(node: Node) -> bool:
    """Whether a date is moved in it."""
    return any(isinstance(n, Operation) and n.op == "add_months" for n in walk(node))


def key_column(fact: str, after: bool) -> str:
    """The column of a fact's date as a whole number, or of the day after it."""
    return f"{OWN}{'after' if after else 'key'}__{fact}"


def dates_compared(plan: ResolvedProfile) -> Iterator[tuple[FactRef, bool]]:
    """The dates of which a rule needs the whole number, or that of the day after."""
    for rule in (rule.definition for stage in plan.stages for rule in stage.rules):
        nodes = [rule.hits_if, *([rule.applies.expression] if rule.applies else [])]
        for node in (n for root in nodes for n in walk(root)):
            found = later(node) if isinstance(node, Operation) and node.op in COMPARISONS else None
            if found is not None:
                yield from ((ref, False) for ref in facts_of(found.day))
                yield from ((ref, found.after) for ref in facts_of(found.limit))


def with_keys(frame: Any, plan: ResolvedProfile, columns: dict[str, str]) -> Any:
    """The frame with the whole numbers of dates that rules compare.

    Args:
        columns: the column in which each fact stands as rules read it, by the fact's own.

    """
    wanted = {(column_of(ref), after) for ref, after in dates_compared(plan)}
    keys = [(key_column(name, after), columns[name], after) for name, after in sorted(wanted) if name in columns]
    if not keys:
        return frame
    if frame.implementation is nw.Implementation.POLARS and _looks_up():
        found = {key: _looked_up(name, after) for key, name, after in keys}
        return nw.from_native(frame.to_native().with_columns(**found))
    return frame.with_columns(**{
        key: ordered(nw.col(name).dt.offset_by("1d") if after else nw.col(name)) for key, name, after in keys
    })  # fmt: skip


# Polars computes the parts of a date slowly, and looks numbers up quickly -----------------------------------

_FIRST = date.min.toordinal() - date(1970, 1, 1).toordinal()
"""The first day of the table, as Polars counts days."""


def _looks_up() -> bool:
    """Whether this Polars gives null for a place outside a table: from version 2 on."""
    import polars as pl

    return int(pl.__version__.partition(".")[0]) >= 2


def _looked_up(name: str, after: bool) -> Any:
    import polars as pl

    place = pl.col(name).to_physical() - _FIRST + int(after)
    return pl.lit(_numbers()).gather(place.cast(pl.UInt32, strict=False), null_on_oob=True)


@cache
def _numbers() -> Any:
    """The whole number of each day of the years 1 to 10000."""
    import polars as pl

    day = pl.date_range(date(1, 1, 1), date(400, 12, 31), eager=True).dt
    cycle = ((day.year() * 12 + day.month() - 1) * DAY + day.day()).cast(pl.Int32)
    return pl.concat([cycle + 400 * 12 * DAY * times for times in range(25)])
