"""Where a user's table comes in, and the same kind of table goes out."""

from __future__ import annotations

import warnings
from datetime import date
from typing import Any

import narwhals as nw

from ..errors import InputError
from ..pipeline.run import Engine
from .assess import assessed
from .dialect import OTHER, POLARS
from .pandas_frames import assess_dask, assess_pandas
from .table import Table, open_table

DIRECT = (nw.Implementation.POLARS, nw.Implementation.PYARROW, nw.Implementation.DUCKDB, nw.Implementation.PYSPARK)
"""Engines whose own nulls are unknown as rules mean it."""


class TableWarning(UserWarning):
    """A table lacks columns that the profile reads."""


def assess_table(engine: Engine, native: Any, as_of: date | None, *, details: bool) -> Any:
    """The user's table with the columns of the assessment."""
    if as_of is not None:
        engine.check_day(as_of)
        engine.on(as_of)
    if nw.dependencies.is_dask_dataframe(native):  # pandas frames, one per partition
        result, table = assess_dask(engine, native, as_of, details=details)
        tell_missing(table)
        return result
    try:
        frame = nw.from_native(native)
    except TypeError:
        message = f"expected a table of Polars, pandas, PyArrow, DuckDB, Dask or PySpark; got {type(native).__name__}"
        raise InputError.one("table", message) from None
    if frame.implementation is nw.Implementation.PANDAS:
        result, table = assess_pandas(engine, native, as_of, details=details)
        tell_missing(table)
        return result
    if frame.implementation not in DIRECT:
        message = f"{frame.implementation.name.lower()} is not an engine this is tested on; convert the table first"
        raise InputError.one("table", message)
    table = open_table(engine.plan, frame, as_of)
    tell_missing(table)
    dialect = POLARS if frame.implementation is nw.Implementation.POLARS else OTHER
    return assessed(engine, table, dialect, details=details).to_native()


def tell_missing(table: Table) -> None:
    """Say once which columns are not there."""
    if table.missing:
        names = ", ".join(table.missing)
        warnings.warn(f"unknown in every row, for there is no such column: {names}", TableWarning, stacklevel=4)
