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

from .written import UNSAID, Marks, read_number

ISO = "%Y-%m-%d"
YES_OR_NO = {"true": True, "ja": True, "yes": True, "waar": True, "false": False, "nee": False, "no": False,
             "onwaar": False}  # fmt: skip
"""The words for true and false that need no map, in any capitals; a Dutch spreadsheet writes WAAR."""

LONGEST_WORD = 40
"""What is longer is no word of a list."""


def _spelt(how: How) -> Mapping[str, Any]:
    own = YES_OR_NO if how.kind is bool else spellings(how.kind) if issubclass(how.kind, enum.Enum) else {}
    codes = {fold(code) for code in how.codes}
    return {**{word: meaning for word, meaning in own.items() if word not in codes}, **folded(how.codes)}


@attrs.frozen(kw_only=True)
class How:
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
    kind: type
    unknown: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    absence: str | None = None
    marks: Marks = UNSAID
    codes: Mapping[str, Any] = attrs.field(factory=dict)
    times: float = 1
    stated: bool = False
    form: str | None = None
    day_first: bool = True
    spelt: Mapping[str, Any] = attrs.field(init=False, repr=False, default=attrs.Factory(_spelt, takes_self=True))

    @property
    def blank(self) -> list[str]:
        """The words that mean unknown in this column, in small letters."""
        own = {fold(code) for code in self.codes}
        return [word.strip().lower() for word in self.unknown if fold(word) not in own]

    @property
    def doubts(self) -> bool:
        """Whether a number with three digits after its mark may be thousands."""
        return self.kind is Money and not self.stated


def read_word(word: str, how: How) -> Any:
    """The value of a word, as its column holds it.

    Raises:
        ValueError: it is none of the fact.
        TwoReadingsError: it can be two values; says which.

    """
    if word.strip() in how.codes:
        return how.codes[word.strip()]
    spelt = how.spelt.get(fold(word))
    if spelt is not None:
        return spelt
    read = _READ.get(how.kind)
    if read is None:
        raise ValueError("no word of the fact")
    return read(word, how)


def _read_number(word: str, how: How) -> float:
    if how.doubts and may_be_thousands(word) and re.search("[eE]", word):
        raise TwoReadingsError(both_readings(word))
    percent = how.kind is float and how.times in (1, 0.01)
    number = read_number(word, how.marks, amount=how.kind is Money, percent=percent)
    hundredths = percent and "%" in word  # which the map may say as well
    found = float(number if how.times == 1 or hundredths else number * Decimal(str(how.times)))
    if not math.isfinite(found):
        raise ValueError("too large")
    return found


def _read_whole(word: str, how: How) -> int:
    number = read_number(word, how.marks) * int(how.times)
    if abs(number) > MAX_SAFE_INTEGER or number != number.to_integral_value():
        raise ValueError("no whole number, or too large")
    return int(number)


def _read_date(word: str, how: How) -> date:
    if how.form is None:
        return parse_date(word, day_first=how.day_first)
    return datetime.strptime(MIDNIGHT.sub("", word.strip()), how.form).date()  # noqa: DTZ007


_READ: dict[type, Callable[[str, How], Any]] = {
    int: _read_whole, float: _read_number, Money: _read_number, date: _read_date
}  # fmt: skip


def why_not(how: How, value: Any) -> str:
    """What is told of a value that is none of a fact."""
    where = f" in {how.source!r}" if how.source != how.column else ""
    found = f"found {shorten(repr(value) if isinstance(value, str) else value, 60)}{where}"
    two = _two_readings(how, value)
    if two is not None:
        return f"{two}{where and f'; found{where}'}"
    if how.codes and (isinstance(value, str) or how.kind not in _READ):
        codes = f"expected one of {', '.join(how.codes)}, as the map has them"
        beside = f", or {SCALARS[how.kind]}" if how.kind in _READ else ""
        return f"{codes}{beside}; {found}{_to_say(how, value)}"
    if how.kind is date and how.form not in (None, ISO):
        return f"expected a date such as {date(2020, 12, 31).strftime(how.form or ISO)}; {found}"
    hint = suggest(value, spellings(how.kind).values(), how.kind) if issubclass(how.kind, enum.Enum) else ""
    return f"expected {describe_type(how.kind)}; {found}{hint or _to_say(how, value)}"


def _to_say(how: How, value: Any) -> str:
    """What a map can say of a word that only its user understands; of numbers, only why one is not read."""
    if how.kind is int and isinstance(value, str) and _has_decimals(value, how):
        return "; it is not rounded: give whole numbers, or leave this column out"
    listed = how.kind is bool or how.kind not in _READ
    if not isinstance(value, str) or len(value) > LONGEST_WORD or not (listed or re.fullmatch("[^0-9]+", value)):
        return ""
    word = shorten(repr(value.strip()), 60)
    # where unknown is not safe, nobody is told to say so
    safe = how.column not in (AS_OF, "award__procedure") and not how.column.endswith("__valid_until")
    ways = [f"unknown = [{word}]"] if safe else []
    if how.kind is bool:
        ways = [f"true = [{word}]", f"false = [{word}]", *ways]
    elif how.kind is not date:
        ways = [f"codes = {{ {word} = … }}", *ways]
    return f"; say {' or '.join(ways)} in the map" if ways else ""


def _has_decimals(word: str, how: How) -> bool:
    try:
        number = read_number(word, how.marks)
        return number != number.to_integral_value()
    except ValueError:
        return False


def _two_readings(how: How, value: Any) -> str | None:
    """What a value can be where it can be two things, and what to write there or in a map."""
    told = both_readings(str(value)) if how.doubts and may_be_thousands(str(value)) else ""
    try:
        if isinstance(value, str):
            read_word(value, how)
    except TwoReadingsError as error:
        told = str(error)
    except ValueError:
        pass
    if not told:
        return None
    if how.kind is date:
        mark = re.sub("[0-9 T:]", "", str(value))[:1]
        return f"{told}, or say date = '%d{mark}%m{mark}%Y' in the map if the day stands first"
    if how.times == 1000:
        return f"{told}, or say decimal = '.' in the map if the point stands before decimals"
    mark = "." if "." in str(value) else ","
    if not isinstance(value, str) or how.marks.decimal == mark:
        return told
    return f"{told}, or say thousands = '{mark}' in the map if it stands between thousands"
