"""What once went wrong: rows that went astray, and runs that ended before their end."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import screening

import region
import tables
from barriermodel import BarrierModel, InputError, Level
from barriermodel.batch import open_table
from barriermodel.batch import run as running
from barriermodel.batch.mapping import read_map
from barriermodel.cli.commands import run
from barriermodel.plugin import Fact
from children import hearing

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DAY = ["--profile", "portfolio-scan", "--as-of", "2019-06-01"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


@pytest.mark.parametrize(("amount", "read"), [("60.000", False), ("-1.250", False), ("60.00", True), ("60000", True)])
def test_thousands_are_not_taken_for_decimals(model: BarrierModel, tmp_path: Path, amount: str, read: bool) -> None:
    (tmp_path / "in.csv").write_text(f"accounts__profit\n{amount}\n")

    summary = tables.batch(model, tmp_path / "in.csv", tmp_path / "out.csv")

    assert (summary.rows, summary.rows_with_errors) == (1, 0 if read else 1)
    assert ("can be" in str(tables.read(tmp_path / "out.csv")[0]["advice__error"])) is not read


@pytest.mark.parametrize("closed", [True, False])
def test_a_quote_that_somebody_forgot_writes_nothing(model: BarrierModel, tmp_path: Path, closed: bool) -> None:
    lines = [f"{n},true" for n in range(500)]
    lines[7] = '"7,true'
    lines[400] = '400",true' if closed else lines[400]
    (tmp_path / "in.csv").write_text("\n".join(["name,sanctions__hit", *lines]) + "\n")

    with pytest.raises(InputError, match=r"line 9: a quote that opens here is not closed within 100 lines"):
        tables.batch(model, tmp_path / "in.csv", tmp_path / "out.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_run_that_ends_before_its_end_writes_nothing(
    model: BarrierModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where an interruption is kept by what reads."""
    tables.write(pl.DataFrame({"sanctions__hit": [True] * 60_000}), tmp_path / "in.csv")
    whole = running._parts

    def part(frame: pl.LazyFrame, where: str) -> Iterator[pl.DataFrame]:
        yield from whole(frame.head(25_000), where)

    monkeypatch.setattr(running, "_parts", part)
    with pytest.raises(InputError, match="stopped before its end; nothing is written"):
        tables.batch(model, tmp_path / "in.csv", tmp_path / "out.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_program_that_is_told_to_stop_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, status: int
) -> None:
    (tmp_path / "in.csv").write_text("kvk_extract__active\ntrue\n")

    def stop(*_: Any, **__: Any) -> None:
        os.kill(os.getpid(), getattr(signal, name))

    monkeypatch.setattr(running, "_write", stop)

    with hearing(getattr(signal, name)):
        assert run(["batch", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), *DAY]) == status
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_what_cannot_be_written_is_told_of_its_own_file(
    model: BarrierModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in.csv").write_text("sanctions__hit\ntrue\n")

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(running, "_write", full)
    with pytest.raises(Exception, match=r"out\.csv cannot be written: No space left on device"):
        tables.batch(model, tmp_path / "in.csv", tmp_path / "out.csv")


def test_the_columns_of_a_barrier_that_a_profile_leaves_out_pass_through(tmp_path: Path) -> None:
    profile = tmp_path / "own.toml"
    profile.write_text(
        'id = "own"\ntitle = { nl = "x", en = "x" }\nowner = "x"\nstatus = "reconstruction"\nvalid_from = 2019-01-01\n'
        '[[stages]]\nid = "s"\ntitle = { nl = "x", en = "x" }\nmoment = "admission"\nbarriers = ["nl.kvk"]\n'
    )
    (tmp_path / "in.csv").write_text("kvk_extract__active,derived__nl_quality_certificate__certificate_from\ntrue,?\n")
    arguments = ["batch", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), "--profile", str(profile)]

    assert run([*arguments, "--as-of", "2019-06-01"]) == 0


def test_an_open_house_among_dossiers_is_not_compared_also_where_no_rule_reads_the_procedure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile, output = tmp_path / "own.toml", tmp_path / "out.parquet"
    profile.write_text(
        'id = "own"\ntitle = { nl = "x", en = "x" }\nowner = "x"\nstatus = "reconstruction"\nvalid_from = 2019-01-01\n'
        '[[stages]]\nid = "s"\ntitle = { nl = "x", en = "x" }\nmoment = "admission"\nbarriers = ["nl.kvk"]\n'
        'combine = { by = "count", orange = 1, red = 2, assumption = "x" }\n'
    )

    assert run(["batch", str(EXAMPLES), str(output), "--profile", str(profile)]) == 0
    assert run(["columns", str(profile)]) == 0
    assert "award__procedure" in capsys.readouterr().out
    rows = pl.read_parquet(output).to_dicts()
    assert {row["award__procedure"] for row in rows} > {"open_house"}
    for row in rows:
        refused = "open house" in (row["advice__error"] or "")
        assert refused is (row["award__procedure"] == "open_house") is (row["rule__nl_kvk_active"] is None)
        assert (run(["assess", str(EXAMPLES / row["dossier"]), "--profile", str(profile)]) == 2) is refused


def test_an_empty_word_in_a_map_is_an_error(model: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text('[columns.inspection__grade]\nfrom = "x"\ncodes = { "" = "good" }\n')

    with pytest.raises(InputError, match=r"columns\.inspection__grade\.codes: a word of yours is empty"):
        read_map(tmp_path / "map.toml", model.resolved)


def test_a_table_without_rows_has_no_row_to_explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.csv").write_text("kvk,kvk_extract__active\n")
    for suffix in ("csv", "parquet"):
        out = tmp_path / f"out.{suffix}"
        assert run(["batch", str(tmp_path / "in.csv"), str(out), *DAY]) == 0
        assert run(["explain", str(out), "--id", "kvk=1"]) == 2
        assert "give --profile" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["--map", "--profile"])
def test_a_report_does_not_take_the_place_of_what_is_read(tmp_path: Path, what: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text("")
    (tmp_path / "in.csv").write_text("kvk_extract__active\ntrue\n")
    given = {"--profile": "portfolio-scan", "--map": None} | {what: str(own)}
    options = [part for name, value in given.items() if value for part in (name, value)]

    assert run(["backtest", str(tmp_path / "in.csv"), *options, "--output", str(own)]) == 2
    assert own.read_text() == ""


def complete(team: region.Team) -> Fact[bool]:
    return team.complete


def test_rejects_of_a_table_that_is_opened_tell_no_confidential_value(tmp_path: Path) -> None:
    made = region.barrier("x.team")
    made.signal(level=Level.RED)(complete)
    model = region.model(made)
    (tmp_path / "map.toml").write_text('[columns.team__complete]\nfrom = "dienst"\ntrue = ["ja"]\nfalse = ["nee"]\n')
    (tmp_path / "in.csv").write_text("dienst\nGEHEIM\n")

    with pytest.raises(Exception, match="it is confidential") as error:
        open_table(tmp_path / "in.csv", model, tmp_path / "map.toml").collect()
    assert "GEHEIM" not in str(error.value)
