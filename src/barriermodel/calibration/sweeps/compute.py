"""Computes what every setting of some parameters would advise, in one pass over a table of any size.

The naive way makes a profile for each setting and assesses the table with it: 100 settings cost 100 passes. Here the
table is read once, and all settings are computed afterwards on a small summary of it.

1. **On the table** (by the user's own dataframe engine). Rules without a varied parameter are *fixed*: they turn out
   the same in every setting and are computed once. A *varying* rule is split into conditions, and each condition is
   computed for each value of the parameters in it. All these truth values are packed into a few whole numbers per row,
   and rows with the same numbers are counted (:mod:`..counting`).
2. **On the counts** (numpy, :mod:`..kleene_arrays`). For each setting, the truth values that belong to it are unpacked,
   combined into rules, stages and advice, and the rows with each advice are added up.

An example. The rule hits where ``profit / turnover > max_margin and staff < 10``, and ``max_margin`` is 0.05, 0.10 or
0.15. The comparison of the margin is computed three times and that of the staff once. That is four truth values in
3⁴ = 81 combinations at most, so a million rows become at most 81 counts, and each setting is computed on those.

Why splitting rules pays: with a second parameter in the same rule (``min_staff``, five values), whole rules would need
3 × 5 columns, their two conditions 3 + 5.

Invariants:

* What is computed is what an assessment gives: where ``assess_frame`` leaves a row open or refuses it, so does this.
  ``tests/calibration/test_sweep_equals_assess.py`` compares both.
* That an earlier stage excludes, so that later ones are not examined, can be ignored: the advice is the worst of all
  stages, and nothing is worse than exclusion.
* Only sums over rows leave this module, so no provider can be recognised in a sweep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

import attrs
import narwhals.stable.v2 as nw
import numpy as np

from barriermodel import BarrierModel, Level
from barriermodel.analysis.columns import INTERNAL
from barriermodel.analysis.expressions import LOGIC, Node, Operation, Parameter, unnamed, walk
from barriermodel.analysis.profiles import ResolvedProfile, ResolvedRule, ResolvedStage
from barriermodel.analysis.results import Engine
from barriermodel.analysis.tables import RuleColumns, Table, check_day, either, hits, internal_column, warn_missing

from ..axes import Axis, make_axes, uses_parameter
from ..counting import RowCounts, count_rows, pack, with_rules
from ..kleene_arrays import (
    Bounds,
    TriState,
    combine_logic,
    count_bounds,
    count_intervals,
    level_bounds,
    weight_of,
    worst,
)  # fmt: skip
from .result import Setting, Sweep

Slot = tuple[Node | Level, tuple[int, ...]]
"""A truth value that is packed: a condition with the places of its parameters' values, or any fixed rule of a level."""


@attrs.frozen(eq=False)
class SweepPlan:
    """What is computed on the table, and where it is found in the packed numbers.

    Args:
        axes: the varied parameters with their values.
        varying: the rules with a varied parameter in them.
        conditions: the conditions of varying rules, each with one of its rules and the places of the axes in it. Two
            rules with the same condition share it.
        slots: the place of each packed truth value.

    """

    resolved: ResolvedProfile
    axes: tuple[Axis, ...]
    varying: tuple[ResolvedRule, ...]
    conditions: Mapping[Node, tuple[ResolvedRule, tuple[int, ...]]]
    slots: Mapping[Slot, int]

    def fixed(self, stage: ResolvedStage) -> list[ResolvedRule]:
        """The rules of a stage that turn out the same in every setting."""
        return [rule for rule in stage.rules if rule not in self.varying]


def compute_sweep(model: BarrierModel, frame: Any, wanted: Mapping[str, Iterable[Any]], as_of: date | None) -> Sweep:
    """The advice of every setting, as numbers of rows."""
    resolved = model.resolved
    check_day(model.engine, as_of)
    axes = make_axes(resolved, wanted, as_of)
    plan = _sweep_plan(resolved, axes)
    counted = count_rows(model.engine, frame, as_of, lambda table: _prepare(model.engine, table, plan))
    warn_missing(counted.table)
    return Sweep(
        profile=resolved.profile.id,
        digest=resolved.digest,
        as_of=as_of,
        parameters=tuple(axis.id for axis in axes),
        ordered=tuple(axis.id for axis in axes if axis.ordered),
        dated=tuple(axis.id for axis in axes if axis.dated),
        total=int(counted.rows.sum()),
        missing=counted.missing,
        unchecked=counted.table.unchecked,
        settings=tuple(_settings(plan, counted)),
    )


