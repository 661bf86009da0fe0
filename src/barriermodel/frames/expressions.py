"""From a rule's expression to one of narwhals: the same nodes, read for all rows at once.

A condition is a nullable boolean, and null is unknown: ``&`` and ``|`` of every engine that gets here are Kleene's.
Amounts are whole cents in floating point. Nothing raises: what has no value is null.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import narwhals as nw

from ..domain.values import LARGEST, Money
from ..rules.expression import LOGIC, Constant, FactRef, Node, Operation, Parameter, unnamed, walk
from .door import one_of
from .months import added, compared, offset, ordered, ordered_value


def literal(value: Any) -> Any:
    """A value as tables hold it."""
    if isinstance(value, tuple):
        return tuple(literal(member) for member in value)
    if isinstance(value, Money):
        return float(value.cents)
    return value.value if isinstance(value, enum.Enum) else value


@attrs.frozen
class Reader:
    """Reads expressions for one table.

    Args:
        fact: the column of a fact, canonical; or its value where it is the same in all rows.
        parameter: the value of a parameter, as tables hold it.
        offsets: whether the engine adds months to dates as rules do; else dates become whole numbers.

    """

    fact: Callable[[FactRef], Any]
    parameter: Callable[[Parameter], Any]
    offsets: bool

    def read(self, node: Node) -> nw.Expr:
        """An expression as one of narwhals."""
        node = unnamed(node)
        if isinstance(node, Operation):
            return self._operation(node)
        value = self._value(node)
        return value if isinstance(value, nw.Expr) else nw.lit(value)

    def _value(self, node: Node) -> Any:
        """A plain value where it is one, which engines are quicker with; else an expression."""
        node = unnamed(node)
        if isinstance(node, Constant):
            return literal(node.value)
        if isinstance(node, FactRef):
            return self.fact(node)
        return self.parameter(node) if isinstance(node, Parameter) else self.read(node)

    def _operation(self, node: Operation) -> nw.Expr:
        if node.op in LOGIC:
            return self._logic(node)
        if node.op == "one_of":
            return self._one_of(node)
        if node.op == "add_months":
            return self._add_months(node)
        if node.op in _COMPARE:
            return self._compared(node)
        a, b = self.read(node.args[0]), self._value(node.args[1])
        return _ratio(node, a, b) if node.op == "ratio" else bounded(node, _COMPUTE[node.op](a, b))

    def _logic(self, node: Operation) -> nw.Expr:
        first, *others = [self.read(arg) for arg in node.args]
        if node.op == "not":
            return ~first
        for other in others:
            first = first & other if node.op == "and" else first | other
        return first

    def _compared(self, node: Operation) -> nw.Expr:
        compare = _COMPARE[node.op]
        folded = self._folded(node)
        if folded is not None:
            return folded
        months = [n for n in walk(node) if isinstance(n, Operation) and n.op == "add_months"]
        if months and not all(self._offsets(n) for n in months):
            return compare(*(self._ordered(arg) for arg in node.args))
        left, right = (self._value(arg) for arg in node.args)
        return compare(left if isinstance(left, nw.Expr) else nw.lit(left), right)

    def _folded(self, node: Operation) -> nw.Expr | None:
        """A date some months later against one day: that day moves instead, once."""
        left, right = (unnamed(arg) for arg in node.args)
        for op, moved, limit in ((node.op, left, right), (_MIRROR.get(node.op, ""), right, left)):
            if isinstance(moved, Operation) and moved.op == "add_months":
                count, day = self._value(moved.args[1]), self._value(limit)
                if isinstance(count, int) and isinstance(day, date):
                    return compared(self.read(moved.args[0]), count, op, day)
        return None

    def _offsets(self, node: Operation) -> bool:
        return self.offsets and isinstance(self._value(node.args[1]), int)

    def _add_months(self, node: Operation) -> nw.Expr:
        return offset(self.read(node.args[0]), self._value(node.args[1]))

    def _ordered(self, node: Node) -> Any:
        """A date as a whole number."""
        node = unnamed(node)
        if isinstance(node, Operation):
            day = self._ordered(node.args[0])
            return added(day if isinstance(day, nw.Expr) else nw.lit(day), self._value(node.args[1]))
        value = self._value(node)
        return ordered_value(value) if isinstance(value, date) else ordered(value)

    def _one_of(self, node: Operation) -> nw.Expr:
        fact = self.read(node.args[0])
        found = [self._value(choice) for choice in node.args[1:]]
        choices = [member for value in found for member in (value if isinstance(value, tuple) else (value,))]
        # an empty list says no, but of an unknown fact nothing is said
        return one_of(fact, choices) if choices else nw.when(~fact.is_null()).then(nw.lit(value=False))


_COMPARE: dict[str, Callable[[Any, Any], nw.Expr]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}
_MIRROR = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}
_COMPUTE: dict[str, Callable[[Any, Any], nw.Expr]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
}


def bounded(node: Operation, value: nw.Expr) -> nw.Expr:
    """A number that every reader keeps exactly, or unknown."""
    if node.type is float:
        return nw.when(value.is_finite()).then(value)
    return nw.when((value <= LARGEST) & (value >= -LARGEST)).then(value)


def _ratio(node: Operation, a: nw.Expr, b: Any) -> nw.Expr:
    if not isinstance(b, nw.Expr):
        return bounded(node, a / b) if b else nw.when(a.is_null() & ~a.is_null()).then(a)
    found = nw.when(b != 0).then(a / b)
    # amounts and whole numbers are bounded, so their ratio is finite
    return found if all(arg.type in (Money, int) for arg in node.args) else bounded(node, found)
