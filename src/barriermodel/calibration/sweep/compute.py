"""What every setting of some parameters would advise, from one pass over a table.

Only rules that have a varied parameter in them change from setting to setting. Of these, the conditions with the
parameter are computed for each of its values; everything else, once. That an earlier stage excludes changes nothing
here: the advice is the worst of all stages, and nothing is worse than exclusion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

import attrs
import narwhals as nw
import numpy as np

from barriermodel import BarrierModel, Level
from barriermodel.analysis.columns import OWN
from barriermodel.analysis.expressions import LOGIC, Node, Operation, Parameter, unnamed, walk
from barriermodel.analysis.profiles import ResolvedProfile, ResolvedRule, ResolvedStage
from barriermodel.analysis.results import Engine
from barriermodel.analysis.tables import Rules, Table, check_day, either, hits, own

from ..axes import Axis, make_axes, uses
from ..counting import Counted, count, packed, ready, tell
from ..kleene_arrays import Ends, Known, by_level, by_number, logic, pairs, weight_of, worst
from .result import Setting, Sweep

Slot = tuple[Node | Level, tuple[int, ...]]
"""A condition for some values of the parameters in it, by their places; or all rules of a level that do not change."""


@attrs.frozen(eq=False)
class Question:
    """What is counted.

    Args:
        moving: the rules with a varied parameter in them.
        parts: the conditions that these are made of, each with a rule that has it and the places of its axes.
        slots: what is packed, in order.

    """

    plan: ResolvedProfile
    axes: tuple[Axis, ...]
    moving: tuple[ResolvedRule, ...]
    parts: Mapping[Node, tuple[ResolvedRule, tuple[int, ...]]]
    slots: Mapping[Slot, int]

    def still(self, stage: ResolvedStage) -> list[ResolvedRule]:
        """The rules of a stage that do not change."""
        return [rule for rule in stage.rules if rule not in self.moving]


def make_sweep(model: BarrierModel, frame: Any, wanted: Mapping[str, Iterable[Any]], as_of: date | None) -> Sweep:
    """The counts of every setting."""
    plan = model.resolved
    check_day(model.engine, as_of)
    axes = make_axes(plan, wanted, as_of)
    question = _question(plan, axes)
    counted = count(model.engine, frame, as_of, lambda table: _prepare(model.engine, table, question))
    tell(counted.table)
    return Sweep(
        profile=plan.profile.id,
        digest=plan.digest,
        as_of=as_of,
        parameters=tuple(axis.id for axis in axes),
        ordered=tuple(axis.id for axis in axes if axis.ordered),
        dated=tuple(axis.id for axis in axes if axis.dated),
        total=int(counted.rows.sum()),
        missing=counted.missing,
        unchecked=counted.table.unchecked,
        settings=tuple(_settings(question, counted)),
    )


def _question(plan: ResolvedProfile, axes: tuple[Axis, ...]) -> Question:
    places = {axis.key: place for place, axis in enumerate(axes)}
    moving = tuple(rule for stage in plan.stages for rule in stage.rules if uses(rule, places))
    parts = {part: (rule, _axes_in(part, places)) for rule in moving for part in _parts(hits(rule), places)}
    steady = {rule.level for stage in plan.stages if stage.by_level for rule in stage.rules if rule not in moving}
    slots: list[Slot] = [(level, ()) for level in sorted(steady)]
    for part, (_, inside) in parts.items():
        slots += [(part, chosen) for chosen in product(*(range(len(axes[place].values)) for place in inside))]
    return Question(plan, axes, moving, parts, {slot: place for place, slot in enumerate(slots)})


def _axes_in(node: Node, places: Mapping[tuple[str, str], int]) -> tuple[int, ...]:
    found = {places.get((n.barrier, n.name)) for n in walk(node) if isinstance(n, Parameter)}
    return tuple(sorted(place for place in found if place is not None))


def _parts(node: Node, places: Mapping[tuple[str, str], int]) -> Iterator[Node]:
    """The largest parts of a condition that do not change, and the smallest that do."""
    node = unnamed(node)
    if isinstance(node, Operation) and node.op in LOGIC and _axes_in(node, places):
        for arg in node.args:
            yield from _parts(arg, places)
    else:
        yield node


# On the table -----------------------------------------------------------------------------------------

_REFUSED = f"{OWN}refused"


def _prepare(engine: Engine, table: Table, question: Question) -> tuple[Any, Mapping[str, nw.Expr]]:
    frame, rules = ready(engine, table)
    moving = {own("hit", rule) for rule in question.moving}
    steady = {name: expr for name, expr in rules.columns(details=False).items() if name not in moving}
    refusals = rules.refusals()
    if refusals:
        steady[_REFUSED] = either(refusals.values())
    frame = frame.with_columns(**steady) if steady else frame  # every rule may move
    conditions = [_condition(question, rules, slot, bool(refusals)) for slot in question.slots]
    return frame, {**packed(conditions), **_numbers(question)}


def _condition(question: Question, rules: Rules, slot: Slot, refuses: bool) -> nw.Expr:
    what, chosen = slot
    if isinstance(what, Level):
        return either(
            nw.col(own("hit", rule))
            for stage in question.plan.stages
            if stage.by_level
            for rule in question.still(stage)
            if rule.level is what
        )
    rule, inside = question.parts[what]
    picked = [(question.axes[place], index) for place, index in zip(inside, chosen, strict=True)]
    instead = {axis.key: axis.values[index] for axis, index in picked if axis.values[index] is not None}
    found = rules.by_period(rule, what, instead)
    return nw.when(~nw.col(_REFUSED)).then(found) if refuses else found


def _numbers(question: Question) -> dict[str, nw.Expr]:
    """For each stage that counts, the hits of its rules that do not change, without and with what is open."""
    found: dict[str, nw.Expr] = {}
    for place, stage in enumerate(question.plan.stages):
        if stage.by_level:
            continue
        most = stage.combine.red or 0
        for end, name in enumerate(_names(place)):
            total = nw.lit(0, dtype=nw.Int64)
            for rule in question.still(stage):
                hit = nw.col(own("hit", rule)).fill_null(value=bool(end))
                total = total + hit.cast(nw.Int64) * weight_of(stage, rule)
            found[name] = nw.when(total > most).then(nw.lit(most, dtype=nw.Int64)).otherwise(total)
    return found


def _names(place: int) -> tuple[str, str]:
    return f"{OWN}hits__{place}", f"{OWN}most__{place}"


# On what was counted ----------------------------------------------------------------------------------


def _settings(question: Question, counted: Counted) -> Iterator[Setting]:
    condition = lru_cache(maxsize=512)(counted.condition)
    base, changing = _base(question, counted)
    today = tuple(axis.own for axis in question.axes)
    for places in _grid(question.axes):
        rules = {rule.id: _known(question, rule, places, condition) for rule in question.moving}
        advice = worst([base, *(_stage(question, counted, place, rules) for place in changing)], counted.size)
        values = {axis.id: axis.values[place] for axis, place in zip(question.axes, places, strict=True)}
        yield Setting(values=values, current=places == today, counts=pairs(advice, counted.rows))


def _grid(axes: tuple[Axis, ...]) -> Iterator[tuple[int, ...]]:
    return product(*(range(len(axis.values)) for axis in axes))


def _known(question: Question, rule: ResolvedRule, places: tuple[int, ...], condition: Any) -> Known:
    def leaf(node: Node) -> Known | None:
        if node not in question.parts:
            return None
        found: Known = condition(question.slots[node, tuple(places[place] for place in question.parts[node][1])])
        return found

    return logic(hits(rule), leaf)


def _base(question: Question, counted: Counted) -> tuple[Ends, list[int]]:
    """The ends of all that does not change, and the places of the stages that do."""
    steady = [
        (what, counted.condition(place)) for (what, _), place in question.slots.items() if isinstance(what, Level)
    ]
    stages = list(enumerate(question.plan.stages))
    changing = [place for place, stage in stages if any(rule in question.moving for rule in stage.rules)]
    parts = [
        _stage(question, counted, place, {}) for place, stage in stages if not stage.by_level and place not in changing
    ]
    return worst([by_level(steady, counted.size), *parts], counted.size), changing


def _stage(question: Question, counted: Counted, place: int, rules: Mapping[str, Known]) -> Ends:
    stage = question.plan.stages[place]
    moving = [rule for rule in stage.rules if rule.id in rules]
    if stage.by_level:
        return by_level(((rule.level, rules[rule.id]) for rule in moving), counted.size)
    hit, most = _names(place)
    start = (counted.columns[hit].astype(np.int64), counted.columns[most].astype(np.int64))
    return by_number(stage, ((weight_of(stage, rule), rules[rule.id]) for rule in moving), start)
