"""From a column as a user has it to the values of a fact; what is none of its values is told, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import attrs
import polars as pl

from barriermodel import Money
from barriermodel.domain.values import LARGEST, SCALARS, THREE_DIGITS, both_readings, expected, may_be_thousands

_DTYPES: dict[type, Any] = {
    bool: pl.Boolean(), int: pl.Int64(), float: pl.Float64(), Money: pl.Float64(), date: pl.Date()
}  # fmt: skip
_WHOLE = r"^-?[0-9]+$"
_NUMBER = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_NUMBER_COMMA = r"^-?[0-9]+(,[0-9]+)?$"
ISO = "%Y-%m-%d"
_PARTS = {"%Y": "[0-9]{4}", "%m": "[0-9]{1,2}", "%d": "[0-9]{1,2}"}


def dtype_of(kind: type) -> pl.DataType:
    """The type of a column that holds a fact of this type: amounts in euros, enumerations as text."""
    found: pl.DataType = _DTYPES.get(kind, pl.String())
    return found


@attrs.frozen(kw_only=True)
class How:
    """How one column is read as a fact.

    Args:
        column: the fact's column, which is made.
        source: the column that it is made from; may be the same.
        kind: the type of the fact.
        unknown: the words that mean unknown, beside blank text.
        decimal: the sign before decimals.
        codes: the user's words, and what they stand for; empty for the words of the fact itself.
        times: what a number is multiplied by.
        stated: the map says so much of an amount that three digits after its point are decimals.
        form: how a date is written, as in ``%d-%m-%Y``.

    """

    column: str
    source: str
    kind: type
    unknown: tuple[str, ...] = ()
    decimal: str = "."
    codes: Mapping[str, Any] = attrs.field(factory=dict)
    times: float = 1
    stated: bool = False
    form: str = ISO

    @property
    def doubts(self) -> bool:
        """Whether a number with three digits after its mark may be thousands."""
        return self.kind is Money and not self.stated


def why_refused(how: How, found: pl.DataType) -> str | None:
    """Why a column of a type cannot be read as a fact, whatever is in it; None where it can."""
    if _as_words(how, found) or found == pl.Null or _fits(how.kind, found):
        return None
    return f"expected {SCALARS.get(how.kind) or expected(how.kind)}; found a column of {found}"


def _as_words(how: How, found: pl.DataType) -> bool:
    if how.codes:
        return not found.is_nested() and found != pl.Binary
    return found in (pl.String, pl.Categorical, pl.Enum)


def _fits(kind: type, found: pl.DataType) -> bool:
    if kind is bool:
        return found == pl.Boolean
    if kind in (int, float, Money):
        return found.is_numeric()
    return kind is date and found in (pl.Date, pl.Datetime)


def read_column(column: pl.Series, how: How) -> tuple[pl.Series, pl.Series]:
    """The values of a fact (null where unknown), and a mask of the rows that hold none of its values."""
    if column.dtype == pl.Null:
        return column.cast(dtype_of(how.kind)), column.is_not_null()
    if not _as_words(how, column.dtype):
        return _checked(column, _TYPED[how.kind](column, how))
    words = column.cast(pl.String)
    blank = (words.str.strip_chars() == "") | words.is_in(list(how.unknown))
    words = pl.select(pl.when(~blank).then(words)).to_series()
    return _checked(words, _coded(words, how) if how.codes else _WORDS.get(how.kind, _text)(words, how))


def _checked(given: pl.Series, found: pl.Series) -> tuple[pl.Series, pl.Series]:
    return found, found.is_null() & given.is_not_null()


def _where(condition: pl.Series, value: pl.Series) -> pl.Series:
    return pl.select(pl.when(condition).then(value)).to_series()


# Columns of text --------------------------------------------------------------------------------------


def _coded(words: pl.Series, how: How) -> pl.Series:
    return words.replace_strict(dict(how.codes), default=None, return_dtype=dtype_of(how.kind))


def _text(words: pl.Series, _: How) -> pl.Series:
    return words


def _bool(words: pl.Series, _: How) -> pl.Series:
    return words.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)


def _whole(words: pl.Series, how: How) -> pl.Series:
    return _times_whole(_where(words.str.contains(_WHOLE), words).cast(pl.Int64, strict=False), how)


def _number(words: pl.Series, how: How) -> pl.Series:
    if how.doubts:
        words = _where(~words.str.contains(f"^{THREE_DIGITS}$"), words)
    if how.decimal == ",":
        fits = _where(words.str.contains(_NUMBER_COMMA), words).str.replace(",", ".", literal=True)
    else:
        fits = _where(words.str.contains(_NUMBER), words)
    found = fits.cast(pl.Float64, strict=False)
    return _times(_where(found.is_finite(), found), how)


def _date(words: pl.Series, how: How) -> pl.Series:
    fits = _where(words.str.contains(_pattern(how.form)), words)
    found = fits.str.to_date(how.form, strict=False)
    return _where(found.dt.year() >= 1, found)


def _pattern(form: str) -> str:
    pattern = "".join(f"\\{sign}" if sign in r"\.+*?()|[]{}^$#&-~ " else sign for sign in form)
    for part, digits in (_PARTS | ({"%m": "[0-9]{2}", "%d": "[0-9]{2}"} if form == ISO else {})).items():
        pattern = pattern.replace(part, digits)
    return f"^{pattern}$"


_WORDS: dict[type, Callable[[pl.Series, How], pl.Series]] = {
    bool: _bool, int: _whole, float: _number, Money: _number, date: _date
}  # fmt: skip


# Columns of another type ------------------------------------------------------------------------------


def _times(numbers: pl.Series, how: How) -> pl.Series:
    if how.times == 1:
        return numbers
    # a hundredth of 7.3 is 0.073, which multiplying alone does not give
    return (numbers * how.times).round_sig_figs(15)


def _times_whole(numbers: pl.Series, how: How) -> pl.Series:
    if how.times == 1:
        return numbers
    return _where(numbers.cast(pl.Float64).abs() * abs(how.times) <= LARGEST, numbers * int(how.times))


def _whole_of(column: pl.Series, how: How) -> pl.Series:
    # pandas makes floats of whole numbers where some are not known
    whole = column if column.dtype.is_integer() else _where(column == column.round(), column)
    return _times_whole(whole.cast(pl.Int64, strict=False), how)


def _number_of(column: pl.Series, how: How) -> pl.Series:
    return _times(column.cast(pl.Float64), how)


def _date_of(column: pl.Series, _: How) -> pl.Series:
    day = column.dt.date()
    return day if column.dtype == pl.Date else _where(column == day.cast(column.dtype), day)


def _bool_of(column: pl.Series, _: How) -> pl.Series:
    return column


_TYPED: dict[type, Callable[[pl.Series, How], pl.Series]] = {
    bool: _bool_of, int: _whole_of, float: _number_of, Money: _number_of, date: _date_of
}  # fmt: skip


# What is told -----------------------------------------------------------------------------------------


def why_not(how: How, value: Any) -> str:
    """What is told of a value that is none of a fact."""
    where = f" in {how.source!r}" if how.source != how.column else ""
    found = f"found {_short(value)}{where}"
    if how.codes:
        return f"expected one of {', '.join(how.codes)}, as the map has them; {found}"
    if how.doubts and may_be_thousands(str(value)):
        hint = ", or say decimal = '.' in the map if the point stands before decimals" if how.times == 1000 else ""
        return f"{both_readings(str(value))}{hint}{where and f'; found{where}'}"
    if how.kind is date and how.form != ISO:
        return f"expected a date such as {date(2020, 12, 31).strftime(how.form)}; {found}"
    hint = "; say decimal = ',' in a map if that is how decimals are written" if _has_comma(how, value) else ""
    return f"expected {SCALARS.get(how.kind) or expected(how.kind)}; {found}{hint}"


def _has_comma(how: How, value: Any) -> bool:
    return (
        how.kind in (float, Money) and how.decimal != "," and isinstance(value, str)
        and bool(pl.Series([value]).str.contains(_NUMBER_COMMA)[0])
    )  # fmt: skip


def _short(value: Any) -> str:
    written = repr(value) if isinstance(value, str) else str(value)
    return written if len(written) <= 60 else f"{written[:60]}…"
