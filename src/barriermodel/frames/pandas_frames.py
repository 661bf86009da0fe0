"""pandas and Dask: their own columns lose or confuse nulls, so the columns that are read become Arrow columns first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import narwhals as nw

from ..errors import InputError, Problem
from ..pipeline.run import Engine
from .assess import assessed
from .columns import AS_OF, dates_of, facts_read, is_fact
from .plain import possible, read_by
from .table import Table, open_table


def assess_pandas(engine: Engine, native: Any, as_of: date | None, *, details: bool) -> tuple[Any, Table]:
    """A pandas frame with the columns of the assessment, and the table that was read."""
    table = open_pandas(engine, native, as_of)
    read = list(table.schema)
    found = assessed(engine, table, details=details).to_native()
    added = found.select([name for name in found.column_names if name not in read])
    result = added.to_pandas(types_mapper=_types().get)
    result.index = native.index
    clash = [name for name in result.columns if name in native.columns]
    if clash:
        raise InputError.one("table", "the table has a column of this name already; rename it", clash[0])
    return native.join(result), table


def open_pandas(engine: Engine, native: Any, as_of: date | None, also: Collection[str] = ()) -> Table:
    """The columns of a pandas frame that hold facts or dates, and some others, as a table of Arrow."""
    read = [name for name in native.columns if name == AS_OF or name in also or is_fact(str(name), engine.plan)]
    return open_table(engine.plan, nw.from_native(_arrow(engine, native[read])), as_of)


def _arrow(engine: Engine, native: Any) -> Any:
    """The columns as Arrow holds them: NaN in a column of objects or numbers is null."""
    import pyarrow as pa

    columns: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in native.columns:
        try:
            column = pa.Array.from_pandas(native[name])
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            problems.append(Problem(str(name), f"the column holds values of different types: {_short(error)}"))
            continue
        # a column of nothing but nulls has a type in pandas that says nothing
        columns[str(name)] = pa.nulls(len(column)) if column.null_count == len(column) else column
    if problems:
        raise InputError("table", problems)
    # without any column Arrow would not know how many rows there are
    return pa.table(_typed(engine, columns) or {"no facts": pa.nulls(len(native))})


def _typed(engine: Engine, columns: dict[str, Any]) -> dict[str, Any]:
    """What pandas cannot say: dates as timestamps of midnight, and whole numbers with nulls as floats."""
    import pyarrow as pa

    read = {**facts_read(engine.plan), **read_by(possible(engine.plan, columns))}
    wanted = {name: ref.type for name, ref in read.items()}
    wanted |= {name: date for kind in engine.plan.kinds.values() for name in dates_of(kind)}
    wanted |= {AS_OF: date}
    for name, column in columns.items():
        kind = wanted.get(name)
        to = pa.date32() if kind is date and pa.types.is_timestamp(column.type) else None
        if kind is int and pa.types.is_floating(column.type):
            to = pa.int64()
        if to is not None:
            try:
                columns[name] = column.cast(to)
            except pa.ArrowInvalid as error:
                what = "a date without time" if to == pa.date32() else "a whole number"
                raise InputError.one("table", f"expected {what}: {_short(error)}", name) from None
    return columns


def _types() -> dict[Any, Any]:
    """How what is added is called in pandas: booleans that can be null."""
    import pandas as pd
    import pyarrow as pa

    return {pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype(), pa.large_string(): pd.StringDtype()}


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]


def assess_dask(engine: Engine, native: Any, as_of: date | None, *, details: bool) -> tuple[Any, Table]:
    """A Dask frame with the columns of the assessment: each partition is assessed as a pandas frame."""
    meta, table = assess_pandas(engine, native._meta, as_of, details=details)

    def one(part: Any) -> Any:
        return assess_pandas(engine, part, as_of, details=details)[0]

    return native.map_partitions(one, meta=meta), table
