"""What the laws of a barrier are tried on: the barrier alone in a model, and dossiers near its limits."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from types import ModuleType
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from barriermodel import BarrierModel, Dossier, Identifier, Registry
from barriermodel.analysis.expressions import ENTITIES, describe_error
from barriermodel.analysis.profiles import Plugin
from barriermodel.plugin import Barrier

from .cases import Cases, make_cases
from .differing import dossier_differences
from .dossier_draft import Draft
from .models import single_barrier_model
from .strategies import near_limits


class LawBroken(AssertionError):
    """A barrier breaks a law; the message names the rule, the reason and the smallest dossier that shows it."""


@attrs.define(eq=False, slots=False)
class BarrierUnderTest:
    """A barrier under test.

    Args:
        id: of the barrier.
        given: the plugins it may be in; None for those that are installed.
        max_examples: how many dossiers are tried for each law.

    """

    id: str
    given: Registry | None = None
    max_examples: int = 30

    @cached_property
    def registry(self) -> Registry:
        """The plugins among which it is."""
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
        """The barrier. Raises :class:`LawBroken` where there is none, as all that follows."""
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
        """The module of its plugin, where it is one."""
        manager = self.plugin.manager
        found = [p for p in manager.get_plugins() if isinstance(p, ModuleType)] if manager else []
        return found[0] if found else None

    @cached_property
    def cases(self) -> Cases:
        """The cases that are written from its rules."""
        try:
            return make_cases(self.model, about=self.id)
        except BaseException as error:  # what is no Exception, no derived fact should raise
            if isinstance(error, (Exception, KeyboardInterrupt)):
                raise
            raise LawBroken(f"{self.id}: assessing a dossier raises {describe_error(error)}.") from None

    @property
    def holders(self) -> dict[str, type]:
        """The classes of all facts that a dossier can hold for it, by source."""
        return {**ENTITIES, **{kind.id: kind.cls for kind in self.model.resolved.kinds.values()}}

    @property
    def clear(self) -> Dossier:
        """The dossier in which its rules are clear."""
        return self.dossier(self.cases.clear)

    def dossier(self, draft: Draft) -> Dossier:
        """The dossier that a draft stands for, of a provider whose number is known."""
        return _identified(draft.dossier(self.model.resolved.kinds.values()), True)

    @cached_property
    def dossiers(self) -> st.SearchStrategy[Dossier]:
        """Dossiers near its limits, some of a provider without a number."""
        return st.builds(_identified, near_limits(self.cases, 3), st.sampled_from((True, False)))

    def for_all(self, check: Callable[..., None], *others: st.SearchStrategy[Any]) -> None:
        """Try a check on many dossiers, and on what else it takes; the smallest that breaks it is told.

        Whether chance is the same each time (``derandomize``) is as in the settings profile of Hypothesis.

        Raises:
            LawBroken: the check raised it.

        """
        told: list[LawBroken] = []

        @wraps(check)
        def telling(**drawn: Any) -> None:
            try:
                check(**drawn)
            except LawBroken as broken:
                told.insert(0, broken)  # of two that are as small, the last is the simplest
                raise

        quiet = settings(
            max_examples=self.max_examples, deadline=None, database=None, report_multiple_bugs=False,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )  # fmt: skip
        run = quiet(given(self.dossiers, *others)(telling))
        try:
            run()
        except (LawBroken, Flaky):  # what remembers dossiers may not break a law twice
            if not told:
                raise LawBroken(f"{self.id}: it does not turn out the same twice for one dossier.") from None
            raise min(told, key=lambda broken: str(broken).count("\n")) from None

    def broken(self, rule: str, reason: str, dossier: Dossier | None = None) -> LawBroken:
        """What is raised: the rule, the reason, and what the dossier says that the clear one does not."""
        if dossier is None:
            return LawBroken(f"{rule}: {reason}.")
        lines = dossier_differences(self.clear, dossier)
        if not lines:
            return LawBroken(f"{rule}: {reason}.\nThe clear dossier shows it.")
        told = "".join(f"\n  {line}" for line in lines)
        return LawBroken(f"{rule}: {reason}.\nThe smallest dossier differs from the clear one in:{told}")


def _identified(dossier: Dossier, known: bool) -> Dossier:
    """The dossier of a provider whose number is known, or not."""
    # made anew each time, so that no barrier changes it for the next dossier
    numbers = [Identifier("NL-KVK", "00001003")] if known else []
    provider: Any = dossier.provider
    return attrs.evolve(dossier, provider=attrs.evolve(provider, identifiers=numbers))
