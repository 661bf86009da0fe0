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
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedBarrier, ResolvedProfile, ResolvedRule, ResolvedStage
from ..rules.levels import Concern, Level, Status
from .columns import INTERNAL, column_of, flat
from .kleene import either, joined
from .python_facts import FAILED
from .rules import RuleColumns, internal_column
from .table import Table

Levels: TypeAlias = Mapping[Level, nw.Expr]
"""For each level, whether a rule of it hits; null where it is open."""
_LEVELS, _STATUSES = [level.key for level in Level], [status.key for status in Status]


# Levels -----------------------------------------------------------------------------------------------


def with_levels(frame: Any, found: Mapping[str, Levels]) -> tuple[Any, dict[str, Levels]]:
    """The frame with levels as columns, and the same levels read from these."""
    names = {name: {level: f"{INTERNAL}{_LEVELS[level]}__{name}" for level in levels} for name, levels in found.items()}
    added = {names[name][level]: expr for name, levels in found.items() for level, expr in levels.items()}
    read: dict[str, Levels] = {
        name: {level: nw.col(column) for level, column in own.items()} for name, own in names.items()
    }
    return frame.with_columns(**added) if added else frame, read


def _barrier_name(barrier: ResolvedBarrier) -> str:
    return f"barrier__{flat(barrier.id)}"


def _hit(rule: ResolvedRule) -> nw.Expr:
    return nw.col(internal_column("hit", rule))


def barrier_levels(resolved: ResolvedProfile) -> dict[str, Levels]:
    """The levels of each barrier, in stages in which rules' own levels count."""
    found: dict[str, Levels] = {}
    for _, barrier in _with_interval(resolved):
        levels = [{rule.level: _hit(rule)} for rule in barrier.rules]
        found[_barrier_name(barrier)] = join(levels)
    return found


def stage_levels(resolved: ResolvedProfile, barriers: Mapping[str, Levels]) -> dict[str, Levels]:
    """The levels of each stage."""
    found: dict[str, Levels] = {}
    for stage in resolved.stages:
        own = [barriers[_barrier_name(barrier)] for barrier in stage.barriers] if stage.by_level else []
        found[f"stage__{flat(stage.id)}"] = join(own) if stage.by_level else levels_by_count(stage)
    return found


def concern_levels(
    resolved: ResolvedProfile, barriers: Mapping[str, Levels], stopped: Mapping[str, nw.Expr]
) -> dict[str, Levels]:
    """The levels of each concern; a stage that is not examined adds nothing."""
    parts: dict[Concern, list[Levels]] = {}
    for stage, barrier in _with_interval(resolved):
        levels, stop = barriers[_barrier_name(barrier)], stopped.get(stage.id)
        if stop is not None:
            levels = {level: nw.when(stop).then(nw.lit(value=False)).otherwise(e) for level, e in levels.items()}
        parts.setdefault(barrier.concern, []).append(levels)
    return {f"concern__{concern.value}": join(parts[concern]) for concern in Concern if concern in parts}


def _with_interval(resolved: ResolvedProfile) -> Iterator[tuple[ResolvedStage, ResolvedBarrier]]:
    """The barriers that have an interval, each with its stage."""
    return ((stage, barrier) for stage in resolved.stages if stage.by_level for barrier in stage.barriers)


def join(parts: Iterable[Levels]) -> Levels:
    """The levels of several rules, barriers or stages together."""
    found: dict[Level, list[nw.Expr]] = {}
    for levels in parts:
        for level, expr in levels.items():
            found.setdefault(level, []).append(expr)
    return {level: either(found[level]) for level in sorted(found)}


def levels_by_count(stage: ResolvedStage) -> Levels:
    """The levels of a stage that counts hits or points, in the same form."""
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


def highest_level(levels: Levels, enums: bool) -> nw.Expr:
    """The highest level that is true, in words."""
    words = list(_words(_LEVELS, enums).values())
    found = words[Level.GREEN]
    for level in sorted(levels):
        found = nw.when(levels[level]).then(words[level]).otherwise(found)
    return found


def _words(words: list[str], enums: bool) -> dict[str, nw.Expr]:
    """Each of these words as a constant."""
    dtype = nw.Enum(words) if enums else nw.String()
    return {word: nw.lit(word, dtype=dtype) for word in words}


# Stages that are not examined -------------------------------------------------------------------------


def stops(resolved: ResolvedProfile, stages: Mapping[str, Levels]) -> dict[str, nw.Expr]:
    """Where an earlier stage excludes, by the id of each stage that is then not examined."""
    found: dict[str, nw.Expr] = {}
    stopped: nw.Expr | None = None
    for stage, levels in zip(resolved.stages, stages.values(), strict=True):
        if stopped is not None:
            found[stage.id] = stopped
        if Level.EXCLUDE in levels:
            excludes = levels[Level.EXCLUDE].fill_null(value=False)
            stopped = excludes if stopped is None else stopped | excludes
    return found


def with_stops(frame: Any, stopped: Mapping[str, nw.Expr]) -> tuple[Any, dict[str, nw.Expr]]:
    """The frame with these as columns, and the same read from the columns."""
    names = {id: f"{INTERNAL}stopped__{flat(id)}" for id in stopped}
    added = {names[id]: expr for id, expr in stopped.items()}
    return frame.with_columns(**added) if added else frame, {id: nw.col(name) for id, name in names.items()}


