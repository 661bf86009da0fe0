"""A list as a contract manager has it is read at the first attempt, with a map of the facts alone."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from dutch_list import dutch_list

from barriermodel import BarrierModel
from barriermodel.batch.dialect import Dialect
from barriermodel.batch.opening import open_for_batch
from barriermodel.cli.commands import run
from examples import by_turns

MAP = """
[constants]
award__act = "jeugdwet"
award__starts_on = 2026-02-01
annual_accounts__hired_staff_cost = 0

[columns.provider__legal_form]
from = "Rechtsvorm"
[columns.annual_accounts__turnover]
from = "Omzet 2024"
[columns.annual_accounts__profit]
from = "Winst 2024"
[columns.annual_accounts__employees]
from = "Gem. aantal werknemers"
[columns.kvk_extract__active]
from = "Actief"
[columns.kvk_extract__registered_on]
from = "Start inschrijving"
[columns.kvk_extract__end_date_stated]
from = "Einddatum bekend"
"""


def batch(folder: Path, content: bytes, *options: str) -> list[dict[str, Any]]:
    (folder / "lijst.csv").write_bytes(content)
    (folder / "kolommen.toml").write_text(MAP, encoding="utf-8")
    arguments = ["batch", str(folder / "lijst.csv"), str(folder / "advies.jsonl"), "--profile", "portfolio-scan"]
    assert run([*arguments, "--as-of", "15-01-2026", "--map", str(folder / "kolommen.toml"), *options]) == 0
    return [json.loads(line) for line in (folder / "advies.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_list_of_300_gives_a_summary_at_the_first_attempt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = batch(tmp_path, dutch_list().encode("windows-1252"))

    assert capsys.readouterr().out.startswith("300 aanbieders beoordeeld\nPeildatum 15 januari 2026 · Portefeuille")
    assert len(rows) == 300
    assert rows[0]["Naam"] == "Zorg Denkbeeldig 1 Coöperé"
    assert rows[0]["KvK-nummer"] == "00000001"
    assert {row["provider__legal_form"] for row in rows} == {
        "bv",
        "stichting",
        "eenmanszaak",
        "vof",
        "cooperatie",
        None,
    }
    assert [n for n in ("annual_accounts__turnover", "annual_accounts__profit", "kvk_extract__registered_on")
            if any(row[n] is None for row in rows)] == []  # fmt: skip
    assert {row["award__starts_on"] for row in rows} == {"2026-02-01"}


def test_what_nobody_can_read_costs_its_cell_and_is_told(tmp_path: Path) -> None:
    rows = batch(tmp_path, dutch_list().encode("windows-1252"))
    told = [row["advice__error"] for row in rows if "weet niet" in str(row["advice__error"])]

    assert len(told) == 10
    assert all("kvk_extract__active: expected true or false; found 'weet niet' in 'Actief'" in error for error in told)


@pytest.mark.parametrize(
    ("encoding", "begin"),
    by_turns(
        [
            ("utf-8", ""),
            ("utf-8", "\ufeff"),
            ("utf-16-le", "\ufeff"),
            ("windows-1252", "sep=;\r\n"),
            ("utf-8", "sep=;\n"),
        ],
        by_day=[("utf-8", "\ufeff"), ("windows-1252", "sep=;\r\n")],
    ),
)
def test_it_is_one_list_in_every_encoding(tmp_path: Path, encoding: str, begin: str) -> None:
    as_is = batch(tmp_path, dutch_list(20).encode("windows-1252"))

    assert batch(tmp_path, (begin + dutch_list(20)).encode(encoding)) == as_is


def test_how_it_is_written_is_known(tmp_path: Path) -> None:
    (tmp_path / "lijst.csv").write_bytes(dutch_list().encode("windows-1252"))
    (tmp_path / "kolommen.toml").write_text(MAP, encoding="utf-8")
    model = BarrierModel.load("portfolio-scan")
    opened = open_for_batch(tmp_path / "lijst.csv", model, tmp_path / "kolommen.toml", None, None)

    assert opened.dialect == Dialect(
        encoding="windows-1252", separator=";", decimal=",", date="%d-%m-%Y", newline="\r\n", header=4
    )


def test_the_list_is_as_ugly_as_meant() -> None:
    rows = [*csv.reader(dutch_list().splitlines(), delimiter=";")]

    assert len(rows) == 306
    assert len({len(row) for row in rows}) == 1
