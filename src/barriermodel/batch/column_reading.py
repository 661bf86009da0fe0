"""How one column is read as a fact: one word at a time, and what is reported about a word that is not a value of it.

A word is read only where it can mean one thing. ``1.250`` can be 1250 or 1.25 and ``03-04-2025`` can be in March or in
April; such a cell is refused, with what to write in the table or in the map instead.
"""

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
BOOLEAN_WORDS = {
    "true": True, "ja": True, "yes": True, "waar": True, "false": False, "nee": False, "no": False, "onwaar": False,
}  # fmt: skip
"""The words for true and false that need no map, in any case; a Dutch spreadsheet writes WAAR and ONWAAR."""
MAX_WORD_LENGTH = 40
"""A longer text is not a code from a list, so no entry for the map is suggested for it."""


def _meanings(reading: ColumnReading) -> Mapping[str, Any]:
    """What each word means, by how :func:`fold` spells it; a code of the user takes the place of a word of the fact."""
    own: Mapping[str, Any] = {}
    if reading.fact_type is bool:
        own = BOOLEAN_WORDS
    elif issubclass(reading.fact_type, enum.Enum):
        own = spellings(reading.fact_type)
    codes = {fold(code) for code in reading.codes}
    return {**{word: meaning for word, meaning in own.items() if word not in codes}, **folded(reading.codes)}


@attrs.frozen(kw_only=True)
class ColumnReading:
    """How one column is read as a fact.

    Args:
        column: the fact's column, which is made.
        source: the column that it is made from; may be the same.
        fact_type: the type of the fact.
        unknown_words: the words that mean unknown, besides blank text, in any case; a code of this column takes
            precedence.
        absent_words: the words that mean that there is no evidence of the fact's kind; the fact itself is unknown.
        absence_column: the column that records this.
        number_signs: the signs in numbers, as far as the map states them.
        codes: the user's words and what they mean, besides the words of the fact itself.
        factor: what a number is multiplied by.
        point_is_decimal: the map leaves no doubt that three digits after the point of an amount are decimals.
        date_format: how a date is written, such as ``%d-%m-%Y``; None if the map does not state it.
        day_first: whether no date in the column shows that the month may come first.

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
    meanings: Mapping[str, Any] = attrs.field(init=False, repr=False, default=attrs.Factory(_meanings, takes_self=True))

    @property
    def blank_words(self) -> list[str]:
        """The words that mean unknown in this column, in lower case."""
        own = {fold(code) for code in self.codes}
        return [word.strip().lower() for word in self.unknown_words if fold(word) not in own]

    @property
    def thousands_possible(self) -> bool:
        """Whether three digits after the sign of a number may be thousands."""
        return self.fact_type is Money and not self.point_is_decimal


# Words ------------------------------------------------------------------------------------------------


def read_word(word: str, reading: ColumnReading) -> Any:
    """The value of a word, as the column of the fact holds it.

    Raises:
        ValueError: it is not a value of the fact.
        TwoReadingsError: it can be two values; the message says which.

    """
    if word.strip() in reading.codes:  # codes may differ in nothing but case
        return reading.codes[word.strip()]
    meaning = reading.meanings.get(fold(word))
    if meaning is not None:
        return meaning
    read = _READERS.get(reading.fact_type)
    if read is None:
        raise ValueError("no word of the fact")
    return read(word, reading)


def _read_number(word: str, reading: ColumnReading) -> float:
    if reading.thousands_possible and may_be_thousands(word) and re.search("[eE]", word):
        raise TwoReadingsError(both_readings(word))
    percent = reading.fact_type is float and reading.factor in (1, 0.01)
    number = read_number(word, reading.number_signs, amount=reading.fact_type is Money, percent=percent)
    # with times = 0.01 in the map, a cell that has a per cent sign as well is not divided twice
    divided = percent and "%" in word
    found = float(number if reading.factor == 1 or divided else number * Decimal(str(reading.factor)))
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


_READERS: dict[type, Callable[[str, ColumnReading], Any]] = {
    int: _read_whole, float: _read_number, Money: _read_number, date: _read_date
}  # fmt: skip


# Problems ---------------------------------------------------------------------------------------------


def describe_problem(reading: ColumnReading, value: Any) -> str:
    """What is reported about a word that is not a value of the fact: what was expected and found, how to mend it."""
    where = f" in {reading.source!r}" if reading.source != reading.column else ""
    found = f"found {shorten(repr(value) if isinstance(value, str) else value, 60)}{where}"
    ambiguous = _describe_two_readings(reading, value)
    if ambiguous is not None:
        return f"{ambiguous}{where and f'; found{where}'}"
    if reading.codes and (isinstance(value, str) or reading.fact_type not in _READERS):
        codes = f"expected one of {', '.join(reading.codes)}, as the map has them"
        beside = f", or {describe_type(reading.fact_type)}" if reading.fact_type in _READERS else ""
        return f"{codes}{beside}; {found}{_suggest_map_entry(reading, value)}"
    if reading.fact_type is date and reading.date_format not in (None, ISO_DATE):
        return f"expected a date such as {date(2020, 12, 31).strftime(reading.date_format or ISO_DATE)}; {found}"
    hint = ""
    if issubclass(reading.fact_type, enum.Enum):
        hint = suggest(value, spellings(reading.fact_type).values(), reading.fact_type)
    return f"expected {describe_type(reading.fact_type)}; {found}{hint or _suggest_map_entry(reading, value)}"


def _suggest_map_entry(reading: ColumnReading, value: Any) -> str:
    """What a map can say about a word that only its user understands; for numbers, only why one is not read."""
    if reading.fact_type is int and isinstance(value, str) and _has_decimals(value, reading):
        return "; it is not rounded: give whole numbers, or leave this column out"
    has_words = reading.fact_type is bool or reading.fact_type not in _READERS
    if not isinstance(value, str) or len(value) > MAX_WORD_LENGTH or not (has_words or re.fullmatch("[^0-9]+", value)):
        return ""
    word = shorten(repr(value.strip()), 60)
    # where unknown could make the advice milder, the map is not suggested as a way to say so
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


def _describe_two_readings(reading: ColumnReading, value: Any) -> str | None:
    """The two values that a cell can be, and what to write there or in the map; None if it cannot be two."""
    two = both_readings(str(value)) if reading.thousands_possible and may_be_thousands(str(value)) else ""
    try:
        if isinstance(value, str):
            read_word(value, reading)
    except TwoReadingsError as error:
        two = str(error)
    except ValueError:
        pass
    if not two:
        return None
    if reading.fact_type is date:
        mark = re.sub("[0-9 T:]", "", str(value))[:1]
        return f"{two}, or say date = '%d{mark}%m{mark}%Y' in the map if the day stands first"
    if reading.factor == 1000:
        return f"{two}, or say decimal = '.' in the map if the point stands before decimals"
    mark = "." if "." in str(value) else ","
    if not isinstance(value, str) or reading.number_signs.decimal == mark:
        return two
    return f"{two}, or say thousands = '{mark}' in the map if it stands between thousands"
