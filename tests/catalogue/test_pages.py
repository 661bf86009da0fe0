"""The two pages of the catalogue in the docs, and the command that makes them."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from barriermodel import Registry
from barriermodel.cli.commands import run
from barriermodel.reading.parsing import parse_toml
from barriermodel.reporting.catalogue import catalogue
from barriermodel.text import Language

pytestmark = pytest.mark.docs

ROOT = Path(__file__).parents[2]
PAGES: dict[Language, Path] = {"nl": ROOT / "docs" / "barrieres.md", "en": ROOT / "docs" / "barriers.md"}
AGAIN = " && ".join(
    f"barriermodel barriers --format markdown --lang {lang} -o docs/{page.name}" for lang, page in PAGES.items()
)


def of_this_repository() -> Registry:
    """The plugins of ``plugins/``, whichever others are installed."""
    registry = Registry()
    for file in sorted((ROOT / "plugins").glob("*/pyproject.toml")):
        project = parse_toml(file.read_bytes(), str(file))["project"]
        for module in project["entry-points"]["barriermodel"].values():
            registry.add(pytest.importorskip(module), project["name"])
    return registry


@pytest.mark.parametrize("lang", PAGES)
def test_the_pages_in_the_docs_are_what_the_plugins_say(lang: Language) -> None:
    page = catalogue(of_this_repository(), lang)

    assert PAGES[lang].read_text(encoding="utf-8") == page, f"a plugin or profile has changed; run: {AGAIN}"


def test_no_plugin_of_this_repository_keeps_confidential_evidence_without_saying_how_long() -> None:
    assert [w for found in of_this_repository().plugins for w in found.warnings] == []


@pytest.mark.parametrize(("lang", "plural"), [("nl", "maanden"), ("en", "months")])
def test_one_month_is_told_as_one(lang: Language, plural: str) -> None:
    page = PAGES[lang].read_text(encoding="utf-8")

    assert f"| 3 {plural} |" in page
    assert f"| 1 {plural} |" not in page


def test_every_link_inside_the_page_leads_to_a_heading() -> None:
    for page in PAGES.values():
        text = page.read_text(encoding="utf-8")
        headings = [line.lstrip("# ").replace("\\", "") for line in text.splitlines() if line.startswith("#")]
        anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}

        assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= anchors


def test_the_command_prints_one_barrier_or_a_profile_or_writes_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    importlib.import_module("barriermodel_kvk")
    page = tmp_path / "page.md"

    assert run(["barriers", "nl.kvk", "--format", "markdown", "--lang", "en"]) == 0
    one = capsys.readouterr().out
    assert run(["barriers", "--format", "markdown", "--profile", "twente-2019", "-o", str(page)]) == 0

    assert "## Registration in the Handelsregister (trade register) (nl.kvk)" in one
    assert len([line for line in one.splitlines() if line.startswith("## ")]) == 4
    assert capsys.readouterr().out == ""
    assert page.read_text(encoding="utf-8").startswith("# Barrières van Twents barrièremodel 2019\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--profile", "twente-2019"],
        ["nl.kvk", "--profile", "twente-2019", "--format", "markdown"],
        ["nl.kvkk", "--format", "markdown"],
        ["--profile", "twente-2091", "--format", "markdown"],
    ],
)
def test_a_mistake_ends_in_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["barriers", *arguments]) == 2
    assert capsys.readouterr().out == ""
