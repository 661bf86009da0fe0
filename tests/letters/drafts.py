"""Letters of the examples, and what stands in them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docx import Document

from barriermodel import Assessment
from barriermodel.letters import Letter, intent_letter, read_settings, request_letter
from pages import DOCS, assessed

SETTINGS = read_settings(DOCS / "letters" / "letter.toml")
MEASURE = "geen overeenkomst met u sluiten"
DRAFTED = {
    ("bewijs-ontbreekt", "request"): False, ("bewijs-ontbreekt", "intent"): False, ("rode-aanbieder", "intent"): False,
    ("rode-aanbieder", "request"): False,
    ("aanbesteding", "request"): True, ("aanbesteding", "intent"): True, ("een-bestand.json", "request"): False,
    ("tussentijdse-gunning", "request"): False, ("tussentijdse-gunning", "intent"): False,
}  # fmt: skip
"""The letters of the examples, as their README says what was found, and whether they need confidential evidence."""


@cache
def drafted(name: str, kind: str, lang: str = "nl", **more: Any) -> Letter:
    """A letter about an example."""
    return letter_of(assessed(name), kind, lang, **{"confidential": DRAFTED.get((name, kind), False), **more})


def letter_of(assessment: Assessment, kind: str, lang: str = "nl", **more: Any) -> Letter:
    """A letter about an assessment, on its own day."""
    given: dict[str, Any] = {"date": assessment.as_of, "settings": SETTINGS, "lang": lang, **more}
    if kind == "request":
        return request_letter(assessment, **given)
    return intent_letter(assessment, **{"measure": MEASURE, **given})


def in_order(letter: Letter) -> Iterator[str]:
    """The texts of a letter from the name of the provider to the signature, in the order in which they are read."""
    data = letter.to_dict()
    yield from (data["addressee"]["name"], *data["addressee"]["address"], data["date_line"], data["reference_line"])
    yield from (data["subject"], data["salutation"], *body(letter), data["closing"], *data["signature"])


def body(letter: Letter) -> Iterator[str]:
    """The texts of the blocks."""
    for block in letter.to_dict()["blocks"]:
        yield from filter(None, (block["heading"], *block["paragraphs"]))
        for point in block["points"]:
            yield from (point["title"], *point["paragraphs"])


def prose(letter: Letter) -> list[str]:
    """Its paragraphs, without headings."""
    points = [point for block in letter.blocks for point in block.points]
    return [text for part in (*letter.blocks, *points) for text in part.paragraphs]


def opened(raw: bytes) -> Any:
    """A Word document, opened with the library that reads them."""
    return Document(io.BytesIO(raw))


def word_texts(raw: bytes) -> list[str]:
    """The texts in the body of a Word document."""
    return [paragraph.text for paragraph in opened(raw).paragraphs if paragraph.text]


def template(path: Path, *paragraphs: str, header: str = "") -> Path:
    """A Word template with these paragraphs."""
    made = Document()
    for text in paragraphs:
        made.add_paragraph(text)
    made.sections[0].header.paragraphs[0].text = header
    made.save(str(path))
    return path
