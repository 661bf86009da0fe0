"""Both type checkers accept the library, its plugins, the code on pages and the typing tests.

By day mypy reads every file, and pyright what others write with the library; at night pyright reads every file
too, which takes it four times as long. Of a line of the typing tests that must be refused both checkers' marks
are needed: one that is not is an error itself.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import plugin_page
from barriermodel.atomic import write_folder
from barriermodel.cli import new
from markdown import blocks

ROOT = Path(__file__).parents[1]
OURS = ["src", *(str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("plugins/*/src"))), "tests/typing"]
pytestmark = pytest.mark.types


def pyright() -> str | None:
    """Its program, beside the interpreter or on the path."""
    beside = Path(sys.executable).parent / "pyright"
    return str(beside) if beside.is_file() else shutil.which("pyright")


def run(*command: str, **variables: str) -> str:
    """What a checker says, and nothing if it is content."""
    # Node by default collects garbage every 16 MB, which takes pyright an eighth of its time
    node = {"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", "NODE_OPTIONS": "--max-semi-space-size=64"}
    environment = {**os.environ, **node, **variables}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Code that others have of us: that of two pages, and a plugin that `barriermodel new` writes."""
    folder = tmp_path_factory.mktemp("written")
    backend = "\n\n".join(blocks(ROOT / "docs" / "how-to-backend.md", "python"))
    for name, code in (("page_on_plugins.py", plugin_page.CODE), ("page_on_backends.py", backend)):
        (folder / name).write_text(code, encoding="utf-8")
    write_folder(folder / "made", new.plugin_files(new.Names.of("housing", "drenthe")))
    return [*map(str, sorted(folder.glob("*.py"))), str(folder / "made" / "src")]


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_mypy_accepts_everything(written: list[str]) -> None:
    where = os.pathsep.join([*OURS, str(Path(written[0]).parent), written[-1]])

    assert run(sys.executable, "-m", "mypy", "--strict", "--no-incremental", *OURS, *written, MYPYPATH=where) == ""


@pytest.mark.skipif(pyright() is None, reason="pyright is not installed")
@pytest.mark.nightly  # it takes four seconds to start; mypy reads the same by day
def test_pyright_accepts_everything(written: list[str]) -> None:
    assert run(str(pyright()), "--pythonpath", sys.executable, *OURS, *written[:2]) == ""
