"""Add up the hours of care in a day, rounded up, reading no more facts than the answer needs."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from barriermodel.plugin import UNKNOWN, Fact, UnknownFactError

from .declared_care import CareLine

T = TypeVar("T")
Who = Callable[[CareLine], Fact[str]]


def known(fact: Fact[T]) -> T:
    """Return the value of a fact; reading an unknown one in a derived fact makes the answer unknown."""
    if fact is UNKNOWN:
        raise UnknownFactError("an unknown fact was read")
    return fact


def by_client(line: CareLine) -> Fact[str]:
    """Return whom the care was for."""
    return line.client


def by_worker(line: CareLine) -> Fact[str]:
    """Return who gave the care."""
    return line.worker


def naming_a_worker(lines: Iterable[CareLine]) -> list[CareLine]:
    """Select the lines that say who gave the care."""
    return [line for line in lines if known(line.names_worker)]


def most_declared(lines: Iterable[CareLine], who: Who) -> int:
    """Return the most hours in a day of any care, without corrections: an upper bound for every kind of care."""
    return _begun_hours(max((_declared(of_day) for of_day in _by_day(lines, who)), default=0))


def most_alone(lines: Iterable[CareLine], who: Who) -> int:
    """Return the most hours in a day of individual support by one worker, after corrections.

    Whether a line is such support is not looked at on a day that cannot be the highest: an unknown there says nothing.
    """
    most = 0
    for of_day in sorted(_by_day(lines, who), key=_declared, reverse=True):
        if _declared(of_day) < most:  # days that are equal are all looked at, so that their order says nothing
            break
        alone = sum(known(line.minutes) for line in of_day if known(line.individual) and known(line.single_staffed))
        most = max(most, alone - _twice(of_day))
    return _begun_hours(most)


def _begun_hours(minutes: int) -> int:
    """Round up, so that a minute more than 24 hours is more than 24."""
    return -(-minutes // 60)


def _by_day(lines: Iterable[CareLine], who: Who) -> Iterable[list[CareLine]]:
    found: defaultdict[tuple[object, object], list[CareLine]] = defaultdict(list)
    for line in lines:
        found[who(line), line.day].append(line)
    return found.values()


def _declared(of_day: list[CareLine]) -> int:
    return max(0, sum(max(0, known(line.minutes)) for line in of_day) - _twice(of_day))


def _twice(of_day: list[CareLine]) -> int:
    """Return the extra minutes of the last Sunday of October, which has 25 hours."""
    day = known(of_day[0].day)
    return 60 if day.month == 10 and day.day >= 25 and day.isoweekday() == 7 else 0
