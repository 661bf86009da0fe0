"""A part of a table on its way in: its facts read, and the rows that cannot be read taken out."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any

import attrs
import polars as pl

from barriermodel.plugin import Problem

from .column_reading import ColumnReading, describe_problem
from .convert import absence_of, read_column
from .dialect import PLAIN_DIALECT, Dialect
from .rejects import Reject, Rejects

CHUNK_ROWS = 20_000
"""At most so many rows are read at once: enough to be quick, few enough to be small."""
UNREADABLE_CELLS = "batch__unread"
"""A column that tells what could not be read in a row, on its way to ``advice__error``."""


@attrs.define
class Chunk:
    """Some rows of a table.

    Args:
        frame: the rows that have columns.
        lines: where each of them begins.
        row: the row at a place in the frame, as it was.
        wrong: what is wrong with the row at a place, where something is.
        unread: the rows that have no columns.
        strict: whether one value that cannot be read costs its row, as in what programs write for programs.

    """

    frame: pl.DataFrame
    lines: Sequence[int]
    row: Callable[[int], Any]
    wrong: dict[int, list[Problem]] = attrs.field(factory=dict)
    unread: Sequence[Reject] = ()
    strict: bool = False


@attrs.frozen
class Source:
    """A table in a file, or in a folder.

    Args:
        where: as the user named it.
        schema: of what the chunks hold.
        chunks: reads it from the beginning; a chunk may also be a frame that needs nothing more.
        rows: counts them, or about: it is for telling how far reading is.
        dialect: how a CSV file is written.
        sample: its first rows, as text; None where these do not tell how it is written.

    """

    where: str
    schema: dict[str, pl.DataType]
    chunks: Callable[[Rejects], Iterator[Chunk | pl.DataFrame]]
    rows: Callable[[], int]
    dialect: Dialect = PLAIN_DIALECT
    sample: Callable[[], pl.DataFrame] | None = None


def read_facts(
    chunk: Chunk, readings: Sequence[ColumnReading], rejects: Rejects, costly: Container[str] | None = None
) -> pl.DataFrame:
    """The rows that can be read, with a column for each fact that is made from another; the others are rejects.

    Args:
        costly: the columns of which a value that cannot be read costs the row; of any other it is unknown, and told in
            the column ``UNREAD``. Left out, all cost the row.

    """
    frame = chunk.frame
    for reading in readings:
        given = chunk.frame.get_column(reading.source)
        values, bad = read_column(given, reading)
        why = cache(partial(describe_problem, reading))  # a value that cannot be read is mostly one of a few
        for place in bad.arg_true().to_list():
            chunk.wrong.setdefault(place, []).append(Problem(reading.column, why(given[place])))
        frame = frame.with_columns(values.alias(reading.column))
    frame = frame.with_columns(_absences(chunk.frame, readings))
    if costly is not None:
        frame = frame.with_columns(_unreadable_cells(chunk, rejects, costly))
    _add_rejects(chunk, rejects)
    if not chunk.wrong:
        return frame
    kept = pl.Series([True]).new_from_index(0, frame.height).scatter(list(chunk.wrong), False)
    return frame.filter(kept)


def _absences(frame: pl.DataFrame, readings: Iterable[ColumnReading]) -> Iterator[pl.Series]:
    """For each kind of which some column can say that there is none, whether one does."""
    found: dict[str, pl.Series] = {}
    for reading in readings:
        if reading.absence_column is not None:
            said = absence_of(frame.get_column(reading.source), reading)
            found[reading.absence_column] = (
                found[reading.absence_column] | said if reading.absence_column in found else said
            )
    return (said.alias(name) for name, said in found.items())


def _unreadable_cells(chunk: Chunk, rejects: Rejects, costly: Container[str]) -> pl.Series:
    """What could not be read in each row that is kept; it is no longer wrong."""
    told: list[str | None] = [None] * chunk.frame.height
    for place, problems in [] if chunk.strict else [*chunk.wrong.items()]:
        if not any(problem.path in costly for problem in problems):
            told[place] = "; ".join(map(str, rejects.harmless(problems)))
            del chunk.wrong[place]
    return pl.Series(UNREADABLE_CELLS, told, dtype=pl.String)


def _add_rejects(chunk: Chunk, rejects: Rejects) -> None:
    found = [Reject(chunk.lines[place], problems, chunk.row(place)) for place, problems in chunk.wrong.items()]
    for reject in sorted([*found, *chunk.unread], key=lambda reject: reject.line):
        rejects.add(reject)
