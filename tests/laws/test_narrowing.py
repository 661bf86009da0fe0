"""Replacing unknown facts by values can only narrow the advice, never move it outside."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Annotated, Any

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

import pool
from barriermodel import UNKNOWN, Assessment, Award, BarrierModel, Dossier, Evidence, Interval, Level, Status
from barriermodel.domain.evidence import states_a_fact
from barriermodel.domain.facts import fact_fields
from barriermodel.plugin import AsOf, Fact, NotBefore, Past, add_months, evidence
from examples import thorough
from region import Member, barrier, dossier, item, profile, registry, stage

REGISTRY = registry(*pool.BARRIERS)
CLEAR = (Status.CLEAR, Status.NOT_APPLICABLE)


def forget(draw: st.DrawFn, holder: Any) -> Any:
    """The same facts, some of them unknown; also in the records of a list."""
    changed: dict[str, Any] = {}
    for name, field in fact_fields(type(holder)).items():
        value = getattr(holder, name)
        if value is UNKNOWN:
            continue
        if draw(st.integers(0, 3)) == 0:
            changed[name] = UNKNOWN
        elif field.many and attrs.has(field.type):
            changed[name] = tuple(forget(draw, member) for member in value)
    return attrs.evolve(holder, **changed)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Dossier, Dossier]:
    """A dossier, and the same of which less is known."""
    known = draw(pool.dossiers())
    less = attrs.evolve(
        known,
        provider=forget(draw, known.provider),
        award=forget(draw, known.award),
        evidence=[forget_some(draw, item) for item in known.evidence],
    )
    return known, less


def forget_some(draw: st.DrawFn, item: Evidence) -> Evidence:
    """The item with some of its facts unknown.

    It keeps one fact, for an item that states none is no evidence; and an expired one its key, for nothing of it was
    selected: what its key can change is drawn below.
    """
    facts = forget(draw, item.facts)
    if not states_a_fact(facts):
        return item
    expired = item.valid_until is not None and item.valid_until < pool.AS_OF
    return attrs.evolve(item, facts=attrs.evolve(facts, year=item.facts.year) if expired and years(item) else facts)


def years(item: Evidence) -> bool:
    return item.kind.one_per == "year"


def inside(narrow: Interval | None, wide: Interval | None) -> bool:
    if narrow is None or wide is None:
        return True
    return wide.at_least <= narrow.at_least <= narrow.at_most <= wide.at_most


def check(known: Assessment, less: Assessment) -> None:
    assert inside(known.advice, less.advice)
    for a, b in zip(known.stages, less.stages, strict=True):
        assert b.examined or not a.examined
        assert inside(a.interval, b.interval)
        if a.examined:
            for one, other in zip(a.barriers, b.barriers, strict=True):
                assert inside(one.interval, other.interval)
                assert other.hits <= one.hits <= one.hits + one.open <= other.hits + other.open
                for x, y in zip(one.rules, other.rules, strict=True):
                    assert y.status is Status.OPEN or (x.status in CLEAR) == (y.status in CLEAR)
    if [s.examined for s in known.stages] == [s.examined for s in less.stages]:
        for concern, result in known.concerns.items():
            wide = less.concerns[concern]
            assert inside(result.interval, wide.interval)
            assert wide.hits <= result.hits <= result.hits + result.open <= wide.hits + wide.open
        assert all(inside(found, less.moments[moment]) for moment, found in known.moments.items())


@thorough
@given(pool.profiles(), pairs())
def test_knowing_more_only_narrows(profile: Any, dossiers: tuple[Dossier, Dossier]) -> None:
    model = BarrierModel(profile, REGISTRY)
    known, less = (model.assess(dossier) for dossier in dossiers)

    event("narrower" if known.advice != less.advice else "the same")
    check(known, less)


@given(pool.profiles(), pool.dossiers())
def test_an_advice_is_decided_exactly_where_its_ends_meet(profile: Any, dossier: Dossier) -> None:
    assessment = BarrierModel(profile, REGISTRY).assess(dossier)
    advice = assessment.advice

    assert advice.at_least <= advice.at_most
    assert advice.decided == (advice.at_least is advice.at_most)
    assert not (advice.decided and assessment.asks)


DAY = timedelta(1)
MONEY = BarrierModel(pool.profile(pool.stage("all", "pool.money")), REGISTRY)


def accounts(draw: st.DrawFn, year: Any, number: int) -> Evidence:
    """Accounts of a year, made on one of four days, which may have expired."""
    made = pool.AS_OF - draw(st.integers(2, 5)) * DAY
    until = draw(st.sampled_from([None, None, pool.AS_OF, pool.AS_OF - DAY]))
    profit, turnover = (pool.euro(draw(st.integers(-1, 3))) for _ in range(2))
    return pool.item(
        pool.Accounts(year=year, profit=profit, turnover=turnover), f"ev-{number}", made, valid_until=until
    )


@st.composite
def keys_learned(draw: st.DrawFn) -> tuple[Dossier, Dossier]:
    """A dossier in which the year of one or two accounts is learned, and the same before.

    That of an expired item is not learned to be later than all others: no fact of it was selected, and that a later
    year turns out to have expired is news of another key (docs/meaning.md).
    """
    placed = [accounts(draw, year, number) for number, year in enumerate(draw(pool.years))]
    latest = max((item.facts.year for item in placed), default=2030)
    less, known = list(placed), list(placed)
    for number in range(draw(st.integers(1, 2))):
        item = accounts(draw, UNKNOWN, 9 + number)
        expired = item.valid_until is not None and item.valid_until < pool.AS_OF
        year = draw(st.integers(2019, latest if expired else 2030))
        less.append(item)
        known.append(attrs.evolve(item, facts=attrs.evolve(item.facts, year=year)))
    made = [Dossier(as_of=pool.AS_OF, provider=pool.Provider(), evidence=items) for items in (known, less)]
    return made[0], made[1]


@thorough
@given(keys_learned())
def test_a_key_that_becomes_known_narrows_too(dossiers: tuple[Dossier, Dossier]) -> None:
    known, less = (MONEY.assess(dossier) for dossier in dossiers)

    event("narrower" if known.advice != less.advice else "the same")
    event("decided before" if less.advice.decided else "open before")
    check(known, less)


@given(st.permutations([2021, 2022, 2023]), st.integers(6, 400))
def test_expired_accounts_without_a_year_change_nothing_beside_newer_ones(order: list[int], days: int) -> None:
    """One document of long ago that nobody can place must not silence those that count."""
    placed = [
        pool.item(pool.Accounts(year=year, profit=pool.euro(year % 5), turnover=pool.euro(1)), f"ev-{year}", pool.AS_OF)
        for year in order
    ]
    made = pool.AS_OF - days * DAY
    old = pool.item(pool.Accounts(profit=pool.euro(-9)), "old", made, valid_until=made)
    before, after = (
        MONEY.assess(Dossier(as_of=pool.AS_OF, provider=pool.Provider(), evidence=items))
        for items in (placed, [*placed, old])
    )

    assert [rule.status for rule in before.rules] == [rule.status for rule in after.rules]


@pytest.mark.parametrize("combination", list(itertools.product([True, False, UNKNOWN], repeat=2)))
def test_either_key_may_be_the_one_that_becomes_known(combination: tuple[Any, Any]) -> None:
    """An item whose key is unknown may be of the latest key, so nothing counts until it is known."""
    model = BarrierModel(pool.profile(pool.stage("all", "pool.money")), REGISTRY)
    profits = {True: pool.euro(50), False: pool.euro(1), UNKNOWN: UNKNOWN}
    first, second = (
        pool.Accounts(year=year, profit=profits[c], turnover=pool.euro(100))
        for year, c in zip((2023, 2024), combination, strict=True)
    )
    unknown = attrs.evolve(second, year=UNKNOWN)
    known = model.assess(
        Dossier(as_of=pool.AS_OF, provider=pool.Provider(), evidence=[pool.item(first), pool.item(second, "b")])
    )
    less = model.assess(
        Dossier(as_of=pool.AS_OF, provider=pool.Provider(), evidence=[pool.item(first), pool.item(unknown, "b")])
    )

    check(known, less)
    assert less.rule("pool.money.high_profit").status is Status.OPEN


# Dates that cannot be ---------------------------------------------------------------------------------


@evidence("dated_life")
class Life:
    """Dates that a rule compares with each other and with the dossier's."""

    begun_on: Annotated[Fact[date], Past()] = UNKNOWN
    ends_on: Annotated[Fact[date], NotBefore("begun_on")] = UNKNOWN
    members: Fact[tuple[Member, ...]] = UNKNOWN


