"""What a policy officer expects of each profile, and each limit of the counting one, just off it and unknown."""

from pathlib import Path

from barriermodel.testing import case_tests, scenario_tests

test_scenarios = scenario_tests(Path(__file__).parent.parent / "scenarios")
test_cases = case_tests("signals-2021")
