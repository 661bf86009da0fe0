"""What must come out of a draft, read plainly from what is promised (``docs/meaning.md``) and not from the engine.

The rules are interpreted one by one, and their statuses put together as the page says. Nothing here shares code with
what runs a profile (``tests/test_oracle.py``).
"""

from __future__ import annotations

from collections.abc import Sequence

from barriermodel import Interval, Level, Status
from barriermodel.analysis.expressions import Lookup
from barriermodel.analysis.profiles import CombineBy, ResolvedProfile, ResolvedRule, ResolvedStage

from .conditions import Atom, Codes, code, turns
from .dossier_draft import Draft
from .evaluation_context import Ground
from .expected import Expected


def expected(draft: Draft, ground: Ground) -> Expected:
    """What must come out of a draft.

    Of what is asked for it says only that a decided advice asks nothing. What an undecided one asks is held to its
    definition by the laws in ``tests/laws/test_asks.py``.
    """
    codes = statuses(ground.plan, ground.lookup(draft))
    found = advice(ground.plan, codes)
    known = [pair for stage, own in examined(ground.plan, codes) for pair in zip(stage.rules, own, strict=True)]
    hits, opens = (tuple(r.id for r, own in known if own == wanted) for wanted in (Status.HIT, Status.OPEN))
    return Expected(advice=found, hits=hits, open=opens, asks=() if found.decided else None)


def results(draft: Draft, ground: Ground) -> dict[str, str | Interval | None]:
    """What must be found, by what it is found of: every rule, barrier, stage, moment and concern.

    None where nothing of it is examined, or where a stage counts and so its barriers and concerns have no levels.
    """
    codes = statuses(ground.plan, ground.lookup(draft))
    known = {stage.id: own for stage, own in examined(ground.plan, codes)}
    found: dict[str, str | Interval | None] = {}
    for stage in ground.plan.stages:
        own = known.get(stage.id)
        places = [(barrier.definition, rule) for barrier in stage.barriers for rule in barrier.rules]
        told = own or (Status.NOT_EXAMINED,) * len(places)
        found |= {f"rule {rule.id}": Status(status).key for (_, rule), status in zip(places, told, strict=True)}
        ends = (
            None if own is None else Interval(*(together(stage, _having(stage, own, *w)) for w in (CERTAIN, POSSIBLE)))
        )
        moment = f"moment {stage.moment.value}"
        found |= {f"stage {stage.id}": ends, moment: _worse(found.get(moment), ends)}
        for (barrier, rule), status in zip(places, told, strict=True):
            low, high = (rule.level if status in wanted else Level.GREEN for wanted in (CERTAIN, POSSIBLE))
            level = Interval(low, high) if own is not None and stage.by_level else None
            for name in (f"barrier {barrier.id}", f"concern {barrier.concern.value}"):
                found[name] = _worse(found.get(name), level)
    return found


CERTAIN, POSSIBLE = (Status.HIT,), (Status.HIT, Status.OPEN)


def _worse(one: object, other: Interval | None) -> Interval | None:
    if not isinstance(one, Interval) or other is None:
        return one if isinstance(one, Interval) else other
    return Interval(max(one.at_least, other.at_least), max(one.at_most, other.at_most))


def statuses(plan: ResolvedProfile, lookup: Lookup) -> Codes:
    """The statuses of all rules, per stage, as if all stages were examined."""
    return tuple(tuple(code(rule, lookup) for rule in stage.rules) for stage in plan.stages)


def examined(plan: ResolvedProfile, codes: Codes) -> list[tuple[ResolvedStage, tuple[int, ...]]]:
    """Each stage with its statuses, up to the one after which it is certain that exclusion is possible."""
    found: list[tuple[ResolvedStage, tuple[int, ...]]] = []
    for stage, own in zip(plan.stages, codes, strict=True):
        found.append((stage, own))
        if together(stage, _having(stage, own, Status.HIT)) is Level.EXCLUDE:
            break
    return found


def advice(plan: ResolvedProfile, codes: Codes) -> Interval:
    """At least what the hits make, at most what they make if every open rule hits too: the worst of the stages."""
    stages = examined(plan, codes)
    low = [together(stage, _having(stage, own, *CERTAIN)) for stage, own in stages]
    high = [together(stage, _having(stage, own, *POSSIBLE)) for stage, own in stages]
    return Interval(max(low), max(high))


def _having(stage: ResolvedStage, codes: Sequence[int], *wanted: Status) -> list[ResolvedRule]:
    return [rule for rule, own in zip(stage.rules, codes, strict=True) if own in wanted]


def together(stage: ResolvedStage, hits: Sequence[ResolvedRule]) -> Level:
    """The level that a stage makes of the rules that hit."""
    combine = stage.combine
    if combine.by is CombineBy.WORST:
        return max((rule.level for rule in hits), default=Level.GREEN)
    return level_of(stage, len(hits) if combine.by is CombineBy.COUNT else sum(rule.weight for rule in hits))


def level_of(stage: ResolvedStage, total: int) -> Level:
    """The level that so many hits or points make."""
    combine = stage.combine
    assert combine.orange is not None  # a stage that counts has both
    assert combine.red is not None
    return Level.RED if total >= combine.red else Level.ORANGE if total >= combine.orange else Level.GREEN


def decides_advice(plan: ResolvedProfile, codes: Codes, atom: Atom, lookup: Lookup) -> bool:
    """Whether the advice would be another one with another value of the atom.

    Args:
        codes: the statuses of all rules, per stage.
        lookup: the facts of the dossier.

    """
    index, position = place_of(plan, atom.rule)
    now = advice(plan, codes)
    for other in turns(atom, lookup):
        turned = (*codes[index][:position], other, *codes[index][position + 1 :])
        if advice(plan, (*codes[:index], turned, *codes[index + 1 :])) != now:
            return True
    return False


def place_of(plan: ResolvedProfile, rule: ResolvedRule) -> tuple[int, int]:
    """The stage of a rule, and its place in the stage."""
    for index, stage in enumerate(plan.stages):
        if rule in stage.rules:
            return index, stage.rules.index(rule)
    raise KeyError(rule.id)
