"""A dossier in which every rule is clear: what examples are varied from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from barriermodel import UNKNOWN, Status
from barriermodel.analysis.expressions import Node, Operation
from barriermodel.analysis.profiles import ResolvedRule

from .conditions import code
from .dossier_draft import Draft, field_of
from .evaluation_context import Ground
from .solve import FEW, every, make, usual

ROUNDS = 4
"""How often all rules are gone through before it is given up."""
WAYS = 40
"""How many ways are tried to make one rule clear."""


def clear_draft(ground: Ground) -> tuple[Draft, tuple[ResolvedRule, ...]]:
    """A draft in which every rule is clear, and the rules for which none was found beside the others."""
    draft = _start(ground)
    for _ in range(ROUNDS):
        left = not_clear(draft, ground)
        if not left:
            break
        for rule in left:
            draft = _mended(rule, draft, ground)
    return draft, tuple(not_clear(draft, ground))


def not_clear(draft: Draft, ground: Ground) -> list[ResolvedRule]:
    """The rules that are not clear."""
    lookup = ground.lookup(draft)
    return [rule for rule in ground.rules() if code(rule, lookup) != Status.CLEAR]


def clearly(rule: ResolvedRule) -> tuple[Node, ...]:
    """What is true where a rule applies and is clear."""
    applies = rule.definition.applies
    return (Operation("not", (rule.definition.hits_if,), bool), *([applies.expression] if applies else []))


def _mended(rule: ResolvedRule, draft: Draft, ground: Ground) -> Draft:
    """The draft in which this rule is clear and as few others as can be are not."""
    best, fewest = draft, len(not_clear(draft, ground))
    for found in _ways(rule, draft, ground):
        left = len(not_clear(found, ground))
        if left < fewest:
            best, fewest = found, left
    if best is not draft:
        return best
    # nothing is better all round: clear this one, and leave the others to the next round
    return next(_ways(rule, draft, ground), draft)


def _ways(rule: ResolvedRule, draft: Draft, ground: Ground) -> Iterator[Draft]:
    """Drafts in which this rule is clear: it applies, or else it is not known whether it does.

    Where one rule is about who works alone and another about who does not, only the latter makes both clear.
    """
    yield from islice(every(clearly(rule), True, draft, ground), WAYS)
    if rule.definition.applies:
        for found in islice(make(rule.definition.applies.expression, UNKNOWN, draft, ground), FEW):
            yield from islice(make(clearly(rule)[0], True, found, ground), FEW)


def _start(ground: Ground) -> Draft:
    """A usual value for every fact that a rule reads, and for every key."""
    draft = Draft(as_of=ground.as_of)
    for id in _read(ground):
        field = field_of(id, ground.kinds)
        if field is not None and not field.many:
            value = usual(field.type, ground.as_of)
            draft = draft.having({id: value})
    return draft.having(_keys(ground))


def _read(ground: Ground) -> Iterator[str]:
    for rule in ground.rules():
        for fact in rule.definition.facts:
            if fact.source not in ("derived", "dossier"):
                yield fact.id


def _keys(ground: Ground) -> dict[str, object]:
    found: dict[str, object] = {}
    for kind in ground.kinds.values():
        field = field_of(f"{kind.id}.{kind.one_per}", ground.kinds)
        if field is not None:
            value = ground.as_of.year - 1 if field.type is int else usual(field.type, ground.as_of)
            found[f"{kind.id}.{kind.one_per}"] = value
    return found
