"""``barriermodel sweep`` and ``barriermodel backtest``."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from barriermodel import BarrierModel, TableWarning
from barriermodel.calibration import backtest, sweep
from barriermodel.calibration.backtests.text import backtest_text
from barriermodel.calibration.sweeps.text import sweep_text
from barriermodel.cli.commands import run
from examples import by_turns

pl = pytest.importorskip("polars")
pytest.importorskip("scipy")

DAY = ["--profile", "portfolio-scan", "--as-of", "2019-06-01"]
MARGIN = "nl.financial_signals.max_margin"
ROWS = {
    "annual_accounts__profit": [4.0, 8.0, 12.0, 16.0, None] * 4, "annual_accounts__turnover": [100.0] * 20,
    "provider__legal_form": ["bv"] * 12 + ["stichting"] * 8, "found": [True, False, None, True, None] * 4,
}  # fmt: skip


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "table.parquet"
    pl.DataFrame(ROWS).write_parquet(path)
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: Any, status: int = 0) -> tuple[str, str]:
    assert run([str(argument) for argument in arguments]) == status
    found = capsys.readouterr()
    assert "Traceback" not in found.err
    return found.out, found.err


# Sweep ------------------------------------------------------------------------------------------------


def test_a_sweep_as_text_csv_and_json(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    setting = ["--set", f"{MARGIN}=0.05:0.15:0.05"]
    model = BarrierModel.load("portfolio-scan")
    with pytest.warns(TableWarning):
        found = sweep(model, pl.read_parquet(table), {MARGIN: [0.05, 0.15]}, as_of=date(2019, 6, 1))

    text, err = told(capsys, "sweep", table, *DAY, *setting)
    english, _ = told(capsys, "sweep", table, *DAY, *setting, "--lang", "en")
    rows, _ = told(capsys, "sweep", table, *DAY, *setting, "--format", "csv")
    data, _ = told(capsys, "sweep", table, *DAY, *setting, "--format", "json")

    assert err == "barriermodel: 3 settings, the profile's own among them\n"
    assert text == sweep_text(found, "nl")
    assert english == sweep_text(found, "en")
    assert text.count("◄ zoals het profiel nu is") == 1
    assert text.count("In elke rij onbekend, want er is geen kolom") == 1
    assert "10%" in next(line for line in text.splitlines() if "◄" in line)
    assert [row[MARGIN] for row in csv.DictReader(rows.splitlines())] == ["0.05", "0.1", "0.15"]
    assert [row["current"] for row in csv.DictReader(rows.splitlines())] == ["false", "true", "false"]
    assert json.loads(data) == found.to_dict()


def test_a_sweep_and_a_backtest_as_a_page(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sweep_page, _ = told(capsys, "sweep", table, *DAY, "--set", f"{MARGIN}=0.05", "--format", "html", "--lang", "en")
    told(capsys, "backtest", table, *DAY, "--format", "html", "-o", table.with_name("page.html"))

    assert "<h1>The advice of portfolio-scan over 20 rows, reference date 1 June 2019</h1>" in sweep_page
    backtest_page = table.with_name("page.html").read_text(encoding="utf-8")
    assert "<h1>De regels van portfolio-scan op 20 rijen, peildatum 1 juni 2019</h1>" in backtest_page


def test_a_profile_of_which_the_one_rule_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A margin of 24% is over both limits."""
    monkeypatch.chdir(tmp_path)
    left_out = [
        f'[rules."nl.financial_signals.{name}"]\nleave_out = true\nreason = "not in the table"\n'
        for name in ("high_dividend", "low_personnel_cost")
    ]
    Path("profit.toml").write_text(
        'id = "profit"\ntitle = { nl = "Winst", en = "Profit" }\nowner = "tests"\nextends = "portfolio-scan"\n'
        'status = "reconstruction"\nvalid_from = 2019-01-01\n'
        + "".join(left_out) + '[changes]\ndrop_stages = ["requirements", "lawfulness"]\n'
    )  # fmt: skip
    Path("table.csv").write_text(
        "provider__legal_form,annual_accounts__profit,annual_accounts__turnover\nbv,240,1000\n"
    )
    day = ["--profile", "profit.toml", "--as-of", "2026-01-15", "--format", "csv"]

    rows, _ = told(capsys, "sweep", "table.csv", *day, "--set", f"{MARGIN}=0.05,0.10")

    found = list(csv.DictReader(rows.splitlines()))
    assert [(row[MARGIN], row["orange"], row["undecided"]) for row in found] == [("0.05", "1", "0"), ("0.1", "1", "0")]


