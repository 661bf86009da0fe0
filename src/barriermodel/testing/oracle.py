"""The oracle: the expected outcome of a draft, computed from the promise (``docs/meaning.md``) and not by the engine.

It is slow and plain on purpose: each rule is interpreted by itself, and the statuses are put together one by one, in
the order of the page. **It must stay independent of the engine.** Combining a stage is also written in the engine (for
one dossier), in the tables (for columns) and in calibration (for arrays). Those may share code; this module may not:
a mistake in what they share would then be expected as well, and no generated case could find it.
``tests/test_oracle.py`` checks that none of its imports leads to the engine.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from barriermodel import Interval, Level, Status
from barriermodel.analysis.expressions import Lookup
from barriermodel.analysis.profiles import CombineBy, ResolvedProfile, ResolvedRule, ResolvedStage

from .conditions import Condition, Statuses, alternative_statuses
from .dossier_draft import Draft
from .evaluation_context import EvaluationContext

CERTAIN, POSSIBLE = (Status.HIT,), (Status.HIT, Status.OPEN)
"""The statuses that count for the lower and for the upper end of an interval."""


@attrs.frozen(kw_only=True)
class Expected:
    """The expected outcome of a dossier; whatever is left out is not checked.

    Args:
        advice: its interval; both ends are equal if it is decided.
        hits: the ids of all rules that hit.
        open: the ids of all open rules.
        asks: the ids of the kinds of evidence that are asked for.

    Raises:
        ValueError: all four are left out.

    >>> from barriermodel import Interval, Level
    >>> Expected(advice=Interval(Level.RED, Level.RED), hits=("nl.kvk.active",)).hits
    ('nl.kvk.active',)

    """

    advice: Interval | None = None
    hits: tuple[str, ...] | None = None
    open: tuple[str, ...] | None = None
    asks: tuple[str, ...] | None = None

    def __attrs_post_init__(self) -> None:
        if all(value is None for value in attrs.astuple(self, recurse=False)):
            raise ValueError("say what must come out: advice, hits, open or asks")


def expected(draft: Draft, context: EvaluationContext) -> Expected:
    """The expected outcome of a draft.

    About requests for evidence it says only that decided advice makes none. What undecided advice asks for is checked
    against its definition by the laws in ``tests/laws/test_asks.py``.
    """
    # every stage is evaluated, although an engine stops at an exclusion: advice() leaves out what is not examined
    per_stage = context.statuses(draft)
    found = advice(context.resolved, per_stage)
    rules = [
        pair for stage, own in examined(context.resolved, per_stage) for pair in zip(stage.rules, own, strict=True)
    ]
    hits, opens = (tuple(r.id for r, own in rules if own == wanted) for wanted in (Status.HIT, Status.OPEN))
    return Expected(advice=found, hits=hits, open=opens, asks=() if found.decided else None)


def results(draft: Draft, context: EvaluationContext) -> dict[str, str | Interval | None]:
    """The status of every rule, and the interval of every barrier, stage, moment and concern, each by its name.

    None if none of it is examined, or if it has no level because its stage counts hits instead.
    """
    per_stage = context.statuses(draft)
    known = {stage.id: own for stage, own in examined(context.resolved, per_stage)}
    found: dict[str, str | Interval | None] = {}
    for stage in context.resolved.stages:
        own = known.get(stage.id)
        places = [(barrier.definition, rule) for barrier in stage.barriers for rule in barrier.rules]
        # statuses are in the order of the rules of a stage, which is that of its barriers
        shown = own or (Status.NOT_EXAMINED,) * len(places)
        found |= {f"rule {rule.id}": Status(status).key for (_, rule), status in zip(places, shown, strict=True)}
        interval = None if own is None else Interval(_level(stage, own, CERTAIN), _level(stage, own, POSSIBLE))
        moment = f"moment {stage.moment.value}"
        found |= {f"stage {stage.id}": interval, moment: _worst(found.get(moment), interval)}
        # barriers and concerns take the worst of their rules at both ends; where hits are counted they have no level
        for (barrier, rule), status in zip(places, shown, strict=True):
            low, high = (rule.level if status in wanted else Level.GREEN for wanted in (CERTAIN, POSSIBLE))
            level = Interval(low, high) if own is not None and stage.by_level else None
            for name in (f"barrier {barrier.id}", f"concern {barrier.concern.value}"):
                found[name] = _worst(found.get(name), level)
    return found


def _worst(one: object, other: Interval | None) -> Interval | None:
    if not isinstance(one, Interval) or other is None:
        return one if isinstance(one, Interval) else other
    return Interval(max(one.at_least, other.at_least), max(one.at_most, other.at_most))


def examined(resolved: ResolvedProfile, per_stage: Statuses) -> list[tuple[ResolvedStage, tuple[int, ...]]]:
    """Each stage with its statuses, up to and including the first that certainly excludes."""
    found: list[tuple[ResolvedStage, tuple[int, ...]]] = []
    for stage, own in zip(resolved.stages, per_stage, strict=True):
        found.append((stage, own))
        # only certain exclusion stops: a possible one may not hide what later stages find
        if _level(stage, own, CERTAIN) is Level.EXCLUDE:
            break
    return found


def advice(resolved: ResolvedProfile, per_stage: Statuses) -> Interval:
    """The worst of the examined stages, at both ends."""
    stages = examined(resolved, per_stage)
    low, high = (max(_level(stage, own, counting) for stage, own in stages) for counting in (CERTAIN, POSSIBLE))
    return Interval(low, high)


def _level(stage: ResolvedStage, codes: Sequence[int], counting: Sequence[Status]) -> Level:
    """The level of a stage if the rules with these statuses hit and no others."""
    return together(stage, [rule for rule, own in zip(stage.rules, codes, strict=True) if own in counting])


def together(stage: ResolvedStage, hits: Sequence[ResolvedRule]) -> Level:
    """The level of a stage in which these rules hit."""
    combine = stage.combine
    # not ResolvedStage.by_level or anything else that the engine uses: the page says worst, count or points
    if combine.by is CombineBy.WORST:
        return max((rule.level for rule in hits), default=Level.GREEN)
    return level_of(stage, len(hits) if combine.by is CombineBy.COUNT else sum(rule.weight for rule in hits))


def level_of(stage: ResolvedStage, total: int) -> Level:
    """The level of a stage with this number of hits or points."""
    combine = stage.combine
    assert combine.orange is not None  # a stage that counts has both
    assert combine.red is not None
    return Level.RED if total >= combine.red else Level.ORANGE if total >= combine.orange else Level.GREEN


def decides_advice(resolved: ResolvedProfile, per_stage: Statuses, condition: Condition, lookup: Lookup) -> bool:
    """Whether the advice would differ with another value of the atom.

    Args:
        codes: the statuses of all rules, per stage.
        lookup: the facts of the dossier.

    """
    index, position = place_of(resolved, condition.rule)
    # a condition is in one rule only, so only the status of that rule is replaced, and the rest is combined again
    now = advice(resolved, per_stage)
    for other in alternative_statuses(condition, lookup):
        changed = (*per_stage[index][:position], other, *per_stage[index][position + 1 :])
        if advice(resolved, (*per_stage[:index], changed, *per_stage[index + 1 :])) != now:
            return True
    return False


def place_of(resolved: ResolvedProfile, rule: ResolvedRule) -> tuple[int, int]:
    """The stage of a rule, and its place in the stage."""
    for index, stage in enumerate(resolved.stages):
        if rule in stage.rules:
            return index, stage.rules.index(rule)
    raise KeyError(rule.id)
