"""What is known of a number without its value: its ends."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from ..domain.unknown import UNKNOWN
from ..domain.values import Money
from .expression import ARITHMETIC, NUMBERS, Constant, FactRef, Node, Operation, unnamed


class Ends(NamedTuple):
    """The least and the most that an unknown number can be, in whole cents for an amount; infinite where it has no end.

    >>> Ends(0, math.inf).at_least
    0

    """

    at_least: float
    at_most: float


NO_ENDS = Ends(-math.inf, math.inf)
"""Those of a number of which nothing is known."""


def unless_doubted(ref: FactRef, value: Any, bounds_hold: Callable[[FactRef], bool]) -> Any:
    """A fact as an interpreter looks it up: NO_ENDS instead of UNKNOWN where its bounds say nothing of it."""
    return NO_ENDS if value is UNKNOWN and ref.bounds and not bounds_hold(ref) else value


def declared_ends(ref: FactRef) -> Ends | None:
    """The ends of an unknown fact, if it is a number with declared bounds."""
    if ref.bounds is None or ref.type not in (*NUMBERS, Money):
        return None
    low, high = (_number(end, ref.type) for end in (ref.bounds.at_least, ref.bounds.at_most))
    return Ends(-math.inf if low is None else low, math.inf if high is None else high)


def _number(end: object, kind: type) -> float | None:
    assert end is None or isinstance(end, (int, float))  # dates are no numbers
    return end if end is None or kind is not Money else round(end * 100)


def decided_by_ends(comparison: Operation) -> bool:
    """Whether ends can decide a comparison: of numbers, of which something may be known without their value."""
    return comparison.args[0].type in (*NUMBERS, Money) and any(map(_gives_ends, comparison.args))


def _gives_ends(node: Node) -> bool:
    """Whether something may be known of a number where a fact in it is unknown, or where it is too large."""
    node = unnamed(node)
    if isinstance(node, FactRef):
        return node.bounds is not None
    if may_be_too_large(node):
        return True
    if not isinstance(node, Operation):
        return False
    number, divisor = node.args
    return _gives_ends(number) or (_gives_ends(divisor) and not _may_be_zero(divisor))


def _may_be_zero(node: Node) -> bool:
    node = unnamed(node)
    ends = declared_ends(node) if isinstance(node, FactRef) else None
    return ends is not None and ends.at_least <= 0 <= ends.at_most


def may_be_too_large(node: Node) -> bool:
    """Whether a node is a number that is computed, and may have more digits than every reader keeps."""
    if not isinstance(node, Operation) or node.op not in ARITHMETIC:
        return False
    return node.op != "ratio" or any(arg.type is float for arg in node.args)  # of whole numbers and cents it is not


def never_negative(node: Node) -> bool:
    """Whether a number is zero or more by the bounds of its facts."""
    node = unnamed(node)
    if isinstance(node, Operation):
        return node.op in ("add", "mul", "ratio") and all(map(never_negative, node.args))
    if isinstance(node, Constant):
        return bool(node.value >= (Money(cents=0) if isinstance(node.value, Money) else 0))
    ends = declared_ends(node) if isinstance(node, FactRef) else None
    return ends is not None and ends.at_least >= 0
