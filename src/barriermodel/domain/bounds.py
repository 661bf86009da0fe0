"""What a fact or parameter can be: ``Between`` for numbers and dates, ``Past`` and ``NotBefore`` for dates.

A number outside its bounds is an error. A date outside them is taken as unknown with a reason, and reported: dates are
often mistyped or filled in by a spreadsheet, and one such date should not make a whole dossier unreadable.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import attrs

from ..errors import DefinitionError
from ..objects import brief_repr
from ..source_location import locate_errors
from ..text import Localized, localized_date
from ..words.lexicon import WordRef, said
from .suggestions import suggest_value
from .values import Money, unexpected

FIRST_DATE, LAST_DATE = date(1583, 1, 1), date(2199, 12, 31)
"""The dates a fact can have unless it says otherwise. 1583 is the first whole year of the Gregorian calendar."""
PLACEHOLDER_DATES = (date(1899, 12, 30), date(1900, 1, 1))
"""Days 0 and 1 of spreadsheets, which they show for an empty cell."""


def check_as_of(day: date) -> None:
    """Raise ``ValueError`` for a date that no dossier can have."""
    if not FIRST_DATE <= day <= LAST_DATE:
        raise ValueError(f"as_of is a date from {FIRST_DATE} to {LAST_DATE}; got {day}")


def is_plausible(day: date) -> bool:
    """Return whether evidence can be dated on a day: within the bounds of dates, and no spreadsheet placeholder."""
    return FIRST_DATE <= day <= LAST_DATE and day not in PLACEHOLDER_DATES


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-+]?[0-9]+([.,][0-9]+)?", text))


@attrs.frozen(repr=False)
class Between:
    """The bounds of a fact or parameter, both ends included, for its annotation.

    Bounds say what *cannot* be (turnover below zero). What *should not* be is a rule. A number, amount or parameter
    outside them is an error; a date outside them is unknown, with the reason ``implausible``.

    Args:
        at_least: a number, an amount in euros, or a date; no lower bound if left out. For dates the
            default is 1 January 1583, without 30 December 1899 and 1 January 1900, which spreadsheets fill in; if it
            is given, those two dates count.
        at_most: the same; for dates the default is 31 December 2199.

    Raises:
        DefinitionError: there is no bound, the bounds are of different types, or they exclude everything.

    >>> Between(1, 12)
    Between(1, 12)
    >>> Between(at_most=date(2025, 12, 31))
    Between(at_most=date(2025, 12, 31))

    """

    at_least: float | date | None = None
    at_most: float | date | None = None

    def __attrs_post_init__(self) -> None:
        with locate_errors():
            ends = self._ends
            wrong = next((end for end in ends if type(end) not in (int, float, date)), None)
            if wrong is not None:
                code = suggest_value(date if isinstance(wrong, str) and not _is_number(wrong) else float, wrong)
                instead = f"write {code}" if code else "write numbers, euros without euro(), or dates"
                raise DefinitionError(f"Between({wrong!r}): {instead}.")
            if not ends:
                raise DefinitionError("Between() has no bounds; write Between(0), or leave it out.")
            if len({type(end) is date for end in ends}) > 1:
                raise DefinitionError(f"{self!r} has a date and a number; write two of one type.")
            low, high = ends[0], ends[-1]
            if low > high:
                raise DefinitionError(f"Nothing is {self}; write {Between(high, low)}.")

    @property
    def _ends(self) -> list[Any]:  # a number and a date cannot be compared, as the check above ensures
        return [end for end in (self.at_least, self.at_most) if end is not None]

    def __repr__(self) -> str:
        ends = ", ".join(f"date({e.year}, {e.month}, {e.day})" if isinstance(e, date) else repr(e) for e in self._ends)
        return f"Between(at_most={ends})" if self.at_least is None else f"Between({ends})"

    def contains(self, other: Between) -> bool:
        """Return whether other bounds lie within these; an end that ``other`` leaves out counts as this one's."""
        low: Any = self.at_least
        high: Any = self.at_most
        return all((low is None or low <= end) and (high is None or end <= high) for end in other._ends)

    def check(self, value: object) -> None:
        """Raise ``ValueError`` for a value outside the bounds."""
        low: Any = self.at_least
        high: Any = self.at_most
        number = value.cents / 100 if isinstance(value, Money) else value
        if low is not None and number < low:
            raise unexpected(f"at least {low}", str(number))
        if high is not None and number > high:
            raise unexpected(f"at most {high}", str(number))


@attrs.frozen
class Past:
    """Marks a date that must have passed: ``Annotated[Fact[date], Past()]``. A date after ``as_of`` is implausible.

    >>> Past()
    Past()

    """


@attrs.frozen
class NotBefore:
    """Marks a date that cannot precede another: ``Annotated[Fact[date], NotBefore("starts_on")]``.

    Where it does, both values stand and the report mentions it: a person must find out which of the two is wrong.

    Args:
        name: a fact of the same class that is a date.

    >>> NotBefore("starts_on").name
    'starts_on'

    """

    name: str


@attrs.frozen
class PlausibleDates:
    """The dates that a fact can have.

    Args:
        first: the earliest date.
        last: the latest date.
        past: whether a date after the dossier's is excluded.
        never: dates between ``first`` and ``last`` that are excluded.

    """

    first: date = FIRST_DATE
    last: date = LAST_DATE
    past: bool = False
    never: tuple[date, ...] = PLACEHOLDER_DATES

    __repr__ = brief_repr

    def since(self, day: date) -> date:
        """Return the earliest ``as_of`` on which the fact can be ``day``; ``date.max`` if it never can.

        One date answers for every dossier, so that plausibility is decided once per fact, not once per assessment.
        """
        if not self.first <= day <= self.last or day in self.never:
            return date.max
        return day if self.past else date.min

    def allows(self, day: date, as_of: date) -> bool:
        """Return whether the fact can be ``day`` in a dossier dated ``as_of``."""
        return self.since(day) <= as_of

    def why_not(self, day: date) -> Localized:
        """Explain why the fact cannot be ``day``."""
        if day < self.first:
            return _explain(_EARLY, day, self.first)
        if day > self.last:
            return _explain(_LATE, day, self.last)
        return _explain(_PLACEHOLDER if day in self.never else _TO_COME, day, day)


def _explain(text: WordRef, day: date, end: date) -> Localized:
    return text.fill(day=localized_date(day), end=localized_date(end))


_EARLY = said("bounds", "early")
_LATE = said("bounds", "late")
_PLACEHOLDER = said("bounds", "placeholder")
_TO_COME = said("bounds", "to_come")
