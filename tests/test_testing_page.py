"""The page on testing does what it says: its Python runs as tests, and its commands run."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from barriermodel.cli.commands import run
from barriermodel.testing import barrier_contract, case_tests
from markdown import blocks
from plugin_page import housing

pytestmark = pytest.mark.docs

PAGE = Path(__file__).parents[1] / "docs" / "testing.md"
FEW_EXAMPLES = """
from hypothesis import settings

settings.register_profile("few", max_examples=10, deadline=None)
settings.load_profile("few")
"""
HERE = {key: value for key, value in os.environ.items() if key != "PYTEST_ADDOPTS"}
HERE["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), HERE.get("PATH", "")])


HOUSING = housing()
TestTheBarrierOfThePluginPage = barrier_contract("voorbeeld.housing", registry=HOUSING)
test_cases_of_the_plugin_page = case_tests("voorbeeld.housing", HOUSING)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with the scenarios of the page, and each of its Python blocks as a file of tests."""
    folder = tmp_path_factory.mktemp("program")
    (folder / "tests").mkdir()
    (scenarios,) = blocks(PAGE, "toml")
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "nl.kvk.toml").write_text(scenarios, encoding="utf-8")
    (folder / "conftest.py").write_text(FEW_EXAMPLES, encoding="utf-8")
    for number, block in enumerate(blocks(PAGE, "python"), 1):
        (folder / "tests" / f"test_block_{number}.py").write_text(block, encoding="utf-8")
    return folder


def commands() -> list[tuple[str, str]]:
    """Each command, with what the page shows of its output."""
    found: list[tuple[str, str]] = []
    for block in blocks(PAGE, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], ""))
            else:
                found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found


@pytest.mark.nightly  # it runs pytest in another process, as the tutorial does by day
def test_the_page_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands that write files come first, then all its Python in the run that shows rule coverage."""
    monkeypatch.chdir(folder)
    (*others, (pytest_itself, shown)) = sorted(commands(), key=lambda command: command[0].startswith("pytest"))
    for command, output in others:
        said, _, file = command.partition(" > ")
        program, *arguments = shlex.split(said)
        with open(file or os.devnull, "w", encoding="utf-8") as target, contextlib.redirect_stdout(target):
            assert (program, run(arguments), output) == ("barriermodel", 0, "")

    done = subprocess.run(
        f"{pytest_itself} -W error -p no:cacheprovider",
        shell=True,
        env=HERE,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert re.search("[0-9]+ passed", done.stdout)
    assert re.search(".*".join(map(re.escape, shown.split("…"))), done.stdout, re.DOTALL)


def test_every_key_of_a_scenario_file_is_on_the_page() -> None:
    from barriermodel.testing import Expected
    from barriermodel.testing.scenario_reading import StatedFacts, _Entry, _File

    text = PAGE.read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `") or line.startswith("| `[")]
    keys = {name for cls in (StatedFacts, _Entry, _File) for name in cls.__annotations__} - {"expect"}
    keys |= {f"expect.{name}" for name in Expected.__annotations__} | {"expect"}

    assert {key for key in keys if not re.search(rf"`\[*{re.escape(key)}\]*`", "".join(rows))} == set()


def test_every_option_of_the_two_commands_is_on_the_page() -> None:
    from barriermodel.cli.testing import cases, mutate

    text = PAGE.read_text(encoding="utf-8")
    options = {name for command in (cases, mutate) for p in command.params for name in p.opts if name.startswith("--")}

    assert {option for option in options - {"--output"} if option not in text} == set()
