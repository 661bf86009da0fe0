"""Where a user's table comes in, and the same kind of table goes out."""

from __future__ import annotations

import warnings
from collections.abc import Collection
from datetime import date
from typing import Any

import narwhals as nw

from ..engine.evaluate import Engine
from ..errors import InputError, TableWarning
from .assess import assessed
from .pandas_frames import assess_dask, assess_pandas, open_pandas
from .row_reader import check_date
from .table import Table, open_table

DIRECT = (nw.Implementation.POLARS, nw.Implementation.PYARROW, nw.Implementation.DUCKDB, nw.Implementation.PYSPARK)
"""Engines whose own nulls are unknown as rules mean it."""

METHOD_LIMIT, JAVA_LIMIT = "spark.sql.codegen.hugeMethodLimit", 8000
"""Spark's own setting, which by default is more than what Java's compiler takes (in bytes)."""


def assess_table(engine: Engine, native: Any, as_of: date | None, *, details: bool) -> Any:
    """The user's table with the columns of the assessment."""
    check_day(engine, as_of)
    if nw.dependencies.is_dask_dataframe(native):  # pandas frames, one per partition
        result, table = assess_dask(engine, native, as_of, details=details)
        _tell(table)
        return result
    if nw.dependencies.is_pandas_dataframe(native):
        result, table = assess_pandas(engine, native, as_of, details=details)
        _tell(table)
        return result
    table = open_native(engine, native, as_of)
    _tell(table)
    return assessed(engine, table, details=details).to_native()


def check_day(engine: Engine, as_of: date | None) -> None:
    """Raise ``InputError`` where the profile, or a limit of it, has no value on the day of all rows."""
    check_date(as_of)
    if as_of is not None:
        engine.check_day(as_of)
        engine.bind_parameters(as_of)


def open_native(engine: Engine, native: Any, as_of: date | None, also: Collection[str] = ()) -> Table:
    """A user's table, not of Dask.

    Args:
        also: other columns to read, of pandas, which comes in as Arrow.

    """
    if nw.dependencies.is_pandas_dataframe(native):
        return open_pandas(engine, native, as_of, also)
    try:
        frame = nw.from_native(native)
    except TypeError:
        message = f"expected a table of Polars, pandas, PyArrow, DuckDB, Dask or PySpark; got {type(native).__name__}"
        raise InputError.one("table", message) from None
    if frame.implementation not in DIRECT:
        message = f"{frame.implementation.name.lower()} is not an engine this is tested on; convert the table first"
        raise InputError.one("table", message)
    return open_table(engine.resolved, frame, as_of)


def tell_missing(table: Table, found: Collection[str] = (), level: int = 4) -> None:
    """Say once which columns are not there.

    Args:
        found: columns that are made, or told otherwise.
        level: how many calls away the user is.

    """
    names = ", ".join(name for name in table.missing if name not in found)
    if names:
        warnings.warn(f"unknown in every row, for there is no such column: {names}", TableWarning, stacklevel=level)


def _tell(table: Table) -> None:
    """Say once which columns are not there, and what becomes of rules in plain Python."""
    tell_missing(table, {*table.by_row, *table.not_here}, 5)
    if table.by_row:
        ids = ", ".join(derived.id for derived in table.by_row.values())
        told = f"plain Python, called for each row, which is slow; a column derived__… is quicker: {ids}"
        warnings.warn(told, TableWarning, stacklevel=4)
    if table.not_here:
        names = ", ".join(table.not_here)
        told = (
            f"plain Python cannot be called on this engine, so its rules are open in every row; give a column: {names}"
        )
        warnings.warn(told, TableWarning, stacklevel=4)
    if table.frame.implementation is nw.Implementation.PYSPARK:
        session = table.frame.to_native().sparkSession
        if int(session.conf.get(METHOD_LIMIT)) > JAVA_LIMIT:
            told = f"slow: Spark makes longer methods of rules than Java compiles; set {METHOD_LIMIT}={JAVA_LIMIT}"
            warnings.warn(told, TableWarning, stacklevel=4)
