"""Workbooks (.xlsx and .ods): the same table as in CSV, whose cells say what they are.

Hidden rows and columns are part of the table: a filter hides rows that are still in the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import polars as pl

from barriermodel import InputError
from barriermodel.analysis.text import LANGUAGES, said, unescape_cell
from barriermodel.extras import require
from barriermodel.plugin import Problem

from ..chunks import CHUNK_ROWS, Chunk, Source
from ..column_reading import ColumnReading
from ..columns import ADDED_PREFIXES
from ..csv_files import ASSESSED_MARK, SAMPLE_ROWS
from ..csv_header import SEARCHED_LINES, Header, IsKnownColumn, check_names, choose_header, is_blank, without_empty_end
from ..dialect import Dialect
from ..rejects import Reject
from .files import marks_by_sheet
from .marks import PERCENT, Mark, Marks, Percentage, Unreadable
from .typed_cells import Cell, read_cells, text_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


@attrs.frozen
class Row:
    """A row of a sheet: its number, from 1, and its cells from column A."""

    line: int
    cells: list[Cell]

    @property
    def texts(self) -> list[str]:
        """What the cells say."""
        return [text_of(cell) for cell in self.cells]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(map(_is_filled, self.cells))


def _is_filled(cell: Cell) -> bool:
    if isinstance(cell, Unreadable):
        return not cell.is_blank
    return not isinstance(cell, str) or bool(cell.strip())


@attrs.frozen
class Sheet:
    """One sheet of a workbook."""

    name: str
    values: CalamineSheet
    marks: Marks

    def rows(self, first: int = 1) -> Iterator[Row]:
        """The rows that hold something, from a line on."""
        before = [""] * (self.values.start or (0, 0))[1]
        found = self.values.iter_rows() if self.values.start else iter(())
        for index in range(self.marks.height):
            cells: list[Cell] = [*before, *next(found, [])]
            cells += [""] * (self.marks.width - len(cells))
            for column, mark in self.marks.by_row.get(index, {}).items():
                cells[column] = _marked(cells[column], mark)
            row = Row(index + 1, cells)
            if row.line >= first and not row.is_blank:
                yield row

    def cell(self, line: int, column: int) -> str:
        """How a spreadsheet names a cell: ``Blad1!C14``."""
        return f"{self.name}!{_letters(column)}{line}"


def _marked(cell: Cell, mark: Mark) -> Cell:
    if isinstance(mark, Unreadable):
        return mark
    if not isinstance(cell, float):  # a style, which a text may have too
        return cell
    return Percentage(cell) if mark == PERCENT else bool(cell)


def _letters(column: int) -> str:
    found = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        found, column = chr(ord("A") + letter) + found, column - 1
    return found


def open_workbook(
    path: Path, sheet: str | None, *, header_row: int | None, is_known: IsKnownColumn, raw: bool = False
) -> Source:
    """The table in a workbook.

    Args:
        sheet: its name; by default the only sheet that has known columns.
        header_row: the line that names the columns; by default it is looked for.
        is_known: whether the map or the profile reads a column of this name.
        raw: take text as it is; by default the apostrophes before formulas are removed where an assessment wrote it.

    Raises:
        InputError: the workbook cannot be read, no row names its columns, or it is not known which sheet is meant.
        BarrierModelError: python-calamine is not installed.

    """
    where = str(path)
    found, candidates = _choose_sheet(where, [*_sheets(path, where)], sheet, header_row, is_known)
    columns, line = _columns(where, found, candidates, is_known)
    assessed = not raw and ASSESSED_MARK in columns.values()
    columns = {column: unescape_cell(name) if assessed else name for column, name in columns.items()}
    rows = partial(_table_rows, found, line + 1, assessed)
    return Source(
        where,
        dict.fromkeys(columns.values(), pl.String()),
        lambda _: _chunks(found, columns, rows()),
        rows=lambda: max(found.marks.height - line, 0),
        dialect=Dialect(header=line),
        sample=lambda: _chunk(found, columns, [*islice(rows(), SAMPLE_ROWS)]).frame,
    )


def has_remarks(path: Path) -> bool:
    """Whether somebody wrote in the column for remarks of a workbook that an earlier batch wrote."""
    overviews, headings = (set(said("sheet", key).values()) for key in ("overview", "remark"))
    try:
        for sheet in _sheets(path, str(path)):
            rows = sheet.rows() if sheet.name in overviews else iter(())
            head = next(rows, Row(1, []))
            columns = [place for place, text in enumerate(head.texts) if text in headings]
            if any(_is_filled(row.cells[place]) for row in rows for place in columns):
                return True
    except InputError:  # it is none
        pass
    return False


# Sheets -----------------------------------------------------------------------------------------------


def _sheets(path: Path, where: str) -> Iterator[Sheet]:
    require("sheets", "a workbook is read with python-calamine", "python_calamine")
    from python_calamine import CalamineError, CalamineWorkbook

    marks = marks_by_sheet(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                if name in marks:
                    yield Sheet(name, book.get_sheet_by_name(name), marks[name])
    except (CalamineError, OSError, ValueError) as error:
        raise InputError.one(
            where, f"the workbook cannot be read: {error}; open it in a spreadsheet and save it"
        ) from None


def _choose_sheet(
    where: str, sheets: Sequence[Sheet], name: str | None, header_row: int | None, is_known: IsKnownColumn
) -> tuple[Sheet, list[Header]]:
    """The sheet that is meant, and the rows at its beginning that may name its columns."""
    found = [(sheet, [*_candidates(sheet, header_row)]) for sheet in sheets if name in (None, sheet.name)]
    if name is None:
        found = _without_reports(where, found)
        scores = [max((sum(map(is_known, map(str.strip, one.names))) for one in rows), default=-1) for _, rows in found]
        # a title may hold a known word by chance; two in one row are names of columns
        best = min(2, max(scores, default=0))
        found = [one for one, score in zip(found, scores, strict=True) if score >= best]
    if len(found) == 1:
        return found[0]
    named = ", ".join(repr(sheet.name) for sheet in sheets)
    if name is not None:
        raise InputError.one(where, f"there is no sheet {name!r}; it has {named}")
    if not found or not any(rows for _, rows in found):
        raise InputError.one(where, "the workbook is empty")
    raise InputError.one(where, f"it is not clear which sheet is meant; say in a map: sheet = '…', one of {named}")


def _without_reports(where: str, found: list[tuple[Sheet, list[Header]]]) -> list[tuple[Sheet, list[Header]]]:
    """Where an assessment wrote the workbook, the sheet with its data and those of others; the rest only shows it."""
    names = {sheet.name for sheet, _ in found}
    assessed = any(one.startswith(ADDED_PREFIXES) for _, rows in found for row in rows for one in row.names)
    for lang in LANGUAGES:
        data, *reports = (said("sheet", key)[lang] for key in ("data", "overview", "summary", "notes", "rejected"))
        if not assessed and names.issuperset(reports):
            message = f"what batch wrote is read from the sheet {data!r}, which is gone or has other columns now; "
            raise InputError.one(where, f"{message}take the file as it was written, or your own list")
        found = [one for one in found if not (assessed and one[0].name in reports)]
    return found


def _candidates(sheet: Sheet, header_row: int | None) -> Iterator[Header]:
    for row in sheet.rows():
        if row.line > SEARCHED_LINES:
            return
        if header_row in (None, row.line) and not is_blank(row.texts):
            yield Header(row.line, "", [*_named(sheet, row).values()])


def _named(sheet: Sheet, row: Row) -> dict[int, str]:
    """The names in a row by their column. A column with nothing in or below this row is no part of the table."""
    texts = enumerate(without_empty_end(row.texts))
    return {column: text for column, text in texts if text.strip() or sheet.marks.last_rows.get(column, 0) >= row.line}


def _columns(
    where: str, sheet: Sheet, candidates: Sequence[Header], is_known: IsKnownColumn
) -> tuple[dict[int, str], int]:
    """The names of the columns by their place, and the line that names them."""
    if not candidates:
        raise InputError.one(where, f"no row among the first {SEARCHED_LINES} names the columns", sheet.name)
    header = choose_header(where, candidates, is_known)
    places = _named(sheet, next(sheet.rows(header.line)))
    for column, name in places.items():
        if not name.strip():
            message = "the column has no name; name it here, or remove it"
            raise InputError.one(where, message, sheet.cell(header.line, column))
    check_names(where, header)
    return dict(zip(places, header.names, strict=True)), header.line


# Rows -------------------------------------------------------------------------------------------------


def _table_rows(sheet: Sheet, first: int, assessed: bool) -> Iterator[Row]:
    for row in sheet.rows(first):
        yield attrs.evolve(row, cells=[*map(_unescaped, row.cells)]) if assessed else row


def _unescaped(cell: Cell) -> Cell:
    return unescape_cell(cell) if isinstance(cell, str) else cell


def _chunks(sheet: Sheet, columns: Mapping[int, str], rows: Iterator[Row]) -> Iterator[Chunk]:
    while part := [*islice(rows, CHUNK_ROWS)]:
        yield _chunk(sheet, columns, part)


def _chunk(sheet: Sheet, columns: Mapping[int, str], part: Sequence[Row]) -> Chunk:
    """A chunk of rows; a row with a value below no name is rejected."""
    last = max(columns)
    rejected: list[Reject] = []
    rows: list[Row] = []
    for row in part:
        beyond = [column for column, cell in enumerate(row.cells) if column > last and _is_filled(cell)]
        if beyond:
            cell = sheet.cell(row.line, beyond[0])
            wrong = f"{cell} has a value, and its column no name; name the column, or empty the cell"
            rejected.append(Reject(row.line, [Problem("", wrong)], without_empty_end(row.texts)))
        else:
            rows.append(row)
    places = {name: column for column, name in columns.items()}
    cells = {name: [row.cells[column] for row in rows] for name, column in places.items()}
    frame = pl.DataFrame([pl.Series(name, map(text_of, found), dtype=pl.String) for name, found in cells.items()])

    def read(reading: ColumnReading) -> tuple[pl.Series, dict[int, str]]:
        values, problems = read_cells(cells[reading.source], reading)
        column = places[reading.source]
        return values, {
            place: f"{problem} ({sheet.cell(rows[place].line, column)})" for place, problem in problems.items()
        }

    lines = [row.line for row in rows]
    return Chunk(frame, lines, partial(frame.row, named=True), rejected=rejected, read=read)
