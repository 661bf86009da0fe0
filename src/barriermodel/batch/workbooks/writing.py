"""A workbook whose cells have types: text is never a formula, a link or a number, whatever it says."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import chain, repeat
from tempfile import TemporaryDirectory
from typing import IO, Any, TypeAlias

import attrs

from barriermodel import InputError, Level
from barriermodel.analysis.reports import LEVEL, LEVEL_MARK
from barriermodel.analysis.text import Language, printable
from barriermodel.extras import require

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""Rows of a sheet, that with the headings included, and its columns."""
MAX_TEXT = 16_000
"""Characters of a cell; a sheet counts up to 32,767, and some characters for two."""
LINE, MAX_LINES = 13, 12
"""The height of a line in points, and the lines that a row shows at most."""
MAX_DIGITS = 15
"""Digits of a whole number that a sheet keeps."""
EARLIEST = date(1900, 3, 1)
"""Spreadsheets differ on earlier dates."""
COLOURS = {
    Level.GREEN: ("#E3F2E7", "#0A5C2C"), Level.ORANGE: ("#FDEEDC", "#8A3D00"), Level.RED: ("#FDE8E7", "#A3151B"),
    Level.EXCLUDE: ("#EFE6F8", "#4A1A78"),
}  # fmt: skip
"""Of a cell with a level: its background and its letters, as on pages."""
DATE = {"nl": "[$-413]d mmm yyyy;@", "en": "[$-809]d mmm yyyy;@"}
EURO = {"nl": "[$€-413] #,##0{};-[$€-413] #,##0{}", "en": "[$€-809]#,##0{};-[$€-809]#,##0{}"}
NUMBERS = ("", "number", "date", "euro", "cents", "ratio", "settled")
"""Formats of numbers, dates included; a text among them looks like any text."""
Cell: TypeAlias = "str | int | float | Decimal | date | Level | None"


