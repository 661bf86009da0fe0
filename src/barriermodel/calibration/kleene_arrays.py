"""Kleene's three-valued logic on numpy arrays: rules, stages and advice of many rows at once.

A truth value of one row is true, false or unknown. For many rows it is kept as a pair of boolean arrays: where it is
*certainly* true, and where it is *possibly* true.

======== ========= =========
value    certainly possibly
======== ========= =========
true     True      True
unknown  False     True
false    False     False
======== ========= =========

With this pair, both ends of an interval come from the same lines. ``and`` and ``or`` work on each half by itself:
``unknown & true`` is ``(False & True, True & True)``, which is unknown. ``not`` swaps the halves, as what is possibly
false is what is not certainly true. Certainly implies possibly, and all functions here keep that true.

The engine combines the rules of a stage for one dossier; here it is done for arrays. The meaning is the same, and
``tests/calibration/test_sweep_equals_assess.py`` holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np

from barriermodel import Level
from barriermodel.analysis.expressions import LOGIC, Node, Operation, unnamed
from barriermodel.analysis.profiles import CombineBy, ResolvedRule, ResolvedStage

Array: TypeAlias = "np.ndarray[Any, Any]"
TriState: TypeAlias = tuple[Array, Array]
"""Where a condition is certainly true, and where it is possibly true."""
Bounds: TypeAlias = tuple[Array, Array]
"""The level at least, and the level at most, as numbers."""


def combine_logic(node: Node, leaf: Callable[[Node], TriState | None]) -> TriState:
    """The value of an expression from those of its parts.

    Args:
        leaf: the value of a part; None if it is to be combined from its own parts.

    """
    node = unnamed(node)
    found = leaf(node)
    if found is not None:
        return found
    assert isinstance(node, Operation)
    assert node.op in LOGIC
    # the parts first: each is a pair of arrays with an element for every row
    (certain, possible), *others = [combine_logic(arg, leaf) for arg in node.args]
    if node.op == "not":
        return ~possible, ~certain  # unknown stays unknown: (False, True) becomes (not True, not False)
    # `and` and `or` are monotone, so each half can be computed by itself, without looking at the other
    for sure, maybe in others:
        if node.op == "and":
            certain, possible = certain & sure, possible & maybe
        else:
            certain, possible = certain | sure, possible | maybe
    return certain, possible


def level_bounds(rules: Iterable[tuple[Level, TriState]], size: int) -> Bounds:
    """The worst level of rules, for a number of rows."""
    low, high = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    for level, (certain, possible) in rules:
        # True * level is the level, False * level is GREEN, which is 0
        low = np.maximum(low, certain * np.uint8(level))
        high = np.maximum(high, possible * np.uint8(level))
    return low, high


def count_bounds(stage: ResolvedStage, rules: Iterable[tuple[int, TriState]], start: Bounds) -> Bounds:
    """The level of a stage that counts hits or adds up points.

    Args:
        rules: rules with their weights.
        start: what the other rules of the stage add up to, by hits alone and with open rules as well.

    """
    # an open rule adds nothing to the lower end and its whole weight to the upper end
    hits, most = start
    for weight, (certain, possible) in rules:
        hits, most = hits + certain * weight, most + possible * weight
    return _level_for_count(stage, hits), _level_for_count(stage, most)


def _level_for_count(stage: ResolvedStage, number: Array) -> Array:
    # thresholds rise, so a row that reaches red has reached orange as well: red is looked at last and wins
    combine = stage.combine
    orange, red = number >= (combine.orange or 0), number >= (combine.red or 0)
    return np.where(red, np.uint8(Level.RED), orange * np.uint8(Level.ORANGE))


def weight_of(stage: ResolvedStage, rule: ResolvedRule) -> int:
    """How much a hit of a rule adds in a stage that counts."""
    return rule.weight if stage.combine.by is CombineBy.POINTS else 1


def stage_bounds(stage: ResolvedStage, rules: Mapping[str, TriState], size: int) -> Bounds:
    """The bounds of a stage, from those of its rules that are given by id; the others are left out."""
    own = [rule for rule in stage.rules if rule.id in rules]
    if stage.by_level:
        return level_bounds(((rule.level, rules[rule.id]) for rule in own), size)
    nothing = np.zeros(size, np.int64)  # there are no other rules to start from
    return count_bounds(stage, ((weight_of(stage, rule), rules[rule.id]) for rule in own), (nothing, nothing))


def worst(parts: Iterable[Bounds], size: int) -> Bounds:
    """The maximum of both ends."""
    low, high = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    for one, other in parts:
        low, high = np.maximum(low, one), np.maximum(high, other)
    return low, high


INTERVALS = tuple((low, high) for low in Level for high in Level if low <= high)
"""Every interval that advice can have."""


def count_intervals(advice: Bounds, rows: Array) -> dict[tuple[Level, Level], int]:
    """The number of rows with each interval."""
    low, high = advice
    # both ends as one number below 16, so that numpy adds up all intervals in one pass
    found = np.bincount(low * np.uint8(4) + high, weights=rows, minlength=16)
    return {(low, high): int(found[low * 4 + high]) for low, high in INTERVALS}
