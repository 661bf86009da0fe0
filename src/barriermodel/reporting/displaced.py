"""Older evidence that newer evidence displaced: where rules would hit by it, a person should know.

Which item counts is settled by its date, and so a newer one can turn a hit into open or clear. That is as it is meant,
but it must not go unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs

from ..domain.evidence import Evidence
from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind
from ..domain.unknown import UNKNOWN, UnknownReason
from ..engine.evaluate import Evaluation, derive
from ..engine.provenance import value_of
from ..engine.selection import by_id, candidates, day_of, with_older
from ..profiles.resolved import ResolvedRule
from ..rules.barrier import Barrier
from ..rules.derived import Derived
from ..rules.expression import FactRef, Parameter
from ..rules.interpreter import evaluate
from ..rules.levels import Status
from ..text import Language, Localized, Text, format_date, format_list
from .sentences import format_value


@attrs.frozen(kw_only=True, eq=False)
class Displaced:
    """Items that would count if newer ones were not there, and the rules that would hit by them.

    Args:
        old: the items that were displaced, all of one kind, key and date.
        new: the items that came in their place; none where the old ones have expired, and other keys count.

    """

    kind: EvidenceKind
    old: tuple[Evidence, ...]
    new: tuple[Evidence, ...]
    rules: tuple[ResolvedRule, ...]

    def is_confidential(self, evaluation: Evaluation) -> bool:
        """Whether it tells of confidential evidence: of this kind, or of another that one of the rules looks at."""
        read = {ref.id for rule in self.rules for ref in rule.rule.facts}
        return self.kind.confidential or not read.isdisjoint(evaluation.resolved.confidential)

    @property
    def text(self) -> Localized:
        """What a person should know of it."""
        return Localized(nl=self._said("nl"), en=self._said("en"))

    def _said(self, lang: Language) -> str:
        values = "; ".join(self._values(lang))
        said = _DISPLACED if self.new else _EXPIRED
        rules = format_list([rule.rule.id for rule in self.rules], lang)
        first = said[lang].format(old=_named(self.old, lang), new=_named(self.new, lang))
        stated = [_STATED[lang].format(values=values)] if values else []
        return " ".join([first, *stated, _WOULD_HIT[lang].format(rules=rules)])

    def _values(self, lang: Language) -> Iterator[str]:
        """What the older items say otherwise, of the facts that the rules look at."""
        fields = fact_fields(self.kind.cls)
        read = {ref.name for rule in self.rules for ref in rule.rule.facts if ref.source == self.kind.id}
        for name in (name for name in fields if name in read or not read):
            value = next((v for item in self.old if (v := getattr(item.facts, name)) is not UNKNOWN), UNKNOWN)
            if value is not UNKNOWN and all(getattr(item.facts, name) != value for item in self.new):
                written = "" if fields[name].many and attrs.has(fields[name].type) else f" {format_value(value, lang)}"
                yield f"{fields[name].label[lang]}{written}"


_DISPLACED = Text(nl="{new} kwam in de plaats van {old}.", en="{new} came in the place of {old}.")
_EXPIRED = Text(nl="{old} is verlopen en telt niet meer mee.", en="{old} has expired and no longer counts.")
_STATED = Text(nl="Daarin stond: {values}.", en="It said: {values}.")
_WOULD_HIT = Text(nl="Met dat oudere stuk was dit een treffer: {rules}.", en="With it this would be a hit: {rules}.")


def _named(items: tuple[Evidence, ...], lang: Language) -> str:
    if not items:
        return ""
    return f"{format_list([f'‘{item.id}’' for item in items], lang)} ({format_date(day_of(items[0]), lang)})"


def displaced(evaluation: Evaluation) -> Iterator[Displaced]:
    """What was displaced although rules would hit by it that do not hit now; for each rule the newest of it."""
    found = candidates(evaluation.dossier)
    for kind in evaluation.resolved.kinds.values():
        if kind.id in found and not evaluation.selection[kind.id].unplaced:  # else nothing displaces for certain
            yield from _of_kind(evaluation, kind, found[kind.id])


def _of_kind(evaluation: Evaluation, kind: EvidenceKind, items: list[Evidence]) -> Iterator[Displaced]:
    derived = [
        (b.barrier, d)
        for b in evaluation.resolved.barriers
        for d in b.barrier.derived_facts.values()
        if kind in d.signature.kinds and d.id in evaluation.outcomes
    ]
    reads = {kind.id, *(d.id for _, d in derived)}
    clear = [rule for rule, code in _not_hit(evaluation) if code == Status.CLEAR]
    left = [rule for rule, _ in _not_hit(evaluation) if any(reads & {ref.source, ref.name} for ref in rule.rule.facts)]
    for new, old in [*_displacements(kind, items), *_expired(evaluation, kind)]:
        if not left:
            return
        older = _with(evaluation, kind, old, derived, evaluation.dossier.as_of if new else None)
        # an open rule asks for what has expired; one that is clear by another key would not mention it
        rules = tuple(rule for rule in left if (new or rule in clear) and _hits(older, rule))
        if rules:
            left = [rule for rule in left if rule not in rules]
            yield Displaced(kind=kind, old=old, new=new, rules=rules)


def _displacements(
    kind: EvidenceKind, items: list[Evidence]
) -> Iterator[tuple[tuple[Evidence, ...], tuple[Evidence, ...]]]:
    """The newest items of a key, with those of each older date, the newest of these first."""
    by_key: dict[Any, dict[date, list[Evidence]]] = {}
    for item in items:
        own = by_key.setdefault(getattr(item.facts, kind.one_per) if kind.one_per else None, {})
        own.setdefault(day_of(item), []).append(item)
    by_key.pop(UNKNOWN, None)  # they displace nothing for certain
    for own in by_key.values():
        newest, *older = sorted(own, reverse=True)
        yield from ((tuple(own[newest]), tuple(own[day])) for day in older)


def _expired(evaluation: Evaluation, kind: EvidenceKind) -> Iterator[tuple[tuple[Evidence, ...], tuple[Evidence, ...]]]:
    """The items of keys that have expired, beside others that count."""
    for one in evaluation.selection[kind.id].keys:
        if one.reason is UnknownReason.EXPIRED:
            yield (), by_id(one.cited)


def _with(
    evaluation: Evaluation,
    kind: EvidenceKind,
    old: tuple[Evidence, ...],
    derived: list[tuple[Barrier, Derived]],
    as_of: date | None,
) -> Evaluation:
    """The run with older items of a key in the place of those that count; which rules it examined stays as it is."""
    selection = {**evaluation.selection, kind.id: with_older(evaluation.selection[kind.id], old, as_of)}
    outcomes = {**evaluation.outcomes, **derive(derived, evaluation.dossier, selection, evaluation.parameters)}
    return attrs.evolve(evaluation, selection=selection, outcomes=outcomes)


def _not_hit(evaluation: Evaluation) -> Iterator[tuple[ResolvedRule, int]]:
    for stage, codes in zip(evaluation.resolved.stages, evaluation.statuses, strict=True):
        yield from (pair for pair in zip(stage.rules, codes or (), strict=False) if pair[1] != Status.HIT)


def _hits(evaluation: Evaluation, rule: ResolvedRule) -> bool:
    def lookup(node: FactRef | Parameter) -> Any:
        return value_of(evaluation, node)

    applies = rule.rule.applies
    return all(evaluate(n, lookup) is True for n in (rule.rule.hits_if, *([applies.expression] if applies else [])))
