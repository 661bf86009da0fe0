"""What is certain and what is possible, for many rows at once: rules, stages and advice on arrays of numpy.

Each condition is a pair: where it is true whatever is unknown, and where it can be. So ``&``, ``|`` and ``not_`` are
Kleene's, and both ends of an interval come from the same lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np

from barriermodel import Level
from barriermodel.analysis.expressions import LOGIC, Node, Operation, unnamed
from barriermodel.analysis.profiles import CombineBy, ResolvedRule, ResolvedStage

Array: TypeAlias = "np.ndarray[Any, Any]"
Known: TypeAlias = tuple[Array, Array]
"""Where a condition is certainly true, and where it is possibly true."""
Ends: TypeAlias = tuple[Array, Array]
"""The level at least, and at most, as numbers."""


def logic(node: Node, leaf: Callable[[Node], Known | None]) -> Known:
    """A condition from its parts.

    Args:
        leaf: a part that is known; None where its own parts are.

    """
    node = unnamed(node)
    found = leaf(node)
    if found is not None:
        return found
    assert isinstance(node, Operation)
    assert node.op in LOGIC
    (certain, possible), *others = [logic(arg, leaf) for arg in node.args]
    if node.op == "not":
        return ~possible, ~certain
    for sure, maybe in others:
        if node.op == "and":
            certain, possible = certain & sure, possible & maybe
        else:
            certain, possible = certain | sure, possible | maybe
    return certain, possible


def by_level(rules: Iterable[tuple[Level, Known]], size: int) -> Ends:
    """The worst level of rules, for so many rows."""
    low, high = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    for level, (certain, possible) in rules:
        low = np.maximum(low, certain * np.uint8(level))
        high = np.maximum(high, possible * np.uint8(level))
    return low, high


def by_number(stage: ResolvedStage, rules: Iterable[tuple[int, Known]], start: Ends) -> Ends:
    """The level of a stage that counts.

    Args:
        rules: rules with their weights.
        start: hits, and hits with what is open, of other rules of the stage.

    """
    hits, most = start
    for weight, (certain, possible) in rules:
        hits, most = hits + certain * weight, most + possible * weight
    return _reached(stage, hits), _reached(stage, most)


def _reached(stage: ResolvedStage, number: Array) -> Array:
    combine = stage.combine
    orange, red = number >= (combine.orange or 0), number >= (combine.red or 0)
    return np.where(red, np.uint8(Level.RED), orange * np.uint8(Level.ORANGE))


def weight_of(stage: ResolvedStage, rule: ResolvedRule) -> int:
    """What a hit of a rule counts for in a stage that counts."""
    return rule.weight if stage.combine.by is CombineBy.POINTS else 1


def stage_ends(stage: ResolvedStage, rules: Mapping[str, Known], size: int) -> Ends:
    """The interval of a stage, of those of its rules that are given by id."""
    own = [rule for rule in stage.rules if rule.id in rules]
    if stage.by_level:
        return by_level(((rule.level, rules[rule.id]) for rule in own), size)
    nothing = np.zeros(size, np.int64)
    return by_number(stage, ((weight_of(stage, rule), rules[rule.id]) for rule in own), (nothing, nothing))


def worst(parts: Iterable[Ends], size: int) -> Ends:
    """The maximum of both ends."""
    low, high = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    for one, other in parts:
        low, high = np.maximum(low, one), np.maximum(high, other)
    return low, high


PAIRS = tuple((low, high) for low in Level for high in Level if low <= high)
"""Every interval that an advice can be."""


def pairs(advice: Ends, rows: Array) -> dict[tuple[Level, Level], int]:
    """The number of rows with each interval."""
    low, high = advice
    found = np.bincount(low * np.uint8(4) + high, weights=rows, minlength=16)
    return {(low, high): int(found[low * 4 + high]) for low, high in PAIRS}
