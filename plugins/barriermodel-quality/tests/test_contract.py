"""The laws of a barrier, what a policy officer expects, and each limit, just off it and unknown."""

from pathlib import Path

from barriermodel.testing import barrier_contract, case_tests, scenario_tests

TestQualityCertificate = barrier_contract("nl.quality_certificate")
test_scenarios = scenario_tests(Path(__file__).parent.parent / "scenarios")
test_cases = case_tests("nl.quality_certificate")
