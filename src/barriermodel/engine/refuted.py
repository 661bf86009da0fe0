"""The advice if the reasons for it turn out to be wrong: what a hearing can change, worked out by the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs

from ..rules.expression import FactRef, split_fact_id
from ..rules.levels import Level, Status
from .evaluate import Engine, Evaluation
from .results import RuleResult, StageResult


def decisive_rules(stages: tuple[StageResult, ...], at_least: Level) -> Iterator[RuleResult]:
    """Yield the hits that the lower end of the advice rests on: without all of them it would be lower.

    In a stage that takes the worst level these are the hits of that level. In a stage that counts, no hit decides by
    itself: there it is every hit, if the stage reaches the level.
    """
    if at_least is Level.GREEN:
        return
    for stage in stages:
        if stage.interval is None or stage.interval.at_least is not at_least:
            continue
        for rule in (rule for barrier in stage.barriers for rule in barrier.rules):
            if rule.status is Status.HIT and (not stage.resolved.by_level or rule.level is at_least):
                yield rule


def evidence_facts(evaluation: Evaluation, result: RuleResult) -> frozenset[str]:
    """The facts of evidence, provider and award that a rule rests on, by id; those behind derived facts included."""
    return frozenset(id for ref in result.definition.facts for id in _behind(evaluation, ref))


def _behind(evaluation: Evaluation, ref: FactRef) -> Iterator[str]:
    if ref.source == "dossier":
        return
    if ref.source != "derived":
        yield ref.id
        return
    outcome = evaluation.outcomes.get(ref.name)
    derived = evaluation.resolved.derived(ref.name)
    read = outcome.evidence_read if outcome else frozenset()
    yield from (f"{i.source}.*" for i in derived.signature.inputs if i.kind and (i.source in read or not read))


def on_the_same_facts(one: Collection[str], others: Collection[str]) -> bool:
    """Whether a rule rests on nothing but facts that others rest on."""
    sources = {split_fact_id(id)[0] for id in others if id.endswith(".*")}
    return bool(one) and all(id in others or split_fact_id(id)[0] in sources for id in one)


def refuted(evaluation: Evaluation, rules: Collection[str]) -> Evaluation:
    """Evaluate the profile once more, as if these rules were clear.

    A stage that was not examined because one of them excludes is examined then.
    """
    if None in evaluation.statuses:
        engine = Engine(evaluation.resolved)
        evaluation = engine.evaluate_selected(
            evaluation.dossier, evaluation.selection, row=evaluation.row, stop_at_exclusion=False
        )
    statuses = []
    for stage, found in zip(evaluation.resolved.stages, evaluation.statuses, strict=True):
        assert found is not None  # every stage was examined
        pairs = zip(stage.rules, found, strict=True)
        statuses.append(tuple(Status.CLEAR.value if rule.id in rules else status for rule, status in pairs))
    bounds = tuple(s.bounds(found) for s, found in zip(evaluation.resolved.stages, statuses, strict=True))
    return attrs.evolve(evaluation, statuses=tuple(statuses), bounds=bounds)
