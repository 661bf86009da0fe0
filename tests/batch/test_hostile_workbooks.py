"""What is no workbook, is damaged, or would fill the memory is refused in one sentence that says what to do."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from written_tables import NAMES, read, rewrite, values, write_ods_tables, write_xlsx

from barriermodel import InputError
from barriermodel.batch.workbooks import files

SHEET = "xl/worksheets/sheet1.xml"
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2_000)
DAMAGED = "the workbook is damaged; open it in a spreadsheet, and save it as .xlsx or .ods"
NO_WORKBOOK = "it is no workbook, whatever its name; open it in a spreadsheet, and save it as .xlsx or .ods"
PASSWORD = "it is protected with a password; save it without one"


def refusal(path: Path) -> str:
    """Why a file is not read, which is one line."""
    with pytest.raises(InputError) as caught:
        read(path)
    message = str(caught.value)
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


def workbook(folder: Path, change: Callable[[Worksheet], object] = lambda _: None) -> Path:
    return write_xlsx(folder / "a.xlsx", [NAMES, ["Zorg"]], change)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", NO_WORKBOOK),
        (b"Naam;Omzet\nZorg;1\n", NO_WORKBOOK),
        (b"PK\x03\x04 and nothing that follows", DAMAGED),
        (
            OLD_EXCEL,
            "it is an old workbook (.xls), whatever its name; open it in a spreadsheet, and save it as .xlsx or .ods",
        ),
        (OLD_EXCEL + "EncryptedPackage".encode("utf-16-le"), PASSWORD),
    ],
)
@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_another_file_with_the_name_of_a_workbook(tmp_path: Path, suffix: str, content: bytes, message: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)

    assert refusal(path) == message


def test_a_workbook_with_a_password_as_opendocument(tmp_path: Path) -> None:
    manifest = "<file-entry full-path='content.xml'><encryption-data/></file-entry>"

    assert refusal(write_ods_tables(tmp_path / "a.ods", "", manifest)) == PASSWORD


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("lijst.csv", "Naam")

    assert refusal(tmp_path / "a.xlsx") == NO_WORKBOOK


def test_half_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])
    assert refusal(path) == DAMAGED

    path.write_bytes(raw.replace(b"PK\x01\x02", b"PK\x01\x03"))
    assert refusal(path) == DAMAGED


@pytest.mark.parametrize("part", [SHEET, "xl/theme/theme1.xml"])
def test_a_part_that_is_not_what_it_says(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path)
    with zipfile.ZipFile(path) as archive:
        checksum = archive.getinfo(part).CRC.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(checksum, bytes(4)))

    assert refusal(path) == DAMAGED


def test_a_small_file_that_unpacks_to_a_large_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(2**21))
    monkeypatch.setattr(files, "MAX_UNPACKED", 2**20)

    assert refusal(path) == "it unpacks to over 1 MiB; save the table alone, or as CSV"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("</sheetData>", "", "the workbook is damaged: mismatched tag"),
        ("<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet', "the workbook is damaged: it has a DTD"),
        ('<c r="A2"', '<c r="A-2"', "the workbook is damaged: it has no cell 'A-2'"),
        ('<row r="2"', '<row r="two"', "the workbook is damaged: invalid literal"),
    ],
)
def test_a_sheet_that_is_not_well_formed(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = workbook(tmp_path)
    rewrite(path, SHEET, old, new)

    assert refusal(path).startswith(message)


def test_a_part_that_is_missing(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    rewrite(path, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/sheet9.xml")

    assert refusal(path) == "the workbook is empty"


def test_a_cell_far_away_takes_no_memory(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda sheet: sheet.cell(1_048_576, 16_384, "x"))

    assert refusal(path) == (
        "a sheet with cells up to row 1048576 and column 16384 is not read: it has over 5000000 cells; "
        "save the table alone, or as CSV"
    )


def test_rows_without_a_value_are_no_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda sheet: setattr(sheet.cell(1_048_576, 16_384), "number_format", "0.00"))
    merged = "<mergeCells><mergeCell ref='A3:XFD1048576'/></mergeCells>"
    rewrite(path, SHEET, "<pageMargins", f"{merged}<pageMargins")

    assert values(path, "Naam") == ["Zorg"]


def cell(text: str, times: int = 1) -> str:
    shown = f'office:value-type="string"><text:p>{text}</text:p>' if text else ">"
    return f'<table:table-cell table:number-columns-repeated="{times}" {shown}</table:table-cell>'


def ods(folder: Path, *rows: tuple[str, int]) -> Path:
    lines = (
        f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>' for cells, times in rows
    )
    return write_ods_tables(folder / "a.ods", f'<table:table table:name="Blad1">{"".join(lines)}</table:table>')


def test_a_row_that_is_written_once_for_many(tmp_path: Path) -> None:
    head = ("".join(map(cell, NAMES)), 1)
    path = ods(tmp_path, head, (cell("", 16_384), 5), (cell("Zorg"), 3), (cell("", 16_384), 1_048_567))
    assert [row.line for row in read(path)] == [7, 8, 9]

    path = ods(tmp_path, head, (cell("Zorg", 6), 1_048_575))
    assert refusal(path).startswith("a sheet with cells up to row 1048576 and column 6 is not read: it has over 50000")


def test_merged_cells_that_overlap_take_no_time(tmp_path: Path) -> None:
    path = workbook(tmp_path, lambda sheet: sheet.cell(100_000, 6, "x"))
    merged = "<mergeCell ref='A1:F99999'/>" * 99
    rewrite(path, SHEET, "<pageMargins", f"<mergeCells>{merged}</mergeCells><pageMargins")

    assert refusal(path) == "merged cells overlap; save the table alone, or as CSV"
