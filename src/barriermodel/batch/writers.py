"""Frames written one after another as one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO

import polars as pl
import pyarrow.parquet as pq

from barriermodel import InputError, Problem
from barriermodel.text import FORMULA, NUMBER, as_cell

Write = Callable[[pl.DataFrame], None]
_NOT_IN_CSV = (pl.List, pl.Array, pl.Struct, pl.Binary, pl.Duration, pl.Object)
_NOT_IN_JSON = (pl.Binary, pl.Object)


_TEXT = (pl.String, pl.Categorical, pl.Enum)


def _cells(column: pl.Series, raw: bool) -> pl.Series:
    """A column as CSV has it: text as ``as_cell`` writes it, and no decimal number as 558.000: it may be thousands."""
    if isinstance(column.dtype, pl.Decimal) and column.dtype.scale == 3:
        return column.cast(pl.String).str.replace(r"\.?0+$", "")
    if raw or not isinstance(column.dtype, _TEXT):
        return column
    text = column.cast(pl.String)
    formula = text.str.contains(FORMULA)
    if not formula.any():  # mostly
        return column
    formula &= ~text.str.contains(f"^{NUMBER}$")
    return pl.select(pl.when(formula).then("'" + text).otherwise(text).alias(column.name)).to_series()


@contextmanager
def writing(
    file: IO[bytes], suffix: str, schema: Mapping[str, pl.DataType], separator: str, *, raw: bool = False
) -> Iterator[Write]:
    """A function that writes a frame after those before it.

    Args:
        suffix: ``.parquet``, ``.csv``, ``.jsonl`` or ``.ndjson``.
        separator: between the fields of CSV.
        raw: write text in CSV as it is, also what a spreadsheet takes for a formula.

    """
    if suffix == ".parquet":
        with pq.ParquetWriter(file, pl.DataFrame(schema=schema).to_arrow().schema, compression="zstd") as parquet:
            yield lambda frame: parquet.write_table(frame.to_arrow())
    elif suffix == ".csv":
        names = schema if raw else map(as_cell, schema)
        pl.DataFrame(schema=dict.fromkeys(names, pl.String)).write_csv(file, separator=separator)
        yield lambda frame: pl.DataFrame([_cells(column, raw) for column in frame]).write_csv(
            file, include_header=False, separator=separator
        )
    else:
        decimals = [name for name, dtype in schema.items() if dtype == pl.Decimal]
        yield lambda frame: frame.with_columns(pl.col(decimals).cast(pl.Float64)).write_ndjson(file)


def check_writable(where: str, suffix: str, schema: Mapping[str, pl.DataType]) -> None:
    """Raise ``InputError`` with the columns that a format cannot hold."""
    banned: tuple[type[pl.DataType], ...] = {".parquet": (), ".csv": _NOT_IN_CSV}.get(suffix, _NOT_IN_JSON)
    problems = [
        Problem(name, f"a column of {dtype} cannot be written as {suffix[1:]}; write Parquet, or leave it out")
        for name, dtype in schema.items()
        if isinstance(dtype, banned)
    ]
    if problems:
        raise InputError(where, problems)
