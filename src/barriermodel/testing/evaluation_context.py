"""A resolved profile on a date: the value of every expression for a draft, without the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from barriermodel.analysis.expressions import (
    ENTITIES,
    NO_ENDS,
    FactRef,
    InputKind,
    Node,
    Parameter,
    RuleInput,
    evaluate,
)
from barriermodel.analysis.profiles import ResolvedParameter, ResolvedProfile, ResolvedRule
from barriermodel.plugin import UNKNOWN, Barrier, Derived, EvidenceKind

from .conditions import Statuses, status_of
from .dossier_draft import Draft, unused_id
from .selection_oracle import plausible_facts, select_items

if TYPE_CHECKING:
    from barriermodel import BarrierModel


@attrs.define(eq=False, slots=False)
class EvaluationContext:
    """A resolved profile on a date; it evaluates expressions for drafts and remembers what it derived."""

    resolved: ResolvedProfile
    as_of: date
    _found: dict[Any, Any] = attrs.field(factory=dict, init=False, repr=False)
    _stated: dict[Any, int] = attrs.field(factory=dict, init=False, repr=False)
    _latest: _DraftFacts | None = attrs.field(default=None, init=False, repr=False)

    @classmethod
    def of(cls, model: BarrierModel, as_of: date | None = None) -> EvaluationContext:
        """The profile of a model on a date; by default on one that suits it."""
        day = as_of or suitable_date(model.resolved)
        model.engine.bind_parameters(day)  # refuses a day on which a limit has no value
        return cls(model.resolved, day)

    @property
    def kinds(self) -> Mapping[str, EvidenceKind]:
        """The kinds of evidence that its rules look at."""
        return self.resolved.kinds

    @cached_property
    def parameters(self) -> Mapping[tuple[str, str], Any]:
        """The value of each parameter by barrier and name."""
        found = [parameter for barrier in self.resolved.barriers for parameter in barrier.parameters.values()]
        return {(p.barrier, p.spec.name): _in_force(p, self.as_of) for p in found}

    @cached_property
    def derived(self) -> Mapping[str, tuple[Barrier, Derived]]:
        """The derived facts by id, each with its barrier."""
        return {d.id: (b.definition, d) for b in self.resolved.barriers for d in b.definition.derived_facts.values()}

    def value(self, node: Node, draft: Draft) -> Any:
        """The value of an expression."""
        return evaluate(node, self.lookup(draft))

    def lookup(self, draft: Draft) -> _DraftFacts:
        """The facts and parameters of a draft, to be called with a leaf; facts are derived when they are needed."""
        if self._latest is None or self._latest.draft is not draft:  # many expressions are evaluated for one draft
            self._latest = _DraftFacts(self, draft)
        return self._latest

    def status(self, rule: ResolvedRule, draft: Draft) -> int:
        """The status of a rule as a number."""
        facts = self.lookup(draft)
        found: int = facts.remembered(rule.id, self._sources[rule.id], lambda: status_of(rule, facts))
        return found

    def statuses(self, draft: Draft) -> Statuses:
        """The statuses of all rules, per stage, as if all stages were examined."""
        return tuple(tuple(self.status(rule, draft) for rule in stage.rules) for stage in self.resolved.stages)

    @cached_property
    def _sources(self) -> Mapping[str, tuple[str, ...]]:
        """The sources that each derived fact and each rule looks at, by its id."""
        found = {f"derived.{id}": {i.source for i in d.signature.inputs} for id, (_, d) in self.derived.items()}
        for rule in self.rules():
            facts = rule.definition.facts
            found[rule.id] = set().union(*(found[f.id] if f.source == "derived" else {f.source} for f in facts))
        return {id: tuple(sources) for id, sources in found.items()}

    def rules(self) -> list[ResolvedRule]:
        """All rules, in order of their stages."""
        return [rule for stage in self.resolved.stages for rule in stage.rules]


class _DraftFacts:
    """A draft as the rules see it. Drafts differ in few facts, and what looks at others is not worked out again."""

    def __init__(self, context: EvaluationContext, draft: Draft) -> None:
        self.context = context
        self.draft = draft
        self._states: dict[str, int] = {}

    def __call__(self, leaf: FactRef | Parameter) -> Any:
        if isinstance(leaf, Parameter):
            return self.context.parameters[leaf.barrier, leaf.name]
        if leaf.source == "dossier":
            return self.draft.as_of
        if leaf.source == "derived":
            return self.remembered(leaf.id, self.context._sources[leaf.id], lambda: self._derive(leaf.name))
        holder = self._latest(leaf.source)
        value = UNKNOWN if holder is None else getattr(holder, leaf.name)
        if value is UNKNOWN and leaf.bounds and leaf.source not in ENTITIES:
            return NO_ENDS if self._holder(leaf.source).doubted(leaf.name) else UNKNOWN
        return value

    def remembered(self, id: str, sources: tuple[str, ...], find: Callable[[], Any]) -> Any:
        """What depends on nothing but these sources: found once for all drafts that state the same about them."""
        key = (id, *map(self._state, sources))
        found = self.context._found
        if key not in found:
            found[key] = find()
        return found[key]

    def _state(self, source: str) -> int:
        """A number for what is stated about a source; equal numbers are equal statements."""
        if source not in self._states:
            draft = self.draft
            key: tuple[Any, ...] = (source, draft.as_of, frozenset(draft.facts_of(source).items()))
            if source in self.context.kinds:
                extra = tuple(item for item in draft.extra if item.kind.id == source)
                key += (draft.issued_on.get(source), extra, unused_id(source, draft.extra))
            self._states[source] = self.context._stated.setdefault(key, len(self.context._stated))
        return self._states[source]

    def _holder(self, source: str) -> Any:
        """The provider or the award, or the items of a kind that count."""

        def find() -> Any:
            if source in ENTITIES:
                return plausible_facts(self.draft.entity(source), self.draft.as_of)
            kind = self.context.kinds[source]
            return select_items(kind, self.draft.items(kind), (), self.draft.as_of)

        return self.remembered(source, (source,), find)

    def _latest(self, source: str) -> Any:
        """The facts of the provider, the award or the latest item of a kind; None if no item counts."""
        found = self._holder(source)
        if source in ENTITIES:
            return found
        return found.latest.facts if found.latest else None

    def _derive(self, id: str) -> Any:
        barrier, derived = self.context.derived[id]
        given = {i.name: self._given(i) for i in derived.signature.inputs}
        limits = {name: self.context.parameters[barrier.id, name] for name in derived.signature.parameters}
        return derived.derive(given, limits).value

    def _given(self, wanted: RuleInput) -> Any:
        """The argument of a derived fact: the date, the provider or award, all items of a kind, or the latest."""
        if wanted.role is InputKind.AS_OF:
            return self.draft.as_of
        return self._holder(wanted.source).items if wanted.role is InputKind.ITEMS else self._latest(wanted.source)


def _in_force(parameter: ResolvedParameter, day: date) -> Any:
    """The value with the latest starting date that is not after the day."""
    begun = [setting for setting in parameter.settings if setting.since is None or setting.since <= day]
    return max(begun, key=lambda setting: setting.since or date.min).value


def suitable_date(resolved: ResolvedProfile) -> date:
    """A 1 June on which every dated limit is in force; the same one each time."""
    profile = resolved.profile
    starts = [s.since for b in resolved.barriers for p in b.parameters.values() for s in p.settings if s.since]
    latest = max([profile.valid_from, date(2024, 6, 2), *starts])
    june = date(latest.year, 6, 1)
    found = june if june >= latest else june.replace(year=latest.year + 1)
    return min(found, profile.valid_until) if profile.valid_until else found
