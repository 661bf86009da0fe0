"""Real notices: counted, and never named. They are not in the repository."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from barriermodel import UNKNOWN, DossierError, Procedure, read_notice
from barriermodel.notices.ocds_releases import RULES

FOLDER = os.environ.get("BARRIERMODEL_SAMPLES")
pytestmark = pytest.mark.skipif(not FOLDER, reason="BARRIERMODEL_SAMPLES does not name a folder of samples")


def read(name):
    return read_notice((Path(FOLDER or ".") / name).read_bytes(), name)


def notes(found):
    return Counter(note.code for one in found.awards for note in one.notes)


def reasons(found, fact):
    return Counter(gap.reason for one in found.awards for gap in one.unknown if gap.fact == fact)


def test_an_open_house_notice_with_three_lots():
    found = read("ted/161094-2021.xml")

    assert Counter(one.row.lot for one in found.awards) == {"1": 13, "2": 5, "3": 5}
    assert [(item.reason, item.lot, item.detail) for item in found.left_out] == [("tenders_not_awarded", "2", "1/6")]
    assert len(found.providers) == 16
    assert notes(found) == {"group_doubtful": 23, "no_number": 1, "number_from_another": 3, "rsin": 2}
    assert reasons(found, "value") == {"placeholder": 23}
    assert reasons(found, "procedure") == {"contradicted": 23}


def test_a_notice_with_one_supplier_and_an_award_without_a_call():
    found = read("ted/223495-2021.xml")

    (one,) = found.awards
    assert [identifier.scheme for identifier in one.provider.identifiers] == ["NL-KVK"]
    assert (one.award.value, one.award.procedure) == (UNKNOWN, UNKNOWN)
    assert one.award.awarded_on is not UNKNOWN
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("eforms/notices/cn-social_24.xml", "this is a contract notice"),
        ("espd/ESPD-Response.xml", "this is an ESPD response"),
    ],
)
def test_what_is_no_award_is_refused(name, words):
    with pytest.raises(DossierError, match=words):
        read(name)


def test_a_social_notice_with_one_lot_of_three_awarded():
    found = read("eforms/notices/can-social_24.xml")

    (one,) = found.awards
    assert one.award.awarded_on is UNKNOWN
    assert reasons(found, "awarded_on") == {"placeholder": 1}
    assert [(item.reason, item.detail) for item in found.left_out] == [
        ("not_awarded", "all-rej"),
        ("tender_not_awarded", "TEN-0001"),
        ("still_open", "open-nw"),
        ("tenders_not_awarded", "2/3"),
        ("tenders_not_awarded", "1/2"),
    ]
    assert notes(found) == {"foreign_number": 1}


def test_a_notice_with_one_award_and_the_date_of_its_contract():
    (one,) = read("eforms/notices/can_24_minimal.xml").awards

    assert str(one.award.awarded_on) == "2019-09-03"
    assert one.award.procedure is Procedure.OPEN
    assert one.award.value is not UNKNOWN


def test_an_award_notice_without_a_result_is_refused():
    with pytest.raises(DossierError, match="has no result"):
        read("eforms/notices/INVALID_can_24_empty.xml")


def test_the_six_releases_of_one_process_are_one_award():
    found = read("ocds/sample-data-1.1/ocds-213czf-000-00001.json")

    (one,) = found.awards
    assert found.notices == 1
    assert one.award.starts_on is not UNKNOWN
    assert reasons(found, "value") == {"other_currency": 1}


def test_the_record_says_what_its_releases_say():
    merged = read("ocds/sample-data-1.1/ocds-213czf-000-00001.json").awards[0]

    assert read("ocds/sample-data-1.1/record__ocds-213czf-000-00001.json").awards[0].award == merged.award
    assert read("ocds/sample-data-1.1/record__ocds-213czf-000-00001-withversions.json").awards[0].award == merged.award


def test_the_rules_of_merging_are_those_of_the_schema():
    rules = pytest.importorskip("ocdsmerge.rules")
    schema = json.loads((Path(FOLDER or ".") / "ocds" / "schema" / "release-schema.json").read_bytes())

    assert rules.get_merge_rules(schema) == RULES


def test_every_example_of_the_standard_is_read_or_refused_in_one_sentence():
    counts = Counter()
    for path in sorted((Path(FOLDER or ".") / "ocds" / "standard-examples").glob("*.json")):
        try:
            found = read_notice(path.read_bytes(), path.name)
        except DossierError as error:
            counts[str(error).split(": ")[1].split(";")[0]] += 1
        else:
            assert found.awards or found.left_out
            counts["read"] += 1

    assert counts == {"read": 70, "this JSON is no notice": 6}


@pytest.mark.parametrize(
    "name", ["minvws_kvk-basisprofiel-90006623.json", "minvws_kvk-vestigingsprofiel-990064773193.json"]
)
def test_a_kvk_answer_is_refused(name):
    with pytest.raises(DossierError, match="this is a KvK answer"):
        read(f"kvk/{name}")
