"""OCDS as publishers write it in files: lists, JSON Lines, versioned releases, records with links."""

from __future__ import annotations

import copy
import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import DossierError, Identifier
from barriermodel.notices.assemble import assemble
from barriermodel.notices.reading import parse_notices

pytest.importorskip("ocdsmerge")
PACKAGE = json.loads((Path(__file__).parents[2] / "docs" / "notices" / "ocds-release-package.json").read_bytes())
FIRST, SECOND = PACKAGE["releases"]
BOTH = [("ocds-verzonnen-0003/1", "Stichting Verzinsel"), ("ocds-verzonnen-0003/2", "Zorgboerderij Nergens B.V.")]


def read(data):
    contents, problems = parse_notices([("ocds.json", data if isinstance(data, bytes) else json.dumps(data).encode())])
    if not contents:
        raise problems[0]
    return assemble(contents)


def won(found):
    return [(one.award.id, one.provider.name) for one in found.awards]


def left_out(found):
    return [(item.reason, item.notice, item.detail) for item in found.left_out]


def of_another_process(release):
    return {**copy.deepcopy(release), "ocid": "ocds-verzonnen-0004"}


@pytest.mark.parametrize("between", ["\n", "\r\n", "\n\n", "", " ", "\t"])
@pytest.mark.parametrize("indent", [None, 1])
def test_documents_one_after_another_are_all_read(between, indent):
    raw = between.join(json.dumps(one, indent=indent) for one in (FIRST, SECOND)).encode()

    assert won(read(raw)) == BOTH
    assert won(read(b"\xef\xbb\xbf" + raw + b"\n")) == BOTH


def test_a_list_of_releases_is_read():
    assert won(read([FIRST, SECOND])) == BOTH


def test_packages_records_and_releases_may_follow_each_other():
    record = {"ocid": "ocds-verzonnen-0004", "compiledRelease": of_another_process(FIRST)}
    raw = "\n".join(json.dumps(one) for one in (PACKAGE, {"records": [record]})).encode()

    assert won(read(raw)) == [*BOTH, ("ocds-verzonnen-0004/1", "Stichting Verzinsel")]


