"""Users' columns become facts as rules read them; what cannot be a fact is reported, never guessed.

Each fact gets one canonical column: booleans, whole numbers, finite floats, amounts in whole cents (as floats, which
are exact up to fifteen digits), dates, and text that is not blank. A row that holds something else is reported, and the
fact is unknown in it.
"""

from __future__ import annotations

import enum
import operator
from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from ..domain.bounds import PlausibleDates
from ..domain.facts import FactField
from ..domain.values import MAX_SAFE_INTEGER, Money, describe_type
from ..errors import Problem
from .columns import AS_OF

BLANK = "".join(chr(i) for i in range(0x3001) if chr(i).isspace())
"""Every character that is white space to Python."""
MAX_COMPARISONS = 8
"""Up to this many choices, comparing beats a lookup."""
_TEXTS = (nw.String, nw.Categorical, nw.Enum)
_LONG = (nw.Int64, nw.UInt64, nw.Int128, nw.UInt128)
_DTYPES: dict[type, Any] = {bool: nw.Boolean, int: nw.Int64, float: nw.Float64, Money: nw.Float64, date: nw.Date}


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


def dtype_of(kind: type) -> Any:
    """The type of a fact's canonical column."""
    return _DTYPES.get(kind, nw.String)


def literal(value: Any) -> Any:
    """A value as tables hold it."""
    if isinstance(value, tuple):
        return tuple(literal(member) for member in value)
    if isinstance(value, Money):
        return float(value.cents)
    return value.value if isinstance(value, enum.Enum) else value


def type_problem(name: str, kind: type, found: Any) -> Problem | None:
    """What is wrong with the type of a column; None if it suits the fact, as a column of nulls does.

    Args:
        found: the type in narwhals, or the engine's name for one that narwhals does not know.

    """
    if isinstance(found, str):
        fits = False
    elif kind in (int, float, Money):
        fits = found == nw.Unknown or (found.is_integer() if kind is int else found.is_numeric())
    else:
        fits = any(found == one for one in (nw.Unknown, *(_TEXTS if kind not in (bool, date) else (_DTYPES[kind],))))
    return None if fits else Problem(name, f"expected {describe_type(kind)}; found a column of {found}")


def to_canonical(column: str, field: FactField, found: Any, as_of: date | None) -> CanonicalColumn:
    """A column as a fact.

    Args:
        found: the type of the column.
        as_of: the date of all rows; None if each has its own.

    """
    kind = field.type
    if found == nw.Unknown:
        return CanonicalColumn(nw.lit(None, dtype=dtype_of(kind)))
    if kind in (bool, date):
        canonical = CanonicalColumn(nw.col(column))
    elif kind in _NUMBERS:
        canonical = _NUMBERS[kind](nw.col(column), found)
    else:
        text = nw.col(column) if found == nw.String else nw.col(column).cast(nw.String)
        canonical = _enumeration(text, kind) if issubclass(kind, enum.Enum) else _text(text)
    if field.plausible is not None:
        return _plausible(canonical.value, field.plausible, as_of)
    return canonical if field.bounds is None else _within(canonical, field)


# Numbers ----------------------------------------------------------------------------------------------


def _whole(value: nw.Expr, found: Any) -> CanonicalColumn:
    return _exact(value, found, MAX_SAFE_INTEGER, nw.Int64)


def _ratio(value: nw.Expr, found: Any) -> CanonicalColumn:
    if not found.is_float():
        return _exact(value, found, MAX_SAFE_INTEGER, nw.Float64)
    value = value.cast(nw.Float64)
    return CanonicalColumn(nw.when(value.is_finite()).then(value))  # NaN and infinities are unknown, as in a dossier


def _exact(value: nw.Expr, found: Any, largest: int, dtype: Any) -> CanonicalColumn:
    """A whole number up to this size, or null: a larger one would change in the type that it is cast to."""
    if found not in _LONG:
        return CanonicalColumn(value.cast(dtype))
    fits = value <= nw.lit(largest, dtype=found)  # of the same type: Arrow compares no others
    if not found.is_unsigned_integer():
        fits = fits & (value >= -largest)
    return CanonicalColumn(nw.when(fits).then(value).cast(dtype), ~value.is_null())


def _amount(value: nw.Expr, found: Any) -> CanonicalColumn:
    if found.is_integer():
        euros = _exact(value, found, MAX_SAFE_INTEGER // 100, nw.Float64).value
        return CanonicalColumn(euros * 100, ~value.is_null())
    euros = value.cast(nw.Float64)
    exact = euros * 100
    cents = (exact + 0.5).floor()
    # the size comes first, because Spark stops where it cannot round; an amount has at most two decimals, and what
    # floating point adds to one is less than a thousandth of a cent
    fits = (exact.abs() < MAX_SAFE_INTEGER + 1) & ((exact - cents).abs() < 1e-3)
    return CanonicalColumn(nw.when(fits).then(cents), euros.is_finite() if found.is_float() else ~value.is_null())


_NUMBERS: dict[type, Callable[[nw.Expr, Any], CanonicalColumn]] = {int: _whole, float: _ratio, Money: _amount}


# Text -------------------------------------------------------------------------------------------------


def _text(value: nw.Expr) -> CanonicalColumn:
    return CanonicalColumn(nw.when(~_is_blank(value)).then(value))


def _is_blank(value: nw.Expr) -> nw.Expr:
    # stripping is slow, and few texts begin with anything but a printed character
    odd = nw.when((value < "!") | (value >= "\x7f")).then(value)
    return (odd.str.strip_chars(BLANK) == "").fill_null(value=False)


def _enumeration(value: nw.Expr, kind: type[enum.Enum]) -> CanonicalColumn:
    fits = one_of(value, [member.value for member in kind])
    return CanonicalColumn(nw.when(fits).then(value), ~_is_blank(value) & ~value.is_null())


def one_of(value: nw.Expr, choices: Sequence[Any]) -> nw.Expr:
    """Whether a value is one of the choices; null where the value is null."""
    if len(choices) > MAX_COMPARISONS:
        return value.is_in(choices)
    found: nw.Expr = reduce(operator.or_, [value == choice for choice in choices])
    return found


# Values that a fact cannot have -----------------------------------------------------------------------


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
