"""Every law has a page; the barrier on it breaks that law and no other, and mended it keeps all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from law_pages import FOLDER, NAMES, Page, installed

from barriermodel.testing import LAWS, LawBroken

pytestmark = pytest.mark.docs

MOST_LINES = 3
"""How many lines of a dossier a person still reads."""
ALSO = dict.fromkeys(("reads_only_what_it_declares", "survives_json"), "frame_equals_dossier")
"""What is remembered of another rule, or is one object, is another in a table too."""
WORDS = "texts_complete"
"""The barriers of the other pages leave words out, as the index says."""


def test_every_law_has_a_page_and_every_page_a_law() -> None:
    assert sorted(LAWS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_its_law_says(name: str) -> None:
    title, _, quote, *_ = Page(name).text.splitlines()

    assert title == f"# {name}"
    assert quote == f"> {LAWS[name].says}"


def test_the_index_says_what_each_law_says() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\w+)\]\((\w+)\.md\) \| (.+) \|$", text, re.MULTILINE)

    assert rows == [(law.name, law.name, law.says) for law in LAWS.values()]


@pytest.mark.parametrize("name", NAMES)
def test_the_barrier_of_a_page_breaks_its_law(name: str, tmp_path: Path) -> None:
    page = Page(name)

    with (
        installed(page.broken, f"{name}_broken", tmp_path) as subject,
        pytest.raises(LawBroken) as broken,
    ):
        LAWS[name].check(subject)

    message = str(broken.value)
    assert message == page.said
    id = message.partition(":")[0]
    ids = [subject.id, *(f"{subject.id}.{name}" for name in (*subject.barrier.rules, *subject.barrier.derived_facts))]
    assert id in ids
    assert len(message.splitlines()) <= 2 + MOST_LINES


def keeps(source: str, name: str, folder: Path, laws: list[str]) -> None:
    """Try the first barrier of a plugin on some laws."""
    with installed(source, name, folder) as subject:
        subject.max_examples = 10
        for law in laws:
            LAWS[law].check(subject)


def others(name: str) -> list[str]:
    """The laws that the barrier of a page keeps, the next ones first."""
    place = NAMES.index(name)
    return [law for law in (*NAMES[place + 1 :], *NAMES[:place]) if law not in (ALSO.get(name), WORDS)]


@pytest.mark.parametrize("name", NAMES)
def test_the_barrier_of_a_page_keeps_the_law_of_the_next(name: str, tmp_path: Path) -> None:
    keeps(Page(name).broken, f"{name}_broken", tmp_path, others(name)[:1])


@pytest.mark.nightly
@pytest.mark.parametrize("name", NAMES)
def test_the_barrier_of_a_page_breaks_no_other_law(name: str, tmp_path: Path) -> None:
    keeps(Page(name).broken, f"{name}_broken", tmp_path, others(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_mended_barrier_of_a_page_keeps_its_law(name: str, tmp_path: Path) -> None:
    keeps(Page(name).mended, f"{name}_mended", tmp_path, [name])


@pytest.mark.nightly
@pytest.mark.parametrize("name", NAMES)
def test_the_mended_barrier_of_a_page_keeps_all_laws(name: str, tmp_path: Path) -> None:
    keeps(Page(name).mended, f"{name}_mended", tmp_path, [law for law in NAMES if law == name or law != WORDS])


@pytest.mark.parametrize("name", NAMES)
def test_a_page_can_be_copied(name: str) -> None:
    """Its first block is a plugin by itself, and no wider than other code."""
    page = Page(name)

    assert [len(page.blocks("python")), len(page.blocks(""))] == [2, 1]
    assert "\nBARRIERMODEL_API = 2\n" in page.broken
    assert max(len(line) for block in page.blocks("python") for line in block.splitlines()) <= 120
