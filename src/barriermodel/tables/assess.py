"""Assess a table: the rules of a profile on every row, by the table's own engine; the same kind of table comes back."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache, partial
from typing import Any, cast

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT

from ..engine.evaluate import Engine
from ..errors import InputError, Problem, TableWarning
from .columns import INTERNAL, check_date, invalid_value_text
from .dates import with_ordinals
from .levels import (
    barrier_levels,
    concern_levels,
    error_columns,
    interval_ends,
    intervals,
    join,
    rule_results,
    stage_levels,
    stops,
    with_levels,
    with_stops,
)
from .pandas_frames import arrow_from_pandas, with_arrow_columns
from .python_facts import with_computed
from .rules import RuleColumns
from .table import Table, open_table

DIRECT = (nw.Implementation.POLARS, nw.Implementation.PYARROW, nw.Implementation.DUCKDB, nw.Implementation.PYSPARK)
"""Engines whose own nulls mean unknown, as rules need."""
METHOD_LIMIT, JAVA_LIMIT = "spark.sql.codegen.hugeMethodLimit", 8000
"""Spark's own setting, by default more than Java's compiler takes (in bytes)."""
MAX_PLANS = 32
"""How many plans are kept for an engine: those last used."""
ERROR = f"{INTERNAL}error"


def assess_table(engine: Engine, native: IntoFrameT, as_of: date | None, *, details: bool) -> IntoFrameT:
    """The user's table with the columns of the assessment.

    Raises:
        InputError: a column is unknown or of a wrong type, or the profile has no limit for the date.

    """
    check_day(engine, as_of)
    if nw.dependencies.is_dask_dataframe(native):
        result, table = _assess_dask(engine, native, as_of, details)
    elif nw.dependencies.is_pandas_dataframe(native):
        result, table = _assess_pandas(engine, native, as_of, details)
    elif nw.dependencies.is_polars_dataframe(native) or nw.dependencies.is_polars_lazyframe(native):
        result, table = _assess_polars(engine, native, as_of, details)
    else:
        table = open_native(engine, native, as_of)
        result = add_results(engine, table, details).to_native()
    _warn(table)
    return cast("IntoFrameT", result)


def check_day(engine: Engine, as_of: date | None) -> None:
    """Raise ``InputError`` if the profile, or a limit of it, has no value on the day of all rows."""
    check_date(as_of)
    if as_of is not None:
        engine.check_day(as_of)
        engine.parameter_values(as_of)


# Each kind of table -----------------------------------------------------------------------------------


def open_native(engine: Engine, native: Any, as_of: date | None, also: Collection[str] = ()) -> Table:
    """Open a user's table, of any engine but Dask.

    Args:
        also: columns to keep from a pandas table, besides those of facts and dates; other tables keep all columns.

    """
    if nw.dependencies.is_pandas_dataframe(native):
        native = arrow_from_pandas(engine.resolved, native, as_of, also)
    try:
        frame = nw.from_native(native)
    except TypeError:
        message = f"expected a table of Polars, pandas, PyArrow, DuckDB, Dask or PySpark; got {type(native).__name__}"
        raise InputError.one("table", message) from None
    if frame.implementation not in DIRECT:
        message = f"{frame.implementation.name.lower()} is not an engine this is tested on; convert the table first"
        raise InputError.one("table", message)
    return open_table(engine.resolved, frame, as_of)


def _assess_pandas(engine: Engine, native: Any, as_of: date | None, details: bool) -> tuple[Any, Table]:
    table = open_native(engine, native, as_of)
    read = list(table.schema)
    found = add_results(engine, table, details).to_native()
    added = found.select([name for name in found.column_names if name not in read])
    _check_names(native.columns, added.column_names)
    return with_arrow_columns(native, added), table


def _assess_dask(engine: Engine, native: Any, as_of: date | None, details: bool) -> tuple[Any, Table]:
    """Each partition is assessed as a pandas frame."""

    def one(part: Any) -> Any:
        return _assess_pandas(engine, part, as_of, details)[0]

    meta, table = _assess_pandas(engine, native._meta, as_of, details)
    return native.map_partitions(one, meta=meta), table


def _assess_polars(engine: Engine, native: Any, as_of: date | None, details: bool) -> tuple[Any, Table]:
    """By a plan that is made once for a schema, date and details, and kept with the engine, but not pickled."""
    from .polars_frames import replay

    plans = vars(engine).setdefault("_polars_plans", lru_cache(maxsize=MAX_PLANS)(partial(_polars_plan, engine)))
    table, calls = plans(tuple(native.collect_schema().items()), as_of, details)
    return replay(calls, native), table


def _polars_plan(engine: Engine, schema: Iterable[tuple[str, Any]], as_of: date | None, details: bool) -> Any:
    from .polars_frames import Recorder

    table = open_native(engine, Recorder(schema=dict(schema)), as_of)
    return table, add_results(engine, table, details).to_native().calls


# What is added ----------------------------------------------------------------------------------------


def add_results(engine: Engine, table: Table, details: bool) -> Any:
    """The frame with the columns of the assessment.

    In steps, each of which reads the columns of the one before: facts, evidence that counts, what plain Python derives
    from these, rules, levels of barriers, levels of all else, results.
    """
    given, resolved = list(table.schema), table.resolved
    table, frame = with_computed(engine, table, with_canonical_facts(table))
    rules = RuleColumns(engine, table)
    frame, barriers = with_levels(frame.with_columns(**rules.columns(details)), barrier_levels(resolved))
    stages = stage_levels(resolved, barriers)
    frame, stopped = with_stops(frame, stops(resolved, stages))
    above = {"advice": join(stages.values()), **stages, **concern_levels(resolved, barriers, stopped)}
    frame, above = with_levels(frame, above)
    ends = interval_ends(table, {**above, **barriers}, stopped)
    frame = frame.with_columns(**{f"{INTERNAL}{name}": expr for name, expr in ends.items()})
    added = intervals(resolved) | rule_results(table, stopped, details) | error_columns(rules, nw.col(ERROR), stopped)
    _check_names(given, added)
    frame = frame.with_columns(**added)
    return frame.drop([name for name in frame.collect_schema().names() if name.startswith(INTERNAL)])


def with_canonical_facts(table: Table) -> Any:
    """The frame with each fact as rules read it, unknown where its evidence does not count, and what is wrong."""
    canonical, usable = table.canonical(), table.usable()
    facts = {f"{INTERNAL}{name}": fact.value for name, fact in canonical.items()}
    counts = {f"{INTERNAL}counts__{kind}": fits for kind, fits in usable.items()}
    error = nw.lit(None, dtype=nw.String)
    for name, fact in reversed(canonical.items()):  # the first of several is reported
        if fact.has_value is not None:
            message = nw.lit(invalid_value_text(name, table.columns.fields[name]))
            error = nw.when(nw.col(f"{INTERNAL}{name}").is_null() & fact.has_value).then(message).otherwise(error)
    kept = {
        f"{INTERNAL}{name}": nw.when(nw.col(f"{INTERNAL}counts__{ref.source}")).then(nw.col(f"{INTERNAL}{name}"))
        for name, ref in table.present.items()
        if ref.source in usable
    }
    frame = table.frame.with_columns(**facts, **counts) if facts or counts else table.frame
    return with_ordinals(frame.with_columns(**kept, **{ERROR: error}), table.resolved, table.canonical_columns)


def _check_names(given: Iterable[Any], added: Iterable[str]) -> None:
    """Raise ``InputError`` if a user's column has the name of a result; some engines ignore case."""
    results = {name.lower() for name in added}
    clash = [str(name) for name in given if str(name).lower() in results]
    if clash:
        message = "the assessment adds a column of this name; rename it, or assess the table without what was added"
        raise InputError("table", [Problem(name, message) for name in clash])


