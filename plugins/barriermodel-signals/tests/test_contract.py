"""The laws of the barrier, what a lawyer expects, each limit, just off it and unknown, and mistakes noticed."""

from pathlib import Path

from barriermodel.testing import barrier_contract, case_tests, make_cases, read_scenarios, run_mutants, scenario_tests

SCENARIOS = Path(__file__).parent.parent / "scenarios"

TestNetworkSignals = barrier_contract("nl.network_signals")
test_scenarios = scenario_tests(SCENARIOS)
test_cases = case_tests("nl.network_signals")


def test_the_scenarios_and_cases_notice_nearly_every_mistake():
    suite = read_scenarios(SCENARIOS / "nl.network_signals.toml")
    cases = make_cases(suite.model)
    verdict = run_mutants(suite.model, [*suite.dossiers, *cases.dossiers])
    assert verdict.score >= 0.9, [f"{mutant.where}: {mutant.what}" for mutant in verdict.survived]
