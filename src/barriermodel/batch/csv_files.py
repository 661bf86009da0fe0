"""CSV files: every column is text until it is read as a fact, and every row knows the line on which it begins."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import polars as pl

from barriermodel import InputError
from barriermodel.analysis.text import ESCAPED_START, unescape_cell
from barriermodel.plugin import Problem

from .chunks import CHUNK_ROWS, Chunk, Source
from .csv_header import NOT_UTF8, SEARCHED_LINES, IsKnownColumn, find_header, is_blank, named_fields
from .dialect import Dialect
from .rejects import Reject
from .text_files import count_lines, encoding_of, is_utf8, read_lines

ASSESSED_MARK = "advice__profile"
"""A table with this column is one that an assessment wrote."""
SAMPLE_ROWS = 1_000
"""The number of rows from which the notation of numbers and dates is learned."""
MAX_ROW_LINES = 100
"""Lines of the longest row: without a limit, one quote that is never closed makes a single row of all that follows."""
Row: TypeAlias = tuple[int, list[str]]
"""The line on which a row begins, and its fields."""


def open_csv(
    path: Path, separator: str | None = None, *, encoding: str | None = None, header_row: int | None = None,
    is_known: IsKnownColumn = ASSESSED_MARK.__eq__, raw: bool = False,
) -> Source:  # fmt: skip
    """A CSV file; where an assessment wrote it, the apostrophes before formulas are removed.

    Args:
        separator: between fields; by default it is found with the header.
        encoding: by default it is found from the bytes.
        header_row: the line that names the columns; by default it is looked for.
        is_known: whether the map or the profile reads a column of this name.
        raw: the file was written without apostrophes before formulas.

    Raises:
        InputError: the file cannot be read, or no line names its columns.

    """
    where = str(path)
    found = encoding_of(path)
    # if no encoding is certain, it is read as UTF-8 and each row that is not UTF-8 is rejected
    encoding = encoding or (found[0] if found else "utf-8")
    lines = [*islice(read_lines(path, encoding), SEARCHED_LINES)]
    header = find_header(where, lines, is_known, separator, header_row)
    dialect = Dialect(
        encoding=encoding, bom=bool(found and found[1]), separator=header.separator, header=header.line,
        newline="\r\n" if lines[header.line - 1].endswith("\r\n") else "\n",
    )  # fmt: skip
    assessed = not raw and ASSESSED_MARK in header.names
    names = [unescape_cell(name) for name in header.names] if assessed else header.names
    return Source(
        where,
        dict.fromkeys(names, pl.String()),
        lambda _: _chunks(path, dialect, names, assessed),
        rows=lambda: max(count_lines(path) - header.line, 0),
        dialect=dialect,
        sample=lambda: _chunk(names, list(islice(_rows(path, dialect), SAMPLE_ROWS))).frame,
    )


def _chunks(path: Path, dialect: Dialect, names: Sequence[str], assessed: bool) -> Iterator[Chunk]:
    rows = _rows(path, dialect)
    while part := list(islice(rows, CHUNK_ROWS)):
        chunk = _chunk(names, part)
        if assessed:
            chunk.frame = chunk.frame.with_columns(pl.all().str.replace(ESCAPED_START, "$1"))
        yield chunk


def _rows(path: Path, dialect: Dialect) -> Iterator[Row | Reject]:
    """Each row below the header; an empty line is skipped.

    The csv module says what is wrong with a row but not what was in it, so the lines of the row are kept for the
    reject. Counting them also ends a row that a forgotten quote would stretch to the end of the file.
    """
    kept: list[str] = []
    first = dialect.header

    def keep_lines() -> Iterator[str]:
        for line in islice(read_lines(path, dialect.encoding), dialect.header - 1, None):
            kept.append(line)
            if len(kept) > MAX_ROW_LINES:
                opened = f"a quote that opens here is not closed within {MAX_ROW_LINES} lines"
                raise InputError.one(str(path), f"{opened}: close it, or take it away", f"line {first}")
            yield line

    reader = csv.reader(keep_lines(), delimiter=dialect.separator, strict=True)
    next(reader, None)
    while True:
        kept.clear()
        line = first = dialect.header + reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            end = dialect.header - 1 + reader.line_num
            last = f" (up to line {end})" if end > line else ""
            yield Reject(line, [Problem("", f"the row cannot be read{last}: {error}")], _printable("".join(kept)))
            continue
        if not is_blank(row):
            yield line, row


def _chunk(names: Sequence[str], part: Sequence[Row | Reject]) -> Chunk:
    """A chunk of rows; a row with too few or too many fields is rejected: which field is missing is not known."""
    rows: list[Row] = []
    rejected: list[Reject] = []
    for found in part:
        if isinstance(found, Reject):
            rejected.append(found)
            continue
        line, row = found[0], named_fields(names, found[1])
        if len(row) != len(names):
            wrong = f"expected {len(names)} fields, as the line with the names has; found {len(row)}"
            rejected.append(_reject(line, wrong, row))
        else:
            rows.append((line, row))
    try:
        frame = _frame(names, rows)
    except UnicodeEncodeError:  # rare, so rows are only examined one by one if the whole does not fit
        rejected += [_reject(line, NOT_UTF8, row) for line, row in rows if not is_utf8("".join(row))]
        rows = [(line, row) for line, row in rows if is_utf8("".join(row))]
        frame = _frame(names, rows)
    return Chunk(
        frame,
        [line for line, _ in rows],
        lambda place: dict(zip(names, rows[place][1], strict=True)),
        rejected=rejected,
    )


def _reject(line: int, wrong: str, row: Sequence[str]) -> Reject:
    return Reject(line, [Problem("", wrong)], [_printable(field) for field in row])


def _frame(names: Sequence[str], rows: Sequence[Row]) -> pl.DataFrame:
    columns = zip(*(row for _, row in rows), strict=True) if rows else ([] for _ in names)
    return pl.DataFrame([pl.Series(name, values, dtype=pl.String) for name, values in zip(names, columns, strict=True)])


def _printable(text: str) -> str:
    """A text in which each byte that is not UTF-8 is written as an escape."""
    return text.encode("utf-8", "backslashreplace").decode() if not is_utf8(text) else text
