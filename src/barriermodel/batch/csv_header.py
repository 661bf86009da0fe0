"""Where the table begins in a CSV file: the line that names its columns, and the separator between them.

Lists of a municipality often begin with a title, a date of printing or an empty line. The header is therefore looked
for among the first lines: it is the line with the most names that the map or the profile reads. The separator is found
at the same time, by splitting these lines with each candidate.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import attrs

from barriermodel import InputError
from barriermodel.plugin import Problem

from .text_files import is_utf8

SEPARATORS = (",", ";", "\t")
SEARCHED_LINES = 50
"""The number of lines among which the header is looked for."""
IsKnownColumn: TypeAlias = Callable[[str], bool]
"""Whether the map or the profile reads a column of this name."""
NOT_UTF8 = "some bytes are not UTF-8; save the file as UTF-8, or say encoding = 'windows-1252' in a map"
_TWO_HEADERS = (
    "lines {first} and {line} both name columns, and what stands between them would not be read; "
    "make one table of the two, or say in a map on which line its names are: header_row = {line}"
)


@attrs.frozen
class Header:
    """The names of the columns.

    Args:
        line: the line on which they are, from 1.
        separator: between them.
        names: without the empty ones at the end.

    """

    line: int
    separator: str
    names: list[str]


def find_header(
    where: str, lines: Sequence[str], is_known: IsKnownColumn, separator: str | None = None, row: int | None = None
) -> Header:
    """The first line with the most known names; if no line has one, the first line that is not empty.

    Args:
        lines: the first lines of the file.
        separator: between fields, if the map states it; otherwise ``sep=`` on the first line does, or the header.
        row: the line of the header, if the map states it.

    Raises:
        InputError: there is no header; its separator is ambiguous; or a line above it names columns too, so that the
            rows between the two would be lost.

    """
    # Excel itself writes sep=; on the first line, and hides it when it opens the file
    stated = re.fullmatch(r"sep=(.)\s*", lines[0], re.IGNORECASE) if lines else None
    separator = separator or (stated[1] if stated else None)
    first = 2 if stated else 1
    candidates = [
        header
        for sign in ([separator] if separator else SEPARATORS)
        for header in _candidates(lines, sign, first)
        if row is None or header.line == row
    ]
    if not candidates:
        raise InputError.one(where, _why_no_header(lines, row))
    header = choose_header(where, candidates, is_known)
    check_names(where, header)
    return header


def choose_header(where: str, candidates: Sequence[Header], is_known: IsKnownColumn) -> Header:
    """The first of these lines, one at least, with the most known names.

    Raises:
        InputError: its separator is ambiguous, or a line above it names columns too.

    """
    scores = [sum(is_known(name.strip()) for name in header.names) for header in candidates]
    best = [header for header, score in zip(candidates, scores, strict=True) if score == max(scores)]
    line = min(header.line for header in best)
    _check_lines_above(where, line, candidates, scores)
    header = _with_separator(where, [header for header in best if header.line == line])
    return attrs.evolve(header, names=_stripped(header.names, is_known))


def _candidates(lines: Sequence[str], separator: str, first: int) -> Iterator[Header]:
    """The lines that are not empty, as headers; the csv module reads them, since a quoted name may hold a line end."""
    reader = csv.reader(lines[first - 1 :], delimiter=separator, strict=True)
    while True:
        line = first + reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        if not is_blank(row):
            yield Header(line, separator, without_empty_end(row))


def without_empty_end(row: Sequence[str]) -> list[str]:
    """The names without empty ones at the end: a spreadsheet writes separators for columns that hold nothing."""
    names = [*row]
    while names and not names[-1].strip():
        names.pop()
    return names


def _check_lines_above(where: str, line: int, candidates: Sequence[Header], scores: Sequence[int]) -> None:
    """Refuse a file with one table below another, of which only the second would be read.

    A title above the header may hold a known word by chance; it has one cell, and no rows below it.
    """
    pairs = zip(candidates, scores, strict=True)
    above = [one.line for one, score in pairs if score and len(one.names) > 1 and one.line < line]
    if above and any(min(above) < one.line < line for one in candidates):
        raise InputError.one(where, _TWO_HEADERS.format(first=min(above), line=line))


def _why_no_header(lines: Sequence[str], row: int | None) -> str:
    if row is not None:
        return f"line {row} names no columns, as header_row in the map says"
    if is_blank(lines):
        return "the file is empty; its first line names the columns"
    return (
        f"no line among the first {SEARCHED_LINES} names its columns; "
        "close a quote that is open in them, or take it away"
    )


def _with_separator(where: str, found: Sequence[Header]) -> Header:
    """The reading of a line with the most names; a choice between two with equally many is refused, not guessed."""
    most = max(len(header.names) for header in found)
    best = [header for header in found if len(header.names) == most]
    if len(best) > 1 and most > 1:
        signs = " or ".join(repr(header.separator) for header in best)
        message = f"the names can be separated by {signs}; say in a map which: separator = {best[0].separator!r}"
        raise InputError.one(where, message, f"line {best[0].line}")
    return best[0]


def _stripped(names: list[str], is_known: IsKnownColumn) -> list[str]:
    """Known names without the spaces around them, unless that makes two names the same."""
    bare = [name.strip() if is_known(name.strip()) else name for name in names]
    return bare if len({*bare}) == len({*names}) else names


def check_names(where: str, header: Header) -> None:
    """Raise ``InputError`` with the columns that have no name, or the name of another."""
    place = f"line {header.line}"
    text = "".join(header.names)
    if "\0" in text:
        message = "it has bytes of zero; if it is UTF-16, say encoding = 'utf-16-le' in a map, or save it as UTF-8"
        raise InputError.one(where, message, place)
    if not is_utf8(text):
        raise InputError.one(where, NOT_UTF8, place)
    problems = [Problem(place, f"column {n} has no name") for n, name in enumerate(header.names, 1) if not name.strip()]
    twice = [name for name, count in Counter(header.names).items() if count > 1 and name.strip()]
    problems += [Problem(place, f"two columns have the name {name!r}; rename one") for name in twice]
    if problems:
        raise InputError(where, problems)


def named_fields(names: Sequence[str], row: list[str]) -> list[str]:
    """The fields of a row that have a name, and further ones only if these are not empty: then the row is wrong."""
    return row if len(row) <= len(names) or not is_blank(row[len(names) :]) else row[: len(names)]


def is_blank(row: Iterable[str]) -> bool:
    """Whether all fields are empty."""
    return not any(map(str.strip, row))
