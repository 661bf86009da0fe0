"""Numbers as people write them in a table, read only where they can be one number.

Dutch and English tables use point and comma the other way round, and both occur in one office: ``1.250`` is 1250 to
one and 1.25 to the other. Every reading that the stated signs allow is computed; one that is left is the number, two
are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import attrs

from barriermodel.analysis.facts import TwoReadingsError, both_readings, may_be_thousands

# What stands for a minus sign or a space in print: a true minus, a dash, and spaces that do not break.
_ALIKE = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
_SIGNED = re.compile(r"(?P<open>\()?(?P<before>-)?(?P<number>[^()-]+)(?P<after>-)?(?P<close>\))?")
_CURRENCY = re.compile(r"€|\beuro\b|\beur\b", re.IGNORECASE)
_WHOLE_EUROS = re.compile(r"[.,] ?-{1,2}$")
_DIGITS = re.compile(r"[0-9]+([., ][0-9]+)*")
MAX_LENGTH = 60
"""Characters of the longest number."""


@attrs.frozen(kw_only=True)
class NumberSigns:
    """The signs in the numbers of a column, as far as they are stated.

    Args:
        decimal: the decimal sign, ``","`` or ``"."``; None if it is not stated.
        thousands: the sign between thousands, ``"."``, ``","`` or a space; None if it is not stated.

    """

    decimal: str | None = None
    thousands: str | None = None

    @property
    def before_decimals(self) -> tuple[str, ...]:
        """The signs that can be the decimal sign: with a point between thousands, it can only be the comma."""
        if self.decimal is None and self.thousands in (".", ","):
            return ("," if self.thousands == "." else ".",)
        return (self.decimal,) if self.decimal else (".", ",")


ANY_SIGNS = NumberSigns()
"""Neither sign is stated."""


def read_number(written: str, signs: NumberSigns, *, amount: bool = False, percent: bool = False) -> Decimal:
    """A number: ``1.250.000,00``, ``1 250 000``, ``(100)``, ``100-``, ``−100``.

    Args:
        amount: it is in euros: ``€ 240.000``, ``240,-``. After a currency sign or before ``,-``, three digits after a
            sign are thousands.
        percent: ``12,5%`` is 0.125.

    Raises:
        ValueError: it is not a number.
        TwoReadingsError: it can be two; the message says which.

    """
    text = written.translate(_ALIKE).strip() if len(written) <= MAX_LENGTH else ""
    whole = _WHOLE_EUROS.search(text) if amount else None
    text = text[: whole.start()] if whole else text
    text, currencies = _CURRENCY.subn("", text) if amount else (text, 0)
    text, hundredths = re.subn("%$", "", text) if percent else (text, 0)
    found = _SIGNED.fullmatch(re.sub(r" *([()-]) *", r"\1", text).strip())
    if not found or currencies > 1 or bool(found["open"]) is not bool(found["close"]):
        raise ValueError("no number")
    minus = [found[name] for name in ("open", "before", "after") if found[name]]
    digits = found["number"].strip()
    # after a currency the minus at the end may be the dash of whole euros: € 100-
    if len(minus) > 1 or (currencies and found["after"]) or not _DIGITS.fullmatch(digits):
        raise ValueError("no number")
    number = _number(digits, signs, amount=amount, has_currency=bool(currencies or whole))
    return (-number if minus else number) / (100 if hundredths else 1)


def _number(digits: str, signs: NumberSigns, *, amount: bool, has_currency: bool) -> Decimal:
    readings = {*_readings(digits, signs)}
    if may_be_thousands(digits):
        readings = {*_readings_of_three_digits(digits, signs, readings, amount=amount, has_currency=has_currency)}
    if not readings:
        raise ValueError("no number")
    if len(readings) > 1:
        raise TwoReadingsError(both_readings(digits, "amount" if amount else "number"))
    return readings.pop()


def _readings(digits: str, signs: NumberSigns) -> Iterator[Decimal]:
    """What it can be, for each sign that can be the decimal sign."""
    for sign in signs.before_decimals:
        if _pattern(sign, signs.thousands).fullmatch(digits):
            yield Decimal(digits.translate(_TO_PYTHON[sign]))


_TO_PYTHON = {".": str.maketrans("", "", ", "), ",": str.maketrans(",", ".", ". ")}
"""By decimal sign, the translation of digits to a notation that Python reads."""


@cache
def _pattern(sign: str, thousands: str | None) -> re.Pattern[str]:
    """Digits with a decimal sign, alone or in groups of three that are all separated by the same sign."""
    between = re.escape(thousands) if thousands else f"[{'.' if sign == ',' else ','} ]"
    grouped = rf"[1-9][0-9]{{0,2}}(?P<group>{between})[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
    return re.compile(rf"(?:[0-9]+|{grouped})(?:\{sign}[0-9]+)?")


def _readings_of_three_digits(
    digits: str, signs: NumberSigns, readings: set[Decimal], *, amount: bool, has_currency: bool
) -> Iterator[Decimal]:
    """What a number with three digits after its only sign can be: 558.000 is 558 or 558,000.

    That a point is the decimal sign of a column does not settle it for amounts: a thousandfold mistake in euros is
    worse than a question, and a column with decimals may have one cell that somebody typed with thousands.
    """
    sign = "." if "." in digits else ","
    small, large = Decimal(digits.replace(sign, ".")), Decimal(digits.replace(sign, ""))
    if signs.thousands == sign:
        yield from readings
    elif has_currency and signs.decimal != sign and large in readings:
        yield large  # no currency is written with three decimals
    elif not amount and (signs.decimal == sign or digits.startswith("0")):
        yield small
    else:
        yield from (small, large)
