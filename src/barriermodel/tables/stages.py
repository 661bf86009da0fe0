"""From rules to barriers, stages, concerns and the advice: columns by level, each made of the ones before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import narwhals as nw

from ..profiles.resolved import ResolvedBarrier, ResolvedProfile, ResolvedStage
from ..rules.levels import Concern, Level
from .columns import OWN, flat
from .outcome import Levels, counted, either, join
from .rules import own


def columns_of(found: Mapping[str, Levels]) -> dict[str, nw.Expr]:
    """Levels as columns to add."""
    return {_column(name, level): expr for name, levels in found.items() for level, expr in levels.items()}


def in_columns(found: Mapping[str, Levels]) -> dict[str, Levels]:
    """The same levels, read from the columns that were added."""
    return {name: {level: nw.col(_column(name, level)) for level in levels} for name, levels in found.items()}


def _column(name: str, level: Level) -> str:
    return f"{OWN}{level.key}__{name}"


def barrier_name(barrier: ResolvedBarrier) -> str:
    """How the columns of a barrier are called."""
    return f"barrier__{flat(barrier.id)}"


def barrier_levels(plan: ResolvedProfile) -> dict[str, Levels]:
    """The levels of each barrier of which rules' levels count: whether a rule of it hits, null where one is open."""
    found: dict[str, Levels] = {}
    for barrier in (barrier for stage in plan.stages if stage.by_level for barrier in stage.barriers):
        hits = [(rule.level, nw.col(own("hit", rule))) for rule in barrier.rules]
        levels = sorted({level for level, _ in hits})
        found[barrier_name(barrier)] = {at: either(hit for level, hit in hits if level is at) for at in levels}
    return found


def stage_levels(plan: ResolvedProfile, barriers: Mapping[str, Levels]) -> dict[str, Levels]:
    """The levels of each stage."""
    return {f"stage__{flat(stage.id)}": _of_stage(stage, barriers) for stage in plan.stages}


def _of_stage(stage: ResolvedStage, barriers: Mapping[str, Levels]) -> Levels:
    if stage.by_level:
        return join(barriers[barrier_name(barrier)] for barrier in stage.barriers)
    return counted(stage, {rule.id: nw.col(own("hit", rule)) for rule in stage.rules})


def stops(plan: ResolvedProfile, stages: Mapping[str, Levels]) -> dict[str, nw.Expr]:
    """Where an earlier stage excludes, by the id of each stage that is not examined then."""
    found: dict[str, nw.Expr] = {}
    stopped: nw.Expr | None = None
    for stage, levels in zip(plan.stages, stages.values(), strict=True):
        if stopped is not None:
            found[stage.id] = stopped
        if Level.EXCLUDE in levels:
            excludes = levels[Level.EXCLUDE].fill_null(value=False)
            stopped = excludes if stopped is None else stopped | excludes
    return found


def stop_column(stage: str) -> str:
    """The column that tells where a stage is not examined."""
    return f"{OWN}stopped__{flat(stage)}"


def concern_levels(
    plan: ResolvedProfile, barriers: Mapping[str, Levels], stopped: Mapping[str, nw.Expr]
) -> dict[str, Levels]:
    """The levels of each concern; what was not examined adds nothing."""
    parts: dict[Concern, list[Levels]] = {}
    for stage, barrier in concerned(plan):
        levels, stop = barriers[barrier_name(barrier)], stopped.get(stage.id)
        if stop is not None:
            levels = {level: nw.when(stop).then(nw.lit(value=False)).otherwise(e) for level, e in levels.items()}
        parts.setdefault(barrier.concern, []).append(levels)
    return {f"concern__{concern.value}": join(parts[concern]) for concern in Concern if concern in parts}


def concerned(plan: ResolvedProfile) -> Iterator[tuple[ResolvedStage, ResolvedBarrier]]:
    """The barriers that have an interval, each with its stage."""
    return ((stage, barrier) for stage in plan.stages if stage.by_level for barrier in stage.barriers)
