"""Tables as the tests write them: an .xlsx by openpyxl, an .ods by hand, and a CSV."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from barriermodel.batch.columns import TableColumns
from barriermodel.batch.mapped_rows import MappedRow, mapped_rows
from barriermodel.batch.mapping import ColumnMap, TableMap
from barriermodel.plugin import Money

Rows = Sequence[Sequence[Any]]
TYPES: dict[str, type] = {"Naam": str, "Omzet": Money, "Deel": float, "Tot": date, "Actief": bool, "Mensen": int}
"""The columns of the tables, and what a cell of each is."""
NAMES = [*TYPES]
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:'
    'experimental:calc:xmlns:calcext:1.0" office:version="1.3"><office:body><office:spreadsheet>{}'
    "</office:spreadsheet></office:body></office:document-content>"
)


def write_xlsx(path: Path, rows: Rows, change: Callable[[Worksheet], object] = lambda _: None) -> Path:
    """A workbook of one sheet, which may be changed before it is written."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Blad1"
    for row in rows:
        sheet.append([*row])
    for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
        cell.data_type = "s"  # a text that begins with = is no formula
    change(sheet)
    book.save(path)
    return path


def write_ods(path: Path, rows: Rows) -> Path:
    """The same as OpenDocument; a cell may also be its own XML, as bytes."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return write_ods_tables(path, f'<table:table table:name="Blad1">{lines}</table:table>')


def write_ods_tables(path: Path, tables: str, manifest: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        archive.writestr("content.xml", ODS.format(tables))
    return path


def _ods_cell(cell: Any) -> str:
    if isinstance(cell, bytes):
        return cell.decode()
    if cell is None or cell == "":
        return "<table:table-cell/>"
    kind, value = "string", None
    if isinstance(cell, bool):
        kind, value = "boolean", f"office:boolean-value={quoteattr(str(cell).lower())}"
    elif isinstance(cell, int | float):
        kind, value = "float", f'office:value="{cell}"'
    elif isinstance(cell, date):
        kind, value = "date", f'office:date-value="{cell.isoformat()}"'
    shown = f"<text:p>{escape(str(cell))}</text:p>"
    return f'<table:table-cell office:value-type="{kind}" {value or ""}>{shown}</table:table-cell>'


def write_csv(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([[_csv_cell(cell) for cell in row] for row in rows])
    return path


def _csv_cell(cell: Any) -> str:
    """A cell as a Dutch spreadsheet writes it in CSV, with a decimal comma."""
    if isinstance(cell, bool | float):
        return str(cell).lower().replace(".", ",")
    return "" if cell is None else str(cell)


def rewrite(path: Path, part: str, old: str, new: str) -> None:
    """Write a part of a workbook anew, with one text in the place of another."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


WRITERS: dict[str, Callable[[Path, Rows], Path]] = {".xlsx": write_xlsx, ".ods": write_ods, ".csv": write_csv}


def read(
    path: Path, strict: Sequence[str] = (), columns: dict[str, ColumnMap] | None = None, **keys: Any
) -> list[MappedRow]:
    """The rows of a table, by a map that has these keys beside the columns."""
    table_map = TableMap(columns={name: ColumnMap(from_=name) for name in NAMES} | (columns or {}), **keys)
    known = TableColumns(TYPES, only_mapped=True)
    return [*mapped_rows(path, table_map, known, where="map.toml", row_rejecting=strict)]


def values(path: Path, name: str, **options: Any) -> list[Any]:
    """What each row of a table has in one column."""
    return [row.values and row.values[name] for row in read(path, **options)]


def problems(path: Path, **options: Any) -> list[str | None]:
    """What each row of a table has that cannot be read."""
    return [row.problem for row in read(path, **options)]
