"""How rules and derived facts turned out, and what differs between two assessments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from barriermodel import UNKNOWN, Assessment
from barriermodel.plugin import Rule

Outcomes: TypeAlias = Mapping[str, str]
"""The status of each rule by its id, and then the value of each derived fact."""


def outcomes(assessment: Assessment) -> Outcomes:
    """How everything turned out."""
    found = {rule.id: rule.status.key for rule in assessment.rules}
    derived = {id: represent_value(outcome.value) for id, outcome in assessment.evaluation.outcomes.items()}
    return {**found, **{id: value for id, value in derived.items() if id not in found}}


def of_rule(assessment: Assessment, rule: Rule[...]) -> Outcomes:
    """How one rule turned out, and the derived facts that it looks at."""
    own = {rule.id, *(fact.name for fact in rule.facts if fact.source == "derived")}
    return {id: found for id, found in outcomes(assessment).items() if id in own}


def first_difference(one: Outcomes, other: Outcomes) -> tuple[str, str, str] | None:
    """The first that turned out otherwise: its id, and how it did in both; rules go before derived facts."""
    return next(((id, found, other[id]) for id, found in one.items() if other[id] != found), None)


def represent_value(value: Any) -> str:
    """A value as it is, in a word; equal words are equal values."""
    if value is UNKNOWN:
        return "unknown"
    return repr(value) if isinstance(value, str) else str(getattr(value, "value", value))
