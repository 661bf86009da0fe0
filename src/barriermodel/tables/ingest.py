"""Users' columns become facts as rules read them; what cannot be a fact is reported, never guessed.

Each fact gets one canonical column: booleans, whole numbers, finite floats, amounts in whole cents (as floats, which
are exact up to fifteen digits), dates, and text that is not blank. A row that holds something else is reported, and the
fact is unknown in it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from ..domain.bounds import PlausibleDates
from ..domain.facts import FactField
from ..domain.values import MAX_SAFE_INTEGER, Money, describe_type
from ..errors import Problem
from .columns import AS_OF
from .kleene import one_of

BLANK = "".join(chr(i) for i in range(0x3001) if chr(i).isspace())
"""Every character that is white space to Python."""


@attrs.frozen
class CanonicalColumn:
    """A fact's column as rules read it.

    Args:
        value: canonical; null where the fact is unknown.
        has_value: whether a row holds something that does not mean unknown. Where it does and ``value`` is null, what
            it holds is not a value of the fact. None if that cannot happen.

    """

    value: nw.Expr
    has_value: nw.Expr | None = None


def type_problem(name: str, kind: type, found: Any) -> Problem | None:
    """What is wrong with the type of a column; None if it suits the fact, as a column of nulls does.

    Args:
        found: the type in narwhals, or the engine's name for one that narwhals does not know.

    """
    if not isinstance(found, str) and (found == nw.Unknown or _fits(kind, found)):
        return None
    return Problem(name, f"expected {describe_type(kind)}; found a column of {found}")


def _fits(kind: type, found: Any) -> bool:
    if kind is bool:
        return bool(found == nw.Boolean)
    if kind is int:
        return bool(found.is_integer())
    if kind in (float, Money):
        return bool(found.is_numeric())
    if kind is date:
        return bool(found == nw.Date)
    return any(found == text for text in (nw.String, nw.Categorical, nw.Enum))


def to_canonical(column: str, field: FactField, found: Any, as_of: date | None) -> CanonicalColumn:
    """A column as a fact.

    Args:
        found: the type of the column.
        as_of: the date of all rows; None if each has its own.

    """
    kind = field.type
    if found == nw.Unknown:
        return CanonicalColumn(nw.lit(None, dtype=dtype_of(kind)))
    canonical = _enumeration(column, kind, found) if issubclass(kind, enum.Enum) else _CANONICAL[kind](column, found)
    if field.plausible is not None:
        return _plausible(canonical.value, field.plausible, as_of)
    return canonical if field.bounds is None else _within(canonical, field)


def dtype_of(kind: type) -> Any:
    """The type of a fact's canonical column."""
    return _DTYPES.get(kind, nw.String)


_DTYPES: dict[type, Any] = {bool: nw.Boolean, int: nw.Int64, float: nw.Float64, Money: nw.Float64, date: nw.Date}


def _as_it_is(column: str, _: Any) -> CanonicalColumn:
    return CanonicalColumn(nw.col(column))


def _whole(column: str, found: Any) -> CanonicalColumn:
    value = nw.col(column)
    if found in _LONG:
        return CanonicalColumn(_exact(value, found, MAX_SAFE_INTEGER).cast(nw.Int64), ~value.is_null())
    return CanonicalColumn(value.cast(nw.Int64))


_LONG = (nw.Int64, nw.UInt64, nw.Int128, nw.UInt128)


def _exact(value: nw.Expr, found: Any, largest: int) -> nw.Expr:
    """A whole number up to this size, or null: a larger one would change in the type that it is cast to."""
    if found not in _LONG:
        return value
    fits = value <= nw.lit(largest, dtype=found)  # of the same type: Arrow compares no others
    if not found.is_unsigned_integer():
        fits = fits & (value >= -largest)
    return nw.when(fits).then(value)


def _ratio(column: str, found: Any) -> CanonicalColumn:
    value = nw.col(column)
    if found.is_float():
        return CanonicalColumn(_finite(value.cast(nw.Float64)))
    if found in _LONG:
        return CanonicalColumn(_exact(value, found, MAX_SAFE_INTEGER).cast(nw.Float64), ~value.is_null())
    return CanonicalColumn(value.cast(nw.Float64))


def _finite(value: nw.Expr) -> nw.Expr:
    """NaN and infinities are unknown, as in a dossier."""
    return nw.when(value.is_finite()).then(value)


def _amount(column: str, found: Any) -> CanonicalColumn:
    value = nw.col(column)
    if found.is_integer():
        return CanonicalColumn(_exact(value, found, MAX_SAFE_INTEGER // 100).cast(nw.Float64) * 100, ~value.is_null())
    euros = value.cast(nw.Float64)
    exact = euros * 100
    cents = (exact + 0.5).floor()
    # the size comes first, because Spark stops where it cannot round; an amount has at most two decimals, and what
    # floating point adds to one is less than a thousandth of a cent
    fits = (exact.abs() < MAX_SAFE_INTEGER + 1) & ((exact - cents).abs() < 1e-3)
    return CanonicalColumn(nw.when(fits).then(cents), euros.is_finite() if found.is_float() else ~value.is_null())


def _text(column: str, found: Any) -> CanonicalColumn:
    value = nw.col(column) if found == nw.String else nw.col(column).cast(nw.String)
    return CanonicalColumn(nw.when(~_is_blank(value)).then(value))


def _is_blank(value: nw.Expr) -> nw.Expr:
    # stripping is slow, and few texts begin with anything but a printed character
    odd = nw.when((value < "!") | (value >= "\x7f")).then(value)
    return (odd.str.strip_chars(BLANK) == "").fill_null(value=False)


def _enumeration(column: str, kind: type[enum.Enum], found: Any) -> CanonicalColumn:
    value = nw.col(column) if found == nw.String else nw.col(column).cast(nw.String)
    fits = one_of(value, [member.value for member in kind])
    return CanonicalColumn(nw.when(fits).then(value), ~_is_blank(value) & ~value.is_null())


def _within(canonical: CanonicalColumn, field: FactField) -> CanonicalColumn:
    bounds: Any = field.bounds
    times = 100 if field.type is Money else 1
    fits = nw.lit(value=True)
    if bounds.at_least is not None:
        fits = fits & (canonical.value >= bounds.at_least * times)
    if bounds.at_most is not None:
        fits = fits & (canonical.value <= bounds.at_most * times)
    has_value = ~canonical.value.is_null() if canonical.has_value is None else canonical.has_value
    return CanonicalColumn(nw.when(fits).then(canonical.value), has_value)


def _plausible(value: nw.Expr, days: PlausibleDates, as_of: date | None) -> CanonicalColumn:
    """A date that :class:`PlausibleDates` allows, or null."""
    last = min(days.last, as_of) if days.past and as_of else days.last
    fits = (value >= days.first) & (value <= last)
    if days.past and as_of is None:
        fits = fits & (value <= nw.col(AS_OF))
    for day in days.never:
        fits = fits & (value != day)
    return CanonicalColumn(nw.when(fits).then(value), ~value.is_null())


_CANONICAL: dict[type, Callable[[str, Any], CanonicalColumn]] = {
    bool: _as_it_is, int: _whole, float: _ratio, Money: _amount, date: _as_it_is, str: _text,
}  # fmt: skip
