"""Which dates a fact can have: a date that cannot be is taken as unknown, and is told."""

from __future__ import annotations

import re
from datetime import date

import attrs

from ..objects import brief_repr, shorten
from ..text import Localized, Text, date_words
from .values import TwoReadingsError

FIRST, LAST = date(1583, 1, 1), date(2199, 12, 31)
"""What a date can be, where a fact does not say otherwise: from the first whole year of today's calendar on."""
PLACEHOLDERS = (date(1899, 12, 30), date(1900, 1, 1))
"""The days 0 and 1 of spreadsheets: what stands where nothing was filled in."""


def check_as_of(day: date) -> None:
    """Raise ``ValueError`` where a dossier cannot be of a date; it is one."""
    if not FIRST <= day <= LAST:
        raise ValueError(f"as_of is a date from {FIRST} to {LAST}; got {day}")


_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2(?:[0-9]{4}|[0-9]{2})(?![0-9])")
"""What may be a date with the month first, whatever time follows: it tells of other dates, and is none itself."""
MIDNIGHT = re.compile(r"[ T]+0{1,2}:00(:00(\.0+)?)?$")
"""A time that says no more than its date."""


def read_day(written: str, *, day_first: bool = True) -> date:
    """A date as people write it: ``2026-01-15``, ``15-01-2026``, ``15.1.2026``; a time of midnight may follow.

    Between strokes the month can stand first, so ``15/1/2026`` is read and ``5/1/2026`` is not.

    Args:
        day_first: whether the day stands before the month; False where other dates of the column show that it may not.

    Raises:
        ValueError: it is no date.
        TwoReadingsError: it can be two.

    """
    text = MIDNIGHT.sub("", written.strip())
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        if (found[2] == "/" or not day_first) and day != month and max(day, month) <= 12:
            either = f"{year:04}-{month:02}-{day:02} or {year:04}-{day:02}-{month:02}"
            raise TwoReadingsError(f"{text!r} can be two dates; write {either}")
    else:
        raise ValueError(f"{shorten(written)!r} is no date; write it as 2026-01-31 or 31-01-2026")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar") from None


def month_first(written: str) -> bool:
    """Whether this is a date only where the month stands first: ``12-31-2025``, ``12/31/25 10:30``."""
    found = _MONTH_FIRST.match(written.strip())
    return found is not None and int(found[1]) <= 12 < int(found[3]) <= 31


def can_be(day: date) -> bool:
    """Whether evidence can be of a day: within the bounds of dates, and not what a spreadsheet fills in."""
    return FIRST <= day <= LAST and day not in PLACEHOLDERS


@attrs.frozen
class Past:
    """Marks a fact whose date has been: ``Annotated[Fact[date], Past()]``. One after ``as_of`` cannot be."""


@attrs.frozen
class NotBefore:
    """Marks a date that cannot be before another: ``Annotated[Fact[date], NotBefore("starts_on")]``.

    Where it is, both stay as they are and the report tells of it: which of the two is wrong, a person must find out.

    Args:
        name: a fact of the same class that is a date.

    """

    name: str


@attrs.frozen
class Days:
    """The dates that a fact can have.

    Args:
        first: and ``last``: both count.
        past: none after the dossier's date.
        never: dates within them that are none.

    """

    first: date = FIRST
    last: date = LAST
    past: bool = False
    never: tuple[date, ...] = PLACEHOLDERS

    __repr__ = brief_repr

    def since(self, day: date) -> date:
        """The first date of a dossier in which it can be this date; the last of all days where it never can."""
        if not self.first <= day <= self.last or day in self.never:
            return date.max
        return day if self.past else date.min

    def holds(self, day: date, as_of: date) -> bool:
        """Whether it can be this date."""
        return self.since(day) <= as_of

    def why_not(self, day: date) -> Localized:
        """Why it cannot be this date."""
        if day < self.first:
            return _said(_EARLY, day, self.first)
        if day > self.last:
            return _said(_LATE, day, self.last)
        return _said(_PLACEHOLDER if day in self.never else _TO_COME, day, day)


def _said(words: Text, day: date, end: date) -> Localized:
    return words.filled(day=date_words(day), end=date_words(end))


_EARLY = Text(
    nl="{day} kan niet kloppen: dat is vóór {end}",
    en="{day} cannot be right: that is before {end}",
)
_LATE = Text(
    nl="{day} kan niet kloppen: dat is na {end}",
    en="{day} cannot be right: that is after {end}",
)
_PLACEHOLDER = Text(
    nl="{day} is een datum die een spreadsheet invult als er niets staat",
    en="{day} is a date that a spreadsheet fills in where there is nothing",
)
_TO_COME = Text(
    nl="{day} kan niet kloppen: dat is na de peildatum, en dit moet al gebeurd zijn",
    en="{day} cannot be right: that is after the reference date, and this must have happened by then",
)
