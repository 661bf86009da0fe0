"""A rule's expression, translated into one of narwhals: the same nodes, read for all rows at once.

A condition is a nullable boolean, and null is unknown (see :mod:`~barriermodel.tables.kleene`). Amounts are whole cents
in floating point. Nothing raises: what has no value is null.
"""

from __future__ import annotations

import enum
import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from ..domain.values import MAX_SAFE_INTEGER, Money
from ..rules.expression import LOGIC, Constant, FactRef, Node, Operation, Parameter, unnamed
from .columns import AS_OF, INTERNAL, column_of
from .dates import (
    MONTH,
    MonthOffsetComparison,
    YearMonthDay,
    add_months,
    adds_months,
    compare_with_constant,
    date_ordinal,
    in_calendar,
    month_offset_comparison,
    ordinal_column,
    to_ordinal,
    year_month_day,
)
from .ingest import dtype_of
from .kleene import either, joined, one_of
from .table import Table


def literal(value: Any) -> Any:
    """A value as tables hold it."""
    if isinstance(value, tuple):
        return tuple(literal(member) for member in value)
    if isinstance(value, Money):
        return float(value.cents)
    return value.value if isinstance(value, enum.Enum) else value


@attrs.frozen
class ExpressionTranslator:
    """Translates the expressions of rules for one table.

    Args:
        parameters: their values, by barrier and name.

    """

    table: Table
    parameters: Mapping[tuple[str, str], Any]

    def translate(self, node: Node) -> nw.Expr:
        """An expression as one of narwhals."""
        node = unnamed(node)
        if isinstance(node, Operation):
            return self._operation(node)
        value = self._operand(node)
        return value if isinstance(value, nw.Expr) else nw.lit(value)

    def _operand(self, node: Node) -> Any:
        """A plain value if it is one, as engines are quicker with those; otherwise an expression."""
        node = unnamed(node)
        if isinstance(node, Constant):
            return literal(node.value)
        if isinstance(node, Parameter):
            return literal(self.parameters[node.barrier, node.name])
        return self._fact(node) if isinstance(node, FactRef) else self.translate(node)

    def _fact(self, ref: FactRef) -> Any:
        """The canonical column of a fact; its value if that is the same in all rows."""
        name = column_of(ref)
        if name == AS_OF:
            return self.table.as_of or nw.col(AS_OF)
        if name not in self.table.schema:
            return nw.lit(None, dtype=dtype_of(ref.type))
        return nw.col(f"{INTERNAL}{name}")

    def _operation(self, node: Operation) -> nw.Expr:
        if node.op in LOGIC:
            return self._logic(node)
        if node.op == "one_of":
            return self._one_of(node)
        if node.op in _COMPARE:
            return self._comparison(node)
        a, b = self.translate(node.args[0]), self._operand(node.args[1])
        if node.op == "mul" and node.type is int:
            return _product(a, b)
        return _ratio(node, a, b) if node.op == "ratio" else bounded(node, _COMPUTE[node.op](a, b))

    def _logic(self, node: Operation) -> nw.Expr:
        args = [self.translate(arg) for arg in node.args]
        if node.op == "not":
            return ~args[0]
        return joined(args, operator.and_) if node.op == "and" else either(args)

    def _comparison(self, node: Operation) -> nw.Expr:
        found = month_offset_comparison(node)
        if found is not None:
            return self._month_offset(found)
        if adds_months(node):
            return _COMPARE[node.op](*(self._moved(arg).ordinal for arg in node.args))
        left, right = (self._operand(arg) for arg in node.args)
        return _COMPARE[node.op](left if isinstance(left, nw.Expr) else nw.lit(left), right)

    def _one_of(self, node: Operation) -> nw.Expr:
        found = [self._operand(choice) for choice in node.args[1:]]
        choices = [member for value in found for member in (value if isinstance(value, tuple) else (value,))]
        if adds_months(node):
            fact, choices = self._moved(node.args[0]).ordinal, [date_ordinal(choice) for choice in choices]
        else:
            fact = self.translate(node.args[0])
        # nothing is in an empty list, but whether an unknown fact is in it stays unknown
        return one_of(fact, choices) if choices else nw.when(~fact.is_null()).then(nw.lit(value=False))

    # Dates some months later: see the module dates -----------------------------------------------------

    def _month_offset(self, found: MonthOffsetComparison) -> nw.Expr:
        count, limit = self._operand(found.count), self._operand(found.limit)
        if isinstance(count, int) and isinstance(limit, date):  # one date moves instead of a column
            moved_limit = compare_with_constant(self.translate(found.day), count, found.op, limit)
            if moved_limit is not None:
                return moved_limit
        moved = in_calendar(self._ordinal(found.day) + count * MONTH)
        limit = self._ordinal(found.limit, after=found.after)
        return moved >= limit if found.op in ("ge", "gt") else moved < limit

    def _ordinal(self, node: Node, *, after: bool = False) -> nw.Expr:
        """The ordinal of a date, or of the day after it."""
        node = unnamed(node)
        value = self._operand(node)
        if isinstance(value, date):
            return nw.lit(date_ordinal(value + timedelta(days=1) if after and value < date.max else value))
        if isinstance(node, FactRef) and column_of(node) in self.table.canonical_columns:
            return nw.col(ordinal_column(column_of(node), after))
        return to_ordinal(value, after=after)

    def _moved(self, node: Node) -> YearMonthDay:
        """A date, moved or not, in parts."""
        node = unnamed(node)
        if isinstance(node, Operation):
            return add_months(self._moved(node.args[0]), self._operand(node.args[1]))
        value = self._operand(node)
        return year_month_day(value if isinstance(value, nw.Expr) else nw.lit(value))


_COMPARE: dict[str, Callable[[Any, Any], nw.Expr]] = {
    name: getattr(operator, name) for name in ("eq", "ne", "lt", "le", "gt", "ge")
}
_COMPUTE: dict[str, Callable[[Any, Any], nw.Expr]] = {
    name: getattr(operator, name) for name in ("add", "sub", "mul")
}  # fmt: skip


def bounded(node: Operation, value: nw.Expr) -> nw.Expr:
    """A number that every reader keeps exactly, or unknown."""
    if node.type is float:
        return nw.when(value.is_finite()).then(value)
    return nw.when((value <= MAX_SAFE_INTEGER) & (value >= -MAX_SAFE_INTEGER)).then(value)


def _product(a: nw.Expr, b: Any) -> nw.Expr:
    """The product of whole numbers, or null where it is too large: its size is found first, in floating point."""
    size = a.cast(nw.Float64) * (b.cast(nw.Float64) if isinstance(b, nw.Expr) else float(b))
    return nw.when(size.abs() <= MAX_SAFE_INTEGER).then(a * b)


def _ratio(node: Operation, a: nw.Expr, b: Any) -> nw.Expr:
    if not isinstance(b, nw.Expr):
        return bounded(node, a / b) if b else nw.when(a.is_null() & ~a.is_null()).then(a)
    found = nw.when(b != 0).then(a / b)
    # amounts and whole numbers are bounded, so their ratio is finite
    return found if all(arg.type in (Money, int) for arg in node.args) else bounded(node, found)
