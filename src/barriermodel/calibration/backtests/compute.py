"""What each rule of a profile found in a table, from rows that are counted by what all rules say of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

import attrs
import narwhals as nw
import numpy as np

from barriermodel import BarrierModel, Level
from barriermodel.analysis.columns import INTERNAL
from barriermodel.analysis.profiles import ResolvedRule, ResolvedStage
from barriermodel.analysis.tables import Table, internal_column

from ..counting import RowCounts, count_rows, inspect_schema, pack, warn_missing, with_rules
from ..kleene_arrays import Array, Bounds, TriState, count_intervals, stage_bounds, worst
from .groups import Grouping, check_columns, default_columns, group_key, groups_of, quartiles
from .intervals import ContingencyTable as Cells
from .intervals import performance_of
from .result import Backtest, LevelFigures, Performance, RuleFigures, WithoutRule


@attrs.frozen(eq=False)
class RuleOutcomes:
    """What is known of the rows.

    Args:
        rules: by id.
        ends: of each stage.
        investigated: rows with a label; ``found``: where something was found. None without a label.

    """

    stages: tuple[ResolvedStage, ...]
    rows: Array
    rules: Mapping[str, TriState]
    bounds: Sequence[Bounds]
    investigated: Array | None
    found: Array | None

    def count(self, where: Array) -> int:
        """How many rows these are."""
        return int(self.rows[where].sum())

    @property
    def size(self) -> int:
        """How many different rows there are."""
        return len(self.rows)


def compute_backtest(
    model: BarrierModel, frame: Any, label: str | None, by: Collection[str] | None, as_of: date | None
) -> Backtest:
    """The figures of every rule, level and group."""
    chosen = _groupings(model, frame, label, by, as_of)
    rules = [rule for stage in model.resolved.stages for rule in stage.rules]
    also = [column.column for column in chosen] + ([label] if label is not None else [])
    counted = count_rows(model.engine, frame, as_of, lambda table: _prepare(model, table, rules, label, chosen), also)
    warn_missing(counted.table)
    facts = _rule_outcomes(model, counted, rules, label)
    advice = worst(facts.bounds, facts.size)
    groups = [groups_of(column, counted, _group_column(n), facts.rules) for n, column in enumerate(chosen)]
    return Backtest(
        profile=model.profile.id,
        digest=model.resolved.digest,
        as_of=as_of,
        label=label,
        total=int(facts.rows.sum()),
        investigated=0 if facts.investigated is None else facts.count(facts.investigated),
        found=0 if facts.found is None else facts.count(facts.found),
        counts=count_intervals(advice, facts.rows),
        rules=tuple(_rules(facts, advice)),
        levels=tuple(_levels(facts, advice)),
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
    model: BarrierModel, table: Table, rules: Sequence[ResolvedRule], label: str | None, chosen: Sequence[Grouping]
) -> tuple[Any, Mapping[str, nw.Expr]]:
    check_columns(table, [by.column for by in chosen], label)  # of a table in parts, each part
    frame, columns = with_rules(model.engine, table)
    frame = frame.with_columns(**columns.columns(details=False))
    conditions = [nw.col(internal_column("hit", rule)) for rule in rules]
    if label is not None:
        conditions.append(nw.col(label).cast(nw.Boolean))
    groups = {_group_column(number): group_key(by, table.schema) for number, by in enumerate(chosen)}
    return frame, {**pack(conditions), **groups}


# On what was counted ----------------------------------------------------------------------------------


def _rule_outcomes(
    model: BarrierModel, counted: RowCounts, rules: Sequence[ResolvedRule], label: str | None
) -> RuleOutcomes:
    outcomes = {rule.rule.id: counted.unpack(place) for place, rule in enumerate(rules)}
    stages = model.resolved.stages
    ends = [stage_bounds(stage, outcomes, counted.size) for stage in stages]
    if label is None:
        return RuleOutcomes(stages, counted.rows, outcomes, ends, None, None)
    found, possible = counted.unpack(len(rules))
    return RuleOutcomes(stages, counted.rows, outcomes, ends, found | ~possible, found)


def _rules(facts: RuleOutcomes, advice: Bounds) -> Iterator[RuleFigures]:
    hits = reduce(lambda number, rule: number + rule[0], facts.rules.values(), np.zeros(facts.size, np.int64))
    stopped = np.zeros(facts.size, bool)
    for place, stage in enumerate(facts.stages):
        for rule in stage.rules:
            id = rule.rule.id
            sure, maybe = facts.rules[id]
            overlap = {other: facts.count(sure & theirs) for other, (theirs, _) in facts.rules.items()}
            yield RuleFigures(
                id=id,
                level=rule.level,
                hits=overlap.pop(id),
                alone=facts.count(sure & (hits == 1)),
                open=facts.count(maybe & ~sure),
                not_examined=facts.count(stopped),
                overlap=overlap,
                without=_without(facts, advice, place, id),
                performance=_performance(facts, sure),
            )
        stopped = stopped | (facts.bounds[place][0] == Level.EXCLUDE)


def _without(facts: RuleOutcomes, advice: Bounds, place: int, id: str) -> WithoutRule:
    stage = facts.stages[place]
    rules = {rule.rule.id: facts.rules[rule.rule.id] for rule in stage.rules if rule.rule.id != id}
    ends = [*facts.bounds[:place], stage_bounds(stage, rules, facts.size), *facts.bounds[place + 1 :]]
    then = worst(ends, facts.size)
    low, high = (new < old for new, old in zip(then, advice, strict=True))
    return WithoutRule(
        milder=facts.count(low | high),
        at_least=facts.count(low),
        at_most=facts.count(high),
        counts=count_intervals(then, facts.rows),
    )


def _levels(facts: RuleOutcomes, advice: Bounds) -> Iterator[LevelFigures]:
    for level in (Level.ORANGE, Level.RED, Level.EXCLUDE):
        flagged = advice[0] >= level
        yield LevelFigures(level=level, rows=facts.count(flagged), performance=_performance(facts, flagged))


def _performance(facts: RuleOutcomes, flagged: Array) -> Performance | None:
    if facts.investigated is None or facts.found is None:
        return None
    nothing = facts.investigated & ~facts.found
    parts = (flagged & facts.found, flagged & nothing, ~flagged & facts.found, ~flagged & nothing)
    return performance_of(Cells(*(facts.count(part) for part in parts)))
