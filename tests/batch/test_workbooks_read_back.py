"""A workbook that batch wrote can be assessed and explained again, also after a spreadsheet saved it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from drawn_rows import draw_table
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import region
from barriermodel import BarrierModel, Level
from barriermodel.batch.job import BatchJob
from barriermodel.batch.run import run
from barriermodel.cli.commands import run as command
from barriermodel.plugin import UNKNOWN, Fact, Ratio, evidence
from examples import by_turns

AS_OF = date(2026, 1, 15)
FOUND = ("stage__", "concern__", "barrier__", "rule__")
ADDED = ("advice__", *FOUND)
SMALL = ["--profile", str(Path(__file__).parents[1] / "one_barrier.toml")]
OFFICE = shutil.which("soffice")


@evidence("measured", burden=1)
class Measured:
    """A share with more digits than a spreadsheet keeps."""

    share: Fact[Ratio] = UNKNOWN


near = region.barrier("own.near")


@near.signal(level=Level.RED)
def above_a_limit(measured: Measured) -> Fact[bool]:
    return measured.share > 0.3


def assess(model: BarrierModel, source: Path, output: Path, **options: Any) -> Path:
    run(model, BatchJob(source=source, output=output, profile=model.resolved.profile.id, **options))
    return output


def rows(path: Path) -> pl.DataFrame:
    """The rows of an output, in the order of their numbers."""
    return pl.read_parquet(path).sort("kvk")


# After it was saved -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel.load("portfolio-scan")


@pytest.fixture(scope="module")
def folder(model: BarrierModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table with values at limits and dates that cannot be, and what batch makes of it in three formats."""
    folder = tmp_path_factory.mktemp("first")
    names = pl.Series([f"Zorg {n}" for n in range(3)] + ["=1+1", "'=1+1", "''+1", "@SUM(A1)", " 007"])
    table = draw_table(model, 3, 8, AS_OF, derived=False).with_columns(provider__name=names, Omzet=names)
    table = table.with_columns(pl.col(pl.String).str.replace("\u202e", ""))  # which no workbook has
    table.write_parquet(folder / "in.parquet")
    for name in ("first.parquet", "first.xlsx", "first.csv"):
        assess(model, folder / "in.parquet", folder / name, as_of=AS_OF)
    return folder


def as_it_was(path: Path, _: Path) -> Path:
    return path


def worked_in(path: Path, folder: Path) -> Path:
    """Remarks are added, rows hidden by a filter, and the data sorted the other way round."""
    book = openpyxl.load_workbook(path)
    overview, data = book["Overzicht"], book["Gegevens"]
    overview["J2"] = "gebeld op 3 maart"
    overview.row_dimensions[3].hidden = data.row_dimensions[2].hidden = True
    below = [*data.iter_rows(min_row=2, values_only=True)]
    for row, cells in enumerate(reversed(below), 2):
        for column, cell in enumerate(cells, 1):
            data.cell(row, column).value = cell
            data.cell(row, column).data_type = "s" if isinstance(cell, str) else data.cell(row, column).data_type
    book.save(folder / "worked.xlsx")
    return folder / "worked.xlsx"


def saved_by_office(suffix: str) -> Callable[[Path, Path], Path]:
    def save(path: Path, folder: Path) -> Path:
        assert OFFICE
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
        to = ["--headless", "--convert-to", suffix, "--outdir", str(folder)]
        subprocess.run([OFFICE, home, *to, str(path)], check=True, capture_output=True, timeout=120)
        return folder / f"{path.stem}.{suffix}"

    return save


OFFICE_MARKS = [pytest.mark.nightly, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]
BY_OFFICE = [pytest.param(saved_by_office(suffix), id=suffix, marks=OFFICE_MARKS) for suffix in ("xlsx", "ods")]