# Warnings ---------------------------------------------------------------------------------------------


def warn_missing(table: Table, level: int = 4) -> None:
    """Warn once about columns that are missing, and that nothing else computes or reports.

    Args:
        level: how many calls away the user is.

    """
    names = ", ".join(name for name in table.missing if name not in {*table.computed, *table.not_computable})
    if names:
        warnings.warn(f"unknown in every row, for there is no such column: {names}", TableWarning, stacklevel=level)


def _warn(table: Table) -> None:
    """Warn once about what is missing, and about what is slow or impossible on this engine."""
    warn_missing(table, 5)
    if table.computed:
        ids = ", ".join(derived.id for derived in table.computed.values())
        slow = f"plain Python, called for each row, which is slow; a column derived__… is quicker: {ids}"
        warnings.warn(slow, TableWarning, stacklevel=4)
    if table.not_computable:
        names = ", ".join(table.not_computable)
        closed = "plain Python cannot be called on this engine, so its rules are open in every row; give a column"
        warnings.warn(f"{closed}: {names}", TableWarning, stacklevel=4)
    if table.frame.implementation is nw.Implementation.PYSPARK:
        session = table.frame.to_native().sparkSession
        if int(session.conf.get(METHOD_LIMIT)) > JAVA_LIMIT:
            limit = f"slow: Spark makes longer methods of rules than Java compiles; set {METHOD_LIMIT}={JAVA_LIMIT}"
            warnings.warn(limit, TableWarning, stacklevel=4)
