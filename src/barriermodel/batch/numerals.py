"""Numbers as people write them in a table: read where they can be one number only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import attrs

from barriermodel.analysis.facts import TwoReadingsError, both_readings, may_be_thousands

_ALIKE = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
"""What stands for a minus sign or a space in print."""
_SIGNED = re.compile(r"(?P<open>\()?(?P<before>-)?(?P<number>[^()-]+)(?P<after>-)?(?P<close>\))?")
_CURRENCY = re.compile(r"€|\beuro\b|\beur\b", re.IGNORECASE)
_WHOLE_EUROS = re.compile(r"[.,] ?-{1,2}$")
_DIGITS = re.compile(r"[0-9]+([., ][0-9]+)*")


@attrs.frozen(kw_only=True)
class NumberSigns:
    """The marks in the numbers of a column, as far as they were stated.

    Args:
        decimal: the sign before decimals, ``","`` or ``"."``; None where nobody said.
        thousands: the sign between thousands, ``"."``, ``","`` or a space; None where nobody said.

    """

    decimal: str | None = None
    thousands: str | None = None

    @property
    def before_decimals(self) -> tuple[str, ...]:
        """The signs that can stand before decimals."""
        if self.decimal is None and self.thousands in (".", ","):
            return ("," if self.thousands == "." else ".",)
        return (self.decimal,) if self.decimal else (".", ",")


ANY_SIGNS = NumberSigns()
"""Nobody said anything of them."""
MAX_LENGTH = 60
"""Signs of the longest number."""


def read_number(written: str, marks: NumberSigns, *, amount: bool = False, percent: bool = False) -> Decimal:
    """A number: ``1.250.000,00``, ``1 250 000``, ``(100)``, ``100-``, ``−100``.

    Args:
        amount: it is one of euros: ``€ 240.000``, ``240,-``. After a currency sign or before ``,-``, three digits after
            a mark are thousands.
        percent: ``12,5%`` is 0.125.

    Raises:
        ValueError: it is no number.
        TwoReadingsError: it can be two; says which.

    """
    text = written.translate(_ALIKE).strip() if len(written) <= MAX_LENGTH else ""
    whole = _WHOLE_EUROS.search(text) if amount else None
    text = text[: whole.start()] if whole else text
    text, signs = _CURRENCY.subn("", text) if amount else (text, 0)
    text, hundredths = re.subn("%$", "", text) if percent else (text, 0)
    found = _SIGNED.fullmatch(re.sub(r" *([()-]) *", r"\1", text).strip())
    if not found or signs > 1 or bool(found["open"]) is not bool(found["close"]):
        raise ValueError("no number")
    minus = [found[name] for name in ("open", "before", "after") if found[name]]
    digits = found["number"].strip()
    if len(minus) > 1 or (signs and found["after"]) or not _DIGITS.fullmatch(digits):
        raise ValueError("no number")
    number = _number(digits, marks, amount=amount, money=bool(signs or whole))
    return (-number if minus else number) / (100 if hundredths else 1)


def _number(digits: str, marks: NumberSigns, *, amount: bool, money: bool) -> Decimal:
    readings = {*_readings(digits, marks)}
    if may_be_thousands(digits):
        readings = {*_in_doubt(digits, marks, readings, amount=amount, money=money)}
    if not readings:
        raise ValueError("no number")
    if len(readings) > 1:
        raise TwoReadingsError(both_readings(digits, "amount" if amount else "number"))
    return readings.pop()


def _readings(digits: str, marks: NumberSigns) -> Iterator[Decimal]:
    """What it can be, by which sign stands before decimals."""
    for mark in marks.before_decimals:
        if _pattern(mark, marks.thousands).fullmatch(digits):
            yield Decimal(digits.translate(_PLAIN[mark]))


_PLAIN = {".": str.maketrans("", "", ", "), ",": str.maketrans(",", ".", ". ")}
"""How the digits with a sign before decimals become those of a program."""


@cache
def _pattern(mark: str, thousands: str | None) -> re.Pattern[str]:
    """Digits with a sign before decimals, alone or between thousands."""
    between = re.escape(thousands) if thousands else f"[{'.' if mark == ',' else ','} ]"
    grouped = rf"[1-9][0-9]{{0,2}}(?P<group>{between})[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
    return re.compile(rf"(?:[0-9]+|{grouped})(?:\{mark}[0-9]+)?")


def _in_doubt(
    digits: str, marks: NumberSigns, readings: set[Decimal], *, amount: bool, money: bool
) -> Iterator[Decimal]:
    """What a number with three digits after its only mark can be: 558.000 is 558 or 558,000."""
    mark = "." if "." in digits else ","
    small, large = Decimal(digits.replace(mark, ".")), Decimal(digits.replace(mark, ""))
    if marks.thousands == mark:
        yield from readings
    elif money and marks.decimal != mark and large in readings:
        yield large  # no currency is written with three decimals
    elif not amount and (marks.decimal == mark or digits.startswith("0")):
        yield small
    else:
        yield from (small, large)
