"""The columns that an assessment adds to a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import narwhals as nw

from ..profiles.resolved import ResolvedProfile, ResolvedRule, ResolvedStage
from ..rules.levels import Concern, Status
from .columns import OWN, column_of, flat
from .dialect import Dialect
from .opaque import FAILED
from .outcome import Levels, said
from .rules import Rules, own
from .stages import barrier_name, concerned, stop_column
from .table import Table


def results(table: Table, levels: Mapping[str, Levels], stopped: Collection[str]) -> dict[str, nw.Expr]:
    """Both ends of each interval, by name.

    Args:
        levels: of the advice, and of each stage, concern and barrier.
        stopped: the stages that may not be examined.

    """
    plan, dialect = table.plan, table.dialect
    masks = _masks(plan, stopped)
    found: dict[str, nw.Expr] = {}
    for name, of_name in levels.items():
        for end, at in (("at_least", False), ("at_most", True)):
            highest = said({level: hit.fill_null(value=at) for level, hit in of_name.items()}, dialect)
            found[f"{name}__{end}"] = _masked(highest, masks.get(name))
    for barrier in (b for stage in plan.stages if not stage.by_level for b in stage.barriers):
        nothing = nw.when(nw.lit(value=False)).then(said({}, dialect))  # its rules are counted: it has no interval
        found |= {f"{barrier_name(barrier)}__{end}": nothing for end in ("at_least", "at_most")}
    return found


def intervals(plan: ResolvedProfile) -> dict[str, nw.Expr]:
    """The columns of each interval, from those of its ends, in the order in which they stand in the output."""
    found: dict[str, nw.Expr] = {}
    for name in _names(plan):
        low, high = nw.col(f"{OWN}{name}__at_least"), nw.col(f"{OWN}{name}__at_most")
        found |= {f"{name}__at_least": low, f"{name}__at_most": high, f"{name}__decided": low == high}
    return found


def _names(plan: ResolvedProfile) -> list[str]:
    stages = [f"stage__{flat(stage.id)}" for stage in plan.stages]
    there = {barrier.concern for _, barrier in concerned(plan)}
    concerns = [f"concern__{concern.value}" for concern in Concern if concern in there]
    return ["advice", *stages, *concerns, *(barrier_name(barrier) for barrier in plan.barriers)]


def _masks(plan: ResolvedProfile, stopped: Collection[str]) -> dict[str, nw.Expr]:
    """Where what has an interval is not examined; a concern, where none of its stages is."""
    found: dict[str, nw.Expr] = {}
    seen: set[str] = set()
    for stage in plan.stages:
        names = {f"stage__{flat(stage.id)}", *(barrier_name(barrier) for barrier in stage.barriers)}
        if stage.by_level:
            names |= {f"concern__{barrier.concern.value}" for barrier in stage.barriers}
        if stage.id in stopped:
            found |= {name: nw.col(stop_column(stage.id)) for name in names - seen}
        seen |= names
    return found


def _masked(expr: nw.Expr, stopped: nw.Expr | None) -> nw.Expr:
    return expr if stopped is None else nw.when(~stopped).then(expr)


def _stop(stage: ResolvedStage, stopped: Collection[str]) -> nw.Expr | None:
    return nw.col(stop_column(stage.id)) if stage.id in stopped else None


def rule_results(table: Table, stopped: Collection[str], details: bool) -> dict[str, nw.Expr]:
    """The column of each rule, and of its status in words."""
    found: dict[str, nw.Expr] = {}
    for stage in table.plan.stages:
        stop = _stop(stage, stopped)
        found |= {f"rule__{flat(rule.id)}": _masked(nw.col(own("hit", rule)), stop) for rule in stage.rules}
    for stage in table.plan.stages if details else ():
        stop = _stop(stage, stopped)
        found |= {f"status__{flat(rule.id)}": _status(table.dialect, rule, stop) for rule in stage.rules}
    return found


def _status(dialect: Dialect, rule: ResolvedRule, stopped: nw.Expr | None) -> nw.Expr:
    word = dialect.words(status.key for status in Status)
    hit = nw.col(own("hit", rule))
    clear = word("clear")
    if rule.definition.applies is not None:
        applies = nw.col(own("applies", rule)).fill_null(value=True)
        clear = nw.when(applies).then(clear).otherwise(word("not_applicable"))
    told = nw.when(hit).then(word("hit")).otherwise(clear)
    found = nw.when(hit.is_null()).then(word("open")).otherwise(told)
    return found if stopped is None else nw.when(stopped).then(word("not_examined")).otherwise(found)


def told(rules: Rules, stopped: Collection[str]) -> dict[str, nw.Expr]:
    """What is wrong with a row, and of which evidence it was not checked whether it still counts."""
    wrong = nw.col(f"{OWN}error")
    for name, stop in _first_read(rules.table, stopped).items():
        failed = _masked(nw.col(f"{FAILED}{name}"), stop)
        wrong = nw.when(wrong.is_null()).then(failed).otherwise(wrong)
    for words, where in rules.refusals().items():
        wrong = nw.when(where).then(nw.lit(words)).otherwise(wrong)
    unchecked = ", ".join(rules.table.unchecked)
    return {
        "advice__error": wrong,
        "advice__freshness_not_checked": nw.lit(unchecked) if unchecked else nw.lit(None, dtype=nw.String),
    }


def _first_read(table: Table, stopped: Collection[str]) -> dict[str, nw.Expr | None]:
    """What is computed row by row, by column, and where no stage that reads it is examined."""
    found: dict[str, nw.Expr | None] = {}
    for stage in table.plan.stages:
        for name in (column_of(ref) for rule in stage.rules for ref in rule.definition.facts):
            if name in table.by_row:
                found.setdefault(name, _stop(stage, stopped))
    return found
