"""The baseline: a dossier in which every rule is clear, and from which all others are varied.

Making one rule clear can make another hit (a later start date satisfies one rule and violates the next), so all rules
are gone through a few times, each time taking the draft in which the fewest rules are left.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from barriermodel import UNKNOWN, Status
from barriermodel.analysis.profiles import ResolvedRule

from .conditions import applies_and
from .dossier_draft import Draft, field_of
from .evaluation_context import EvaluationContext
from .sample_values import typical_value
from .solve import MAX_BRANCHES, satisfy, satisfy_all

MAX_ROUNDS = 4
"""How many times to go through all rules; one that is not clear by then is reported as never clear."""
MAX_TRIES = 40
"""How many drafts are tried to make one rule clear."""


def baseline_draft(context: EvaluationContext) -> tuple[Draft, tuple[ResolvedRule, ...]]:
    """A draft in which every rule is clear, and the rules that are not clear in it, as no such draft was found."""
    draft = _start(context)
    for _ in range(MAX_ROUNDS):
        left = not_clear(draft, context)
        if not left:
            break
        for rule in left:
            draft = _with_rule_clear(rule, draft, context)
    return draft, tuple(not_clear(draft, context))


def not_clear(draft: Draft, context: EvaluationContext) -> list[ResolvedRule]:
    """The rules that are not clear."""
    return list(_not_clear(draft, context))


def _not_clear(draft: Draft, context: EvaluationContext) -> Iterator[ResolvedRule]:
    return (rule for rule in context.rules() if context.status(rule, draft) != Status.CLEAR)


def _with_rule_clear(rule: ResolvedRule, draft: Draft, context: EvaluationContext) -> Draft:
    """The draft in which this rule is clear and as few others as possible are not."""
    best, fewest = draft, len(not_clear(draft, context))
    for found in _drafts_with_rule_clear(rule, draft, context):
        left = len(list(islice(_not_clear(found, context), fewest)))  # more need not be counted
        if left < fewest:
            best, fewest = found, left
    if best is not draft:
        return best
    # nothing is better all round: clear this one, and leave the others to the next round
    return next(_drafts_with_rule_clear(rule, draft, context), draft)


def _drafts_with_rule_clear(rule: ResolvedRule, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Drafts in which this rule is clear: it applies, or else it is not known whether it does."""
    yield from islice(satisfy_all(applies_and(rule, hits=False), True, draft, context), MAX_TRIES)
    if rule.definition.applies:
        # of two rules, one for sole traders and one for all others, only one can apply; but both are clear where the
        # legal form is unknown and neither condition is met
        for found in islice(satisfy(rule.definition.applies.expression, UNKNOWN, draft, context), MAX_BRANCHES):
            yield from islice(satisfy(applies_and(rule, hits=False)[0], True, found, context), MAX_BRANCHES)


def _start(context: EvaluationContext) -> Draft:
    """A typical value for every fact that a rule reads, and for every key."""
    draft = Draft(as_of=context.as_of)
    for id in _read(context):
        field = field_of(id, context.kinds)
        if field is not None and not field.many:
            value = typical_value(field.type, context.as_of)
            draft = draft.with_facts({id: value})
    return draft.with_facts(_keys(context))


def _read(context: EvaluationContext) -> Iterator[str]:
    for rule in context.rules():
        for fact in rule.definition.facts:
            if fact.source not in ("derived", "dossier"):
                yield fact.id


def _keys(context: EvaluationContext) -> dict[str, object]:
    found: dict[str, object] = {}
    for kind in context.kinds.values():
        field = field_of(f"{kind.id}.{kind.one_per}", context.kinds)
        if field is not None:
            value = context.as_of.year - 1 if field.type is int else typical_value(field.type, context.as_of)
            found[f"{kind.id}.{kind.one_per}"] = value
    return found