@pytest.fixture(scope="module", params=[*by_turns([as_it_was, worked_in], by_day=[worked_in]), *BY_OFFICE])
def saved(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = request.param(folder / "first.xlsx", tmp_path_factory.mktemp("saved"))
    return path


def test_each_row_has_the_advice_that_it_had(model: BarrierModel, folder: Path, saved: Path, tmp_path: Path) -> None:
    first, again = rows(folder / "first.parquet"), rows(assess(model, saved, tmp_path / "again.parquet"))

    for name in (name for name in first.columns if name.startswith(ADDED)):
        assert again[name].to_list() == first[name].to_list(), name


def test_a_row_is_explained_as_in_the_csv(folder: Path, saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for path in (folder / "first.csv", saved):
        assert command(["explain", str(path), "--id", "Omzet='=1+1"]) == 0
        told.append(capsys.readouterr())

    assert told[1] == told[0]
    assert told[0].out.startswith("'=1+1\n")


def test_a_share_keeps_the_digits_that_a_spreadsheet_does_not(tmp_path: Path) -> None:
    shares = [0.1 + 0.2, 0.3, 1 / 3, 1e-7 / 3, None]
    assert [float(f"{share or 0:.15g}") > 0.3 for share in shares] == [False, False, True, False, False]
    model = BarrierModel(region.profile(region.stage("all", "own.near")), region.registry(near, kinds=[Measured]))
    table = pl.DataFrame({"kvk": [*"12345"], "measured__share": shares})
    table.write_parquet(tmp_path / "in.parquet")
    book = assess(model, tmp_path / "in.parquet", tmp_path / "first.xlsx", as_of=AS_OF)
    again = rows(assess(model, book, tmp_path / "again.parquet"))

    assert again["rule__own_near_above_a_limit"].to_list() == [True, False, True, False, None]
    assert again["measured__share"].to_list() == shares


def test_data_has_what_the_other_formats_have_but_for_what_was_found(folder: Path) -> None:
    head = [cell.value for cell in openpyxl.load_workbook(folder / "first.xlsx")["Gegevens"][1]]

    assert head == [name for name in rows(folder / "first.parquet").columns if not name.startswith(FOUND)]


# What people change -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of two rows, in English."""
    folder = tmp_path_factory.mktemp("small")
    day = date(2015, 3, 1)
    cells = {
        "naam": ["Zorg A", "Zorg B"],
        "kvk_extract__active": [True, None],
        "kvk_extract__registered_on": [day, None],
    }
    pl.DataFrame(cells).write_parquet(folder / "in.parquet")
    arguments = ["batch", str(folder / "in.parquet"), str(folder / "small.xlsx"), *SMALL, "--as-of", "2026-01-15"]
    assert command([*arguments, "--lang", "en"]) == 0
    return folder / "small.xlsx"


def changed(path: Path, folder: Path, change: Callable[[Workbook, Worksheet], object]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book, book["Data"])
    book.save(folder / "changed.xlsx")
    return folder / "changed.xlsx"


def without(*prefixes: str) -> Callable[[Workbook, Worksheet], None]:
    def change(_: Workbook, sheet: Worksheet) -> None:
        for column in range(sheet.max_column, 0, -1):
            if str(sheet.cell(1, column).value).startswith(prefixes):
                sheet.delete_cols(column)

    return change


def with_a_new_list(book: Workbook, _: Worksheet) -> None:
    book.create_sheet("Nieuw").append(["naam", "kvk_extract__active", "kvk_extract__registered_on"])


def test_what_is_typed_into_the_data_counts(small: Path, tmp_path: Path) -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        names = [cell.value for cell in sheet[1]]
        for name, typed in {"kvk_extract__active": "WAAR", "kvk_extract__registered_on": "1-12-2025"}.items():
            sheet.cell(3, names.index(name) + 1).value = typed

    assert command(["batch", str(changed(small, tmp_path, change)), str(tmp_path / "again.parquet"), *SMALL]) == 0
    found = pl.read_parquet(tmp_path / "again.parquet").row(1, named=True)
    assert (found["kvk_extract__active"], found["kvk_extract__registered_on"]) == (True, date(2025, 12, 1))
    assert found["rule__nl_kvk_recently_registered"] is True


def test_a_map_reads_the_data_and_not_an_overview_with_columns_of_those_names(small: Path, tmp_path: Path) -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        for column, name in enumerate(("Name", "Number"), sheet.max_column + 1):
            for row, text in enumerate((name, f"{name} A", f"{name} B"), 1):
                sheet.cell(row, column).value = text

    (tmp_path / "map.toml").write_text('[columns]\nprovider__name.from = "Name"\naward__id.from = "Number"\n')
    arguments = ["batch", str(changed(small, tmp_path, change)), str(tmp_path / "again.parquet"), *SMALL]
    assert command([*arguments, "--map", str(tmp_path / "map.toml")]) == 0
    assert pl.read_parquet(tmp_path / "again.parquet")["provider__name"].to_list() == ["Name A", "Name B"]


GONE = (
    "what batch wrote is read from the sheet 'Data', which is gone or has other columns now; take the file as it was "
    "written, or your own list"
)
REFUSED: dict[str, tuple[Callable[[Workbook, Worksheet], object], str, str]] = {
    "no sheet": (lambda book, _: book.remove(book["Data"]), GONE, GONE),
    "no names": (lambda _, sheet: sheet.delete_rows(1), GONE, GONE),
    "no advice": (without("advice__"), GONE, GONE),
    "no profile": (
        without("advice__profile"), "it is no output of batch, which has advice__profile",
        "it does not say which profile it was made with (advice__profile); give --profile",
    ),
    "no date": (without("as_of"), "give a date with --as-of", "it has no column as_of; give a date with --as-of"),
    "no facts": (without("kvk_extract__", "as_of"), *["none of its columns is one that the profile reads"] * 2),
    "two lists": (with_a_new_list, *["it is not clear which sheet is meant; say in a map: sheet = '…', one of"] * 2),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_can_no_longer_be_read_back_is_refused_in_a_sentence(
    small: Path, tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change, of_batch, of_explain = REFUSED[what]
    path = changed(small, tmp_path, change)
    tries = {
        of_batch: ["batch", str(path), str(tmp_path / "again.csv"), *SMALL],
        of_explain: ["explain", str(path), "--id", "naam=Zorg A"],
    }
    for wanted, arguments in tries.items():
        assert command(arguments) == 2
        told = capsys.readouterr().err
        assert wanted in told
        assert told.count("\n") == 1
    assert not (tmp_path / "again.csv").exists()