def _unless(stopped: nw.Expr | None, expr: nw.Expr) -> nw.Expr:
    return expr if stopped is None else nw.when(~stopped).then(expr)


def _masks(resolved: ResolvedProfile, stopped: Mapping[str, nw.Expr]) -> dict[str, nw.Expr | None]:
    """Where each thing with an interval is not examined; for a concern, where none of its stages is."""
    found: dict[str, nw.Expr | None] = {}
    for stage in resolved.stages:  # the first stage of a concern is the last to stop
        names = [f"stage__{flat(stage.id)}", *map(_barrier_name, stage.barriers)]
        names += [f"concern__{barrier.concern.value}" for barrier in stage.barriers if stage.by_level]
        for name in names:
            found.setdefault(name, stopped.get(stage.id))
    return found


# The columns of the result ----------------------------------------------------------------------------


def interval_ends(table: Table, levels: Mapping[str, Levels], stopped: Mapping[str, nw.Expr]) -> dict[str, nw.Expr]:
    """Both ends of each interval, by name.

    Args:
        levels: those of the advice, and of each stage, concern and barrier.
        stopped: where each stage that may not be examined is not.

    """
    resolved, masks = table.resolved, _masks(table.resolved, stopped)
    found: dict[str, nw.Expr] = {}
    for name, own in levels.items():
        for end, at in (("at_least", False), ("at_most", True)):
            highest = highest_level({level: hit.fill_null(value=at) for level, hit in own.items()}, table.enums)
            found[f"{name}__{end}"] = _unless(masks.get(name), highest)
    for barrier in (b for stage in resolved.stages if not stage.by_level for b in stage.barriers):
        nothing = nw.when(nw.lit(value=False)).then(highest_level({}, table.enums))  # its rules are counted
        found |= {f"{_barrier_name(barrier)}__{end}": nothing for end in ("at_least", "at_most")}
    return found


def intervals(resolved: ResolvedProfile) -> dict[str, nw.Expr]:
    """The columns of each interval, from those of its ends, in the order that they have in the result."""
    stages = [f"stage__{flat(stage.id)}" for stage in resolved.stages]
    present = {barrier.concern for _, barrier in _with_interval(resolved)}
    concerns = [f"concern__{concern.value}" for concern in Concern if concern in present]
    found: dict[str, nw.Expr] = {}
    for name in ["advice", *stages, *concerns, *map(_barrier_name, resolved.barriers)]:
        low, high = nw.col(f"{INTERNAL}{name}__at_least"), nw.col(f"{INTERNAL}{name}__at_most")
        found |= {f"{name}__at_least": low, f"{name}__at_most": high, f"{name}__decided": low == high}
    return found


def rule_results(table: Table, stopped: Mapping[str, nw.Expr], details: bool) -> dict[str, nw.Expr]:
    """The column of each rule, and of its status in words where details are wanted."""
    rules = [(rule, stopped.get(stage.id)) for stage in table.resolved.stages for rule in stage.rules]
    found = {f"rule__{flat(rule.id)}": _unless(stop, _hit(rule)) for rule, stop in rules}
    if details:
        found |= {f"status__{flat(rule.id)}": _status(table.enums, rule, stop) for rule, stop in rules}
    return found


def _status(enums: bool, rule: ResolvedRule, stopped: nw.Expr | None) -> nw.Expr:
    words, hit = _words(_STATUSES, enums), _hit(rule)
    clear = words["clear"]
    if rule.definition.applies is not None:
        applies = nw.col(internal_column("applies", rule)).fill_null(value=True)
        clear = nw.when(applies).then(clear).otherwise(words["not_applicable"])
    known = nw.when(hit).then(words["hit"]).otherwise(clear)
    found = nw.when(hit.is_null()).then(words["open"]).otherwise(known)
    return found if stopped is None else nw.when(stopped).then(words["not_examined"]).otherwise(found)


def error_columns(rules: RuleColumns, error: nw.Expr, stopped: Mapping[str, nw.Expr]) -> dict[str, nw.Expr]:
    """What is wrong with a row, and the kinds of evidence that may no longer count, which was not checked.

    Args:
        error: what is wrong with its columns.

    """
    table = rules.table
    first_read: dict[str, nw.Expr | None] = {}  # what plain Python computes, and where no stage that reads it counts
    for stage in table.resolved.stages:
        for name in (column_of(ref) for rule in stage.rules for ref in rule.definition.facts):
            if name in table.computed:
                first_read.setdefault(name, stopped.get(stage.id))
    for name, stop in first_read.items():
        failed = _unless(stop, nw.col(f"{FAILED}{name}"))
        error = nw.when(error.is_null()).then(failed).otherwise(error)
    for message, where in rules.refusals.items():
        error = nw.when(where).then(nw.lit(message)).otherwise(error)
    unchecked = ", ".join(table.unchecked)
    freshness = nw.lit(unchecked) if unchecked else nw.lit(None, dtype=nw.String)
    return {"advice__error": error, "advice__freshness_not_checked": freshness}
