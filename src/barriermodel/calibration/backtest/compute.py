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
from barriermodel.analysis.columns import OWN
from barriermodel.analysis.profiles import ResolvedRule, ResolvedStage
from barriermodel.analysis.tables import Table, own

from ..counting import Counted, count, packed, peek, ready, tell
from ..groups import By, check, groups_of, key_of, quartiles, usual
from ..intervals import Table as Cells
from ..intervals import measured
from ..kleene_arrays import Array, Ends, Known, pairs, stage_ends, worst
from .result import Backtest, LevelFigures, Measured, RuleFigures, Without


@attrs.frozen(eq=False)
class Facts:
    """What is known of the rows.

    Args:
        rules: by id.
        ends: of each stage.
        investigated: rows with a label; ``found``: where something was found. None without a label.

    """

    stages: tuple[ResolvedStage, ...]
    rows: Array
    rules: Mapping[str, Known]
    ends: Sequence[Ends]
    investigated: Array | None
    found: Array | None

    def number(self, where: Array) -> int:
        """How many rows these are."""
        return int(self.rows[where].sum())

    @property
    def size(self) -> int:
        """How many different rows there are."""
        return len(self.rows)


def make_backtest(
    model: BarrierModel, frame: Any, label: str | None, by: Collection[str] | None, as_of: date | None
) -> Backtest:
    """The figures of every rule, level and group."""
    chosen = _chosen(model, frame, label, by, as_of)
    rules = [rule for stage in model.resolved.stages for rule in stage.rules]
    also = [column.column for column in chosen] + ([label] if label is not None else [])
    counted = count(model.engine, frame, as_of, lambda table: _prepare(model, table, rules, label, chosen), also)
    tell(counted.table)
    facts = _facts(model, counted, rules, label)
    advice = worst(facts.ends, facts.size)
    groups = [groups_of(column, counted, _by(n), facts.rules) for n, column in enumerate(chosen)]
    return Backtest(
        profile=model.profile.id,
        digest=model.resolved.digest,
        as_of=as_of,
        label=label,
        total=int(facts.rows.sum()),
        investigated=0 if facts.investigated is None else facts.number(facts.investigated),
        found=0 if facts.found is None else facts.number(facts.found),
        counts=pairs(advice, facts.rows),
        rules=tuple(_rules(facts, advice)),
        levels=tuple(_levels(facts, advice)),
        groups=tuple(group for column in groups for group in column),
        missing=counted.missing,
        unchecked=counted.table.unchecked,
    )


# On the table -----------------------------------------------------------------------------------------


def _chosen(
    model: BarrierModel, frame: Any, label: str | None, by: Collection[str] | None, as_of: date | None
) -> list[By]:
    """The columns to group by, numbers with the bounds of their quartiles."""
    also = [*(by or ()), *([label] if label is not None else [])]
    table = peek(model.engine, frame, as_of, also)
    columns = list(dict.fromkeys(by)) if by is not None else usual(table)
    check(table, columns, label)
    return [
        quartiles(model.engine, frame, as_of, name) if table.schema[name].is_numeric() else By(name) for name in columns
    ]


def _by(number: int) -> str:
    return f"{OWN}by__{number}"


def _prepare(
    model: BarrierModel, table: Table, planned: Sequence[ResolvedRule], label: str | None, chosen: Sequence[By]
) -> tuple[Any, Mapping[str, nw.Expr]]:
    check(table, [by.column for by in chosen], label)  # of a table in parts, each part
    frame, rules = ready(model.engine, table)
    frame = frame.with_columns(**rules.columns(details=False))
    conditions = [nw.col(own("hit", rule)) for rule in planned]
    if label is not None:
        conditions.append(nw.col(label).cast(nw.Boolean))
    groups = {_by(number): key_of(by, table.schema) for number, by in enumerate(chosen)}
    return frame, {**packed(conditions), **groups}


# On what was counted ----------------------------------------------------------------------------------


def _facts(model: BarrierModel, counted: Counted, planned: Sequence[ResolvedRule], label: str | None) -> Facts:
    rules = {rule.id: counted.condition(place) for place, rule in enumerate(planned)}
    stages = model.resolved.stages
    ends = [stage_ends(stage, rules, counted.size) for stage in stages]
    if label is None:
        return Facts(stages, counted.rows, rules, ends, None, None)
    found, possible = counted.condition(len(planned))
    return Facts(stages, counted.rows, rules, ends, found | ~possible, found)


def _rules(facts: Facts, advice: Ends) -> Iterator[RuleFigures]:
    hits = reduce(lambda number, rule: number + rule[0], facts.rules.values(), np.zeros(facts.size, np.int64))
    stopped = np.zeros(facts.size, bool)
    for place, stage in enumerate(facts.stages):
        for rule in stage.rules:
            id = rule.id
            sure, maybe = facts.rules[id]
            overlap = {other: facts.number(sure & theirs) for other, (theirs, _) in facts.rules.items()}
            yield RuleFigures(
                id=id,
                level=rule.level,
                hits=overlap.pop(id),
                alone=facts.number(sure & (hits == 1)),
                open=facts.number(maybe & ~sure),
                not_examined=facts.number(stopped),
                overlap=overlap,
                without=_without(facts, advice, place, id),
                measured=_measured(facts, sure),
            )
        stopped = stopped | (facts.ends[place][0] == Level.EXCLUDE)


def _without(facts: Facts, advice: Ends, place: int, id: str) -> Without:
    stage = facts.stages[place]
    rules = {rule.id: facts.rules[rule.id] for rule in stage.rules if rule.id != id}
    ends = [*facts.ends[:place], stage_ends(stage, rules, facts.size), *facts.ends[place + 1 :]]
    then = worst(ends, facts.size)
    low, high = (new < old for new, old in zip(then, advice, strict=True))
    return Without(
        milder=facts.number(low | high),
        at_least=facts.number(low),
        at_most=facts.number(high),
        counts=pairs(then, facts.rows),
    )


def _levels(facts: Facts, advice: Ends) -> Iterator[LevelFigures]:
    for level in (Level.ORANGE, Level.RED, Level.EXCLUDE):
        flagged = advice[0] >= level
        yield LevelFigures(level=level, rows=facts.number(flagged), measured=_measured(facts, flagged))


def _measured(facts: Facts, flagged: Array) -> Measured | None:
    if facts.investigated is None or facts.found is None:
        return None
    nothing = facts.investigated & ~facts.found
    parts = (flagged & facts.found, flagged & nothing, ~flagged & facts.found, ~flagged & nothing)
    return measured(Cells(*(facts.number(part) for part in parts)))
