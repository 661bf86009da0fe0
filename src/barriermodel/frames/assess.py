"""Assess a table: the rules of a profile on every row, on the engine that the table is of."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from ..pipeline.run import Engine
from .columns import OWN
from .dates import with_keys
from .opaque import with_computed
from .results import results
from .rules import Rules
from .table import Table

ERROR = f"{OWN}error"


def assessed(engine: Engine, table: Table, *, details: bool) -> Any:
    """The frame with the columns of the assessment.

    In steps, each of which reads the columns of the one before: facts, evidence that counts, what plain Python makes
    of these, rules, levels of barriers, results.
    """
    table, frame = with_computed(engine, table, counting(table))
    rules = Rules(engine, table)
    frame = frame.with_columns(**rules.columns(details))
    frame = frame.with_columns(**rules.levels())
    frame = frame.with_columns(**results(engine, rules, details))
    own = [name for name in frame.collect_schema().names() if name.startswith(OWN)]
    return frame.drop(own)


def counting(table: Table) -> Any:
    """The frame with each fact as rules read it, unknown where its evidence does not count, and what is wrong."""
    taken, usable = table.taken(), table.usable()
    facts = {f"{OWN}{name}": found.value for name, found in taken.items()}
    counts = {f"{OWN}counts__{kind}": fits for kind, fits in usable.items()}
    error = nw.lit(None, dtype=nw.String)
    for name, found in reversed(taken.items()):
        if found.stated is not None:
            told = nw.lit(f"{name} holds no value of this fact: it is taken as unknown")
            error = nw.when(nw.col(f"{OWN}{name}").is_null() & found.stated).then(told).otherwise(error)
    kept = {
        f"{OWN}{name}": nw.when(nw.col(f"{OWN}counts__{table.facts[name].source}")).then(nw.col(f"{OWN}{name}"))
        for name in taken
        if table.facts[name].source in usable
    }
    frame = table.frame.with_columns(**facts, **counts) if facts or counts else table.frame
    return with_keys(frame.with_columns(**kept, **{ERROR: error}), table.plan, table.dated)
