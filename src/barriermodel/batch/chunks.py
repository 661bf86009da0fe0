"""A table as chunks: in each, the facts are read and the rows that cannot be read are removed.

A row is rejected where what it says is not known, or where taking a cell as unknown could make its advice milder:
the date of the row, the end of the validity of evidence, the procedure. Any other cell that cannot be read counts as
unknown, which never makes the advice milder, and is reported in ``advice__error`` of its row.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, TypeAlias

import attrs
import polars as pl

from barriermodel.analysis.columns import UNREAD
from barriermodel.plugin import Problem

from .column_reading import ColumnReading, describe_problem
from .convert import absence_of, read_column
from .dialect import PLAIN_DIALECT, Dialect
from .rejects import Reject, Rejects

CHUNK_ROWS = 20_000
"""Rows that are read at once: enough for speed, few enough for memory."""
UNREADABLE_CELLS = "batch__unread"
"""The column with what could not be read in a row, on its way to ``advice__error``."""
ReadColumn: TypeAlias = tuple[pl.Series, Mapping[int, str]]
"""The values of a fact, and by place what is wrong with a cell that holds no value of it."""


@attrs.define
class Chunk:
    """Some rows of a table.

    Args:
        frame: the rows that have columns.
        lines: where each of them begins.
        row: gives the row at a place in the frame, as it was in the file.
        problems: what is wrong with the row at a place.
        rejected: the rows that have no columns.
        strict: whether one cell that cannot be read costs its row, as in files that programs write for programs.
        read: reads a column, where its frame does not have all that is known of its cells.

    """

    frame: pl.DataFrame
    lines: Sequence[int]
    row: Callable[[int], Any]
    problems: dict[int, list[Problem]] = attrs.field(factory=dict)
    rejected: Sequence[Reject] = ()
    strict: bool = False
    read: Callable[[ColumnReading], ReadColumn] | None = None


@attrs.frozen
class Source:
    """A table in a file, or in a folder.

    Args:
        where: as the user named it.
        schema: the types of the columns of the chunks.
        chunks: reads the table from its beginning; a chunk that is a frame has its facts already.
        rows: counts the rows, roughly, for a progress bar.
        dialect: how a CSV file is written.
        sample: its first rows, as text; None if these do not show how it is written.

    """

    where: str
    schema: dict[str, pl.DataType]
    chunks: Callable[[Rejects], Iterator[Chunk | pl.DataFrame]]
    rows: Callable[[], int]
    dialect: Dialect = PLAIN_DIALECT
    sample: Callable[[], pl.DataFrame] | None = None


def read_facts(
    chunk: Chunk, readings: Sequence[ColumnReading], rejects: Rejects, row_rejecting: Container[str] | None = None
) -> pl.DataFrame:
    """The rows that can be read, with a column for each fact that is made from another; the others go to ``rejects``.

    Args:
        row_rejecting: the columns in which an unreadable cell costs the row; in any other column it is unknown, and
            reported in the column ``UNREADABLE_CELLS``. By default every unreadable cell costs its row.

    """
    frame = chunk.frame
    for reading in readings:
        values, problems = chunk.read(reading) if chunk.read else _read(chunk.frame, reading)
        for place, problem in problems.items():
            chunk.problems.setdefault(place, []).append(Problem(reading.column, problem))
        frame = frame.with_columns(values.alias(reading.column))
    frame = frame.with_columns(_absences(chunk.frame, readings))
    if row_rejecting is not None:
        frame = frame.with_columns(_unread(chunk))
        frame = frame.with_columns(_unreadable_cells(chunk, rejects, row_rejecting))
    found = [Reject(chunk.lines[place], problems, chunk.row(place)) for place, problems in chunk.problems.items()]
    for reject in sorted([*found, *chunk.rejected], key=lambda reject: reject.line):
        rejects.add(reject)
    if not chunk.problems:
        return frame
    kept = pl.Series([True]).new_from_index(0, frame.height).scatter(list(chunk.problems), False)
    return frame.filter(kept)


def _read(frame: pl.DataFrame, reading: ColumnReading) -> ReadColumn:
    given = frame.get_column(reading.source)
    values, bad = read_column(given, reading)
    describe = cache(partial(describe_problem, reading))  # the same few words are wrong in many rows
    return values, {place: describe(given[place]) for place in bad.arg_true().to_list()}


def _absences(frame: pl.DataFrame, readings: Sequence[ColumnReading]) -> Iterator[pl.Series]:
    """For each kind of evidence that a column can state to be absent, whether one of its columns does."""
    found: dict[str, pl.Series] = {}
    for reading in readings:
        if reading.absence_column is not None:
            absent = absence_of(frame.get_column(reading.source), reading)
            earlier = found.get(reading.absence_column)
            found[reading.absence_column] = absent if earlier is None else earlier | absent
    return (absent.alias(name) for name, absent in found.items())


def _unread(chunk: Chunk) -> pl.Series:
    """The facts that could not be read in each row, by their columns; also those that an earlier run could not read."""
    frame = chunk.frame
    earlier = frame[UNREAD].cast(pl.String).to_list() if UNREAD in frame.columns else [None] * frame.height
    for place, problems in () if chunk.strict else chunk.problems.items():
        names = [*(earlier[place] or "").split(", "), *(problem.path for problem in problems)]
        earlier[place] = ", ".join(filter(None, dict.fromkeys(names)))
    return pl.Series(UNREAD, [names or None for names in earlier], dtype=pl.String)


def _unreadable_cells(chunk: Chunk, rejects: Rejects, row_rejecting: Container[str]) -> pl.Series:
    """What could not be read in each row that is kept; such a row is removed from the problems of the chunk."""
    texts: list[str | None] = [None] * chunk.frame.height
    for place, problems in [] if chunk.strict else [*chunk.problems.items()]:
        if not any(problem.path in row_rejecting for problem in problems):
            texts[place] = "; ".join(map(str, rejects.without_confidential(problems)))
            del chunk.problems[place]
    return pl.Series(UNREADABLE_CELLS, texts, dtype=pl.String)