def _sweep_plan(resolved: ResolvedProfile, axes: tuple[Axis, ...]) -> SweepPlan:
    places = {axis.key: place for place, axis in enumerate(axes)}
    # a rule is fixed or varying as a whole: one varied limit in it is enough
    rules = [rule for stage in resolved.stages for rule in stage.rules]
    varying = tuple(rule for rule in rules if uses_parameter(rule, places))
    conditions = {node: (rule, _axes_in(node, places)) for rule in varying for node in _split(hits(rule), places)}
    # Of the fixed rules in stages that take the worst level, it only matters whether any rule of a level hits: one
    # truth value for each level, however many rules there are. Stages that count need numbers (_fixed_hits).
    by_level = [rule for stage in resolved.stages if stage.by_level for rule in stage.rules]
    slots: list[Slot] = [(level, ()) for level in sorted({rule.level for rule in by_level if rule not in varying})]
    # a condition with two varied limits has a slot for each pair of values; one without any has exactly one
    for node, (_, inside) in conditions.items():
        slots += [(node, chosen) for chosen in product(*(range(len(axes[place].values)) for place in inside))]
    return SweepPlan(resolved, axes, varying, conditions, {slot: place for place, slot in enumerate(slots)})


def _axes_in(node: Node, places: Mapping[tuple[str, str], int]) -> tuple[int, ...]:
    found = {places.get((n.barrier, n.name)) for n in walk(node) if isinstance(n, Parameter)}
    return tuple(sorted(place for place in found if place is not None))


def _split(node: Node, places: Mapping[tuple[str, str], int]) -> Iterator[Node]:
    """The largest parts of an expression without a varied parameter, and the smallest with one.

    ``a & b & (c > limit)`` gives ``a``, ``b`` and ``c > limit``: logic is only opened where there is a limit below it.
    """
    node = unnamed(node)
    if isinstance(node, Operation) and node.op in LOGIC and _axes_in(node, places):
        for arg in node.args:
            yield from _split(arg, places)
    else:
        yield node


# On the table -----------------------------------------------------------------------------------------

_REFUSED = f"{INTERNAL}refused"


def _prepare(engine: Engine, table: Table, plan: SweepPlan) -> tuple[Any, Mapping[str, nw.Expr]]:
    """The table with a column for each fixed rule, and the numbers to count its rows by."""
    frame, rules = with_rules(engine, table)
    # columns of whole rules are computed for fixed ones only
    varying = {internal_column("hit", rule) for rule in plan.varying}
    columns = {name: expr for name, expr in rules.columns(details=False).items() if name not in varying}
    refusals = rules.refusals
    if refusals:
        columns[_REFUSED] = either(refusals.values())
    conditions = [_condition(plan, rules, slot, bool(refusals)) for slot in plan.slots]
    return rules.added_to(frame, columns), {**pack(conditions), **_fixed_hits(plan)}


def _condition(plan: SweepPlan, rules: RuleColumns, slot: Slot, refuses: bool) -> nw.Expr:
    what, chosen = slot
    if isinstance(what, Level):
        stages = [stage for stage in plan.resolved.stages if stage.by_level]
        fixed = [rule for stage in stages for rule in plan.fixed(stage)]
        return either(nw.col(internal_column("hit", rule)) for rule in fixed if rule.level is what)
    rule, inside = plan.conditions[what]
    picked = [(plan.axes[place], index) for place, index in zip(inside, chosen, strict=True)]
    # None stands for the profile's own values, which differ from date to date: then nothing is replaced
    instead = {axis.key: axis.values[index] for axis, index in picked if axis.values[index] is not None}
    found = rules.by_period(rule, what, instead)
    # rows that cannot be assessed are unknown; fixed rules are so already
    return nw.when(~nw.col(_REFUSED)).then(found) if refuses else found


