"""How serious a finding is, what it concerns, and what is certain while facts are unknown."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from typing import Self

import attrs


class _Named(enum.IntEnum):
    """A number here and a name in files, of which it can be made too."""

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


class Level(_Named):
    """Ordered: GREEN < ORANGE < RED < EXCLUDE. ``Level("red")`` is RED; its ``key`` is ``red``."""

    GREEN = 0
    ORANGE = 1
    RED = 2
    EXCLUDE = 3


class Concern(enum.Enum):
    """What a barrier is about; concerns are reported apart and never added up."""

    INTEGRITY = "integrity"
    QUALITY = "quality"
    LAWFULNESS = "lawfulness"
    CONTINUITY = "continuity"


class Moment(enum.Enum):
    """When a stage is run."""

    ADMISSION = "admission"
    MONITORING = "monitoring"
    SUPERVISION = "supervision"


class Status(_Named):
    """What became of a rule; the numbers are those of the compiled code. ``Status("hit")`` is HIT."""

    CLEAR = 0
    HIT = 1
    OPEN = 2
    NOT_APPLICABLE = 3
    NOT_EXAMINED = 4


_HIT, _OPEN = Status.HIT.value, Status.OPEN.value


@attrs.frozen
class Interval:
    """The level is at least the one and at most the other, whatever is still unknown."""

    at_least: Level
    at_most: Level

    def __str__(self) -> str:
        return f"{self.at_least}" if self.decided else f"{self.at_least} to {self.at_most}"

    def __repr__(self) -> str:
        return f"Interval({self.at_least}, {self.at_most})"

    @property
    def decided(self) -> bool:
        """Whether nothing that is unknown can change it."""
        return self.at_least == self.at_most


def interval(at_least: int, at_most: int) -> Interval:
    """The interval between two levels given as numbers."""
    return _INTERVALS[at_least][at_most]


_INTERVALS = tuple(tuple(Interval(low, high) for high in Level) for low in Level)


def bounds(codes: Sequence[int], levels: Sequence[int]) -> tuple[int, int]:
    """The ends of an interval over rules, from the numbers of their statuses and levels."""
    low = high = 0
    for code, level in zip(codes, levels, strict=True):
        if code == _HIT:
            low = max(low, level)
        elif code == _OPEN and level > high:
            high = level
    return low, high if high > low else low


def worst(intervals: Iterable[Interval]) -> Interval:
    """The maximum of both ends; green where there is nothing."""
    both = list(intervals)
    return interval(max((i.at_least for i in both), default=0), max((i.at_most for i in both), default=0))
