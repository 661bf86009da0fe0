"""How serious a finding is, what it concerns, and what is certain while facts are unknown."""

from __future__ import annotations

import enum
from collections.abc import Iterable

import attrs


class Level(enum.IntEnum):
    """Ordered: GREEN < ORANGE < RED < EXCLUDE."""

    GREEN = 0
    ORANGE = 1
    RED = 2
    EXCLUDE = 3

    @property
    def key(self) -> str:
        """The name in files: ``green``, ``orange``, ``red``, ``exclude``."""
        return self.name.lower()


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


class Status(enum.IntEnum):
    """What became of a rule; the numbers are those of the compiled code."""

    CLEAR = 0
    HIT = 1
    OPEN = 2
    NOT_APPLICABLE = 3
    NOT_EXAMINED = 4

    @property
    def key(self) -> str:
        """The name in files: ``hit``, ``not_applicable``."""
        return self.name.lower()


@attrs.frozen
class Interval:
    """The level is at least the one and at most the other, whatever is still unknown."""

    at_least: Level
    at_most: Level

    @property
    def decided(self) -> bool:
        """Whether nothing that is unknown can change it."""
        return self.at_least == self.at_most


def worst(intervals: Iterable[Interval]) -> Interval:
    """The maximum of both ends; green where there is nothing."""
    both = list(intervals)
    return Interval(
        max((i.at_least for i in both), default=Level.GREEN),
        max((i.at_most for i in both), default=Level.GREEN),
    )
