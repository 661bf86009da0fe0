"""Both type checkers accept the library, its plugins and the typing tests, and refuse what they must."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BESIDE_PYTHON = Path(sys.executable).parent


def pyright() -> str | None:
    """Its program, beside the interpreter or on the path."""
    beside = BESIDE_PYTHON / "pyright"
    return str(beside) if beside.is_file() else shutil.which("pyright")


def run(*command: str) -> str:
    """What a checker says, and nothing if it is content."""
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


needs_mypy = pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
needs_pyright = pytest.mark.skipif(pyright() is None, reason="pyright is not installed")


@needs_mypy
def test_mypy_accepts_the_library_and_the_typing_tests(tmp_path: Path) -> None:
    assert run(sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "src", "tests/typing") == ""


@needs_mypy
@pytest.mark.parametrize("path", sorted(ROOT.glob("plugins/*/src")), ids=lambda path: path.parent.name)
def test_mypy_accepts_each_plugin(path: Path) -> None:
    assert run(sys.executable, "-m", "mypy", "--strict", str(path.relative_to(ROOT))) == ""


@needs_pyright
def test_pyright_accepts_the_library_and_its_plugins() -> None:
    assert run(str(pyright()), "--pythonpath", sys.executable) == ""


@needs_pyright
def test_pyright_accepts_the_typing_tests_and_refuses_each_marked_line() -> None:
    assert run(str(pyright()), "--pythonpath", sys.executable, "-p", "tests/typing") == ""
