"""Words files: where they are found, what a placeholder is, and what happens to what cannot be read."""

from __future__ import annotations

import inspect
import json
import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import barriermodel
from barriermodel.reporting.phrases import INFIX
from barriermodel.rules.expression import COMPARISONS
from barriermodel.testing import evidence_cases
from barriermodel.testing.solve import OUTCOMES
from barriermodel.words.lexicon import Lexicon, WordRef
from barriermodel.words.templates import Template, plural_category
from barriermodel.words.word_files import WordsFile, words_of

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
TITLE = WordRef("voorbeeld", ("barrier", "voorbeeld", "permits", "title"))


@pytest.fixture
def module() -> Iterator[types.ModuleType]:
    made = types.ModuleType("voorbeeld")
    sys.modules["voorbeeld"] = made
    yield made
    del sys.modules["voorbeeld"]


def filled(text: object, **values: object) -> str:
    template = Template.read(text)
    shown = {name: str(value) for name, value in values.items()}
    return template.fill(shown, plural_category(values.get(template.count or "")))


# Templates ----------------------------------------------------------------------------------------------


@given(st.text())
def test_any_text_can_be_said_with_its_braces_doubled(text: str) -> None:
    assert filled(text.replace("{", "{{").replace("}", "}}")) == text


@given(st.lists(st.tuples(st.text(alphabet=st.characters(exclude_characters="{}")), NAMES)))
def test_each_name_is_replaced_by_its_value_and_nothing_in_a_value_is_read(parts: list[tuple[str, str]]) -> None:
    written = "".join(f"{text}{{{name}}}" for text, name in parts)
    values = {name: f"<{{{name}}}>" for _, name in parts}

    assert filled(written, **values) == "".join(f"{text}<{{{name}}}>" for text, name in parts)
    assert Template.read(written).placeholders == {name for _, name in parts}


@pytest.mark.parametrize(
    "text", ["{a.b}", "{a[0]}", "{a!r}", "{a:x}", "{0}", "{}", "{ a }", "{A}", "{", "}", "{{a}", "a}"]
)
def test_a_placeholder_is_a_name_and_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match="brace at character"):
        Template.read(text)


