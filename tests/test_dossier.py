"""Reading dossiers: one clear error with all paths, or an honest unknown; never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest

from barriermodel import (
    UNKNOWN,
    Dossier,
    DossierError,
    euro,
)
from barriermodel.formats.dossier import read_dossier
from barriermodel.reading.parsing import LARGEST_FILE
from region import Answers, registry

REGISTRY = registry()


def document(**changes: Any) -> dict[str, Any]:
    """A dossier as JSON with some keys changed."""
    return {"schema": "barriermodel/dossier/1", "as_of": "2025-06-30", "provider": {}, **changes}


def written(kind: str = "answers", id: str = "ev-1", **facts: Any) -> dict[str, Any]:
    """A dossier with one item."""
    return document(evidence=[{"kind": kind, "id": id, "facts": facts}])


def refused(data: Any) -> dict[str, str]:
    """The problems of a dossier by path."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(DossierError) as caught:
        read_dossier(raw, REGISTRY, "d.json")
    return {problem.path: problem.message for problem in caught.value.problems}


def accepted(data: Any) -> Dossier:
    return read_dossier(data if isinstance(data, bytes) else json.dumps(data).encode(), REGISTRY)


# Bytes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xef\xbb\xbf", "not JSON"),
        (b'{"schema": "\xff"}', "not UTF-8 (byte 12)"),
        ("{}".encode("utf-16"), "not UTF-8"),
        (b"{", "not JSON"),
        (b"{'a': 1}", "not JSON"),
        (b'{"a": NaN}', "NaN is not a JSON number"),
        (b'{"a": [Infinity, 1]}', "Infinity is not a JSON number"),
        (b'{"a": -Infinity}', "-Infinity is not a JSON number"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"a": 1, "b": 2, "a": 1}', "'a' is given twice"),
        (b'{"x": {"a": 1, "a": 2}}', "'a' is given twice"),
        (b'{"x": "\\ud800"}', "unpaired surrogate"),
        (b'{"\\udfff": 1}', "unpaired surrogate"),
        (b'{"a": 1e99999999999999999999}', "not JSON"),
        (b"[]", "JSON object"),
        (b"null", "JSON object"),
    ],
)
def test_what_is_no_json_object_is_refused(raw: bytes, words: str) -> None:
    (message,) = refused(raw).values()

    assert words in message


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    (message,) = refused(b" " * (LARGEST_FILE + 1)).values()

    assert str(LARGEST_FILE) in message


def test_many_keys_of_which_the_last_is_given_twice_are_refused_at_once() -> None:
    raw = "{" + ",".join(f'"{n}": 1' for n in range(100_000)) + ', "99999": 1}'

    (message,) = refused(raw.encode()).values()
    assert "'99999' is given twice" in message


def test_a_byte_order_mark_is_skipped() -> None:
    assert accepted(b"\xef\xbb\xbf" + json.dumps(document()).encode()) == accepted(document())


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert accepted(document(provider={"name": "😀"})).provider.name == "😀"


# Keys and types ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("schema", [None, 1, "barriermodel/dossier/2", [[]], "x" * 10_000])
def test_a_file_of_another_schema_is_refused(schema: Any) -> None:
    (message,) = (problems := refused(document(schema=schema))).values()

    assert list(problems) == ["schema"]
    assert "barriermodel/dossier/1" in message
    assert len(message) < 150


def test_all_errors_are_told_together_with_their_paths() -> None:
    data = document(
        as_of="2020-02-30",
        provider={"name": 3, "identifiers": [{"scheme": "NL-KVK", "value": "123456782"}], "foo": 1,
                  "legal_form": "bvv"},
        evidence=[
            {"kind": "answers", "id": "a", "facts": {"amount": 1.234, "count": 1.5, "flagg": True}},
            {"kind": "answer", "id": "b"},
            {"kind": "extract", "facts": {}},
            {"kind": "extract", "id": "d"},
            3,
        ],
        absent=[{"kind": "xtract", "reason": "missing"}, {"kind": "extract", "reason": "expired"}],
        requested=[{"kind": "extract", "asked_on": "20150000"}],
        extra=1,
    )  # fmt: skip
    problems = refused(data)

    expected = {
        "as_of": "'2020-02-30' is no day of the calendar",
        "provider.name": "expected text; got 3",
        "provider.identifiers[0]": "this is probably an RSIN",
        "provider.legal_form": "did you mean 'bv'?",
        "provider.foo": "unknown key",
        "evidence[0].facts.amount": "at most two decimals",
        "evidence[0].facts.count": "expected a whole number",
        "evidence[0].facts.flagg": "did you mean 'flag'?",
        "evidence[1]": "unknown kind of evidence 'answer'; did you mean 'answers'?",
        "evidence[2].id": "required",
        "evidence[3].facts": "required",
        "evidence[4]": "expected a table",
        "absent[0]": "did you mean 'extract'?",
        "absent[1]": "one of missing, not_covered, unavailable",
        "requested[0].asked_on": "expected a date",
        "extra": "unknown key",
    }
    assert set(problems) == set(expected)
    assert {path: words for path, words in expected.items() if words not in problems[path]} == {}


