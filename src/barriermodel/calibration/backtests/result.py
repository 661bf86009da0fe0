"""What a backtest found: of every rule what it hits, alone and with others, and how well it tells what was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from barriermodel import Level
from barriermodel.analysis.objects import brief_repr

from .export import backtest_data, backtest_rows

IntervalCounts = Mapping[tuple[Level, Level], int]
"""Rows for which the advice is at least the one level and at most the other."""


@attrs.frozen(kw_only=True)
class Proportion:
    """So many of so many, with the ends of its 95% interval; without them where there is nothing to divide by."""

    count: int
    of: int
    low: float | None = None
    high: float | None = None

    __repr__ = brief_repr

    @property
    def value(self) -> float | None:
        """The share itself."""
        return self.count / self.of if self.of else None


@attrs.frozen(kw_only=True)
class Lift:
    """How many times as often something is found as among all investigated rows.

    Args:
        value: None where nothing was flagged or nothing was found.
        low: of the 95% interval; None, as is ``high``, where a cell of the four is empty, so that there is none.

    """

    value: float | None = None
    low: float | None = None
    high: float | None = None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Performance:
    """How well a flag tells what was found, over investigated rows only.

    Args:
        precision: of the flagged, those in which something was found.
        recall: of those in which something was found, the flagged.

    """

    precision: Proportion
    recall: Proportion
    lift: Lift

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class WithoutRule:
    """What the advice would be without a rule.

    Args:
        milder: rows whose advice is milder at either end.
        at_least: rows of which the lower end is milder; ``at_most`` the upper end.
        counts: the rows with each advice then.

    """

    milder: int
    at_least: int
    at_most: int
    counts: IntervalCounts

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class RuleFigures:
    """What a rule hits.

    Args:
        level: of the rule in this profile.
        alone: rows where it is the only rule that hits.
        open: rows where it cannot be told.
        not_examined: rows where an earlier stage excludes, so that an assessment does not look at it; here it counts.
        overlap: rows where both hit, for each other rule.
        measured: None without a label.

    """

    id: str
    level: Level
    hits: int
    alone: int
    open: int
    not_examined: int
    overlap: Mapping[str, int]
    without: WithoutRule
    performance: Performance | None = None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class LevelFigures:
    """Rows of which the advice is certainly a level or worse."""

    level: Level
    rows: int
    performance: Performance | None = None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class GroupRate:
    """How often a rule hits in a group, and in all other rows.

    Args:
        apart: whether the two intervals have nothing in common.

    """

    rule: str
    share: Proportion
    open: int
    rest: Proportion
    disjoint: bool

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Group:
    """Rows that are alike in a column.

    Args:
        value: the text of the column; None for a number, and where ``sort`` says what it is.
        sort: ``value``, ``number``, ``unknown``, or ``other`` for small groups together.
        above: a number is greater than this; ``up_to``: and at most this.

    """

    column: str
    kind: str
    value: str | None = None
    above: float | None = None
    up_to: float | None = None
    rows: int
    rates: tuple[GroupRate, ...]

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Backtest:
    """Every rule of a profile, over a table.

    Args:
        digest: of the profile.
        as_of: the date of all rows; None where each has its own.
        label: the column with what an investigation found.
        total: the rows of the table.
        investigated: rows with a label; ``found``: of these, those in which something was found.
        counts: the rows with each advice.
        missing: columns of facts that the table does not have: unknown in every row.
        unchecked: kinds of evidence without dates: whether they still count was not looked at.

    """

    profile: str
    digest: str
    as_of: date | None
    label: str | None
    total: int
    investigated: int
    found: int
    counts: IntervalCounts
    rules: tuple[RuleFigures, ...]
    levels: tuple[LevelFigures, ...]
    groups: tuple[Group, ...]
    missing: tuple[str, ...]
    unchecked: tuple[str, ...]

    __repr__ = brief_repr

    def rows(self) -> list[dict[str, Any]]:
        """Every figure as a flat row, as the CSV has it: of what, which measure, count, of how many, interval."""
        return backtest_rows(self)

    def to_dict(self) -> dict[str, Any]:
        """The backtest as JSON holds it, in the format ``barriermodel/backtest/1``."""
        return backtest_data(self)
