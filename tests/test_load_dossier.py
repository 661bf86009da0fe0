"""A dossier from whatever a caller has: a path, bytes, text or parsed JSON; and what is told where it cannot be."""

from __future__ import annotations

import json
from collections import UserDict
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from barriermodel import BarrierModel, DossierError, Level, Registry, euro, load_dossier
from region import flag_rules, profile, registry, stage

REGISTRY = registry()
DATA: dict[str, Any] = {
    "schema": "barriermodel/dossier/1",
    "as_of": "2025-06-30",
    "provider": {"name": "Stichting De Verzonnen Linde"},
    "award": {"value": Decimal("1250000.50")},
    "evidence": [{"kind": "answers", "id": "ev-1", "facts": {"amount": 40}}],
}
FORMS = (
    "one of eenmanszaak, vof, maatschap, cv, bv, nv, stichting, vereniging, vve, cooperatie, owm, kerkgenootschap, "
    "publiekrechtelijk, buitenlands, overig"
)
TEXT = json.dumps(DATA, default=float)


def problems(source: Any, known: Registry = REGISTRY) -> list[tuple[str, str, str | None]]:
    with pytest.raises(DossierError) as caught:
        load_dossier(source, known)
    return [(problem.path, problem.message, problem.expected) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "source",
    [
        TEXT,
        f"\n\t {TEXT}",
        f"\N{BYTE ORDER MARK}{TEXT}",
        TEXT.encode(),
        bytearray(TEXT.encode()),
        memoryview(TEXT.encode()),
        DATA,
        MappingProxyType(DATA),
        UserDict(DATA),
        {**DATA, "evidence": tuple(DATA["evidence"])},
    ],
)
def test_it_is_read_from_text_bytes_or_a_mapping(source: Any) -> None:
    dossier = load_dossier(source, registry=REGISTRY)

    assert dossier.provider.name == "Stichting De Verzonnen Linde"
    assert dossier.award.value == euro("1250000.50")
    assert [(item.id, item.facts.amount) for item in dossier.evidence] == [("ev-1", euro(40))]


def test_a_path_is_a_str_or_a_path(tmp_path: Path) -> None:
    file = tmp_path / "d.json"
    file.write_text(TEXT, encoding="utf-8")

    assert load_dossier(str(file), REGISTRY) == load_dossier(file, REGISTRY) == load_dossier(TEXT, REGISTRY)


def test_a_path_that_begins_with_a_brace_is_given_as_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "{2025}.json").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert load_dossier(Path("{2025}.json"), REGISTRY) == load_dossier(TEXT, REGISTRY)
    assert "not JSON" in problems("{2025}.json")[0][1]


def test_reading_a_mapping_leaves_it_as_it_is() -> None:
    data = json.loads(TEXT, parse_float=Decimal)

    load_dossier(data, REGISTRY)

    assert data == json.loads(TEXT, parse_float=Decimal)


