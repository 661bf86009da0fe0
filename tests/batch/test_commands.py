"""The commands batch and columns: what they print, what they write, and their exit status."""

from __future__ import annotations

import json
import shutil
import sys
from io import StringIO
from pathlib import Path

import pytest

from barriermodel.cli.commands import run

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
TWENTE = ["--profile", "portfolio-scan"]
ON = ["--as-of", "2026-01-15"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text("k,kvk_extract__active,annual_accounts__profit,annual_accounts__turnover\n01,true,1,100\n")
    return path


def test_a_folder_of_dossiers_is_assessed_as_each_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out.jsonl"

    assert run(["batch", str(EXAMPLES), str(output), *TWENTE]) == 0
    assert capsys.readouterr().out.startswith("8 aanbieders beoordeeld\nPeildatum van elke rij zelf · ")
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        assert run(["assess", str(EXAMPLES / row["dossier"]), *TWENTE, "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["advice"] == {end: row[f"advice__{end}"] for end in ("at_least", "at_most", "decided")}
        assert (found["as_of"], found["profile"]["digest"]) == (row["as_of"], row["advice__profile_digest"])
        assert (row["advice__error"], row["advice__freshness_not_checked"]) == (None, None)


def test_a_dossier_that_cannot_be_read_is_a_reject(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, output = tmp_path / "dossiers", tmp_path / "out.parquet"
    shutil.copytree(EXAMPLES, folder)
    (folder / "deep").mkdir()
    (folder / "deep" / "bad.json").write_text('{"schema": "barriermodel/dossier/1", "as_of": "2026-13-01"}')
    (folder / "eenmanszaak" / "dossier.toml").write_text("kapot")
    (folder / ".hidden.json").write_text("{")

    assert run(["batch", str(folder), str(output), *TWENTE, "--fail-at", "red", "--format", "json"]) == 2

    summary = json.loads(capsys.readouterr().out)
    assert (summary["rows"], summary["rejected"]) == (7, 2)
    lines = Path(summary["rejects"]).read_text(encoding="utf-8").splitlines()
    rejects = [json.loads(line) for line in lines]
    assert [reject["line"] for reject in rejects] == ["deep/bad.json", "eenmanszaak"]
    assert "'2026-13-01' is no day of the calendar" in rejects[0]["reason"]


def test_one_dossier_is_a_folder_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", str(EXAMPLES / "rode-aanbieder"), str(tmp_path / "out.csv"), *TWENTE]) == 0
    assert capsys.readouterr().out.startswith("1 aanbieder beoordeeld\n")


@pytest.mark.parametrize(("level", "status"), [("orange", 1), ("red", 1), ("exclude", 0)])
def test_fail_at_counts_what_is_unknown(
    table: Path, level: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["batch", str(table), str(table.with_name("out.csv")), *TWENTE, *ON, "--fail-at", level]) == status
    assert capsys.readouterr().out


def test_details_and_another_file_for_rejects(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table.write_text("k,kvk_extract__active\n01,true\n02\n")
    output, rejects = table.with_name("out.csv"), table.with_name("apart.jsonl")
    arguments = ["batch", str(table), str(output), *TWENTE, *ON, "--details", "--rejects", str(rejects), "--lang", "en"]

    assert run(arguments) == 2

    told = capsys.readouterr().out
    assert told.startswith("1 provider assessed, 1 row not\n")
    assert f"\nWritten: {output}; not assessed: {rejects}\n" in told
    assert "status__nl_kvk_active" in output.read_text(encoding="utf-8")
    assert {path.name for path in table.parent.iterdir()} == {"in.csv", "out.csv", "apart.jsonl"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["in.csv", "out.csv", *TWENTE], "give a date with --as-of, or a column as_of"),
        (["in.csv", "out.csv", *ON], "Missing option '--profile'"),
        (["in.csv", *TWENTE], "Missing argument 'OUTPUT'"),
        (["nergens.csv", "out.csv", *TWENTE], "nergens.csv: there is no such file or folder"),
        (["in.csv", "out.xls", *TWENTE], "the output is written as its name ends"),
        (["in.csv", "in.csv", *TWENTE, *ON], "this is the input itself"),
        (
            ["in.csv", "out.csv", *TWENTE, *ON, "--map", "nergens.toml"],
            "nergens.toml: the file cannot be read: No such",
        ),
        (["in.csv", "out.csv", *TWENTE, "--as-of", "2018-12-31"], "it is valid from 2019-01-01"),
        (["in.csv", "out.csv", "--profile", "portfolio-scam", *ON], "did you mean 'portfolio-scan'?"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_and_nothing_is_written(
    table: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(table.parent)

    assert run(["batch", *arguments]) == 2

    out, err = capsys.readouterr()
    assert (out, words in err, "Traceback" in err) == ("", True, False), err
    assert [path.name for path in table.parent.iterdir()] == ["in.csv"]


def test_a_missing_extra_says_what_to_install(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)

    assert run(["batch", str(table), "out.csv", *TWENTE]) == 2
    assert capsys.readouterr().err == (
        "barriermodel: batch needs polars and pyarrow; install them with: pip install 'barriermodel[batch]'\n"
    )


def test_progress_is_told_where_somebody_is_watching(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    assert run(["batch", str(table), str(table.with_name("out.csv")), *TWENTE, *ON]) == 0
    assert "1/1" in sys.stderr.getvalue()  # type: ignore[attr-defined]


# Columns ----------------------------------------------------------------------------------------------


def test_columns_shows_what_a_profile_reads(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["columns", "portfolio-scan"]) == 0
    dutch = capsys.readouterr().out
    assert run(["columns", "portfolio-scan", "--lang", "en"]) == 0
    english = capsys.readouterr().out

    assert dutch.startswith("KOLOM ")
    assert "Jaarrekening: winst" in dutch
    assert "Annual accounts: profit" in english
    assert "The words of provider__legal_form: eenmanszaak, vof, " in english


def test_columns_as_json_names_types_words_and_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["columns", "portfolio-scan", "--format", "json"]) == 0
    found = {column["column"]: column for column in json.loads(capsys.readouterr().out)}

    assert found["kvk_extract__active"]["type"] == "true or false"
    assert found["kvk_extract__active"]["rules"] == ["nl.kvk.active", "nl.kvk.registration_ends"]
    assert "bv" in found["provider__legal_form"]["words"]
    assert found["derived__nl_kvk__has_care_activity"]["notes"]
    assert {"as_of", "kvk_extract__issued_on", "kvk_extract__valid_until"} <= {*found}
