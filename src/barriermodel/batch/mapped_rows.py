"""The rows of a table whose columns are no facts of a profile: what a map names, and nothing else."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from barriermodel.analysis.columns import INTERNAL

from .chunks import UNREADABLE_CELLS, read_facts
from .columns import TableColumns
from .mapping import TableMap
from .opening import learn_notation, open_file
from .rejects import Reject, Rejects
from .stated_facts import constant_values

_LINE = f"{INTERNAL}line"


@attrs.frozen
class MappedRow:
    """A row of a table.

    Args:
        line: where it begins: the line in a CSV or JSON Lines file, the row in a Parquet file or a workbook.
        values: by column of the map, what the row holds, or None where it holds nothing; None if it cannot be read.
        problem: the cells that could not be read, in one sentence.

    """

    line: int
    values: Mapping[str, Any] | None
    problem: str | None = None


def mapped_rows(
    path: Path, table_map: TableMap, columns: TableColumns, *, where: str, row_rejecting: Container[str]
) -> Iterator[MappedRow]:
    """The rows of a file in their order, with the columns that a map fills or states.

    Args:
        where: the map, as the user named it.
        row_rejecting: the columns in which an unreadable cell makes the whole row unreadable; in another one the cell
            counts as empty. In JSON Lines, every unreadable cell does.

    Raises:
        InputError: the file cannot be read, or the map does not fit it.

    """
    source, readings = learn_notation(*open_file(path, columns, table_map, where))
    constants = constant_values(table_map, columns)
    names = [reading.column for reading in readings]
    rejects = _Kept()
    for chunk in source.chunks(rejects):
        assert not isinstance(chunk, pl.DataFrame)  # only a folder of dossiers has facts already
        chunk.frame = chunk.frame.with_columns(pl.Series(_LINE, chunk.lines, dtype=pl.Int64))
        frame = read_facts(chunk, readings, rejects, row_rejecting).select(*names, _LINE, UNREADABLE_CELLS)
        rows = [
            MappedRow(row.pop(_LINE), problem=row.pop(UNREADABLE_CELLS), values=row | constants)
            for row in frame.to_dicts()
        ]
        rejected = [MappedRow(int(reject.line), None, reject.reason) for reject in rejects.taken()]
        yield from sorted([*rows, *rejected], key=lambda row: row.line)


@attrs.define
class _Kept(Rejects):
    """Keeps the rows that cannot be read, until they are taken."""

    rows: list[Reject] = attrs.field(factory=list, init=False)

    def add(self, reject: Reject) -> None:
        self.rows.append(reject)

    def taken(self) -> list[Reject]:
        rows, self.rows = self.rows, []
        return rows
