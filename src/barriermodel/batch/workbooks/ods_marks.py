"""The marks of the cells in an .ods file. See :mod:`.marks`."""

from __future__ import annotations

import zipfile

import attrs

from ..column_reading import BOOLEAN_WORDS
from .marks import NOT_CALCULATED, PERCENT, TRUTH, Attributes, Mark, Marks, error_mark, xml_parser

CONTENT = "content.xml"
_BLOCK = 2**20


def ods_marks(archive: zipfile.ZipFile, where: str) -> dict[str, Marks]:
    """The marks of each sheet, by its name.

    Raises:
        InputError: the workbook cannot be read, or a sheet is too large.

    """
    scan = _ContentScan(where)
    with xml_parser(where, scan.start, scan.end, scan.text) as parser, archive.open(CONTENT) as file:
        while block := file.read(_BLOCK):
            parser.Parse(block)
    for marks in scan.sheets.values():
        marks.mark_merged()
    return scan.sheets


@attrs.define
class _Cells:
    """One cell, or several that are alike and stand side by side."""

    column: int
    count: int
    given: Attributes
    text: str = ""
    has_text: bool = False

    @property
    def is_blank(self) -> bool:
        return not (self.text or "office:value-type" in self.given or "table:formula" in self.given)

    @property
    def mark(self) -> Mark | None:
        if self.given.get("calcext:value-type") == "error":
            return error_mark(self.text)
        kind = self.given.get("office:value-type")
        if "table:formula" in self.given and kind is None and not self.has_text:
            return NOT_CALCULATED  # an empty text is a value
        if kind == "float" and self.text.lower() in BOOLEAN_WORDS:
            return TRUTH  # what LibreOffice makes of TRUE in an .xlsx
        return PERCENT if kind == "percentage" else None


class _ContentScan:
    """Follows the elements of all sheets; rows and cells that are alike are written once, with their number."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.sheets: dict[str, Marks] = {}
        self.row = self.rows = self.column = 0
        self.cells: list[_Cells] = []
        self.inside_text = self.inside_note = False

    def start(self, name: str, given: Attributes) -> None:
        if name == "table":
            self.sheets[given.get("table:name", "")] = Marks(self.where)
            self.row = 0
        elif name == "table-row":
            self.rows = int(given.get("table:number-rows-repeated", 1))
            self.column, self.cells = 0, []
        elif name in ("table-cell", "covered-table-cell"):
            count = int(given.get("table:number-columns-repeated", 1))
            self.cells.append(_Cells(self.column, count, given))
            self.column += count
        elif name == "annotation":
            self.inside_note = True
        elif name == "p":
            self.inside_text = bool(self.cells) and not self.inside_note
            if self.inside_text:
                self.cells[-1].has_text = True

    def text(self, text: str) -> None:
        if self.inside_text and len(self.cells[-1].text) < 100:
            self.cells[-1].text += text

    def end(self, name: str) -> None:
        if name == "annotation":
            self.inside_note = False
        elif name == "p":
            self.inside_text = False
        elif name == "table-row":
            self._end_row([*self.sheets.values()][-1])
            self.row += self.rows
            self.cells = []

    def _end_row(self, marks: Marks) -> None:
        for cells in self.cells:
            if not cells.is_blank:
                for column in range(cells.column, cells.column + cells.count):
                    marks.fill(self.row + self.rows - 1, column)
                self._mark(marks, cells)
            if "table:number-columns-spanned" in cells.given:
                height, width = (int(cells.given.get(f"table:number-{one}-spanned", 1)) for one in ("rows", "columns"))
                marks.merged.append((self.row, cells.column, self.row + height - 1, cells.column + width - 1))

    def _mark(self, marks: Marks, cells: _Cells) -> None:
        mark = cells.mark
        for row in range(self.row, self.row + self.rows) if mark else ():
            for column in range(cells.column, cells.column + cells.count):
                marks.add(row, column, mark or "")
