"""What holds of the explanation of any dossier: nothing that was found is lost, and nothing withheld is said."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from barriermodel import Assessment, BarrierModel, Dossier, Level, Provider, Status
from barriermodel.testing import dossiers


@cache
def model() -> BarrierModel:
    return BarrierModel.load("twente-2019")


any_dossier = st.deferred(lambda: dossiers(model()))


def by_status(assessment: Assessment, status: Status) -> set[str]:
    return {rule.id for rule in assessment.rules if rule.status is status}


@given(any_dossier)
def test_each_hit_is_a_reason_or_stands_beside_one(dossier: Dossier) -> None:
    assessment = model().assess(dossier)
    found = assessment.explanation()

    named = [finding.rule for finding in (*found.reasons, *found.also)]
    assert sorted(named) == sorted(by_status(assessment, Status.HIT))
    assert {finding.same_fact_as for finding in found.also} <= {None, *(reason.rule for reason in found.reasons)}


@given(any_dossier)
def test_each_open_rule_has_a_cause(dossier: Dossier) -> None:
    assessment = model().assess(dossier)

    named = {rule.id for cause in assessment.explanation().causes for rule in cause.rules}
    assert named == by_status(assessment, Status.OPEN)


@given(any_dossier)
def test_each_request_is_a_step_and_its_evidence_a_cause_that_matters(dossier: Dossier) -> None:
    assessment = model().assess(dossier)
    found = assessment.explanation()

    asked = [step for step in found.steps if step.action in ("look_up", "ask")]
    assert sorted(step.what for step in asked) == sorted((a.kind.words / "inline")["nl"] for a in assessment.asks)
    assert {cause.kind for cause in found.causes if cause.matters} >= {ask.kind.id for ask in assessment.asks}


@given(any_dossier)
def test_an_advice_above_green_has_a_reason_and_green_has_none(dossier: Dossier) -> None:
    found = model().assess(dossier).explanation()

    assert bool(found.reasons) == (found.advice.at_least > Level.GREEN)
    assert (found.if_refuted is None) == (not found.reasons)


@given(any_dossier)
def test_without_its_reasons_the_advice_is_what_the_other_rules_say(dossier: Dossier) -> None:
    """Worked out by hand from the statuses, by the levels and thresholds that the profile states."""
    assessment = model().assess(dossier)
    found = assessment.explanation()
    if found.if_refuted is None or any(not stage.examined for stage in assessment.stages):
        return
    refuted = {reason.rule for reason in found.reasons} | {f.rule for f in found.also if f.same_fact_as or f.decisive}
    refuted |= {f.rule for f in found.also if f.counted and f.rule in decisive_by_count(assessment)}

    ends = [combined(stage, refuted) for stage in assessment.stages]

    assert found.if_refuted.at_least == max(low for low, _ in ends)
    assert found.if_refuted.at_most == max(high for _, high in ends)


def decisive_by_count(assessment: Assessment) -> set[str]:
    """The hits of each stage that counts and reaches the lower end of the advice."""
    return {
        rule.id
        for stage in assessment.stages
        if not stage.resolved.by_level and stage.interval and stage.interval.at_least is assessment.advice.at_least
        for barrier in stage.barriers
        for rule in barrier.rules
        if rule.status is Status.HIT
    }


def combined(stage: Any, refuted: set[str]) -> tuple[Level, Level]:
    rules = [rule for barrier in stage.barriers for rule in barrier.rules if rule.id not in refuted]
    hits = [rule for rule in rules if rule.status is Status.HIT]
    both = [rule for rule in rules if rule.status in (Status.HIT, Status.OPEN)]
    combine = stage.resolved.combine
    if combine.by.value == "worst":
        return max([Level.GREEN, *(r.level for r in hits)]), max([Level.GREEN, *(r.level for r in both)])
    assert combine.by.value == "count"
    return counted(len(hits), combine), counted(len(both), combine)


def counted(number: int, combine: Any) -> Level:
    return Level.RED if number >= combine.red else Level.ORANGE if number >= combine.orange else Level.GREEN


@given(any_dossier)
def test_figures_stand_on_the_side_of_their_limit_that_the_rule_says(dossier: Dossier) -> None:
    for reason in model().assess(dossier).explanation().reasons:
        for figure in reason.figures if len(reason.figures) == 1 else ():
            assert (figure.value < figure.limit) == (figure.side == "lower") or figure.value == figure.limit


def test_a_dossier_without_anything_has_no_reason_and_every_kind_as_a_cause() -> None:
    assessment = model().assess(Dossier(as_of=date(2026, 1, 15), provider=Provider()))
    found = assessment.explanation()
    read = {fact.source for rule in assessment.rules if rule.status is Status.OPEN for fact in rule.definition.facts}

    assert found.reasons == found.also == ()
    assert {cause.kind for cause in found.causes} >= read & assessment.evaluation.resolved.kinds.keys()
