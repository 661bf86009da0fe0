"""The laws of the barriers, what a lawyer expects, each limit, just off it and unknown, and mistakes noticed."""

from pathlib import Path

import pytest

from barriermodel.testing import barrier_contract, case_tests, make_cases, read_scenarios, run_mutants, scenario_tests

SCENARIOS = Path(__file__).parent.parent / "scenarios"

TestConduct = barrier_contract("nl.conduct")
TestConductWmo = barrier_contract("nl.conduct_wmo")
TestProfessionalRegistration = barrier_contract("nl.professional_registration")
TestWtza = barrier_contract("nl.wtza")
TestWtzaPermit = barrier_contract("nl.wtza_permit")
TestWnt = barrier_contract("nl.wnt")
TestCareBackground = barrier_contract("nl.care_background")
TestQualifiedStaff = barrier_contract("nl.qualified_staff")
test_scenarios = scenario_tests(SCENARIOS)
test_cases_of_conduct = case_tests("nl.conduct")
test_cases_of_conduct_wmo = case_tests("nl.conduct_wmo")
test_cases_of_professional_registration = case_tests("nl.professional_registration")
test_cases_of_wtza = case_tests("nl.wtza")
test_cases_of_wtza_permit = case_tests("nl.wtza_permit")
test_cases_of_wnt = case_tests("nl.wnt")
test_cases_of_care_background = case_tests("nl.care_background")
test_cases_of_qualified_staff = case_tests("nl.qualified_staff")


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_scenarios_and_cases_notice_nearly_every_mistake(path):
    suite = read_scenarios(path)
    cases = make_cases(suite.model)
    verdict = run_mutants(suite.model, [*suite.dossiers, *cases.dossiers])
    assert verdict.score >= 0.9, [f"{mutant.where}: {mutant.what}" for mutant in verdict.survived]
