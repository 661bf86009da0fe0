"""Levels and statuses, and the interval between which a level lies while facts are unknown."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from typing import Self

import attrs


class _KeyedEnum(enum.IntEnum):
    """A number in code and a name in files; either creates a member: ``Level(2)``, ``Level("red")``."""

    def __str__(self) -> str:
        return self.key

    def __format__(self, spec: str) -> str:
        return format(self.key, spec)

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return next((member for member in cls if member.key == value), None)

    @property
    def key(self) -> str:
        """The name in files: ``red``, ``not_applicable``."""
        return self.name.lower()


class Level(_KeyedEnum):
    """How serious a finding is: GREEN < ORANGE < RED < EXCLUDE.

    >>> Level("red"), Level.RED.key, max(Level.GREEN, Level.ORANGE)
    (<Level.RED: 2>, 'red', <Level.ORANGE: 1>)

    """

    GREEN = 0
    ORANGE = 1
    RED = 2
    EXCLUDE = 3


class Concern(enum.Enum):
    """What a barrier is about. Concerns are reported separately and never added up.

    >>> Concern("integrity")
    <Concern.INTEGRITY: 'integrity'>

    """

    INTEGRITY = "integrity"
    QUALITY = "quality"
    LAWFULNESS = "lawfulness"
    CONTINUITY = "continuity"


class Moment(enum.Enum):
    """When a stage is assessed: at admission, while the contract runs, or in supervision.

    >>> [moment.value for moment in Moment]
    ['admission', 'monitoring', 'supervision']

    """

    ADMISSION = "admission"
    MONITORING = "monitoring"
    SUPERVISION = "supervision"


class Status(_KeyedEnum):
    """The outcome of a rule: HIT, CLEAR, OPEN (not known yet), NOT_APPLICABLE or NOT_EXAMINED.

    Compiled rules return these numbers.

    >>> Status("hit")
    <Status.HIT: 1>

    """

    CLEAR = 0
    HIT = 1
    OPEN = 2
    NOT_APPLICABLE = 3
    NOT_EXAMINED = 4


_HIT, _OPEN = Status.HIT.value, Status.OPEN.value


@attrs.frozen
class Interval:
    """The lowest and highest level possible, whatever the unknown facts turn out to be.

    Args:
        at_least: the lowest level.
        at_most: the highest level.

    >>> print(Interval(Level.GREEN, Level.RED))
    green to red
    >>> Interval(Level.RED, Level.RED).decided
    True

    """

    at_least: Level
    at_most: Level

    def __str__(self) -> str:
        return f"{self.at_least}" if self.decided else f"{self.at_least} to {self.at_most}"

    def __repr__(self) -> str:
        return f"Interval({self.at_least}, {self.at_most})"

    @property
    def decided(self) -> bool:
        """Whether both ends are equal, so that no unknown fact can change the level."""
        return self.at_least == self.at_most


def interval(at_least: int, at_most: int) -> Interval:
    """Return the interval between two levels, given as numbers."""
    return _INTERVALS[at_least][at_most]


_INTERVALS = tuple(tuple(Interval(low, high) for high in Level) for low in Level)


def bounds(codes: Sequence[int], levels: Sequence[int]) -> tuple[int, int]:
    """Return the lowest and highest level over rules, given their statuses and levels as numbers.

    A hit raises both ends, an open rule only the highest.
    """
    low = high = 0
    for code, level in zip(codes, levels, strict=True):
        if code == _HIT:
            low = max(low, level)
        elif code == _OPEN and level > high:
            high = level
    return low, high if high > low else low


def worst(intervals: Iterable[Interval]) -> Interval:
    """Return the maximum of both ends; green if there are no intervals."""
    both = list(intervals)
    return interval(max((i.at_least for i in both), default=0), max((i.at_most for i in both), default=0))
