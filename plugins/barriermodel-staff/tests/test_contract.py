"""The laws of the barriers, what a lawyer expects, each limit, just off it and unknown, and mistakes noticed."""

from pathlib import Path

import pytest

from barriermodel.testing import barrier_contract, case_tests, judge, make_cases, read_scenarios, scenario_tests

SCENARIOS = Path(__file__).parent.parent / "scenarios"

TestConduct = barrier_contract("nl.conduct")
test_scenarios = scenario_tests(SCENARIOS)
test_cases_of_conduct = case_tests("nl.conduct")


@pytest.mark.parametrize("barrier", ["nl.conduct"])
def test_the_scenarios_and_cases_notice_nearly_every_mistake(barrier):
    suite = read_scenarios(SCENARIOS / f"{barrier}.toml")
    cases = make_cases(suite.model)
    verdict = judge(suite.model, [*suite.dossiers, *cases.dossiers])
    assert verdict.score >= 0.9, [f"{mutant.where}: {mutant.what}" for mutant in verdict.alive]