def test_other_files_and_a_folder_of_dossiers(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = pl.read_parquet(table)
    frame.write_csv("table.csv")
    frame.write_ndjson("table.jsonl")
    wanted, _ = told(capsys, "sweep", table, *DAY, "--set", f"{MARGIN}=0.05")
    for other in ("table.csv", "table.jsonl"):
        assert told(capsys, "sweep", other, *DAY, "--set", f"{MARGIN}=0.05")[0] == wanted
    folder = Path(__file__).parent.parent.parent / "docs" / "examples"
    text, _ = told(capsys, "sweep", folder, "-p", "portfolio-scan", "--set", f"{MARGIN}=0.05")

    assert "Het advies van portfolio-scan over 8 rijen, op de datum van elke rij" in text


def test_a_map_of_own_columns(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("own.csv").write_text("winst;omzet\n12,5;100\n2,5;100\n", encoding="utf-8")
    Path("map.toml").write_text(
        'separator = ";"\ndecimal = ","\n[columns.annual_accounts__profit]\nfrom = "winst"\n'
        '[columns.annual_accounts__turnover]\nfrom = "omzet"\n', encoding="utf-8",
    )  # fmt: skip
    out, _ = told(capsys, "sweep", "own.csv", *DAY, "--map", "map.toml", "--set", f"{MARGIN}=0.05", "--format", "json")

    assert json.loads(out)["rows"] == 2


def test_amounts_that_a_map_says_to_be_in_thousands_are_told(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("own.csv").write_text("winst\n558.000\n", encoding="utf-8")
    Path("map.toml").write_text(
        'decimal = "."\n[columns.annual_accounts__profit]\nfrom = "winst"\ntimes = 1000\n', encoding="utf-8"
    )
    _, err = told(capsys, "sweep", "own.csv", *DAY, "--map", "map.toml", "--set", f"{MARGIN}=0.05")

    assert "these amounts are in thousands, with a point before decimals: annual_accounts__profit" in err


def test_a_large_grid_is_refused_unless_it_is_meant(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sets = ["--set", f"{MARGIN}=0.001:0.2:0.001", "--set", "nl.financial_signals.min_personnel_share=0.01:0.6:0.01"]
    _, err = told(capsys, "sweep", table, *DAY, *sets, status=2)

    assert "12200 settings, the profile's own among them" in err
    assert "more than 10000; take larger steps, or add --yes" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--set", "nl.financial_signals.max_margn=0.1"], "did you mean 'nl.financial_signals.max_margin'?"),
        (["--set", f"{MARGIN}=-0.1"], "expected at least 0"),
        (["--set", f"{MARGIN}=0,03"], "write decimals with a point"),
        (["--set", "nl.kvk.care_sbi=86"], "it is a list"),
        ([], "--set"),
        (
            ["--set", f"{MARGIN}=0.1", "--plot", "x.gif"],
            "x.gif: a plot is written as its name ends: in .svg, .png, .pdf",
        ),
        (["--set", f"{MARGIN}=0.1", "--plot", "table.parquet"], "--plot and TABLE are one file"),
        (["--set", f"{MARGIN}=0.1", "-o", "a.svg", "--plot", "./a.svg"], "--plot and --output are one file"),
        (["--set", f"{MARGIN}=0.1", "--plot", "no/where.svg"], "no/where.svg cannot be written: No such file"),
        (["--set", f"{MARGIN}=0.1", "--as-of", "2018-01-01"], "valid from 2019-01-01"),
        (["--set", f"{MARGIN}=0.1", "--map", "none.toml"], "none.toml"),
    ],
)
def test_a_mistake_is_told(table: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    _, err = told(capsys, "sweep", table, *DAY, *arguments, status=2)

    assert message in err
    assert not Path("a.svg").exists()


def test_more_parameters_than_a_plot_shows(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [MARGIN, "nl.financial_signals.min_personnel_share", "nl.financial_signals.max_dividend_share"]
    sets = [part for id in ids for part in ("--set", f"{id}=0.1")]

    assert (
        "a plot shows one or two parameters, not 3"
        in told(capsys, "sweep", table, *DAY, *sets, "--plot", "x.svg", status=2)[1]
    )


@pytest.mark.parametrize("command", [["sweep", "--set", f"{MARGIN}=0.1"], ["backtest"]])
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.csv", None, "there is no such file"),
        ("odd.txt", "x", "its name ends in none of"),
        ("bad.csv", "annual_accounts__profit;k\n1\n", "bad.csv: 1 row cannot be read"),
        ("odd.csv", "annual_accounts__proft\n1\n", "did you mean 'annual_accounts__profit'?"),
        ("bad.parquet", "x", "bad.parquet"),
    ],
)
def test_a_table_that_cannot_be_read_is_told(
    table: Path, capsys: pytest.CaptureFixture[str], command: list[str], name: str, content: str | None, message: str
) -> None:
    if content is not None:
        Path(name).write_text(content, encoding="utf-8")
    out, err = told(capsys, command[0], name, *DAY, *command[1:], status=2)

    assert message in err
    assert out == ""


# Backtest ---------------------------------------------------------------------------------------------


def test_groups_in_csv_are_no_formulas(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pl.read_parquet(table).with_columns(pl.lit("=1+1").alias("@wijk")).write_parquet(table)
    arguments = ["backtest", table, *DAY, "--by", "@wijk", "--format", "csv"]

    kept = told(capsys, *arguments)[0]
    raw = told(capsys, *arguments, "--raw")[0]

    assert "\n'@wijk,'=1+1," in kept
    assert raw == kept.replace("\n'@wijk,'=1+1,", "\n@wijk,=1+1,")


def test_a_backtest_as_text_csv_and_json(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = BarrierModel.load("portfolio-scan")
    with pytest.warns(TableWarning):
        found = backtest(model, pl.read_parquet(table), label="found", as_of=date(2019, 6, 1))
    arguments = ["backtest", table, *DAY, "--label", "found"]

    text, err = told(capsys, *arguments)
    english, _ = told(capsys, *arguments, "--lang", "en")
    rows, _ = told(capsys, *arguments, "--format", "csv")
    data, _ = told(capsys, *arguments, "--format", "json")
    told(capsys, *arguments, "--output", "found.txt")

    assert err == ""
    assert (text, english) == (backtest_text(found, "nl"), backtest_text(found, "en"))
    assert Path("found.txt").read_text(encoding="utf-8") == text
    assert "Alleen onderzochte rijen tellen hieronder mee. Wie is onderzocht, is niet door loting bepaald" in text
    assert "Only investigated rows count below. Who was investigated was not drawn by lot" in english
    assert "Onderzocht: 12 van 20 rijen. Daarvan is bij 8 iets gevonden (found)." in text
    assert len(list(csv.DictReader(rows.splitlines()))) == len(found.rows())
    assert json.loads(data) == found.to_dict()


def test_without_a_label_nothing_is_said_of_investigations(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, _ = told(capsys, "backtest", table, *DAY, "--by", "annual_accounts__profit")

    assert "onderzocht" not in text.lower()
    assert "Per annual_accounts__profit (tot en met 4 5; " not in text
    assert "overige (kleine groepen samen)" in text or "onbekend" in text


def test_a_label_in_csv_is_text(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted, _ = told(capsys, "backtest", table, *DAY, "--label", "found")
    pl.read_parquet(table).write_csv("table.csv")

    assert told(capsys, "backtest", "table.csv", *DAY, "--label", "found")[0] == wanted

    dutch = pl.col("found").replace_strict({True: "Ja", False: "nee"}, default=None, return_dtype=pl.String)
    pl.read_parquet(table).with_columns(found=dutch).write_csv("table.csv")
    assert told(capsys, "backtest", "table.csv", *DAY, "--label", "found")[0] == wanted

    pl.read_parquet(table).with_columns(found=pl.lit("j")).write_csv("table.csv")
    _, err = told(capsys, "backtest", "table.csv", *DAY, "--label", "found", status=2)
    assert "found: expected true, false, or nothing where there was no investigation; found 'j'" in err
    _, err = told(capsys, "backtest", "table.csv", *DAY, "--label", "fond", status=2)
    assert "fond: the table has no such column; did you mean 'found'?" in err


@pytest.mark.parametrize(
    ("cells", "words"),
    [(["240000", "veel"], "1 row has a cell that cannot be read, which counts as unknown"),
     (["weet niet", "veel"], "2 rows have a cell that cannot be read"), (["240000", ""], "")],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_unknown_and_told(
    table: Path, capsys: pytest.CaptureFixture[str], cells: list[str], words: str
) -> None:
    rows = "".join(f"{cell};1.000.000,00;bv\n" for cell in cells)
    head = "annual_accounts__profit;annual_accounts__turnover;provider__legal_form\n"
    Path("table.csv").write_text(head + rows, encoding="utf-8")
    _, err = told(capsys, "backtest", "table.csv", *DAY)

    assert words in err
    assert bool(words) is ("cannot be read" in err)


# Plots ------------------------------------------------------------------------------------------------

SETS = ["--set", f"{MARGIN}=0.05:0.15:0.05"]
KINDS = {
    "line": ["sweep", *SETS],
    "grid": ["sweep", *SETS, "--set", "nl.financial_signals.min_personnel_share=0.5:0.6:0.05"],
    "bars": ["sweep", "--set", "nl.kvk.min_months=24"], "rules": ["backtest", "--label", "found"],
    "unlabelled": ["backtest", "--lang", "en"],
}  # fmt: skip


@pytest.mark.parametrize("kind", by_turns(KINDS, by_day=["line", "rules"]))
def test_a_plot_is_the_same_file_each_time(table: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    pytest.importorskip("matplotlib")
    command, *options = KINDS[kind]
    for name in ("one.svg", "other.svg"):
        told(capsys, command, table, *DAY, *options, "--plot", name)
    first = Path("one.svg").read_bytes()

    assert first == Path("other.svg").read_bytes()
    assert (b"rows" if kind == "unlabelled" else b"rijen") in first


@pytest.mark.parametrize(("suffix", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("SVG", b"<?xml")])
def test_a_plot_is_of_the_sort_that_its_name_ends_in(
    table: Path, capsys: pytest.CaptureFixture[str], suffix: str, begins: bytes
) -> None:
    pytest.importorskip("matplotlib")
    told(capsys, "sweep", table, *DAY, *SETS, "--plot", f"plot.{suffix}")

    assert Path(f"plot.{suffix}").read_bytes().startswith(begins)


def test_the_command_line_loads_none_of_this_before_it_is_asked_for() -> None:
    code = "import sys, barriermodel.cli.commands, barriermodel.calibration\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"polars", "numpy", "scipy", "matplotlib", "narwhals"} & set(ran.stdout.split())
