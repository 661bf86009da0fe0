"""Tables that would narrow each other's hidden counts: the rules that can make an advice, and how often it was given.

Where 14 rows are red for certain, and of the rules that can make red one hits in 11 and another in 1–4, that other one
hits in 3 or more. The page says which level a rule leads to, so every reader can find this.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from ..profiles.resolved import ResolvedProfile, ResolvedStage
from ..rules.levels import Level
from .publishing import CountRange, PublishedCounts

Ends = tuple[Level, Level]


class RuleCounts(NamedTuple):
    """In how many rows a rule hits, is open, or either of these, as far as its own table says."""

    hits: CountRange
    open: CountRange
    either: CountRange


def rules_to_withhold(
    resolved: ResolvedProfile, advice: PublishedCounts[Ends], counts: Mapping[str, RuleCounts | None]
) -> set[str]:
    """The rules whose counts would narrow a hidden count, in the table of advice or of another rule.

    It depends on nothing but what the tables show, so that a rule is left out says no more than they do.

    Args:
        advice: the rows by both ends of their advice.
        counts: of each rule what its own table shows; None if that is left out.

    """
    withheld: set[str] = set()
    for level in (Level.ORANGE, Level.RED, Level.EXCLUDE):
        shares = {id: share for stage in resolved.stages for id, share in _shares(stage, level).items() if share}
        found = {id: counts[id] for id in shares}
        if _narrows(advice, level, shares, found):
            withheld |= {id for id, one in found.items() if one is not None and one.either[1]}
    return withheld


def _narrows(
    advice: PublishedCounts[Ends], level: Level, shares: Mapping[str, Fraction], found: Mapping[str, RuleCounts | None]
) -> bool:
    """Whether the rows that reach a level, or can, narrow what a table shows: each of them has a rule that does so."""
    if None in found.values():
        return False  # what is not published can be any number
    rules = {id: one for id, one in found.items() if one is not None}
    certain = [ends for ends in advice.ranges if ends[0] >= level]
    uncertain = [ends for ends in advice.ranges if ends[0] < level <= ends[1]]
    return any((
        _is_tight(advice, certain, [(shares[id], one.hits) for id, one in rules.items()]),
        _is_tight(advice, uncertain, [(Fraction(1), one.open) for one in rules.values()]),
        _is_tight(advice, certain + uncertain, [(shares[id], one.either) for id, one in rules.items()]),
    ))  # fmt: skip


def _is_tight(advice: PublishedCounts[Ends], ends: list[Ends], causes: list[tuple[Fraction, CountRange]]) -> bool:
    """Whether some count cannot be everything in its range, given that these rows are no more than their causes."""
    to_spare = sum(share * high for share, (_, high) in causes) - advice.bounds(*ends)[0]
    cells = [(Fraction(1), advice.bounds(one)) for one in ends]
    return any(share * (high - low) > max(to_spare, 0) for share, (low, high) in (*causes, *cells))


def _shares(stage: ResolvedStage, level: Level) -> dict[str, Fraction]:
    """What part of a level a hit of each rule is: all of it, or one of the hits or points that it takes; 0 for none."""
    if stage.by_level:
        return {rule.id: Fraction(rule.level >= level) for rule in stage.rules}
    thresholds = {Level.ORANGE: (stage.combine.orange, stage.combine.red), Level.RED: (stage.combine.red,)}
    needed = min((one for one in thresholds.get(level, ()) if one is not None), default=None)
    weights = zip(stage.rules, stage.weights, strict=True)
    return {rule.id: Fraction(min(weight, needed), needed) if needed else Fraction() for rule, weight in weights}
