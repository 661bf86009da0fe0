"""The JSON Schema of a dossier refuses what the reader refuses, and nothing that it reads."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Annotated, Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from barriermodel import UNKNOWN, DossierError, Registry
from barriermodel.formats.dossier import read_dossier
from barriermodel.formats.schema import dossier_schema
from barriermodel.plugin import Between, Fact, Money, Ratio, evidence, record
from examples import by_turns
from region import KINDS, Size, plugin

jsonschema = pytest.importorskip("jsonschema")


@record
class Part:
    """A record in a list."""

    name: Fact[str] = UNKNOWN
    share: Annotated[Fact[Ratio], Between(0, 1)] = UNKNOWN


@evidence("bounded")
class Bounded:
    """A fact of every type, within bounds, alone and in a list."""

    count: Annotated[Fact[int], Between(0, 12)] = UNKNOWN
    share: Annotated[Fact[Ratio], Between(0, 1)] = UNKNOWN
    amount: Annotated[Fact[Money], Between(0)] = UNKNOWN
    flag: Fact[bool] = UNKNOWN
    words: Fact[str] = UNKNOWN
    day: Fact[date] = UNKNOWN
    size: Fact[Size] = UNKNOWN
    counts: Annotated[Fact[tuple[int, ...]], Between(1, 9)] = UNKNOWN
    days: Fact[tuple[date, ...]] = UNKNOWN
    parts: Fact[tuple[Part, ...]] = UNKNOWN


@cache
def registry() -> Registry:
    found = Registry()
    found.add(plugin(kinds=[*KINDS, Bounded]))
    return found


@cache
def schema() -> Any:
    return jsonschema.Draft202012Validator(dossier_schema(registry().kinds))


KVK = {"scheme": "NL-KVK", "value": "01234567"}
SOURCE = {"type": "register", "issuer": "KvK", "reference": "1", "sha256": "0" * 64}
NOTE = {"nl": "Let op.", "en": "Note."}
WHOLE: dict[str, Any] = {
    "schema": "barriermodel/dossier/1",
    "as_of": "2026-01-01",
    "provider": {
        "name": "Verzinsel",
        "identifiers": [KVK, {"scheme": "NL-RSIN", "value": "111222333"}, {"scheme": "NL-AGB", "value": "00000001"}],
        "legal_form": "stichting",
    },
    "award": {
        "id": "a", "authority": "b", "title": "c", "act": "wmo", "procedure": "open_house", "services": ["x"],
        "municipalities": [], "awarded_on": "2025-11-15", "starts_on": "2026-01-01", "ends_on": None, "value": 1.25,
    },
    "evidence": [
        {
            "kind": "bounded", "id": "ev-1", "about": KVK, "issued_on": "2025-12-01", "obtained_on": "2025-12-02",
            "valid_until": "2026-02-28", "source": SOURCE, "notes": [NOTE],
            "facts": {
                "count": 3, "share": 0.5, "amount": 12.5, "flag": True, "words": "w", "day": "2024-02-29",
                "size": "small", "counts": [1, 9], "days": ["2025-01-31"], "parts": [{"name": "p", "share": 1}, {}],
            },
        },
        {"kind": "extract", "id": "ev-2", "facts": {"active": False, "codes": []}},
    ],
    "absent": [{"kind": "accounts", "reason": "not_covered", "source": SOURCE, "notes": [NOTE]}],
    "requested": [{"kind": "team", "asked_on": "2025-12-01", "due_on": "2026-01-15"}],
}  # fmt: skip


def reads(data: Any) -> bool:
    try:
        read_dossier(json.dumps(data).encode(), registry())
    except DossierError:
        return False
    return True


APART = {"$schema", "title", "description", "$defs", "type", "properties", "required", "additionalProperties", "items"}
"""With no other keywords, each part is valid or not whatever the others are."""


def is_valid(data: Any, path: tuple[str | int, ...]) -> bool:
    """Whether the part in which a place was changed is valid; the rest of the dossier is."""
    part = schema().schema
    for key in path[:-1]:
        if not {*part} <= APART:
            break
        part, data = part["items"] if isinstance(key, int) else part["properties"][key], data[key]
    if "oneOf" in part and isinstance(data.get("kind"), str):
        part = next((one for one in part["oneOf"] if one["properties"]["kind"]["const"] == data["kind"]), part)
    return schema().evolve(schema=part).is_valid(data)


def agree(data: Any, told: object, changed: tuple[str | int, ...] = ()) -> None:
    """Both take it, or both refuse it; but for what no schema can say."""
    taken, valid = reads(data), is_valid(data, changed)
    assert taken == valid, f"{told}: the reader {'takes' if taken else 'refuses'} it, the schema does not"


# Places in a document ---------------------------------------------------------------------------------


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield from places(value, (*path, key))


def changed(path: tuple[str | int, ...], change: Callable[[Any, Any], None]) -> Any:
    """The whole dossier with a change in the holder of a place."""
    return changed_in(WHOLE, path, change)


def changed_in(whole: Any, path: tuple[str | int, ...], change: Callable[[Any, Any], None]) -> Any:
    data = copy.deepcopy(whole)
    holder: Any = data
    for key in path[:-1]:
        holder = holder[key]
    change(holder, path[-1])
    return data


PLACES = [path for path in places(WHOLE) if path]
WRONG: list[Any] = [
    None, True, 0, 1, -1, 13, 2.5, 1e16, 10**13, 10**15, "", " ", "x", [], [None], ["x"], [[]], {}, {"x": 1},
    "2025-02-29", "2024-02-29", "2025-04-31", "2025-1-1", "0000-01-01", "1582-12-31", "2200-01-01", "20250101",
    "2025-01-01T00:00:00", "2025-01-01\n", "0123456", "01234567\n", "Stichting", "bv", "team", "nothing_known",
    "register", "open", "missing", "requested", {"scheme": "NL-KVK", "value": "1234567"},
    {"scheme": "NL-XYZ", "value": "1"}, {"scheme": "NL-KVK", "value": 1234567}, {"nl": "x"},
    {"nl": "x", "en": "y", "de": "z"}, {"type": "register", "sha256": None}, {"type": "paper"},
]  # fmt: skip


def test_the_whole_dossier_is_taken_by_both() -> None:
    jsonschema.Draft202012Validator.check_schema(schema().schema)
    assert reads(WHOLE)
    assert [error.message for error in schema().iter_errors(WHOLE)] == []


def test_an_item_is_valid_by_the_schema_of_its_kind_alone() -> None:
    """:func:`is_valid` counts on it."""
    items = schema().schema["properties"]["evidence"]["items"]["oneOf"]

    assert all("kind" in one["required"] for one in items)
    assert len({one["properties"]["kind"]["const"] for one in items}) == len(items)


@pytest.mark.parametrize("step", by_turns([4, 1], by_day=[4]))
@pytest.mark.parametrize("which", range(len(WRONG)), ids=lambda which: repr(WRONG[which]))
def test_both_agree_on_another_value_in_a_quarter_of_the_places_and_at_night_in_all(which: int, step: int) -> None:
    for path in PLACES[which % step :: step]:
        agree(changed(path, lambda holder, key: holder.__setitem__(key, copy.deepcopy(WRONG[which]))), path, path)


def test_both_agree_on_a_key_too_few_or_too_many_in_every_place() -> None:
    for path in PLACES:
        agree(changed(path, lambda holder, key: holder.__delitem__(key)), path, path)
        extra = changed(path, lambda holder, key: isinstance(holder[key], dict) and holder[key].update(extra=1))
        agree(extra, path, path)
    agree({**WHOLE, "extra": None}, "extra")


@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
@example(("evidence", 0, "facts"), ("evidence", 1, "facts"))
def test_both_agree_where_the_value_of_one_place_stands_in_another(
    path: tuple[str | int, ...], other: tuple[str | int, ...]
) -> None:
    value: Any = WHOLE
    for key in other:
        value = value[key]
    data = changed(path, lambda holder, key: holder.__setitem__(key, copy.deepcopy(value)))
    assume(not has_two_of_one_scheme(data["provider"]) and not has_one_id_twice(data["evidence"]))  # no schema can tell

    agree(data, (path, other))


def has_two_of_one_scheme(provider: Any) -> bool:
    known = provider.get("identifiers") if isinstance(provider, dict) else None
    schemes = [str(one.get("scheme")) for one in known if isinstance(one, dict)] if isinstance(known, list) else []
    return len(schemes) > len(set(schemes))


def has_one_id_twice(evidence: Any) -> bool:
    ids = [str(one.get("id")) for one in evidence if isinstance(one, dict)] if isinstance(evidence, list) else []
    return len(ids) > len(set(ids))


leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates().map(str) | st.sampled_from(WRONG)


@given(st.lists(st.tuples(st.sampled_from(PLACES), leaves), min_size=1, max_size=3))
def test_both_agree_on_several_faults_at_once(faults: list[tuple[tuple[str | int, ...], Any]]) -> None:
    data = copy.deepcopy(WHOLE)
    for path, value in faults:
        holder: Any = data
        try:
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = copy.deepcopy(value)
        except (KeyError, IndexError, TypeError):
            return  # the place is gone by an earlier fault
    agree(data, faults)


@given(st.from_regex(r"\A[0-9]{3,5}-[0-9]{1,2}-[0-9]{1,2}\Z") | st.dates().map(str))
@example("0001-01-01")
@example("1900-02-29")
@example("2000-02-29")
@example("9999-12-31")
def test_both_know_the_same_days(day: str) -> None:
    for path in [("as_of",), ("evidence", 0, "issued_on"), ("evidence", 0, "facts", "day"), ("award", "starts_on")]:
        agree(changed(path, lambda holder, key: holder.__setitem__(key, day)), path, path)


def test_every_day_of_four_centuries_is_one_to_the_schema() -> None:
    valid = jsonschema.Draft202012Validator(
        schema().schema["properties"]["requested"]["items"]["properties"]["asked_on"]
    )
    first = date(1896, 1, 1)

    assert all(valid.is_valid(str(first + timedelta(days))) for days in range(0, 146_097, 7))
    assert [year for year in range(1896, 2110) if valid.is_valid(f"{year}-02-29")] == [
        year for year in range(1896, 2110, 4) if year not in (1900, 2100)
    ]


@pytest.mark.parametrize(
    "facts", [{"words": " "}, {"words": ""}, {"count": None}, {}, {"count": None, "day": None, "parts": None}]
)
def test_an_item_that_states_no_fact_is_refused_by_both(facts: dict[str, Any]) -> None:
    data = changed(("evidence", 0, "facts"), lambda holder, key: holder.__setitem__(key, facts))

    assert not reads(data)
    assert not schema().is_valid(data)


@pytest.mark.parametrize("kind", ["requested", "absent"])
def test_an_unknown_kind_that_is_asked_for_is_refused_by_both(kind: str) -> None:
    data = changed((kind, 0, "kind"), lambda holder, key: holder.__setitem__(key, "acounts"))

    assert not reads(data)
    assert not schema().is_valid(data)


UNSAID = {
    "elfproef": (("provider", "identifiers", 1, "value"), "111222334"),
    "two different KvK numbers": (("provider", "identifiers", 1), {"scheme": "NL-KVK", "value": "01234568"}),
    "one id": (("evidence", 1, "id"), "ev-1"),
    "more than two decimals": (("award", "value"), 1.2345),
    "three digits after the point": (("award", "value"), 1.234),
    "with a point or exponent": (("evidence", 0, "facts", "count"), 3.0),
}


@pytest.mark.parametrize("said", UNSAID)
def test_what_the_schema_cannot_say_stands_in_its_description(said: str) -> None:
    path, value = UNSAID[said]
    data = changed(path, lambda holder, key: holder.__setitem__(key, value))

    assert not reads(data)
    assert schema().is_valid(data)
    assert said in schema().schema["description"]
