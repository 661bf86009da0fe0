"""The page for contract managers does what it says: its commands run in order, and what it shows is printed."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
import shlex
from pathlib import Path

import pytest

from barriermodel.cli.commands import run
from markdown import Block, blocks, fenced
from pages import DOCS

python_calamine = pytest.importorskip("python_calamine")
for needed in ("polars", "openpyxl", "xlsxwriter", "docxtpl", "holidays", "jinja2", "barriermodel_regions"):
    pytest.importorskip(needed)

pytestmark = [pytest.mark.docs, pytest.mark.filterwarnings("ignore::barriermodel.TableWarning")]

PAGES = {"nl": DOCS / "portefeuille.md", "en": DOCS / "portfolio.md"}
LIST = DOCS / "portfolio" / "lijst.xlsx"


def printed(command: str) -> str:
    """What a command of the page prints; a file is written as the shell would."""
    said, _, file = command.removeprefix("$ ").partition(" > ")
    program, *arguments = shlex.split(said)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        assert (program, run(arguments), err.getvalue()) == ("barriermodel", 0, err.getvalue())
    if file:
        Path(file).write_text(out.getvalue(), encoding="utf-8")
    return out.getvalue()


def without_the_total(path: Path) -> None:
    """The list as the page says to mend it."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    assert sheet.cell(sheet.max_row, 1).value == "Totaal"
    sheet.delete_rows(sheet.max_row)
    book.save(path)


def follow(page: Path) -> None:
    """Do what the page says, in this folder, and check what it shows after each command."""
    command, said = "", ""
    for block in fenced(page):
        if block.language == "toml":
            Path(block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for command in block.text.splitlines():
                said = printed(command)
        elif not block.text.startswith("python -m "):
            if block.text.startswith("300 "):
                mend(block)
                said = printed(command)
            assert block.text in said, block.where


def mend(block: Block) -> None:
    """Do what the text before this block says."""
    without_the_total(Path("lijst.xlsx"))
    (better,) = re.findall("`(unknown = .*)`", block.introduction)
    table_map = Path("kolommen.toml")
    table_map.write_text(re.sub("^unknown = .*$", better, table_map.read_text("utf-8"), flags=re.M), "utf-8")


@pytest.mark.nightly
@pytest.mark.parametrize("lang", PAGES)
def test_each_command_of_the_page_does_what_the_page_says(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lijst.xlsx").write_bytes(LIST.read_bytes())

    follow(PAGES[lang])

    letters = {path.name for path in Path("brieven").iterdir()}
    others = {"nl": {"controles.txt", "geen-brief.txt"}, "en": {"checks.txt", "no-letter.txt"}}[lang]
    assert others < letters
    assert len(letters) == 118 + 2
    assert {path.name for path in tmp_path.iterdir()} == {
        "lijst.xlsx", "advies.xlsx", "kolommen.toml", "kolommen-leeg.toml", "afzender.toml", "portefeuille.html",
        "publiek.html", "brieven", "voornemen.docx",
    }  # fmt: skip
    page = Path("portefeuille.html").read_text("utf-8")
    assert {"nl": "U moet 20 aanbieders om bewijs vragen", "en": "ask 20 providers for evidence"}[lang] in page
    assert {"nl": "Bij 98 aanbieders vraagt u geen bewijs", "en": "From 98 providers you need no evidence"}[
        lang
    ] in page
    assert "Fictieve" in page
    assert "Fictieve" not in Path("publiek.html").read_text("utf-8")


def test_both_pages_have_the_same_blocks_and_sections() -> None:
    def commands(page: Path) -> list[str]:
        measure = {"de opdracht niet laten ingaan": "", "not letting the award begin": ""}
        text = "".join(blocks(page, "console")).replace(" --lang en", "")
        for words, none in measure.items():
            text = text.replace(words, none)
        return text.splitlines()

    nl, en = PAGES.values()
    assert commands(nl) == commands(en)
    assert len(commands(nl)) == 7
    assert blocks(nl, "toml") == blocks(en, "toml")
    assert [block.language for block in fenced(nl)] == [block.language for block in fenced(en)]
    assert nl.read_text("utf-8").count("\n## ") == en.read_text("utf-8").count("\n## ")
    assert re.findall(r"^## .*\((\d+) ", nl.read_text("utf-8"), re.M) == re.findall(
        r"^## .*\((\d+) ", en.read_text("utf-8"), re.M
    )
    assert all("--lang en" in line for block in blocks(en, "console") for line in block.splitlines())


@pytest.mark.parametrize("lang", ["nl", pytest.param("en", marks=pytest.mark.nightly)])
def test_the_first_run_shows_what_is_to_be_mended(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lijst.xlsx").write_bytes(LIST.read_bytes())
    table_map = next(block for block in fenced(PAGES[lang]) if block.language == "toml")
    Path(table_map.file).write_text(table_map.text, encoding="utf-8")
    shown = next(block for block in fenced(PAGES[lang]) if block.section.startswith("4.") and not block.language)

    said = printed(next(line for line in "".join(blocks(PAGES[lang], "console")).splitlines() if " batch " in line))

    assert table_map.file == "kolommen.toml"
    assert shown.text in said


def test_the_list_is_what_its_script_makes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_list", LIST.parent / "make_list.py")
    assert spec is not None
    assert spec.loader is not None
    make_list = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_list)

    make_list.write(tmp_path / "lijst.xlsx")

    made, kept = (python_calamine.load_workbook(path) for path in (tmp_path / "lijst.xlsx", LIST))
    assert made.sheet_names == kept.sheet_names == ["Aanbieders"]
    assert made.get_sheet_by_index(0).to_python() == kept.get_sheet_by_index(0).to_python()
    names = [line[0] for line in make_list.rows()][4:-1]
    assert len(names) == len(set(names)) == 300
