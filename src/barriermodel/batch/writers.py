"""Frames, written one after another as one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from typing import IO

import polars as pl
import pyarrow.parquet as pq

from barriermodel import InputError
from barriermodel.analysis.text import FORMULA_START, NUMBER_TEXT, escape_cell
from barriermodel.plugin import Problem

from .dialect import PLAIN_DIALECT, Dialect

SHEETS = ".xlsx"
OUTPUT_SUFFIXES = (".parquet", ".csv", ".jsonl", SHEETS, ".ndjson")
Write = Callable[[pl.DataFrame], None]
_NOT_IN_CSV = (pl.List, pl.Array, pl.Struct, pl.Binary, pl.Duration, pl.Object)
_NOT_IN_JSON = (pl.Binary, pl.Object)
BOM = "\ufeff"
"""From this mark, a spreadsheet knows the encoding of a file."""
_TEXT = (pl.String, pl.Categorical, pl.Enum)


@contextmanager
def open_writer(
    file: IO[bytes], suffix: str, schema: Mapping[str, pl.DataType], dialect: Dialect, *, raw: bool = False
) -> Iterator[Write]:
    """A function that writes a frame after those before it; into a workbook nothing, which is written at the end.

    Args:
        suffix: one of :data:`OUTPUT_SUFFIXES`.
        dialect: how CSV is written.
        raw: write text in CSV as it is, even if a spreadsheet takes it for a formula.

    """
    if suffix == ".parquet":
        with pq.ParquetWriter(file, pl.DataFrame(schema=schema).to_arrow().schema, compression="zstd") as parquet:
            yield lambda frame: parquet.write_table(frame.to_arrow())
    elif suffix == ".csv":
        names = schema if raw else map(escape_cell, schema)
        file.write(BOM.encode(dialect.encoding) if dialect.bom else b"")
        _write_csv(file, pl.DataFrame(schema=dict.fromkeys(names, pl.String)), dialect, header=True)
        yield lambda frame: _write_csv(file, pl.DataFrame([_cells(column, dialect, raw) for column in frame]), dialect)
    elif suffix == SHEETS:
        yield lambda frame: None
    else:
        decimals = [name for name, dtype in schema.items() if dtype == pl.Decimal]
        yield lambda frame: frame.with_columns(pl.col(decimals).cast(pl.Float64)).write_ndjson(file)


def _write_csv(file: IO[bytes], frame: pl.DataFrame, dialect: Dialect, *, header: bool = False) -> None:
    """Raise ``InputError`` if the encoding lacks a letter, rather than lose it."""
    write = partial(
        frame.write_csv, include_header=header, separator=dialect.separator, line_terminator=dialect.newline,
        date_format=dialect.date,
    )  # fmt: skip
    if dialect.encoding == PLAIN_DIALECT.encoding:
        write(file)
        return
    try:
        file.write(write().encode(dialect.encoding))
    except UnicodeEncodeError as error:
        letter = error.object[error.start]
        message = (
            f"{letter!r} cannot be written in {dialect.encoding}, in which the input is; save the input as UTF-8, or "
            "leave --dialect same out"
        )
        raise InputError.one("the output", message) from None


def _cells(column: pl.Series, dialect: Dialect, raw: bool) -> pl.Series:
    """A column as CSV holds it: text as ``escape_cell`` writes it, and no number as 558.000, which may be thousands."""
    if column.dtype == pl.Boolean and (dialect.true, dialect.false) != (PLAIN_DIALECT.true, PLAIN_DIALECT.false):
        return column.replace_strict({True: dialect.true, False: dialect.false}, return_dtype=pl.String)
    if column.dtype.is_float() and dialect.decimal == ",":
        return _with_comma(column)
    if isinstance(column.dtype, pl.Decimal) and column.dtype.scale == 3:
        return column.cast(pl.String).str.replace(r"\.?0+$", "")
    if raw or not isinstance(column.dtype, _TEXT):
        return column
    text = column.cast(pl.String)
    formula = text.str.contains(FORMULA_START)
    if not formula.any():  # nearly always
        return column
    formula &= ~text.str.contains(f"^{NUMBER_TEXT}$")
    return pl.select(pl.when(formula).then("'" + text).otherwise(text).alias(column.name)).to_series()


def _with_comma(column: pl.Series) -> pl.Series:
    """Numbers with a decimal comma that cannot be misread: 1,125 may be thousands, and 1,1250 cannot."""
    text = column.cast(pl.String)
    long = text.filter(text.str.contains("e").fill_null(value=False)).unique()
    text = text.replace({number: format(Decimal(number), "f") for number in long})
    return text.str.replace(r"^(-?[0-9]+\.[0-9]{3})$", "${1}0").str.replace(".", ",", literal=True)


def check_writable(where: str, suffix: str, schema: Mapping[str, pl.DataType]) -> None:
    """Raise ``InputError`` with the columns that a format cannot hold."""
    banned_in: dict[str, tuple[type[pl.DataType], ...]] = {".parquet": (), ".csv": _NOT_IN_CSV, SHEETS: _NOT_IN_CSV}
    banned = banned_in.get(suffix, _NOT_IN_JSON)
    problems = [
        Problem(name, f"a column of {dtype} cannot be written as {suffix[1:]}; write Parquet, or leave it out")
        for name, dtype in schema.items()
        if isinstance(dtype, banned)
    ]
    if problems:
        raise InputError(where, problems)