@pytest.mark.parametrize("value", [558.0, 12.5, 0.1 + 0.2, 1e300])
def test_an_amount_that_was_parsed_as_a_float_is_refused(value: float) -> None:
    ((path, message, expected),) = problems({**DATA, "award": {"value": value}})

    assert path == "award.value"
    assert expected == "an amount in euros with at most two decimals"
    assert message == (
        f"expected an amount in euros with at most two decimals; got {value!r}, a float, which has lost how it was "
        "written; give the JSON itself, or parse it with parse_float=Decimal"
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_float_that_is_no_number_is_refused_as_it_is_in_a_file(value: float) -> None:
    wrong = {**DATA, "evidence": [{"kind": "answers", "id": "a", "facts": {"share": value, "flag": True}}]}

    told = f"expected a number (a ratio: 0.10 is 10%); got {value!r}"
    assert problems(wrong) == [("evidence[0].facts.share", told, "a number (a ratio: 0.10 is 10%)")]


def test_a_decimal_that_may_be_thousands_is_refused_as_it_is_in_a_file() -> None:
    ((_, message, _),) = problems({**DATA, "award": {"value": Decimal("558.000")}})

    assert message == "the amount 558.000 can be 558 or 558,000; write 558 or 558000"


def test_all_that_is_wrong_is_data_with_what_was_expected() -> None:
    wrong = {
        "schema": "barriermodel/dossier/1",
        "as_of": "2025-02-30",
        "provider": {"name": 3, "legal_form": "bvv", "kvk": "01234567"},
        "award": {"value": -1},
        "evidence": [
            {"kind": "answer", "id": "a", "facts": {"amount": 1}},
            {"kind": "answers", "facts": {"amount": "12", "flag": "no"}},
        ],
        "absent": [{"kind": "tree", "reason": "missing"}],
        "requested": {},
    }

    assert problems(wrong) == [
        ("as_of", "'2025-02-30' is no day of the calendar", "a date (YYYY-MM-DD)"),
        ("provider.name", "expected text; got 3", "text"),
        ("provider.legal_form", f"expected {FORMS}; got 'bvv'; did you mean 'bv'?", FORMS),
        (
            "provider.kvk",
            "unknown key; known are name, identifiers, legal_form",
            "one of name, identifiers, legal_form",
        ),
        ("award.value", "expected at least 0; got -1.0", "at least 0"),
        (
            "evidence[0]",
            "unknown kind of evidence 'answer'; did you mean 'answers'?",
            "one of accounts, answers, extract, team",
        ),
        ("evidence[1].id", "required, but not given", "text"),
        ("evidence[1].facts.flag", "expected true or false; got 'no'", "true or false"),
        (
            "evidence[1].facts.amount",
            "expected an amount in euros with at most two decimals; got '12'",
            "an amount in euros with at most two decimals",
        ),
        (
            "absent[0]",
            "unknown kind of evidence 'tree'; known are accounts, answers, extract, team",
            "one of accounts, answers, extract, team",
        ),
        ("requested", "expected a list; got dict", "a list"),
    ]


def test_what_was_expected_of_an_identifier_is_data_too() -> None:
    numbers = [{"scheme": "NL-KVK", "value": "1234567"}, {"scheme": "NL-KVKK", "value": "01234567"}]

    assert problems({**DATA, "provider": {"identifiers": numbers}}) == [
        (
            "provider.identifiers[0]",
            "'1234567' is not a valid NL-KVK number: expected 8 digits, leading zeros kept",
            "8 digits, leading zeros kept",
        ),
        (
            "provider.identifiers[1]",
            "unknown scheme 'NL-KVKK'; known are NL-KVK, NL-VESTIGING, NL-RSIN, NL-AGB, NL-URA, LEI, VAT",
            "one of NL-KVK, NL-VESTIGING, NL-RSIN, NL-AGB, NL-URA, LEI, VAT",
        ),
    ]


def test_without_plugins_no_kind_is_known_and_the_error_says_so() -> None:
    assert problems(DATA, Registry()) == [
        ("evidence[0]", "unknown kind of evidence 'answers'; known are none: no plugin is loaded", "nothing")
    ]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ({}, "kind is required; known are accounts, answers, extract, team"),
        ({"kind": None}, "kind is required; known are accounts, answers, extract, team"),
        ({"kind": 3}, "unknown kind of evidence 3; known are accounts, answers, extract, team"),
        ({"kind": "x" * 1000},
         f"unknown kind of evidence '{'x' * 39}…; known are accounts, answers, extract, team"),
    ],
)  # fmt: skip
def test_an_item_without_a_kind_that_is_known_is_told_those_that_are(kind: dict[str, Any], message: str) -> None:
    wrong = {**DATA, "evidence": [{**kind, "id": "a", "facts": {}}]}

    assert problems(wrong) == [("evidence[0]", message, "one of accounts, answers, extract, team")]


