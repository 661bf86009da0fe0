"""Parquet files: their columns have types already, so most are checked rather than read as text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from barriermodel import InputError

from .chunks import CHUNK_ROWS, Chunk, Source
from .rejects import Rejects


def open_parquet(path: Path) -> Source:
    """A Parquet file; the line of a row is its number, from 1.

    Raises:
        InputError: it cannot be read, or a column has no name.

    """
    try:
        with pq.ParquetFile(path) as file:
            rows = file.metadata.num_rows
            nameless = "" in file.schema_arrow.names
            schema = dict(_frame(file.schema_arrow.empty_table()).schema)
    except OSError as error:
        raise InputError.one(str(path), f"the file cannot be read: {error.strerror or error}") from None
    except (pa.ArrowException, pl.exceptions.PolarsError, ValueError) as error:
        raise InputError.one(str(path), f"the file is not Parquet: {error}") from None
    if nameless:
        raise InputError.one(str(path), "a column has no name; give it one")

    def chunks(_: Rejects) -> Iterator[Chunk]:
        line = 1
        with pq.ParquetFile(path, pre_buffer=False) as file:  # a buffer would keep all that was read
            for batch in file.iter_batches(CHUNK_ROWS):
                frame = _frame(pa.Table.from_batches([batch]))
                yield Chunk(frame, range(line, line + frame.height), partial(frame.row, named=True))
                line += frame.height

    return Source(str(path), schema, chunks, lambda: rows)


def _frame(table: pa.Table) -> pl.DataFrame:
    found = pl.from_arrow(table)
    assert isinstance(found, pl.DataFrame)  # of a table, never a series
    return found
