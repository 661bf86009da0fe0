"""The tutorial does what it says: its blocks are run in order, and what it shows is what comes out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.metadata import metadata
from pathlib import Path

import pytest

from installing import Environment, installing, needs_backend
from markdown import Block, fenced

pytestmark = [pytest.mark.docs, pytest.mark.install]

PAGE = Path(__file__).parent.parent / "docs" / "tutorial.md"
PIP = """
import re, subprocess, sys
last = sys.argv[-1]
known = re.fullmatch(r"barriermodel\\[(.*)\\]", last)
if known:
    sys.exit(not set(known[1].split(",")) <= {extras!r})
sys.exit(subprocess.call([*{start!r}, "--no-deps", "-e", last]))
"""
"""Installs a folder in the place of pip, and for the library itself only looks whether it has the extras."""


def tutorial_environment(folder: Path) -> Environment:
    """An environment with a pip that installs without the network."""
    environment = Environment.made_in(folder)
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "pip").mkdir()
    (site / "pip" / "__init__.py").write_text("")
    extras = set(metadata("barriermodel").get_all("Provides-Extra") or ())
    program = PIP.format(extras=extras, start=installing(environment.python))
    (site / "pip" / "__main__.py").write_text(program, encoding="utf-8")
    (environment.bin / "pip").write_text(f'#!/bin/sh\nexec "{environment.python}" -m pip "$@"\n', encoding="utf-8")
    (environment.bin / "pip").chmod(0o755)
    return environment


class Reader:
    """Somebody who does what the page says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: Environment | None = None

    def follow(self, block: Block) -> None:
        where = block.where
        if block.language == "console":
            for command, shown in commands(block.text):
                self.run(command, shown, where)
            return
        file = self.folder / block.file
        if block.language == "diff":
            self.change(file, block.text, where)
        elif "t the end of" in block.introduction:
            assert file.is_file(), f"{where}: there is no {block.file}"
            file.write_text(file.read_text(encoding="utf-8") + block.text, encoding="utf-8")
        else:
            file.write_text(block.text, encoding="utf-8")

    def change(self, file: Path, body: str, where: str) -> None:
        lines = [line if line.strip() else f" {line}" for line in body.splitlines(keepends=True)]
        old, new = ("".join(line[1:] for line in lines if line[0] in kept) for kept in (" -", " +"))
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{where}: {file.name} has this {text.count(old)} times:\n{old}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, command: str, shown: str, where: str) -> None:
        if command == "python3 -m venv .venv":
            self.environment = tutorial_environment(self.folder / ".venv")
            return
        if command.startswith("cd "):
            self.folder = self.folder / command[3:]
            return
        assert self.environment is not None
        done = self.environment.run("sh", "-c", f"{command} 2>&1", cwd=self.folder)
        if command.startswith("pip install"):
            needs_backend(done)
        assert (done.returncode == 0) == (" failed" not in shown), f"{where}: {command}\n{done.stdout}"
        assert not shown or fits(shown, done.stdout), f"{where}: {command} gives\n{done.stdout}"


def commands(body: str) -> Iterator[tuple[str, str]]:
    """Each command of a block, with what is shown of its output."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def fits(shown: str, printed: str) -> bool:
    """Whether the output is what is shown: `…` stands for any words or lines, and a time in seconds for any."""
    pattern = ""
    for line in shown.splitlines():
        plain = re.escape(" ".join(line.split())).replace("…", ".*")
        pattern += r"(?:.*\n)*?" if line == "…" else re.sub(r"\d+\\\.\d+s$", r"\\d+\\.\\d+s.*", plain) + r"\n"
    return re.fullmatch(pattern, "".join(" ".join(line.split()) + "\n" for line in printed.splitlines())) is not None


@pytest.mark.skipif(os.name == "nt", reason="its commands are those of a POSIX shell")
def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    found = fenced(PAGE)

    for block in found:
        reader.follow(block)

    assert {block.language for block in found} == {"console", "diff", "python", "toml"}
    assert sum(block.language == "console" for block in found) > 5


def test_output_is_compared_line_by_line_but_for_what_is_left_out() -> None:
    printed = "one\n  two\nthree\n4 passed in 1.25s\n"

    assert fits("one\ntwo\nthree\n4 passed in 9.99s\n", printed)
    assert fits("…\nthree\n… passed in 0.00s\n", printed)
    assert fits("one\n…\n", printed)
    assert not fits("one\ntwo\n", printed)
    assert not fits("…\ntwo\n4 passed in 1.25s\n", printed)
    assert not fits("…\n5 passed in 1.25s\n", printed)
