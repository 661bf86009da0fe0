"""A backtest as JSON and as rows of a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from barriermodel.analysis.facts import json_fields, to_json

if TYPE_CHECKING:
    from .result import Backtest, Group, IntervalCounts, Performance, Proportion, RuleFigures


def backtest_data(found: Backtest) -> dict[str, Any]:
    """A backtest in the format ``barriermodel/backtest/1``."""
    return {
        "schema": "barriermodel/backtest/1",
        "profile": {"id": found.profile, "digest": found.digest},
        "as_of": to_json(found.as_of),
        "rows": found.total,
        **json_fields(found, "label", "investigated", "found"),
        "advice": _pairs(found.counts),
        "missing": list(found.missing),
        "freshness_not_checked": list(found.unchecked),
        "rules": [_rule(rule) for rule in found.rules],
        "levels": [
            {"at_least": level.level.key, "rows": level.rows, "measured": _performance(level.performance)}
            for level in found.levels
        ],
        "groups": [_group(group) for group in found.groups],
    }


COLUMNS = ("about", "id", "measure", "other", "count", "of", "value", "low", "high", "apart")


def _pairs(counts: IntervalCounts) -> list[dict[str, Any]]:
    return [{"at_least": low.key, "at_most": high.key, "rows": number} for (low, high), number in counts.items()]


def _share(share: Proportion) -> dict[str, Any]:
    return json_fields(share, "count", "of", "value", "low", "high")


def _performance(found: Performance | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"precision": _share(found.precision), "recall": _share(found.recall), "lift": attrs.asdict(found.lift)}


def _rule(rule: RuleFigures) -> dict[str, Any]:
    return {
        **json_fields(rule, "id", "level", "hits", "alone", "open", "not_examined"), "overlap": dict(rule.overlap),
        "without": {
            "milder": rule.without.milder, "at_least_milder": rule.without.at_least,
            "at_most_milder": rule.without.at_most, "advice": _pairs(rule.without.counts),
        },
        "measured": _performance(rule.performance),
    }  # fmt: skip


def _group(group: Group) -> dict[str, Any]:
    return {
        "column": group.column, "sort": group.kind, "value": group.value, "above": group.above, "up_to": group.up_to,
        "rows": group.rows,
        "rules": [
            {
                "rule": rate.rule, "hits": _share(rate.share), "open": rate.open, "rest": _share(rate.rest),
                "apart": rate.disjoint,
            }
            for rate in group.rates
        ],
    }  # fmt: skip


def backtest_rows(found: Backtest) -> list[dict[str, Any]]:
    """One row for each figure."""
    return [{name: row.get(name) for name in COLUMNS} for row in _rows(found)]


def _rows(found: Backtest) -> Iterator[dict[str, Any]]:
    for rule in found.rules:
        about = {"about": "rule", "id": rule.id}
        numbers = {
            **json_fields(rule, "hits", "alone", "open", "not_examined"),
            "without_milder": rule.without.milder, "without_at_least_milder": rule.without.at_least,
            "without_at_most_milder": rule.without.at_most,
        }  # fmt: skip
        yield from ({**about, "measure": name, "count": number, "of": found.total} for name, number in numbers.items())
        for (low, high), number in rule.without.counts.items():
            measure = {"measure": "without_advice", "other": f"{low.key}_to_{high.key}"}
            yield {**about, **measure, "count": number, "of": found.total}
        for id, number in rule.overlap.items():
            yield {**about, "measure": "overlap", "other": id, "count": number, "of": found.total}
        yield from _performance_rows(about, rule.performance)
    for (low, high), number in found.counts.items():
        about = {"about": "advice", "id": f"{low.key}_to_{high.key}"}
        yield {**about, "measure": "rows", "count": number, "of": found.total}
    for level in found.levels:
        about = {"about": "at_least", "id": level.level.key}
        yield {**about, "measure": "rows", "count": level.rows, "of": found.total}
        yield from _performance_rows(about, level.performance)
    for group in found.groups:
        about = {"about": group.column, "id": group_id(group)}
        yield {**about, "measure": "rows", "count": group.rows, "of": found.total}
        for rate in group.rates:
            row = {**about, "measure": "hits", "other": rate.rule, **_share(rate.share), "apart": rate.disjoint}
            yield row
            yield {**about, "measure": "hits_of_the_rest", "other": rate.rule, **_share(rate.rest)}


def _performance_rows(about: dict[str, Any], found: Performance | None) -> Iterator[dict[str, Any]]:
    if found is not None:
        yield {**about, "measure": "precision", **_share(found.precision)}
        yield {**about, "measure": "recall", **_share(found.recall)}
        yield {**about, "measure": "lift", **attrs.asdict(found.lift)}


def group_id(group: Group) -> str:
    """A group in a few characters: ``bv``, ``> 10, <= 20``, ``unknown``, ``other``."""
    if group.kind == "number":
        parts = [f"> {group.above:.15g}"] if group.above is not None else []
        return ", ".join([*parts, *([f"<= {group.up_to:.15g}"] if group.up_to is not None else [])]) or "all"
    return group.value if group.value is not None else group.kind
