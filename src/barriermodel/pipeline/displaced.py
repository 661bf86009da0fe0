"""Older evidence that newer evidence displaced: where rules would hit by it, a person should know.

Which item counts is settled by its date, and so a newer one can turn a hit into open or clear. That is as it is meant,
but it must not go unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import eq, gt
from typing import Any

import attrs

from ..domain.evidence import Evidence
from ..domain.facts import fact_fields
from ..domain.kinds import Kind
from ..domain.unknown import UNKNOWN
from ..rules.expression import FactRef, Parameter
from ..rules.interpreter import evaluate
from ..rules.levels import Status
from ..text import Language, Text, Words, write_date, write_list
from .facts import value_of
from .plan import PlannedRule
from .run import Run, derive
from .selection import candidates, day_of, select
from .wording import write


@attrs.frozen(kw_only=True, eq=False)
class Displaced:
    """Items that would count if newer ones were not there, and the rules that would hit by them.

    Args:
        old: the items that were displaced, all of one kind, key and date.
        new: the items that came in their place.

    """

    kind: Kind
    old: tuple[Evidence, ...]
    new: tuple[Evidence, ...]
    rules: tuple[PlannedRule, ...]

    @property
    def text(self) -> Words:
        """What a person should know of it."""
        return Words(nl=self._said("nl"), en=self._said("en"))

    def _said(self, lang: Language) -> str:
        return _DISPLACED[lang].format(
            old=_named(self.old, lang), new=_named(self.new, lang), values="; ".join(self._values(lang)),
            rules=write_list([rule.rule.id for rule in self.rules], lang),
        )  # fmt: skip

    def _values(self, lang: Language) -> Iterator[str]:
        """What the older items say otherwise, of the facts that the rules look at."""
        fields = fact_fields(self.kind.cls)
        read = {ref.name for rule in self.rules for ref in rule.rule.facts if ref.source == self.kind.id}
        for name in (name for name in fields if name in read or not read):
            value = next((v for item in self.old if (v := getattr(item.facts, name)) is not UNKNOWN), UNKNOWN)
            if value is not UNKNOWN and any(getattr(item.facts, name) != value for item in self.new):
                written = "" if fields[name].many and attrs.has(fields[name].type) else f" {write(value, lang)}"
                yield f"{fields[name].label[lang]}{written}"


_DISPLACED = Text(
    nl="{new} kwam in de plaats van {old}. Daarin stond: {values}. Met dat oudere stuk was dit een treffer: {rules}.",
    en="{new} came in the place of {old}, which said: {values}. With that older item this would be a hit: {rules}.",
)


def _named(items: tuple[Evidence, ...], lang: Language) -> str:
    return f"{write_list([f'‘{item.id}’' for item in items], lang)} ({write_date(day_of(items[0]), lang)})"


def displaced(run: Run) -> Iterator[Displaced]:
    """What was displaced although rules would hit by it that do not hit now; for each rule the newest of it."""
    found = candidates(run.dossier)
    for kind in run.plan.kinds.values():
        told = set[str]()
        for old, newer in _displacements(kind, found.get(kind.id, [])):
            older = _without(run, kind, newer)
            rules = tuple(rule for rule in _not_hit(run) if rule.rule.id not in told and _hits(older, rule))
            if rules:
                told |= {rule.rule.id for rule in rules}
                yield Displaced(kind=kind, old=old, new=_newest(newer), rules=rules)


def _displacements(kind: Kind, items: list[Evidence]) -> Iterator[tuple[tuple[Evidence, ...], tuple[Evidence, ...]]]:
    """Items of one key and date with all newer ones of that key, the newest first."""
    by_key: dict[Any, list[Evidence]] = {}
    for item in items:
        by_key.setdefault(getattr(item.facts, kind.one_per) if kind.one_per else None, []).append(item)
    by_key.pop(UNKNOWN, None)  # they displace nothing for certain
    for own in by_key.values():
        for day in sorted({day_of(item) for item in own}, reverse=True)[1:]:
            old, newer = (tuple(i for i in own if test(day_of(i), day)) for test in (eq, gt))
            yield old, newer


def _newest(items: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    latest = max(map(day_of, items))
    return tuple(item for item in items if item.date == latest)


def _without(run: Run, kind: Kind, items: tuple[Evidence, ...]) -> Run:
    """The run on the dossier without these items; which rules it examined stays as it is."""
    gone = {item.id for item in items}
    dossier = attrs.evolve(run.dossier, evidence=[item for item in run.dossier.evidence if item.id not in gone])
    selection = {**run.selection, **select(dossier, [kind])}
    pairs = [
        (b.barrier, d) for b in run.plan.barriers for d in b.barrier.derived_facts.values() if d.id in run.outcomes
    ]
    return attrs.evolve(
        run, dossier=dossier, selection=selection, outcomes=derive(pairs, dossier, selection, run.parameters)
    )


def _not_hit(run: Run) -> Iterator[PlannedRule]:
    for stage, codes in zip(run.plan.stages, run.codes, strict=True):
        yield from (rule for rule, code in zip(stage.rules, codes or (), strict=False) if code != Status.HIT)


def _hits(run: Run, rule: PlannedRule) -> bool:
    def lookup(node: FactRef | Parameter) -> Any:
        return value_of(run, node)

    applies = rule.rule.applies
    return all(evaluate(n, lookup) is True for n in (rule.rule.hits_if, *([applies.expression] if applies else [])))
