"""The types a fact can have, and checking the values of each."""

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
"""A proportion as a float: 0.10 is ten per cent."""

MAX_SAFE_INTEGER: int = 10**15 - 1
"""The largest whole number, and amount in cents: 15 digits, which every JSON reader keeps exactly (RFC 7493)."""


@attrs.frozen
class Months:
    """A period in calendar months, such as ``valid_for=Months(18)``.

    Raises:
        ValueError: ``count`` is not a whole number.

    >>> Months(18).count
    18

    """

    count: int

    def __attrs_post_init__(self) -> None:
        if type(self.count) is not int:
            raise ValueError(f"write Months(12), with a whole number; got {self.count!r}")


@attrs.frozen(order=True, kw_only=True, repr=False)
class Money:
    """An exact amount in whole cents. Write it as ``euro("12.50")``.

    Amounts are added, subtracted, compared, and multiplied by whole numbers.

    Args:
        cents: at most 15 digits.

    Raises:
        ValueError: ``cents`` is not a whole number, or is too large.

    >>> 3 * euro("12.50")
    euro('37.50')
    >>> euro(20) > euro("19.99")
    True

    """

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
    """Create an amount in euros.

    Args:
        amount: whole euros, or a text or decimal with at most two decimals.

    Raises:
        ValueError: it has more than two decimals, is no number, is too large, or may be thousands (``"558.000"``).
        TypeError: a float, which cannot hold every amount exactly.

    >>> euro("12.50").cents
    1250
    >>> euro("558.000")
    Traceback (most recent call last):
    ValueError: the amount 558.000 can be 558 or 558,000; write 558 or 558000

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
    """A text can be read as two values; the message names both and says what to write."""


THREE_DIGITS = r"-?[0-9]+[.,][0-9]{3}(?:[eE][+-]?[0-9]+)?"
"""An amount whose one mark may precede decimals or separate thousands: 558.000 or 558,000."""


def may_be_thousands(written: str) -> bool:
    """Return whether exactly three digits follow a single point or comma."""
    return re.fullmatch(THREE_DIGITS, written) is not None


def both_readings(written: str, what: str = "amount") -> str:
    """Return the message ``the amount 558.000 can be 558 or 558,000; write 558 or 558000``."""
    whole, part = re.split("[.,]", re.split("[eE]", written)[0])
    small = f"{whole}.{part}".rstrip("0").rstrip(".")
    many = f"{Decimal(whole + part):,}"
    large = int(whole + part)
    otherwise = f"{large}, or at most two decimals" if what == "amount" else f"{large}, or its decimals otherwise"
    how = f"{small} or {large}" if part.endswith("0") else otherwise
    return f"the {what} {shorten(written)} can be {shorten(small)} or {shorten(many)}; write {shorten(how)}"


class Unexpected(ValueError):
    """A value is not of the expected type.

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
    """Create the error ``expected a list; got text``, followed by ``hint``."""
    return Unexpected(expected, f"expected {expected}{f'; got {got}' if got else ''}{hint}")


SCALARS: dict[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number (a ratio: 0.10 is 10%)",
    Money: "an amount in euros with at most two decimals",
    date: "a date (YYYY-MM-DD)",
    str: "text",
}
"""Every type a fact can have besides enumerations, with its description for error messages."""


def is_scalar(kind: object) -> bool:
    """Return whether a fact can have this type. Enumerations must have texts as values, as files hold them."""
    return kind in SCALARS or (_is_enum_of_texts(kind) and not _has_own_comparison(kind))


def _is_enum_of_texts(kind: object) -> TypeGuard[type[enum.Enum]]:
    return isinstance(kind, type) and issubclass(kind, enum.Enum) and all(type(member.value) is str for member in kind)


def _has_own_comparison(kind: type[enum.Enum]) -> bool:
    """Whether ``==`` runs code of the plugin, so that a comparison in a rule could do anything."""
    plain = kind.__eq__ in (object.__eq__, str.__eq__) and kind.__hash__ in (enum.Enum.__hash__, str.__hash__)
    return not plain


def not_scalar_error(kind: object, where: str, otherwise: str) -> DefinitionError:
    """Return the error about a type that a fact cannot have.

    Args:
        kind: the type.
        where: the fact or parameter that has it.
        otherwise: what to use instead; not said of an enumeration whose only fault is a comparison of its own.

    """
    if _is_enum_of_texts(kind):
        otherwise = f"{kind.__name__} defines its own comparison; remove `__eq__` and `__hash__`."
    return DefinitionError(f"{where}: {otherwise}")


def describe_type(kind: type) -> str:
    """Describe a type for error messages: ``a date (YYYY-MM-DD)``."""
    if issubclass(kind, enum.Enum):
        return "one of " + ", ".join(str(member.value) for member in kind)
    return SCALARS[kind]


def validate(kind: type, value: Any) -> Any:
    """Return a value if it is of this type; NaN and infinities become UNKNOWN.

    Raises:
        ValueError: it is not. Nothing is coerced, except that a whole number may stand for a ratio.

    """
    if kind is float and type(value) in (int, float):
        try:
            return float(value) if math.isfinite(value) else UNKNOWN
        except OverflowError:
            raise ValueError(f"the number {shorten(value)} is too large") from None
    if kind is int and type(value) is int and not -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        raise ValueError(f"the number {shorten(value)} is too large")
    # not isinstance: a bool is an int, and a datetime is a date
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
    """Return the same day ``count`` months later (earlier if negative), or the last day of that month.

    Months are counted from zero, so that ``divmod`` by 12 carries into the year, also below zero: from March (2), five
    months back is -3 = -1 * 12 + 9, October of the year before. Adding twice is not adding the sum, as the day is cut
    off at each month's end; counting from the original date avoids that.

    The result is UNKNOWN outside the years 1 to 9999.

    >>> add_months_to(date(2024, 1, 31), 1), add_months_to(date(2026, 3, 15), -5)
    (datetime.date(2024, 2, 29), datetime.date(2025, 10, 15))

    """
    if day is UNKNOWN or count is UNKNOWN:
        return UNKNOWN
    years, month = divmod(day.month - 1 + count, 12)
    year, month, number = day.year + years, month + 1, day.day
    if not 1 <= year <= 9999:
        return UNKNOWN
    if number > 28:  # every month has 28 days; this is called for every item of every dossier
        number = min(number, monthrange(year, month)[1])
    return date(year, month, number)


def to_json(value: Any) -> Any:
    """Return a fact's value as JSON: an amount as a number of euros, an enumeration member as its value."""
    if value is UNKNOWN or value is None:
        return None
    if isinstance(value, tuple):
        return [to_json(member) for member in value]
    if isinstance(value, Localized):
        return dict(value) if value else None
    if isinstance(value, Money):
        return value.cents / 100 if value.cents % 100 else value.cents // 100
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, enum.IntEnum):  # a level or status, which files name
        return value.name.lower()
    return getattr(value, "value", value)


def json_fields(holder: object, *names: str) -> dict[str, Any]:
    """Return these attributes of an object as JSON, in this order.

    >>> json_fields(Months(18), "count")
    {'count': 18}

    """
    return {name: to_json(getattr(holder, name)) for name in names}