@attrs.define(eq=False)
class Sheet:
    """A sheet that is written line by line."""

    sheet: Any
    formats: dict[str, Any]
    lang: Language
    row: int = attrs.field(init=False, default=0)
    widths: Sequence[int] = attrs.field(init=False, default=())

    def line(self, cells: Iterable[Cell], units: Sequence[str] = ()) -> None:
        """Write a line below those before it.

        Args:
            units: for each cell how it looks, by the name of its format; empty or left out, as its type does.

        """
        looks = list(zip(cells, chain(units, repeat("")), strict=False))
        self.sheet.set_row(self.row, self._height(looks))
        for column, (cell, unit) in enumerate(looks):
            self._write(self.row, column, cell, unit)
        self.row += 1

    def _height(self, looks: Sequence[tuple[Cell, str]]) -> float:
        """The height at which the text in these cells can be read; not every program finds it by itself."""
        wrapped = ((cell, width) for (cell, unit), width in zip(looks, self.widths, strict=False) if unit != "id")
        texts = [(cell, width) for cell, width in wrapped if isinstance(cell, str)]
        return LINE * min(max([1, *(-(-len(text) // width) for text, width in texts)]), MAX_LINES) + 2

    def table(self, headings: Sequence[str], widths: Sequence[int], fixed: int) -> None:
        """Begin a sheet that is one table, with headings that stay in sight and can be filtered by.

        Args:
            widths: of the columns, in characters.
            fixed: columns that stay in sight.

        """
        self.set_widths(widths)
        self.line(headings, ["head"] * len(headings))
        self.sheet.freeze_panes(1, fixed)
        self.sheet.repeat_rows(0)

    def end_table(self, printed: int) -> None:
        """Let the table be filtered, once its last line is written.

        Args:
            printed: the number of columns that a printer prints.

        """
        last = max(self.row - 1, 1)
        self.sheet.autofilter(0, 0, last, len(self.widths) - 1)
        self.sheet.print_area(0, 0, last, printed - 1)
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def set_widths(self, widths: Sequence[int]) -> None:
        """Set the widths of columns, in characters."""
        self.widths = widths
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def _write(self, row: int, column: int, cell: Cell, unit: str) -> None:
        where, sheet = (row, column), self.sheet
        if isinstance(cell, Level):
            self._write_text(where, f"{LEVEL_MARK[cell]} {LEVEL[cell][self.lang]}", cell.key)
        elif isinstance(cell, bool):
            sheet.write_boolean(*where, cell)
        elif isinstance(cell, (int, float, Decimal)) and _is_exact(cell):
            unit = "cents" if unit == "euro" and cell != int(cell) else unit
            sheet.write_number(*where, cell, self.formats[unit if unit in NUMBERS else ""])
        elif type(cell) is date and cell >= EARLIEST:
            sheet.write_datetime(*where, cell, self.formats["date"])
        elif cell is not None and cell != "":
            self._write_text(where, str(cell), unit)

    def _write_text(self, where: tuple[int, int], text: str, unit: str) -> None:
        text = "\n".join(map(printable, text.split("\n")))
        text = text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 1]}…"
        style = self.formats["text" if unit in NUMBERS else unit]
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such text for its own markup and does not escape it. In parts it does.
            self.sheet.write_rich_string(*where, text[:1], text[1:2], text[2:], style)
        else:
            self.sheet.write_string(*where, text, style)


def _is_exact(number: int | float | Decimal) -> bool:
    """Whether a sheet can hold a number as it is."""
    return abs(number) < 10**MAX_DIGITS if isinstance(number, int) else math.isfinite(number)


@attrs.frozen(eq=False)
class Workbook:
    """A workbook that is being written."""

    book: Any
    formats: dict[str, Any]
    lang: Language
    footer: str

    def sheet(self, name: str) -> Sheet:
        """Add a sheet."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{self.footer}&R&8&P / &N")
        return Sheet(sheet, self.formats, self.lang)


def check_size(where: str, rows: int, columns: int) -> None:
    """Raise ``InputError`` if a table has more rows or columns than a sheet can have, its headings included."""
    for found, room, what in ((rows, MAX_ROWS - 1, "rows"), (columns, MAX_COLUMNS, "columns")):
        if found > room:
            message = f"a sheet has room for {room:,} {what} and the table has more; write Parquet or CSV"
            raise InputError.one(where, message)


def check_extra() -> None:
    """Raise ``MissingExtraError`` if XlsxWriter is not installed."""
    require("sheets", "spreadsheets need {}", "xlsxwriter")


@contextmanager
def new_workbook(file: IO[bytes], lang: Language, title: str, footer: str) -> Iterator[Workbook]:
    """A workbook, which is in the file at the end of the block.

    Args:
        footer: what is printed below each page.

    Raises:
        OSError: it cannot be written.

    """
    import xlsxwriter  # check_extra() said so if it is not there

    of_text = dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False)
    with TemporaryDirectory(prefix="barriermodel-") as folder:  # a row that is written leaves memory for a file here
        content = BytesIO()  # so that a failure leaves no archive that Python closes later, with a second failure
        book = xlsxwriter.Workbook(content, {"constant_memory": True, "tmpdir": folder, **of_text})
        book.set_properties({"title": title, "comments": footer})
        yield Workbook(book, _formats(book, lang), lang, footer)
        _close(book)
    file.write(content.getbuffer())


def _close(book: Any) -> None:
    """Raise the error behind that of XlsxWriter, without what the latter holds on to."""
    from xlsxwriter.exceptions import FileCreateError

    problem: OSError | None = None
    try:
        book.close()
    except FileCreateError as error:
        problem = OSError(*error.args[0].args)
    if problem is not None:
        raise problem


def _formats(book: Any, lang: Language) -> dict[str, Any]:
    """By name, how cells look: texts, each unit of numbers, and each level."""
    lang = lang if lang in DATE else "nl"
    looks: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True}, "id": {"num_format": "@"}, "": {}, "number": {},
        "date": {"num_format": DATE[lang], "align": "left"}, "euro": {"num_format": EURO[lang].format("", "")},
        "cents": {"num_format": EURO[lang].format(".00", ".00")}, "ratio": {"num_format": "0.0%"},
        "head": {"bold": True, "bottom": 2, "text_wrap": True, "bg_color": "#E7E5DE"},
        "label": {"bold": True}, "title": {"bold": True, "font_size": 12}, "settled": {"bold": True, "border": 2},
    }  # fmt: skip
    for level, (paper, ink) in COLOURS.items():
        looks[level.key] = {"bold": True, "bg_color": paper, "font_color": ink}
    shared = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    return {name: book.add_format({**shared, **look}) for name, look in looks.items()}