def _fixed_hits(plan: SweepPlan) -> dict[str, nw.Expr]:
    """For each stage that counts: what its fixed rules add up to, by hits alone and with open rules as well."""
    found: dict[str, nw.Expr] = {}
    for place, stage in enumerate(plan.resolved.stages):
        if stage.by_level:
            continue
        red = stage.combine.red or 0
        for end, name in enumerate(_hits_columns(place)):
            total = nw.lit(0, dtype=nw.Int64)
            for rule in plan.fixed(stage):
                hit = nw.col(internal_column("hit", rule)).fill_null(value=bool(end))  # an open rule is null
                total = total + hit.cast(nw.Int64) * weight_of(stage, rule)
            # from red on, more hits change nothing; cutting off there leaves fewer different rows to count
            found[name] = nw.when(total > red).then(nw.lit(red, dtype=nw.Int64)).otherwise(total)
    return found


def _hits_columns(place: int) -> tuple[str, str]:
    return f"{INTERNAL}hits__{place}", f"{INTERNAL}most__{place}"


# On the counts ----------------------------------------------------------------------------------------


def _settings(plan: SweepPlan, counted: RowCounts) -> Iterator[Setting]:
    # Settings that differ in one parameter share the conditions on the others, so these are unpacked once; not all
    # are kept: a grid can have thousands of conditions, with as many rows as there are counts
    unpack = lru_cache(maxsize=512)(counted.unpack)
    base, changing = _fixed_advice(plan, counted)
    current = tuple(axis.own for axis in plan.axes)
    for places in product(*(range(len(axis.values)) for axis in plan.axes)):
        rules = {rule.id: _rule_state(plan, rule, places, unpack) for rule in plan.varying}
        # everything fixed is in `base` already, so a setting costs no more than its varying rules
        advice = worst([base, *(_stage(plan, counted, place, rules) for place in changing)], counted.size)
        values = {axis.id: axis.values[place] for axis, place in zip(plan.axes, places, strict=True)}
        yield Setting(values=values, current=places == current, counts=count_intervals(advice, counted.rows))


def _rule_state(
    plan: SweepPlan, rule: ResolvedRule, places: tuple[int, ...], unpack: Callable[[int], TriState]
) -> TriState:
    """Where a varying rule hits in one setting."""

    def leaf(node: Node) -> TriState | None:
        if node not in plan.conditions:
            return None  # logic that was split: its parts are known
        _, inside = plan.conditions[node]
        return unpack(plan.slots[node, tuple(places[place] for place in inside)])

    return combine_logic(hits(rule), leaf)


def _fixed_advice(plan: SweepPlan, counted: RowCounts) -> tuple[Bounds, list[int]]:
    """The bounds of all that is fixed, and the positions of the stages that have a varying rule."""
    levels = [(what, counted.unpack(place)) for (what, _), place in plan.slots.items() if isinstance(what, Level)]
    stages = list(enumerate(plan.resolved.stages))
    changing = [place for place, stage in stages if any(rule in plan.varying for rule in stage.rules)]
    fixed = [place for place, stage in stages if not stage.by_level and place not in changing]
    parts = [level_bounds(levels, counted.size), *(_stage(plan, counted, place, {}) for place in fixed)]
    return worst(parts, counted.size), changing


def _stage(plan: SweepPlan, counted: RowCounts, place: int, rules: Mapping[str, TriState]) -> Bounds:
    """The bounds of a stage; for one that takes the worst level, those of its varying rules alone."""
    stage = plan.resolved.stages[place]
    varying = [rule for rule in stage.rules if rule.id in rules]
    if stage.by_level:  # its fixed rules are in the slots of levels
        return level_bounds(((rule.level, rules[rule.id]) for rule in varying), counted.size)
    low, high = (counted.columns[name].astype(np.int64) for name in _hits_columns(place))
    return count_bounds(stage, ((weight_of(stage, rule), rules[rule.id]) for rule in varying), (low, high))
