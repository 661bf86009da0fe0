"""Defines what an expression means for one dossier, in the plainest code that says it.

Operations are total: UNKNOWN in gives UNKNOWN out, and what has no value (division by zero, overflow) is UNKNOWN.
Of an unknown number the ends may be known (:mod:`~barriermodel.rules.ends`): then so are those of what is computed with
it, and a comparison that turns out the same for all numbers between them is known. ``and``, ``or`` and ``not`` are
Kleene's strong three-valued logic. Compiled code is tested against this module, so the
two share nodes and types of values, and nothing that computes (``tests/test_oracle.py``).
"""

from __future__ import annotations

import calendar
import math
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias, Union

import attrs

from ..domain.unknown import UNKNOWN
from ..domain.values import MAX_SAFE_INTEGER, Money
from ..objects import represent
from .ends import NO_ENDS, Ends, declared_ends
from .expression import ARITHMETIC, COMPARISONS, LOGIC, Constant, FactRef, Named, Node, Operation, Parameter, children

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


# Ends -------------------------------------------------------------------------------------------------

_OF_ENDS: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b if a and b else 0,  # nothing of whatever it may be is nothing
    "ratio": lambda a, b: a / b,
}


def _ends_of_result(node: Operation, a: Ends, b: Ends) -> Ends | None:
    """The ends of what is computed: the least and the most of it with an end of each operand."""
    if node.op == "ratio" and b.at_least <= 0 <= b.at_most:
        return None  # it may have no value at all
    found = [_OF_ENDS[node.op](x, y) for x in a for y in b]
    ordered = sorted(one for one in found if not math.isnan(one))  # infinite less or by infinite: between the others
    largest = sys.float_info.max if node.type is float else MAX_SAFE_INTEGER
    low, high = min(ordered[0], largest), max(ordered[-1], -largest)  # too large is at least the largest
    return None if (low, high) == NO_ENDS else Ends(low, high)


def _compare_ends(op: str, a: Ends, b: Ends) -> Any:
    """What a comparison gives for all numbers between the ends, or UNKNOWN if that differs."""
    if op in ("eq", "ne"):
        apart = a.at_most < b.at_least or b.at_most < a.at_least
        same = a == b and a.at_least == a.at_most
        return UNKNOWN if not (apart or same) else same is (op == "eq")
    found = {OPERATIONS[op](x, y) for x in a for y in b}
    return found.pop() if len(found) == 1 else UNKNOWN


def _within_ends(node: Operation, operands: list[Ends | None]) -> tuple[Any, Ends | None]:
    """What is known of an operation on numbers of which one is unknown, or whose result is too large."""
    first, *others = operands
    if first is None or None in others or not others:
        return UNKNOWN, None
    known = [one for one in others if one is not None]
    if node.op in ARITHMETIC:
        return UNKNOWN, _ends_of_result(node, first, known[0])
    if node.op == "one_of":
        return apply("or", [_compare_ends("eq", first, choice) for choice in known]), None
    return _compare_ends(node.op, first, known[0]), None


def _ends(value: Any, ends: Ends | None) -> Ends | None:
    """The ends of a number, known or not; None for any other value."""
    number = _number(value)
    return Ends(number, number) if type(number) in (int, float) else ends


# Expressions ------------------------------------------------------------------------------------------


@attrs.define
class EvaluatedNode:
    """A node with its value for one dossier, or the ends of an unknown number; its children are evaluated too."""

    node: Node
    value: Any
    ends: Ends | None = None
    children: tuple[EvaluatedNode, ...] = ()

    def __repr__(self) -> str:
        return represent(self, repr(self.node))  # without the value, which may be confidential


Lookup: TypeAlias = Callable[[Union[FactRef, Parameter]], Any]  # noqa: UP007
"""Returns the value of a fact or parameter; a tuple for a list.

For an unknown fact UNKNOWN, or ``NO_ENDS`` if its declared bounds say nothing of it.
"""


def evaluate_nodes(node: Node, lookup: Lookup) -> EvaluatedNode:
    """Evaluate every node of an expression. This is the definition of what an expression means."""
    if isinstance(node, Constant):
        return EvaluatedNode(node, node.value)
    if isinstance(node, FactRef):
        return _fact(node, lookup(node))
    if isinstance(node, Parameter):
        return EvaluatedNode(node, lookup(node))
    below = tuple(evaluate_nodes(child, lookup) for child in children(node))
    if isinstance(node, Named):
        return EvaluatedNode(node, below[0].value, below[0].ends, below)
    values: list[Any] = []
    ends: list[Ends | None] = []
    for child in below:
        found = child.value if isinstance(child.node, Parameter) and child.node.many else [child.value]
        values.extend(found)
        ends.extend(map(_ends, found, [child.ends] * len(found)))
    value = apply(node.op, values)
    if value is UNKNOWN and node.op in (*ARITHMETIC, *COMPARISONS, "one_of"):
        return EvaluatedNode(node, *_within_ends(node, ends), below)
    return EvaluatedNode(node, value, None, below)


def _fact(node: FactRef, found: Any) -> EvaluatedNode:
    if found is NO_ENDS:
        return EvaluatedNode(node, UNKNOWN)
    return EvaluatedNode(node, found, declared_ends(node) if found is UNKNOWN else None)


def evaluate(node: Node, lookup: Lookup) -> Any:
    """Return the value of an expression: a value of its type, or UNKNOWN."""
    return evaluate_nodes(node, lookup).value
