"""The types a fact can have, and what is a value of each."""

from __future__ import annotations

import enum
import math
import re
from calendar import monthrange
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias, TypeGuard

import attrs

from ..errors import DefinitionError
from ..objects import shorten
from ..text import Localized
from .unknown import UNKNOWN, Fact

Ratio: TypeAlias = float
"""A share of one: 0.10 is ten per cent."""

MAX_SAFE_INTEGER: int = 10**15 - 1
"""The largest whole number, and amount in cents: fifteen digits, which every JSON reader keeps exactly (RFC 7493)."""


@attrs.frozen
class Months:
    """A number of calendar months."""

    count: int

    def __attrs_post_init__(self) -> None:
        if type(self.count) is not int:
            raise ValueError(f"write Months(12), with a whole number; got {self.count!r}")


@attrs.frozen(order=True, kw_only=True, repr=False)
class Money:
    """An exact amount in euros, counted in whole cents. Write it as ``euro("12.50")``."""

    cents: int

    def __attrs_post_init__(self) -> None:
        value = self.cents
        if type(value) is not int or not -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
            raise ValueError(f"an amount is a whole number of cents, at most {MAX_SAFE_INTEGER}; got {value!r}")

    def __repr__(self) -> str:
        return f"euro('{self.euros}')"

    @property
    def euros(self) -> Decimal:
        """The amount as a decimal number of euros."""
        return Decimal(self.cents).scaleb(-2)

    def __add__(self, other: Money) -> Money:
        return Money(cents=self.cents + other.cents) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other: Money) -> Money:
        return Money(cents=self.cents - other.cents) if isinstance(other, Money) else NotImplemented

    def __mul__(self, times: int) -> Money:
        return Money(cents=self.cents * times) if type(times) is int else NotImplemented

    __rmul__ = __mul__


def euro(amount: int | str | Decimal) -> Money:
    """An amount in euros: ``euro(1250000)``, ``euro("12.50")``.

    Raises:
        ValueError: more than two decimals, not a number, too large, or a text that may be thousands, as ``"558.000"``.
        TypeError: a float, which cannot hold every amount.

    """
    if type(amount) not in (int, str, Decimal):
        instead = f"; write euro({str(amount)!r})" if isinstance(amount, float) else ""
        raise TypeError(f"an amount is an int, a str or a Decimal; got {amount!r}{instead}")
    if isinstance(amount, str) and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", amount):
        raise ValueError(f"{shorten(amount)!r} is not an amount; write it as 1250000 or 12.50")
    if isinstance(amount, str) and may_be_thousands(amount):
        raise ValueError(both_readings(amount))
    try:
        number = Decimal(amount)
    except InvalidOperation:
        raise ValueError(f"{amount!r} is not an amount") from None
    if not number.is_finite() or number.adjusted() > 15:
        raise ValueError(f"an amount is at most {MAX_SAFE_INTEGER // 100} euros; got {shorten(amount)}")
    if number != round(number, 2):
        raise ValueError(f"an amount has at most two decimals; got {shorten(amount)}")
    return Money(cents=int(number.scaleb(2)))


class TwoReadingsError(ValueError):
    """What is written can be two values; the message says which, and what to write."""


THREE_DIGITS = r"-?[0-9]+[.,][0-9]{3}(?:[eE][+-]?[0-9]+)?"
"""An amount that is written so may have a mark before its decimals or between thousands: 558.000 or 558,000."""


def may_be_thousands(written: str) -> bool:
    """Whether exactly three digits follow a single point or comma."""
    return re.fullmatch(THREE_DIGITS, written) is not None


def both_readings(written: str, what: str = "amount") -> str:
    """What is told of it: ``the amount 558.000 can be 558 or 558,000; write 558 or 558000``."""
    whole, part = re.split("[.,]", re.split("[eE]", written)[0])
    small = f"{whole}.{part}".rstrip("0").rstrip(".")
    many = f"{Decimal(whole + part):,}"
    large = int(whole + part)
    otherwise = f"{large}, or at most two decimals" if what == "amount" else f"{large}, or its decimals otherwise"
    how = f"{small} or {large}" if part.endswith("0") else otherwise
    return f"the {what} {shorten(written)} can be {shorten(small)} or {shorten(many)}; write {shorten(how)}"


