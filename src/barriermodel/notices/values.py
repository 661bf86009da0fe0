"""From what a notice writes to a fact, or to the reason why it is unknown: placeholders are no values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from ..domain.unknown import UNKNOWN, Fact
from ..domain.values import Money, euro, may_be_thousands
from .content import Amount

_PLACEHOLDER_DAYS: Final = {
    date(1, 1, 1): "placeholder",
    date(1900, 1, 1): "placeholder",
    date(2000, 1, 1): "placeholder",  # every eForms notice has it in TenderResult/AwardDate
    date(1970, 1, 1): "withheld",  # eForms writes it for a date that is not published yet
}
WITHHELD: Final = "unpublished"
"""eForms writes it for a text or code that is not published yet."""
_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(T.*|Z|[+-][0-9]{2}:[0-9]{2})?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]*)?")


def on_one_line(words: str) -> str:
    """Words of a notice without line ends and control characters, which could steer a terminal."""
    return " ".join(_CONTROL.sub(" ", words).split())


def day_of(written: str) -> tuple[Fact[date], str]:
    """A date, or unknown and why. The time and zone behind it are left out, the day stays as it is written."""
    if not written:
        return UNKNOWN, "not_stated"
    parts = _DAY.fullmatch(written)
    try:
        found = date.fromisoformat(parts[1]) if parts else None
    except ValueError:
        found = None
    if found is None:
        return UNKNOWN, "unreadable"
    reason = _PLACEHOLDER_DAYS.get(found, "")
    return (UNKNOWN, reason) if reason else (found, "")


def first_day(written: Iterable[str]) -> tuple[Fact[date], str]:
    """The first of some dates that is one; if none is, the reason of the first that says more than nothing."""
    reasons = ["not_stated"]
    for found, reason in map(day_of, written):
        if found is not UNKNOWN:
            return found, ""
        reasons.insert(-1, reason)
    return UNKNOWN, next((reason for reason in reasons if reason != "not_stated"), "not_stated")


def money_of(amount: Amount) -> tuple[Fact[Money], str]:
    """An amount in euros, or unknown and why. At most one euro is what stands there for want of a value."""
    if amount.unknown:
        return UNKNOWN, amount.unknown
    if not amount.text:
        return UNKNOWN, "not_stated"
    if " - " in amount.text:
        return UNKNOWN, "range"
    if may_be_thousands(amount.text):
        return UNKNOWN, "may_be_thousands"
    number = Decimal(amount.text) if _AMOUNT.fullmatch(amount.text) else None
    if number is None:
        return UNKNOWN, "unreadable"
    if 0 <= number <= 1:
        return UNKNOWN, "placeholder"
    if amount.currency != "EUR":
        return UNKNOWN, "other_currency" if amount.currency else "unreadable"
    try:
        return (euro(number), "") if number > 0 else (UNKNOWN, "unreadable")
    except ValueError:  # more than two decimals, or too large
        return UNKNOWN, "unreadable"
