"""The readers of insolvency: KvK's open data and a typed-over extract."""

import json

import pytest

from barriermodel import DossierError, Identifier
from barriermodel_integrity import InsolvencyCase
from barriermodel_integrity.insolvency import bankrupt, insolvency
from barriermodel_integrity.readers import integrity_reader, read_open_data

WHOLE = {
    "datumAanvang": "20190301",
    "actief": "J",
    "rechtsvormCode": "BV",
    "postcodeRegio": 75,
    "activiteiten": [{"sbiCode": "88101", "soortActiviteit": "Hoofdactiviteit"}],
    "lidstaat": "NL",
}


def read(**answer):
    (item,) = read_open_data(json.dumps(WHOLE | answer).encode())
    return item


@pytest.mark.parametrize(
    ("code", "case"),
    [
        ("FAIL", InsolvencyCase.BANKRUPTCY),
        ("SURS", InsolvencyCase.SUSPENSION_OF_PAYMENT),
        ("SSAN", InsolvencyCase.DEBT_RESTRUCTURING),
    ],
)
def test_a_code_is_a_case_that_goes_on(code, case):
    item = read(actief="J", insolventieCode=code)

    assert item.facts.case is case
    assert item.facts.ended is False


def refused(**answer):
    with pytest.raises(DossierError) as error:
        read(**answer)
    (problem,) = error.value.problems
    return problem


@pytest.mark.parametrize("key", ["insolventieCde", "InsolventieCode", "insolventieCode ", "nieuw"])
def test_a_key_that_is_not_known_may_be_a_damaged_code(key):
    problem = refused(**{key: "FAIL"})

    assert f"'{key}' is not known here, and may be a damaged code" in problem.message
    assert read(**{key: 1, "insolventieCode": "SURS"}).facts.case is InsolvencyCase.SUSPENSION_OF_PAYMENT


@pytest.mark.parametrize("key", ["datumAanvang", "actief", "rechtsvormCode", "activiteiten"])
def test_an_answer_without_a_key_that_it_always_has_does_not_say_that_there_is_no_case(key):
    problem = refused(**{key: None})

    assert problem.path == key
    assert "whether there is an insolvency cannot be told" in problem.message


def test_no_code_in_a_complete_answer_is_no_case():
    item = read(actief="N", kvkNummer="01234567")

    assert item.facts.case is InsolvencyCase.NONE
    assert item.about == Identifier("NL-KVK", "01234567")
    assert item.notes == ()


def test_an_answer_without_a_kvk_number_says_that_whoever_files_it_says_whose_it_is():
    (note,) = read(actief="N").notes

    assert "noemt geen KvK-nummer" in note.nl
    assert "names no KvK number" in note.en


@pytest.mark.parametrize(
    ("answer", "path"), [({"actief": "J", "insolventieCode": "XXXX"}, "insolventieCode"), ({"actief": "?"}, "actief")]
)
def test_what_does_not_tell_for_certain_is_refused(answer, path):
    assert refused(**answer).path == path


@pytest.mark.parametrize(
    "raw",
    [b"[]", b"{}", b'{"fout": []}', b'{"actief": "J", "insolventieCode": 1}', b'{"actief": "J", "kvkNummer": 1234567}'],
)
def test_other_documents_are_refused(raw):
    with pytest.raises(DossierError):
        read_open_data(raw)


def test_an_extract_can_be_typed_over():
    (item,) = integrity_reader.read(
        b'kind = "insolvency_extract"\nissued_on = 2026-01-10\n[facts]\ncase = "bankruptcy"\nended = false\n'
    )

    assert bankrupt(item.facts) is True


def test_nothing_excludes_and_who_looks_at_red_is_told_that_a_person_weighs():
    for rule in insolvency.rules.values():
        assert rule.level.key in ("orange", "red")
        if rule.level.key == "red":
            look = rule.words / "look"
            assert "weeg mee" in look.nl
            assert "kan volgen als de stukken dat zeggen, maar volgt niet vanzelf" in look.nl
            assert "Exclusion may follow if the documents say so, but not by itself." in look.en
