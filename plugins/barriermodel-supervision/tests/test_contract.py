"""The laws of the barrier, what a lawyer expects, each limit, just off it and unknown, and mistakes noticed."""

from pathlib import Path

from barriermodel.testing import barrier_contract, case_tests, make_cases, read_scenarios, run_mutants, scenario_tests

SCENARIOS = Path(__file__).parent.parent / "scenarios"

TestImpossibleClaims = barrier_contract("nl.impossible_claims")
test_scenarios = scenario_tests(SCENARIOS)
test_cases = case_tests("nl.impossible_claims")


def test_the_scenarios_and_cases_notice_nearly_every_mistake():
    suite = read_scenarios(SCENARIOS / "nl.impossible_claims.toml")
    cases = make_cases(suite.model)
    verdict = run_mutants(suite.model, [*suite.dossiers, *cases.dossiers])
    assert verdict.score >= 0.9, [f"{mutant.where}: {mutant.what}" for mutant in verdict.survived]
