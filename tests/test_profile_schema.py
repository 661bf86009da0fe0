"""The JSON Schema of a profile refuses what the reader refuses, and nothing that it reads."""

from __future__ import annotations

import copy
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.domain.values import to_json
from barriermodel.formats.schema import profile_schema
from barriermodel.plugin import Profile, ProfileError
from barriermodel.profiles.profile import _converter
from barriermodel.reading.structuring import structure
from examples import by_turns
from test_schema import changed_in, places

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).parent.parent
TITLE = {"nl": "Titel", "en": "Title"}
STAGE = {"id": "s", "title": TITLE, "moment": "admission", "barriers": ["nl.kvk"]}
COUNT = {"by": "count", "orange": 1, "red": 3, "source": "https://example.org", "assumption": None}
POINTS = {"by": "points", "orange": 1, "red": 6, "weights": {"nl.kvk.active": 2}, "assumption": TITLE}
DATED = [{"from": "2019-01-01", "value": 0.1, "source": "x"}, {"from": "2022-01-01", "value": 1, "assumption": "y"}]
RULES = {"nl.kvk.active": {"level": "red", "reason": "Why."}, "nl.kvk.recent": {"leave_out": True, "reason": TITLE}}
FIRST: dict[str, Any] = {
    "id": "voorbeeld", "title": TITLE, "owner": "…", "status": "reconstruction", "valid_from": "2019-01-01",
    "valid_until": None, "sources": ["https://example.org"], "rules": RULES,
    "stages": [STAGE, {**STAGE, "combine": COUNT}, {**STAGE, "combine": POINTS}],
    "parameters": {"nl.kvk": {"months": DATED, "limit": DATED[0]}},
}  # fmt: skip
SECOND: dict[str, Any] = {
    **{key: value for key, value in FIRST.items() if key not in ("stages", "rules")},
    "extends": "voorbeeld",
    "changes": {
        "drop_stages": ["s"], "add_stages": [{**STAGE, "after": "s"}], "combine": {"s": {"by": "worst"}},
        "barriers": {"s": {"add": ["x.y"], "drop": []}},
    },
}  # fmt: skip
WHOLE = [FIRST, SECOND]
PLACES = [(number, path) for number, whole in enumerate(WHOLE) for path in places(whole) if path]
WRONG: list[Any] = [
    None, True, False, 0, 1, -1, 2.5, "", " ", "x", "X", "x\n", "green", "red", "worst", "count", "points",
    "2020-02-30", [], [None], {}, {"nl": " ", "en": "x"}, {"nl": "{x}", "en": "{x}"},
    {"x": 1}, {"x": -1}, COUNT, DATED, RULES, TITLE,
]  # fmt: skip


def reads(data: Any) -> bool:
    try:
        structure(_converter(), copy.deepcopy(data), Profile, "profile", ProfileError)
    except ProfileError:
        return False
    return True


@cache
def schema() -> Any:
    return jsonschema.Draft202012Validator(profile_schema())


def agree(data: Any, path: object) -> None:
    taken, valid = reads(data), schema().is_valid(data)
    assert taken == valid, f"{path}: the reader {'takes' if taken else 'refuses'} it, the schema does not"


def test_what_the_places_are_in_is_taken_by_both() -> None:
    jsonschema.Draft202012Validator.check_schema(schema().schema)
    for whole in WHOLE:
        assert reads(whole)
        assert [error.message for error in schema().iter_errors(whole)] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("plugins/*/src/*/*.toml")), ids=lambda path: path.stem)
def test_the_profiles_of_the_plugins_follow_it(path: Path) -> None:
    def as_json(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: as_json(member) for key, member in value.items()}
        return [as_json(member) for member in value] if isinstance(value, list) else to_json(value)

    data = as_json(tomllib.loads(path.read_text(encoding="utf-8")))

    assert [error.message for error in schema().iter_errors(data)] == []


@pytest.mark.parametrize("step", by_turns([4, 1], by_day=[4]))
@pytest.mark.parametrize("which", range(len(WRONG)), ids=lambda which: repr(WRONG[which]))
def test_both_agree_on_another_value_in_a_quarter_of_the_places_and_at_night_in_all(which: int, step: int) -> None:
    for number, path in PLACES[which % step :: step]:
        data = changed_in(WHOLE[number], path, lambda holder, key: holder.__setitem__(key, copy.deepcopy(WRONG[which])))
        agree(data, (number, path))


def test_both_agree_on_a_key_too_few_or_too_many_in_every_place() -> None:
    for number, path in PLACES:
        whole = WHOLE[number]
        agree(changed_in(whole, path, lambda holder, key: holder.__delitem__(key)), (number, path))
        more = changed_in(whole, path, lambda h, key: isinstance(h[key], dict) and h[key].update(extra=1))
        agree(more, (number, path))


@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_both_agree_where_the_value_of_one_place_stands_in_another(one: Any, other: Any) -> None:
    (number, path), (from_, place) = one, other
    value: Any = WHOLE[from_]
    for key in place:
        value = value[key]
    if path[-1:] in (("orange",), ("valid_until",), ("valid_from",)):
        return  # above red, or before valid_from: what no schema can say
    agree(
        changed_in(WHOLE[number], path, lambda holder, key: holder.__setitem__(key, copy.deepcopy(value))), (one, other)
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"valid_until": "2018-12-31"}, "valid_until before valid_from"),
        ({"stages": [{**STAGE, "combine": {**COUNT, "orange": 4}}]}, "orange above red"),
    ],
)
def test_what_the_schema_cannot_say_stands_in_its_description(change: dict[str, Any], said: str) -> None:
    data = {**FIRST, **change}

    assert not reads(data)
    assert schema().is_valid(data)
    assert said in schema().schema["description"]