class Unexpected(ValueError):
    """A value is not what was expected.

    Args:
        expected: what would have been right: ``a date (YYYY-MM-DD)``.
        message: what is wrong, in a sentence.

    """

    def __init__(self, expected: str, message: str) -> None:
        super().__init__(expected, message)
        self.expected = expected

    def __str__(self) -> str:
        return str(self.args[1])


def unexpected(expected: str, got: str = "", hint: str = "") -> Unexpected:
    """The error ``expected a list; got text``; ``hint`` stands behind it."""
    return Unexpected(expected, f"expected {expected}{f'; got {got}' if got else ''}{hint}")


SCALARS: dict[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number (a ratio: 0.10 is 10%)",
    Money: "an amount in euros with at most two decimals",
    date: "a date (YYYY-MM-DD)",
    str: "text",
}
"""Every type of fact beside enumerations, with how to say what is expected."""


def is_scalar(kind: object) -> bool:
    """Whether a fact can have this type; an enumeration is one of texts, as files hold it."""
    return kind in SCALARS or (_is_enum_of_texts(kind) and not _compares_in_its_own_way(kind))


def _is_enum_of_texts(kind: object) -> TypeGuard[type[enum.Enum]]:
    return isinstance(kind, type) and issubclass(kind, enum.Enum) and all(type(member.value) is str for member in kind)


def _compares_in_its_own_way(kind: type[enum.Enum]) -> bool:
    """Whether a comparison in a rule could do anything."""
    plain = kind.__eq__ in (object.__eq__, str.__eq__) and kind.__hash__ in (enum.Enum.__hash__, str.__hash__)
    return not plain


def not_scalar_error(kind: object, where: str, otherwise: str) -> DefinitionError:
    """What is told of a type that no fact can have.

    Args:
        otherwise: what to use; an enumeration of texts that compares in its own way is told what is wrong with it.

    """
    if _is_enum_of_texts(kind):
        otherwise = f"{kind.__name__} compares in its own way; take `__eq__` and `__hash__` away."
    return DefinitionError(f"{where}: {otherwise}")


def describe_type(kind: type) -> str:
    """How to say what a value of this type is."""
    if issubclass(kind, enum.Enum):
        return "one of " + ", ".join(str(member.value) for member in kind)
    return SCALARS[kind]


def validate(kind: type, value: Any) -> Any:
    """The value, if it is one of this type; NaN and infinities are unknown.

    Raises:
        ValueError: it is not; nothing is coerced, but a whole number may stand for a ratio.

    """
    if kind is float and type(value) in (int, float):
        try:
            return float(value) if math.isfinite(value) else UNKNOWN
        except OverflowError:
            raise ValueError(f"the number {shorten(value)} is too large") from None
    if kind is int and type(value) is int and not -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        raise ValueError(f"the number {shorten(value)} is too large")
    # `is`, for a bool is an int and a datetime is a date
    if type(value) is not kind:
        raise unexpected(describe_type(kind), shorten(repr(value)))
    if isinstance(value, str):
        _check_text(value)
    return value


def _check_text(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("the text has half of a character (an unpaired surrogate)") from None


def add_months_to(day: Fact[date], count: Fact[int]) -> Fact[date]:
    """The same day so many months later, or the month's last day; unknown outside the years 1 to 9999."""
    if day is UNKNOWN or count is UNKNOWN:
        return UNKNOWN
    years, month = divmod(day.month - 1 + count, 12)
    year, month, number = day.year + years, month + 1, day.day
    if not 1 <= year <= 9999:
        return UNKNOWN
    if number > 28:
        number = min(number, monthrange(year, month)[1])
    return date(year, month, number)


def to_json(value: Any) -> Any:
    """A fact's value as JSON holds it: an amount as a number of euros, an enumeration by its value."""
    if value is UNKNOWN or value is None:
        return None
    if isinstance(value, tuple):
        return [to_json(member) for member in value]
    if isinstance(value, Localized):
        return {"nl": value.nl, "en": value.en}
    if isinstance(value, Money):
        return value.cents / 100 if value.cents % 100 else value.cents // 100
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "value", value)
