"""The laws of a barrier, what a lawyer or policy officer expects, and each limit, just off it and unknown."""

from pathlib import Path

import pytest

from barriermodel.testing import barrier_contract, case_tests, make_cases, read_scenarios, run_mutants, scenario_tests

SCENARIOS = Path(__file__).parent.parent / "scenarios"

TestInsolvency = barrier_contract("nl.insolvency")
test_insolvency = case_tests("nl.insolvency")
TestBibob = barrier_contract("nl.bibob")
test_bibob = case_tests("nl.bibob")
TestWarningRegister = barrier_contract("nl.warning_register")
test_warning_register = case_tests("nl.warning_register")
TestInspection = barrier_contract("nl.inspection")
test_inspection = case_tests("nl.inspection")
TestSanctions = barrier_contract("nl.sanctions")
test_sanctions = case_tests("nl.sanctions")

test_scenarios = scenario_tests(SCENARIOS)


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_scenarios_and_cases_notice_most_mistakes(path):
    suite = read_scenarios(path)
    cases = make_cases(suite.model)

    verdict = run_mutants(suite.model, [*suite.dossiers, *cases.dossiers])

    assert verdict.score >= 0.9, [f"{mutant.where}: {mutant.what}" for mutant in verdict.survived]
