"""A profile does not differ from itself, one change is one difference, and turned round it is the same."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pool
from barriermodel import BarrierModel, Level, Moment, Registry, profile_difference
from barriermodel.analysis.reports import Difference
from barriermodel.plugin import Money, Profile
from barriermodel.profiles.profile import (
    WORST,
    Changes,
    Combine,
    CombineBy,
    Dated,
    ProfileStatus,
    RuleChange,
    Stage,
)
from barriermodel.profiles.resolved import ResolvedParameter, ResolvedProfile
from barriermodel.reporting.difference import Topic, profile_changes
from region import registry

INSTALLED = Registry.discover()
PLANS = {id: BarrierModel.load(id, INSTALLED).resolved for id in sorted(INSTALLED.profiles)}
POOL = registry(*pool.BARRIERS)


def keys(found: tuple[Difference, ...]) -> list[tuple[str, str]]:
    return [(difference.topic.value, difference.id) for difference in found]


@pytest.mark.parametrize("id", PLANS)
def test_a_profile_does_not_differ_from_itself(id: str) -> None:
    again = BarrierModel.load(id, Registry.discover()).resolved

    assert profile_difference(PLANS[id], again) == ()


def assert_turned_round(a: ResolvedProfile, b: ResolvedProfile) -> None:
    there, back = profile_difference(a, b), profile_difference(b, a)

    assert {(d.topic, d.id): (d.a, d.b) for d in there} == {(d.topic, d.id): (d.b, d.a) for d in back}
    assert len(set(keys(there))) == len(there) == len(back)


@pytest.mark.parametrize(("a", "b"), list(combinations(PLANS, 2)))
def test_turned_round_it_is_the_same(a: str, b: str) -> None:
    assert_turned_round(PLANS[a], PLANS[b])


@given(pool.profiles(), pool.profiles())
def test_turned_round_it_is_the_same_for_any_two_profiles(a: Profile, b: Profile) -> None:
    assert_turned_round(BarrierModel(a, POOL).resolved, BarrierModel(b, POOL).resolved)


@pytest.mark.parametrize("id", [id for id, plan in PLANS.items() if plan.profile.extends])
def test_each_change_that_a_profile_lists_is_told(id: str) -> None:
    plan = PLANS[id]
    own, base = plan.profile, PLANS[plan.profile.extends or ""]
    found = set(keys(profile_difference(base, plan)))
    changes = own.changes or Changes()
    expected = {("limit", f"{barrier}.{name}") for barrier, values in own.parameters.items() for name in values}
    expected |= {("rule", rule) for rule in own.rules}
    expected |= {("stage", stage) for stage in [*changes.drop_stages, *(s.id for s in changes.add_stages)]}
    expected |= {("barrier", b) for change in changes.barriers.values() for b in (*change.add, *change.drop)}
    expected |= {("combination", stage) for stage in changes.combine}

    assert expected <= found
    assert bool(profile_changes(plan.profile)) == bool(expected or own.stages)
    if own.stages:
        assert any(topic in {"stage", "order", "moment", "combination", "barrier"} for topic, _ in found)


# One change, one difference ---------------------------------------------------------------------------


def other_value(parameter: ResolvedParameter, value: Any) -> Any:
    """A value near this one that the parameter can have, as a profile writes it."""
    if isinstance(value, tuple):
        return list(value[:-1]) if len(value) > 1 else [*value, *value]
    if isinstance(value, Money):
        return value.cents // 100 + 1
    if isinstance(value, date):
        return value + timedelta(1)
    bounds = parameter.spec.field.bounds
    step = 1 if isinstance(value, int) else 0.0625
    top = bounds is not None and bounds.at_most is not None and value + step > bounds.at_most
    return value - step if top else value + step


def as_written(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [as_written(member) for member in value]
    if isinstance(value, Money):
        return value.cents // 100
    return getattr(value, "value", value)


@st.composite
def changed(draw: st.DrawFn, plan: ResolvedProfile) -> tuple[Topic, str, dict[str, Any]]:
    """One change to a profile, what it is about, and the keys with which an extension says it."""
    stages = tuple(
        Stage(id=s.id, title=s.title, moment=s.moment, barriers=tuple(b.id for b in s.barriers), combine=s.combine)
        for s in plan.stages
    )
    number = draw(st.integers(0, len(stages) - 1))
    one = stages[number]
    rest = (stages[:number], stages[number + 1 :])
    sort = draw(st.sampled_from(["limit", "level", "left_out", "order", "moment", "combination", "status", "until"]))
    if sort == "limit":
        barrier, parameter = draw(st.sampled_from([(b.id, p) for b in plan.barriers for p in b.parameters.values()]))
        return limit_change(draw, barrier, parameter)
    if sort in ("level", "left_out"):
        planned, rule = draw(st.sampled_from([(s, r) for s in plan.stages for r in s.rules]))
        levels = [level for level in (Level.ORANGE, Level.RED) if level is not rule.level]
        siblings = [r for b in planned.barriers if rule in b.rules for r in b.rules]
        left_out = sort == "left_out" and len(siblings) > 1 and rule.id not in planned.combine.weights
        change = RuleChange(reason="test", leave_out=True) if left_out else RuleChange(reason="test", level=levels[0])
        return Topic.RULE, rule.id, {"rules": {rule.id: change}}
    if sort == "order" and len(stages) > 1:
        return Topic.ORDER, "", {"stages": stages[::-1]}
    if sort == "moment":
        moment = draw(st.sampled_from([m for m in Moment if m is not one.moment]))
        return Topic.MOMENT, one.id, {"stages": (*rest[0], attrs.evolve(one, moment=moment), *rest[1])}
    if sort == "combination":
        counted = Combine(by=CombineBy.COUNT, orange=7, red=draw(st.integers(8, 9)), assumption="test")
        combine = WORST if one.combine.by is not CombineBy.WORST else counted
        lower = {r.id: r for r in plan.stages[number].rules if r.level is Level.EXCLUDE}
        if not lower:
            return Topic.COMBINATION, one.id, {"changes": Changes(combine={one.id: combine})}
    if sort == "status":
        other = [status for status in ProfileStatus if status is not plan.profile.status]
        return Topic.STATUS, "", {"status": draw(st.sampled_from(other))}
    return Topic.VALIDITY, "", {"valid_until": date(2999, 1, 1)}


def limit_change(draw: st.DrawFn, barrier: str, parameter: ResolvedParameter) -> tuple[Topic, str, dict[str, Any]]:
    name = parameter.spec.name
    written = [
        Dated(
            value=as_written(s.value), from_=s.since, source=s.source, assumption=s.assumption, note=s.note
        )
        for s in parameter.settings
    ]  # fmt: skip
    last = written[-1]
    what = draw(st.sampled_from(["value", "source", "note", "later"]))
    if what == "value":
        last = attrs.evolve(last, value=as_written(other_value(parameter, parameter.settings[-1].value)))
    elif what == "source":
        last = attrs.evolve(last, source=None, assumption="another")
    elif what == "note":
        last = attrs.evolve(last, note="another")
    more = [attrs.evolve(last, from_=date(2998, 1, 1))] if what == "later" else []
    return Topic.LIMIT, f"{barrier}.{name}", {"parameters": {barrier: {name: (*written[:-1], last, *more)}}}


@pytest.mark.parametrize("id", PLANS)
@given(st.data())
def test_one_change_gives_one_difference(id: str, data: st.DataObject) -> None:
    plan = PLANS[id]
    topic, about, change = data.draw(changed(plan))
    same = {name: getattr(plan.profile, name) for name in ("title", "owner", "status", "valid_from", "valid_until")}
    region = Profile(**(same | {"id": "region", "extends": id} | change))

    found = profile_difference(plan, BarrierModel(region, INSTALLED).resolved)

    assert keys(found) == [(topic.value, about)]
    (difference,) = found
    assert difference.a != difference.b
    for text in (difference.text.nl, difference.text.en):
        assert id in text
        assert "region" in text
        assert text.endswith(".")
        assert "  " not in text
