"""What the reader of a workbook's values leaves out, although the meaning of a cell depends on it.

That reader returns an empty cell for one with an error, for a formula that was never calculated, and for a cell that is
merged with another. It returns 0.125 for 12,5%, as it does for 0,125. The XML of the sheet distinguishes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from typing import TypeAlias
from xml.parsers import expat

import attrs

from barriermodel import InputError

MAX_CELLS = 5_000_000
"""Cells of the largest sheet, empty ones between others included: the reader makes room for each of them."""
Attributes: TypeAlias = dict[str, str]


class Percentage(float):
    """A number that its cell shows as a percentage."""


@attrs.frozen
class Unreadable:
    """A cell whose value is not known.

    Args:
        text: what the user's own column says there.
        problem: why the value is not known, and what to do.
        is_blank: whether the row is empty where nothing else is in it.

    """

    text: str
    problem: str
    is_blank: bool = False

    def __str__(self) -> str:
        return self.text


NOT_CALCULATED = Unreadable("", "the formula has no value; open the file in a spreadsheet, save it, and try again")
MERGED = Unreadable("", "the cell is merged with another; split them, and fill in each", is_blank=True)
PERCENT, TRUTH = "percent", "truth"
"""The marks of numbers that their cells show as a percentage, or as true or false."""
Mark: TypeAlias = Unreadable | str


def error_mark(text: str) -> Unreadable:
    """The mark of a cell whose formula ended in an error such as ``#DIV/0!``."""
    return Unreadable(text, f"the formula gives the error {text}; correct it, or empty the cell")


@attrs.define
class Marks:
    """The marks of one sheet. Rows and columns count from 0.

    Args:
        where: the file, for errors.
        height: the rows up to the last cell that holds something.
        width: the columns up to it.
        last_rows: by column, the last row that holds something.
        by_row: by row and column, the cells that have a mark.
        merged: the first and last row and column of merged cells.

    """

    where: str
    height: int = 0
    width: int = 0
    last_rows: dict[int, int] = attrs.field(factory=dict)
    by_row: dict[int, dict[int, Mark]] = attrs.field(factory=dict)
    merged: list[tuple[int, int, int, int]] = attrs.field(factory=list)

    def fill(self, row: int, column: int) -> None:
        """Count a cell that holds something.

        Raises:
            InputError: the sheet is too large.

        """
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        self.last_rows[column] = max(self.last_rows.get(column, 0), row)
        if self.height * self.width > MAX_CELLS:
            message = f"a sheet with cells up to row {self.height} and column {self.width} is not read: it has over "
            raise InputError.one(self.where, f"{message}{MAX_CELLS} cells; save the table alone, or as CSV")

    def add(self, row: int, column: int, mark: Mark) -> None:
        """Record the mark of a cell."""
        self.by_row.setdefault(row, {})[column] = mark

    def mark_merged(self) -> None:
        """Mark the cells that are merged with a cell before or above them."""
        areas = [
            (range(top, min(bottom + 1, self.height)), range(first, min(last + 1, self.width)))
            for top, first, bottom, last in self.merged
        ]
        if sum(len(rows) * len(columns) for rows, columns in areas) > MAX_CELLS:
            raise InputError.one(self.where, "merged cells overlap; save the table alone, or as CSV")
        for rows, columns in areas:
            for row, column in [*product(rows, columns)][1:]:
                self.by_row.setdefault(row, {}).setdefault(column, MERGED)


# XML --------------------------------------------------------------------------------------------------


@contextmanager
def xml_parser(
    where: str, start: Callable[[str, Attributes], None], end: Callable[[str], None], text: Callable[[str], None]
) -> Iterator[expat.XMLParserType]:
    """A parser that passes on elements without the prefix of their namespace, and refuses a DTD.

    Raises:
        InputError: the XML cannot be read.

    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        yield parser
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise InputError.one(where, f"the workbook is damaged: {error}; open it in a spreadsheet and save it") from None


def _refuse(*_: object) -> None:
    raise ValueError("it has a DTD")
