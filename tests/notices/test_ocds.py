"""OCDS: a package that was made up, records, and releases that must be merged."""

from __future__ import annotations

import copy
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from barriermodel import UNKNOWN, DossierError, Identifier, euro, read_notice
from barriermodel.notices.assemble import assemble
from barriermodel.notices.reading import parse_notices

pytest.importorskip("ocdsmerge")
FILE = Path(__file__).parents[2] / "docs" / "notices" / "ocds-release-package.json"
PACKAGE = json.loads(FILE.read_bytes())
FIRST, SECOND = PACKAGE["releases"]


def read(data):
    contents, problems = parse_notices([("ocds.json", json.dumps(data).encode())])
    if not contents:
        raise problems[0]
    return assemble(contents)


def with_award(**changes):
    """The first release with one award, which is changed."""
    release = copy.deepcopy(FIRST)
    award = {**release["awards"][0], **changes}
    release["awards"] = [{key: value for key, value in award.items() if value is not None}]
    return release


def left_out(found):
    return [(item.reason, item.lot, item.detail) for item in found.left_out]


def reason(one, fact):
    return next((found.reason for found in one.unknown if found.fact == fact), None)


def notes(one):
    return [note.code for note in one.notes]


def test_releases_of_one_process_are_merged():
    found = read_notice(FILE.read_bytes(), "ocds.json")

    assert [(one.award.id, one.provider.name) for one in found.awards] == [
        ("ocds-verzonnen-0003/1", "Stichting Verzinsel"),
        ("ocds-verzonnen-0003/2", "Zorgboerderij Nergens B.V."),
    ]
    assert left_out(found) == [("unsuccessful", "3", "gunning-3 unsuccessful")]
    assert found.awards[1].award.awarded_on == date(2025, 11, 28)
    assert found.notices == 1


def test_what_is_stated_is_taken():
    first = read(FIRST).awards[0]

    assert first.award.authority == "Gemeente Nergenshuizen"
    assert first.award.title == "Ambulante begeleiding 2026 / Jeugd"
    assert first.award.value == euro("125000.50")
    assert first.award.services == ("CPV 85312310 Begeleiding",)
    assert (first.award.starts_on, first.award.ends_on) == (date(2026, 1, 1), date(2027, 12, 31))
    assert first.provider.identifiers == (Identifier("NL-KVK", "01234567"),)


def test_open_does_not_tell_which_procedure_it_was():
    first = read(FIRST).awards[0]

    assert first.award.procedure is UNKNOWN
    assert reason(first, "procedure") == "code_does_not_tell"
    assert ("procedure_details", "Sociale en andere specifieke diensten") in first.row.codes


def test_an_rsin_under_the_scheme_of_the_kvk_is_recognised():
    found = read(PACKAGE)

    assert found.awards[1].provider.identifiers == (Identifier("NL-RSIN", "123456782"),)
    assert notes(found.awards[1]) == ["rsin"]
    assert reason(found.awards[1], "value") == "placeholder"


def test_an_award_that_is_not_active_is_left_out():
    assert left_out(read(FIRST)) == [
        ("pending", "2", "gunning-2 pending"),
        ("unsuccessful", "3", "gunning-3 unsuccessful"),
    ]


def test_an_unknown_status_is_kept():
    assert left_out(read(with_award(status="paused"))) == [("unknown_code", "1", "gunning-1 paused")]


def test_an_award_without_a_status_is_read_and_told():
    assert notes(read(with_award(status=None)).awards[0]) == ["status_not_stated"]


def test_an_award_without_suppliers_is_left_out():
    found = read({"releases": [with_award(suppliers=[]), {**FIRST, "ocid": "ocds-x-2"}]})

    assert left_out(found)[0] == ("no_supplier", "1", "gunning-1")


def test_awards_without_any_supplier_are_a_fault():
    with pytest.raises(DossierError, match="no supplier of an award can be read from it"):
        read_notice(json.dumps(with_award(suppliers=[])).encode())


def test_an_award_of_several_lots_has_a_dossier_for_each_and_no_value():
    found = read(with_award(relatedLots=["1", "2"]))

    assert [one.row.lot for one in found.awards] == ["1", "2"]
    assert {reason(one, "value") for one in found.awards} == {"several_lots"}


def test_several_suppliers_of_one_award_are_no_group_for_sure():
    found = read(with_award(suppliers=[{"id": "aanbieder-1"}, {"id": "aanbieder-2"}]))

    assert [one.provider.name for one in found.awards] == ["Stichting Verzinsel", "Zorgboerderij Nergens B.V."]
    assert all("group_doubtful" in notes(one) for one in found.awards)
    assert {reason(one, "value") for one in found.awards} == {"shared"}


def test_a_supplier_that_is_named_twice_has_one_dossier():
    found = read(with_award(suppliers=[{"id": "aanbieder-1"}, {"id": "aanbieder-1"}]))

    assert len(found.awards) == 1
    assert left_out(found) == [("named_twice", "1", "gunning-1")]


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ({"scheme": "NL-KVK", "id": 12345678}, (("NL-KVK", "12345678"),)),
        ({"scheme": "NL-KVK", "id": 1234567}, ()),
        ({"scheme": "GB-COH", "id": "01234567"}, ()),
        ({"id": "01234567"}, ()),
        ({}, (("NL-KVK", "01234567"),)),
    ],
)
def test_a_number_is_taken_where_scheme_and_form_leave_no_doubt(identifier, expected):
    supplier = {"id": "NL-KVK-01234567", "name": "Stichting Verzinsel", "identifier": identifier}

    (one,) = read(with_award(suppliers=[supplier])).awards

    assert tuple((i.scheme, i.value) for i in one.provider.identifiers) == expected


