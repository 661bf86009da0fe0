"""Assess a table: the rules of a profile on every row, by the table's own engine; the same kind of table comes back."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, cast

import narwhals.stable.v2 as nw
from narwhals.stable.v2.typing import IntoFrameT

from ..engine.evaluate import Engine
from ..errors import InputError, Problem, TableWarning
from .columns import INTERNAL, check_date, once_per_object
from .lacks import Lack, with_lacks
from .levels import error_columns, rule_results, with_ends, with_levels
from .pandas_frames import arrow_from_pandas, with_arrow_columns
from .python_facts import with_computed
from .rules import RuleColumns
from .table import Table, open_table, with_canonical_facts

DIRECT = (nw.Implementation.POLARS, nw.Implementation.PYARROW, nw.Implementation.DUCKDB, nw.Implementation.PYSPARK)
"""Engines whose own nulls mean unknown, as rules need."""
METHOD_LIMIT, JAVA_LIMIT = "spark.sql.codegen.hugeMethodLimit", 8000
"""Spark's own setting, by default more than Java's compiler takes (in bytes)."""
MAX_PLANS = 32
"""How many plans are kept for an engine: those last used."""


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
    warn_of(table)
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

    table, calls = polars_plans(engine)(tuple(native.collect_schema().items()), as_of, details)
    return replay(calls, native), table


@once_per_object
def polars_plans(engine: Engine) -> Any:
    """The plans of an engine for tables of Polars: for a schema, date and details, the table and what to call on it."""
    from .polars_frames import Recorder

    @lru_cache(maxsize=MAX_PLANS)
    def plan(schema: Iterable[tuple[str, Any]], as_of: date | None, details: bool) -> Any:
        table = open_table(engine.resolved, nw.from_native(Recorder(schema=dict(schema))), as_of)
        return table, add_results(engine, table, details).to_native().calls

    return plan


# What is added ----------------------------------------------------------------------------------------


def add_results(engine: Engine, table: Table, details: bool) -> Any:
    """The frame with the columns of the assessment."""
    frame, _ = with_results(engine, table, details)
    return frame.drop([name for name in frame.collect_schema().names() if name.startswith(INTERNAL)])


def assess_with_lacks(engine: Engine, native: Any, as_of: date | None, *, details: bool) -> tuple[Any, list[Lack]]:
    """A table of Polars with the columns of the assessment and those that these are made of; and what rules can lack.

    Raises:
        InputError: as :func:`assess_table`.

    """
    check_day(engine, as_of)
    frame, lacks = with_results(engine, open_native(engine, native, as_of), details, lacks=True)
    return frame.to_native(), lacks


def with_results(engine: Engine, table: Table, details: bool, *, lacks: bool = False) -> tuple[Any, list[Lack]]:
    """The frame with the columns of the assessment, and those that these are made of.

    In steps, each of which reads the columns of the one before: facts, evidence that counts, what plain Python derives
    from these, rules, levels of barriers, levels of all else, results.

    Args:
        lacks: also say why evidence does not count and what rules lack; see the module ``lacks``.

    """
    given, frame = list(table.schema), with_canonical_facts(table)
    if table.computed:
        table, frame = with_computed(engine, table, frame)
    rules = RuleColumns(engine, table)
    columns = rules.columns(details)
    frame, lacking = with_lacks(rules, frame, columns) if lacks else (rules.added_to(frame, columns), [])
    frame, levels, examined = with_levels(frame, table.resolved)
    frame, added = with_ends(frame, table, levels, examined)
    added |= rule_results(table, examined, details) | error_columns(rules, examined)
    _check_names(given, added)
    return frame.with_columns(**added), lacking


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


def warn_of(table: Table) -> None:
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
