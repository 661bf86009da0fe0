"""Who won in OCDS: TenderNed's numbers, one company named twice, parties with one id, and cancelled contracts."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import Identifier, euro
from barriermodel.notices.assemble import assemble
from barriermodel.notices.reading import parse_notices

PACKAGE = json.loads((Path(__file__).parents[2] / "docs" / "notices" / "ocds-release-package.json").read_bytes())
KVK = {"scheme": "NL-KVK", "id": "01234567"}


def read(data):
    contents, problems = parse_notices([("ocds.json", json.dumps(data).encode())])
    if not contents:
        raise problems[0]
    return assemble(contents)


def notes(one):
    return [note.code for note in one.notes]


def left_out(found):
    return [(item.reason, item.detail) for item in found.left_out]


def release(*awards, ocid="ocds-x-1", **more):
    defaults = {"id": "1", "status": "active", "value": {"amount": 250000, "currency": "EUR"}}
    return {"ocid": ocid, "awards": [{**defaults, **award} for award in awards], **more}


# TenderNed ----------------------------------------------------------------------------------------------

SUPPLIER = {"id": "01234567", "name": "Verzonnen Zorg B.V."}
PARTY = {**SUPPLIER, "roles": ["supplier"], "address": {"countryName": "Nederland"}}
CPV = {"scheme": "CPV", "id": "85300000-2", "description": "Maatschappelijke diensten"}


def tenderned(party=PARTY, supplier=SUPPLIER, **more):
    return release({"suppliers": [supplier]}, ocid="ocds-1l04xe-000001", parties=[party], **more)


def test_tenderned_writes_the_kvk_number_as_the_id_of_a_party():
    (one,) = read(tenderned()).awards

    assert one.provider.identifiers == (Identifier("NL-KVK", "01234567"),)


def test_another_publisher_has_ids_of_its_own():
    (one,) = read({**tenderned(), "ocid": "ocds-verzonnen-1"}).awards

    assert one.provider.identifiers == ()
    assert notes(one) == ["no_number"]


@pytest.mark.parametrize(
    ("id", "country", "note"),
    [
        ("01234567", "Duitsland", "foreign_number"),
        ("01234567", None, "country_not_stated"),
        ("1234567", "Nederland", "number_not_sure"),
        ("Verzonnen Zorg B.V.", "Nederland", "no_number"),
    ],
)
def test_an_id_of_tenderned_that_is_no_sure_number_is_told(id, country, note):
    (one,) = read(tenderned({**PARTY, "id": id, "address": {"countryName": country}}, {**SUPPLIER, "id": id})).awards

    assert one.provider.identifiers == ()
    assert notes(one) == [note]


def test_the_id_of_an_authority_is_nobodys_number():
    (one,) = read(tenderned({**PARTY, "roles": ["buyer", "supplier"]})).awards

    assert one.provider.identifiers == ()
    assert notes(one) == ["number_of_authority", "no_number"]


@pytest.mark.parametrize(
    ("items", "of_tender", "expected"),
    [
        (None, {"classification": CPV}, ("CPV 85300000-2 Maatschappelijke diensten",)),
        ([{"classification": {"scheme": "CPV", "id": "85312310"}}], {"classification": CPV}, ("CPV 85312310",)),
        (
            None,
            {
                "classification": CPV,
                "items": [
                    {"classification": {"scheme": "CPV", "id": "85312310"}, "relatedLot": "1"},
                    {"classification": {"scheme": "CPV", "id": "85311000"}, "relatedLot": "2"},
                ],
            },
            ("CPV 85312310",),
        ),
        (None, {"additionalClassifications": [CPV]}, ("CPV 85300000-2 Maatschappelijke diensten",)),
    ],
)
def test_what_is_bought_is_said_by_the_award_or_else_by_the_tender(items, of_tender, expected):
    data = release({"suppliers": [SUPPLIER], "relatedLots": ["1"], "items": items}, tender=of_tender)

    assert read(data).awards[0].award.services == expected


# One company, named twice -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "suppliers",
    [
        [{"id": "a", "name": "Stichting Verzinsel", "identifier": KVK}] * 2,
        [{"id": "a", "name": "Stichting Verzinsel"}, {"id": "a", "name": "Stichting Verzinsel"}],
        [{"id": f"{i}", "name": "Stichting Verzinsel", "identifier": KVK} for i in range(3)],
        [{"id": "a", "name": "Stichting Verzinsel"}, {"id": "b", "name": "Stichting Verzinsel"}],
        [{"name": "Stichting Verzinsel", "identifier": {**KVK, "id": f"{space}01234567"}} for space in ("", " ")],
    ],
)
def test_a_supplier_that_an_award_has_twice_is_no_group(suppliers):
    found = read(release({"suppliers": suppliers}))

    (one,) = found.awards
    assert "group_doubtful" not in notes(one)
    assert one.award.value == euro(250000)
    assert left_out(found) == [("named_twice", "1")] * (len(suppliers) - 1)


def test_a_supplier_that_is_published_again_under_another_id_is_no_group():
    pytest.importorskip("ocdsmerge")
    first = release({"suppliers": [{"id": "a", "name": "St. Verzinsel"}]}, date="2025-11-01T00:00:00Z",
                    parties=[{"id": "a", "name": "St. Verzinsel", "identifier": KVK}])  # fmt: skip
    again = release({"suppliers": [{"id": "b", "name": "Stichting Verzinsel"}]}, date="2025-12-01T00:00:00Z",
                    parties=[{"id": "b", "name": "Stichting Verzinsel", "identifier": KVK}])  # fmt: skip

    found = read({"releases": [first, again]})

    (one,) = found.awards
    assert one.provider.name == "St. Verzinsel"
    assert notes(one) == []
    assert left_out(found) == [("named_twice", "1 Stichting Verzinsel")]


def test_all_numbers_of_a_supplier_that_is_named_twice_are_kept_under_a_name_that_is_one():
    rsin = {"scheme": "NL-RSIN", "id": "123456782"}
    nameless = {"id": "a", "name": "n.v.t.", "identifier": KVK}
    named = {"id": "b", "name": "Stichting Verzinsel", "identifier": KVK, "additionalIdentifiers": [rsin]}

    (one,) = read(release({"suppliers": [nameless, named]})).awards

    assert one.provider.name == "Stichting Verzinsel"
    assert one.provider.identifiers == (Identifier("NL-KVK", "01234567"), Identifier("NL-RSIN", "123456782"))


def test_a_supplier_whose_details_were_added_later_is_no_group():
    later = {"name": "stichting verzinsel", "identifier": KVK, "address": {"countryName": "Nederland"}}

    (one,) = read(release({"suppliers": [{"name": "Stichting Verzinsel"}, later]})).awards

    assert one.provider.identifiers == (Identifier("NL-KVK", "01234567"),)
    assert notes(one) == []


@pytest.mark.parametrize("scheme", ["NL-KVK", "GB-COH", ""])
def test_suppliers_with_one_name_and_other_numbers_stay_apart(scheme):
    numbers = [{"scheme": scheme, "id": id} for id in ("01234567", "76543210")]
    suppliers = [{"id": number["id"], "name": "De Zorg", "identifier": number} for number in numbers]

    found = read(release({"suppliers": suppliers}))

    assert len(found.awards) == 2
    assert all("group_doubtful" in notes(one) for one in found.awards)


def test_what_is_no_name_makes_no_company_of_two():
    found = read(release({"suppliers": [{"id": "a", "name": "n.v.t."}, {"id": "b", "name": "N.v.t."}]}))

    assert found.awards == ()
    assert left_out(found) == [("no_name", "1"), ("no_name", "1")]


# Parties ------------------------------------------------------------------------------------------------


def test_a_supplier_without_an_id_is_not_taken_for_a_party_without_one():
    authority = {"name": "Gemeente Nergenshuizen", "roles": ["buyer"], "identifier": KVK}

    found = read(release({"suppliers": [{"name": "Stichting Verzinsel"}]}, parties=[authority]))

    assert (found.awards[0].provider.name, found.awards[0].provider.identifiers) == ("Stichting Verzinsel", ())


def test_of_two_parties_with_one_id_the_one_with_the_name_counts():
    parties = [
        {"id": "1", "name": "Gemeente Nergenshuizen", "roles": ["buyer"]},
        {"id": "1", "name": "Stichting Verzinsel", "identifier": KVK},
    ]

    (one,) = read(release({"suppliers": [{"id": "1", "name": "Stichting Verzinsel"}]}, parties=parties)).awards

    assert (one.provider.name, one.provider.identifiers) == (
        "Stichting Verzinsel",
        (Identifier("NL-KVK", "01234567"),),
    )
    assert notes(one) == []


def test_of_two_parties_with_one_id_and_other_names_none_counts():
    parties = [{"id": "1", "name": "Zorg A", "identifier": KVK}, {"id": "1", "name": "Zorg B"}]

    (one,) = read(release({"suppliers": [{"id": "1", "name": "Stichting Verzinsel"}]}, parties=parties)).awards

    assert (one.provider.name, one.provider.identifiers) == ("Stichting Verzinsel", ())
    assert notes(one) == ["party_unclear", "no_number"]


def test_a_supplier_with_another_name_in_the_list_of_parties_is_told():
    parties = [{"id": "1", "name": "Zorg A", "identifier": KVK}]

    (one,) = read(release({"suppliers": [{"id": "1", "name": "Stichting Verzinsel"}]}, parties=parties)).awards

    assert notes(one) == ["listed_otherwise"]
    assert ("name_in_award", "Stichting Verzinsel") in one.row.codes


@pytest.mark.parametrize("suppliers", [{"id": "a", "name": "Stichting Verzinsel"}, [{"name": "Stichting Verzinsel"}]])
def test_a_single_supplier_may_stand_without_a_list(suppliers):
    assert [one.provider.name for one in read(release({"suppliers": suppliers})).awards] == ["Stichting Verzinsel"]


def test_a_supplier_that_cannot_be_read_or_has_no_name_is_told():
    found = read(release({"suppliers": ["x", {"id": "b"}, {"name": "Stichting Verzinsel"}]}))

    assert [one.provider.name for one in found.awards] == ["Stichting Verzinsel"]
    assert sorted(left_out(found)) == [("no_name", "1"), ("unreadable", "1 supplier")]


# Contracts ----------------------------------------------------------------------------------------------

ONE = {"suppliers": [{"name": "Stichting Verzinsel"}]}


def test_an_award_whose_contracts_are_all_cancelled_is_left_out():
    contracts = [{"id": "c1", "awardID": "1", "status": "cancelled"}, {"id": "c2", "awardID": 1, "status": "Cancelled"}]

    found = read(release(ONE, contracts=contracts))

    assert found.awards == ()
    assert left_out(found) == [("contract_cancelled", "1")]


def test_an_award_of_which_one_contract_is_cancelled_is_told():
    period = {"startDate": "2026-01-01", "endDate": "2027-12-31"}
    contracts = [
        {"id": "c1", "awardID": "1", "status": "cancelled", "period": {"startDate": "2020-01-01"}},
        {"id": "c2", "awardID": "1", "status": "active", "period": period},
    ]

    (one,) = read(release(ONE, contracts=contracts)).awards

    assert notes(one) == ["some_contracts_cancelled", "no_number"]
    assert ("contract_status", "cancelled active") in one.row.codes
    assert one.award.starts_on == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        (["terminated"], ["contract_ended"]),
        (["terminated", "cancelled"], ["some_contracts_cancelled", "contract_ended"]),
        (["terminated", "active"], []),
        (["active"], []),
        (["pending"], []),
        ([None], []),
        ([], []),
    ],
)
def test_an_award_whose_contracts_have_ended_is_told(statuses, told):
    contracts = [{"id": str(i), "awardID": "1", "status": status} for i, status in enumerate(statuses)]

    (one,) = read(release(ONE, contracts=contracts)).awards

    assert notes(one) == [*told, "no_number"]


def test_a_contract_of_an_award_that_is_not_there_is_told():
    found = read(release(contracts=[{"id": "c", "awardID": "7", "status": "active"}]))

    assert found.awards == ()
    assert left_out(found) == [("contract_without_award", "7")]


def test_awards_in_a_place_that_is_not_theirs_are_told():
    found = read({"ocid": "ocds-x-1", "tender": {"awards": [ONE]}})

    assert left_out(found) == [("unreadable", "tender.awards")]


def test_a_cancelled_contract_of_another_award_is_no_matter():
    data = copy.deepcopy(
        release(ONE, {**ONE, "id": "2"}, contracts=[{"id": "c", "awardID": "2", "status": "cancelled"}])
    )

    found = read(data)

    assert [one.row.item for one in found.awards] == ["1"]
    assert left_out(found) == [("contract_cancelled", "2")]


references = st.one_of(
    st.just("x"),
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.sampled_from(["a", "b", 1]),
            "name": st.sampled_from(["Stichting Verzinsel", "De Zorg", "n.v.t."]),
            "identifier": st.sampled_from([KVK, {"scheme": "NL-KVK", "id": "76543210"}, {"id": "7"}]),
        },
    ),
)
states = st.sampled_from([None, "active", "pending", "cancelled", "terminated"])


@given(st.lists(st.tuples(states, st.lists(references, max_size=5), st.lists(states, max_size=2)), max_size=3))
def test_every_supplier_of_every_award_is_read_or_told(awards):
    data = release(
        *({"id": f"award-{i}", "status": status, "suppliers": named} for i, (status, named, _) in enumerate(awards)),
        contracts=[
            {"awardID": f"award-{i}", "status": status}
            for i, (_, _, statuses) in enumerate(awards)
            for status in statuses
        ],
        parties=[{"id": "a", "name": "De Zorg", "identifier": KVK}],
    )

    found = read(data)

    for i, (status, named, statuses) in enumerate(awards):
        own = [item for item in found.left_out if item.detail.startswith(f"award-{i}")]
        won = [one for one in found.awards if one.row.item == f"award-{i}"]
        if status in (None, "active") and named and (not statuses or set(statuses) != {"cancelled"}):
            assert len(won) + len(own) == len(named)
        else:
            assert (len(won), len(own)) == (0, 1)
