"""The page on letters does what it says, in both languages."""

from __future__ import annotations

import contextlib
import os
import shlex
from pathlib import Path

import pytest
from drafts import SETTINGS, word_texts
from markup import read

from barriermodel.cli.commands import run
from barriermodel.letters import read_settings
from barriermodel.letters.fields import FIELDS
from markdown import blocks
from pages import DOCS

pytestmark = pytest.mark.docs

PAGES = {"en": DOCS / "letters.md", "nl": DOCS / "brieven.md"}


@pytest.mark.parametrize("lang", PAGES)
def test_its_commands_and_its_python_run(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").symlink_to(DOCS, target_is_directory=True)
    monkeypatch.chdir(tmp_path)

    for command in (line for block in blocks(PAGES[lang], "console") for line in block.splitlines()):
        said, _, file = command.removeprefix("$ ").partition(" > ")
        program, *arguments = shlex.split(said)
        with open(file or os.devnull, "w", encoding="utf-8") as out, contextlib.redirect_stdout(out):
            assert (program, run(arguments)) == ("barriermodel", 0)
    names: dict[str, object] = {}
    for block in blocks(PAGES[lang], "python"):
        exec(compile(block, PAGES[lang].name, "exec"), names)

    assert [read(path.read_text("utf-8")).one("html").attributes["lang"] for path in tmp_path.glob("*.html")] == [
        lang
    ] * 2
    (document,) = tmp_path.glob("*.docx")
    assert "Zorggroep Bedachte Beek B.V." in word_texts(document.read_bytes())
    assert read(str(names["page"])).one("html").attributes["lang"] == lang
    assert all(name in next(tmp_path.glob("*.txt")).read_text("utf-8") for name in FIELDS)


def test_both_pages_have_the_same_sections_and_the_settings_of_the_example(tmp_path: Path) -> None:
    sections = [page.read_text("utf-8").count("\n## ") for page in PAGES.values()]

    assert sections[0] == sections[1]
    for page in PAGES.values():
        shown = tmp_path / "letter.toml"
        shown.write_text(blocks(page, "toml")[0], encoding="utf-8")
        assert read_settings(shown) == SETTINGS
