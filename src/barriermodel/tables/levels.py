"""From rules to barriers, stages, concerns and the advice, for all rows at once; and the columns that say so.

For each level there is one condition, the ``|`` of all rules of that level: true where one hits, null where none does
and one is open. Both ends of an interval come from these: with nulls filled with false, the highest level that is true
is the least that is certain; filled with true, the most that is possible. For example, with an orange rule that hits
and a red one that is open::

    orange  red     filled with false  filled with true
    true    null    orange             red

So the advice is at least orange and at most red.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedBarrier, ResolvedProfile, ResolvedRule, ResolvedStage
from ..rules.levels import Concern, Level, Status
from .columns import INTERNAL, column_of, flat
from .python_facts import FAILED
from .rules import RuleColumns, internal_column
from .table import ERROR, Table
from .translation import either, joined

Levels: TypeAlias = Mapping[Level, nw.Expr]
"""For each level, whether a rule of it hits; null where it is open."""
Examined: TypeAlias = Mapping[str, nw.Expr]
"""Where each stage that may not be examined is, by its id."""
_LEVELS, _STATUSES = [level.key for level in Level], [status.key for status in Status]


# Levels -----------------------------------------------------------------------------------------------


def with_levels(frame: Any, resolved: ResolvedProfile) -> tuple[Any, dict[str, Levels], Examined]:
    """The frame with the levels of barriers, stages, concerns and the advice as columns, and where stages are examined.

    The levels are by the name that each has in the result, in the order of the result. A barrier whose rules are
    counted has none.
    """
    by_level = [stage for stage in resolved.stages if stage.by_level]
    barriers = {_name(b): join({rule.level: _hit(rule)} for rule in b.rules) for s in by_level for b in s.barriers}
    frame, barriers = _as_columns(frame, barriers)
    stages = {stage.id: stage_levels(stage, barriers) for stage in resolved.stages}
    frame, examined = with_examined(frame, stages)
    concerns: dict[Concern, list[Levels]] = {}
    for stage in by_level:
        for barrier in stage.barriers:
            levels, where = barriers[_name(barrier)], examined.get(stage.id)
            # a stage that is not examined adds nothing
            levels = levels if where is None else {level: hit & where for level, hit in levels.items()}
            concerns.setdefault(barrier.concern, []).append(levels)
    above = {"advice": join(stages.values()), **{f"stage__{flat(id)}": levels for id, levels in stages.items()}}
    above |= {f"concern__{concern.value}": join(concerns[concern]) for concern in Concern if concern in concerns}
    frame, above = _as_columns(frame, above)
    return frame, above | {_name(b): barriers.get(_name(b), {}) for b in resolved.barriers}, examined


def _name(barrier: ResolvedBarrier) -> str:
    return f"barrier__{flat(barrier.id)}"


def _hit(rule: ResolvedRule) -> nw.Expr:
    return nw.col(internal_column("hit", rule))


def _as_columns(frame: Any, found: Mapping[str, Levels]) -> tuple[Any, dict[str, Levels]]:
    """The frame with levels as columns, and the same levels read from these."""
    added: dict[str, nw.Expr] = {}
    read: dict[str, Levels] = {}
    for name, levels in found.items():
        columns = {level: f"{INTERNAL}{_LEVELS[level]}__{name}" for level in levels}
        added |= {columns[level]: hit for level, hit in levels.items()}
        read[name] = {level: nw.col(column) for level, column in columns.items()}
    return frame.with_columns(**added) if added else frame, read


def join(parts: Iterable[Levels]) -> Levels:
    """The levels of several rules, barriers or stages together."""
    found: dict[Level, list[nw.Expr]] = {}
    for levels in parts:
        for level, hit in levels.items():
            found.setdefault(level, []).append(hit)
    return {level: either(found[level]) for level in sorted(found)}


def stage_levels(stage: ResolvedStage, barriers: Mapping[str, Levels]) -> Levels:
    """The levels of a stage: those of its barriers, or what its hits or points add up to."""
    if stage.by_level:
        return join(barriers[_name(barrier)] for barrier in stage.barriers)
    by_points = stage.combine.by is CombineBy.POINTS
    weights = [(_hit(rule), rule.weight if by_points else 1) for rule in stage.rules]
    low, high = (
        joined([hit.fill_null(value=end).cast(nw.Int64) * weight for hit, weight in weights], operator.add)
        for end in (False, True)
    )
    found: dict[Level, nw.Expr] = {}
    for level, number in ((Level.ORANGE, stage.combine.orange or 0), (Level.RED, stage.combine.red or 0)):
        # true where the hits reach the number, false where they cannot even with all open rules, null in between
        never = nw.when(high < number).then(nw.lit(value=False))
        found[level] = nw.when(low >= number).then(nw.lit(value=True)).otherwise(never)
    return found


def with_examined(frame: Any, stages: Mapping[str, Levels]) -> tuple[Any, Examined]:
    """The frame with a column for each stage that an earlier one may exclude, and the same read from these."""
    excludes: list[nw.Expr] = []
    added: dict[str, nw.Expr] = {}
    for id, levels in stages.items():
        if excludes:
            added[id] = ~either(excludes)
        if Level.EXCLUDE in levels:
            excludes.append(levels[Level.EXCLUDE].fill_null(value=False))
    names = {id: f"{INTERNAL}examined__{flat(id)}" for id in added}
    columns = {names[id]: where for id, where in added.items()}
    return frame.with_columns(**columns) if columns else frame, {id: nw.col(name) for id, name in names.items()}


# The columns of the result ----------------------------------------------------------------------------


def with_ends(
    frame: Any, table: Table, levels: Mapping[str, Levels], examined: Examined
) -> tuple[Any, dict[str, nw.Expr]]:
    """The frame with both ends of each interval, and the columns of the result that are made of these."""
    where: dict[str, nw.Expr | None] = {}
    for stage in table.resolved.stages:  # the first stage of a concern is the last that is not examined
        own = examined.get(stage.id)
        where[f"stage__{flat(stage.id)}"] = own
        for barrier in stage.barriers:
            where[_name(barrier)] = own if stage.by_level else nw.lit(value=False)
            if stage.by_level:
                where.setdefault(f"concern__{barrier.concern.value}", own)
    words = _words(_LEVELS, table)
    ends: dict[str, nw.Expr] = {}
    result: dict[str, nw.Expr] = {}
    for name, hits in levels.items():
        for end, filled in (("at_least", False), ("at_most", True)):
            found = words[Level.GREEN]
            for level in sorted(hits):  # the highest level that is true
                found = nw.when(hits[level].fill_null(value=filled)).then(words[level]).otherwise(found)
            ends[f"{INTERNAL}{name}__{end}"] = _only(where.get(name), found)
            result[f"{name}__{end}"] = nw.col(f"{INTERNAL}{name}__{end}")
        result[f"{name}__decided"] = result[f"{name}__at_least"] == result[f"{name}__at_most"]
    return frame.with_columns(**ends), result


def _words(keys: list[str], table: Table) -> list[nw.Expr]:
    """The words for levels or statuses, by number; on Polars an enumeration takes an eighth of the time of text."""
    dtype = nw.Enum(keys) if table.frame.implementation is nw.Implementation.POLARS else nw.String()
    return [nw.lit(key, dtype=dtype) for key in keys]


def _only(where: nw.Expr | None, expr: nw.Expr) -> nw.Expr:
    """Null where a stage is not examined."""
    return expr if where is None else nw.when(where).then(expr)


def rule_results(table: Table, examined: Examined, details: bool) -> dict[str, nw.Expr]:
    """The column of each rule, and of its status in words where details are wanted."""
    rules = [(rule, examined.get(stage.id)) for stage in table.resolved.stages for rule in stage.rules]
    found = {f"rule__{flat(rule.id)}": _only(where, _hit(rule)) for rule, where in rules}
    if details:
        words = _words(_STATUSES, table)
        found |= {f"status__{flat(rule.id)}": _status(rule, where, words) for rule, where in rules}
    return found


def _status(rule: ResolvedRule, where: nw.Expr | None, words: list[nw.Expr]) -> nw.Expr:
    hit, clear = _hit(rule), words[Status.CLEAR]
    if rule.definition.applies is not None:
        applies = nw.col(internal_column("applies", rule)).fill_null(value=True)
        clear = nw.when(applies).then(clear).otherwise(words[Status.NOT_APPLICABLE])
    known = nw.when(hit).then(words[Status.HIT]).otherwise(clear)
    found = nw.when(hit.is_null()).then(words[Status.OPEN]).otherwise(known)
    return found if where is None else nw.when(where).then(found).otherwise(words[Status.NOT_EXAMINED])


def error_columns(rules: RuleColumns, examined: Examined) -> dict[str, nw.Expr]:
    """What is wrong with a row, and the kinds of evidence that may no longer count, which was not checked."""
    table, error = rules.table, nw.col(ERROR)
    first_read: dict[str, nw.Expr | None] = {}  # what plain Python computes, and where a stage that reads it counts
    for stage in table.resolved.stages:
        for name in (column_of(ref) for rule in stage.rules for ref in rule.definition.facts):
            if name in table.computed:
                first_read.setdefault(name, examined.get(stage.id))
    for name, where in first_read.items():
        error = nw.when(error.is_null()).then(_only(where, nw.col(f"{FAILED}{name}"))).otherwise(error)
    for message, refused in rules.refusals.items():
        error = nw.when(refused).then(nw.lit(message)).otherwise(error)
    unchecked = ", ".join(table.unchecked)
    freshness = nw.lit(unchecked) if unchecked else nw.lit(None, dtype=nw.String)
    return {"advice__error": error, "advice__freshness_not_checked": freshness}
