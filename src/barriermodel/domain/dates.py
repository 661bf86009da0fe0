"""Reading dates as people write them in tables and documents."""

from __future__ import annotations

import re
from datetime import date

from ..objects import shorten
from .values import TwoReadingsError

_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2(?:[0-9]{4}|[0-9]{2})(?![0-9])")
"""A date that may have its month first, whatever time follows. It shows the order of a column, and is never read."""
MIDNIGHT = re.compile(r"[ T]+0{1,2}:00(:00(\.0+)?)?$")
"""A time that adds nothing to its date, as spreadsheets export it."""


def parse_date(written: str, *, day_first: bool = True) -> date:
    """Read a date such as ``2026-01-15``, ``15-01-2026`` or ``15.1.2026``; a time of midnight may follow.

    With slashes the month can come first, so ``15/1/2026`` is read and ``5/1/2026`` is refused.

    Args:
        written: the text.
        day_first: whether the day precedes the month; False if other dates in the column show that it may not, and
            then an ambiguous date is refused whatever its separator.

    Raises:
        ValueError: it is not a date.
        TwoReadingsError: it can be two dates.

    >>> parse_date("15-01-2026")
    datetime.date(2026, 1, 15)
    >>> parse_date("5/1/2026")
    Traceback (most recent call last):
    barriermodel.domain.values.TwoReadingsError: '5/1/2026' can be two dates; write 2026-01-05 or 2026-05-01

    """
    text = MIDNIGHT.sub("", written.strip())
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        # 5/5/2026 is one date in either order, and so is one with a number over 12
        if (found[2] == "/" or not day_first) and day != month and max(day, month) <= 12:
            either = f"{year:04}-{month:02}-{day:02} or {year:04}-{day:02}-{month:02}"
            raise TwoReadingsError(f"{text!r} can be two dates; write {either}")
    else:
        raise ValueError(f"{shorten(written)!r} is no date; write it as 2026-01-31 or 31-01-2026")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar") from None


def has_month_first(written: str) -> bool:
    """Return whether a text is a date only if the month comes first: ``12-31-2025``, ``12/31/25 10:30``."""
    found = _MONTH_FIRST.match(written.strip())
    return found is not None and int(found[1]) <= 12 < int(found[3]) <= 31
