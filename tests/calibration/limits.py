"""A barrier with a parameter of every type, profiles with it, and the same profile with another value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import attrs
from hypothesis import strategies as st

import pool
import region
from barriermodel import BarrierModel, Level, euro
from barriermodel.engine.evaluate import Engine
from barriermodel.plugin import AsOf, Barrier, Fact, Limit, Money, Profile, Ratio, add_months, not_, one_of  # fmt: skip
from barriermodel.profiles.profile import Dated
from barriermodel.profiles.resolved import ResolvedProfile
from region import Answers, Size

LIMIT = Limit(assumed=True)
limits = region.barrier("cal.limits")
BARRIERS: tuple[Barrier, ...] = (*pool.BARRIERS, limits)


@limits.condition
def counted(answers: Answers, *, fewest: Annotated[int, LIMIT] = 0) -> Fact[bool]:
    return answers.count >= fewest


@limits.signal(level=Level.RED, applies=counted)
def two_limits(
    answers: Answers,
    *,
    share: Annotated[Ratio, LIMIT] = 0.5,
    amount: Annotated[Money, LIMIT] = euro(2),  # noqa: B008
) -> Fact[bool]:
    return (answers.share > share) | not_(answers.amount <= amount) & answers.flag


@limits.signal(level=Level.EXCLUDE)
def words(
    answers: Answers, *, word: Annotated[str, LIMIT] = "a", size: Annotated[Size, LIMIT] = Size.SMALL
) -> Fact[bool]:
    return (answers.words == word) & one_of(answers.size, size, Size.LARGE)


@limits.requirement(level=Level.ORANGE)
def late(
    answers: Answers, as_of: AsOf, *, months: Annotated[int, LIMIT] = 6, strict: Annotated[bool, LIMIT] = False
) -> Fact[bool]:  # fmt: skip
    return (add_months(answers.day, months) > as_of) & ((strict == answers.flag_b) | (answers.count_b * months < 9))


@limits.signal(level=Level.ORANGE)
def before(
    answers: Answers, *, day: Annotated[date, LIMIT] = date(2024, 1, 1), fewest: Annotated[int, LIMIT] = 0
) -> Fact[bool]:
    return (answers.day < day) & (answers.count + fewest > answers.count_b * fewest)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "pool.money.most": st.sampled_from([0.0, 0.1, 0.5, 1.0, -1.0]),
    "pool.register.fewest": st.integers(-1, 4),
    "cal.limits.fewest": st.integers(-2, 3),
    "cal.limits.share": st.sampled_from([0.0, 0.25, 0.5, 1.0]),
    "cal.limits.amount": st.integers(-2, 5).map(lambda n: Money(cents=n * 100)),
    "cal.limits.word": st.sampled_from(["a", "b", "é"]),
    "cal.limits.size": st.sampled_from(Size),
    "cal.limits.months": st.integers(-2, 20),
    "cal.limits.strict": st.booleans(),
    "cal.limits.day": st.sampled_from([date(2020, 1, 1), region.AS_OF, date(2030, 1, 1)]),
}


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """One of the pool, with a stage of these limits, some of which change with the date."""
    found = draw(pool.profiles())
    by = draw(st.sampled_from(["worst", "count", "points"]))
    own = [rule.id for rule in limits.rules.values()]
    weights = draw(st.dictionaries(st.sampled_from(own), st.integers(0, 3))) if by == "points" else None
    last = region.stage("cal", "cal.limits", by=by, orange=draw(st.integers(1, 2)), red=3, weights=weights)
    rules = dict(found.rules)
    if by != "worst":
        rules["cal.limits.words"] = pool.RuleChange(reason="it is counted", level=Level.ORANGE)
    place = draw(st.integers(0, len(found.stages)))
    stages = (*found.stages[:place], last, *found.stages[place:])
    shares = (
        Dated(value=0.25, from_=date(2020, 1, 1), assumption="a test"),
        Dated(value=draw(VALUES["cal.limits.share"]), from_=date(2025, 1, 1), assumption="a test"),
    )
    parameters = {**found.parameters, "cal.limits": {"share": shares}}
    return attrs.evolve(found, stages=stages, rules=rules, parameters=parameters)


def model_of(profile: Profile) -> BarrierModel:
    return BarrierModel(profile, region.registry(*BARRIERS))


def with_values(plan: ResolvedProfile, values: Mapping[str, Any]) -> Engine:
    """The plan with other values of parameters on every date; None leaves one as it is."""
    stages = []
    for stage in plan.stages:
        barriers = []
        for barrier in stage.barriers:
            parameters = dict(barrier.parameters)
            for name, parameter in parameters.items():
                value = values.get(f"{barrier.id}.{name}")
                if value is not None:
                    settings = tuple(attrs.evolve(setting, value=value) for setting in parameter.settings)
                    parameters[name] = attrs.evolve(parameter, settings=settings)
            barriers.append(attrs.evolve(barrier, parameters=parameters))
        stages.append(attrs.evolve(stage, barriers=tuple(barriers)))
    return Engine(attrs.evolve(plan, stages=tuple(stages)))


def nonzero(counts: Mapping[Any, int]) -> Counter[Any]:
    return Counter({pair: number for pair, number in counts.items() if number})
