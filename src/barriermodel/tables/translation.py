"""Translates the expression of a rule into one of narwhals: the same nodes, read for all rows at once."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, TypeAlias

import attrs
import narwhals.stable.v2 as nw

from ..domain.values import MAX_SAFE_INTEGER, Money
from ..rules.compiler import ParameterValues
from ..rules.ends import decided_by_ends
from ..rules.expression import COMPARISONS, Constant, FactRef, Node, Operation, Parameter, facts_of, unnamed
from ..rules.possible import can_decide
from . import dates, ends
from .columns import AS_OF, INTERNAL, column_of
from .ends import Pair
from .ingest import dtype_of, literal, one_of
from .table import Table


def either(parts: Iterable[nw.Expr]) -> nw.Expr:
    """Whether one of the conditions is true; null where none is and one is unknown."""
    return joined(list(parts), operator.or_)


def joined(parts: list[nw.Expr], both: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> nw.Expr:
    """All parts as one expression, as a balanced tree: engines read expressions by recursion."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return both(joined(parts[:half], both), joined(parts[half:], both))


# Expressions ------------------------------------------------------------------------------------------


@attrs.frozen
class ExpressionTranslator:
    """Translates the expressions of rules for one table.

    Args:
        parameters: their values, by barrier and name.
        ordinals: where the columns of ordinals are put that an expression reads.
        ends: where the facts are put, by column, of which it reads the ends.

    """

    table: Table
    parameters: ParameterValues
    ordinals: dict[str, tuple[str, bool]]
    ends: dict[str, FactRef]

    def translate(self, node: Node) -> nw.Expr:
        """An expression as one of narwhals."""
        value = self._operand(node)
        return value if isinstance(value, nw.Expr) else nw.lit(value)

    def value(self, node: Node) -> nw.Expr:
        """What is null where an expression has no value: a date some months later is moved, but never computed."""
        node = unnamed(node)
        if isinstance(node, Operation) and node.op == "add_months":
            day, count = node.args
            if dates.adds_months(day):
                return self._moved(node).ordinal
            return self._moved_ordinal(day, self._operand(count))
        return self.translate(node)

    def _operand(self, node: Node) -> Any:
        """A plain value if it is one, as engines are quicker with those; otherwise an expression."""
        node = unnamed(node)
        if isinstance(node, Operation):
            return self._operation(node)
        if isinstance(node, Constant):
            return literal(node.value)
        if isinstance(node, Parameter):
            return literal(self.parameters[node.barrier, node.name])
        name = column_of(node)
        if name == AS_OF:
            return self.table.as_of or nw.col(AS_OF)
        return nw.col(f"{INTERNAL}{name}") if name in self.table.schema else nw.lit(None, dtype=dtype_of(node.type))

    def _operation(self, node: Operation) -> nw.Expr:
        if node.op == "one_of":
            return self._one_of(node)
        if node.op in COMPARISONS:
            return self._comparison(node)
        if node.op in ("and", "or"):
            return joined([self.translate(arg) for arg in node.args], _PYTHON[node.op])
        a = self.translate(node.args[0])
        if node.op == "not":
            return ~a
        b = self._operand(node.args[1])
        if node.op == "mul" and node.type is int:
            return _product(a, b)
        return _ratio(node, a, b) if node.op == "ratio" else bounded(node, _PYTHON[node.op](a, b))

    def _comparison(self, node: Operation) -> nw.Expr:
        if self._decided_by_ends(node):
            return ends.compare(node.op, *(self._ends(arg) for arg in node.args))
        found = dates.month_offset_comparison(node)
        if found is not None:
            return self._month_offset(found)
        if any(dates.adds_months(arg) for arg in node.args):
            return _PYTHON[node.op](*(self._moved(arg).ordinal for arg in node.args))
        return _PYTHON[node.op](self.translate(node.args[0]), self._operand(node.args[1]))

    def _one_of(self, node: Operation) -> nw.Expr:
        found = [self._operand(choice) for choice in node.args[1:]]
        choices = [member for value in found for member in (value if isinstance(value, tuple) else (value,))]
        if choices and self._decided_by_ends(node):
            return ends.one_of(self._ends(node.args[0]), choices)
        if dates.adds_months(node.args[0]):
            fact, choices = self._moved(node.args[0]).ordinal, [dates.date_ordinal(choice) for choice in choices]
        else:
            fact = self.translate(node.args[0])
        # nothing is in an empty list, but whether an unknown fact is in it stays unknown
        return one_of(fact, choices) if choices else nw.when(~fact.is_null()).then(nw.lit(value=False))

    def _ends(self, node: Node) -> Pair:
        """What a number is at least and at most."""
        node = unnamed(node)
        if isinstance(node, FactRef) and node.bounds:
            self.ends[column_of(node)] = node
            return ends.ends_of_fact(node)
        if isinstance(node, Operation):
            return ends.compute(node, *(self._ends(arg) for arg in node.args))
        value = self.translate(node).cast(nw.Float64)
        return value, value

    def _decided_by_ends(self, node: Operation) -> bool:
        """Whether the ends of numbers decide a comparison in any row; a plan without them is smaller."""
        known = all(fact.bounds or column_of(fact) in self.table.schema for fact in facts_of(node))
        return known and decided_by_ends(node) and can_decide(node, self.parameters)

    # Dates some months later: see the module dates -----------------------------------------------------

    def _month_offset(self, found: dates.MonthOffsetComparison) -> nw.Expr:
        count, limit = self._operand(found.count), self._operand(found.limit)
        if isinstance(count, int) and isinstance(limit, date):  # one date moves instead of a column
            moved_limit = dates.compare_with_constant(self.translate(found.day), count, found.op, limit)
            if moved_limit is not None:
                return moved_limit
        moved = self._moved_ordinal(found.day, count)
        # later than a day is not before the next day
        limit = self._ordinal(found.limit, after=found.op in ("gt", "le"))
        return moved >= limit if found.op in ("ge", "gt") else moved < limit

    def _moved_ordinal(self, day: Node, count: Any) -> nw.Expr:
        return dates.in_calendar(self._ordinal(day) + count * dates.MONTH)

    def _ordinal(self, node: Node, *, after: bool = False) -> nw.Expr:
        """The ordinal of a date, or of the day after it."""
        node = unnamed(node)
        value = self._operand(node)
        if isinstance(value, date):
            return nw.lit(dates.date_ordinal(value + timedelta(days=1) if after and value < date.max else value))
        name = column_of(node) if isinstance(node, FactRef) else ""
        if name not in self.table.schema:
            return nw.lit(None, dtype=nw.Int64)
        column = f"{INTERNAL}{'after' if after else 'ordinal'}__{name}"
        self.ordinals[column] = (name if name == AS_OF else f"{INTERNAL}{name}"), after
        return nw.col(column)

    def _moved(self, node: Node) -> dates.YearMonthDay:
        """A date, moved or not, in parts."""
        node = unnamed(node)
        if isinstance(node, Operation) and node.op == "add_months":
            return dates.add_months(self._moved(node.args[0]), self._operand(node.args[1]))
        return dates.year_month_day(self.translate(node))


Reading: TypeAlias = Callable[[ExpressionTranslator, Node], nw.Expr]
_PYTHON: dict[str, Callable[[Any, Any], nw.Expr]] = {
    **{name: getattr(operator, name) for name in (*COMPARISONS, "add", "sub", "mul")},
    "and": operator.and_,
    "or": operator.or_,
}


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
