"""Read values out of notices: text in XML and JSON, and days and amounts, or the reason why they are unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from barriermodel import UNKNOWN, DossierError, euro
from barriermodel.analysis.facts import may_be_thousands
from barriermodel.plugin import Fact, Money

from ..extras import how_to_install
from .notice import Amount

_PLACEHOLDER_DAYS: Final = {
    date(1, 1, 1): "placeholder",
    date(1900, 1, 1): "placeholder",
    date(2000, 1, 1): "placeholder",  # every eForms notice has it in TenderResult/AwardDate
    date(1970, 1, 1): "withheld",  # what eForms writes for a date that is not public yet
}
WITHHELD: Final = "unpublished"
"""What eForms writes for a text or code that is not public yet."""
_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*")
_ZONE: Final = "Europe/Amsterdam"
_WHOLE_DAYS: Final = ((0, 0), (23, 59))
"""The times that OCDS writes where only the day is known: the first or the last minute of the day."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]*)?")


def single_line(words: str) -> str:
    """Put a text on one line, without control characters, which could steer a terminal."""
    return " ".join(_CONTROL.sub(" ", words).split())


def day_of(written: str) -> tuple[Fact[date], str]:
    """Read a date; return it, or ``UNKNOWN`` and the reason.

    A date stays as written: a zone only says where it was that day. A moment falls on its day in Amsterdam, unless it
    stands for a whole day.

    Raises:
        DossierError: this machine does not have the time zone.

    """
    if not written:
        return UNKNOWN, "not_stated"
    parts = _DAY.fullmatch(written)
    try:
        found = date.fromisoformat(parts[1]) if parts else _day_in_amsterdam(written)
    except (ValueError, OverflowError):  # not a day of the calendar, or out of range in Amsterdam
        found = None
    if found is None:
        return UNKNOWN, "unreadable"
    reason = _PLACEHOLDER_DAYS.get(found, "")
    return (UNKNOWN, reason) if reason else (found, "")


def _day_in_amsterdam(written: str) -> date | None:
    moment = _moment(written)
    if moment is None or moment.tzinfo is None or (moment.hour, moment.minute) in _WHOLE_DAYS:
        return moment and moment.date()
    try:
        return moment.astimezone(ZoneInfo(_ZONE)).date()
    except ZoneInfoNotFoundError:
        raise DossierError.one(_ZONE, how_to_install("notices", "this machine does not know the time zone")) from None


def _moment(written: str) -> datetime | None:
    return datetime.fromisoformat(written) if _MOMENT.fullmatch(written) else None


def sortable(written: str) -> str:
    """Convert a moment to UTC, so that moments sort as text; anything else stays as it is."""
    try:
        moment = _moment(written)
        return moment.astimezone(UTC).isoformat() if moment and moment.tzinfo else written
    except (ValueError, OverflowError):
        return written


def first_day(written: Iterable[str]) -> tuple[Fact[date], str]:
    """Return the first of these that is a date; if none is, the first reason other than ``not_stated``."""
    reasons = ["not_stated"]
    for found, reason in map(day_of, written):
        if found is not UNKNOWN:
            return found, ""
        reasons.insert(-1, reason)
    return UNKNOWN, next((reason for reason in reasons if reason != "not_stated"), "not_stated")


def money_of(amount: Amount) -> tuple[Fact[Money], str]:
    """Read an amount in euros; return it, or ``UNKNOWN`` and the reason. At most one euro is a placeholder."""
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


def all_words(element: Element | None) -> str:
    """Return all text in an element, on one line; empty if there is no element."""
    return "" if element is None else single_line(" ".join(element.itertext()))


def first(element: Element | None, path: str) -> Element | None:
    """Return the first element at a path, if there is one."""
    return None if element is None else element.find(path)


def first_in(element: Element, *names: str) -> Element | None:
    """Return the first element with one of these names, at any depth."""
    return next((one for one in element.iter() if one.tag in names), None)


def text_at(element: Element | None, path: str) -> str:
    """Return the text of the first element at a path."""
    return all_words(first(element, path))


def texts_at(element: Element | None, path: str) -> tuple[str, ...]:
    """Return the texts of all elements at a path that are not empty."""
    return () if element is None else tuple(text for one in element.iterfind(path) if (text := all_words(one)))


def text(value: Any) -> str:
    """Return a JSON text, or a number as text (an id in OCDS may be either); empty for another type."""
    if isinstance(value, Decimal) and abs(value.adjusted()) < 20:  # a larger exponent would give a very long text
        return f"{value:f}"
    return single_line(str(value)) if type(value) in (str, int, Decimal) else ""


def as_list(value: Any) -> list[Any]:
    """Return a JSON list; empty for another type."""
    return value if isinstance(value, list) else []


def as_object(value: Any) -> dict[str, Any]:
    """Return a JSON object; empty for another type."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects in a JSON list."""
    return [one for one in as_list(value) if isinstance(one, dict)]
