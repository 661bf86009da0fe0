"""What is known of a number without its value: its ends."""

from __future__ import annotations

import math
from typing import NamedTuple

from ..domain.values import Money
from .expression import ARITHMETIC, NUMBERS, FactRef, Node, Operation, walk


class Ends(NamedTuple):
    """The least and the most that an unknown number can be, in whole cents for an amount; infinite where it has no end.

    >>> Ends(0, math.inf).at_least
    0

    """

    at_least: float
    at_most: float


NO_ENDS = Ends(-math.inf, math.inf)
"""Those of a number of which nothing is known."""


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
    """Whether ends can decide a comparison: of numbers, one of which has bounds or may be too large."""
    if comparison.args[0].type not in (*NUMBERS, Money):
        return False
    return any(_may_be_too_large(node) or (isinstance(node, FactRef) and node.bounds) for node in walk(comparison))


def _may_be_too_large(node: Node) -> bool:
    if not isinstance(node, Operation) or node.op not in ARITHMETIC:
        return False
    return node.op != "ratio" or any(arg.type is float for arg in node.args)  # of whole numbers and cents it is not