@pytest.mark.parametrize(
    "value", [1, None, [], {}, {"other": "x"}, {"count": "n", "one": "x"}, {"count": "n", "other": 1}]
)
def test_what_is_neither_a_text_nor_plural_forms_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="write a text, or a table"):
        Template.read(value)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"count": "n", "other": "x", "One": "y"}, "'One'"),
        ({"count": "n", "other": "x", "one": 1}, "'one'"),
        ({"count": "no name", "other": "x"}, "'no name'"),
    ],
)
def test_a_wrong_plural_form_is_named(value: object, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Template.read(value)


def test_the_form_follows_the_number() -> None:
    text = {"count": "n", "one": "één maand", "other": "{n} maanden"}

    assert [filled(text, n=n) for n in (0, 1, 2)] == ["0 maanden", "één maand", "2 maanden"]


# Where they are found -----------------------------------------------------------------------------------


def test_code_without_a_package_has_its_words_beside_it(module: types.ModuleType) -> None:
    module.BARRIERMODEL_WORDS = {"nl": '[barrier.voorbeeld.permits]\ntitle = "Vergunningen"'}  # type: ignore[attr-defined]
    lexicon = Lexicon()

    assert lexicon.text(TITLE, "nl") == "Vergunningen"
    assert list(lexicon.used) == ["voorbeeld.BARRIERMODEL_WORDS"]


def test_dutch_is_said_where_a_language_lacks_the_text(module: types.ModuleType) -> None:
    module.BARRIERMODEL_WORDS = {"nl": '[barrier.voorbeeld.permits]\ntitle = "Vergunningen"', "en": ""}  # type: ignore[attr-defined]

    assert TITLE["en"] == TITLE["fr"] == "Vergunningen"  # type: ignore[index]


def test_the_words_of_a_profile_come_first(module: types.ModuleType, tmp_path: Path) -> None:
    module.BARRIERMODEL_WORDS = {"nl": '[barrier.voorbeeld.permits]\ntitle = "Vergunningen"'}  # type: ignore[attr-defined]
    (tmp_path / "nl.toml").write_text('[barrier.voorbeeld.permits]\ntitle = "Onze vergunningen"', encoding="utf-8")

    with Lexicon((tmp_path,)).active():
        assert TITLE["nl"] == "Onze vergunningen"
    assert TITLE["nl"] == "Vergunningen"


def test_a_text_that_is_missing_is_made_from_its_id_and_noted(module: types.ModuleType) -> None:
    lexicon = Lexicon()

    assert lexicon.text(WordRef("voorbeeld", ("evidence", "permit", "facts", "granted_on")), "nl") == "granted on"
    assert lexicon.text(TITLE, "nl") == "permits"
    assert [ref.key[-1] for ref, _ in lexicon.missing] == ["granted_on", "title"]


def test_a_cell_of_a_notebook_that_runs_again_has_its_new_words(module: types.ModuleType) -> None:
    for title in ("Vergunningen", "Vergunning"):
        module.BARRIERMODEL_WORDS = {"nl": f'[barrier.voorbeeld.permits]\ntitle = "{title}"'}  # type: ignore[attr-defined]
        assert TITLE["nl"] == title


def test_what_its_owner_has_in_a_language_is_told_apart_from_what_is_said_instead(module: types.ModuleType) -> None:
    module.BARRIERMODEL_WORDS = {
        "nl": "barrier.voorbeeld.permits.title = 'Vergunning'",
        "fr": "barrier.voorbeeld.permits.title = 3",
    }  # type: ignore[attr-defined]

    assert TITLE.written("nl") == Template.read("Vergunning")
    assert TITLE.written("en") is None
    with pytest.raises(ValueError, match="write a text, or a table"):
        TITLE.written("fr")


def test_where_a_sentence_is_missing_nothing_or_something_general_is_said(
    module: types.ModuleType,
) -> None:
    rule = WordRef("voorbeeld", ("rule", "voorbeeld", "permits", "permitted"))

    assert (rule / "look")["nl"] == ""
    assert not rule / "look"
    assert (rule / "rebut")["nl"] == "U mag laten zien dat dit niet klopt, of waarom het zo is."
    assert (rule / "unverified")["en"] == "what was not re-read is not stated"
    assert rule / "unverified"


def test_a_file_that_is_no_toml_and_a_text_that_is_wrong_are_noted_and_skipped(
    module: types.ModuleType, tmp_path: Path
) -> None:
    module.BARRIERMODEL_WORDS = {"nl": '[barrier.voorbeeld.permits]\ntitle = "Vergunningen"', "en": "title ="}  # type: ignore[attr-defined]
    (tmp_path / "en.toml").write_text('[barrier.voorbeeld.permits]\ntitle = "{0}"', encoding="utf-8")
    lexicon = Lexicon((tmp_path,))

    assert lexicon.text(TITLE, "en") == "Vergunningen"
    own = f"{tmp_path / 'en.toml'}: barrier.voorbeeld.permits.title"
    assert set(lexicon.faults) == {own, "voorbeeld.BARRIERMODEL_WORDS"}
    assert "is no TOML" in lexicon.faults["voorbeeld.BARRIERMODEL_WORDS"]


@given(st.binary())
def test_no_bytes_of_a_words_file_raise(raw: bytes) -> None:
    found = WordsFile.read(raw, "nl", "nl.toml")

    assert bool(found.fault) != bool(found.texts or not found.fault)


# What the library says itself ---------------------------------------------------------------------------


def templates(texts: dict[str, Any], *above: str) -> Iterator[tuple[str, Template]]:
    for key, value in texts.items():
        if isinstance(value, dict) and "other" not in value:
            yield from templates(value, *above, key)
        else:
            yield ".".join([*above, key]), Template.read(value)


def test_the_library_says_the_same_in_both_languages() -> None:
    dutch, english = (
        dict(templates(dict(file.texts))) for lang in ("nl", "en") if (file := words_of("barriermodel", lang))
    )

    assert dutch.keys() == english.keys()
    assert [key for key, text in dutch.items() if text.placeholders != english[key].placeholders] == []


def test_whatever_the_code_says_stands_in_the_words_file() -> None:
    """A key that is missing would be said as its own name, and not fail."""
    dutch = words_of("barriermodel", "nl")
    assert dutch is not None
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(barriermodel.__file__).parent.rglob("*.py"))
    said = {tuple(json.loads(f"[{key}]")) for key in re.findall(r'\bsaid\(("\w+"(?:, "\w+")+)\)', code)}

    assert len(said) > 200
    assert [key for key in said if dutch.find(("phrase", *key)) is None] == []


def test_each_comparison_has_its_four_forms() -> None:
    dutch = words_of("barriermodel", "nl")
    assert dutch is not None
    compared, dates = (dutch.find(("phrase", "operators", of)) for of in ("any", "date"))

    assert set(compared) == {*COMPARISONS, "one_of"}
    assert set(dates) == {"gt", "ge", "lt", "le"}
    assert {tuple(forms) for forms in (*compared.values(), *dates.values())} == {
        ("true", "false", "asked", "asked_not")
    }
    assert set(dutch.find(("phrase", "operators", "between"))) == set(INFIX)


def test_each_case_has_a_name_of_its_own() -> None:
    dutch = words_of("barriermodel", "nl")
    assert dutch is not None
    named = re.findall(r'_NAMES / "(\w+)"', inspect.getsource(evidence_cases))

    assert sorted(dutch.find(("phrase", "cases", "evidence"))) == sorted(named)
    assert list(dutch.find(("phrase", "cases", "outcome"))) == list(OUTCOMES)
