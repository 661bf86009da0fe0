"""Refuses rules that bounds alone decide: such a rule turns out the same for every provider, without any evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..domain.unknown import UNKNOWN
from ..rules.ends import NO_ENDS
from ..rules.expression import Parameter
from ..rules.interpreter import evaluate
from .resolved import ResolvedParameter, ResolvedRule


def decided_by_bounds(rule: ResolvedRule, parameters: Mapping[str, ResolvedParameter]) -> date | None:
    """The first day on which bounds alone decide a rule, or whether it applies; None if they never do."""
    own = [parameters[name] for name in rule.parameters]
    days = sorted({setting.since or date.min for parameter in own for setting in parameter.settings})
    for day in days or [date.min]:
        values = {p.spec.name: setting.value for p in own if (setting := p.on(day)) is not None}
        if len(values) == len(own) and any(_decided(rule, values)):
            return day
    return None


def _decided(rule: ResolvedRule, values: Mapping[str, Any]) -> Iterator[bool]:
    """Of each expression of a rule, whether it is known where no fact is, and because of bounds."""

    def nothing(unknown: object) -> Any:
        return lambda node: values[node.name] if isinstance(node, Parameter) else unknown

    for expression in rule.definition.nodes:
        if evaluate(expression, nothing(UNKNOWN)) is not UNKNOWN:
            yield evaluate(expression, nothing(NO_ENDS)) is UNKNOWN
