"""From a user's column to the values of a fact. What is not such a value is reported, never guessed.

Most cells are as programs write them (``1250``, ``2026-01-15``), and Polars reads these all at once. Only what is left
is read one distinct word at a time, by :func:`read_word`, which understands what people write.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from barriermodel.analysis.facts import MAX_SAFE_INTEGER, THREE_DIGITS, describe_type
from barriermodel.plugin import Money

from .column_reading import ISO_DATE, ColumnReading, read_word

_DTYPES: dict[type, Any] = {
    bool: pl.Boolean(), int: pl.Int64(), float: pl.Float64(), Money: pl.Float64(), date: pl.Date()
}  # fmt: skip
_WHOLE = r"^-?[0-9]+$"
_NUMBER = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_ISO_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def dtype_of(kind: type) -> pl.DataType:
    """The type of a column that holds a fact of this type: amounts in euros, enumerations as text."""
    found: pl.DataType = _DTYPES.get(kind, pl.String())
    return found


def type_problem(reading: ColumnReading, found: pl.DataType) -> str | None:
    """Why a column of a type cannot be read as a fact, whatever is in it; None if it can."""
    if _is_text(reading, found) or found == pl.Null or _has_type(reading.fact_type, found):
        return None
    return f"expected {describe_type(reading.fact_type)}; found a column of {found}"


def _is_text(reading: ColumnReading, found: pl.DataType) -> bool:
    """Whether a column is read word by word; with codes, a column of whole numbers is too (1 for yes)."""
    if reading.codes and reading.fact_type not in _ALL_AT_ONCE:
        return not found.is_nested() and found != pl.Binary
    return found in (pl.String, pl.Categorical, pl.Enum)


def _has_type(kind: type, found: pl.DataType) -> bool:
    if kind is bool:
        return found == pl.Boolean
    if kind in (int, float, Money):
        return found.is_numeric()
    return kind is date and found in (pl.Date, pl.Datetime)


def read_column(column: pl.Series, reading: ColumnReading) -> tuple[pl.Series, pl.Series]:
    """The values of a fact (null where unknown), and a mask of the rows that hold something else."""
    if column.dtype == pl.Null:
        return column.cast(dtype_of(reading.fact_type)), column.is_not_null()
    if not _is_text(reading, column.dtype):
        return _with_mask(column, _TYPED[reading.fact_type](column, reading))
    words = column.cast(pl.String)
    bare = words.str.strip_chars()
    blank = (bare == "") | bare.str.to_lowercase().is_in(reading.blank_words) | _is_one_of(bare, reading.absent_words)
    words = pl.select(pl.when(~blank).then(words)).to_series()
    if reading.fact_type is str and not reading.codes:
        # invisible spaces around a name would make it another name; the user's own column keeps them
        return _with_mask(words, words if reading.source == reading.column else words.str.strip_chars())
    return _with_mask(words, _read(words, reading))


def absence_of(column: pl.Series, reading: ColumnReading) -> pl.Series:
    """True where a column says that there is no evidence of its fact's kind; otherwise unknown, never false."""
    nothing = pl.Series([None], dtype=pl.Boolean).new_from_index(0, len(column))
    if not _is_text(reading, column.dtype):
        return nothing
    absent = _is_one_of(column.cast(pl.String).str.strip_chars(), reading.absent_words)
    return _where(absent, pl.Series([True]).new_from_index(0, len(column)))


def _is_one_of(bare: pl.Series, words: tuple[str, ...]) -> pl.Series:
    return bare.str.to_lowercase().is_in([word.strip().lower() for word in words])


def _with_mask(given: pl.Series, found: pl.Series) -> tuple[pl.Series, pl.Series]:
    return found, found.is_null() & given.is_not_null()


def _where(condition: pl.Series, value: pl.Series) -> pl.Series:
    return pl.select(pl.when(condition).then(value)).to_series()


# Columns of text --------------------------------------------------------------------------------------