def test_a_compiled_release_is_taken_as_it_is():
    compiled = {**with_award(), "tag": ["compiled"], "date": "2025-12-01T09:00:00Z"}
    record = {"ocid": FIRST["ocid"], "compiledRelease": compiled, "releases": [FIRST, SECOND]}

    assert len(read({"version": "1.1", "records": [record]}).awards) == 1
    assert len(read(record).awards) == 1


def test_a_release_after_the_compiled_one_is_merged_in():
    compiled = {**FIRST, "tag": ["compiled"]}
    files = [("record.json", json.dumps({"ocid": FIRST["ocid"], "compiledRelease": compiled}).encode()),
             ("later.json", json.dumps(SECOND).encode())]  # fmt: skip

    contents, problems = parse_notices(files)

    assert problems == []
    assert [one.row.lot for one in assemble(contents).awards] == ["1", "2"]


def test_a_release_before_the_compiled_one_brings_nothing_back():
    compiled = {**with_award(), "tag": ["compiled"], "date": "2025-12-01T09:00:00Z"}
    files = [("record.json", json.dumps({"ocid": FIRST["ocid"], "compiledRelease": compiled}).encode()),
             ("before.json", json.dumps(FIRST).encode())]  # fmt: skip

    contents, _ = parse_notices(files)

    assert left_out(assemble(contents)) == []


def test_releases_in_several_files_are_one_process():
    files = [(f"{i}.json", json.dumps(release).encode()) for i, release in enumerate([SECOND, FIRST, FIRST])]

    contents, _ = parse_notices(files)

    assert len(contents) == 1
    assert len(assemble(contents).awards) == 2


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"releases": [{"url": "https://example.org/1", "date": "2025-01-01T00:00:00Z"}]}, "only_links"),
        ({"releases": []}, "no_release"),
        ({"releases": None, "versionedRelease": None}, "no_release"),
        ({"releases": ["x"]}, "unreadable"),
        ({"versionedRelease": {"awards": []}}, "no_award"),
    ],
)
def test_a_record_that_holds_no_release_is_left_out(record, told):
    found = read({"records": [{"ocid": "ocds-x-1", **record}, {"ocid": "ocds-x-2", **record}]})

    assert found.awards == ()
    assert [(item.reason, item.notice) for item in found.left_out] == [(told, "ocds-x-1"), (told, "ocds-x-2")]


def test_two_files_with_nothing_but_links_are_both_told():
    raw = json.dumps({"ocid": "ocds-x-1", "releases": [{"url": "https://example.org/1"}]}).encode()

    contents, _ = parse_notices([("a.json", raw), ("b.json", raw)])

    assert [item.where for item in assemble(contents).left_out] == ["a.json", "b.json"]


@pytest.mark.parametrize(
    "second",
    [
        {key: value for key, value in SECOND.items() if key != "date"},
        {**SECOND, "awards": [{"id": "gunning-2", "status": "active"}, {"id": "gunning-2", "status": "cancelled"}]},
        {**SECOND, "awards": "none"},
    ],
)
def test_releases_that_do_not_merge_are_left_out(second):
    found = read({"releases": [FIRST, second]})

    assert found.awards == ()
    assert [item.reason for item in found.left_out] == ["cannot_merge"]


@pytest.mark.parametrize("place", ["tender", "awards", "planning"])
def test_documents_with_one_id_are_no_reason_to_leave_a_process_out(place):
    first = {**copy.deepcopy(FIRST), "planning": {}}
    part = first[place][0] if place == "awards" else first[place]
    part["documents"] = [{"id": "1", "title": "a"}, {"id": "1", "title": "b"}]

    assert len(read({"releases": [first, SECOND]}).awards) == 2


def test_a_release_without_awards_is_told():
    assert left_out(read({**FIRST, "awards": []})) == [("no_award", "", "")]


@pytest.mark.parametrize("awards", ["none", {"id": "1"}, 3])
def test_awards_that_are_no_list_are_a_fault(awards):
    with pytest.raises(DossierError, match="the part cannot be read"):
        read_notice(json.dumps({**FIRST, "awards": awards}).encode())


def test_parts_that_cannot_be_read_are_told():
    found = read({"releases": [{**FIRST, "awards": ["x", FIRST["awards"][0]]}, "y"]})

    assert Counter(item.reason for item in found.left_out) == {"unreadable": 2}
    assert len(found.awards) == 1


def test_without_the_extra_a_single_release_is_read(monkeypatch):
    monkeypatch.setitem(sys.modules, "ocdsmerge", None)

    assert len(read(FIRST).awards) == 1


def test_without_the_extra_several_releases_are_refused_in_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "ocdsmerge", None)

    with pytest.raises(DossierError, match="install it with: pip install 'barriermodel\\[notices\\]'"):
        read(PACKAGE)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"kvkNummer": "01234567"}, "this is a KvK answer"),
        ({"schema": "barriermodel/dossier/1"}, "this is a file of barriermodel itself"),
        ({"name": "x"}, "this JSON is no notice"),
        ([], "this JSON is no notice"),
        ({"releases": []}, "this OCDS package is empty"),
    ],
)
def test_other_json_is_refused_in_one_sentence(data, words):
    with pytest.raises(DossierError, match=words):
        read(data)


def test_an_amount_that_may_be_in_thousands_is_unknown():
    raw = json.dumps(with_award()).replace("125000.5", "125.000").encode()

    assert reason(read_notice(raw, "ocds.json").awards[0], "value") == "may_be_thousands"


def test_an_amount_with_a_huge_exponent_is_unreadable():
    raw = json.dumps(with_award()).replace("125000.5", "1E+999999999").encode()

    assert reason(read_notice(raw, "ocds.json").awards[0], "value") == "unreadable"
