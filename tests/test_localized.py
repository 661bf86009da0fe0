"""A text for people is a mapping from language to text, and what is composed is composed in the language asked for."""

from __future__ import annotations

import copy
import pickle
import sys
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import barriermodel
from barriermodel import BarrierModel, load_assessment, load_dossier
from barriermodel.analysis.text import WordRef, composed
from barriermodel.extras import MissingExtraError
from barriermodel.plugin import Absent, Localized, ProfileError, messages

FOLDER = Path(barriermodel.__file__).parent / "words"
DOSSIER = Path(__file__).parents[1] / "docs" / "examples" / "bewijs-ontbreekt"
PROFILE = """
id = "regio"
title = { nl = "Regio", en = "Region", fr = "La région" }
owner = { nl = "De regio", en = "The region", fr = "La région elle-même" }
status = "reconstruction"
valid_from = 2019-01-01
extends = "twente-2019"
[parameters."nl.financial_continuity"]
min_solvency = { value = 0.25, assumption = { nl = "Een voorstel", en = "A proposal", fr = "Une proposition" } }
"""
TEXTS = st.fixed_dictionaries(
    {"nl": st.text(), "en": st.text()}, optional=dict.fromkeys(("fr", "de", "pap", "fr-BE", "zh-Hant"), st.text())
)


def region(folder: Path, profile: str = PROFILE) -> BarrierModel:
    (folder / "regio.toml").write_text(profile, encoding="utf-8")
    return BarrierModel.load(folder / "regio.toml")


# A mapping ----------------------------------------------------------------------------------------------


@given(TEXTS)
def test_a_text_is_the_mapping_that_it_is_made_of(texts: dict[str, str]) -> None:
    text = Localized(**texts)

    assert isinstance(text, Mapping)
    assert text == texts == dict(text)
    assert (sorted(text), len(text)) == (sorted(texts), len(texts))
    assert [text[lang] for lang in texts] == [text.get(lang) for lang in texts] == list(texts.values())
    assert (text.nl, text.en) == (texts["nl"], texts["en"])


@given(TEXTS, TEXTS)
def test_texts_that_say_the_same_are_equal_and_hash_alike_in_any_order(
    one: dict[str, str], two: dict[str, str]
) -> None:
    a, b, turned = Localized(**one), Localized(**two), Localized(**dict(reversed(one.items())))

    assert (a == b) == (one == two)
    assert a == turned
    assert hash(a) == hash(turned)


@given(TEXTS)
def test_a_text_survives_being_pickled_and_copied(texts: dict[str, str]) -> None:
    text = Localized(**texts)

    assert pickle.loads(pickle.dumps(text)) == text
    assert copy.copy(text) is copy.deepcopy(text) is text


def test_a_text_cannot_be_changed() -> None:
    text: Any = Localized("omzet", "turnover")

    with pytest.raises(TypeError):
        text["fr"] = "chiffre d'affaires"
    with pytest.raises(AttributeError):
        text.nl = "winst"


def test_a_text_shows_each_language_that_it_has() -> None:
    assert repr(Localized("ja", "yes", fr="oui")) == "Localized(nl='ja', en='yes', fr='oui')"


def test_a_language_that_a_text_lacks_is_said_in_dutch_and_is_not_in_it() -> None:
    pytest.importorskip("babel")
    text = Localized("omzet", "turnover", fr="chiffre d'affaires")

    assert (text["de"], "de" in text, text.get("de"), text.get("de", "?")) == ("omzet", False, None, "?")


@pytest.mark.parametrize("tag", ["frans", "FR", "f", "fr_BE", "fr-", "", "nl\n"])
def test_what_has_not_the_form_of_a_tag_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="tag of another language, such as fr; got"):
        Localized("een", "one", **{tag: "?"})


def test_a_language_that_does_not_exist_is_refused_where_languages_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("babel")
    with pytest.raises(ValueError, match="got 'xx'"):
        Localized("een", "one", xx="?")

    monkeypatch.setitem(sys.modules, "babel", None)
    assert Localized("een", "one", xx="?").get("xx") == "?"


# What is composed ---------------------------------------------------------------------------------------


def test_what_is_composed_is_composed_in_any_language_with_the_words_of_that_moment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("babel")
    module = types.ModuleType("voorbeeld")
    monkeypatch.setitem(sys.modules, "voorbeeld", module)
    module.BARRIERMODEL_WORDS = {"nl": "a.b = 'Van {x}'", "fr": "a.b = 'De {x}'"}  # type: ignore[attr-defined]
    filled = WordRef("voorbeeld", ("a", "b")).fill(x=Localized("hier", "here", fr="ici"))
    twice = composed(lambda lang: f"{filled[lang]}!")

    assert (dict(twice), twice["fr"], "fr" in twice) == ({"nl": "Van hier!", "en": "Van here!"}, "De ici!", False)
    assert pickle.loads(pickle.dumps(twice)) == twice


