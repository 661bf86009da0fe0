"""The rooms on top stand apart: with one of them removed, everything else works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import barriermodel

SOURCE = Path(barriermodel.__file__).parent
TESTS = Path(__file__).parent
SMALL_SUITE = {
    "batch": "batch/test_header.py",
    "calibration": "calibration/test_intervals.py",
    "notices": "notices/test_ocds_suppliers.py",
    "testing": "kit/test_scenarios.py::test_a_scenario_may_have_a_date_of_its_own",
    "cli": "difference/test_command.py",
}
"""Of each room on top tests that need no other room; they run at night, on every change those of the core do."""

RUN = """
import importlib, pkgutil, sys, barriermodel, pytest
assert barriermodel.__file__.startswith(sys.argv[1]), barriermodel.__file__
for module in pkgutil.walk_packages(barriermodel.__path__, "barriermodel."):
    importlib.import_module(module.name)
quiet = ["-q", "-x", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
sys.exit(pytest.main([*quiet, *sys.argv[2:]]))
"""


@pytest.mark.parametrize("others", [False, pytest.param(True, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("room", SMALL_SUITE)
def test_without_one_room_on_top_the_others_work(room: str, others: bool, tmp_path: Path) -> None:
    """All that is left can be imported, and tests of the core and of each other room pass."""
    shutil.copytree(SOURCE, tmp_path / "barriermodel", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(tmp_path / "barriermodel" / room)

    tests = ["test_run.py", *(test for other, test in SMALL_SUITE.items() if others and other != room)]
    ran = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path), *(str(TESTS / test) for test in tests)],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
