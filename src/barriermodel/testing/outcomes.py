"""How dossiers turn out, as statuses and as columns of a table, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from barriermodel import UNKNOWN, Assessment, Dossier, Evidence, Interval, Status
from barriermodel.analysis.columns import flat
from barriermodel.analysis.facts import fact_fields
from barriermodel.analysis.text import format_money
from barriermodel.plugin import Money, Rule

Outcomes: TypeAlias = Mapping[str, str]
"""The status of each rule by its id, and then the value of each derived fact."""


def outcomes(assessment: Assessment) -> Outcomes:
    """The outcome of every rule and derived fact."""
    found = {rule.id: rule.status.key for rule in assessment.rules}
    derived = {id: represent_value(outcome.value) for id, outcome in assessment.evaluation.outcomes.items()}
    return {**found, **{id: value for id, value in derived.items() if id not in found}}


def of_rule(assessment: Assessment, rule: Rule[...]) -> Outcomes:
    """The outcome of one rule and of its derived facts."""
    own = {rule.id, *(fact.name for fact in rule.facts if fact.source == "derived")}
    return {id: found for id, found in outcomes(assessment).items() if id in own}


def first_difference(one: Outcomes, other: Outcomes) -> tuple[str, str, str] | None:
    """The first difference: the id, and the outcome in both; rules come before derived facts."""
    return next(((id, found, other[id]) for id, found in one.items() if other[id] != found), None)


def represent_value(value: Any) -> str:
    """A value as a text; equal texts mean equal values."""
    if value is UNKNOWN:
        return "unknown"
    if isinstance(value, Money):
        return format_money(value.cents, "en")
    return repr(value) if isinstance(value, (str, tuple)) else str(getattr(value, "value", value))


# Columns of a table ------------------------------------------------------------------------------------

_HITS = {Status.HIT: True, Status.CLEAR: False, Status.NOT_APPLICABLE: False}


def as_columns(assessment: Assessment) -> dict[str, Any]:
    """An assessment as the columns that ``assess_frame(..., details=True)`` adds; not those on errors and freshness."""
    found = _ends("advice", assessment.advice)
    for stage in assessment.stages:
        found |= _ends(f"stage__{flat(stage.id)}", stage.interval)
    for barrier in assessment.barriers:
        found |= _ends(f"barrier__{flat(barrier.id)}", barrier.interval)
    counted = {s.id for s in assessment.stages if not s.resolved.by_level}
    by_level = [s for s in assessment.stages if s.id not in counted]
    concerns = {b.resolved.definition.concern for s in by_level for b in s.barriers}
    for concern, result in assessment.concerns.items():
        if concern in concerns:
            found |= _ends(f"concern__{concern.value}", result.interval)
    for rule in assessment.rules:
        found[f"rule__{flat(rule.id)}"] = _HITS.get(rule.status)
        found[f"status__{flat(rule.id)}"] = rule.status.key
    return found


def _ends(name: str, interval: Interval | None) -> dict[str, Any]:
    if interval is None:
        return {f"{name}__at_least": None, f"{name}__at_most": None, f"{name}__decided": None}
    return {
        f"{name}__at_least": interval.at_least.key,
        f"{name}__at_most": interval.at_most.key,
        f"{name}__decided": interval.decided,
    }


# Differences between dossiers ----------------------------------------------------------------------------


def dossier_differences(base: Dossier, other: Dossier) -> list[str]:
    """A readable line for each fact and each item of evidence in which the other dossier differs from the base."""
    return [*_differences(base, other)]


def _differences(base: Dossier, other: Dossier) -> Iterator[str]:
    if base.as_of != other.as_of:
        yield f"as_of = {other.as_of}"
    yield from _facts("provider", base.provider, other.provider)
    if base.provider.identifiers != other.provider.identifiers:
        yield f"provider.identifiers = {', '.join(map(str, other.provider.identifiers)) or 'none'}"
    yield from _facts("award", base.award, other.award)
    known = {item.id: item for item in base.evidence}
    for item in other.evidence:
        yield from _item(known.pop(item.id, None), item)
    yield from (f"no evidence {id}" for id in known)


def _item(base: Evidence | None, item: Evidence) -> Iterator[str]:
    if base is None or base.kind is not item.kind:
        yield f"evidence {item.id}: {item.kind.id} of {item.date}"
        yield from _facts(item.id, item.kind.blank, item.facts)
        return
    if base.date != item.date:
        yield f"evidence {item.id} is of {item.date}"
    yield from _facts(item.id, base.facts, item.facts)


def _facts(source: str, base: Any, other: Any) -> Iterator[str]:
    for name in fact_fields(type(other)):
        value = getattr(other, name)
        if value != getattr(base, name):
            yield f"{source}.{name} is unknown" if value is UNKNOWN else f"{source}.{name} = {represent_value(value)}"
