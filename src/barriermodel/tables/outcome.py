"""From rules that hit, are clear or open to levels, for all rows at once.

All rules of one level are joined by ``|``: true where one hits, null where none does and one is open. So both ends of
an interval come from one column per level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import narwhals as nw

from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedStage
from ..rules.levels import Level
from .dialect import Dialect

Levels: TypeAlias = Mapping[Level, nw.Expr]
"""For each level, whether a rule of it hits; null where it is open."""


def either(parts: Iterable[nw.Expr]) -> nw.Expr:
    """Whether one of them is true; null where none is and one is null."""
    return _joined(list(parts), lambda a, b: a | b)


def _joined(parts: list[nw.Expr], both: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> nw.Expr:
    """All parts as one expression, no deeper than it must be: engines read it by recursion."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return both(_joined(parts[:half], both), _joined(parts[half:], both))


def join(parts: Iterable[Levels]) -> Levels:
    """The levels of several barriers or stages together."""
    found: dict[Level, list[nw.Expr]] = {}
    for levels in parts:
        for level, expr in levels.items():
            found.setdefault(level, []).append(expr)
    return {level: either(found[level]) for level in sorted(found)}


def said(levels: Levels, dialect: Dialect) -> nw.Expr:
    """The highest level that is true, as files call it."""
    word = dialect.words(level.key for level in Level)
    found = word(Level.GREEN.key)
    for level in sorted(levels):
        found = nw.when(levels[level]).then(word(level.key)).otherwise(found)
    return found


def counted(stage: ResolvedStage, rules: Mapping[str, nw.Expr]) -> Levels:
    """The levels of a stage that counts, in the same form."""
    by_points = stage.combine.by is CombineBy.POINTS
    weights = {rule.id: rule.weight if by_points else 1 for rule in stage.rules}
    hits, most = (
        _joined([rules[id].fill_null(value=end).cast(nw.Int64) * w for id, w in weights.items()], lambda a, b: a + b)
        for end in (False, True)
    )
    ends = {Level.ORANGE: stage.combine.orange or 0, Level.RED: stage.combine.red or 0}
    return {level: _reached(hits, most, number) for level, number in ends.items()}


def _reached(hits: nw.Expr, most: nw.Expr, number: int) -> nw.Expr:
    """True where the hits reach a number; false where they cannot, with all that is open; null in between."""
    never = nw.when(most < number).then(nw.lit(value=False))
    return nw.when(hits >= number).then(nw.lit(value=True)).otherwise(never)
