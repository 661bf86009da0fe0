"""What to ask: the evidence for the facts on which a rule that matters still depends, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import attrs

from ..domain.kinds import EvidenceKind, Supplier
from ..domain.unknown import UnknownReason
from ..objects import represent
from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedRule, ResolvedStage
from ..rules.expression import FactRef
from ..rules.levels import Level, Status
from ..text import Localized
from .evaluate import Evaluation
from .provenance import blocking_facts, kinds_without_evidence
from .selection import SelectedEvidence
from .unknown_facts import UnknownFact, covered_elsewhere, why_unknown

Question: TypeAlias = Callable[[SelectedEvidence, UnknownFact, tuple[str, ...]], Localized]
"""Puts a request in words, from the evidence there is, why the facts are unknown, and the ids of the facts."""


@attrs.frozen(kw_only=True)
class Ask:
    """Evidence of a kind that would bring the advice nearer to a decision.

    Args:
        why: why the facts are unknown now.
        question: how to ask for it.
        facts: ids of the facts that are wanted.
        rules: ids of the rules that depend on them.

    """

    kind: EvidenceKind
    why: UnknownFact
    question: Localized
    facts: tuple[str, ...]
    rules: tuple[str, ...]

    def __repr__(self) -> str:
        return represent(self, self.kind.id, self.reason.value, *self.facts)

    @property
    def reason(self) -> UnknownReason:
        """Why the evidence is not there."""
        return self.why.reason


def can_change_advice(evaluation: Evaluation, at_least: int, index: int, position: int) -> bool:
    """Whether turning an open rule from clear to hit changes the advice for some completion of the others.

    Args:
        at_least: the lower end of the assessment.
        index: the stage.
        position: the rule in the stage.

    """
    stage, codes, ends = evaluation.resolved.stages[index], evaluation.statuses[index], evaluation.bounds[index]
    if codes is None or ends is None or codes[position] != Status.OPEN:
        return False
    rules = stage.rules
    if stage.by_level:
        return rules[position].level > at_least
    if stage.combine.by is CombineBy.COUNT:
        return ends[1] > at_least
    return _can_cross_threshold(stage, rules, codes, position, at_least)


def _can_cross_threshold(
    stage: ResolvedStage, rules: tuple[ResolvedRule, ...], codes: tuple[int, ...], position: int, at_least: int
) -> bool:
    """Whether some sum of the other open weights crosses, with this one, a threshold above ``at_least``."""
    base = sum(r.weight for r, code in zip(rules, codes, strict=True) if code == Status.HIT)
    sums = {base}
    for i, code in enumerate(codes):
        if code == Status.OPEN and i != position:
            sums |= {total + rules[i].weight for total in sums}
    weight = rules[position].weight
    return any(stage.level_for_count(s + weight) > max(stage.level_for_count(s), at_least) for s in sums)


def open_rules_that_matter(evaluation: Evaluation, at_least: Level) -> Iterator[tuple[int, ResolvedRule]]:
    """Each open rule that matters, with the number of its stage."""
    for index, stage in enumerate(evaluation.resolved.stages):
        for position, rule in enumerate(stage.rules):
            if can_change_advice(evaluation, at_least.value, index, position):
                yield index, rule


def make_asks(evaluation: Evaluation, at_least: Level, question: Question) -> tuple[Ask, ...]:
    """List what to ask: by stage, then registers before the provider, then the least work for the provider first.

    Args:
        at_least: the lower end of the assessment.
        question: puts a request in words.

    """
    wanted: dict[str, tuple[int, list[str], list[str]]] = {}
    for index, rule in open_rules_that_matter(evaluation, at_least):
        for id, fact in wanted_facts(evaluation, rule):
            _, facts, rules = wanted.setdefault(id, (index, [], []))
            facts.append(f"{id}.{fact}" if fact else id)
            rules.append(rule.id)
    asks: list[tuple[tuple[int, bool, int, str], Ask]] = []
    for id, (index, facts, rules) in wanted.items():
        selected = evaluation.selection[id]
        why = why_unknown(evaluation.dossier, selected, facts[0].partition(".")[2] or None)
        kind = selected.kind
        if why.reason is UnknownReason.NOT_COVERED and not covered_elsewhere(evaluation.dossier, kind):
            continue  # no source holds this provider: asking again gives nothing
        # whatever else is unknown, it waits for the key of an item that states none
        lacks_key = selected.unplaced and why.reason is UnknownReason.NOT_STATED
        names = tuple(dict.fromkeys([f"{id}.{kind.one_per}"] if lacks_key else facts))
        words = question(selected, why, names)
        ask = Ask(kind=kind, why=why, question=words, facts=names, rules=tuple(dict.fromkeys(rules)))
        asks.append(((index, kind.supplier is Supplier.PROVIDER, kind.burden, id), ask))
    return tuple(ask for _, ask in sorted(asks, key=lambda pair: pair[0]))


def wanted_facts(evaluation: Evaluation, rule: ResolvedRule) -> Iterator[tuple[str, str]]:
    """``(kind, fact)`` on which an open rule depends; an empty fact for a kind of which nothing is usable."""
    for ref in blocking_facts(evaluation, rule):
        yield from evidence_facts_of(evaluation, ref)


def evidence_facts_of(evaluation: Evaluation, ref: FactRef) -> Iterator[tuple[str, str]]:
    """``(kind, fact)`` that an unknown fact waits for; none for a fact of the dossier, or where a plugin failed."""
    if ref.source in evaluation.selection:
        yield ref.source, ref.name
    elif ref.source == "derived":
        yield from _evidence_facts(evaluation, ref)


def _evidence_facts(evaluation: Evaluation, ref: FactRef) -> Iterator[tuple[str, str]]:
    derived, outcome = evaluation.resolved.derived(ref.name), evaluation.outcomes[ref.name]
    if outcome.error:
        return
    yield from ((kind, "") for kind in kinds_without_evidence(evaluation, derived))
    for touched in outcome.unknown_reads:
        kind, _, fact = touched.partition(".")
        if kind in evaluation.selection:
            yield kind, fact
