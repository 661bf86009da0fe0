"""From a rule's expression to one of narwhals: the same nodes, read for all rows at once.

A condition is a nullable boolean, and null is unknown: ``&`` and ``|`` of every engine that gets here are Kleene's.
Amounts are whole cents in floating point. Nothing raises: what has no value is null.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import attrs
import narwhals as nw

from ..domain.values import MAX_SAFE_INTEGER, Money
from ..rules.expression import LOGIC, Constant, FactRef, Node, Operation, Parameter, unnamed
from .dates import MonthOffsetComparison, adds_months, month_offset_comparison
from .ingest import one_of
from .months import (
    DAY,
    YearMonthDay,
    add_months,
    compare_without_arithmetic,
    date_ordinal,
    in_calendar,
    to_ordinal,
    year_month_day,
)


def literal(value: Any) -> Any:
    """A value as tables hold it."""
    if isinstance(value, tuple):
        return tuple(literal(member) for member in value)
    if isinstance(value, Money):
        return float(value.cents)
    return value.value if isinstance(value, enum.Enum) else value


@attrs.frozen
class ExpressionTranslator:
    """Reads expressions for one table.

    Args:
        fact: the column of a fact, canonical; or its value where it is the same in all rows.
        parameter: the value of a parameter, as tables hold it.
        key: a date as a whole number, or the day after it.

    """

    fact: Callable[[FactRef], Any]
    parameter: Callable[[Parameter], Any]
    key: Callable[[FactRef, bool], nw.Expr]

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
        if node.op in _COMPARE:
            return self._compared(node)
        a, b = self.read(node.args[0]), self._value(node.args[1])
        if node.op == "mul" and node.type is int:
            return _product(a, b)
        return _ratio(node, a, b) if node.op == "ratio" else bounded(node, _COMPUTE[node.op](a, b))

    def _logic(self, node: Operation) -> nw.Expr:
        first, *others = [self.read(arg) for arg in node.args]
        if node.op == "not":
            return ~first
        for other in others:
            first = first & other if node.op == "and" else first | other
        return first

    def _compared(self, node: Operation) -> nw.Expr:
        found = month_offset_comparison(node)
        if found is not None:
            return self._later(found)
        if adds_months(node):
            return _COMPARE[node.op](*(self._moved(arg).ordered for arg in node.args))
        left, right = (self._value(arg) for arg in node.args)
        return _COMPARE[node.op](left if isinstance(left, nw.Expr) else nw.lit(left), right)

    # Dates some months later ---------------------------------------------------------------------------

    def _later(self, found: MonthOffsetComparison) -> nw.Expr:
        count, limit = self._value(found.count), self._value(found.limit)
        if isinstance(count, int) and isinstance(limit, date):  # one day moves instead of every date
            folded = compare_without_arithmetic(self.read(found.day), count, found.op, limit)
            if folded is not None:
                return folded
        moved = in_calendar(self._key(found.day) + count * DAY)
        limit = self._key(found.limit, after=found.after)
        return moved >= limit if found.op in ("ge", "gt") else moved < limit

    def _key(self, node: Node, *, after: bool = False) -> nw.Expr:
        """A date as a whole number, or the day after it."""
        node = unnamed(node)
        value = self._value(node)
        if isinstance(value, date):
            return nw.lit(date_ordinal(value + timedelta(days=1) if after and value < date.max else value))
        return self.key(node, after) if isinstance(node, FactRef) else to_ordinal(value)

    def _moved(self, node: Node) -> YearMonthDay:
        """A date, moved or not, in parts."""
        node = unnamed(node)
        if isinstance(node, Operation):
            return add_months(self._moved(node.args[0]), self._value(node.args[1]))
        value = self._value(node)
        return year_month_day(value if isinstance(value, nw.Expr) else nw.lit(value))

    def _one_of(self, node: Operation) -> nw.Expr:
        found = [self._value(choice) for choice in node.args[1:]]
        choices = [member for value in found for member in (value if isinstance(value, tuple) else (value,))]
        if adds_months(node):
            fact, choices = self._moved(node.args[0]).ordered, [date_ordinal(choice) for choice in choices]
        else:
            fact = self.read(node.args[0])
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
_COMPUTE: dict[str, Callable[[Any, Any], nw.Expr]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
}


def bounded(node: Operation, value: nw.Expr) -> nw.Expr:
    """A number that every reader keeps exactly, or unknown."""
    if node.type is float:
        return nw.when(value.is_finite()).then(value)
    return nw.when((value <= MAX_SAFE_INTEGER) & (value >= -MAX_SAFE_INTEGER)).then(value)


def _product(a: nw.Expr, b: Any) -> nw.Expr:
    """Of whole numbers, which may be larger than whole numbers can be: looked at before it is made."""
    size = a.cast(nw.Float64) * (b.cast(nw.Float64) if isinstance(b, nw.Expr) else float(b))
    return nw.when(size.abs() <= MAX_SAFE_INTEGER).then(a * b)


def _ratio(node: Operation, a: nw.Expr, b: Any) -> nw.Expr:
    if not isinstance(b, nw.Expr):
        return bounded(node, a / b) if b else nw.when(a.is_null() & ~a.is_null()).then(a)
    found = nw.when(b != 0).then(a / b)
    # amounts and whole numbers are bounded, so their ratio is finite
    return found if all(arg.type in (Money, int) for arg in node.args) else bounded(node, found)
