"""Defines what an expression means for one dossier, in the plainest code that says it.

Operations are total: UNKNOWN in gives UNKNOWN out, and what has no value (division by zero, overflow) is UNKNOWN.
``and``, ``or`` and ``not`` are Kleene's strong three-valued logic. Compiled code is tested against this module, so the
two share nodes and types of values, and nothing that computes (``tests/test_oracle.py``).
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias, Union

import attrs

from ..domain.unknown import UNKNOWN
from ..domain.values import MAX_SAFE_INTEGER, Money
from ..objects import represent
from .expression import LOGIC, Constant, FactRef, Named, Node, Parameter, children

# Operations -------------------------------------------------------------------------------------------


def _number(value: Any) -> Any:
    """Return the cents of an amount, and any other number as it is."""
    return value.cents if isinstance(value, Money) else value


def _bounded(value: Any) -> Any:
    """Return a number if every JSON reader keeps it exactly, or UNKNOWN."""
    fits = math.isfinite(value) if isinstance(value, float) else abs(value) <= MAX_SAFE_INTEGER
    return value if fits else UNKNOWN


def _arithmetic(compute: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def on_numbers_or_money(a: Any, b: Any) -> Any:
        result = _bounded(compute(_number(a), _number(b)))
        money = isinstance(a, Money) or isinstance(b, Money)
        return Money(cents=result) if money and result is not UNKNOWN else result

    return on_numbers_or_money


def _ratio(a: Any, b: Any) -> Any:
    return UNKNOWN if _number(b) == 0 else _bounded(_number(a) / _number(b))


def _add_months(day: date, count: int) -> Any:
    """Return the same day ``count`` months later, or the last day of that month; UNKNOWN outside years 1 to 9999."""
    months = day.year * 12 + (day.month - 1) + count  # months since year 0, January counting 0
    year, month = months // 12, months % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return UNKNOWN
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


OPERATIONS: dict[str, Callable[..., Any]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "add": _arithmetic(lambda a, b: a + b),
    "sub": _arithmetic(lambda a, b: a - b),
    "mul": _arithmetic(lambda a, b: a * b),
    "ratio": _ratio,
    "add_months": _add_months,
    "one_of": lambda x, *choices: any(x == choice for choice in choices),
}
"""The result of each operation on known values. If any value is unknown, so is the result."""


def apply(op: str, values: list[Any]) -> Any:
    """Apply an operation to values, any of which may be UNKNOWN.

    >>> apply("or", [UNKNOWN, True]), apply("or", [UNKNOWN, False]), apply("ratio", [1, 0])
    (True, UNKNOWN, UNKNOWN)

    """
    if op == "not":
        return UNKNOWN if values[0] is UNKNOWN else not values[0]
    if op in LOGIC:
        decisive = op == "or"  # one True decides "or", one False decides "and"
        if any(value is decisive for value in values):
            return decisive
        return UNKNOWN if any(value is UNKNOWN for value in values) else not decisive
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    return OPERATIONS[op](*values)


# Expressions ------------------------------------------------------------------------------------------


@attrs.define
class EvaluatedNode:
    """A node with its value for one dossier; its children are evaluated too."""

    node: Node
    value: Any
    children: tuple[EvaluatedNode, ...] = ()

    def __repr__(self) -> str:
        return represent(self, repr(self.node))  # without the value, which may be confidential


Lookup: TypeAlias = Callable[[Union[FactRef, Parameter]], Any]  # noqa: UP007
"""Returns the value of a fact or parameter; a tuple for a list."""


def evaluate_nodes(node: Node, lookup: Lookup) -> EvaluatedNode:
    """Evaluate every node of an expression. This is the definition of what an expression means."""
    if isinstance(node, Constant):
        return EvaluatedNode(node, node.value)
    if isinstance(node, (FactRef, Parameter)):
        return EvaluatedNode(node, lookup(node))
    below = tuple(evaluate_nodes(child, lookup) for child in children(node))
    if isinstance(node, Named):
        return EvaluatedNode(node, below[0].value, below)
    values: list[Any] = []
    for child in below:
        many = isinstance(child.node, Parameter) and child.node.many
        values.extend(child.value if many else [child.value])
    return EvaluatedNode(node, apply(node.op, values), below)


def evaluate(node: Node, lookup: Lookup) -> Any:
    """Return the value of an expression: a value of its type, or UNKNOWN."""
    return evaluate_nodes(node, lookup).value