def test_a_document_that_is_no_ocds_is_told_with_its_number():
    raw = "\n".join(json.dumps(one) for one in (FIRST, {"name": "x"}, 3, SECOND)).encode()

    found = read(raw)

    assert won(found) == BOTH
    assert [item[2] for item in left_out(found) if item[0] == "unreadable"] == [
        "document 2: no ocid",
        "document 3: no ocid",
    ]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'{"ocid": "a"}\n{"ocid": ', "the file is not JSON: Expecting value: line 2 column 10"),
        (b'{"ocid": "a"}\n{"ocid": "b", "ocid": "c"}', "the key 'ocid' is given twice"),
        (b'{"ocid": "a"}]', "the file is not JSON: Expecting value: line 1 column 14"),
        (b'{"name": 1}\n{"name": 2}', "this JSON is no notice"),
        (b"[[]]", "this JSON is no notice"),
        (b'{"awards": [{"suppliers": []}]}', "this JSON has awards but no ocid"),
        (b'{"data": {"awards": []}}', "this JSON has awards but no ocid"),
        (b'{"kvkNummer": "01234567"}\n{"kvkNummer": "01234567"}', "this is a KvK answer"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"", "the file is empty"),
        (gzip.compress(b"{}", mtime=0), "the file is packed with gzip; unpack it first"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence_with_its_place(raw, words):
    with pytest.raises(DossierError, match=r"^ocds\.json: ") as error:
        read(raw)

    assert words in str(error.value)


@pytest.mark.parametrize("ocid", [None, "", [], True])
def test_releases_without_an_ocid_are_not_taken_for_one_process(ocid):
    found = read({"releases": [{**FIRST, "ocid": ocid}, {**SECOND, "ocid": ocid}]})

    assert found.awards == ()
    assert [item[0] for item in left_out(found)] == ["unreadable", "unreadable"]


def test_releases_of_two_processes_in_one_record_stay_apart():
    record = {"ocid": FIRST["ocid"], "releases": [FIRST, SECOND, of_another_process(FIRST)]}

    assert won(read({"records": [record]})) == [*BOTH, ("ocds-verzonnen-0004/1", "Stichting Verzinsel")]


def test_a_package_of_records_may_carry_the_ocid_of_their_process():
    records = [
        {"ocid": FIRST["ocid"], "releases": [FIRST]},
        {"ocid": "ocds-verzonnen-0004", "releases": [{"url": "x"}]},
    ]

    found = read({"ocid": FIRST["ocid"], "records": records})

    assert won(found) == BOTH[:1]
    assert ("only_links", "ocds-verzonnen-0004", "") in left_out(found)


@pytest.mark.parametrize(
    "nested",
    [
        {"records": [{"records": [{"ocid": "ocds-verzonnen-0003", "releases": [FIRST, SECOND]}]}]},
        {"releases": [PACKAGE]},
        {"ocid": "ocds-verzonnen-0003", "releases": [{"ocid": "ocds-verzonnen-0003", "releases": [FIRST, SECOND]}]},
        [PACKAGE, PACKAGE],
    ],
)
def test_packages_and_records_within_each_other_are_read(nested):
    assert won(read(nested)) == BOTH


def test_links_beside_whole_releases_are_told():
    record = {"ocid": FIRST["ocid"], "releases": [FIRST, {"url": "https://example.org/2", "date": "2025-12-01"}]}

    found = read(record)

    assert won(found) == BOTH[:1]
    assert ("some_links", FIRST["ocid"], "") in left_out(found)


def test_links_beside_a_compiled_release_are_no_matter():
    compiled = {**FIRST, "tag": ["compiled"], "awards": FIRST["awards"][:1]}
    record = {"ocid": FIRST["ocid"], "compiledRelease": compiled, "releases": [{"url": "https://example.org/1"}]}

    assert left_out(read(record)) == []


def test_releases_are_merged_in_the_order_of_their_moments_whatever_their_zones():
    early = {**FIRST, "date": "2025-11-03T00:30:00+02:00", "awards": [{**FIRST["awards"][0], "status": "active"}]}
    later = {**FIRST, "date": "2025-11-02T23:00:00Z", "awards": [{**FIRST["awards"][0], "status": "cancelled"}]}

    for files in ([early, later], [later, early]):
        assert [item[0] for item in left_out(read(files))] == ["cancelled"]


# Versioned releases -------------------------------------------------------------------------------------


def since(*values):
    """The history of a value, a day apart."""
    return [
        {"releaseID": str(day), "releaseDate": f"2025-11-0{day}T00:00:00Z", "releaseTag": ["award"], "value": value}
        for day, value in enumerate(values, 1)
    ]


VERSIONED = {
    "ocid": "ocds-x-1",
    "tag": since(["award"]),
    "buyer": {"id": "b", "name": since("Gemeente Elders", "Gemeente Nergenshuizen")},
    "awards": [
        {
            "id": "1",
            "status": since("pending", "active"),
            "date": since("2025-11-01T23:00:00Z"),
            "value": {"amount": since(1000, 250000), "currency": since("EUR")},
            "suppliers": [{"id": "NL-KVK-01234567", "name": since("St. Verzinsel", "Stichting Verzinsel")}],
            "contractPeriod": {"startDate": since("2026-01-01T00:00:00Z"), "endDate": since("2026-12-31", None)},
        },
        {"id": "2", "status": since("active", "cancelled")},
    ],
    "parties": [
        {"id": "NL-KVK-01234567", "name": since("Stichting Verzinsel"), "roles": since(["supplier"], ["supplier"])}
    ],
}


def test_the_newest_value_of_a_versioned_release_counts():
    (one,) = read(VERSIONED).awards

    assert (one.provider.name, one.provider.identifiers) == (
        "Stichting Verzinsel",
        (Identifier("NL-KVK", "01234567"),),
    )
    assert one.award.authority == "Gemeente Nergenshuizen"
    assert one.award.awarded_on == date(2025, 11, 2)
    assert one.award.value.cents == 25000000
    assert one.award.starts_on == date(2026, 1, 1)
    assert [gap.reason for gap in one.unknown if gap.fact == "ends_on"] == ["not_stated"]
    assert left_out(read(VERSIONED)) == [("cancelled", "ocds-x-1", "2 cancelled")]


def test_the_history_of_a_value_may_be_in_any_order():
    turned = copy.deepcopy(VERSIONED)
    turned["awards"][0]["status"].reverse()

    assert won(read(turned)) == won(read(VERSIONED))


@pytest.mark.parametrize("record", [{}, {"releases": []}, {"releases": [{"url": "https://example.org/1"}]}])
def test_a_record_with_a_history_and_no_releases_is_read(record):
    found = read({"records": [{"ocid": "ocds-x-1", "versionedRelease": VERSIONED, **record}]})

    assert won(found) == [("ocds-x-1/1", "Stichting Verzinsel")]
    assert left_out(found) == [("cancelled", "ocds-x-1", "2 cancelled")]


def test_a_release_after_the_history_is_merged_in_and_one_before_it_is_not():
    before = {"ocid": "ocds-x-1", "date": "2025-11-01T00:00:00Z", "awards": [{"id": "2", "status": "active"}]}
    after = {"ocid": "ocds-x-1", "date": "2025-12-01T00:00:00Z", "awards": [{"id": "1", "status": "cancelled"}]}
    files = [(name, json.dumps(data).encode()) for name, data in (("a", before), ("b", VERSIONED), ("c", after))]

    contents, problems = parse_notices(files)

    assert problems == []
    assert sorted(item[2] for item in left_out(assemble(contents))) == ["1 cancelled", "2 cancelled"]


@given(st.lists(st.sampled_from(["Stichting Verzinsel", "Zorgboerderij Nergens B.V."]), min_size=1, max_size=5))
def test_what_the_library_writes_as_history_reads_as_what_it_compiles(names):
    from ocdsmerge import Merger

    from barriermodel.notices.ocds_releases import RULES

    releases = [
        {"ocid": "ocds-x-1", "id": str(day), "date": f"2025-11-0{day}T00:00:00Z", "tag": ["award"],
         "awards": [{"id": "1", "status": "active", "suppliers": [{"id": "s", "name": name}]}]}
        for day, name in enumerate(names, 1)
    ]  # fmt: skip
    merger = Merger(merge_rules=RULES)

    versioned, compiled = merger.create_versioned_release(releases), merger.create_compiled_release(releases)

    assert won(read(versioned)) == won(read(compiled)) == [("ocds-x-1/1", names[-1])]
