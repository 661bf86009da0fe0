"""A plan on a date, on which drafts are tried: what every expression is worth, and how the rules turn out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any

import attrs

from barriermodel import UNKNOWN, Barrier, BarrierModel, Derived, Kind
from barriermodel.pipeline.plan import Plan, PlannedRule
from barriermodel.pipeline.run import Engine, Run, derive
from barriermodel.pipeline.selection import Selected, select
from barriermodel.rules.compiled import ParameterValues
from barriermodel.rules.expression import FactRef, Node, Parameter
from barriermodel.rules.interpreter import Lookup, evaluate
from barriermodel.rules.signature import SUBJECTS

from .draft import Draft


@attrs.define(eq=False, slots=False)
class Ground:
    """A plan on a date."""

    engine: Engine
    as_of: date
    examples: dict[str, Any] = attrs.field(factory=dict, init=False, repr=False)
    """What was found for derived facts, by id."""
    _outcomes: dict[Any, Any] = attrs.field(factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, model: BarrierModel, as_of: date | None = None) -> Ground:
        """A model on a date; left out, on one that suits its profile."""
        return cls(model.engine, as_of or suitable_date(model.plan))

    @property
    def plan(self) -> Plan:
        """What is run."""
        return self.engine.plan

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The evidence kinds that its rules look at."""
        return self.plan.kinds

    @cached_property
    def parameters(self) -> ParameterValues:
        """The value of each parameter by barrier and name."""
        return self.engine.on(self.as_of)[0]

    @cached_property
    def derived(self) -> Mapping[str, tuple[Barrier, Derived]]:
        """The derived facts by id, each with its barrier."""
        return {d.id: (b.barrier, d) for b in self.plan.barriers for d in b.barrier.derived_facts.values()}

    def run(self, draft: Draft) -> Run:
        """How all rules turn out."""
        return self.engine.run(draft.dossier(self.kinds.values()))

    def value(self, node: Node, draft: Draft) -> Any:
        """What an expression is worth."""
        return evaluate(node, self.lookup(draft))

    def lookup(self, draft: Draft) -> Lookup:
        """Gives the value of a fact or parameter; evidence is selected, and facts derived, only where need be."""
        plainly = not draft.extra and not draft.issued_on

        @cache
        def selection() -> dict[str, Selected]:
            return select(draft.dossier(self.kinds.values()), self.kinds.values())

        def lookup(leaf: FactRef | Parameter) -> Any:
            if isinstance(leaf, Parameter):
                return self.parameters[leaf.barrier, leaf.name]
            if leaf.source == "dossier":
                return draft.as_of
            if leaf.source == "derived":
                return self._derive(leaf.name, draft)
            if plainly or leaf.source in SUBJECTS:
                return draft.values.get(leaf.id, UNKNOWN)
            return getattr(selection()[leaf.source].facts, leaf.name)

        return lookup

    def _derive(self, id: str, draft: Draft) -> Any:
        signature = self.derived[id][1].signature
        sources = {i.kind.id if i.kind else i.role.value for i in signature.inputs}
        read = frozenset((id, value) for id, value in draft.values.items() if id.partition(".")[0] in sources)
        key = (id, read, draft.extra, tuple(draft.issued_on.items()))
        if key not in self._outcomes:
            dossier = draft.dossier(signature.kinds)
            selection = select(dossier, signature.kinds)
            self._outcomes[key] = derive([self.derived[id]], dossier, selection, self.parameters)[id].value
        return self._outcomes[key]

    def rules(self) -> list[PlannedRule]:
        """All rules, in order of their stages."""
        return [rule for stage in self.plan.stages for rule in stage.rules]


def suitable_date(plan: Plan) -> date:
    """The first of June on which every dated limit holds; the same whenever it is asked."""
    profile = plan.profile
    starts = [s.since for b in plan.barriers for p in b.parameters.values() for s in p.settings if s.since]
    latest = max([profile.valid_from, date(2024, 6, 2), *starts])
    june = date(latest.year, 6, 1)
    found = june if june >= latest else june.replace(year=latest.year + 1)
    return min(found, profile.valid_until) if profile.valid_until else found
