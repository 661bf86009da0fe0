"""Text that a spreadsheet takes for a formula is written with an apostrophe in CSV, and read without it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from barriermodel.batch.csv_files import open_csv
from barriermodel.batch.dialect import PLAIN_DIALECT, Dialect
from barriermodel.batch.rejects import Rejects
from barriermodel.batch.writers import open_writer
from barriermodel.cli.commands import run
from barriermodel.text import escape_cell

PORTFOLIO = ["--profile", "portfolio-scan", "--as-of", "2026-01-15"]
NAMES = ["=HYPERLINK(1)", "'s-Gravenzicht", "-12", "@", "\tx", "-x;y", ""]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Rows with a name that is a formula, under a name that is one."""
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"=naam": name, "kvk_extract__active": True}) + "\n" for name in NAMES))
    return path


def cells(path: Path, column: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


def test_batch_writes_no_formula(table: Path, tmp_path: Path) -> None:
    out, raw = tmp_path / "out.csv", tmp_path / "raw.csv"
    assert run(["batch", str(table), str(out), *PORTFOLIO]) == 0
    assert run(["batch", str(table), str(raw), *PORTFOLIO, "--raw"]) == 0

    assert cells(out, "'=naam") == ["'=HYPERLINK(1)", "''s-Gravenzicht", "-12", "'@", "'\tx", "'-x;y", ""]
    assert cells(raw, "=naam") == NAMES


@pytest.mark.parametrize("options", [[], ["--raw"]])
@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "'s-Gravenzicht", "-12"])
def test_explain_finds_the_row_by_its_own_text(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, options: list[str]
) -> None:
    out = tmp_path / "out.csv"
    assert run(["batch", str(table), str(out), *PORTFOLIO, *options]) == 0

    by = ["--id", f"naam={name}"]
    out.write_text(out.read_text().replace("'=naam", "naam", 1).replace("=naam", "naam", 1))
    assert run(["explain", str(out), *by, *options]) == 0
    assert capsys.readouterr().out


def test_a_profile_in_a_file_that_looks_like_a_formula_is_found_again(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("@eigen.toml").write_text(
        'id = "eigen"\ntitle = { nl = "e", en = "e" }\nowner = "e"\nextends = "portfolio-scan"\n'
        'status = "reconstruction"\nvalid_from = 2019-01-01\n'
    )
    assert run(["batch", str(table), "out.csv", "--profile", "@eigen.toml", "--as-of", "2026-01-15"]) == 0

    assert run(["explain", "out.csv", "--id", "advice__profile_digest=none"]) == 2  # but the profile was found
    assert cells(Path("out.csv"), "advice__profile")[0] == "'@eigen.toml"


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\0"), max_size=8)
formulas = st.text("'=+-@\t\r1,.e;\"", max_size=6)


@given(st.lists(texts | formulas, min_size=1), texts.filter(lambda name: name.strip() not in ("", "advice__profile")))
@example(["\r", "'\r"], "=1")
def test_any_text_survives_writing_and_reading(tmp_path_factory: Any, rows: list[str], name: str) -> None:
    """And the column is written as each of its cells is by itself."""
    path = tmp_path_factory.getbasetemp() / "law.csv"
    frame = pl.DataFrame({"advice__profile": ["p"] * len(rows), name: rows, "number": [-1.5] * len(rows)})
    with path.open("wb") as file, open_writer(file, ".csv", frame.schema, Dialect(separator=";")) as write:
        write(frame)
    written = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline=""), delimiter=";"))
    (chunk,) = open_csv(path, ";").chunks(Rejects())

    assert [row[1:] for row in written] == [
        [escape_cell(name), "number"], *([escape_cell(row), "-1.5"] for row in rows)
    ]  # fmt: skip
    assert getattr(chunk, "frame")[name].to_list() == rows  # noqa: B009


def test_a_table_that_no_assessment_wrote_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("'=naam;x\n'=1;2\n", encoding="utf-8")
    (chunk,) = open_csv(path).chunks(Rejects())

    assert getattr(chunk, "frame").to_dicts() == [{"'=naam": "'=1", "x": "2"}]  # noqa: B009


def test_a_decimal_number_is_written_so_that_it_is_no_thousands(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": ["558.000", "12.500", "0.125", None, "-120.000"]}).with_columns(
        pl.col("a").cast(pl.Decimal(12, 3)), pl.lit(1).cast(pl.Decimal(12, 2)).alias("b")
    )
    with (tmp_path / "out.csv").open("wb") as file, open_writer(file, ".csv", frame.schema, PLAIN_DIALECT) as write:
        write(frame)

    assert (tmp_path / "out.csv").read_text() == "a,b\n558,1.00\n12.5,1.00\n0.125,1.00\n,1.00\n-120,1.00\n"
