"""``barriermodel cases`` and ``barriermodel mutate`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from barriermodel.cli.commands import run
from barriermodel.testing import read_scenarios


def test_cases_are_written_and_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kvk.toml"

    assert run(["cases", "nl.kvk", "-o", str(path)]) == 0
    suite = read_scenarios(path)
    assert len(suite.scenarios) > 20
    assert suite.about == "nl.kvk"
    assert run(["cases", "nl.kvk"]) == 0
    assert capsys.readouterr().out == path.read_text(encoding="utf-8")


def test_what_is_found_about_a_rule_is_told_beside(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cases", "nl.financial_signals"]) == 0
    out, err = capsys.readouterr()

    assert "barriermodel: nl.financial_signals.low_personnel_cost: no dossier was found" in err
    assert "# nl.financial_signals.low_personnel_cost: er is geen dossier gevonden" in out


def test_mutants_are_counted_per_rule_and_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["mutate", "nl.kvk"]) == 0
    table = capsys.readouterr().out

    assert table.startswith("RULE, LIMIT OR STAGE")
    assert "\nalive: nl.kvk.care_sbi: 86, 87 and 88 became " in table  # whichever no dossier has alone
    assert table.endswith("33 of 34 mutants killed (97%)\n")


def test_own_scenarios_are_tried_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = '[[scenarios]]\nname = "x"\nfacts = { "kvk_extract.active" = false }\nexpect = { advice = "red" }'
    (tmp_path / "a.toml").write_text(f'barrier = "nl.kvk"\n{scenario}', encoding="utf-8")

    assert run(["mutate", "nl.kvk", "--scenarios", str(tmp_path), "--format", "json", "--fail-under", "50"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["killed"] + len(found["alive"]) == 34
    assert found["score"] == round(found["killed"] / 34, 4)
    assert {"where": "nl.kvk.min_months", "what": "24 became 25"} in found["alive"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cases", "nothing"], "there is no profile 'nothing'"),
        (["cases", "nl.kv"], "there is no barrier 'nl.kv'; did you mean 'nl.kvk'?"),
        (["cases", "twente-2019", "--as-of", "2018-01-01"], "no value on 2018-01-01"),
        (["cases", "twente-2019", "--as-of", "gisteren"], "is no date"),
        (["mutate", "nl.kvk", "--scenarios", "{folder}"], "it has no .toml file"),
        (["mutate", "nl.kvk", "--fail-under", "101"], "101"),
    ],
)
def test_a_mistake_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run([argument.replace("{folder}", str(tmp_path)) for argument in arguments]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert "Traceback" not in error
