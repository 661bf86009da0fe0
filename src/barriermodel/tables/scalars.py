"""A cell of a row as a fact: the scalars of every engine, read as :mod:`~barriermodel.tables.ingest` reads columns."""

from __future__ import annotations

import enum
import math
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from ..domain.facts import FactField
from ..domain.unknown import UNKNOWN
from ..domain.values import MAX_SAFE_INTEGER, Money, describe_type

NULLS = frozenset({"NoneType", "NAType", "NaTType"})
"""The types of null in Python and pandas, by name: pandas is not imported for them."""


def fact_from_scalar(field: FactField, cell: Any) -> Any:
    """The value of a fact in a cell; null, NaN, infinities and blank text are unknown.

    Raises:
        TypeError: a column of such values cannot be a column of this fact.
        ValueError: a column may hold it, but it is not a value of this fact.

    """
    value = as_python(cell)
    if value is None:
        return UNKNOWN
    kind = field.type
    try:
        taken = _enumeration(kind, value) if issubclass(kind, enum.Enum) else _FACTS[kind](value)
    except OverflowError:
        raise ValueError(f"the number {str(value)[:40]} is too large") from None
    if taken is None:
        raise TypeError(f"expected {describe_type(kind)}; got {str(value)[:40]!r}")
    return field.validate(taken)


def as_python(cell: Any) -> Any:
    """A value of Python, or None for null: of scalars of PyArrow, numpy and pandas as of Python's own."""
    if hasattr(cell, "as_py"):
        cell = cell.as_py()
    if type(cell).__name__ == "datetime64":  # item() of one in nanoseconds is a number
        cell = cell.astype("datetime64[us]")
    if type(cell).__module__ == "numpy" and hasattr(cell, "item"):
        cell = cell.item()
    if type(cell).__name__ in NULLS or (isinstance(cell, (float, Decimal)) and not math.isfinite(cell)):
        return None
    return cell


def _flag(value: Any) -> Any:
    return value if isinstance(value, bool) else None


def _whole(value: Any) -> Any:
    # pandas holds whole numbers as floats where others are null
    return int(value) if _is_number(value) and value == int(value) else None


def _ratio(value: Any) -> Any:
    return float(value) if _is_number(value) else None


def _amount(value: Any) -> Any:
    if not _is_number(value):
        return None
    euros = float(value)
    cents = round(euros * 100)
    # as in ingest: floats cannot hold every amount, but are less than a thousandth of a cent off
    if abs(euros * 100 - cents) >= 1e-3 or abs(cents) > MAX_SAFE_INTEGER:
        raise ValueError(f"{value} is no amount in euros with at most two decimals")
    return Money(cents=cents)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def _day(value: Any) -> Any:
    if not isinstance(value, datetime):
        return value if isinstance(value, date) else None
    midnight = value.time() == time.min and value.tzinfo is None and not getattr(value, "nanosecond", 0)
    return value.date() if midnight else None


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, str) else None


def _enumeration(kind: type[enum.Enum], value: Any) -> Any:
    word = value.value if isinstance(value, kind) else value
    if not isinstance(word, str):
        return None
    found = next((member for member in kind if member.value == word), None)
    if found is None and word.strip():
        raise ValueError(f"expected {describe_type(kind)}; got {word[:40]!r}")
    return UNKNOWN if found is None else found


_FACTS: dict[type, Callable[[Any], Any]] = {
    bool: _flag, int: _whole, float: _ratio, Money: _amount, date: _day, str: _text,
}  # fmt: skip
