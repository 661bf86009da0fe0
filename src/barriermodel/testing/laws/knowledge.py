"""Laws about knowledge: a barrier reads only its declared inputs, and an unknown fact decides nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
from hypothesis import strategies as st

from barriermodel import UNKNOWN, Assessment, Dossier, Evidence, Provider, Status
from barriermodel.analysis.expressions import split_rule_id
from barriermodel.analysis.facts import fact_fields, states_a_fact
from barriermodel.analysis.results import SelectedEvidence, used_ids
from barriermodel.plugin import Rule

from ..barrier_under_test import BarrierUnderTest
from ..outcomes import of_rule, outcomes
from .changes import applied, changes, is_key, lesser, read_by_derived, small, usual
from .unrelated_dossiers import anything, overlaid

_NOTHING = (Status.CLEAR.key, Status.NOT_APPLICABLE.key)


def reads_only_what_it_declares(subject: BarrierUnderTest) -> None:
    """Facts that a rule does not name as inputs make no difference to it."""
    declared = {id: _declared(subject, rule) for id, rule in subject.barrier.rules.items()}

    def compare(one: Dossier, other: Dossier, rules: Iterable[str]) -> None:
        found = []
        for dossier in (one, other):
            subject.model.assess(dossier)  # twice, so that anything remembered is about this dossier
            found.append(subject.model.assess(dossier))
        for name in rules:
            before, after = (of_rule(assessment, subject.barrier.rules[name]) for assessment in found)
            subject.check_same(before, after, "when only facts differ that it does not name as inputs", other)

    for dossier in small(subject, 4) if subject.barrier.derived_facts else ():
        for change in changes(subject.holders, usual(dossier.as_of)):
            if is_key(change):
                continue  # another key changes which item counts, and that is not up to the rule
            free = [name for name, known in declared.items() if change.name not in known.get(change.source, ())]
            compare(dossier, applied([change], dossier), free)

    def check(near: Dossier, other: Dossier, name: str) -> None:
        compare(near, overlaid(near, other, declared[name]), [name])

    if declared:
        subject.for_all(check, anything(subject), st.sampled_from(list(declared)))


def _declared(subject: BarrierUnderTest, rule: Rule[...]) -> Mapping[str, set[str]]:
    """The facts that a rule may read, by source: all facts of the inputs of its derived facts."""
    found: dict[str, set[str]] = {}
    for ref in rule.facts:
        if ref.source != "derived":
            found.setdefault(ref.source, set()).add(ref.name)
            continue
        derived = subject.barrier.derived_facts[split_rule_id(ref.name)[1]]
        for i in derived.signature.inputs:
            if i.cls is not None:
                found.setdefault(i.source, set()).update({*i.fields, "identifiers"})
    return found


def unknown_never_decides(subject: BarrierUnderTest) -> None:
    """Where nothing is known, every rule is open."""
    clear, engine = subject.clear, subject.model.engine
    empty = Dossier(as_of=clear.as_of, provider=Provider())
    # an item that states nothing is refused, but each of its facts may be unknown, and so may all that a rule reads
    lacking = [{k.id: k.cls} for k in engine.kinds if all(item.kind is not k for item in clear.evidence)]
    full = applied([next(changes(holder, usual(clear.as_of))) for holder in lacking], clear).evidence
    blank = {k.id: SelectedEvidence(k, k.blank, tuple(item for item in full if item.kind is k)) for k in engine.kinds}
    for run, what in (
        (engine.evaluate(empty), "there is nothing in the dossier"),
        (
            engine.evaluate_selected(attrs.evolve(empty, evidence=full), blank),
            "all that is in the dossier states no fact",
        ),
    ):
        for rule in Assessment(run).rules:
            if rule.status is not Status.OPEN:
                raise subject.broken(rule.id, f"it is {rule.status.key} although {what}")


def learning_only_narrows(subject: BarrierUnderTest) -> None:
    """A rule that is hit or clear stays so when more becomes known; only an open rule can change."""

    def compare(less: Dossier, more: Dossier) -> None:
        before, after = (outcomes(subject.model.assess(each)) for each in (less, more))
        for id, one in before.items():
            two = after[id]
            if one not in ("open", "unknown", two) and not (one in _NOTHING and two in _NOTHING):
                learned = ", ".join(dict.fromkeys(_learned(less, more)))
                raise subject.broken(id, f"it is {one}, but {two} when more becomes known ({learned})", less)

    for dossier in map(_uncontested, small(subject, 12)):
        for change in changes(read_by_derived(subject.barrier), usual(dossier.as_of)):
            more = applied([change], dossier)
            for value in lesser(change.value):
                compare(applied([attrs.evolve(change, value=value)], dossier), more)

    kept: dict[str, tuple[str, ...]] = dict.fromkeys(subject.model.resolved.kinds, ())

    def check(near: Dossier, other: Dossier, seed: int) -> None:
        dice = random.Random(seed)
        dossier = _uncontested(overlaid(near, other, kept))
        used = used_ids(subject.model.engine.evaluate(dossier))
        for _ in range(3):
            less = attrs.evolve(
                dossier,
                provider=_forgotten(dossier.provider, dice),
                award=_forgotten(dossier.award, dice),
                evidence=[_item_forgotten(item, dice, item.id in used) for item in dossier.evidence],
            )
            compare(less, dossier)

    subject.for_all(check, anything(subject, unknown=False), st.integers(0, 999))


def _uncontested(dossier: Dossier) -> Dossier:
    """The dossier with one item per kind, key and date; a second item that disagrees would make facts unknown."""
    kept: dict[object, Evidence] = {}
    for item in dossier.evidence:
        key = getattr(item.facts, item.kind.one_per) if item.kind.one_per else None
        kept.setdefault((item.kind.id, key, item.date), item)
    return attrs.evolve(dossier, evidence=kept.values())


def _forgotten(holder: Any, dice: random.Random) -> Any:
    """The facts with some of them unknown, in the records of a list as well."""
    changes: dict[str, Any] = {}
    for name, field in fact_fields(type(holder)).items():
        value = getattr(holder, name)
        if value is not UNKNOWN and dice.random() < 0.25:
            changes[name] = UNKNOWN
        elif value is not UNKNOWN and field.many and attrs.has(field.type):
            changes[name] = tuple(_forgotten(member, dice) for member in value)
    return attrs.evolve(holder, **changes)


def _item_forgotten(item: Evidence, dice: random.Random, used: bool) -> Evidence:
    """The item with some of its facts unknown, but at least one known.

    The key of an item that does not count stays known. If it became known later, the latest key could turn out to be an
    expired one; that is no fact of the selected evidence, and the law does not hold for it.
    """
    facts, key = _forgotten(item.facts, dice), item.kind.one_per
    if key and not used:
        facts = attrs.evolve(facts, **{key: getattr(item.facts, key)})
    return attrs.evolve(item, facts=facts) if states_a_fact(facts) else item


def _learned(less: Dossier, more: Dossier) -> Iterator[str]:
    """The ids of the facts that differ between the two dossiers."""
    pairs = [("provider", less.provider, more.provider), ("award", less.award, more.award)]
    pairs += [(one.kind.id, one.facts, other.facts) for one, other in zip(less.evidence, more.evidence, strict=True)]
    for source, one, other in pairs:
        for name in fact_fields(type(one)):
            if getattr(one, name) != getattr(other, name):
                yield f"{source}.{name}"
