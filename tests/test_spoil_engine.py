"""The command that spoils the engine: a mistake is put there for one run of tests, and those tests fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from examples import by_turns

BENCHMARKS = Path(__file__).parent / "benchmarks"


@pytest.mark.parametrize(
    ("spoil", "barrier", "exit_status"),
    by_turns(
        [
            ("", "financial_continuity", 0),
            ("compiler: > became >=", "financial_continuity", 1),
            ("selection: the oldest item counts", "financial_continuity", 1),
            ("combining: every interval is green", "financial_continuity", 1),
            ("date: a placeholder counts", "nl.kvk", 1),
            ("interpreter: > became >=", "financial_continuity", 1),
        ],
        by_day=[("", "financial_continuity", 0), ("compiler: > became >=", "financial_continuity", 1)],
    ),
)
def test_the_written_cases_of_a_barrier_notice_it(spoil: str, barrier: str, exit_status: int) -> None:
    environment = {**os.environ, "BARRIERMODEL_SPOIL": spoil, "PYTHONPATH": str(BENCHMARKS)}
    tests = [str(BENCHMARKS / "written_cases.py"), "-k", barrier]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-qx", "-p", "spoiled", "-p", "no:cacheprovider", *tests],
        env={name: value for name, value in environment.items() if name != "PYTEST_ADDOPTS"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ran.returncode == exit_status, ran.stdout + ran.stderr
