"""A contract manager's list, from a Dutch spreadsheet and back: assessed, saved again, explained and assessed again."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from barriermodel.cli.commands import run

HEAD = "KvK-nummer;Naam;Rechtsvorm;Actief;Einddatum bekend;Einddatum;Omzet;Winst;Ingeschreven sinds;Opmerking"
MAP = """\
[columns]
provider__name = { from = "Naam" }
provider__legal_form = { from = "Rechtsvorm" }
kvk_extract__active = { from = "Actief" }
kvk_extract__end_date_stated = { from = "Einddatum bekend" }
kvk_extract__ended_on = { from = "Einddatum" }
kvk_extract__registered_on = { from = "Ingeschreven sinds" }
annual_accounts__turnover = { from = "Omzet" }
annual_accounts__profit = { from = "Winst" }
"""
ENDED = "nee;ja;31-12-2025;1.000.000,00;240.000,50;1-3-2015"
PROFITABLE = "ja;nee;;600000;180000,25;1-3-2015"
ORDINARY = "ja;nee;;600000;18000;1-3-2015"
ROWS = 30


def given_list() -> bytes:
    """Thirty providers: the first has ended its registration, the second has a high profit, the others are ordinary."""
    lines = [HEAD]
    for n in range(1, ROWS + 1):
        facts = {1: ENDED, 2: PROFITABLE}.get(n, ORDINARY)
        lines.append(
            f'12345{n:02};Café Zorg {n:02};{"B.V." if n % 2 else "Stichting"};{facts};€ 5, "ja"'.replace('"', "")
        )
    return ("\r\n".join(lines) + "\r\n").encode("windows-1252")


def rows_of(raw: bytes) -> list[dict[str, str]]:
    """The rows of a file that is in the dialect of the list."""
    return list(csv.DictReader(io.StringIO(raw.decode("windows-1252"), newline=""), delimiter=";"))


def saved_by_a_spreadsheet(raw: bytes) -> bytes:
    """What a Dutch Excel makes of a file that it opens and saves: numbers, dates and words as it shows them."""

    def cell(text: str) -> str:
        if re.fullmatch("-?[0-9]+", text):
            return str(int(text))
        if re.fullmatch("-?[0-9]+,[0-9]+", text):
            return text.rstrip("0").rstrip(",")
        if found := re.fullmatch("([0-9]{2})-([0-9]{2})-([0-9]{4})", text):
            return "-".join(str(int(part)) for part in found.groups())
        return {"true": "WAAR", "false": "ONWAAR"}.get(text.lower(), text)

    found = csv.reader(io.StringIO(raw.decode("windows-1252"), newline=""), delimiter=";")
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([cell(text) for text in row] for row in found)
    return file.getvalue().encode("windows-1252")


@pytest.fixture
def first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> bytes:
    """What batch writes of the list, as a spreadsheet opens it."""
    monkeypatch.chdir(tmp_path)
    Path("lijst.csv").write_bytes(given_list())
    Path("kolommen.toml").write_text(MAP, encoding="utf-8")
    arguments = ["batch", "lijst.csv", "advies.csv", "--map", "kolommen.toml", "-p", "portfolio-scan"]

    assert run([*arguments, "--as-of", "15-1-2026", "--dialect", "same"]) == 0
    assert capsys.readouterr().out.startswith("30 aanbieders beoordeeld\nPeildatum 15 januari 2026 · ")
    return Path("advies.csv").read_bytes()


def ends(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(row["advice__at_least"], row["advice__at_most"]) for row in rows]


EXPECTED = [("red", "red"), ("orange", "red"), *[("green", "red")] * (ROWS - 2)]


def test_the_output_is_what_the_spreadsheet_that_wrote_the_list_opens(first: bytes) -> None:
    rows = rows_of(first)

    assert first.count(b"\r\n") == first.count(b"\n") == ROWS + 1
    assert ends(rows) == EXPECTED
    assert [row["Naam"] for row in rows] == [f"Café Zorg {n:02}" for n in range(1, ROWS + 1)]
    assert (rows[0]["annual_accounts__profit"], rows[0]["kvk_extract__ended_on"]) == ("240000,5", "31-12-2025")
    assert (rows[0]["Winst"], rows[0]["as_of"], rows[0]["Opmerking"]) == ("240.000,50", "15-01-2026", "€ 5, ja")


def test_a_row_of_what_the_spreadsheet_saved_is_explained(first: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bewaard.csv").write_bytes(saved_by_a_spreadsheet(first))

    assert run(["explain", "bewaard.csv", "--id", "Naam=Café Zorg 01"]) == 0
    told = capsys.readouterr()
    assert "ADVIES  ■ ROOD" in told.out
    assert told.out.startswith("Café Zorg 01")
    assert "Peildatum 15 januari 2026" in told.out
    assert told.err == ""

    assert run(["explain", "bewaard.csv", "--id", "KvK-nummer=01234502"]) == 0
    assert "the table has KvK-nummer '1234502', and not '01234502'" in capsys.readouterr().err


def test_what_the_spreadsheet_saved_is_assessed_again_and_says_the_same(
    first: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bewaard.csv").write_bytes(saved_by_a_spreadsheet(first))

    assert run(["batch", "bewaard.csv", "opnieuw.csv", "-p", "portfolio-scan", "--dialect", "same"]) == 0
    assert "De tabel is een uitkomst van een eerdere batch" in capsys.readouterr().out
    again = Path("opnieuw.csv").read_bytes()
    assert ends(rows_of(again)) == EXPECTED
    assert rows_of(saved_by_a_spreadsheet(again)) == rows_of(saved_by_a_spreadsheet(first))


def test_the_output_itself_is_assessed_again_and_says_the_same(first: bytes) -> None:
    assert run(["batch", "advies.csv", "opnieuw.csv", "-p", "portfolio-scan", "--dialect", "same"]) == 0

    assert Path("opnieuw.csv").read_bytes() == first


def test_a_cell_of_which_a_spreadsheet_made_something_else_is_unknown_and_told(
    first: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """As where 18.5 became the eighteenth of May; the other rows are explained as they were."""
    head, *lines = saved_by_a_spreadsheet(first).splitlines(keepends=True)
    place = head.decode("windows-1252").split(";").index("annual_accounts__profit")
    cells = lines[1].split(b";")
    cells[place] = b"18-mei"
    Path("bewaard.csv").write_bytes(b"".join([head, lines[0], b";".join(cells), *lines[2:]]))

    assert run(["explain", "bewaard.csv", "--id", "Naam=Caf\u00e9 Zorg 01"]) == 0
    assert capsys.readouterr().err == ""
    assert run(["explain", "bewaard.csv", "--id", "Naam=Caf\u00e9 Zorg 02"]) == 0
    told = capsys.readouterr().err
    assert "the table says of this row: annual_accounts__profit: expected an amount in euros" in told
    assert "18-mei" in told
    assert "the table says at least orange, at most red; now it is at least green, at most red" in told
