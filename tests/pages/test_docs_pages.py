"""The page on pages does what it says, in both languages: each command gives a page, and its Python runs."""

from __future__ import annotations

import contextlib
import os
import shlex
from pathlib import Path

import pytest
from markup import read

from barriermodel.cli.commands import run
from markdown import blocks
from pages import DOCS

pytestmark = [pytest.mark.docs, pytest.mark.filterwarnings("ignore::barriermodel.TableWarning")]

PAGES = {"en": DOCS / "pages.md", "nl": DOCS / "paginas.md"}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the docs of this checkout, in which files may be written."""
    (tmp_path / "docs").symlink_to(DOCS, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.nightly
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_each_command_gives_a_page_in_its_language(lang: str, checkout: Path) -> None:
    commands = [line for block in blocks(PAGES[lang], "console") for line in block.splitlines()]

    for command in commands:
        said, _, file = command.removeprefix("$ ").partition(" > ")
        program, *arguments = shlex.split(said)
        with open(file or os.devnull, "w", encoding="utf-8") as out, contextlib.redirect_stdout(out):
            assert (program, run(arguments)) == ("barriermodel", 0)

    made = sorted(checkout.glob("*.html"))
    assert len(made) == len(commands) == 8
    # what is published and offered is shown in Dutch on both pages
    others = {"to-publish.html", "aanbod.html"}
    spoken = {file.name: read(file.read_text("utf-8")).one("html").attributes["lang"] for file in made}
    assert spoken == {name: "nl" if name in others else lang for name in spoken}


@pytest.mark.parametrize("lang", PAGES)
def test_its_python_runs(lang: str, checkout: Path) -> None:
    assert checkout.is_dir()
    names: dict[str, object] = {}

    for block in blocks(PAGES[lang], "python"):
        exec(compile(block, PAGES[lang].name, "exec"), names)

    assert read(str(names["page"])).one("html").attributes["lang"] == lang


def test_both_pages_have_the_same_commands_and_sections() -> None:
    texts = {lang: page.read_text("utf-8") for lang, page in PAGES.items()}

    assert texts["en"].count("\n## ") == texts["nl"].count("\n## ")
    assert [len(blocks(page, "console")) for page in PAGES.values()] == [7, 7]
