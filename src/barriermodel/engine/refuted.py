"""The advice if the reasons for it turn out to be wrong: what a hearing can change, worked out by the engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

import attrs

from ..profiles.resolved import ResolvedProfile, ResolvedStage
from ..rules.expression import FactRef, split_fact_id
from ..rules.levels import Level, Status
from ..rules.rule import Rule
from .evaluate import Engine, Evaluation


def decisive_rules(stage: ResolvedStage, hits: Collection[str], low: Level | None, at_least: Level) -> Iterator[str]:
    """Yield the hits of a stage that the lower end of the advice rests on: without all of them it would be lower.

    In a stage that takes the worst level these are the hits of that level. In a stage that counts, no hit decides by
    itself: there it is every hit, if the stage reaches the level.

    Args:
        hits: the ids of the rules that hit.
        low: the lower end of the stage; None if it was not examined.
        at_least: the lower end of the advice.

    """
    if at_least is Level.GREEN or low is not at_least:
        return
    for rule in stage.rules:
        if rule.id in hits and (not stage.by_level or rule.level is at_least):
            yield rule.id


def reasons_first(
    levels: Mapping[str, Level], decisive: Collection[str], facts: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, bool, str | None]]:
    """Yield each hit, the heaviest first: its id, whether it is a reason, and the reason before it on the same facts.

    Args:
        levels: the hits in their own order, each with its level.
        decisive: the hits that the lower end of the advice rests on.
        facts: what each hit rests on, as :func:`facts_behind` gives it.

    """
    reasons: list[str] = []
    for id in sorted(levels, key=lambda id: -levels[id]):
        same = next((reason for reason in reasons if on_the_same_facts(facts[id], facts[reason])), None)
        if decides := id in decisive and same is None:
            reasons.append(id)
        yield id, decides, same


def facts_behind(
    resolved: ResolvedProfile, rule: Rule[...], evidence_read: Callable[[str], Collection[str]]
) -> frozenset[str]:
    """The facts of evidence, provider and award that a rule rests on, by id; those behind derived facts included.

    Args:
        evidence_read: the kinds whose evidence a derived fact read, by its id.

    """
    return frozenset(id for ref in rule.facts for id in _behind(resolved, ref, evidence_read))


def _behind(resolved: ResolvedProfile, ref: FactRef, evidence_read: Callable[[str], Collection[str]]) -> Iterator[str]:
    if ref.source == "dossier":
        return
    if ref.source != "derived":
        yield ref.id
        return
    read, inputs = evidence_read(ref.name), resolved.derived(ref.name).signature.inputs
    yield from (f"{i.source}.*" for i in inputs if i.kind and (i.source in read or not read))


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
