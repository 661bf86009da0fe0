"""Assess a table: the rules of a profile on every row, on the engine that the table is of."""

from __future__ import annotations

from typing import Any

from ..pipeline.run import Engine
from .dialect import Dialect
from .results import results
from .rules import Rules
from .table import OWN, Table


def assessed(engine: Engine, table: Table, dialect: Dialect, *, details: bool) -> Any:
    """The frame with the columns of the assessment.

    In steps, each of which reads the columns of the one before: facts, rules, levels of barriers, results.
    """
    taken = table.taken()
    columns = {f"{OWN}{name}": found.value for name, found in taken.items()}
    columns |= {f"{OWN}wrong__{name}": found.wrong for name, found in taken.items() if found.wrong is not None}
    rules = Rules(engine, table, tuple(name for name, found in taken.items() if found.wrong is not None), dialect)
    frame = table.frame.with_columns(**columns) if columns else table.frame
    frame = frame.with_columns(**rules.columns(details))
    frame = frame.with_columns(**rules.levels())
    frame = frame.with_columns(**results(engine, rules, details))
    own = [name for name in frame.collect_schema().names() if name.startswith(OWN)]
    return frame.drop(own)
