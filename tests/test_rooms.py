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
    "testing": "kit/test_scenarios.py",
    "cli": "difference/test_command.py",
}
"""Of each room on top a file of tests that needs no other room."""

IMPORT_ALL = """
import importlib, pathlib, pkgutil, sys, barriermodel
assert barriermodel.__file__.startswith(sys.argv[1]), barriermodel.__file__
for module in pkgutil.walk_packages(barriermodel.__path__, "barriermodel."):
    importlib.import_module(module.name)
"""


def run(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    ran = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("room", SMALL_SUITE)
def test_without_one_room_on_top_the_others_work(room: str, tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "barriermodel", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(tmp_path / "barriermodel" / room)

    run(tmp_path, "-c", IMPORT_ALL, str(tmp_path))
    files = ["test_run.py", *(file for other, file in SMALL_SUITE.items() if other != room)]
    run(tmp_path, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *(str(TESTS / file) for file in files))
