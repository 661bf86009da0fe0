"""A rule matters exactly where some completion of the other open rules makes it decide the advice."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from barriermodel import Assessment, BarrierModel, Level, Status
from barriermodel.engine.requests import can_change_advice, open_rules_that_matter
from barriermodel.profiles.profile import CombineBy, Stage
from examples import thorough
from region import dossier, flag_rules, item, model, profile, registry, stage

OPEN, HIT, CLEAR = Status.OPEN.value, Status.HIT.value, Status.CLEAR.value
# rules that count have a level that counts nowhere; EXCLUDE is refused there
SHAPES = {
    "first": (Level.ORANGE, Level.EXCLUDE, Level.RED),
    "second": (Level.RED, Level.ORANGE, Level.RED, Level.ORANGE),
    "third": (Level.EXCLUDE, Level.ORANGE, Level.RED),
}
MADE = {name: flag_rules(f"asks.{name}", *levels) for name, levels in SHAPES.items()}
MILD = {name: flag_rules(f"asks.{name}_mild", *[Level.ORANGE] * len(levels)) for name, levels in SHAPES.items()}
REGISTRY = registry(*(b for b, _ in (*MADE.values(), *MILD.values())), kinds=())


def advice(stages: Any, codes: list[tuple[int, ...]]) -> int:
    """The level when every rule is told: stages in order, none after one that excludes."""
    found = 0
    for planned, own in zip(stages, codes, strict=True):
        found = max(found, level_of(planned, own))
        if found == Level.EXCLUDE:
            break
    return found


def level_of(planned: Any, codes: tuple[int, ...]) -> int:
    """What the hits of one stage make, said anew and simply."""
    rules = [rule for barrier in planned.barriers for rule in barrier.rules]
    hits = [rule for rule, code in zip(rules, codes, strict=True) if code == HIT]
    combine = planned.combine
    if combine.by is CombineBy.WORST:
        return max((rule.level.value for rule in hits), default=0)
    total = len(hits) if combine.by is CombineBy.COUNT else sum(combine.weights.get(rule.id, 1) for rule in hits)
    return 2 if total >= combine.red else 1 if total >= combine.orange else 0


def completions(codes: list[tuple[int, ...]]) -> Any:
    """Every way in which the open rules can turn out."""
    places = [(s, p) for s, own in enumerate(codes) for p, code in enumerate(own) if code == OPEN]
    for outcome in product((CLEAR, HIT), repeat=len(places)):
        filled = [list(own) for own in codes]
        for (s, p), code in zip(places, outcome, strict=True):
            filled[s][p] = code
        yield [tuple(own) for own in filled]


def turned(codes: list[tuple[int, ...]], index: int, position: int, code: int) -> list[tuple[int, ...]]:
    own = codes[index]
    return [*codes[:index], (*own[:position], code, *own[position + 1 :]), *codes[index + 1 :]]


def brute(stages: Any, codes: list[tuple[int, ...]], index: int, position: int) -> bool:
    if codes[index][position] != OPEN:
        return False
    return any(
        advice(stages, turned(filled, index, position, CLEAR)) != advice(stages, turned(filled, index, position, HIT))
        for filled in completions(codes)
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[tuple[Stage, ...], list[Any]]:
    """One to three stages, each combined in any way, and evidence that tells some rules."""
    stages: list[Stage] = []
    evidence: list[Any] = []
    for name in draw(st.permutations(list(SHAPES)))[: draw(st.integers(1, 3))]:
        by = draw(st.sampled_from(["worst", "count", "points"]))
        barrier, kinds = (MADE if by == "worst" else MILD)[name]
        orange = draw(st.integers(1, 4))
        weights = {id: draw(st.integers(0, 3)) for id in (r.id for r in barrier.rules.values())}
        stages.append(
            stage(
                name, barrier.id, by=by, orange=orange, red=orange + draw(st.integers(0, 3)),
                weights=weights if by == "points" else None,
            )
        )  # fmt: skip
        for kind in kinds:
            told = draw(st.sampled_from([None, None, True, False, False]))
            if told is not None:
                evidence.append(item(kind(on=told), f"ev-{len(evidence)}"))
    return tuple(stages), evidence


@thorough
@given(cases())
def test_what_matters_is_what_brute_force_finds(case: Any) -> None:
    stages, evidence = case
    assessment = BarrierModel(profile(*stages), REGISTRY).assess(dossier(*evidence))
    run = assessment.evaluation
    examined = [own for own in run.statuses if own is not None]
    plans = run.resolved.stages[: len(examined)]

    reached = {advice(plans, filled) for filled in completions(examined)}
    assert (assessment.advice.at_least, assessment.advice.at_most) == (min(reached), max(reached))
    found = {
        (s, p): can_change_advice(run, assessment.advice.at_least.value, s, p)
        for s, own in enumerate(examined)
        for p in range(len(own))
    }
    expected = {(s, p): brute(plans, examined, s, p) for s, p in found}
    event(f"{sum(expected.values())} matter")
    assert found == expected
    named = {rule.id for _, rule in open_rules_that_matter(run, assessment.advice.at_least)}
    assert {id for ask in assessment.asks for id in ask.rules} == named
    assert bool(named) == (not assessment.advice.decided)


def assess(stages: Any, *evidence: Any) -> Assessment:
    barriers = [b for b, _ in (*MADE.values(), *MILD.values())]
    return model(*barriers, stages=stages).assess(dossier(*evidence))


def test_a_decided_assessment_asks_nothing() -> None:
    _, kinds = MADE["first"]
    assessment = assess([stage("a", "asks.first")], item(kinds[1](on=True)))

    assert assessment.advice.decided
    assert assessment.asks == ()


@pytest.mark.parametrize(("told", "asked"), [((), [0, 1, 2]), ((0,), [1, 2]), ((2,), [1])])
def test_asked_is_what_could_make_the_level_higher(told: tuple[int, ...], asked: list[int]) -> None:
    _, kinds = MADE["first"]
    evidence = [item(kinds[n](on=True), f"ev-{n}") for n in told]
    assessment = assess([stage("a", "asks.first")], *evidence)

    assert [ask.kind.cls for ask in assessment.asks] == [kinds[n] for n in asked]


def test_a_weight_of_nothing_is_never_asked_for() -> None:
    barrier, kinds = MILD["first"]
    weights = {"asks.first_mild.rule_0": 0}
    assessment = assess([stage("a", barrier.id, by="points", orange=2, red=2, weights=weights)])

    assert [ask.kind.cls for ask in assessment.asks] == kinds[1:]
