"""The laws of the barriers, what a policy officer expects, and each limit, just off it and unknown."""

from pathlib import Path

from barriermodel.testing import barrier_contract, case_tests, scenario_tests

TestFinancialSignals = barrier_contract("nl.financial_signals")
TestFinancialContinuity = barrier_contract("nl.financial_continuity")
TestAnnualAccounts = barrier_contract("nl.annual_accounts")
test_scenarios = scenario_tests(Path(__file__).parent.parent / "scenarios")
test_cases_of_financial_signals = case_tests("nl.financial_signals")
test_cases_of_financial_continuity = case_tests("nl.financial_continuity")
test_cases_of_annual_accounts = case_tests("nl.annual_accounts")
