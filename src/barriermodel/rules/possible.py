"""Decides comparisons of which an operand is unknown, from the ends of numbers: the slow half of compiled rules.

Compiled code (:mod:`~barriermodel.rules.compiler`) computes with values, and calls what :func:`decider` makes only
where one is unknown or too large. Then each number is a pair of what it is at least and at most; ``None`` is a number
of which nothing is known. For ``a + b > 10``, where ``a`` is 12 and ``b`` is unknown and never below zero, the sum is
at least 12, so it is more than 10.

Rounding and cutting off keep the order of numbers, so what holds at both ends holds between them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from ..domain.unknown import UNKNOWN
from ..domain.values import MAX_SAFE_INTEGER, Money
from .ends import declared_ends, may_be_too_large
from .expression import Constant, FactRef, Node, Operation, Parameter, facts_of, unnamed, walk

Pair: TypeAlias = "tuple[float, float] | None"
Facts: TypeAlias = Sequence[Any]
"""The values of the facts of a comparison, in its order; UNKNOWN, or None for one whose bounds say nothing of it."""
Reading: TypeAlias = Callable[[Facts], Pair]
BoundsHold: TypeAlias = Callable[[FactRef], bool]
"""Whether the declared bounds of an unknown fact say what it can be."""


def decider(node: Operation, facts: Sequence[FactRef], parameters: Mapping[tuple[str, str], Any]) -> Callable[..., Any]:
    """A function that decides a comparison of numbers, from whether bounds hold and the values of its facts."""
    number, *others = node.args
    compare = (
        _one_of(_reading(number, facts, parameters), [_cents(value) for value in _listed(others, parameters)])
        if node.op == "one_of"
        else _comparison(node, [_reading(arg, facts, parameters) for arg in node.args])
    )

    def decide(bounds_hold: BoundsHold, *values: Any) -> Any:
        numbers = [_cents(value) for value in values]
        found = compare(numbers)
        if found is UNKNOWN:
            return UNKNOWN
        held = [None if n is UNKNOWN and not bounds_hold(ref) else n for n, ref in zip(numbers, facts, strict=True)]
        return found if None not in held else compare(held)

    return decide


def can_decide(node: Operation, parameters: Mapping[tuple[str, str], Any]) -> bool:
    """Whether a comparison may be known although a fact in it is not.

    If it reads one fact, and nothing in it can be too large, it is known for every value of that fact or for none.
    """
    facts = facts_of(node)
    if len(facts) > 1 or any(may_be_too_large(one) for one in walk(node)):
        return True
    return decider(node, facts, parameters)(lambda _: True, *[UNKNOWN] * len(facts)) is not UNKNOWN


def _listed(choices: Sequence[Node], parameters: Mapping[tuple[str, str], Any]) -> Iterator[Any]:
    for choice in choices:
        if isinstance(choice, Parameter):
            value = parameters[choice.barrier, choice.name]
            yield from value if choice.many else [value]
        elif isinstance(choice, Constant):
            yield choice.value


def _cents(value: Any) -> Any:
    return value.cents if isinstance(value, Money) else value


# Numbers ----------------------------------------------------------------------------------------------


def _reading(node: Node, facts: Sequence[FactRef], parameters: Mapping[tuple[str, str], Any]) -> Reading:
    node = unnamed(node)
    if isinstance(node, FactRef):
        return _fact(facts.index(node), declared_ends(node))
    if isinstance(node, (Constant, Parameter)):
        value = _cents(node.value if isinstance(node, Constant) else parameters[node.barrier, node.name])
        return lambda _: (value, value)
    a, b = (_reading(arg, facts, parameters) for arg in node.args)
    compute = _OPERATIONS[node.op]
    largest = sys.float_info.max if node.type is float else MAX_SAFE_INTEGER

    def computed(values: Facts) -> Pair:
        left, right = a(values), b(values)
        found = None if left is None or right is None else compute(*left, *right)
        return found and _cut_off(*found, largest)

    return computed


def _fact(place: int, ends: Pair) -> Reading:
    def fact(values: Facts) -> Pair:
        value = values[place]
        if value is UNKNOWN:
            return ends
        return None if value is None else (value, value)

    return fact


def _cut_off(low: float, high: float, largest: float) -> Pair:
    """A number that is too large is at least the largest that every reader keeps exactly."""
    return min(low, largest), max(high, -largest)


def _add(a: float, a_most: float, b: float, b_most: float) -> Pair:
    return a + b, a_most + b_most


def _subtract(a: float, a_most: float, b: float, b_most: float) -> Pair:
    return a - b_most, a_most - b


def _multiply(a: float, a_most: float, b: float, b_most: float) -> Pair:
    found = [x * y if x and y else 0 for x in (a, a_most) for y in (b, b_most)]  # 0 times an infinite end is 0
    return min(found), max(found)


def _divide(a: float, a_most: float, b: float, b_most: float) -> Pair:
    if b <= 0 <= b_most:
        return None  # it may have no value at all
    if b < 0:
        a, a_most, b, b_most = -a_most, -a, -b_most, -b
    # the divisor is positive: what is below zero is least with the smallest divisor, what is above it with the largest
    return a / (b if a < 0 else b_most), a_most / (b_most if a_most < 0 else b)


_OPERATIONS: dict[str, Callable[[float, float, float, float], Pair]] = {
    "add": _add, "sub": _subtract, "mul": _multiply, "ratio": _divide,
}  # fmt: skip


# Comparisons ------------------------------------------------------------------------------------------


def _one_of(number: Reading, choices: Sequence[float]) -> Callable[[Facts], Any]:
    def compare(values: Facts) -> Any:
        ends = number(values)
        found = [UNKNOWN] if ends is None or not choices else [_equal(*ends, one, one) for one in choices]
        return True if True in found else UNKNOWN if UNKNOWN in found else False

    return compare


def _comparison(node: Operation, operands: Sequence[Reading]) -> Callable[[Facts], Any]:
    decide, a, b = _COMPARISONS[node.op], operands[0], operands[1]

    def compare(values: Facts) -> Any:
        left, right = a(values), b(values)
        return UNKNOWN if left is None or right is None else decide(*left, *right)

    return compare


def _less(a: float, a_most: float, b: float, b_most: float) -> Any:
    return True if a_most < b else UNKNOWN if a < b_most else False


def _at_most(a: float, a_most: float, b: float, b_most: float) -> Any:
    return True if a_most <= b else UNKNOWN if a <= b_most else False


def _equal(a: float, a_most: float, b: float, b_most: float) -> Any:
    if a_most < b or b_most < a:
        return False
    return True if a == a_most == b == b_most else UNKNOWN


def _unequal(a: float, a_most: float, b: float, b_most: float) -> Any:
    found = _equal(a, a_most, b, b_most)
    return found if found is UNKNOWN else not found


_COMPARISONS: dict[str, Callable[[float, float, float, float], Any]] = {
    "lt": _less,
    "le": _at_most,
    "gt": lambda a, a_most, b, b_most: _less(b, b_most, a, a_most),
    "ge": lambda a, a_most, b, b_most: _at_most(b, b_most, a, a_most),
    "eq": _equal,
    "ne": _unequal,
}
