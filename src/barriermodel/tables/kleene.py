"""Truth in columns: true, false, and null for unknown.

``&`` and ``|`` of every engine used here follow Kleene's logic on nulls: ``true | null`` is true, because whatever is
unknown cannot change it, and ``false | null`` is null. So a column of conditions needs no second column to say where
it is unknown, and filling its nulls with false or with true gives both ends of what is possible.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import narwhals.stable.v2 as nw

MAX_COMPARISONS = 8
"""Up to this many choices, comparing beats a lookup."""


def either(parts: Iterable[nw.Expr]) -> nw.Expr:
    """Whether one of the conditions is true; null where none is and one is unknown."""
    return joined(list(parts), operator.or_)


def joined(parts: list[nw.Expr], both: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> nw.Expr:
    """All parts as one expression, as a balanced tree: engines read expressions by recursion."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return both(joined(parts[:half], both), joined(parts[half:], both))


def one_of(value: nw.Expr, choices: Sequence[Any]) -> nw.Expr:
    """Whether a value is one of the choices; null where the value is null."""
    if len(choices) > MAX_COMPARISONS:
        return value.is_in(choices)
    return either(value == choice for choice in choices)
