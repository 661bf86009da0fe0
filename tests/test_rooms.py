"""The rooms on top stand apart: with one of them removed, everything else works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import barriermodel

SOURCE = Path(barriermodel.__file__).parent
TESTS = Path(__file__).parent
CORE = "test_run.py"
SMALL_SUITE = {
    "batch": "batch/test_header.py",
    "calibration": "calibration/test_intervals.py",
    "notices": "notices/test_ocds_suppliers.py",
    "testing": "kit/test_scenarios.py::test_a_scenario_may_have_a_date_of_its_own",
    "cli": "difference/test_command.py",
}
"""Of each room on top tests that need no other room; they run at night, on every change those of the core do."""

FORKS = """
import importlib, json, os, pkgutil, sys
import hypothesis, matplotlib.figure, narwhals, polars, pytest, scipy.stats  # slower than all of the package
quiet = ["-q", "-x", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
for line in sys.stdin:
    folder, *tests = json.loads(line)
    if os.fork():
        print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
        continue
    said = os.open(os.path.join(folder, "said"), os.O_WRONLY | os.O_CREAT)
    os.dup2(said, 1), os.dup2(said, 2)
    sys.path.insert(0, folder)
    import barriermodel
    assert barriermodel.__file__.startswith(folder), barriermodel.__file__
    for module in pkgutil.walk_packages(barriermodel.__path__, "barriermodel."):
        importlib.import_module(module.name)
    sys.exit(pytest.main([*quiet, *tests]) if tests else 0)
"""
"""For each folder with the package a process of its own, which imports all that is there and runs some tests."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")


@pytest.fixture(scope="module")
def forks() -> Iterator[subprocess.Popen[str]]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", FORKS], **pipes, text=True) as process:
        yield process


def works(forks: subprocess.Popen[str], folder: Path, without: list[str], *tests: str) -> None:
    """All that is left without some rooms can be imported, and these tests pass."""
    shutil.copytree(SOURCE, folder / "barriermodel")
    for room in without:
        shutil.rmtree(folder / "barriermodel" / room)
    assert forks.stdin is not None
    assert forks.stdout is not None
    forks.stdin.write(json.dumps([str(folder), *(str(TESTS / test) for test in tests)]) + "\n")
    forks.stdin.flush()
    assert forks.stdout.readline() == "0\n", (folder / "said").read_text(encoding="utf-8")


@pytest.mark.parametrize("room", SMALL_SUITE)
def test_without_one_room_on_top_all_that_is_left_can_be_imported(
    forks: subprocess.Popen[str], room: str, tmp_path: Path
) -> None:
    works(forks, tmp_path, [room])


def test_without_any_room_on_top_the_core_works(forks: subprocess.Popen[str], tmp_path: Path) -> None:
    works(forks, tmp_path, list(SMALL_SUITE), CORE)


@pytest.mark.nightly
@pytest.mark.parametrize("room", SMALL_SUITE)
def test_without_one_room_on_top_the_others_work(forks: subprocess.Popen[str], room: str, tmp_path: Path) -> None:
    works(forks, tmp_path, [room], CORE, *(test for other, test in SMALL_SUITE.items() if other != room))
