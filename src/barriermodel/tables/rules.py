"""The rules of a profile as columns: true where a rule hits, false where it is clear, null where it is open.

A rule's expression is translated into one of narwhals: the same nodes, read for all rows at once. A condition is a
nullable boolean, and null is unknown. ``&`` and ``|`` of every engine used here follow Kleene's logic on nulls:
``true | null`` is true, because whatever is unknown cannot change it, and ``false | null`` is null. So a column of
conditions needs no second column to say where it is unknown, and filling its nulls with false or with true gives both
ends of what is possible. Amounts are whole cents in floating point. Nothing raises: what has no value is null.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeAlias

import attrs
import narwhals.stable.v2 as nw

from ..domain.award import Procedure
from ..domain.bounds import FIRST_DATE, LAST_DATE
from ..domain.values import MAX_SAFE_INTEGER, Money
from ..engine.evaluate import Engine
from ..profiles.resolved import ResolvedRule
from ..rules.compiler import ParameterValues
from ..rules.expression import COMPARISONS, Constant, FactRef, Node, Operation, Parameter, split_rule_id, unnamed
from . import dates
from .columns import AS_OF, INTERNAL, column_of, flat
from .ingest import dtype_of, literal, one_of
from .table import Table

NOTHING: ParameterValues = {}


@attrs.frozen(slots=False, eq=False)
class RuleColumns:
    """The rules of a profile on a table.

    Args:
        ordinals: the columns of ordinals that what was translated so far reads, for :func:`with_ordinals`.

    """

    engine: Engine
    table: Table
    ordinals: dict[str, tuple[str, bool]] = attrs.field(init=False, factory=dict)

    def columns(self, details: bool) -> dict[str, nw.Expr]:
        """A column for each rule, and for whether it applies where details are wanted."""
        found: dict[str, nw.Expr] = {}
        for rule in (rule for stage in self.table.resolved.stages for rule in stage.rules):
            nodes = {"hit": hits(rule)}
            if details and rule.definition.applies is not None:
                nodes["applies"] = rule.definition.applies.expression
            for sort, node in nodes.items():
                found[internal_column(sort, rule)] = self.unless_refused(self.by_period(rule, node))
        return found

    def unless_refused(self, expr: nw.Expr) -> nw.Expr:
        """An expression, or null where a row cannot be assessed at all."""
        return nw.when(~either(self.refusals.values())).then(expr) if self.refusals else expr

    def added_to(self, frame: Any, columns: Mapping[str, nw.Expr]) -> Any:
        """The frame with columns, and before them the ordinals that these and all else translated so far read."""
        frame = dates.with_ordinals(frame, self.ordinals) if self.ordinals else frame
        return frame.with_columns(**columns) if columns else frame

    @cached_property
    def refusals(self) -> dict[str, nw.Expr]:
        """Where a row cannot be assessed at all, by the message of its error; all its rules are open."""
        profile = self.table.resolved.profile
        found: dict[str, nw.Expr] = {}
        if self.table.as_of is None:
            day = nw.col(AS_OF)
            found["as_of is unknown"] = day.is_null()
            found[f"the profile is valid from {profile.valid_from}"] = (day < profile.valid_from).fill_null(value=False)
            if profile.valid_until is not None:
                ended = (day > profile.valid_until).fill_null(value=False)
                found[f"the profile is valid until {profile.valid_until}"] = ended
            first = self.engine.first_day
            if first > profile.valid_from:
                found[f"the profile has limits from {first} on"] = (day < first).fill_null(value=False)
            found[f"as_of is no date from {FIRST_DATE} to {LAST_DATE}"] = ~day.is_between(
                FIRST_DATE, LAST_DATE
            ).fill_null(value=True)
        if self.table.columns.refusal and "award__procedure" in self.table.schema:
            procedure = nw.col("award__procedure").cast(nw.String)
            open_house = (procedure == Procedure.OPEN_HOUSE.value).fill_null(value=False)
            found["comparing applicants would make an open house a tender"] = open_house
        return found

    # Parameters that change with the date --------------------------------------------------------------

    def is_unknown(self, rule: ResolvedRule, node: Node) -> nw.Expr:
        """Where a part of a rule's expression has no value."""
        return self.by_period(rule, node, read=ExpressionTranslator.value).is_null()

    def by_period(
        self, rule: ResolvedRule, node: Node, instead: ParameterValues = NOTHING, read: Reading | None = None
    ) -> nw.Expr:
        """A rule's expression, or part of it, with the values of its parameters on each row's date.

        Args:
            instead: other values, by barrier and name, that hold on every date.
            read: how the expression is translated; by default as :meth:`ExpressionTranslator.translate` does.

        """
        read = read or ExpressionTranslator.translate
        barrier, _ = split_rule_id(rule.id)
        keys = [(barrier, name) for name in rule.parameters]
        found: nw.Expr | None = None
        last: dict[tuple[str, str], Any] | None = None
        for since, parameters in self._periods.items():
            values = {key: instead[key] if key in instead else parameters[key] for key in keys}
            if values == last:
                continue
            last = values
            here = read(ExpressionTranslator(self.table, values, self.ordinals), node)
            found = here if found is None else nw.when(nw.col(AS_OF) >= since).then(here).otherwise(found)
        assert found is not None  # there is at least one period
        return found

    @cached_property
    def _periods(self) -> dict[date, ParameterValues]:
        """The values of the parameters, by the first day of each period in which none of them changes."""
        first, changes = self.engine.first_day, self.engine.changes
        days = [self.table.as_of] if self.table.as_of else [first, *(day for day in changes if day > first)]
        return {day: self.engine.parameter_values(day) for day in days}


def hits(rule: ResolvedRule) -> Node:
    """What is true where a rule hits, false where it is clear or does not apply, and otherwise unknown."""
    applies = rule.definition.applies
    if applies is None:
        return rule.definition.hits_if
    return Operation("and", (rule.definition.hits_if, applies.expression), bool)


def internal_column(sort: str, rule: ResolvedRule) -> str:
    """The column of a rule while the table is assessed: ``hit``, or ``applies``."""
    return f"{INTERNAL}{sort}__{flat(rule.id)}"


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

    """

    table: Table
    parameters: ParameterValues
    ordinals: dict[str, tuple[str, bool]]

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
        found = dates.month_offset_comparison(node)
        if found is not None:
            return self._month_offset(found)
        if any(dates.adds_months(arg) for arg in node.args):
            return _PYTHON[node.op](*(self._moved(arg).ordinal for arg in node.args))
        return _PYTHON[node.op](self.translate(node.args[0]), self._operand(node.args[1]))

    def _one_of(self, node: Operation) -> nw.Expr:
        found = [self._operand(choice) for choice in node.args[1:]]
        choices = [member for value in found for member in (value if isinstance(value, tuple) else (value,))]
        if dates.adds_months(node.args[0]):
            fact, choices = self._moved(node.args[0]).ordinal, [dates.date_ordinal(choice) for choice in choices]
        else:
            fact = self.translate(node.args[0])
        # nothing is in an empty list, but whether an unknown fact is in it stays unknown
        return one_of(fact, choices) if choices else nw.when(~fact.is_null()).then(nw.lit(value=False))

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
