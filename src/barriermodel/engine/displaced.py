"""Older evidence that newer evidence displaced, if rules would hit with it.

The date of an item decides whether it counts, so a newer item can turn a hit into open or clear. That is intended, but
a person must see it: otherwise an honest mistake, or a document handed in for the purpose, makes a finding disappear.

Each rule that does not hit now is evaluated again with older items of one key and date in place of those that count,
from the newest to the oldest; it is reported for the first with which it hits. An extract of March says that a provider
is insolvent, one of May does not mention it: the rule on insolvency is open or clear with the extract of May, hits with
that of March, and both are reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

import attrs

from ..domain.evidence import Evidence
from ..domain.kinds import EvidenceKind
from ..domain.unknown import UNKNOWN, UnknownReason
from ..profiles.resolved import ResolvedRule
from ..rules.barrier import Barrier
from ..rules.derived import Derived
from ..rules.interpreter import evaluate
from ..rules.levels import Status
from .evaluate import Evaluation, derive
from .provenance import lookup_in
from .selection import by_id, candidates, day_of, with_older

Items: TypeAlias = tuple[Evidence, ...]


@attrs.frozen(kw_only=True, eq=False)
class Displaced:
    """Items that would count if newer ones were not there, and the rules that would hit with them.

    Args:
        old: the displaced items, all of one kind, key and date.
        new: the items that displaced them; empty if the old ones have expired and other keys count.

    """

    kind: EvidenceKind
    old: Items
    new: Items
    rules: tuple[ResolvedRule, ...]

    def is_confidential(self, evaluation: Evaluation) -> bool:
        """Whether it is about confidential evidence: of this kind, or of another that one of the rules looks at."""
        facts = {ref.id for rule in self.rules for ref in rule.definition.facts}
        return self.kind.confidential or not facts.isdisjoint(evaluation.resolved.confidential)


def displaced(evaluation: Evaluation) -> Iterator[Displaced]:
    """Find displaced items with which rules would hit that do not hit now; for each rule, the newest such items."""
    found = candidates(evaluation.dossier)
    for kind in evaluation.resolved.kinds.values():
        # an item without a key may be a newer version of any other: then it is not certain what displaces what
        if kind.id in found and not evaluation.selection[kind.id].unplaced:
            yield from _of_kind(evaluation, kind, found[kind.id])


def _of_kind(evaluation: Evaluation, kind: EvidenceKind, items: list[Evidence]) -> Iterator[Displaced]:
    derived = [
        (b.definition, d)
        for b in evaluation.resolved.barriers
        for d in b.definition.derived_facts.values()
        if kind in d.signature.kinds and d.id in evaluation.outcomes
    ]
    sources = {kind.id, *(d.id for _, d in derived)}
    not_hit = list(_not_hit(evaluation))
    clear = [rule for rule, status in not_hit if status == Status.CLEAR]
    left = [rule for rule, _ in not_hit if any(sources & {ref.source, ref.name} for ref in rule.definition.facts)]
    keys = evaluation.selection[kind.id].keys
    expired = [((), by_id(one.cited)) for one in keys if one.reason is UnknownReason.EXPIRED]
    for new, old in [*_displacements(kind, items), *expired]:
        if not left:
            return
        older = _with(evaluation, kind, old, derived, evaluation.dossier.as_of if new else None)
        # where items have expired, an open rule asks for new ones; a rule that another key makes clear does not
        rules = tuple(rule for rule in left if (new or rule in clear) and _hits(older, rule))
        if rules:
            left = [rule for rule in left if rule not in rules]
            yield Displaced(kind=kind, old=old, new=new, rules=rules)


def _displacements(kind: EvidenceKind, items: list[Evidence]) -> Iterator[tuple[Items, Items]]:
    """The newest items of a key, with those of each older date, from the newest to the oldest."""
    by_key: dict[Any, dict[date, list[Evidence]]] = {}
    for item in items:
        own = by_key.setdefault(getattr(item.facts, kind.one_per) if kind.one_per else None, {})
        own.setdefault(day_of(item), []).append(item)
    by_key.pop(UNKNOWN, None)  # these have expired, and displace nothing for certain
    for own in by_key.values():
        newest, *older = sorted(own, reverse=True)
        yield from ((tuple(own[newest]), tuple(own[day])) for day in older)


def _with(
    evaluation: Evaluation,
    kind: EvidenceKind,
    old: Items,
    derived: list[tuple[Barrier, Derived]],
    as_of: date | None,
) -> Evaluation:
    """The evaluation with older items of a key in place of those that count; the statuses stay as they are."""
    selection = {**evaluation.selection, kind.id: with_older(evaluation.selection[kind.id], old, as_of)}
    outcomes = {**evaluation.outcomes, **derive(derived, evaluation.dossier, selection, evaluation.parameters)}
    return attrs.evolve(evaluation, selection=selection, outcomes=outcomes)


def _not_hit(evaluation: Evaluation) -> Iterator[tuple[ResolvedRule, int]]:
    for stage, statuses in zip(evaluation.resolved.stages, evaluation.statuses, strict=True):
        yield from (pair for pair in zip(stage.rules, statuses or (), strict=False) if pair[1] != Status.HIT)


def _hits(evaluation: Evaluation, rule: ResolvedRule) -> bool:
    nodes = (rule.definition.hits_if, *rule.definition.nodes[1:])
    return all(evaluate(node, lookup_in(evaluation)) is True for node in nodes)
