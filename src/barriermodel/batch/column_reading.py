"""How one column is read as a fact: a word at a time, and what is told of a word that is none of its values."""

from __future__ import annotations

import enum
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs

from barriermodel.analysis.columns import AS_OF
from barriermodel.analysis.facts import (
    MAX_SAFE_INTEGER,
    MIDNIGHT,
    SCALARS,
    TwoReadingsError,
    both_readings,
    describe_type,
    may_be_thousands,
    parse_date,
)
from barriermodel.analysis.objects import shorten
from barriermodel.analysis.text import fold, folded, spellings, suggest
from barriermodel.plugin import Money

from .numerals import ANY_SIGNS, NumberSigns, read_number

ISO_DATE = "%Y-%m-%d"
BOOLEAN_WORDS = {"true": True, "ja": True, "yes": True, "waar": True, "false": False, "nee": False, "no": False,
             "onwaar": False}  # fmt: skip
"""The words for true and false that need no map, in any capitals; a Dutch spreadsheet writes WAAR."""

MAX_WORD_LENGTH = 40
"""What is longer is no word of a list."""


def _spellings(reading: ColumnReading) -> Mapping[str, Any]:
    own = (
        BOOLEAN_WORDS
        if reading.fact_type is bool
        else spellings(reading.fact_type)
        if issubclass(reading.fact_type, enum.Enum)
        else {}
    )
    codes = {fold(code) for code in reading.codes}
    return {**{word: meaning for word, meaning in own.items() if word not in codes}, **folded(reading.codes)}


@attrs.frozen(kw_only=True)
class ColumnReading:
    """How one column is read as a fact.

    Args:
        column: the fact's column, which is made.
        source: the column that it is made from; may be the same.
        kind: the type of the fact.
        unknown: the words that mean unknown, beside blank text; capitals make no difference. What the column itself
            has a meaning for goes before.
        marks: the marks in numbers, as far as the map says them.
        absent: the words that mean that there is no evidence of the fact's kind; the fact itself is unknown.
        absence: the column in which that is told.
        codes: the user's words, and what they stand for, beside the words of the fact itself.
        times: what a number is multiplied by.
        stated: the map says so much of an amount that three digits after its point are decimals.
        form: how a date is written, as in ``%d-%m-%Y``; None where nobody said.
        day_first: whether no date of the column shows that the month may stand before the day.
        spelt: the codes and the words of the fact, as :func:`fold` has them.

    """

    column: str
    source: str
    fact_type: type
    unknown_words: tuple[str, ...] = ()
    absent_words: tuple[str, ...] = ()
    absence_column: str | None = None
    number_signs: NumberSigns = ANY_SIGNS
    codes: Mapping[str, Any] = attrs.field(factory=dict)
    factor: float = 1
    point_is_decimal: bool = False
    date_format: str | None = None
    day_first: bool = True
    spellings: Mapping[str, Any] = attrs.field(
        init=False, repr=False, default=attrs.Factory(_spellings, takes_self=True)
    )

    @property
    def blank_words(self) -> list[str]:
        """The words that mean unknown in this column, in small letters."""
        own = {fold(code) for code in self.codes}
        return [word.strip().lower() for word in self.unknown_words if fold(word) not in own]

    @property
    def thousands_possible(self) -> bool:
        """Whether a number with three digits after its mark may be thousands."""
        return self.fact_type is Money and not self.point_is_decimal


def read_word(word: str, reading: ColumnReading) -> Any:
    """The value of a word, as its column holds it.

    Raises:
        ValueError: it is none of the fact.
        TwoReadingsError: it can be two values; says which.

    """
    if word.strip() in reading.codes:
        return reading.codes[word.strip()]
    spelt = reading.spellings.get(fold(word))
    if spelt is not None:
        return spelt
    read = _READ.get(reading.fact_type)
    if read is None:
        raise ValueError("no word of the fact")
    return read(word, reading)


def _read_number(word: str, reading: ColumnReading) -> float:
    if reading.thousands_possible and may_be_thousands(word) and re.search("[eE]", word):
        raise TwoReadingsError(both_readings(word))
    percent = reading.fact_type is float and reading.factor in (1, 0.01)
    number = read_number(word, reading.number_signs, amount=reading.fact_type is Money, percent=percent)
    hundredths = percent and "%" in word  # which the map may say as well
    found = float(number if reading.factor == 1 or hundredths else number * Decimal(str(reading.factor)))
    if not math.isfinite(found):
        raise ValueError("too large")
    return found


