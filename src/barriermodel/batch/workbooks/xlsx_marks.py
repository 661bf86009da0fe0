"""The marks of the cells in an .xlsx file. See :mod:`.marks`."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Container, Iterator
from xml.etree.ElementTree import Element

from barriermodel import InputError
from barriermodel.plugin import parse_xml

from .marks import NOT_CALCULATED, PERCENT, Attributes, Marks, error_mark, xml_parser

WORKBOOK = "xl/workbook.xml"
_BUILT_IN_PERCENT = {"9", "10"}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^]]*\]')
"""Parts of a number format that are text, an escaped sign or a condition: a per cent sign in them divides nothing."""
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_BLOCK = 2**20


def xlsx_marks(archive: zipfile.ZipFile, where: str) -> Iterator[tuple[str, Marks]]:
    """The name and the marks of each worksheet, in the order of the workbook.

    Raises:
        InputError: the workbook cannot be read, or a sheet is too large.

    """
    names = set(archive.namelist())
    related = _read(archive, "xl/_rels/workbook.xml.rels", where)
    # a chart or a dialogue is no table
    parts = {one.get("Id"): one.get("Target", "") for one in related if one.get("Type", "").endswith("/worksheet")}
    percent = _percent_styles(_read(archive, "xl/styles.xml", where)) if "xl/styles.xml" in names else set()
    for sheet in _read(archive, WORKBOOK, where).iter("sheet"):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        part = posixpath.normpath(posixpath.join("/xl", parts.get(relation, ""))).lstrip("/")
        if relation in parts and part in names:
            yield sheet.get("name", ""), _sheet_marks(archive, part, percent, where)


def _read(archive: zipfile.ZipFile, part: str, where: str) -> Element:
    try:
        return parse_xml(archive.read(part), where, InputError)
    except KeyError:
        raise InputError.one(
            where, f"it is no workbook: {part} is missing; open it in a spreadsheet and save it"
        ) from None


def _percent_styles(styles: Element) -> set[str]:
    """The numbers of the cell styles that show a percentage."""
    own = {one.get("numFmtId") for one in styles.iter("numFmt") if "%" in _NOT_SHOWN.sub("", one.get("formatCode", ""))}
    formats = styles.find("cellXfs")
    shown = enumerate(formats if formats is not None else ())
    return {str(number) for number, one in shown if one.get("numFmtId") in own | _BUILT_IN_PERCENT}


def _sheet_marks(archive: zipfile.ZipFile, part: str, percent_styles: Container[str], where: str) -> Marks:
    scan = _SheetScan(Marks(where), percent_styles)
    with xml_parser(where, scan.start, scan.end, scan.text) as parser, archive.open(part) as file:
        while block := file.read(_BLOCK):
            parser.Parse(block)
    scan.marks.mark_merged()
    return scan.marks


class _SheetScan:
    """Follows the elements of a sheet: rows (``row``), cells (``c``), formulas (``f``) and values (``v``, ``is``)."""

    def __init__(self, marks: Marks, percent_styles: Container[str]) -> None:
        self.marks = marks
        self.percent_styles = percent_styles
        self.row = self.column = -1
        self.cell: Attributes = {}
        self.inside: set[str] = set()
        self.value = ""

    def start(self, name: str, given: Attributes) -> None:
        if name == "row":
            self.row = int(given.get("r", self.row + 2)) - 1
            self.column = -1
        elif name == "c":
            self.cell, self.inside, self.value = given, set(), ""
            if "r" in given:
                self.row, self.column = _position(given["r"])
            else:
                self.column += 1
        elif name == "mergeCell":
            first, _, last = given["ref"].partition(":")
            self.marks.merged.append((*_position(first), *_position(last or first)))
        else:
            self.inside.add(name)

    def text(self, text: str) -> None:
        if "v" in self.inside and len(self.value) < 100:
            self.value += text

    def end(self, name: str) -> None:
        if name != "c" or not self.inside & {"f", "v", "is"}:
            return
        self.marks.fill(self.row, self.column)
        kind, value = self.cell.get("t"), self.value.strip()
        if kind == "e":
            self.marks.add(self.row, self.column, error_mark(value))
        elif "f" in self.inside and not value and not (kind == "str" and "v" in self.inside):
            self.marks.add(self.row, self.column, NOT_CALCULATED)  # an empty text is a value
        elif self.cell.get("s", "0") in self.percent_styles:
            self.marks.add(self.row, self.column, PERCENT)


def _position(reference: str) -> tuple[int, int]:
    """Row and column of a cell, from 0."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(f"it has no cell {reference[:20]!r}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1