def test_an_unknown_reader_is_told_with_those_of_the_registry(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text(
        'as_of = 2026-01-15\n[provider]\n[[documents]]\nfile = "kvk.json"\nreader = "kvkk"\n', encoding="utf-8"
    )

    ((path, message, expected),) = problems(tmp_path, Registry())

    assert (path, message) == ("documents[0]", "kvk.json: there is no reader 'kvkk'; none is installed.")
    assert expected == "nothing: no reader is installed"


@pytest.mark.parametrize("source", [3, None, [DATA], b"".join, object()])
def test_what_is_no_document_at_all_is_refused(source: Any) -> None:
    with pytest.raises(TypeError, match="give a path, the bytes or text of JSON, or what was parsed of it"):
        load_dossier(source, REGISTRY)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nowhere.json", "no file of that name is found"),
        (Path("nowhere.json"), "No such file"),
        (Path("x" * 5000), "name too long"),
        (Path("a\0b"), "null byte"),
        ('{"a": "\ud800"}', "not UTF-8"),
        ("{", "not JSON"),
        ('{"a": 1, "a": 2}', "given twice"),
        (b"", "empty"),
        ({}, "this is no dossier"),
        ({"schema": {}}, "got no text"),
    ],
)
def test_what_cannot_be_read_is_one_problem(source: Any, words: str) -> None:
    ((_, message, _),) = problems(source)

    assert words.lower() in message.lower()


@pytest.mark.parametrize("text", ["", " ", "\n", "hallo", "[1]", '"x"', "a\0b", "x" * 5000])
def test_a_text_that_is_neither_json_nor_a_path_says_so_and_is_not_repeated_whole(text: str) -> None:
    with pytest.raises(DossierError) as caught:
        load_dossier(text, REGISTRY)

    assert len(str(caught.value)) < 400
    assert str(caught.value).isprintable()
    assert [one.message for one in caught.value.problems] == [
        "no file of that name is found, and it is no JSON, of which the text begins with '{'"
    ]


def test_an_empty_text_is_not_the_dossier_of_the_folder_where_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dossier.toml").write_text("as_of = 2026-01-15\n[provider]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert load_dossier(".", REGISTRY).as_of == date(2026, 1, 15)
    assert "no file of that name" in problems("")[0][1]


def test_a_mapping_that_holds_itself_is_nested_too_deeply() -> None:
    data = dict(DATA)
    data["award"] = data

    assert problems(data) == [("", "the data is nested too deeply", None)]


def test_odd_keys_of_a_mapping_are_unknown_keys() -> None:
    assert [path for path, _, _ in problems({**DATA, 1: 2, "provider": {None: 3}})] == ["provider.None", "1"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("dossier.json", r"give a dossier: model\.assess\(load_dossier\(path\)\); got a str"),
        (Path("dossier.json"), r"give a dossier: model\.assess\(load_dossier\(path\)\)"),
        (b"{}", r"give a dossier: model\.assess\(load_dossier\(data\)\); got a bytes"),
        ({}, r"give a dossier: model\.assess\(load_dossier\(data\)\); got a dict"),
        (None, "give a dossier"),
    ],
)
def test_assess_says_what_to_give_it(given: Any, words: str) -> None:
    rules, kinds = flag_rules("test.one", Level.RED)
    made = BarrierModel(profile(stage("all", "test.one")), registry(rules, kinds=kinds))

    with pytest.raises(TypeError, match=words):
        made.assess(given)


@pytest.mark.parametrize("wrong", ["twente-2019", {}, "", Registry])
def test_what_is_no_registry_is_refused_by_name_and_is_not_taken_for_the_installed_plugins(wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"registry is a Registry, such as Registry\.discover\(\); got a"):
        load_dossier(DATA, wrong)
    with pytest.raises(TypeError, match=r"registry is a Registry, such as Registry\.discover\(\); got a"):
        BarrierModel.load("twente-2019", wrong)


def test_a_profile_is_a_name_or_a_path() -> None:
    with pytest.raises(TypeError):
        BarrierModel.load(None, REGISTRY)  # type: ignore[arg-type]
