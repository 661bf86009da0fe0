"""The parameters that a sweep varies, and their values, checked as strictly as in a profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from barriermodel import UNKNOWN, InputError
from barriermodel.analysis.expressions import Parameter, split_rule_id, walk
from barriermodel.analysis.profiles import ResolvedBarrier, ResolvedParameter, ResolvedProfile, ResolvedRule
from barriermodel.analysis.reading import scalar
from barriermodel.analysis.text import suggest
from barriermodel.plugin import Money, Problem

ORDERED = (int, float, Money, date)
"""Types whose values have an order."""


@attrs.frozen(eq=False)
class Axis:
    """A parameter that is varied.

    Args:
        parameter: the parameter in the profile.
        values: every value that is tried, the profile's own among them; None stands for the profile's own if it differs
            from date to date.
        own: the position of the profile's own value.
        dated: whether the profile has another value from some date on; a value that is tried replaces all of them.

    """

    parameter: ResolvedParameter
    values: tuple[Any, ...]
    own: int
    dated: bool

    @property
    def id(self) -> str:
        """Barrier and parameter: ``nl.financial_signals.max_margin``."""
        return f"{self.parameter.barrier}.{self.parameter.spec.name}"

    @property
    def key(self) -> tuple[str, str]:
        """The same, as the engine's key."""
        return self.parameter.barrier, self.parameter.spec.name

    @property
    def ordered(self) -> bool:
        """Whether its values have an order."""
        return self.parameter.spec.field.type in ORDERED


def make_axes(resolved: ResolvedProfile, wanted: Mapping[str, Iterable[Any]], as_of: date | None) -> tuple[Axis, ...]:
    """The axes of a sweep.

    Args:
        wanted: values by ``<barrier>.<parameter>``, as in a profile or as Python objects.
        as_of: the date of all rows, if they have the same.

    Raises:
        InputError: with every parameter that cannot be varied, and every value that is not allowed in a profile.

    """
    problems: list[Problem] = []
    found: list[Axis] = []
    for id, values in wanted.items():
        try:
            found.append(_axis(find_parameter(resolved, id), id, values, as_of))
        except ValueError as error:
            problems.append(Problem(id, str(error)))
    if not wanted:
        problems.append(Problem("", "say which parameter to vary: BARRIER.PARAMETER=VALUES"))
    if problems:
        raise InputError("sweep", problems)
    return tuple(found)


def find_parameter(resolved: ResolvedProfile, id: str) -> ResolvedParameter:
    """A parameter that can be varied over a table.

    Raises:
        ValueError: there is none, or no column of a table shows what another value would do.

    """
    barrier_id, name = split_rule_id(id)
    barriers = {barrier.id: barrier for barrier in resolved.barriers}
    if barrier_id not in barriers or name not in barriers[barrier_id].parameters:
        known = [f"{b.id}.{parameter}" for b in barriers.values() for parameter in b.parameters]
        own = ", ".join(barriers[barrier_id].parameters) if barrier_id in barriers else ""
        hint = suggest(id, known) or (f"; {barrier_id} has {own}" if own else "")
        raise ValueError(f"the profile has no such parameter{hint}")
    barrier = barriers[barrier_id]
    if barrier.parameters[name].spec.field.many:
        raise ValueError("it is a list, and a list has no values to go through; make a profile with each list")
    derived = sorted(_derived_with(barrier, name))
    if derived:
        message = f"it is worked into {', '.join(derived)}, whose values come before the rules; "
        raise ValueError(f"{message}make a profile with each value, and compare")
    if not any(uses_parameter(rule, {(barrier_id, name)}) for rule in barrier.rules):
        raise ValueError("no rule of the profile uses it, so it changes nothing")
    return barrier.parameters[name]


def uses_parameter(rule: ResolvedRule, keys: Iterable[tuple[str, str]]) -> bool:
    """Whether one of these parameters is in the expression of a rule."""
    return any(
        isinstance(node, Parameter) and (node.barrier, node.name) in keys
        for expression in rule.definition.nodes
        for node in walk(expression)
    )


def _derived_with(barrier: ResolvedBarrier, name: str) -> Iterator[str]:
    """The derived facts and opaque rules with this parameter that rules of the barrier use."""
    read = {fact.name for rule in barrier.rules for fact in rule.definition.facts}
    for derived in barrier.definition.derived_facts.values():
        if derived.id in read and name in derived.signature.parameters:
            yield derived.id


def _axis(parameter: ResolvedParameter, id: str, given: Iterable[Any], as_of: date | None) -> Axis:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ValueError(f"expected a list of values; got {given!r}")  # noqa: TRY004  # reported with the others
    values = list(dict.fromkeys(_value(parameter, raw) for raw in given))
    if not values:
        raise ValueError("give at least one value")
    own = _own(parameter, as_of)
    if own not in values:
        values.append(own)
    if parameter.spec.field.type in ORDERED:
        values.sort(key=lambda value: (value is not None, value))
    different = {setting.value for setting in parameter.settings}
    return Axis(parameter, tuple(values), values.index(own), len(different) > 1)


def _value(parameter: ResolvedParameter, raw: Any) -> Any:
    raw = raw.item() if hasattr(raw, "dtype") else raw  # a numpy number
    value = parameter.spec.field.validate(scalar(parameter.spec.field.type, raw))
    if value is UNKNOWN:
        raise ValueError("a limit is a number or text, not an empty one")
    return value


def _own(parameter: ResolvedParameter, as_of: date | None) -> Any:
    if as_of is not None:
        setting = parameter.on(as_of)
        return setting.value if setting is not None else None  # there is one: check_day has been called
    values = {setting.value for setting in parameter.settings}
    return values.pop() if len(values) == 1 else None