@pytest.mark.parametrize("missing", ["as_of", "provider"])
def test_what_is_required_is_named(missing: str) -> None:
    data = document()
    del data[missing]

    assert refused(data) == {missing: "required, but not given"}


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("flag", "no"), ("flag", 0), ("flag", 1.0), ("count", "1"), ("count", True), ("count", 1.0), ("count", 10**15),
        ("count", 10**400), ("share", "0.1"), ("share", True), ("share", 10**350), ("share", 10**400),
        ("amount", "1"), ("amount", True), ("amount", 0.001), ("amount", 10**14), ("amount", 10**400),
        ("day", 20200101), ("day", "0000-00-00"), ("day", "20150000"), ("day", "2020-02-30"), ("day", "2020-1-1"),
        ("day", "2020-01-01T00:00:00"), ("day", "2020-W01-1"), ("day", "٢٠٢٠-٠١-٠١"), ("day", "2020-01-01\n"),
        ("words", 1), ("words", []), ("words", {}), ("words", True), ("size", "Small"), ("size", 1), ("size", "SMALL"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_refused_and_nothing_is_coerced(fact: str, value: Any) -> None:
    problems = refused(written(**{fact: value}))

    assert list(problems) == [f"evidence[0].facts.{fact}"]
    assert len(problems[f"evidence[0].facts.{fact}"]) < 200


@pytest.mark.parametrize("literal", ["1e400", "-1e400", "1" + "0" * 500, "1." + "0" * 500 + "e9", "0." + "1" * 500])
@pytest.mark.parametrize("fact", ["share", "amount", "count"])
def test_a_number_that_no_fact_can_hold_is_refused(literal: str, fact: str) -> None:
    raw = json.dumps(written(**{fact: 1})).replace(f'"{fact}": 1', f'"{fact}": {literal}')

    assert literal in raw
    assert list(refused(raw.encode())) == [f"evidence[0].facts.{fact}"]


def test_values_are_read_as_they_stand() -> None:
    raw = json.dumps(written(words="007", share=1, amount=1)).replace('"amount": 1', '"amount": 0.30')
    (item,) = accepted(raw.encode()).evidence

    assert item.facts == Answers(words="007", share=1.0, amount=euro("0.30"))
    assert type(item.facts.share) is float


def test_null_means_unknown_and_so_does_leaving_out() -> None:
    (item,) = accepted(written(flag=None, words=None, count=1)).evidence

    assert item.facts == Answers(count=1)
    assert item.facts.flag is UNKNOWN
    assert accepted(document(provider={"name": None})) == accepted(document())


@pytest.mark.parametrize("codes", ["62", {"0": "62"}, 62])
def test_a_list_is_a_list(codes: Any) -> None:
    assert list(refused(written("extract", codes=codes))) == ["evidence[0].facts.codes"]


def test_a_list_may_not_hold_what_is_unknown() -> None:
    assert list(refused(written("extract", codes=["62", None]))) == ["evidence[0].facts.codes[1]"]


@pytest.mark.parametrize("kind", [None, 1, [], {"a": 1}, "", "x" * 1000, "Answers"])
def test_a_wrong_tag_names_the_known_ones(kind: Any) -> None:
    problems = refused(document(evidence=[{"kind": kind, "id": "a", "facts": {"count": 1}}]))

    assert list(problems) == ["evidence[0]"]
    assert "kind" in problems["evidence[0]"]
    if kind is None or kind == 1:
        assert "accounts, answers, extract, team" in problems["evidence[0]"]


def test_two_items_with_one_id_are_refused() -> None:
    item = {"kind": "answers", "id": "a", "facts": {"count": 1}}

    assert "the id 'a'" in refused(document(evidence=[item, item]))[""]


def test_deep_nesting_below_the_limit_of_the_parser_is_refused_too() -> None:
    for depth in (50, 300, 500, 900):
        deep: Any = 1
        for _ in range(depth):
            deep = [deep]
        raw = json.dumps(document()).replace('"provider": {}', f'"provider": {{"name": {"[" * depth}{"]" * depth}}}')
        assert refused(raw.encode())
        assert refused(json.dumps(document()).replace('"barriermodel/dossier/1"', "[" * depth + "]" * depth).encode())
