"""What confidential evidence says is in no output of a table, whatever kinds the profile uses."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from barriermodel import BarrierModel, InputError
from barriermodel.calibration import backtest
from barriermodel.cli.commands import run

pl = pytest.importorskip("polars")
pytest.importorskip("barriermodel_integrity")
pytest.importorskip("barriermodel_twente")

HEAD = (
    "kvk,as_of,kvk_extract__active,bibob_advice__conclusion,bibob_advice__reference,bibob_advice__issued_on,"
    "BIBOB_ADVICE__given_on,gva__number,self_declaration__fraud,self_declaration,warning_register_check__registered,"
    "derived__nl_bibob__usable_conclusion, gva__number,gva.number"
)
ROW = (
    ",2026-01-15,{},serious_danger,GEHEIM1,2023-04-17,2023-04-17,GEHEIM2,true,GEHEIM3,true,serious_danger,"
    "GEHEIM4,GEHEIM5"
)
TABLE = "\n".join(
    [
        HEAD,
        f"01234567{ROW.format('true')}",
        f"01234568{ROW.format('true').replace('2026-01-15', 'gisteren')}",
        "",
    ]
)
SECRETS = ("GEHEIM", "serious_danger", "2023-04-17")
HIDDEN = [name for name in HEAD.split(",") if name not in ("kvk", "as_of", "kvk_extract__active")]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def batch(*arguments: str) -> tuple[str, str]:
    """The output and the rejects, as texts."""
    run(["batch", "table.csv", "out.csv", "--profile", "portfolio-scan", "--as-of", "2026-01-15", *arguments])
    return Path("out.csv").read_text(), Path("out.csv.rejects.jsonl").read_text()


def test_columns_of_kinds_that_the_profile_does_not_use_are_withheld(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output, rejects = batch("--full")
    told = capsys.readouterr()

    for words in (output, rejects, told.out, told.err):
        assert not [secret for secret in SECRETS if secret in words]
    assert output.startswith("kvk,as_of,kvk_extract__active,map__unread,advice__at_least,")
    assert json.loads(rejects)["row"] == {
        "kvk": "01234568", "as_of": "gisteren", "kvk_extract__active": "true",
    }  # fmt: skip
    assert f"--confidential wel: {', '.join(sorted(HIDDEN))}." in told.out


def test_they_are_written_when_asked_for(table: Path) -> None:
    output, rejects = batch("--confidential")

    for secret in SECRETS:
        assert secret in output
        assert secret in rejects


@pytest.mark.parametrize("line", ['{"kvk": "1", "bibob_advice__reference": "GEHEIM1", }', '{"gva": {"a": "GEHEIM2"}'])
def test_a_line_that_cannot_be_read_is_not_shown_where_it_speaks_of_a_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("table.jsonl").write_text('{"kvk_extract__active": true}\n{"kvk": "2", }\n' + line + "\n")
    run(["batch", "table.jsonl", "out.csv", "--profile", "portfolio-scan", "--as-of", "2026-01-15"])

    other, secret = map(json.loads, Path("out.csv.rejects.jsonl").read_text().splitlines())
    assert other["row"] == '{"kvk": "2", }'
    assert secret["row"] is None
    assert "GEHEIM" not in json.dumps(secret)


@pytest.mark.parametrize("column", HIDDEN)
@pytest.mark.parametrize("option", ["--by", "--label"])
def test_backtest_neither_groups_by_them_nor_takes_one_as_label(
    table: Path, capsys: pytest.CaptureFixture[str], column: str, option: str
) -> None:
    arguments = ["backtest", "table.csv", "--profile", "portfolio-scan", "--as-of", "2026-01-15", option, column]
    assert run(arguments) == 2
    told = capsys.readouterr()

    assert f"{column}: its values are confidential" in told.err
    assert not [secret for secret in SECRETS if secret in told.out + told.err]


@pytest.mark.parametrize("named", [{"by": ["bibob_advice__conclusion"]}, {"label": "self_declaration__fraud"}])
def test_backtest_of_a_frame_refuses_a_confidential_column_as_group_or_label(named: dict[str, Any]) -> None:
    rows = {
        "kvk_extract__active": [True] * 6, "bibob_advice__conclusion": ["no_danger"] * 6,
        "self_declaration__fraud": [True] * 6,
    }  # fmt: skip
    with pytest.raises(InputError, match="its values are confidential"):
        backtest(BarrierModel.load("portfolio-scan"), pl.DataFrame(rows), as_of=date(2026, 1, 15), **named)


def test_rows_are_not_told_apart_by_them(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = ROW.format("true"), ROW.format("true").replace("GEHEIM1", "GEHEIM9")
    table.write_text("\n".join([HEAD, f"same{first}", f"same{second}", ""]), encoding="utf-8")
    run(["batch", "table.csv", "out.csv", "--profile", "portfolio-scan", "--as-of", "2026-01-15", "--confidential"])
    capsys.readouterr()

    assert run(["explain", "out.csv", "--id", "kvk=same", "--as-of", "2026-01-15"]) == 2
    told = capsys.readouterr().err
    assert "2 rows have kvk 'same'; add another --id that tells them apart" in told
    assert "GEHEIM" not in told
