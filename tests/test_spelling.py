"""Words of an enumeration are told apart from others however they are written, and a suggestion is near."""

from __future__ import annotations

import enum
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import DossierError, LegalForm, Registry, load_dossier
from barriermodel.domain.award import Act, Procedure
from barriermodel.spelling import fold, folded, spellings, suggest

FORMS = [form.value for form in LegalForm]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("BV", "bv"), ("B.V.", "bv"), ("b.v. ", "bv"), (" B. V.", "bv"), ("Besloten Vennootschap", "bv"),
        ("V.O.F.", "vof"), ("VOF", "vof"), ("Vennootschap onder firma", "vof"), ("Stichting", "stichting"),
        ("EENMANSZAAK", "eenmanszaak"), ("Coöperatie U.A.", "cooperatie"), ("coöperatie", "cooperatie"),
        ("Vereniging van Eigenaars", "vve"), ("Buitenlandse rechtsvorm", "buitenlands"),
    ],
)  # fmt: skip
def test_a_legal_form_is_one_however_it_is_written(written: str, form: str) -> None:
    assert spellings(LegalForm)[fold(written)] == form


@pytest.mark.parametrize("written", ["B.V. i.o.", "maatschappij", "zzp", "bv of nv", "B.V.?", "?", ""])
def test_what_is_no_legal_form_for_certain_is_none(written: str) -> None:
    assert fold(written) not in spellings(LegalForm)


def test_labels_are_words_too() -> None:
    assert spellings(Act)[fold("Jeugdwet en Wmo")] == "jeugdwet_and_wmo"
    assert spellings(Procedure)[fold("Open House")] == "open_house"


def test_a_number_keeps_its_signs() -> None:
    assert [fold(word) for word in ("-1", "1,5", "1.5", " 15 ")] == ["-1", "1,5", "1.5", "15"]


def test_words_that_come_to_be_one_and_mean_two_things_are_none() -> None:
    assert folded({"n.v.": "unknown", "NV": "nv", "b.v.": "bv", "BV": "bv"}) == {"bv": "bv"}


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.sampled_from([LegalForm, Act, Procedure]), st.data())
def test_every_word_of_an_enumeration_is_itself(kind: type[enum.Enum], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from([str(member.value) for member in kind]))
    written = data.draw(st.sampled_from([word, word.upper(), f" {word}. "]))

    assert spellings(kind)[fold(written)] == word


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("B.V.", "bv"), ("Stichtnig", "stichting"), ("Vennootschap onder firma", "vof"), ("bvv", "bv"),
        ("vbo", None), ("zzp", None), ("CVBA", None), ("onbekend", None), ("Holding", None), ("x" * 200, None),
    ],
)  # fmt: skip
def test_a_suggestion_is_a_word_that_is_near_or_none(word: str, meant: str | None) -> None:
    assert suggest(word, FORMS, LegalForm) == (f"; did you mean {meant!r}?" if meant else "")


def test_names_of_which_only_the_beginning_is_alike_are_not_near() -> None:
    columns = ["annual_accounts__equity", "annual_accounts__turnover", "kvk_extract__active"]

    assert suggest("annual_accounts__omzet", columns) == ""
    assert suggest("annual_accounts__turnovr", columns) == "; did you mean 'annual_accounts__turnover'?"
    assert suggest("kvk_extract_active", columns) == "; did you mean 'kvk_extract__active'?"


def test_a_dossier_stays_strict_and_suggests_the_word(tmp_path: Path) -> None:
    path = tmp_path / "dossier.json"
    content = {"schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provider": {"legal_form": "B.V."}}
    path.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(DossierError, match=r"got 'B\.V\.'; did you mean 'bv'\?"):
        load_dossier(path, Registry())
