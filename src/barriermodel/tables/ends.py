"""Comparisons of numbers of which one is unknown, for all rows at once: from what each number is at least and at most.

The rules are those of :mod:`~barriermodel.rules.possible`. A number is two columns, its ends: both are its value where
it is known, its declared bounds where it is unknown, and null where these say nothing of it. A comparison is known
where it turns out the same for both ends, and null elsewhere. Infinity is a bound that is not there. Nothing here
subtracts or divides one infinity by another, since engines differ on what that gives.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

from ..domain.values import MAX_SAFE_INTEGER
from ..rules.ends import declared_ends, may_be_too_large, never_negative
from ..rules.expression import FactRef, Operation
from .columns import INTERNAL, UNREAD, column_of
from .ingest import to_canonical
from .table import Table, is_dated, is_plausible, states_a_fact

Pair: TypeAlias = tuple[nw.Expr, nw.Expr]
"""What a number is at least, and at most."""


# Facts ------------------------------------------------------------------------------------------------


def ends_of_fact(ref: FactRef) -> Pair:
    """The ends of a fact with bounds, as the columns that :func:`with_ends_of_facts` adds."""
    low, high = ends_columns(ref)
    return nw.col(low), nw.col(high)


def ends_columns(ref: FactRef) -> tuple[str, str]:
    """The columns of the ends of a fact; both are null where it is unknown and its bounds say nothing."""
    name = column_of(ref)
    return f"{INTERNAL}low__{name}", f"{INTERNAL}high__{name}"


def with_ends_of_facts(table: Table, frame: Any, facts: Sequence[FactRef]) -> Any:
    """The frame with the ends of facts that have bounds."""
    columns: dict[str, nw.Expr] = {}
    for ref in facts:
        ends = declared_ends(ref)
        assert ends is not None  # only these are asked for
        doubted = _doubted(table, ref)
        for name, end in zip(ends_columns(ref), ends, strict=True):
            bound: nw.Expr = nw.when(~doubted).then(nw.lit(float(end)))
            if column_of(ref) in table.schema:
                value = nw.col(f"{INTERNAL}{column_of(ref)}").cast(nw.Float64)
                bound = nw.when(~value.is_null()).then(value).otherwise(bound)
            columns[name] = bound
    return frame.with_columns(**columns) if columns else frame


def _doubted(table: Table, ref: FactRef) -> nw.Expr:
    """Where an unknown fact may be anything: its cell holds no value of it, or its evidence has no date."""
    name = column_of(ref)
    found = [nw.lit(value=False)]
    if name in table.present:
        read = to_canonical(name, table.columns.fields[name], table.schema[name], table.as_of)
        found += [] if read.has_value is None else [(read.value.is_null() & read.has_value).fill_null(value=False)]
    if UNREAD in table.schema:
        found.append(nw.col(UNREAD).cast(nw.String).str.contains(f"(^|, ){name}(, |$)").fill_null(value=False))
    if is_dated(table, ref.source):
        day = nw.col(f"{ref.source}__issued_on")
        found.append(~is_plausible(day).fill_null(value=False) & states_a_fact(table, table.resolved.kinds[ref.source]))
    return reduce(operator.or_, found)


# Operations -------------------------------------------------------------------------------------------


def compute(node: Operation, a: Pair, b: Pair) -> Pair:
    """The ends of an operation on numbers; what is too large is at least the largest that is kept exactly."""
    low, high = _divide(node, a, b) if node.op == "ratio" else _OPERATIONS[node.op](a, b)
    if not may_be_too_large(node):
        return low, high
    largest = sys.float_info.max if node.type is float else float(MAX_SAFE_INTEGER)
    return low.clip(upper_bound=largest), high.clip(lower_bound=-largest)


def _multiply(a: Pair, b: Pair) -> Pair:
    # nothing of whatever it may be is nothing
    products = [nw.when((x == 0) | (y == 0)).then(nw.lit(0.0)).otherwise(x * y) for x in a for y in b]
    known = ~(a[0].is_null() | b[0].is_null())
    return nw.when(known).then(nw.min_horizontal(*products)), nw.when(known).then(nw.max_horizontal(*products))


def _divide(node: Operation, a: Pair, b: Pair) -> Pair:
    (low, high), (least, most) = a, b
    number, divisor = node.args
    if not never_negative(divisor):  # by what is below zero: the same, with the signs of both turned round
        turned = most < 0
        low, high = nw.when(turned).then(-high).otherwise(low), nw.when(turned).then(-low).otherwise(high)
        least, most = nw.when(turned).then(-most).otherwise(least), nw.when(turned).then(-least).otherwise(most)
    down, up = most, least
    if not never_negative(number):
        down, up = nw.when(low < 0).then(least).otherwise(most), nw.when(high < 0).then(most).otherwise(least)
    positive = least > 0  # else it may have no value at all
    return nw.when(positive).then(low / down), nw.when(positive).then(high / up)


_OPERATIONS: dict[str, Callable[[Pair, Pair], Pair]] = {
    "add": lambda a, b: (a[0] + b[0], a[1] + b[1]),
    "sub": lambda a, b: (a[0] - b[1], a[1] - b[0]),
    "mul": _multiply,
}


# Comparisons ------------------------------------------------------------------------------------------


def compare(op: str, a: Pair, b: Pair) -> nw.Expr:
    """A comparison, where both ends give the same; else null."""
    certain, possible = _COMPARISONS[op](a, b)
    return nw.when(certain == possible).then(certain)


def one_of(a: Pair, choices: Sequence[float]) -> nw.Expr:
    """Whether a number is one of some others, where both ends give the same; else null."""
    found = [_equal(a, (nw.lit(float(choice)), nw.lit(float(choice)))) for choice in choices]
    certain, possible = (reduce(operator.or_, part) for part in zip(*found, strict=True))
    return nw.when(certain == possible).then(certain)


def _equal(a: Pair, b: Pair) -> Pair:
    possible = (a[0] <= b[1]) & (b[0] <= a[1])
    return possible & (a[0] == a[1]) & (b[0] == b[1]), possible


def _unequal(a: Pair, b: Pair) -> Pair:
    certain, possible = _equal(a, b)
    return ~possible, ~certain


_COMPARISONS: dict[str, Callable[[Pair, Pair], Pair]] = {
    "eq": _equal,
    "ne": _unequal,
    "lt": lambda a, b: (a[1] < b[0], a[0] < b[1]),
    "le": lambda a, b: (a[1] <= b[0], a[0] <= b[1]),
    "gt": lambda a, b: (a[0] > b[1], a[1] > b[0]),
    "ge": lambda a, b: (a[0] >= b[1], a[1] >= b[0]),
}