def _read(words: pl.Series, reading: ColumnReading) -> pl.Series:
    all_at_once = None if reading.codes else _ALL_AT_ONCE.get(reading.fact_type)
    if all_at_once is None:
        return _one_by_one(words, reading)
    found = all_at_once(words, reading)
    rest = _where(found.is_null(), words)
    if rest.null_count() == len(rest):
        return found
    return found.zip_with(found.is_not_null(), _one_by_one(rest, reading))


def _one_by_one(words: pl.Series, reading: ColumnReading) -> pl.Series:
    # in a column of its own, a word that an enumeration does not have is kept: assessing the table reports it
    keeps = issubclass(reading.fact_type, enum.Enum) and reading.source == reading.column and not reading.codes
    meanings: dict[str, Any] = {}
    for word in words.drop_nulls().unique():
        try:
            meanings[word] = read_word(word, reading)
        except ValueError:  # it stays null, and the caller reports it in its row
            continue
    return words.replace_strict(meanings, default=words if keeps else None, return_dtype=dtype_of(reading.fact_type))


def _whole(words: pl.Series, reading: ColumnReading) -> pl.Series:
    return _times_whole(_where(words.str.contains(_WHOLE), words).cast(pl.Int64, strict=False), reading)


def _number(words: pl.Series, reading: ColumnReading) -> pl.Series:
    fits = words.str.contains(_NUMBER if "." in reading.number_signs.before_decimals else _WHOLE)
    if reading.thousands_possible:
        fits &= ~words.str.contains(f"^{THREE_DIGITS}$")
    found = _where(fits, words).cast(pl.Float64, strict=False)
    return _times(_where(found.is_finite(), found), reading)


def _date(words: pl.Series, reading: ColumnReading) -> pl.Series:
    return iso_dates(words if reading.date_format in (None, ISO_DATE) else words.clear(len(words)))


def iso_dates(words: pl.Series) -> pl.Series:
    """Dates as programs write them, and no others."""
    found = _where(words.str.contains(_ISO_DATE), words).str.to_date(ISO_DATE, strict=False)
    return _where(found.dt.year() >= 1, found)  # Python has no year 0


_ALL_AT_ONCE: dict[type, Callable[[pl.Series, ColumnReading], pl.Series]] = {
    int: _whole, float: _number, Money: _number, date: _date
}  # fmt: skip
"""By type of fact, the function that reads what programs write; the rest of the column stays null."""


# Columns of another type ------------------------------------------------------------------------------


def _times(numbers: pl.Series, reading: ColumnReading) -> pl.Series:
    if reading.factor == 1:
        return numbers
    # a hundredth of 7.3 is 0.073, which multiplying alone does not give
    return (numbers * reading.factor).round_sig_figs(15)


def _times_whole(numbers: pl.Series, reading: ColumnReading) -> pl.Series:
    if reading.factor == 1:
        return numbers
    # what grows beyond the largest whole number is null, and so reported, rather than wrapped around
    fits = numbers.cast(pl.Float64).abs() * abs(reading.factor) <= MAX_SAFE_INTEGER
    return _where(fits, numbers * int(reading.factor))


def _whole_of(column: pl.Series, reading: ColumnReading) -> pl.Series:
    # pandas makes floats of whole numbers where some are not known
    whole = column if column.dtype.is_integer() else _where(column == column.round(), column)
    return _times_whole(whole.cast(pl.Int64, strict=False), reading)


def _number_of(column: pl.Series, reading: ColumnReading) -> pl.Series:
    return _times(column.cast(pl.Float64), reading)


def _date_of(column: pl.Series, _: ColumnReading) -> pl.Series:
    day = column.dt.date()
    # a moment that is not midnight is not a date
    return day if column.dtype == pl.Date else _where(column == day.cast(column.dtype), day)


def _bool_of(column: pl.Series, _: ColumnReading) -> pl.Series:
    return column


_TYPED: dict[type, Callable[[pl.Series, ColumnReading], pl.Series]] = {
    bool: _bool_of, int: _whole_of, float: _number_of, Money: _number_of, date: _date_of
}  # fmt: skip
