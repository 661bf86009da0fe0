"""What to ask: only evidence that can still change the advice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import attrs

from ..domain.kinds import EvidenceKind, Supplier
from ..domain.unknown import UnknownReason
from ..objects import represent
from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedRule, ResolvedStage
from ..rules.expression import FactRef, split_fact_id
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
    """A request for evidence that can still change the advice.

    Args:
        kind: the kind of evidence.
        why: why the facts are unknown now.
        facts: ids of the facts that are wanted.
        rules: ids of the rules that depend on them.
        evidence: what there is of the kind.
        write: puts the request in words.

    """

    kind: EvidenceKind
    why: UnknownFact
    facts: tuple[str, ...]
    rules: tuple[str, ...]
    evidence: SelectedEvidence = attrs.field(eq=False)
    write: Question = attrs.field(eq=False)

    def __repr__(self) -> str:
        return represent(self, self.kind.id, self.reason.value, *self.facts)

    @property
    def question(self) -> Localized:
        """How to ask for it, in both languages."""
        return self.write(self.evidence, self.why, self.facts)

    @property
    def reason(self) -> UnknownReason:
        """Why the facts are unknown, in one word."""
        return self.why.reason


def can_change_advice(evaluation: Evaluation, at_least: int, index: int, position: int) -> bool:
    """Whether turning an open rule from clear to hit changes the advice for some outcome of the other open rules.

    The advice is the maximum over stages, so only a stage that ends up above ``at_least``, which is certain already,
    can raise it. If this rule can lift its stage from at most that level to above it, there is an outcome in which it
    decides: every other open rule clear, or, where points are added, just those that bring the sum near a threshold.
    Raising the level from orange to red counts as well: then the advice differs although orange was reached without it.

    * By level: the rule's own level must be above ``at_least``. An open orange rule beside a red hit is not asked for.
    * By count: every open rule adds one, so any of them can be the last one needed. If the upper end of the stage is
      above ``at_least``, some threshold above it lies between the hits and the hits with all open rules.
    * By points: weights differ, so that does not follow; see :func:`crosses_threshold`.

    Args:
        at_least: the lower end of the assessment.
        index: the stage.
        position: the rule in the stage.

    """
    stage, bounds = evaluation.resolved.stages[index], evaluation.bounds[index]
    statuses = evaluation.statuses[index]
    if statuses is None or bounds is None or statuses[position] != Status.OPEN:
        return False
    if stage.by_level:
        return stage.rules[position].level > at_least
    if stage.combine.by is CombineBy.COUNT:
        return bounds[1] > at_least
    weights = list(zip(stage.rules, statuses, strict=True))
    hits = sum(rule.weight for rule, status in weights if status == Status.HIT)
    others = [rule.weight for i, (rule, status) in enumerate(weights) if status == Status.OPEN and i != position]
    return crosses_threshold(stage, hits, others, stage.rules[position].weight, at_least)


def crosses_threshold(stage: ResolvedStage, hits: int, others: Iterable[int], weight: int, at_least: int) -> bool:
    """Whether the points of an open rule take some sum across a threshold, to a level above ``at_least``.

    The sums are those of the hits with any of the other open rules. Say that orange is from 3 points and red from 6,
    and that open rules have 1, 1 and 3 points: without the first the sums are 0, 1, 3 and 4, and one point more takes
    none of them across a threshold, so the first is not asked for. There are never more sums than the points add up
    to, so this stays quick where trying all outcomes of 20 open rules would not.

    Args:
        hits: the points of the rules that hit.
        others: the points of each other open rule.
        weight: the points of this rule.
        at_least: the lower end of the assessment.

    """
    sums = {hits}
    for other in others:
        sums |= {total + other for total in sums}
    return any(stage.level_for_count(s + weight) > max(stage.level_for_count(s), at_least) for s in sums)


def open_rules_that_matter(evaluation: Evaluation, at_least: Level) -> Iterator[tuple[int, ResolvedRule]]:
    """Each open rule that can change the advice, with the number of its stage."""
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
        why = why_unknown(evaluation.dossier, selected, split_fact_id(facts[0])[1] or None)
        kind = selected.kind
        if why.reason is UnknownReason.NOT_COVERED and not covered_elsewhere(evaluation.dossier, kind):
            continue  # no source holds this provider: asking again yields nothing
        # until an item states its key, it cannot be placed, whatever else is asked
        lacks_key = selected.unplaced and why.reason is UnknownReason.NOT_STATED
        names = tuple(dict.fromkeys([f"{id}.{kind.one_per}"] if lacks_key else facts))
        once = tuple(dict.fromkeys(rules))
        ask = Ask(kind=kind, why=why, facts=names, rules=once, evidence=selected, write=question)
        asks.append(((index, *order_of_asking(kind)), ask))
    return tuple(ask for _, ask in sorted(asks, key=lambda pair: pair[0]))


def order_of_asking(kind: EvidenceKind) -> tuple[bool, int, str]:
    """What to sort kinds by that are needed in one stage: registers first, then the least work for the provider."""
    return kind.supplier is Supplier.PROVIDER, kind.burden, kind.id


def wanted_facts(evaluation: Evaluation, rule: ResolvedRule) -> Iterator[tuple[str, str]]:
    """``(kind, fact)`` on which an open rule depends; an empty fact for a kind without usable evidence."""
    for ref in blocking_facts(evaluation, rule):
        yield from evidence_facts_of(evaluation, ref)


def evidence_facts_of(evaluation: Evaluation, ref: FactRef) -> Iterator[tuple[str, str]]:
    """``(kind, fact)`` that would make a fact known; none for a fact of the dossier, or if a plugin failed."""
    if ref.source in evaluation.selection:
        yield ref.source, ref.name
    elif ref.source == "derived" and not (outcome := evaluation.outcomes[ref.name]).error:
        derived = evaluation.resolved.derived(ref.name)
        yield from ((kind, "") for kind in kinds_without_evidence(evaluation, derived))
        reads = map(split_fact_id, outcome.unknown_reads)
        yield from ((kind, fact) for kind, fact in reads if kind in evaluation.selection)
