"""CSV: every column is text until it is read as a fact, and every row knows the line on which it begins."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from barriermodel import InputError, Problem
from barriermodel.text import KEPT, from_cell

from .chunks import ROWS, Chunk, Source
from .dialect import Dialect
from .lines import count_lines, is_utf8, read_lines
from .rejects import Reject, Rejects

SEPARATORS = (",", ";")
MARK = "advice__profile"
"""A table with this column is one that an assessment wrote."""
NOT_UTF8 = "some bytes are not UTF-8; save the file as UTF-8"


def open_csv(path: Path, separator: str | None = None, *, raw: bool = False) -> Source:
    """A CSV file. Of one that an assessment wrote, the apostrophes before formulas are taken away.

    Args:
        separator: between fields; left out, ``;`` or ``,``, as the first line tells.
        raw: it was written without these apostrophes.

    Raises:
        InputError: the file cannot be read, or its first line gives no names to its columns.

    """
    where = str(path)
    separator = separator or _separator(path)
    header = next(_rows(path, separator), None)
    if header is None:
        raise InputError.one(where, "the file is empty; its first line names the columns")
    if isinstance(header, Reject):
        raise InputError.one(where, f"its names of columns cannot be read: {header.reason}", "line 1")
    ours = not raw and MARK in header[1]
    names = [from_cell(name) for name in header[1]] if ours else header[1]
    _check_header(where, names)
    schema: dict[str, pl.DataType] = dict.fromkeys(names, pl.String())

    def chunks(_: Rejects) -> Iterator[Chunk]:
        rows = _rows(path, separator)
        next(rows)
        while part := list(islice(rows, ROWS)):
            chunk = _chunk(names, part)
            if ours:
                chunk.frame = chunk.frame.with_columns(pl.all().str.replace(KEPT, "$1"))
            yield chunk

    return Source(where, schema, chunks, lambda: max(count_lines(path) - 1, 0), Dialect(separator=separator))


def _separator(path: Path) -> str:
    first = next(read_lines(path), "")
    counts = {sign: len(_fields(first, sign)) for sign in SEPARATORS}
    if counts[";"] == counts[","] > 1:
        message = "the first line has as many ';' as ','; say separator = ';' or ',' in a map"
        raise InputError.one(str(path), message, "line 1")
    if counts == {",": 1, ";": 1} and "\t" in first:
        message = "the first line has tabs between its names; say separator = '\\t' in a map"
        raise InputError.one(str(path), message, "line 1")
    return max(SEPARATORS, key=lambda sign: counts[sign])


def _fields(line: str, separator: str) -> Sequence[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _check_header(where: str, names: Sequence[str]) -> None:
    problems = [Problem("line 1", f"column {n} has no name") for n, name in enumerate(names, 1) if not name.strip()]
    twice = [name for name, count in Counter(names).items() if count > 1 and name.strip()]
    problems += [Problem("line 1", f"two columns have the name {name!r}; rename one") for name in twice]
    if not is_utf8("".join(names)):
        problems = [Problem("line 1", NOT_UTF8)]
    if problems:
        raise InputError(where, problems)


LONGEST = 100
"""Lines of the longest row. A quote that somebody forgot would make one row of all that follows."""


def _rows(path: Path, separator: str) -> Iterator[tuple[int, list[str]] | Reject]:
    """Each row with the line on which it begins; an empty line is no row."""
    kept: list[str] = []
    first = 1

    def keeping() -> Iterator[str]:
        for line in read_lines(path):
            kept.append(line)
            if len(kept) > LONGEST:
                message = f"a quote that opens here is not closed within {LONGEST} lines: close it, or take it away"
                raise InputError.one(str(path), message, f"line {first}")
            yield line

    reader = csv.reader(keeping(), delimiter=separator, strict=True)
    while True:
        kept.clear()
        line = first = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            last = f" (up to line {reader.line_num})" if reader.line_num > line else ""
            yield Reject(line, [Problem("", f"the row cannot be read{last}: {error}")], _shown("".join(kept)))
            continue
        if row:
            yield line, row


def _chunk(names: Sequence[str], part: Sequence[tuple[int, list[str]] | Reject]) -> Chunk:
    lines: list[int] = []
    rows: list[list[str]] = []
    unread: list[Reject] = []
    for found in part:
        if isinstance(found, Reject):
            unread.append(found)
        elif len(found[1]) != len(names):
            fields = f"expected {len(names)} fields, as the first line has; found {len(found[1])}"
            unread.append(Reject(found[0], [Problem("", fields)], [_shown(field) for field in found[1]]))
        else:
            lines.append(found[0])
            rows.append(found[1])
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
