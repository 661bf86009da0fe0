"""Computes what each rule of a profile hits in a table, and how often something was found there.

As in a sweep, the table is read once: rows for which all rules, the label and the groups are the same are counted
together, and every figure is computed on these counts. They are exact, because each row is in exactly one count.

An exclusion does not stop later stages here: their rules count in all rows, because the question is what a rule finds,
and not in which order rules happen to be tried. ``not_examined`` is the number of rows in which it would be skipped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

import attrs
import narwhals.stable.v2 as nw
import numpy as np

from barriermodel import BarrierModel, Level
from barriermodel.analysis.columns import INTERNAL
from barriermodel.analysis.profiles import ResolvedRule, ResolvedStage
from barriermodel.analysis.tables import Table, internal_column, warn_missing

from ..counting import RowCounts, count_rows, inspect_schema, pack, with_rules
from ..kleene_arrays import Array, Bounds, TriState, count_intervals, stage_bounds, worst
from .groups import Grouping, check_columns, default_columns, group_key, groups_of, quartiles
from .intervals import ContingencyTable as Cells
from .intervals import performance_of
from .result import Backtest, LevelFigures, Performance, RuleFigures, WithoutRule


@attrs.frozen(eq=False)
class RuleOutcomes:
    """How all rules turned out, as arrays with an element for each different row.

    Args:
        rows: how many rows of the table each element stands for.
        rules: where each rule hits, by its id.
        bounds: the interval of each stage.
        investigated: where there is a label; None if no label was asked for.
        found: where the label says that something was found; None if no label was asked for.

    """

    stages: tuple[ResolvedStage, ...]
    rows: Array
    rules: Mapping[str, TriState]
    bounds: Sequence[Bounds]
    investigated: Array | None
    found: Array | None

    def count(self, where: Array) -> int:
        """The number of rows of the table for which this is true."""
        return int(self.rows[where].sum())

    @property
    def size(self) -> int:
        """The number of different rows."""
        return len(self.rows)


def compute_backtest(
    model: BarrierModel, frame: Any, label: str | None, by: Collection[str] | None, as_of: date | None
) -> Backtest:
    """The figures of every rule, level and group."""
    groupings = _groupings(model, frame, label, by, as_of)
    rules = [rule for stage in model.resolved.stages for rule in stage.rules]
    also = [grouping.column for grouping in groupings] + ([label] if label is not None else [])
    counted = count_rows(
        model.engine, frame, as_of, lambda table: _prepare(model, table, rules, label, groupings), also
    )
    warn_missing(counted.table)
    outcomes = _rule_outcomes(model, counted, rules, label)
    advice = worst(outcomes.bounds, outcomes.size)
    groups = [groups_of(one, counted, _group_column(place), outcomes.rules) for place, one in enumerate(groupings)]
    return Backtest(
        profile=model.profile.id,
        digest=model.resolved.digest,
        as_of=as_of,
        label=label,
        total=int(outcomes.rows.sum()),
        investigated=0 if outcomes.investigated is None else outcomes.count(outcomes.investigated),
        found=0 if outcomes.found is None else outcomes.count(outcomes.found),
        counts=count_intervals(advice, outcomes.rows),
        rules=tuple(_rules(outcomes, advice)),
        levels=tuple(_levels(outcomes, advice)),
        groups=tuple(group for column in groups for group in column),
        missing=counted.missing,
        unchecked=counted.table.unchecked,
    )


# On the table -----------------------------------------------------------------------------------------


def _groupings(
    model: BarrierModel, frame: Any, label: str | None, by: Collection[str] | None, as_of: date | None
) -> list[Grouping]:
    """The columns to group by, numbers with the bounds of their quartiles."""
    also = [*(by or ()), *([label] if label is not None else [])]
    table = inspect_schema(model.engine, frame, as_of, also)
    columns = list(dict.fromkeys(by)) if by is not None else default_columns(table)
    check_columns(table, columns, label)
    return [
        quartiles(model.engine, frame, as_of, name) if table.schema[name].is_numeric() else Grouping(name)
        for name in columns
    ]


def _group_column(number: int) -> str:
    return f"{INTERNAL}by__{number}"


def _prepare(
    model: BarrierModel, table: Table, rules: Sequence[ResolvedRule], label: str | None, groupings: Sequence[Grouping]
) -> tuple[Any, Mapping[str, nw.Expr]]:
    """The table with a column for each rule, and the numbers to count its rows by."""
    check_columns(table, [grouping.column for grouping in groupings], label)  # once for each partition of a table
    frame, found = with_rules(model.engine, table)
    columns = found.columns(details=False)
    conditions = [nw.col(internal_column("hit", rule)) for rule in rules]
    if label is not None:
        conditions.append(nw.col(label).cast(nw.Boolean))
    groups = {_group_column(number): group_key(by, table.schema) for number, by in enumerate(groupings)}
    return found.added_to(frame, columns), {**pack(conditions), **groups}


# On the counts ----------------------------------------------------------------------------------


def _rule_outcomes(
    model: BarrierModel, counted: RowCounts, rules: Sequence[ResolvedRule], label: str | None
) -> RuleOutcomes:
    by_id = {rule.id: counted.unpack(place) for place, rule in enumerate(rules)}
    stages = model.resolved.stages
    bounds = [stage_bounds(stage, by_id, counted.size) for stage in stages]
    if label is None:
        return RuleOutcomes(stages, counted.rows, by_id, bounds, None, None)
    # the label is packed after the outcomes; without an investigation it is unknown: not certainly, but possibly true
    found, possible = counted.unpack(len(rules))
    return RuleOutcomes(stages, counted.rows, by_id, bounds, found | ~possible, found)


def _rules(outcomes: RuleOutcomes, advice: Bounds) -> Iterator[RuleFigures]:
    hits = reduce(lambda number, rule: number + rule[0], outcomes.rules.values(), np.zeros(outcomes.size, np.int64))
    stopped = np.zeros(outcomes.size, bool)
    for place, stage in enumerate(outcomes.stages):
        for rule in stage.rules:
            id = rule.id
            sure, maybe = outcomes.rules[id]
            overlap = {other: outcomes.count(sure & theirs) for other, (theirs, _) in outcomes.rules.items()}
            yield RuleFigures(
                id=id,
                level=rule.level,
                hits=overlap.pop(id),
                alone=outcomes.count(sure & (hits == 1)),
                open=outcomes.count(maybe & ~sure),
                not_examined=outcomes.count(stopped),
                overlap=overlap,
                without=_without(outcomes, advice, place, id),
                performance=_performance(outcomes, sure),
            )
        stopped = stopped | (outcomes.bounds[place][0] == Level.EXCLUDE)


def _without(outcomes: RuleOutcomes, advice: Bounds, place: int, id: str) -> WithoutRule:
    stage = outcomes.stages[place]
    rules = {rule.id: outcomes.rules[rule.id] for rule in stage.rules if rule.id != id}
    ends = [*outcomes.bounds[:place], stage_bounds(stage, rules, outcomes.size), *outcomes.bounds[place + 1 :]]
    then = worst(ends, outcomes.size)
    low, high = (new < old for new, old in zip(then, advice, strict=True))
    return WithoutRule(
        milder=outcomes.count(low | high),
        at_least=outcomes.count(low),
        at_most=outcomes.count(high),
        counts=count_intervals(then, outcomes.rows),
    )


def _levels(outcomes: RuleOutcomes, advice: Bounds) -> Iterator[LevelFigures]:
    for level in (Level.ORANGE, Level.RED, Level.EXCLUDE):
        flagged = advice[0] >= level
        yield LevelFigures(level=level, rows=outcomes.count(flagged), performance=_performance(outcomes, flagged))


def _performance(outcomes: RuleOutcomes, flagged: Array) -> Performance | None:
    if outcomes.investigated is None or outcomes.found is None:
        return None
    nothing = outcomes.investigated & ~outcomes.found
    parts = (flagged & outcomes.found, flagged & nothing, ~flagged & outcomes.found, ~flagged & nothing)
    return performance_of(Cells(*(outcomes.count(part) for part in parts)))
