"""A resolved profile on a date: the value of every expression for a draft, without the engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import attrs

from barriermodel.analysis.expressions import ENTITIES, FactRef, InputKind, Lookup, Node, Parameter, RuleInput, evaluate
from barriermodel.analysis.profiles import ResolvedParameter, ResolvedProfile, ResolvedRule
from barriermodel.plugin import UNKNOWN, Barrier, Derived, EvidenceKind

from .dossier_draft import Draft
from .selection_oracle import SelectedItems, plausible_facts, select_items

if TYPE_CHECKING:
    from barriermodel import BarrierModel


@attrs.define(eq=False, slots=False)
class EvaluationContext:
    """A resolved profile on a date; it evaluates expressions for drafts and remembers what it derived."""

    resolved: ResolvedProfile
    as_of: date
    examples: dict[str, Any] = attrs.field(factory=dict, init=False, repr=False)
    """The examples that were found for derived facts (:mod:`.examples`), by id."""
    _outcomes: dict[Any, Any] = attrs.field(factory=dict, init=False, repr=False)
    _usable: dict[Any, SelectedItems] = attrs.field(factory=dict, init=False, repr=False)
    _latest: tuple[Draft, Lookup] | None = attrs.field(default=None, init=False, repr=False)

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

    def lookup(self, draft: Draft) -> Lookup:
        """A function that gives the facts and parameters of a draft; facts are derived when they are needed."""
        if self._latest is not None and self._latest[0] is draft:  # many expressions are evaluated for one draft
            return self._latest[1]

        @cache
        def entity(source: str) -> Any:
            return plausible_facts(draft.entity(source), draft.as_of)

        @cache
        def chosen(kind: str) -> SelectedItems:
            # drafts that differ only in another kind share what counts for this one
            known = frozenset(draft.facts_of(kind).items())
            key = (kind, known, draft.as_of, draft.issued_on.get(kind), draft.extra)
            if key not in self._usable:
                self._usable[key] = _chosen(draft, self.kinds[kind])
            return self._usable[key]

        def lookup(leaf: FactRef | Parameter) -> Any:
            if isinstance(leaf, Parameter):
                return self.parameters[leaf.barrier, leaf.name]
            if leaf.source == "dossier":
                return draft.as_of
            if leaf.source == "derived":
                return self._derive(leaf.name, draft)
            if leaf.source in ENTITIES:
                return getattr(entity(leaf.source), leaf.name)
            latest = chosen(leaf.source).latest
            return UNKNOWN if latest is None else getattr(latest.facts, leaf.name)

        self._latest = draft, lookup
        return lookup

    def _derive(self, id: str, draft: Draft) -> Any:
        barrier, derived = self.derived[id]
        sources = {i.source for i in derived.signature.inputs}
        read = frozenset((source, *fact) for source in sources for fact in draft.facts_of(source).items())
        key = (id, read, draft.as_of, draft.extra, tuple(draft.issued_on.items()))
        if key not in self._outcomes:
            given = {i.name: _given(i, draft) for i in derived.signature.inputs}
            limits = {name: self.parameters[barrier.id, name] for name in derived.signature.parameters}
            self._outcomes[key] = derived.derive(given, limits).value
        return self._outcomes[key]

    def rules(self) -> list[ResolvedRule]:
        """All rules, in order of their stages."""
        return [rule for stage in self.resolved.stages for rule in stage.rules]


def _chosen(draft: Draft, kind: EvidenceKind) -> SelectedItems:
    return select_items(kind, draft.items(kind), (), draft.as_of)


def _given(wanted: RuleInput, draft: Draft) -> Any:
    """The argument of a derived fact: provider or award, the date, all items of a kind that count, or the latest."""
    if wanted.role is InputKind.AS_OF:
        return draft.as_of
    if wanted.kind is None:
        return plausible_facts(draft.entity(wanted.source), draft.as_of)
    found = _chosen(draft, wanted.kind)
    if wanted.role is InputKind.ITEMS:
        return found.items
    return found.latest.facts if found.latest else None


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
