"""The columns that an assessment adds to a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import narwhals as nw

from ..pipeline.plan import PlannedRule, PlannedStage
from ..pipeline.run import Engine
from ..rules.levels import Concern, Level, Status
from .columns import OWN, column_of, flat
from .dialect import Dialect
from .opaque import FAILED
from .outcome import Levels, counted, join, said
from .rules import Rules, levels_of, own

Stages: TypeAlias = list[tuple[PlannedStage, Levels, nw.Expr | None]]
"""Each stage with its levels, and where it is not examined."""


def results(engine: Engine, rules: Rules, details: bool) -> dict[str, nw.Expr]:
    """Every column, by name, in the order in which they stand in the output."""
    stages = list(_stages(engine))
    dialect = rules.table.dialect
    found = _interval(dialect, "advice", join(levels for _, levels, _ in stages), None)
    for stage, levels, stopped in stages:
        found |= _interval(dialect, f"stage__{flat(stage.stage.id)}", levels, stopped)
    found |= _concerns(dialect, stages)
    for stage, _, stopped in stages:
        for barrier in stage.barriers:
            name = f"barrier__{flat(barrier.barrier.id)}"
            by_level = stage.by_level
            found |= _interval(dialect, name, levels_of(barrier), stopped) if by_level else _nothing(dialect, name)
    for stage, _, stopped in stages:
        found |= {f"rule__{flat(r.rule.id)}": _masked(nw.col(own("hit", r)), stopped) for r in stage.rules}
    if details:
        for stage, _, stopped in stages:
            found |= {f"status__{flat(r.rule.id)}": _status(dialect, r, stopped) for r in stage.rules}
    return found | _told(rules, stages)


def _stages(engine: Engine) -> Iterator[tuple[PlannedStage, Levels, nw.Expr | None]]:
    """Each stage with its levels, and where an earlier one excludes so that it is not examined."""
    stopped: nw.Expr | None = None
    for stage in engine.plan.stages:
        if stage.by_level:
            levels = join(levels_of(barrier) for barrier in stage.barriers)
        else:
            levels = counted(stage, {rule.rule.id: nw.col(own("hit", rule)) for rule in stage.rules})
        yield stage, levels, stopped
        if Level.EXCLUDE in levels:
            excludes = levels[Level.EXCLUDE].fill_null(value=False)
            stopped = excludes if stopped is None else stopped | excludes


def _interval(dialect: Dialect, name: str, levels: Levels, stopped: nw.Expr | None) -> dict[str, nw.Expr]:
    low, high = ({level: e.fill_null(value=end) for level, e in levels.items()} for end in (False, True))
    # decided: for the highest level that is possible it is known that a rule of it hits
    ends = {"at_least": said(low, dialect), "at_most": said(high, dialect), "decided": _decided(levels)}
    return {f"{name}__{end}": _masked(expr, stopped) for end, expr in ends.items()}


def _decided(levels: Levels) -> nw.Expr:
    """Whether both ends are equal: from the top, the first level that is not certainly without a hit has one."""
    found = nw.lit(value=True)
    for level in sorted(levels):
        hit = levels[level]
        found = nw.when(hit.is_null()).then(nw.lit(value=False)).otherwise(
            nw.when(hit).then(nw.lit(value=True)).otherwise(found)
        )  # fmt: skip
    return found


def _nothing(dialect: Dialect, name: str) -> dict[str, nw.Expr]:
    """A barrier of which the rules are counted has no interval."""
    nothing = nw.when(nw.lit(value=False)).then(said({}, dialect))
    return {
        f"{name}__at_least": nothing, f"{name}__at_most": nothing, f"{name}__decided": nw.lit(None, dtype=nw.Boolean),
    }  # fmt: skip


def _masked(expr: nw.Expr, stopped: nw.Expr | None) -> nw.Expr:
    return expr if stopped is None else nw.when(~stopped).then(expr)


def _concerns(dialect: Dialect, stages: Stages) -> dict[str, nw.Expr]:
    parts: dict[Concern, list[Levels]] = {}
    first: dict[Concern, nw.Expr | None] = {}
    for stage, _, stopped in stages:
        for barrier in stage.barriers if stage.by_level else ():
            concern = barrier.barrier.concern
            first.setdefault(concern, stopped)
            levels = levels_of(barrier)
            if stopped is not None:  # what was not examined adds nothing
                levels = {level: nw.when(stopped).then(nw.lit(value=False)).otherwise(e) for level, e in levels.items()}
            parts.setdefault(concern, []).append(levels)
    found: dict[str, nw.Expr] = {}
    for concern in (c for c in Concern if c in parts):
        found |= _interval(dialect, f"concern__{concern.value}", join(parts[concern]), first[concern])
    return found


def _status(dialect: Dialect, rule: PlannedRule, stopped: nw.Expr | None) -> nw.Expr:
    word = dialect.words(status.key for status in Status)
    hit = nw.col(own("hit", rule))
    clear = word("clear")
    if rule.rule.applies is not None:
        applies = nw.col(own("applies", rule)).fill_null(value=True)
        clear = nw.when(applies).then(clear).otherwise(word("not_applicable"))
    told = nw.when(hit).then(word("hit")).otherwise(clear)
    found = nw.when(hit.is_null()).then(word("open")).otherwise(told)
    return found if stopped is None else nw.when(stopped).then(word("not_examined")).otherwise(found)


def _told(rules: Rules, stages: Stages) -> dict[str, nw.Expr]:
    """What is wrong with a row, and of which evidence it was not checked whether it still counts."""
    wrong = nw.col(f"{OWN}error")
    for name, stopped in _first_read(rules, stages).items():
        failed = _masked(nw.col(f"{FAILED}{name}"), stopped)
        wrong = nw.when(wrong.is_null()).then(failed).otherwise(wrong)
    for told, where in rules.refusals().items():
        wrong = nw.when(where).then(nw.lit(told)).otherwise(wrong)
    unchecked = ", ".join(rules.table.unchecked)
    return {
        "advice__error": wrong,
        "advice__freshness_not_checked": nw.lit(unchecked) if unchecked else nw.lit(None, dtype=nw.String),
    }


def _first_read(rules: Rules, stages: Stages) -> dict[str, nw.Expr | None]:
    """What is computed row by row, by column, and where no stage that reads it is examined."""
    found: dict[str, nw.Expr | None] = {}
    for stage, _, stopped in stages:
        for name in (column_of(ref) for rule in stage.rules for ref in rule.rule.facts):
            if name in rules.table.by_row:
                found.setdefault(name, stopped)
    return found
