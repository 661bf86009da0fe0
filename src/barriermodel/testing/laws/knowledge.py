"""Laws about what a barrier knows: it reads what it says it reads, and an unknown fact decides nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import attrs
from hypothesis import strategies as st

from barriermodel import UNKNOWN, Award, Dossier, Evidence, Provider, Rule, Status
from barriermodel.domain.facts import fact_fields

from ..subject import Subject

_NOTHING = (Status.CLEAR, Status.NOT_APPLICABLE)


def reads_only_what_it_declares(subject: Subject) -> None:
    """What a rule does not name as an input makes no difference to it."""
    rules = list(subject.barrier.rules.values())

    def check(dossier: Dossier, other: Dossier, rule: Rule[...]) -> None:
        mixed = _mixed(dossier, other, _declared(subject, rule))
        subject.model.assess(dossier)
        one = subject.model.assess(dossier).rule(rule.id).status
        subject.model.assess(mixed)
        two = subject.model.assess(mixed).rule(rule.id).status
        if one is not two:
            reason = f"it is {one.key}, but {two.key} when only facts differ that it does not name as inputs"
            raise subject.broken(rule.id, reason, mixed)

    subject.for_all(check, subject.dossiers, st.sampled_from(rules))


def _declared(subject: Subject, rule: Rule[...]) -> Mapping[str, set[str]]:
    """The facts by source that a rule may read; of what a derived fact is made, all."""
    found: dict[str, set[str]] = {}
    for ref in rule.facts:
        if ref.source != "derived":
            found.setdefault(ref.source, set()).add(ref.name)
            continue
        derived = subject.barrier.derived_facts[ref.name.rpartition(".")[2]]
        for i in derived.signature.inputs:
            holder = i.kind.cls if i.kind else {"provider": Provider, "award": Award}.get(i.role.value)
            if holder is not None:
                found.setdefault(i.kind.id if i.kind else i.role.value, set()).update(fact_fields(holder))
    return found


def _mixed(dossier: Dossier, other: Dossier, declared: Mapping[str, set[str]]) -> Dossier:
    """The dossier, with all that is not declared as in the other."""
    items = {item.kind.id: item for item in other.evidence}
    evidence = [
        attrs.evolve(item, facts=_taken(item.facts, items[item.kind.id].facts, declared.get(item.kind.id, set()), item))
        if item.kind.id in items
        else item
        for item in dossier.evidence
    ]
    return attrs.evolve(
        dossier,
        provider=_taken(dossier.provider, other.provider, declared.get("provider", set())),
        award=_taken(dossier.award, other.award, declared.get("award", set())),
        evidence=evidence,
    )


def _taken(holder: Any, other: Any, kept: set[str], item: Evidence | None = None) -> Any:
    key = {item.kind.one_per} if item else set()  # which item counts is not the rule's to say
    names = [name for name in fact_fields(type(holder)) if name not in kept | key]
    return attrs.evolve(holder, **{name: getattr(other, name) for name in names})


def unknown_never_decides(subject: Subject) -> None:
    """Where nothing is known, every rule is open."""
    clear = subject.clear
    empty = Dossier(as_of=clear.as_of, provider=Provider())
    blank = attrs.evolve(empty, evidence=[attrs.evolve(item, facts=item.kind.blank) for item in clear.evidence])
    for dossier in (empty, blank):
        for rule in subject.model.assess(dossier).rules:
            if rule.status is not Status.OPEN:
                reason = f"it is {rule.status.key} although no fact is known"
                raise subject.broken(rule.id, reason, dossier)


def learning_only_narrows(subject: Subject) -> None:
    """What is hit or clear stays so when more becomes known; only what is open can change."""

    def check(drawn: Dossier, dice: random.Random) -> None:
        dossier = _uncontested(drawn)
        less = attrs.evolve(
            dossier,
            provider=_forgotten(dossier.provider, dice),
            award=_forgotten(dossier.award, dice),
            evidence=[attrs.evolve(item, facts=_forgotten(item.facts, dice)) for item in dossier.evidence],
        )
        before, after = subject.model.assess(less), subject.model.assess(dossier)
        for one, other in zip(before.rules, after.rules, strict=True):
            if one.status is Status.OPEN or one.status is other.status:
                continue
            if one.status in _NOTHING and other.status in _NOTHING:
                continue
            reason = f"it is {one.status.key}, but {other.status.key} when more becomes known"
            raise subject.broken(one.id, reason, less)

    subject.for_all(check, st.randoms(use_true_random=False))


def _uncontested(dossier: Dossier) -> Dossier:
    """The dossier with one item per kind, key and date: where two disagree, knowing more is knowing less."""
    kept: dict[object, Evidence] = {}
    for item in dossier.evidence:
        key = getattr(item.facts, item.kind.one_per) if item.kind.one_per else None
        kept.setdefault((item.kind.id, key, item.date), item)
    return attrs.evolve(dossier, evidence=kept.values())


def _forgotten(holder: Any, dice: random.Random) -> Any:
    """The same facts, some of them unknown; also in the records of a list."""
    changes: dict[str, Any] = {}
    for name, field in fact_fields(type(holder)).items():
        value = getattr(holder, name)
        if value is not UNKNOWN and dice.random() < 0.25:
            changes[name] = UNKNOWN
        elif value is not UNKNOWN and field.many and attrs.has(field.type):
            changes[name] = tuple(_forgotten(member, dice) for member in value)
    return attrs.evolve(holder, **changes)
