"""The barrier on which laws are tried: alone in a model, with dossiers near its limits."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import ModuleType
from typing import Any

import attrs
from hypothesis import strategies as st

from barriermodel import BarrierModel, Dossier, Identifier, Registry
from barriermodel.analysis.expressions import ENTITIES, describe_error
from barriermodel.analysis.profiles import Plugin
from barriermodel.plugin import Barrier

from .cases import Cases, make_cases
from .dossier_draft import Draft
from .law_checking import LawBroken, check_examples
from .models import single_barrier_model
from .near_limits import near_limits
from .outcomes import Outcomes, dossier_differences, first_difference


@attrs.define(eq=False, slots=False)
class BarrierUnderTest:
    """A barrier under test.

    Args:
        id: of the barrier.
        given: the plugins in which it is looked up; None for those that are installed.
        max_examples: the number of dossiers tried for each law.

    """

    id: str
    given: Registry | None = None
    max_examples: int = 30

    @cached_property
    def registry(self) -> Registry:
        """The plugins in which it is looked up."""
        return self.given or Registry.discover()

    @cached_property
    def _found(self) -> tuple[Barrier, Plugin]:
        known = self.registry.barriers
        if self.id not in known:
            raise LawBroken(f"{self.id}: {self.registry.why_missing('barrier', self.id)}")
        if not known[self.id][0].rules:
            raise LawBroken(f"{self.id}: it has no rules, and nothing found is not the same as green.")
        return known[self.id]

    @property
    def barrier(self) -> Barrier:
        """The barrier. Raises :class:`LawBroken` if there is none, as do those below."""
        return self._found[0]

    @property
    def plugin(self) -> Plugin:
        """The plugin that offers it."""
        return self._found[1]

    @cached_property
    def model(self) -> BarrierModel:
        """The barrier alone."""
        return single_barrier_model(self.barrier.id, self.registry)

    @property
    def module(self) -> ModuleType | None:
        """The module of its plugin, if it is one."""
        manager = self.plugin.manager
        found = [p for p in manager.get_plugins() if isinstance(p, ModuleType)] if manager else []
        return found[0] if found else None

    @cached_property
    def cases(self) -> Cases:
        """The cases that are written from its rules."""
        try:
            return make_cases(self.model, about=self.id)
        except BaseException as error:  # a derived fact may raise SystemExit, which would end the test run
            if isinstance(error, (Exception, KeyboardInterrupt)):
                raise
            raise LawBroken(f"{self.id}: assessing a dossier raises {describe_error(error)}.") from None

    @property
    def holders(self) -> dict[str, type]:
        """The classes of the facts in its dossiers, by source: ``provider``, ``award`` and each kind of evidence."""
        return {**ENTITIES, **{kind.id: kind.cls for kind in self.model.resolved.kinds.values()}}

    @property
    def clear(self) -> Dossier:
        """The dossier in which its rules are clear."""
        return self.dossier(self.cases.clear)

    def dossier(self, draft: Draft) -> Dossier:
        """The dossier that a draft stands for, with a provider whose number is known."""
        return _identified(draft.dossier(self.model.resolved.kinds.values()), True)

    @cached_property
    def dossiers(self) -> st.SearchStrategy[Dossier]:
        """Dossiers near its limits, some with a provider without a number."""
        return st.builds(_identified, near_limits(self.cases, 3), st.sampled_from((True, False)))

    def for_all(self, check: Callable[..., None], *others: st.SearchStrategy[Any]) -> None:
        """Try a check on many dossiers, and on other values with them.

        Raises:
            LawBroken: the check raised it; with the smallest dossier that was found.

        """
        check_examples(check, self.dossiers, *others, about=self.id, max_examples=self.max_examples)

    def check_same(self, one: Outcomes, other: Outcomes, how: str, dossier: Dossier) -> None:
        """Raise :class:`LawBroken` where two outcomes differ: ``it is hit, but open`` and how the other came about."""
        difference = first_difference(one, other)
        if difference:
            id, before, after = difference
            raise self.broken(id, f"it is {before}, but {after} {how}", dossier)

    def broken(self, rule: str, reason: str, dossier: Dossier | None = None) -> LawBroken:
        """The error to raise: the rule, the reason, and how the dossier differs from the clear one."""
        if dossier is None:
            return LawBroken(f"{rule}: {reason}.")
        lines = dossier_differences(self.clear, dossier)
        if not lines:
            return LawBroken(f"{rule}: {reason}.\nThe clear dossier shows it.")
        listed = "".join(f"\n  {line}" for line in lines)
        return LawBroken(f"{rule}: {reason}.\nThe smallest dossier differs from the clear one in:{listed}")


def _identified(dossier: Dossier, known: bool) -> Dossier:
    """The dossier, with or without a number of its provider."""
    # a new list each time, so that a barrier that changes it does not change the next dossier
    numbers = [Identifier("NL-KVK", "00001003")] if known else []
    provider: Any = dossier.provider
    return attrs.evolve(dossier, provider=attrs.evolve(provider, identifiers=numbers))
