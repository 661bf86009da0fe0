"""With ``--dialect same`` an output is written as the input is, so that the same spreadsheet opens it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import InputError
from barriermodel.batch.column_reading import ColumnReading
from barriermodel.batch.dialect import DUTCH_DATE, Dialect, learn_dialect
from barriermodel.batch.writers import open_writer
from barriermodel.cli.commands import run
from barriermodel.plugin import Money
from barriermodel.text import unescape_cell

EXCEL = Dialect(
    encoding="windows-1252", separator=";", decimal=",", date=DUTCH_DATE, newline="\r\n", true="WAAR", false="ONWAAR"
)
"""How a Dutch Excel saves CSV."""
FRAME = pl.DataFrame(
    {
        "naam": ["Café 'Ergens'; € 5", None],
        "a__amount": [1250.5, 240000.0],
        "a__flag": [True, False],
        "a__day": [date(2026, 1, 5), None],
        "a__count": [12, -3],
        "rule__a": [None, True],
    }
)


def written(frame: pl.DataFrame, dialect: Dialect, folder: Path) -> bytes:
    """What is written of a frame, in two parts."""
    path = folder / "out.csv"
    with path.open("wb") as file, open_writer(file, ".csv", frame.schema, dialect) as write:
        write(frame.head(1))
        write(frame.slice(1))
    return path.read_bytes()


def test_it_is_written_as_a_dutch_spreadsheet_has_it(tmp_path: Path) -> None:
    assert written(FRAME, EXCEL, tmp_path).decode("windows-1252") == (
        "naam;a__amount;a__flag;a__day;a__count;rule__a\r\n"
        "\"Café 'Ergens'; € 5\";1250,5;WAAR;05-01-2026;12;\r\n"
        ";240000,0;ONWAAR;;-3;WAAR\r\n"
    )


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")],
)
def test_the_mark_of_an_encoding_stands_once_at_the_beginning(tmp_path: Path, encoding: str, mark: bytes) -> None:
    raw = written(FRAME.select("naam", "a__day"), Dialect(encoding=encoding, bom=True), tmp_path)

    assert raw.startswith(mark)
    assert raw.removeprefix(mark).decode(encoding) == "naam,a__day\nCafé 'Ergens'; € 5,2026-01-05\n,\n"


def test_without_a_mark_there_is_none(tmp_path: Path) -> None:
    assert written(FRAME.select("a__count"), Dialect(), tmp_path) == b"a__count\n12\n-3\n"


@pytest.mark.parametrize(
    ("separator", "cells", "decimal"),
    [
        (";", ["1200.50", "3"], "."),  # what the numbers show goes before what is usual with a separator
        (",", ["1200,50", "3"], ","),
        (";", ["1200,50", "3.25"], ","),  # both: what is usual
        (",", ["1200,50", "3.25"], "."),
        (";", ["1200", "3"], ","),
        (",", ["1200", "3"], "."),
    ],
)
def test_the_sign_before_decimals_is_learned_from_the_numbers(separator: str, cells: list[str], decimal: str) -> None:
    how = ColumnReading(column="a__amount", source="omzet", fact_type=Money)

    found = learn_dialect(Dialect(separator=separator), pl.DataFrame({"omzet": cells}), [how])

    assert found.decimal == decimal


def test_a_decimal_comma_between_commas_is_quoted(tmp_path: Path) -> None:
    found = written(FRAME.select("a__amount", "a__count"), Dialect(decimal=","), tmp_path)

    assert found == b'a__amount,a__count\n"1250,5",12\n"240000,0",-3\n'


def test_a_number_with_a_comma_can_be_one_number_only(tmp_path: Path) -> None:
    """Three digits after a mark may be thousands, and a letter between digits is no figure to a person."""
    numbers = [1.125, -0.125, 1e-7, 1e20, 1.5, None, 1234.1234]
    found = written(pl.DataFrame({"a": ["x"] * 7, "b": numbers}), EXCEL, tmp_path).decode().splitlines()

    assert [line.partition(";")[2] for line in found[1:]] == [
        "1,1250", "-0,1250", "0,0000001", "100000000000000000000", "1,5", "", "1234,1234",
    ]  # fmt: skip


def test_a_letter_that_the_encoding_has_not_is_told_and_not_lost(tmp_path: Path) -> None:
    frame = pl.DataFrame({"naam": ["Łódź"]})

    with pytest.raises(InputError, match="'Ł' cannot be written in windows-1252"):
        written(frame, EXCEL, tmp_path)


letters = st.text(st.characters(codec="windows-1252", exclude_characters="\n\r\0"), max_size=8)
dialects = st.builds(
    Dialect,
    encoding=st.sampled_from(["utf-8", "windows-1252", "utf-16-le"]), bom=st.just(False),
    separator=st.sampled_from(",;\t|"), decimal=st.sampled_from(",."), newline=st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip


@given(st.lists(st.tuples(letters, st.floats(-1e9, 1e9), st.dates()), min_size=1, max_size=4), dialects)
def test_whatever_is_written_is_there(tmp_path_factory: Any, rows: list[tuple[Any, ...]], dialect: Dialect) -> None:
    frame = pl.DataFrame(rows, schema={"t": pl.String, "x": pl.Float64, "d": pl.Date}, orient="row")

    text = written(frame, dialect, tmp_path_factory.getbasetemp()).decode(dialect.encoding)

    _, *found = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.separator)
    for (words, number, day), (cell, figures, iso) in zip(rows, found, strict=True):
        assert unescape_cell(cell) == words
        assert float(figures.replace(",", ".")) == number
        assert iso == f"{day.year:04}-{day.month:02}-{day.day:02}"


# The command ------------------------------------------------------------------------------------------

TWENTE = ["--profile", "portfolio-scan", "--as-of", "2026-01-15"]


@pytest.mark.parametrize(
    ("source", "output", "message"),
    [
        ("in.parquet", "out.csv", "in.parquet: --dialect same is for CSV alone, and the input is none; leave it out"),
        ("in.csv", "out.jsonl", "out.jsonl: --dialect same is for CSV alone, and the output is none; leave it out"),
    ],
)
def test_what_is_no_csv_has_no_dialect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], source: str, output: str,
    message: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    frame = pl.DataFrame({"kvk_extract__active": [True]})
    frame.write_parquet("in.parquet")
    frame.write_csv("in.csv")

    assert run(["batch", source, output, *TWENTE, "--dialect", "same"]) == 2
    assert message in capsys.readouterr().err
    assert not Path(output).exists()


def test_without_the_option_the_separator_alone_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("kvk;kvk_extract__active\r\n1;true\r\n", newline="")

    assert run(["batch", "in.csv", "out.csv", *TWENTE]) == 0
    assert Path("out.csv").read_bytes().startswith(b"kvk;kvk_extract__active;map__unread;as_of;")
    assert b"\r" not in Path("out.csv").read_bytes()
