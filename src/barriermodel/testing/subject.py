"""What the laws of a barrier are tried on: the barrier alone in a model, and dossiers near its limits."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import ModuleType
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from barriermodel import Assessment, Barrier, BarrierModel, Dossier, Plugin, Registry

from .cases import Cases, make_cases
from .differing import differing
from .single import only
from .strategies import near


class LawBroken(AssertionError):
    """A barrier breaks a law; the message names the rule, the reason and the smallest dossier that shows it."""


@attrs.define(eq=False, slots=False)
class Subject:
    """A barrier under test.

    Args:
        id: of the barrier.
        given: the plugins it may be in; None for those that are installed.
        max_examples: how many dossiers are tried for each law.

    """

    id: str
    given: Registry | None = None
    max_examples: int = 50

    @cached_property
    def registry(self) -> Registry:
        """The plugins among which it is."""
        return self.given or Registry.discover()

    @cached_property
    def model(self) -> BarrierModel:
        """The barrier alone."""
        return only(self.id, self.registry)

    @property
    def barrier(self) -> Barrier:
        """The barrier."""
        return self.registry.barriers[self.id][0]

    @property
    def plugin(self) -> Plugin:
        """The plugin that offers it."""
        return self.registry.barriers[self.id][1]

    @property
    def module(self) -> ModuleType | None:
        """The module of its plugin, where it is one."""
        manager = self.plugin.manager
        found = [p for p in manager.get_plugins() if isinstance(p, ModuleType)] if manager else []
        return found[0] if found else None

    @cached_property
    def cases(self) -> Cases:
        """The cases that are written from its rules."""
        return make_cases(self.model, about=self.id)

    @cached_property
    def clear(self) -> Dossier:
        """The dossier in which its rules are clear."""
        return self.cases.clear.dossier(self.model.plan.kinds.values())

    @cached_property
    def dossiers(self) -> st.SearchStrategy[Dossier]:
        """Dossiers near its limits."""
        return near(self.cases, 3)

    def for_all(self, check: Callable[..., None], *others: st.SearchStrategy[Any]) -> None:
        """Try a check on many dossiers, and on what else it takes; the smallest that breaks it is told.

        Raises:
            LawBroken: the check raised it.

        """
        quiet = settings(
            max_examples=self.max_examples, deadline=None, database=None, report_multiple_bugs=False,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )  # fmt: skip
        tried = quiet(given(self.dossiers, *others)(check))
        try:
            tried()
        except LawBroken as broken:
            raise LawBroken(str(broken)) from None
        except Flaky:
            raise LawBroken(f"{self.id}: it does not turn out the same twice for one dossier.") from None

    def broken(self, rule: str, reason: str, dossier: Dossier | None = None) -> LawBroken:
        """What is raised: the rule, the reason, and what the dossier says that the clear one does not."""
        if dossier is None:
            return LawBroken(f"{rule}: {reason}.")
        lines = differing(self.clear, dossier) or ["nothing: it is the clear dossier"]
        told = "".join(f"\n  {line}" for line in lines)
        return LawBroken(f"{rule}: {reason}.\nThe smallest dossier differs from the clear one in:{told}")


def statuses(assessment: Assessment) -> dict[str, str]:
    """The status of each rule."""
    return {rule.id: rule.status.key for rule in assessment.rules}


def changed(one: Assessment, other: Assessment) -> tuple[str, str, str] | None:
    """The first rule that turned out otherwise, with both statuses."""
    now = statuses(other)
    for id, status in statuses(one).items():
        if now[id] != status:
            return id, status, now[id]
    return None
