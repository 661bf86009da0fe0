"""Mistakes in how rules, stages and the advice are combined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from barriermodel import Interval, Level, Status
from barriermodel.rules import levels

from .mistakes import Spoil, mutant, replaced


def running(spoil: Callable[[Any], None]) -> Spoil:
    """Spoils the module that runs a profile."""

    def spoiled() -> None:
        from barriermodel.engine import evaluate

        spoil(evaluate)

    return spoiled


def ends(low: tuple[Status, ...], high: tuple[Status, ...], pick: Any = max) -> Spoil:
    """A worst stage takes the levels of these statuses for its two ends."""

    def spoiled(codes: Any, own: Any) -> tuple[int, int]:
        def level(wanted: tuple[Status, ...]) -> int:
            return int(pick([own for code, own in zip(codes, own, strict=True) if code in wanted], default=0))

        return level(low), max(level(low), level(high))

    return replaced(levels, "bounds", spoiled)


def counting(change: Callable[[Any, int], int]) -> Spoil:
    """The level that a number of hits or points reaches."""

    def spoiled() -> None:
        from barriermodel.profiles.resolved import ResolvedStage

        ResolvedStage.level_for_count = change  # type: ignore[method-assign]

    return spoiled


def _level(orange: bool, red: bool) -> int:
    return (Level.RED if red else Level.ORANGE if orange else Level.GREEN).value


def _over(stage: Any, number: int) -> int:
    return _level(number > stage.combine.orange, number > stage.combine.red)


def _never_red(stage: Any, number: int) -> int:
    return _level(number >= stage.combine.orange, False)


def _turned_round(stage: Any, number: int) -> int:
    return _level(number >= stage.combine.red, number >= stage.combine.orange)


def stage_ends(weigh: bool, count_open: bool, by: str) -> Spoil:
    """A stage that counts (or adds points) weighs its rules or not, and counts open ones for its upper end or not."""

    def spoil() -> None:
        from barriermodel.profiles.resolved import ResolvedStage

        as_it_was = ResolvedStage.bounds

        def spoiled(self: ResolvedStage, statuses: Sequence[int]) -> tuple[int, int]:
            if self.combine.by.value != by:
                return as_it_was(self, statuses)
            weights = self.weights if weigh else [1] * len(statuses)
            hits = sum(w for w, status in zip(weights, statuses, strict=True) if status == Status.HIT)
            opens = sum(w for w, status in zip(weights, statuses, strict=True) if status == Status.OPEN)
            return self.level_for_count(hits), self.level_for_count(hits + (opens if count_open else 0))

        ResolvedStage.bounds = spoiled  # type: ignore[method-assign]

    return spoil


GREEN = Interval(Level.GREEN, Level.GREEN)
worst = levels.worst


def _first(intervals: Iterable[Interval]) -> Interval:
    return next(iter(intervals), GREEN)


def _mildest(intervals: Iterable[Interval]) -> Interval:
    return min(intervals, key=lambda one: (one.at_most, one.at_least), default=GREEN)


def advising(pick: Callable[[Any], Any]) -> Spoil:
    """The advice takes its ends from the stages otherwise than by the maximum."""

    return running(lambda evaluate: vars(evaluate).update(max=pick))


def _excluding(level: int) -> Spoil:
    return running(lambda evaluate: setattr(evaluate, "_EXCLUDE", level))


HIT, OPEN = Status.HIT, Status.OPEN
for name, plugin, spoil in (
    ("every interval is green", "kvk", replaced(levels, "interval", lambda *_: GREEN)),
    ("worst became mildest", "kvk", ends((HIT,), (HIT, OPEN), min)),
    ("worst forgets open rules", "kvk", ends((HIT,), (HIT,))),
    ("worst counts open rules as certain", "kvk", ends((HIT, OPEN), (HIT, OPEN))),
    ("the advice is that of the first stage", "twente", advising(lambda found: found[0])),
    ("the advice is that of the mildest stage", "twente", advising(min)),
    ("moments and concerns take the first", "twente", replaced(levels, "worst", _first)),
    ("moments and concerns take the mildest", "twente", replaced(levels, "worst", _mildest)),
    ("count and points: >= became >", "regions", counting(_over)),
    ("count and points: never red", "regions", counting(_never_red)),
    ("count and points: orange and red turned round", "regions", counting(_turned_round)),
    ("count forgets open rules", "regions", stage_ends(True, False, "count")),
    ("points forget open rules", "", stage_ends(True, False, "points")),
    ("points forget weights", "", stage_ends(False, True, "points")),
    ("exclusion does not stop", "twente", _excluding(99)),
    ("red stops as well", "twente", _excluding(Level.RED.value)),
):
    mutant(f"combining: {name}", plugin, spoil)
