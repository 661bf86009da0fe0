"""Values of facts to try: typical ones, ones just beside or far from a limit, and ones that differ from a list."""

from __future__ import annotations

import enum
from datetime import date
from typing import Any

from barriermodel.analysis.facts import MAX_SAFE_INTEGER, add_months_to
from barriermodel.plugin import UNKNOWN, Money, euro

STEPS: dict[type, Any] = {int: 1, float: 0.0001, Money: 1, date: 1}
"""The smallest difference that a person would notice: one, a hundredth of a per cent, a cent, a day."""


def typical_value(kind: type, as_of: date) -> Any:
    """A value to begin with."""
    if issubclass(kind, enum.Enum):
        return next(iter(kind))
    return {bool: False, int: 10, float: 0.5, Money: euro(1_000_000), date: as_of, str: "voorbeeld"}[kind]


def other_values(kind: type, taken: list[Any], as_of: date) -> list[Any]:
    """Values of a type that are not among those taken."""
    if issubclass(kind, enum.Enum):
        return [member for member in kind if member not in taken]
    if kind is bool:
        return [value for value in (True, False) if value not in taken]
    if kind is str:
        return [word for word in ("iets anders", "nog iets anders") if word not in taken][:1]
    return stepped(max(taken, default=typical_value(kind, as_of)), 1)


def values_around(kind: type, limit: Any, as_of: date, *, with_margin: bool) -> list[Any]:
    """The limit, a step below and a step above it; with a margin, values far from it as well, and those first."""
    if kind not in STEPS:  # a type without an order has no "just below"
        return [limit, *other_values(kind, [limit], as_of)[:1]]
    near = [limit, *stepped(limit, -1), *stepped(limit, 1)]
    return [*_distant(limit), *near] if with_margin else near


def stepped(value: Any, steps: int) -> list[Any]:
    """The value a number of steps further; nothing if the type ends before that."""
    try:
        if isinstance(value, date):
            return [date.fromordinal(value.toordinal() + steps)]
        if isinstance(value, Money):
            return [Money(cents=value.cents + steps)]
    except (ValueError, OverflowError):
        return []
    # rounded, for 0.1 + 0.0001 is not 0.1001 in binary, and a case must be readable
    return [round(value + steps * STEPS[type(value)], 10)]


def _distant(value: Any) -> list[Any]:
    """Half and double the value, or two years earlier and later."""
    if isinstance(value, date):
        return [day for months in (24, -24) if (day := add_months_to(value, months)) is not UNKNOWN]
    if isinstance(value, Money):
        cents = {value.cents // 2, value.cents * 2} if value.cents else {-(10**7), 10**7}
        return [Money(cents=c) for c in sorted(cents) if abs(c) <= MAX_SAFE_INTEGER]
    if isinstance(value, float):
        return [round(value / 2, 10), round(value * 2, 10)] if value else [-0.5, 0.5]
    return [value // 2, value * 2 + 1] if value else [-10, 10]


def nearest_of_type(kind: type, value: Any) -> list[Any]:
    """A number as values of a type next to it, the nearest first; anything else as it is.

    Whole types have no 2.5: both 2 and 3 are tried, as either may be the side of the limit that is wanted.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if kind is float:
            return [float(value)]
        if kind in (int, Money):
            low = value // 1
            whole = [round(value), *(int(low + n) for n in (0, 1) if low + n != round(value) and low != value)]
            return [Money(cents=n) if kind is Money else n for n in whole if abs(n) <= MAX_SAFE_INTEGER]
    return [value]
