"""Scenarios: a dossier with what is expected of it, and the check that this is what comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from barriermodel import Assessment, BarrierModel, Dossier, Interval, Status
from barriermodel.analysis.text import Language
from barriermodel.plugin import Localized

from .dossier_draft import Draft
from .oracle import Expected
from .outcomes import dossier_differences


@attrs.frozen(kw_only=True)
class Scenario:
    """A dossier with what is expected of it.

    Args:
        name: a sentence.
        draft: the facts of the dossier.
        expect: the expected outcome.
        rule: the id of the rule that it is about, if it was generated from the rules.
        decides: whether the condition that it is about decides the advice in it, if it was generated.

    >>> from barriermodel.testing import make_cases, single_barrier_model
    >>> scenario = make_cases(single_barrier_model("nl.kvk")).scenarios[1]
    >>> scenario.name["en"], scenario.rule
    ('nl.kvk.active, 1, yes: active with no end date: yes', 'nl.kvk.active')

    """

    name: Localized
    draft: Draft
    expect: Expected
    rule: str | None = None
    decides: bool | None = None


@attrs.frozen(kw_only=True)
class Suite:
    """Scenarios of one profile or barrier, and the clear dossier from which they differ.

    Args:
        about: the profile or barrier, by the name in the file.
        model: the same, ready to assess dossiers.
        clear: the facts of the clear dossier.
        scenarios: all of them, in the order of the file.

    >>> from barriermodel.testing import make_cases, single_barrier_model
    >>> suite = make_cases(single_barrier_model("nl.kvk"))
    >>> suite.about, suite.model.assess(suite.dossiers[0]).advice
    ('nl-kvk', Interval(green, green))

    """

    about: str
    model: BarrierModel
    clear: Draft
    scenarios: tuple[Scenario, ...]

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """The dossier of each scenario."""
        kinds = self.model.resolved.kinds.values()
        return tuple(scenario.draft.dossier(kinds) for scenario in self.scenarios)


def differences(scenario: Scenario, suite: Suite, assessment: Assessment | None = None) -> list[str]:
    """A line for each expectation that was not met.

    Args:
        assessment: that of its dossier, if there is one already.

    """
    if assessment is None:
        assessment = suite.model.assess(scenario.draft.dossier(suite.model.resolved.kinds.values()))
    lines: list[str] = []
    for name, find in _FOUND.items():
        expected = getattr(scenario.expect, name)
        if expected is None:
            continue
        got = find(assessment)
        if expected != got if name == "advice" else set(expected) != set(got):
            lines.append(f"{name}: expected {format_expectation(expected)}; got {format_expectation(got)}")
    return lines


_FOUND: dict[str, Callable[[Assessment], Any]] = {
    "advice": lambda assessment: assessment.advice,
    "hits": lambda assessment: tuple(rule.id for rule in assessment.rules if rule.status is Status.HIT),
    "open": lambda assessment: tuple(rule.id for rule in assessment.rules if rule.status is Status.OPEN),
    "asks": lambda assessment: tuple(ask.kind.id for ask in assessment.asks),
}
"""What comes out, by the name of the expectation; each is worked out only where something is expected."""


def format_expectation(value: Interval | str | Sequence[str] | None) -> str:
    """An expectation or a result, in words."""
    if isinstance(value, Interval):
        return value.at_least.key if value.decided else f"{value.at_least.key} to {value.at_most.key}"
    return value if isinstance(value, str) else ", ".join(value or ()) or "none"


def failure_message(scenario: Scenario, suite: Suite, lines: Sequence[str], lang: Language = "nl") -> str:
    """What differs from the expectation and from the clear dossier, and the explanation of the assessment."""
    kinds = suite.model.resolved.kinds.values()
    dossier = scenario.draft.dossier(kinds)
    facts = dossier_differences(suite.clear.dossier(kinds), dossier) or ["nothing"]
    head = [
        scenario.name[lang],
        *lines,
        "What differs from the clear dossier:",
        *(f"  {line}" for line in facts),
        "",
    ]
    return "\n".join(head) + suite.model.assess(dossier).explain(lang)
