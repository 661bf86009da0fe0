"""The door: columns as users have them become facts as rules read them; what cannot be one is told, never guessed.

Each fact gets one canonical column: booleans, whole numbers, finite floats, amounts in whole cents (as floats, which
is exact up to fifteen digits), dates, and text that is not blank. A row that holds something else is told, and the
fact is unknown in it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from typing import Any

import attrs
import narwhals as nw

from ..domain.facts import FactField
from ..domain.values import LARGEST, SCALARS, Money, expected
from ..errors import Problem

BLANK = "".join(chr(i) for i in range(0x3001) if chr(i).isspace())
"""Every character that Python takes for white space."""


@attrs.frozen
class Taken:
    """A fact's column as rules read it.

    Args:
        value: canonical; null where the fact is unknown.
        wrong: true in a row that holds no value of the fact; None where that cannot be.

    """

    value: nw.Expr
    wrong: nw.Expr | None = None


def why_refused(name: str, kind: type, found: Any) -> Problem | None:
    """What is wrong with a column's type; None where it can be taken. A column of nothing but nulls can."""
    if found == nw.Unknown or _fits(kind, found):
        return None
    return Problem(name, f"expected {SCALARS.get(kind) or expected(kind)}; found a column of {found}")


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


def take(column: str, field: FactField, found: Any) -> Taken:
    """A column of this type as a fact."""
    kind = field.type
    if found == nw.Unknown:
        return Taken(nw.lit(None, dtype=dtype_of(kind)))
    taken = _enumeration(column, kind, found) if issubclass(kind, enum.Enum) else _TAKE[kind](column, found)
    return taken if field.bounds is None else _within(taken, field)


def dtype_of(kind: type) -> Any:
    """The type of a fact's canonical column."""
    return _DTYPES.get(kind, nw.String)


_DTYPES: dict[type, Any] = {bool: nw.Boolean, int: nw.Int64, float: nw.Float64, Money: nw.Float64, date: nw.Date}


def _as_it_is(column: str, _: Any) -> Taken:
    return Taken(nw.col(column))


def _whole(column: str, found: Any) -> Taken:
    value = nw.col(column)
    if found in (nw.Int64, nw.UInt64, nw.Int128, nw.UInt128):
        return _kept(value, (value <= LARGEST) & (value >= -LARGEST), nw.Int64)
    return Taken(value.cast(nw.Int64))


def _ratio(column: str, found: Any) -> Taken:
    if found.is_float():
        return Taken(_finite(nw.col(column).cast(nw.Float64)))
    return Taken(nw.col(column).cast(nw.Float64))


def _finite(value: nw.Expr) -> nw.Expr:
    """NaN and infinities are unknown, as in a dossier."""
    return nw.when(value.is_finite()).then(value)


def _amount(column: str, found: Any) -> Taken:
    euros = nw.col(column).cast(nw.Float64)
    if found.is_integer():
        return _kept(euros * 100, (euros * 100).abs() <= LARGEST, None)
    cents = (euros * 100).clip(-LARGEST, LARGEST).round()
    # more than two decimals is no amount, nor is what is too large; what floats cannot hold exactly is less than a
    # thousandth of a cent
    fits = (euros * 100 - cents).abs() < 1e-3
    wrong = ~fits & euros.is_finite() if found.is_float() else ~fits
    return Taken(nw.when(fits).then(cents), wrong.fill_null(value=False))


def _text(column: str, found: Any) -> Taken:
    value = nw.col(column) if found == nw.String else nw.col(column).cast(nw.String)
    return Taken(nw.when(~_is_blank(value)).then(value))


def _is_blank(value: nw.Expr) -> nw.Expr:
    # stripping is slow, and few texts begin with anything but a printed character
    odd = nw.when((value < "!") | (value >= "\x7f")).then(value)
    return (odd.str.strip_chars(BLANK) == "").fill_null(value=False)


def _enumeration(column: str, kind: type[enum.Enum], found: Any) -> Taken:
    value = nw.col(column) if found == nw.String else nw.col(column).cast(nw.String)
    fits = one_of(value, [member.value for member in kind])
    return Taken(nw.when(fits).then(value), (~fits & ~_is_blank(value)).fill_null(value=False))


FEW = 8
"""So many comparisons are quicker than looking something up."""


def one_of(value: nw.Expr, choices: Sequence[Any]) -> nw.Expr:
    """Whether a value is one of some; null where it is null."""
    if len(choices) > FEW:
        return value.is_in(choices)
    each: list[nw.Expr] = [value == choice for choice in choices]
    return reduce(lambda a, b: a | b, each)


def _within(taken: Taken, field: FactField) -> Taken:
    bounds, times = field.bounds, 100 if field.type is Money else 1
    fits = nw.lit(value=True)
    if bounds is not None and bounds.at_least is not None:
        fits = fits & (taken.value >= bounds.at_least * times)
    if bounds is not None and bounds.at_most is not None:
        fits = fits & (taken.value <= bounds.at_most * times)
    kept = _kept(taken.value, fits, None)
    return kept if taken.wrong is None or kept.wrong is None else Taken(kept.value, taken.wrong | kept.wrong)


def _kept(value: nw.Expr, fits: nw.Expr, dtype: Any) -> Taken:
    kept = nw.when(fits).then(value if dtype is None else value.cast(dtype))
    return Taken(kept, (~fits).fill_null(value=False))


_TAKE: dict[type, Callable[[str, Any], Taken]] = {
    bool: _as_it_is, int: _whole, float: _ratio, Money: _amount, date: _as_it_is, str: _text,
}  # fmt: skip
