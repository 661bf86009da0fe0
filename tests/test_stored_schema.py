"""The JSON Schema of an assessment refuses what the reader of a stored one refuses, and nothing that it reads."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from barriermodel import BarrierModel, InputError, load_assessment, load_dossier
from barriermodel.formats.schema import assessment_schema

jsonschema = pytest.importorskip("jsonschema")
EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "bewijs-ontbreekt"


def shortened() -> dict[str, Any]:
    """An assessment of every sort of part, a few of each."""
    found = BarrierModel.load("twente-2019").assess(load_dossier(EXAMPLE)).to_dict()
    for stage in found["stages"]:
        stage["barriers"] = [{**barrier, "rules": barrier["rules"][:1]} for barrier in stage["barriers"][:2]]
    for key in ("kinds", "evidence", "asks", "withheld"):
        found[key] = found[key][:2]
    found["labels"] = dict(list(found["labels"].items())[:2])
    found["report"] = {lang: lines[:3] for lang, lines in found["report"].items()}
    found["row"] = {"given": ["a"], "freshness_not_checked": [], "absent": ["b"]}
    return found


WHOLE = shortened()
SCHEMA = jsonschema.Draft202012Validator(assessment_schema())
OPEN = {"expression", "applies", "value", "found"}
"""Keys under which any JSON is taken."""


def places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        yield (*path, key)
        yield from () if key in OPEN else places(value, (*path, key))


PLACES = [path for path in places(WHOLE) if path[-1] not in ("digest", "content_digest")]  # which hold for the whole
WRONG: list[Any] = [
    None, True, 0, -1, 2.5, "", " ", "x", "red", "hit", "2025-02-30", "2025-02-28", "NL-KVK", "wmo", [], ["x"], [3], {},
    {"nl": "x"}, {"nl": "x", "en": "y"}, {"scheme": "NL-KVK", "value": "1"}, {"scheme": "NL-KVK", "value": "01234567"},
]  # fmt: skip


def reads(data: Any) -> bool:
    try:
        load_assessment(data, verify=False)
    except InputError:
        return False
    return True


def changed(path: tuple[str | int, ...]) -> tuple[dict[str, Any], Any]:
    """A copy of the whole, and the part of it that holds a place."""
    data = copy.deepcopy(WHOLE)
    holder: Any = data
    for key in path[:-1]:
        holder = holder[key]
    return data, holder


def test_the_whole_is_taken_by_both() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA.schema)
    assert [error.message for error in SCHEMA.iter_errors(WHOLE)] == []
    assert reads(WHOLE)


@given(st.sampled_from(PLACES), st.sampled_from(WRONG))
def test_both_agree_on_another_value_in_every_place(path: tuple[str | int, ...], wrong: Any) -> None:
    assume(path not in (("provider",), ("award",)) or not isinstance(wrong, dict))  # keys of others: see below
    data, holder = changed(path)
    holder[path[-1]] = copy.deepcopy(wrong)

    assert reads(data) == SCHEMA.is_valid(data), (path, wrong)


@given(st.sampled_from(PLACES))
def test_both_agree_on_a_key_that_is_not_there(path: tuple[str | int, ...]) -> None:
    data, holder = changed(path)
    del holder[path[-1]]

    assert reads(data) == SCHEMA.is_valid(data), path


@pytest.mark.parametrize("key", ["digest", "content_digest"])
def test_what_is_no_digest_is_refused(key: str) -> None:
    for wrong in ("", "x", 3, "0" * 63, "0" * 65):
        assert not SCHEMA.is_valid({**WHOLE, key: wrong})


def test_a_further_key_is_taken_by_the_schema_alone() -> None:
    """One that a later version adds; the reader of this version does not know it."""
    later = {**WHOLE, "later": 1, "profile": {**WHOLE["profile"], "later": 1}}

    assert SCHEMA.is_valid(later)
    assert not reads(later)
