"""Rule coverage: a run of pytest reports which conditions decided, and fails below a threshold."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

TEST = """
from datetime import date
from barriermodel import Dossier, Evidence, Provider, Registry
from barriermodel.testing import single_barrier_model
from barriermodel_kvk import KvkExtract

MODEL = single_barrier_model("nl.kvk")

def test_one():
    facts = KvkExtract(people_working=0)
    item = Evidence(id="a", facts=facts, issued_on=date(2025, 12, 1))
    MODEL.assess(Dossier(as_of=date(2026, 1, 1), provider=Provider(), evidence=[item]))
"""


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    """A run of that test, in this process: it takes a tenth of a second, and one of its own two."""
    pytester.makepyfile(TEST)
    return pytester.runpytest_inprocess("-q", "-p", "barriermodel.testing.coverage", "-p", "no:cacheprovider", *options)


def test_the_table_shows_what_decided_the_advice(pytester: pytest.Pytester) -> None:
    told = run(pytester, "--rule-coverage=nl.kvk.").outlines
    (row,) = [line.split() for line in told if line.startswith("nl.kvk.active 1 ")]

    # with one signal certain and all else unknown, a registration that ended would still make it worse
    assert row == ["nl.kvk.active", "1", "(kvk_extract.active)", "–", "–", "unknown"]
    assert any(line.startswith("nl.kvk.too_few_people_working 1 ") for line in told)
    assert any("of 8 conditions, each true, false and unknown" in line for line in told)


def test_a_prefix_chooses_rules(pytester: pytest.Pytester) -> None:
    told = run(pytester, "--rule-coverage=nl.kvk.too_few").stdout.str()

    assert "nl.kvk.too_few_people_working" in told
    assert "nl.kvk.active" not in told


@pytest.mark.parametrize(("least", "status"), [("0", 0), ("4", 0), ("99", 1)])
def test_too_little_fails_the_run(pytester: pytest.Pytester, least: str, status: int) -> None:
    ran = run(pytester, "--rule-coverage", f"--rule-coverage-min={least}")

    assert ran.ret == status
    assert ("--rule-coverage-min asks" in ran.stdout.str()) is bool(status)


def test_without_the_option_nothing_is_reported(pytester: pytest.Pytester) -> None:
    ran = run(pytester)

    assert ran.ret == 0
    assert "rule coverage" not in ran.stdout.str()
