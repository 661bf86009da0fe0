"""The laws of the barriers, what a policy officer expects, and each limit, just off it and unknown."""

from pathlib import Path

import pytest

from barriermodel.testing import barrier_contract, case_tests, make_cases, read_scenarios, run_mutants, scenario_tests

SCENARIOS = Path(__file__).parent.parent / "scenarios"

TestFinancialSignals = barrier_contract("nl.financial_signals")
TestFinancialContinuity = barrier_contract("nl.financial_continuity")
TestAnnualAccounts = barrier_contract("nl.annual_accounts")
TestSimplifiedAccounts = barrier_contract("nl.simplified_accounts")
test_scenarios = scenario_tests(SCENARIOS)
test_cases_of_financial_signals = case_tests("nl.financial_signals")
test_cases_of_financial_continuity = case_tests("nl.financial_continuity")
test_cases_of_annual_accounts = case_tests("nl.annual_accounts")
test_cases_of_simplified_accounts = case_tests("nl.simplified_accounts")


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_scenarios_and_cases_notice_nearly_every_mistake(path):
    suite = read_scenarios(path)
    cases = make_cases(suite.model)
    verdict = run_mutants(suite.model, [*suite.dossiers, *cases.dossiers])
    assert verdict.score >= 0.9, [f"{mutant.where}: {mutant.what}" for mutant in verdict.survived]
