"""Assess a table: the rules of a profile on every row, on the engine that the table is of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw

from ..engine.evaluate import Engine
from ..errors import InputError, Problem
from .columns import INTERNAL, fact_field_of, invalid_value_text
from .dates import with_ordinals
from .levels import join
from .python_facts import with_computed
from .results import error_columns, intervals, results, rule_results
from .rules import RuleColumns
from .stages import barrier_levels, columns_of, concern_levels, in_columns, stage_levels, stop_column, stops
from .table import Table

ERROR = f"{INTERNAL}error"


def assessed(engine: Engine, table: Table, *, details: bool) -> Any:
    """The frame with the columns of the assessment.

    In steps, each of which reads the columns of the one before: facts, evidence that counts, what plain Python makes
    of these, rules, levels of barriers, levels of all else, results.
    """
    given = list(table.schema)
    table, frame = with_computed(engine, table, with_canonical_facts(table))
    rules, plan = RuleColumns(engine, table), table.plan
    frame = frame.with_columns(**rules.columns(details))
    barriers = barrier_levels(plan)
    frame = frame.with_columns(**columns_of(barriers)) if barriers else frame
    barriers = in_columns(barriers)
    stages = stage_levels(plan, barriers)
    stopped = stops(plan, stages)
    above = {"advice": join(stages.values()), **stages, **concern_levels(plan, barriers, stopped)}
    frame = frame.with_columns(**columns_of(above), **{stop_column(id): expr for id, expr in stopped.items()})
    ends = results(table, {**in_columns(above), **barriers}, stopped)
    frame = frame.with_columns(**{f"{INTERNAL}{name}": expr for name, expr in ends.items()})
    added = intervals(plan) | rule_results(table, stopped, details) | error_columns(rules, stopped)
    check_names(given, added)
    frame = frame.with_columns(**added)
    return frame.drop([name for name in frame.collect_schema().names() if name.startswith(INTERNAL)])


def check_names(given: Iterable[Any], added: Iterable[str]) -> None:
    """Raise ``InputError`` where a column of the user has the name of a result; some engines see no capitals."""
    results = {name.lower() for name in added}
    clash = [str(name) for name in given if str(name).lower() in results]
    if clash:
        message = "the assessment adds a column of this name; rename it, or assess the table without what was added"
        raise InputError("table", [Problem(name, message) for name in clash])


def with_canonical_facts(table: Table) -> Any:
    """The frame with each fact as rules read it, unknown where its evidence does not count, and what is wrong."""
    taken, usable = table.canonical(), table.usable()
    facts = {f"{INTERNAL}{name}": found.value for name, found in taken.items()}
    counts = {f"{INTERNAL}counts__{kind}": fits for kind, fits in usable.items()}
    error = nw.lit(None, dtype=nw.String)
    for name, found in reversed(taken.items()):
        if found.stated is not None:
            told = nw.lit(invalid_value_text(name, fact_field_of(table.facts[name], table.plan)))
            error = nw.when(nw.col(f"{INTERNAL}{name}").is_null() & found.stated).then(told).otherwise(error)
    kept = {
        f"{INTERNAL}{name}": nw.when(nw.col(f"{INTERNAL}counts__{table.facts[name].source}")).then(
            nw.col(f"{INTERNAL}{name}")
        )
        for name in taken
        if table.facts[name].source in usable
    }
    frame = table.frame.with_columns(**facts, **counts) if facts or counts else table.frame
    return with_ordinals(frame.with_columns(**kept, **{ERROR: error}), table.plan, table.dated)
