"""The rooms on top stand apart: with one of them removed, everything else works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs
import pytest

import barriermodel
from examples import by_turns

SOURCE = Path(barriermodel.__file__).parent
TESTS = Path(__file__).parent
CORE = "test_run.py"
SMALL_SUITE = {
    "batch": "batch/test_header.py",
    "calibration": "calibration/test_intervals.py",
    "letters": "letters/test_terms.py",
    "notices": "notices/test_ocds_suppliers.py",
    "offer": "offer/test_running.py",
    "testing": "kit/test_scenarios.py::test_a_scenario_may_have_a_date_of_its_own",
    "cli": "difference/test_command.py",
}
"""Of each room on top tests that need no other room; they run at night, on every change those of the core do."""

FORKS = """
import importlib, json, os, pkgutil, sys
import hypothesis, matplotlib.figure, narwhals, polars, pytest, scipy.stats  # slower than all of the package
quiet = ["-q", "-x", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
sys.path.insert(0, sys.argv[1])
for line in sys.stdin:
    said, *tests = json.loads(line)
    if os.fork():
        print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
        continue
    output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1), os.dup2(output, 2)
    import barriermodel
    assert barriermodel.__file__.startswith(sys.argv[1]), barriermodel.__file__
    for module in pkgutil.walk_packages(barriermodel.__path__, "barriermodel."):
        importlib.import_module(module.name)
    sys.exit(pytest.main([*quiet, *tests]) if tests else 0)
"""
"""Of a copy of the package imports all that is there, and runs tests; each time it is asked to, in a new process."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")


@attrs.frozen
class Copy:
    """A copy of the package, and the process that imports it."""

    folder: Path
    process: subprocess.Popen[str]

    def works(self, *tests: str, without: Iterable[str]) -> None:
        """All but some rooms can be imported, and these tests pass."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        said = self.folder / "said"
        for room in without:
            (self.folder / "barriermodel" / room).rename(self.folder / room)
        print(json.dumps([str(said), *(str(TESTS / test) for test in tests)]), file=self.process.stdin, flush=True)
        status = self.process.stdout.readline()
        for room in without:
            (self.folder / room).rename(self.folder / "barriermodel" / room)
        assert status == "0\n", said.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(SOURCE, folder / "barriermodel")
    command = [sys.executable, "-c", FORKS, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Copy(folder, process)


@pytest.mark.parametrize("room", by_turns(SMALL_SUITE, by_day=["cli", "testing"]))
def test_without_one_room_on_top_all_that_is_left_can_be_imported(copy: Copy, room: str) -> None:
    copy.works(without=[room])


def test_without_any_room_on_top_the_core_works(copy: Copy) -> None:
    copy.works(CORE, without=SMALL_SUITE)


@pytest.mark.nightly
@pytest.mark.parametrize("room", SMALL_SUITE)
def test_without_one_room_on_top_the_others_work(copy: Copy, room: str) -> None:
    copy.works(CORE, *(test for other, test in SMALL_SUITE.items() if other != room), without=[room])
