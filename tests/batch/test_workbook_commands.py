"""A workbook on the command line: assessed, from a pipe too; and what a spreadsheet saved of our output."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from written_tables import write_ods, write_xlsx

from barriermodel.cli.commands import run

SMALL = ["--profile", str(Path(__file__).parents[1] / "one_barrier.toml"), "--as-of", "2026-01-15"]
HEAD = ["Naam", "Actief", "Einddatum bekend", "Ingeschreven sinds", "Geldig tot"]
LIST = [
    HEAD, ["=Zorg", "ja", False, date(2015, 3, 1), date(2027, 1, 1)], ["Zorg B", "nee", False, "1-3-2025", None],
]  # fmt: skip
MAP = """[columns]
provider__name = { from = "Naam" }
kvk_extract__active = { from = "Actief" }
kvk_extract__end_date_stated = { from = "Einddatum bekend" }
kvk_extract__registered_on = { from = "Ingeschreven sinds" }
kvk_extract__valid_until = { from = "Geldig tot" }
"""


@pytest.fixture
def mapping(tmp_path: Path) -> list[str]:
    (tmp_path / "map.toml").write_text(MAP)
    return ["--map", str(tmp_path / "map.toml")]


def advice(path: Path) -> list[dict[str, Any]]:
    """The rows of an output, in words that every format has."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows: list[dict[str, Any]] = [*csv.DictReader(file)]
    else:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        {name: str(row[name] or "").lower() for name in row if name.startswith(("advice__at", "rule__"))}
        for row in rows
    ]


def test_a_workbook_is_assessed_as_its_csv_and_as_what_comes_from_a_pipe(
    tmp_path: Path, mapping: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (write_xlsx(tmp_path / "a.xlsx", LIST), write_ods(tmp_path / "a.ods", LIST)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
        for source, output in ((str(path), tmp_path / "out.csv"), ("-", tmp_path / "piped.csv")):
            assert run(["batch", source, str(output), *SMALL, *mapping]) == 0
        assert (tmp_path / "piped.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()

        found = advice(tmp_path / "out.csv")
        assert [row["rule__nl_kvk_recently_registered"] for row in found] == ["false", "true"]
        assert [row["rule__nl_kvk_active"] for row in found] == ["false", "true"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_workbook_with_remarks_is_not_replaced(
    lang: str, tmp_path: Path, mapping: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = write_xlsx(tmp_path / "a.xlsx", LIST), tmp_path / "advies.xlsx"
    again = ["batch", str(source), str(output), *SMALL, *mapping, "--lang"]
    assert [run([*again, lang]), run([*again, lang])] == [0, 0]
    book = load_workbook(output)
    book.worksheets[0]["J3"] = "gebeld"  # below Aantekening, or Remarks
    book.save(output)
    kept = output.read_bytes()

    assert run([*again, "nl"]) == 2

    assert "advies.xlsx: there are remarks in it" in capsys.readouterr().err
    assert output.read_bytes() == kept


@pytest.mark.parametrize(
    ("lang", "place", "advised"),
    [
        ("nl", "1 rij met een fout (kolom advice__error), zoals cel Blad1!B3: kvk", "Verander daar niets: "),
        ("en", "1 row with an error (column advice__error), such as cell Blad1!B3: kvk", "Change nothing there: "),
    ],
)  # fmt: skip
def test_the_summary_names_the_cell_to_mend_and_the_workbook_where_to_mend_it(
    lang: str, place: str, advised: str, tmp_path: Path, mapping: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = (
        write_xlsx(tmp_path / "a.xlsx", [*LIST[:2], ["Zorg B", "zie mail", *LIST[2][2:]]]),
        tmp_path / "b.xlsx",
    )

    assert run(["batch", str(source), str(output), *SMALL, *mapping, "--lang", lang]) == 0

    assert place in " ".join(capsys.readouterr().out.split())
    notes = load_workbook(output).worksheets[2]
    assert [advised in str(cell) for row in notes.values for cell in row].count(True) == 1


@pytest.mark.parametrize("old", [b"", b"no workbook", b"PK"])
def test_what_is_no_workbook_has_no_remarks(old: bytes, tmp_path: Path, mapping: list[str]) -> None:
    source, output = write_xlsx(tmp_path / "a.xlsx", LIST), tmp_path / "advies.xlsx"
    output.write_bytes(old)

    assert run(["batch", str(source), str(output), *SMALL, *mapping]) == 0
    assert output.read_bytes() != old


def test_a_row_whose_evidence_would_be_valid_for_ever_is_a_reject_with_its_cell(
    tmp_path: Path, mapping: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E3"] = "#N/A"
        sheet["E3"].data_type = "e"

    path = write_xlsx(tmp_path / "a.xlsx", LIST, change)
    assert run(["batch", str(path), str(tmp_path / "out.jsonl"), *SMALL, *mapping, "--lang", "en"]) == 2

    rejects = (tmp_path / "out.jsonl.rejects.jsonl").read_text(encoding="utf-8").splitlines()
    row = dict(zip(HEAD, ["Zorg B", "nee", "false", "1-3-2025", "#N/A"], strict=True))
    reason = "kvk_extract__valid_until: the formula gives the error #N/A; correct it, or empty the cell (Blad1!E3)"
    assert [json.loads(line) for line in rejects] == [{"line": 3, "reason": reason, "row": row}]
    assert "the formula gives the error" in capsys.readouterr().out


def as_a_spreadsheet_saves_it(text: str) -> Any:
    """A field of CSV as a spreadsheet takes it, in English."""
    if text in ("true", "false"):
        return text == "true"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text or None


def test_our_output_is_explained_and_assessed_again_after_a_spreadsheet_saved_it(
    tmp_path: Path, mapping: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first, again = tmp_path / "first.csv", tmp_path / "again.csv"
    assert run(["batch", str(write_xlsx(tmp_path / "a.xlsx", LIST)), str(first), *SMALL, *mapping]) == 0
    with first.open(encoding="utf-8", newline="") as file:
        rows = [[*map(as_a_spreadsheet_saves_it, row)] for row in csv.reader(file)]
    assert rows[1][0] == "'=Zorg"
    saved = write_xlsx(tmp_path / "saved.xlsx", rows)

    assert run(["batch", str(saved), str(again), *SMALL]) == 0
    assert again.read_bytes() == first.read_bytes()
    capsys.readouterr()
    assert run(["explain", str(saved), "--id", "Naam==Zorg", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("=Zorg")


def test_what_is_printed_of_a_workbook_is_csv(
    tmp_path: Path, mapping: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", LIST)

    assert run(["batch", str(path), "-", *SMALL, *mapping]) == 0
    assert capsys.readouterr().out.startswith(f"{','.join(HEAD)},provider__name,")


@pytest.mark.parametrize("suffix", [".xls", ".xlsb"])
def test_another_workbook_is_no_table(tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / f"a{suffix}").write_bytes(b"x")

    assert run(["batch", str(tmp_path / f"a{suffix}"), str(tmp_path / "out.csv"), *SMALL]) == 2
    assert "save a spreadsheet as .xlsx or .ods" in capsys.readouterr().err