def _read_whole(word: str, reading: ColumnReading) -> int:
    number = read_number(word, reading.number_signs) * int(reading.factor)
    if abs(number) > MAX_SAFE_INTEGER or number != number.to_integral_value():
        raise ValueError("no whole number, or too large")
    return int(number)


def _read_date(word: str, reading: ColumnReading) -> date:
    if reading.date_format is None:
        return parse_date(word, day_first=reading.day_first)
    return datetime.strptime(MIDNIGHT.sub("", word.strip()), reading.date_format).date()  # noqa: DTZ007


_READ: dict[type, Callable[[str, ColumnReading], Any]] = {
    int: _read_whole, float: _read_number, Money: _read_number, date: _read_date
}  # fmt: skip


def describe_problem(reading: ColumnReading, value: Any) -> str:
    """What is told of a value that is none of a fact."""
    where = f" in {reading.source!r}" if reading.source != reading.column else ""
    found = f"found {shorten(repr(value) if isinstance(value, str) else value, 60)}{where}"
    two = _two_readings(reading, value)
    if two is not None:
        return f"{two}{where and f'; found{where}'}"
    if reading.codes and (isinstance(value, str) or reading.fact_type not in _READ):
        codes = f"expected one of {', '.join(reading.codes)}, as the map has them"
        beside = f", or {SCALARS[reading.fact_type]}" if reading.fact_type in _READ else ""
        return f"{codes}{beside}; {found}{_suggest_map_entry(reading, value)}"
    if reading.fact_type is date and reading.date_format not in (None, ISO_DATE):
        return f"expected a date such as {date(2020, 12, 31).strftime(reading.date_format or ISO_DATE)}; {found}"
    hint = (
        suggest(value, spellings(reading.fact_type).values(), reading.fact_type)
        if issubclass(reading.fact_type, enum.Enum)
        else ""
    )
    return f"expected {describe_type(reading.fact_type)}; {found}{hint or _suggest_map_entry(reading, value)}"


def _suggest_map_entry(reading: ColumnReading, value: Any) -> str:
    """What a map can say of a word that only its user understands; of numbers, only why one is not read."""
    if reading.fact_type is int and isinstance(value, str) and _has_decimals(value, reading):
        return "; it is not rounded: give whole numbers, or leave this column out"
    listed = reading.fact_type is bool or reading.fact_type not in _READ
    if not isinstance(value, str) or len(value) > MAX_WORD_LENGTH or not (listed or re.fullmatch("[^0-9]+", value)):
        return ""
    word = shorten(repr(value.strip()), 60)
    # where unknown is not safe, nobody is told to say so
    safe = reading.column not in (AS_OF, "award__procedure") and not reading.column.endswith("__valid_until")
    ways = [f"unknown = [{word}]"] if safe else []
    if reading.fact_type is bool:
        ways = [f"true = [{word}]", f"false = [{word}]", *ways]
    elif reading.fact_type is not date:
        ways = [f"codes = {{ {word} = … }}", *ways]
    return f"; say {' or '.join(ways)} in the map" if ways else ""


def _has_decimals(word: str, reading: ColumnReading) -> bool:
    try:
        number = read_number(word, reading.number_signs)
        return number != number.to_integral_value()
    except ValueError:
        return False


def _two_readings(reading: ColumnReading, value: Any) -> str | None:
    """What a value can be where it can be two things, and what to write there or in a map."""
    told = both_readings(str(value)) if reading.thousands_possible and may_be_thousands(str(value)) else ""
    try:
        if isinstance(value, str):
            read_word(value, reading)
    except TwoReadingsError as error:
        told = str(error)
    except ValueError:
        pass
    if not told:
        return None
    if reading.fact_type is date:
        mark = re.sub("[0-9 T:]", "", str(value))[:1]
        return f"{told}, or say date = '%d{mark}%m{mark}%Y' in the map if the day stands first"
    if reading.factor == 1000:
        return f"{told}, or say decimal = '.' in the map if the point stands before decimals"
    mark = "." if "." in str(value) else ","
    if not isinstance(value, str) or reading.number_signs.decimal == mark:
        return told
    return f"{told}, or say thousands = '{mark}' in the map if it stands between thousands"