in_time = barrier("laws.in_time")


@in_time.signal(level=Level.RED)
def young(life: Life, as_of: AsOf) -> Fact[bool]:
    return add_months(life.begun_on, 24) > as_of


@in_time.requirement(level=Level.ORANGE)
def lasts_a_year(life: Life, award: Award) -> Fact[bool]:
    return (add_months(life.begun_on, 12) <= life.ends_on) | (award.ends_on <= life.ends_on)


@in_time.derived
def joined_since_2020(life: Life) -> int:
    return sum(member.since.year >= 2020 for member in life.members)  # type: ignore[union-attr, misc]


@in_time.signal(level=Level.EXCLUDE)
def many_joined(joined_since_2020: Fact[int]) -> Fact[bool]:
    return joined_since_2020 > 1


IN_TIME = BarrierModel(profile(stage("all", "laws.in_time")), registry(in_time, kinds=(Life,)))
near_days = st.sampled_from([
    date(25, 3, 1), date(1900, 1, 1), date(1582, 12, 31), date(2200, 1, 1), date.max, pool.AS_OF,
    pool.AS_OF + timedelta(days=1), date(2019, 1, 1), date(2024, 1, 1),
])  # fmt: skip
members = st.lists(st.builds(Member, since=near_days), max_size=3).map(tuple)
lives = st.builds(Life, begun_on=near_days, ends_on=near_days, members=members)


@given(lives, near_days, near_days, st.data())
def test_learning_a_date_that_cannot_be_narrows_too(life: Life, starts: date, ends: date, data: st.DataObject) -> None:
    known = dossier(item(life), as_of=pool.AS_OF, award=Award(starts_on=starts, ends_on=ends))
    less = attrs.evolve(
        known,
        award=forget(data.draw, known.award),
        evidence=[forget_some(data.draw, item) for item in known.evidence],
    )
    check(IN_TIME.assess(known), IN_TIME.assess(less))