def test_a_remark_of_a_reader_is_in_the_language_of_the_report_and_stored_in_dutch_and_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("babel")
    module = types.ModuleType("voorbeeld")
    monkeypatch.setitem(sys.modules, "voorbeeld", module)
    module.BARRIERMODEL_WORDS = {  # type: ignore[attr-defined]
        "nl": "[messages]\nvat = 'Met {rate} btw'", "en": "[messages]\nvat = 'With {rate} VAT'",
        "fr": "[messages]\nvat = 'TVA de {rate} comprise'",
    }  # fmt: skip

    said = messages("voorbeeld")("vat", rate="21%")
    (note,) = Absent(kind="kvk_extract", reason="missing", notes=[said]).notes

    assert note["fr"] == "TVA de 21% comprise"
    assert dict(note) == {"nl": "Met 21% btw", "en": "With 21% VAT"}


def test_why_a_fact_is_unknown_is_said_in_french_once_the_library_has_french_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("babel")
    words = {lang: (FOLDER / f"{lang}.toml").read_text("utf-8") for lang in ("nl", "en")}
    words["fr"] = '[phrase.unknown_facts]\nexpired = "la pièce du {day} est périmée"'
    monkeypatch.setattr(barriermodel, "BARRIERMODEL_WORDS", words, raising=False)
    assessment = BarrierModel.load("twente-2019").assess(load_dossier(DOSSIER))

    said = [cause.why_text for cause in assessment.explanation("fr").causes]

    assert any(why.startswith("la pièce du ") and why.endswith("2025 est périmée") for why in said), said


# The texts of a profile ---------------------------------------------------------------------------------


def test_a_profile_is_shown_in_the_languages_that_it_has_and_otherwise_in_dutch(tmp_path: Path) -> None:
    pytest.importorskip("babel")
    assessment = region(tmp_path).assess(load_dossier(DOSSIER))

    shown = {lang: assessment.explanation(lang) for lang in ("nl", "en", "fr", "de")}

    assert {lang: found.profile.title for lang, found in shown.items()} == {
        "nl": "Regio", "en": "Region", "fr": "La région", "de": "Regio",
    }  # fmt: skip
    assumed = {lang: {one.assumption for one in found.assumptions} for lang, found in shown.items()}
    assert "Une proposition" in assumed["fr"]
    assert "Een voorstel" in assumed["de"]


def test_a_profile_with_a_language_loads_where_that_cannot_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "babel", None)
    barriermodel.cldr.locale_of.cache_clear()  # type: ignore[attr-defined]
    model = region(tmp_path)

    assert dict(model.profile.title)["fr"] == "La région"
    with pytest.raises(MissingExtraError, match="'fr' needs babel"):
        model.assess(load_dossier(DOSSIER)).explanation("fr")


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        (
            'fr = "La région"',
            'frans = "La région"',
            "title: expected nl, en or the tag of another language, such as fr",
        ),
        ('en = "Region", ', "", "title.en: required, but not given"),
        ('fr = "La région"', 'fr = " "', "title: a text needs both languages, and none can be empty"),
        ('fr = "La région"', "fr = 1", "title: expected text; got 1"),
        ('fr = "Une proposition"', 'fr-be_ = "?"', "min_solvency[0].assumption: expected nl, en or the tag of"),
    ],
)
def test_what_is_wrong_in_a_text_of_a_profile_is_told_with_its_place(
    tmp_path: Path, before: str, after: str, problem: str
) -> None:
    with pytest.raises(ProfileError) as caught:
        region(tmp_path, PROFILE.replace(before, after))
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    "title", ['nl = " ", en = "Region"', 'nl = "Regio", en = ""', 'nl = "Regio", en = "R", fr = "\\t"']
)
def test_no_title_of_a_profile_or_stage_is_blank_in_a_language(tmp_path: Path, title: str) -> None:
    stage = f"stages = [{{ id = 'x', title = {{ {title} }}, moment = 'admission', barriers = ['nl.kvk'] }}]"
    for wrong in (PROFILE.replace('nl = "Regio", en = "Region", fr = "La région"', title, 1), f"{stage}\n{PROFILE}"):
        with pytest.raises(ProfileError, match="title: a text needs both languages, and none can be empty"):
            region(tmp_path, wrong)


def test_braces_in_a_title_stand_for_themselves(tmp_path: Path) -> None:
    assert region(tmp_path, PROFILE.replace('"Regio"', '"Regio {x"')).profile.title.nl == "Regio {x"


def test_another_language_changes_no_digest_and_is_stored(tmp_path: Path) -> None:
    dossier = load_dossier(DOSSIER)
    with_french = region(tmp_path).assess(dossier)
    without = region(tmp_path, PROFILE.replace(', fr = "La région"', "")).assess(dossier)

    assert with_french.digest == without.digest
    assert with_french.evaluation.resolved.digest == without.evaluation.resolved.digest
    stored = load_assessment(with_french.to_json())
    assert stored.digest_holds
    assert stored.profile.title == {"nl": "Regio", "en": "Region", "fr": "La région"}
    assert without.to_dict()["profile"]["title"] == {"nl": "Regio", "en": "Region"}
