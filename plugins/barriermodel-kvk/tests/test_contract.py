"""The laws of a barrier, what a policy officer expects, and each limit, just off it and unknown."""

from pathlib import Path

from barriermodel.testing import barrier_contract, case_tests, scenario_tests

TestKvk = barrier_contract("nl.kvk")
test_scenarios = scenario_tests(Path(__file__).parent.parent / "scenarios")
test_cases = case_tests("nl.kvk")
