"""The laws of a barrier, what a lawyer expects, and each limit, just off it and unknown."""

from pathlib import Path

from barriermodel.testing import barrier_contract, case_tests, scenario_tests

TestExclusionGrounds = barrier_contract("nl.exclusion_grounds")
TestFreshProof = barrier_contract(
    "nl.fresh_proof",
    exempt={
        "every_status_reachable": "an extract counts for six months, so one that counts was fresh on the day of the "
        "tender; only where a region asks for fewer months can it be too old"
    },
)
test_scenarios = scenario_tests(Path(__file__).parent.parent / "scenarios")
test_cases_of_the_grounds = case_tests("nl.exclusion_grounds")
test_cases_of_the_proof = case_tests("nl.fresh_proof")
