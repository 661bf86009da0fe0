"""``st.from_type`` makes facts within the bounds that they declare, and bounds outside these are refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from barriermodel.plugin import (
    UNKNOWN,
    Between,
    Evidence,
    Fact,
    Limit,
    Money,
    NotBefore,
    Past,
    Ratio,
    euro,
    evidence,
    record,
)
from barriermodel.testing import evidence as evidence_of


@record
class Branch:
    opened_on: Annotated[Fact[date], Between(date(1990, 1, 1), date(1999, 12, 31))] = UNKNOWN
    staff: Annotated[Fact[int], Between(1, 3)] = UNKNOWN


@evidence("bounded")
class Bounded:
    year: Annotated[Fact[int], Between(1900, 2199)] = UNKNOWN
    few: Annotated[Fact[int], Between(at_most=-50)] = UNKNOWN
    cents: Annotated[Fact[Money], Between(0.5, 1.5)] = UNKNOWN
    much: Annotated[Fact[Money], Between(200_000_000)] = UNKNOWN
    share: Annotated[Fact[Ratio], Between(5)] = UNKNOWN
    since: Annotated[Fact[date], Past()] = UNKNOWN
    until: Annotated[Fact[date], NotBefore("since")] = UNKNOWN
    years: Annotated[Fact[tuple[int, ...]], Between(2000, 2001)] = UNKNOWN
    branches: Fact[tuple[Branch, ...]] = UNKNOWN


@given(st.from_type(Bounded))
def test_a_class_of_facts_is_made_within_its_bounds(facts: Bounded) -> None:
    """What is outside would be refused where it is made; what cannot be of a date is not."""
    assert facts.since is UNKNOWN or facts.until is UNKNOWN or facts.since <= facts.until
    for branch in facts.branches if facts.branches is not UNKNOWN else ():
        assert branch.opened_on is UNKNOWN or 1990 <= branch.opened_on.year <= 1999


@pytest.mark.parametrize("name", ["year", "few", "cents", "much", "share", "since", "until", "years", "branches"])
def test_every_fact_of_a_class_is_made_known_and_unknown(name: str) -> None:
    any_is_fine = settings(phases=[Phase.generate])  # and not the simplest
    find(st.from_type(Bounded), lambda facts: getattr(facts, name) is UNKNOWN, settings=any_is_fine)
    find(st.from_type(Bounded), lambda facts: getattr(facts, name) is not UNKNOWN, settings=any_is_fine)


@given(
    st.from_type(Annotated[Fact[int], Between(1900, 1901)]),
    st.from_type(Annotated[Fact[date], Between(date(2020, 1, 1), date(2020, 1, 2))]),
    st.from_type(Annotated[Fact[Money], Between(0, 0.02)]),
    st.from_type(Annotated[int, Between(3, 4), Limit(assumed=True)]),
    st.from_type(Annotated[tuple[int, ...], Between(3, 4), Limit(assumed=True)]),
)
def test_an_annotation_with_bounds_is_made_within_them(
    year: Any, day: Any, amount: Any, limit: int, limits: tuple[int, ...]
) -> None:
    assert year in (UNKNOWN, 1900, 1901)
    assert day in (UNKNOWN, date(2020, 1, 1), date(2020, 1, 2))
    assert amount in (UNKNOWN, euro(0), euro("0.01"), euro("0.02"))
    assert limit in (3, 4)
    assert set(limits) <= {3, 4}


@given(st.from_type(Annotated[int, "something else"]))
def test_other_annotations_are_made_as_ever(number: int) -> None:
    assert type(number) is int


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        ({"year": Between(1800, 1850)}, "Bounded.year is Between(1900, 2199); Between(1800, 1850) lies outside it"),
        ({"year": Between(1950, 2200)}, "Bounded.year is Between(1900, 2199)"),
        ({"year": Between(at_most=1899)}, "Between(at_most=1899) lies outside it"),
        ({"much": Between(0)}, "Bounded.much is Between(200000000)"),
        ({"since": Between(date(1500, 1, 1))}, "Between(date(1500, 1, 1)) lies outside it"),
    ],
)
def test_bounds_outside_those_of_the_fact_are_refused_where_they_are_written(bound: Any, words: str) -> None:
    with pytest.raises(InvalidArgument, match=re.escape(words)):
        evidence_of(Bounded, **bound)


@given(evidence_of(Bounded, unknown=False, year=Between(2150), few=Between(-60), share=Between(5, 5)))
def test_an_end_that_is_left_out_is_that_of_the_fact(item: Evidence) -> None:
    assert 2150 <= item.facts.year <= 2199
    assert -60 <= item.facts.few <= -50
    assert item.facts.share == 5
