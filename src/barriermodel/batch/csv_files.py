"""CSV: every column is text until it is read as a fact, and every row knows the line on which it begins."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import attrs
import polars as pl

from barriermodel import InputError
from barriermodel.analysis.text import ESCAPED_START, unescape_cell
from barriermodel.plugin import Problem

from .chunks import CHUNK_ROWS, Chunk, Source
from .csv_header import NOT_UTF8, SEARCHED_LINES, IsKnownColumn, fields, find_header, is_blank
from .dialect import Dialect
from .lines import count_lines, is_utf8, read_lines
from .rejects import Reject, Rejects
from .text_files import encoding_of

ASSESSED_MARK = "advice__profile"
"""A table with this column is one that an assessment wrote."""
SAMPLE_ROWS = 1_000
"""So many rows tell how numbers and dates are written."""


def open_csv(
    path: Path, separator: str | None = None, *, encoding: str | None = None, header_row: int | None = None,
    is_known: IsKnownColumn = ASSESSED_MARK.__eq__, raw: bool = False,
) -> Source:  # fmt: skip
    """A CSV file. Of one that an assessment wrote, the apostrophes before formulas are taken away.

    Args:
        separator: between fields; left out, its first lines tell, as the line with the names.
        encoding: left out, all of its bytes tell.
        header_row: the line with the names.
        knows: whether a name of a column is one that the map or the profile reads.
        raw: it was written without apostrophes before formulas.

    Raises:
        InputError: the file cannot be read, or no line gives names to its columns.

    """
    where = str(path)
    encoding, bom = _encoding(path, encoding)
    lines = [*islice(read_lines(path, encoding), SEARCHED_LINES)]
    header = find_header(where, lines, is_known, separator, header_row)
    ours = not raw and ASSESSED_MARK in header.names
    names = [unescape_cell(name) for name in header.names] if ours else header.names
    schema: dict[str, pl.DataType] = dict.fromkeys(names, pl.String())
    form = RowFormat(path, encoding, header.separator, header.line)

    def chunks(_: Rejects) -> Iterator[Chunk]:
        rows = _rows(form)
        while part := list(islice(rows, CHUNK_ROWS)):
            chunk = _chunk(names, part)
            if ours:
                chunk.frame = chunk.frame.with_columns(pl.all().str.replace(ESCAPED_START, "$1"))
            yield chunk

    newline = "\r\n" if lines[header.line - 1].endswith("\r\n") else "\n"
    dialect = Dialect(encoding=encoding, bom=bom, separator=header.separator, newline=newline, header=header.line)
    rows = lambda: max(count_lines(path) - header.line, 0)  # noqa: E731
    return Source(
        where, schema, chunks, rows, dialect, lambda: _chunk(names, list(islice(_rows(form), SAMPLE_ROWS))).frame
    )


def _encoding(path: Path, stated: str | None) -> tuple[str, bool]:
    """The encoding, and whether the file begins with a mark; where none is certain, rows that are no UTF-8 are told."""
    found = encoding_of(path)
    if stated is not None:
        return stated, bool(found and found[1])
    return found or ("utf-8", False)


@attrs.frozen
class RowFormat:
    """How the rows of a file are read.

    Args:
        header: the line of the names, after which they begin.

    """

    path: Path
    encoding: str
    separator: str
    header: int


MAX_ROW_LINES = 100
"""Lines of the longest row. A quote that somebody forgot would make one row of all that follows."""


def _rows(form: RowFormat) -> Iterator[tuple[int, list[str]] | Reject]:
    """Each row below the names, with the line on which it begins; a line in which nothing stands is no row."""
    kept: list[str] = []
    first = form.header

    def keeping() -> Iterator[str]:
        for line in islice(read_lines(form.path, form.encoding), form.header - 1, None):
            kept.append(line)
            if len(kept) > MAX_ROW_LINES:
                message = (
                    f"a quote that opens here is not closed within {MAX_ROW_LINES} lines: close it, or take it away"
                )
                raise InputError.one(str(form.path), message, f"line {first}")
            yield line

    reader = csv.reader(keeping(), delimiter=form.separator, strict=True)
    next(reader, None)
    while True:
        kept.clear()
        line = first = form.header + reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            end = form.header - 1 + reader.line_num
            last = f" (up to line {end})" if end > line else ""
            yield Reject(line, [Problem("", f"the row cannot be read{last}: {error}")], _shown("".join(kept)))
            continue
        if not is_blank(row):
            yield line, row


def _chunk(names: Sequence[str], part: Sequence[tuple[int, list[str]] | Reject]) -> Chunk:
    lines: list[int] = []
    rows: list[list[str]] = []
    unread: list[Reject] = []
    for found in part:
        if isinstance(found, Reject):
            unread.append(found)
            continue
        line, row = found[0], fields(names, found[1])
        if len(row) != len(names):
            wrong = f"expected {len(names)} fields, as the line with the names has; found {len(row)}"
            unread.append(Reject(line, [Problem("", wrong)], [_shown(field) for field in row]))
        else:
            lines.append(line)
            rows.append(row)
    try:
        frame = _frame(names, rows)
    except UnicodeEncodeError:
        fits = [is_utf8("".join(row)) for row in rows]
        bad = [Reject(line, [Problem("", NOT_UTF8)], [_shown(field) for field in row])
               for line, row, fit in zip(lines, rows, fits, strict=True) if not fit]  # fmt: skip
        lines = [line for line, fit in zip(lines, fits, strict=True) if fit]
        rows = [row for row, fit in zip(rows, fits, strict=True) if fit]
        return Chunk(_frame(names, rows), lines, lambda i: dict(zip(names, rows[i], strict=True)), {}, [*unread, *bad])
    return Chunk(frame, lines, lambda i: dict(zip(names, rows[i], strict=True)), {}, unread)


def _frame(names: Sequence[str], rows: Sequence[Sequence[str]]) -> pl.DataFrame:
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    return pl.DataFrame([pl.Series(name, values, dtype=pl.String) for name, values in zip(names, columns, strict=True)])


def _shown(text: str) -> str:
    """A text with a mark for each byte that is not UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode() if not is_utf8(text) else text
