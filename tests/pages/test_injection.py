"""Whatever stands in a text of a dossier, a profile or a words file stays a text on every page."""

from __future__ import annotations

import copy
import itertools
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markup import read

from barriermodel import Assessment, BarrierModel, InputError, Registry, dump_dossier
from barriermodel.formats.dossier import read_dossier
from examples import ordinary
from pages import assessed, model, printed

HARMLESS = "Woord"
PIECES = (
    "<script>alert(1)</script>", "</title><b>", "</style>", '" onload="alert(1)', "' onclick='alert(1)", "<!--", "-->",
    "]]>", "&lt;b&gt;", "&#60;b&#62;", "<svg onload=alert(1)>", "{{7*7}}", "{% print(7*7) %}", "{# weg #}", "{name}",
    "{{ say('skip') }}", "${7*7}", "javascript:alert(1)", "url(http://x.example)", "\\", "\0", "\x1b[31m", "\x7f",
    "\x85", "\r\n", "\t", "\u200f", "\u202e", "\u2066", "\u2028", "\ufeff", "\U000e0041",
)  # fmt: skip
LETTERS = st.characters(max_codepoint=0x17F)
payloads = st.lists(st.sampled_from(PIECES) | st.text(LETTERS, max_size=3), min_size=1, max_size=8).map(
    lambda parts: "x" + "".join(parts)
)
EVERYTHING = "x" + "".join(PIECES)
STEERING = re.compile(
    "[\0-\t\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)
"""Control characters other than the end of a line, and what reverses the order or cannot be seen."""


def shown(payload: str) -> str:
    """A text as a page shows it: all that steers is replaced, an end of line among it."""
    return STEERING.sub("\N{REPLACEMENT CHARACTER}", payload.replace("\n", "\0"))


# Texts in data ----------------------------------------------------------------------------------------


def text_places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Where texts stand: each object or list, and the key within it."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, str):
            yield data, key
        elif isinstance(value, (dict, list)):
            yield from text_places(value)


def with_texts(data: Any, places: frozenset[int], text: Callable[[int], str]) -> Any:
    """The data with other texts in some places, by their number."""
    data = copy.deepcopy(data)
    for number, (holder, key) in enumerate(text_places(data)):
        if number in places:
            holder[key] = text(number)
    return data


@cache
def dossier_of(name: str) -> tuple[dict[str, Any], frozenset[int]]:
    """A dossier as data, and the places where any text will do."""
    data = json.loads(dump_dossier(assessed(name).evaluation.dossier))
    data["absent"] += [{"kind": "staff_list", "reason": "missing", "notes": [{"nl": "Er is geen.", "en": "None."}]}]
    for item in data["evidence"]:
        item.setdefault("notes", [{"nl": "Let op.", "en": "Note."}])
        item["source"] = {"type": "document", "issuer": "Iemand", "reference": "2026/1", **item.get("source", {})}
    found = set()
    for number, (holder, key) in enumerate(text_places(data)):
        before = holder[key]
        holder[key] = f"{HARMLESS} {number}"
        try:
            read_dossier(json.dumps(data).encode(), REGISTRY)
        except InputError:
            holder[key] = before
        else:
            found.add(number)
    return data, frozenset(found)


REGISTRY = Registry.discover()


def pages_of(assessment: Assessment, lang: str) -> dict[str, str]:
    """Every page of an assessment."""
    return {
        "page": assessment.html(lang), "full": assessment.html(lang, full=True),
        "notebook": assessment._repr_html_() or "",
    }  # fmt: skip


def check(pages: dict[str, str], clean: dict[str, str], payload: str) -> None:
    """Check that pages have the elements of clean ones, show the text as it is, and have nothing that steers."""
    for name, page in pages.items():
        found = read(page)
        assert found.shape() == shape_of(clean[name])
        assert not STEERING.search(page)
        assert shown(payload) in found.text


@cache
def shape_of(page: str) -> tuple[object, ...]:
    """The elements of a page."""
    return read(page).shape()


# What is handed in ------------------------------------------------------------------------------------


@cache
def clean_pages(name: str, lang: str) -> dict[str, str]:
    data, places = dossier_of(name)
    return pages_of(model().assess(dossier_with(data, places, HARMLESS)), lang)


def dossier_with(data: dict[str, Any], places: frozenset[int], payload: str) -> Any:
    changed = with_texts(data, places, lambda number: f"{payload}{number}")
    return read_dossier(json.dumps(changed).encode(), REGISTRY)


def test_the_texts_of_a_dossier_are_those_that_people_write() -> None:
    data, places = dossier_of("bewijs-ontbreekt")
    keys = {key for number, (_, key) in enumerate(text_places(data)) if number in places}

    assert keys >= {"name", "title", "authority", "id", "issuer", "reference", "nl", "en"}


@settings(max_examples=ordinary // 10)
@given(st.sampled_from(["bewijs-ontbreekt", "aanbesteding"]), st.sampled_from(["nl", "en"]), payloads)
@example("bewijs-ontbreekt", "nl", EVERYTHING)
def test_no_text_of_a_dossier_becomes_a_part_of_a_page(name: str, lang: str, payload: str) -> None:
    data, places = dossier_of(name)
    assessment = model().assess(dossier_with(data, places, payload))

    pages = pages_of(assessment, lang)

    check(pages, clean_pages(name, lang), payload)
    assert read(pages["page"]).one("h1").text == shown(str(assessment.provider.name))


# What a profile says ----------------------------------------------------------------------------------


def profile(text: str) -> dict[str, Any]:
    """A profile in which every text is this one."""
    both = {"nl": text, "en": text}
    return {
        "id": "eigen", "title": both, "owner": text, "extends": "twente-2019", "status": "contract",
        "valid_from": "2019-01-01", "sources": [text], "words": "woorden",
        "changes": {
            "drop_stages": ["pre_monitoring"],
            "add_stages": [{
                "id": "own", "title": both, "moment": "monitoring", "barriers": ["nl.annual_accounts"],
                "combine": {"by": "count", "orange": 1, "red": 2, "assumption": both},
            }],
        },
        "parameters": {"nl.financial_continuity": {
            "min_solvency": {"value": 0.2, "assumption": both, "note": both},
            "max_award_share": {"value": 3.0, "source": text, "note": both},
        }},
        "rules": {"nl.financial_continuity.low_solvency": {"level": "red", "reason": both}},
    }  # fmt: skip


def own_profile(folder: Path, text: str, words: str | None = None) -> Path:
    """Such a profile as a file, with words in which every text is another; each in a new folder, as words are kept."""
    folder /= str(next(NUMBERS))
    (folder / "woorden").mkdir(parents=True)
    for lang in ("nl", "en"):
        own = all_words(lang).replace(f'"{HARMLESS}"', quoted(words)) if words else ""
        (folder / "woorden" / f"{lang}.toml").write_text(own, encoding="utf-8")
    written = tomlkit.dumps(profile(text)).replace('"2019-01-01"', "2019-01-01")
    (folder / "eigen.toml").write_text(written, encoding="utf-8")
    return folder / "eigen.toml"


NUMBERS = itertools.count()
PLUGINS = ("exclusion", "financial", "kvk", "quality", "signals", "staff", "supervision")


@cache
def all_words(lang: str) -> str:
    """A words file of all that these plugins say, in which every text is the same."""
    found: dict[str, Any] = {}
    for plugin in PLUGINS:
        add(found, tomllib.loads((files(f"barriermodel_{plugin}") / "words" / f"{lang}.toml").read_text("utf-8")))
    for holder, key in text_places(found):
        if key != "count":
            holder[key] = HARMLESS
    return tomlkit.dumps(found)


def quoted(text: str) -> str:
    """A text as it is written in a words file."""
    return tomlkit.item(text.replace("{", "{{").replace("}", "}}")).as_string()


def add(tables: dict[str, Any], others: dict[str, Any]) -> None:
    """Add tables to others of the same names."""
    for key, value in others.items():
        if isinstance(value, dict):
            add(tables.setdefault(key, {}), value)
        else:
            tables[key] = value


@cache
def own_pages(folder: Path, lang: str, text: str, words: str | None = None) -> dict[str, str]:
    profile = own_profile(folder, text, words)
    assessment = BarrierModel.load(profile, REGISTRY).assess(assessed("bewijs-ontbreekt").evaluation.dossier)
    if words is not None:
        return pages_of(assessment, lang)
    options = ("--lang", lang, "--format", "html")
    return pages_of(assessment, lang) | {"diff": printed("profiles", "diff", "twente-2019", str(profile), *options)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


@settings(max_examples=ordinary // 10)
@given(st.sampled_from(["nl", "en"]), payloads)
@example("nl", EVERYTHING)
def test_no_text_of_a_profile_becomes_a_part_of_a_page(folder: Path, lang: str, payload: str) -> None:
    check(own_pages(folder, lang, payload), own_pages(folder, lang, HARMLESS), payload)


@settings(max_examples=ordinary // 10)
@given(st.sampled_from(["nl", "en"]), payloads)
@example("nl", EVERYTHING)
def test_no_text_of_a_words_file_becomes_a_part_of_a_page(folder: Path, lang: str, payload: str) -> None:
    pages = own_pages(folder, lang, HARMLESS, payload)

    check(pages, own_pages(folder, lang, HARMLESS, HARMLESS), payload)
    assert shown(payload) in read(pages["page"]).one("p", "say").text
