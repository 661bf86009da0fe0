"""What ``assess`` says of a dossier, as the columns that ``assess_frame`` adds."""

from __future__ import annotations

from typing import Any

from barriermodel import Assessment, Interval, Status
from barriermodel.analysis.columns import flat

TOLD = {Status.HIT: True, Status.CLEAR: False, Status.NOT_APPLICABLE: False}


def as_columns(assessment: Assessment) -> dict[str, Any]:
    """Every column by name, with ``details``; but those on errors and freshness."""
    found = _ends("advice", assessment.advice)
    for stage in assessment.stages:
        found |= _ends(f"stage__{flat(stage.id)}", stage.interval)
    for barrier in assessment.barriers:
        found |= _ends(f"barrier__{flat(barrier.id)}", barrier.interval)
    counted = {s.id for s in assessment.stages if not s.resolved.by_level}
    by_level = [s for s in assessment.stages if s.id not in counted]
    concerns = {b.resolved.concern for s in by_level for b in s.barriers}
    for concern, result in assessment.concerns.items():
        if concern in concerns:
            found |= _ends(f"concern__{concern.value}", result.interval)
    for rule in assessment.rules:
        found[f"rule__{flat(rule.id)}"] = TOLD.get(rule.status)
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
