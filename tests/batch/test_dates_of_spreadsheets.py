"""Dates that stand in tables by mistake are unknown, in a file as in a folder of dossiers, and each row says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from barriermodel.cli.commands import run

CSV = """provider__legal_form;kvk_extract__active;kvk_extract__registered_on
bv;ja;01-03-0025
bv;ja;01-03-2025
bv;ja;01-01-1900
"""
MAP = """[columns.kvk_extract__active]
from = "kvk_extract__active"
true = ["ja"]
[columns.kvk_extract__registered_on]
from = "kvk_extract__registered_on"
date = "%d-%m-%Y"
"""
DOSSIER = """{"schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provider": {"name": "Verzinsel"},
"evidence": [{"kind": "kvk_extract", "id": "a", "issued_on": "2026-01-10",
              "facts": {"active": true, "registered_on": "DAY"}}]}"""
TOLD = "kvk_extract__registered_on holds a date that cannot be right: it is taken as unknown"
COLUMNS = ("advice__error", "rule__nl_kvk_recently_registered")


def batch(source: Path, output: Path, *options: Any) -> list[tuple[Any, ...]]:
    assert run(["batch", str(source), str(output), "--profile", "twente-2019", *map(str, options)]) == 0
    separator = ";" if source.suffix == ".csv" else ","
    return pl.read_csv(output, separator=separator).select(COLUMNS).rows()


@pytest.fixture
def csv(tmp_path: Path) -> list[Any]:
    (tmp_path / "in.csv").write_text(CSV)
    (tmp_path / "map.toml").write_text(MAP)
    return [tmp_path / "in.csv", tmp_path / "out.csv", "--map", tmp_path / "map.toml", "--as-of", "2026-01-15"]


def test_a_row_of_a_file(csv: list[Any]) -> None:
    assert batch(*csv) == [(TOLD, None), (None, True), (TOLD, None)]


def test_a_dossier_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "dossiers"
    folder.mkdir()
    for name, day in (("a", "0025-03-01"), ("b", "2025-03-01"), ("c", "1900-01-01"), ("d", "2126-01-01")):
        (folder / f"{name}.json").write_text(DOSSIER.replace("DAY", day))

    found = batch(folder, tmp_path / "out.csv")
    assert found == [(TOLD, None), (None, True), (TOLD, None), (TOLD, None)]


def test_the_explanation_of_a_row_says_which_date_it_was(csv: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    batch(*csv)
    capsys.readouterr()
    assert run(["explain", str(csv[1]), "--id", "kvk_extract__registered_on=1900-01-01", "--full"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "datum van aanvang (1 januari 1900 is een datum die een spreadsheet invult als er niets staat)" in told
