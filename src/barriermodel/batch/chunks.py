"""A part of a table on its way in: its facts read, and the rows that cannot be read taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs
import polars as pl

from barriermodel import Problem

from .convert import How, read_column, why_not
from .dialect import PLAIN, Dialect
from .rejects import Reject, Rejects

ROWS = 20_000
"""At most so many rows are read at once: enough to be quick, few enough to be small."""


@attrs.define
class Chunk:
    """Some rows of a table.

    Args:
        frame: the rows that have columns.
        lines: where each of them begins.
        row: the row at a place in the frame, as it was.
        wrong: what is wrong with the row at a place, where something is.
        unread: the rows that have no columns.

    """

    frame: pl.DataFrame
    lines: Sequence[int]
    row: Callable[[int], Any]
    wrong: dict[int, list[Problem]] = attrs.field(factory=dict)
    unread: Sequence[Reject] = ()


@attrs.frozen
class Source:
    """A table in a file, or in a folder.

    Args:
        where: as the user named it.
        schema: of what the chunks hold.
        chunks: reads it from the beginning; a chunk may also be a frame that needs nothing more.
        rows: counts them, or about: it is for telling how far reading is.
        dialect: how a CSV file is written.

    """

    where: str
    schema: dict[str, pl.DataType]
    chunks: Callable[[Rejects], Iterator[Chunk | pl.DataFrame]]
    rows: Callable[[], int]
    dialect: Dialect = PLAIN


def read_facts(chunk: Chunk, hows: Iterable[How], rejects: Rejects) -> pl.DataFrame:
    """The rows that can be read, with a column for each fact that is made from another; the others are rejects."""
    frame = chunk.frame
    for how in hows:
        given = chunk.frame.get_column(how.source)
        values, bad = read_column(given, how)
        for place in bad.arg_true().to_list():
            chunk.wrong.setdefault(place, []).append(Problem(how.column, why_not(how, given[place])))
        frame = frame.with_columns(values.alias(how.column))
    _tell(chunk, rejects)
    if not chunk.wrong:
        return frame
    kept = pl.Series([True]).new_from_index(0, frame.height).scatter(list(chunk.wrong), False)
    return frame.filter(kept)


def _tell(chunk: Chunk, rejects: Rejects) -> None:
    found = [Reject(chunk.lines[place], problems, chunk.row(place)) for place, problems in chunk.wrong.items()]
    for reject in sorted([*found, *chunk.unread], key=lambda reject: reject.line):
        rejects.add(reject)
