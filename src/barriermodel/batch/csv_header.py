"""Where the table begins in a CSV file: the line that names its columns, and the sign between them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import attrs

from barriermodel import InputError
from barriermodel.plugin import Problem

from .lines import is_utf8

SEPARATORS = (",", ";", "\t")
SEARCHED_LINES = 50
"""Lines among which the names of the columns are looked for."""
IsKnownColumn: TypeAlias = Callable[[str], bool]


@attrs.frozen
class Header:
    """The names of the columns.

    Args:
        line: on which they stand, from 1.
        separator: between them.
        names: without the empty ones at the end.

    """

    line: int
    separator: str
    names: list[str]


def find_header(
    where: str, lines: Sequence[str], is_known: IsKnownColumn, separator: str | None = None, row: int | None = None
) -> Header:
    """The line that names the columns: the first with the most names that somebody knows; else the first that has any.

    Args:
        lines: the first of the file.
        knows: whether a name is one that the map or the profile reads.
        separator: between fields, where the map says it; else ``sep=`` on the first line does, or the header.
        row: the line of the header, where the map says it.

    Raises:
        InputError: there is none; it cannot be told which sign separates its names; or a line above it names columns
            too, so that the rows between the two would be lost.

    """
    said = re.fullmatch(r"sep=(.)\s*", lines[0], re.IGNORECASE) if lines else None
    separator = separator or (said[1] if said else None)
    first = 2 if said else 1
    rows = {sign: [*_rows(lines, sign, first)] for sign in ([separator] if separator else SEPARATORS)}
    if row is not None:
        rows = {sign: [found for found in read if found.line == row] for sign, read in rows.items()}
    found = [header for read in rows.values() for header in read]
    if not found:
        raise InputError.one(where, _no_names(lines, row))
    scores = [sum(is_known(name.strip()) for name in header.names) for header in found]
    best = [header for header, score in zip(found, scores, strict=True) if score == max(scores)]
    line = min(header.line for header in best)
    _check_above(where, line, found, scores)
    header = _separated(where, [header for header in best if header.line == line])
    header = attrs.evolve(header, names=_bare(header.names, is_known))
    _check_names(where, header)
    return header


def _check_above(where: str, line: int, found: Sequence[Header], scores: Sequence[int]) -> None:
    """Raise ``InputError`` where rows stand between the names and a line above it that names columns as well."""
    pairs = zip(found, scores, strict=True)
    above = [one.line for one, score in pairs if score and len(one.names) > 1 and one.line < line]
    if above and any(min(above) < one.line < line for one in found):
        raise InputError.one(where, TWO_TABLES.format(first=min(above), line=line))


def _no_names(lines: Sequence[str], row: int | None) -> str:
    if row is not None:
        return f"line {row} names no columns, as header_row in the map says"
    if is_blank(lines):
        return "the file is empty; its first line names the columns"
    return f"no line among the first {SEARCHED_LINES} names its columns; close a quote that is open in them, or take it away"


def _rows(lines: Sequence[str], separator: str, first: int) -> Iterator[Header]:
    """The rows among the first lines that have a name in them."""
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
            yield Header(line, separator, _names(row))


def _names(row: Sequence[str]) -> list[str]:
    """Without what is empty at the end."""
    names = [*row]
    while names and not names[-1].strip():
        names.pop()
    return names


def _bare(names: list[str], knows: IsKnownColumn) -> list[str]:
    """Names that somebody knows without the spaces around them, where they differ in more than these."""
    bare = [name.strip() if knows(name.strip()) else name for name in names]
    return bare if len({*bare}) == len({*names}) else names


def _separated(where: str, found: Sequence[Header]) -> Header:
    """The same line, as the sign separates it that gives the most names."""
    most = max(len(header.names) for header in found)
    best = [header for header in found if len(header.names) == most]
    if len(best) > 1 and most > 1:
        signs = " or ".join(repr(header.separator) for header in best)
        message = f"the names can be separated by {signs}; say in a map which: separator = {best[0].separator!r}"
        raise InputError.one(where, message, f"line {best[0].line}")
    return best[0]


def _check_names(where: str, header: Header) -> None:
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


TWO_TABLES = (
    "lines {first} and {line} both name columns, and what stands between them would not be read; "
    "make one table of the two, or say in a map on which line its names are: header_row = {line}"
)
NOT_UTF8 = "some bytes are not UTF-8; save the file as UTF-8, or say encoding = 'windows-1252' in a map"


def fields(names: Sequence[str], row: list[str]) -> list[str]:
    """The fields of a row that have a name; what is beyond them stays where it is not empty."""
    return row if len(row) <= len(names) or not is_blank(row[len(names) :]) else row[: len(names)]


def is_blank(row: Iterable[str]) -> bool:
    """Whether nothing stands in a row."""
    return not any(map(str.strip, row))
