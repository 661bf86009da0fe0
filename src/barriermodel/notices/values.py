"""From what a notice writes to a fact, or to the reason why it is unknown: placeholders are no values."""

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
    date(1970, 1, 1): "withheld",  # eForms writes it for a date that is not published yet
}
WITHHELD: Final = "unpublished"
"""eForms writes it for a text or code that is not published yet."""
_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*")
_ZONE: Final = "Europe/Amsterdam"
_WHOLE_DAYS: Final = ((0, 0), (23, 59))
"""The hour and minute that OCDS writes where only the day is known: the first of that day, or the last."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]*)?")


def single_line(words: str) -> str:
    """Words of a notice without line ends and control characters, which could steer a terminal."""
    return " ".join(_CONTROL.sub(" ", words).split())


def day_of(written: str) -> tuple[Fact[date], str]:
    """A date, or unknown and why.

    A date stays as it is written: its zone, if any, says where it is that day. A moment is on a day in Amsterdam,
    unless it stands for a whole day.

    Raises:
        DossierError: this machine does not know the time zone.

    """
    if not written:
        return UNKNOWN, "not_stated"
    parts = _DAY.fullmatch(written)
    try:
        found = date.fromisoformat(parts[1]) if parts else _day_in_amsterdam(written)
    except (ValueError, OverflowError):  # no day of the calendar, or beyond its ends in Amsterdam
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
    """A moment as it sorts: in UTC, whatever zone it is written in. What is no moment stays as it is."""
    try:
        moment = _moment(written)
        return moment.astimezone(UTC).isoformat() if moment and moment.tzinfo else written
    except (ValueError, OverflowError):
        return written


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


def all_words(element: Element | None) -> str:
    """All text in an element."""
    return "" if element is None else single_line(" ".join(element.itertext()))


def first(element: Element | None, path: str) -> Element | None:
    """The first element at a path, where there is an element at all."""
    return None if element is None else element.find(path)


def first_in(element: Element, *names: str) -> Element | None:
    """The first element with one of these names, however deep."""
    return next((one for one in element.iter() if one.tag in names), None)


def text_at(element: Element | None, path: str) -> str:
    """The text of the first element at a path."""
    return all_words(first(element, path))


def texts_at(element: Element | None, path: str) -> tuple[str, ...]:
    """The texts of all elements at a path that have one."""
    return () if element is None else tuple(text for one in element.iterfind(path) if (text := all_words(one)))


def text(value: Any) -> str:
    """A text, or a number as it is written; an id may be either in OCDS."""
    if isinstance(value, Decimal) and abs(value.adjusted()) < 20:  # written out, it is no longer than that
        return f"{value:f}"
    return single_line(str(value)) if type(value) in (str, int, Decimal) else ""


def as_list(value: Any) -> list[Any]:
    """A list; empty where it is none."""
    return value if isinstance(value, list) else []


def as_object(value: Any) -> dict[str, Any]:
    """An object; empty where it is none."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list."""
    return [one for one in as_list(value) if isinstance(one, dict)]
