"""Finds facts for which a condition is true, false or unknown, or stands exactly on its limit.

This is no general solver. Rules are small expressions whose leaves are facts that may be set freely, so it is enough
to go down the expression, compute what each side must be, set the facts at the leaves, and check the result.

An example. The rule hits where ``profit / turnover > 0.10``, and the draft has a turnover of 1,000 euros.

1. :func:`around_limit` sees a comparison. Its right side is 0.10 in this draft, so its left side is to be 0.10 (on
   the limit), 0.0999 (just under it) and 0.1001 (just over it).
2. :func:`solve` is asked for a left side of 0.10. It sees a ratio, keeps the turnover, and inverts the division: the
   profit must be 0.10 × 1,000 euros. Then it keeps the profit, and solves for the turnover.
3. At the leaf, the fact ``profit`` is set to 100 euros, if the fact may hold that value.

Three invariants hold throughout.

* A draft is never changed: each step yields new drafts, the nearest to the given one first, and lazily, so that a
  caller takes as many as it needs (``islice``).
* Whatever is yielded by :func:`satisfy` and :func:`satisfy_all` has been evaluated and has the wanted value. The steps
  in between may guess (one fact can stand on both sides of a comparison), because a wrong guess is dropped there.
* Nothing is drawn at random, so the same rule gives the same drafts on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, zip_longest
from typing import Any

from barriermodel.analysis.expressions import COMPARISONS, FactRef, Node, Operation, Parameter, facts_of, unnamed
from barriermodel.analysis.facts import add_months_to, fact_fields
from barriermodel.plugin import UNKNOWN, Money

from .conditions import parts
from .dossier_draft import Draft, field_of
from .evaluation_context import EvaluationContext
from .examples import examples
from .sample_values import STEPS, nearest_of_type, other_values, stepped, typical_value, values_around

MAX_BRANCHES = 12
"""At most this many drafts of one part are followed up; without a maximum, nested parts multiply."""

OUTCOMES = ("on", "under", "over", "off", "yes", "no", "first", "last", "none", "unknown")
"""The ways in which a condition can turn out; its left side is under or over its right side."""


# Conditions joined by and, or, not ----------------------------------------------------------------------


def satisfy(node: Node, wanted: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Drafts like this one in which a condition has a value (True, False or UNKNOWN), the nearest first."""
    if context.value(node, draft) is wanted:
        yield draft
    how = _satisfy_logic if parts(node) else _satisfy_condition
    yield from (found for found in how(unnamed(node), wanted, draft, context) if context.value(node, found) is wanted)


def _satisfy_logic(node: Node, wanted: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    assert isinstance(node, Operation)  # only logic has parts
    if node.op == "not":
        yield from satisfy(node.args[0], wanted if wanted is UNKNOWN else not wanted, draft, context)
        return
    # one true part decides `or`, one false part decides `and`, whatever the other parts are
    decisive = node.op == "or"
    if wanted is not decisive and wanted is not UNKNOWN:
        yield from satisfy_all(node.args, wanted, draft, context)
        return
    each = [_satisfy_through(node.args, n, wanted, decisive, draft, context) for n in range(len(node.args))]
    # one draft of each part in turn, so that a part with many solutions does not keep the others from being tried
    yield from (found for turn in zip_longest(*each) for found in turn if found is not None)


def _satisfy_through(
    nodes: tuple[Node, ...], number: int, wanted: Any, decisive: bool, draft: Draft, context: EvaluationContext
) -> Iterator[Draft]:
    """Drafts in which one part gives `and` or `or` its value."""
    others = (*nodes[:number], *nodes[number + 1 :])
    for found in islice(satisfy(nodes[number], wanted, draft, context), MAX_BRANCHES):
        # a decisive part is enough; an unknown one shows only where no other part decides
        yield from (found,) if wanted is decisive else satisfy_all(others, not decisive, found, context)


def satisfy_all(nodes: Sequence[Node], wanted: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Drafts in which all conditions have the value."""
    if not nodes:
        yield draft
        return
    for found in islice(satisfy(nodes[0], wanted, draft, context), MAX_BRANCHES):
        # the rest may need the facts that the first has set, so the first is checked again
        rest = satisfy_all(nodes[1:], wanted, found, context)
        yield from (draft for draft in rest if context.value(nodes[0], draft) is wanted)


# Single conditions --------------------------------------------------------------------------------------


def _satisfy_condition(node: Node, wanted: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    if wanted is UNKNOWN:
        yield from with_unknown(node, draft, context)
    else:
        # values far from the limit first: they are the least likely to disturb other conditions on the same facts
        yield from around_limit(node, draft, context, with_margin=True)


def with_unknown(node: Node, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Drafts in which a fact of a condition is unknown."""
    for fact in facts_of(node):
        if fact.source == "derived":
            kinds = context.derived[fact.name][1].signature.kinds
            for kind in kinds:
                yield from (draft.with_facts({f"{kind.id}.{name}": UNKNOWN}) for name in draft.facts_of(kind.id))
            yield from (draft.without_kind(kind.id) for kind in kinds)
        elif fact.source != "dossier":  # the date of a dossier is always known
            yield draft.with_facts({fact.id: UNKNOWN})


def outcome_of(node: Node, draft: Draft, context: EvaluationContext) -> str:
    """How a condition turns out: one of :data:`OUTCOMES`, or ``""`` if no case is about it."""
    if context.value(node, draft) is UNKNOWN:
        return "unknown"
    if isinstance(node, Operation) and node.op == "one_of":
        value, choices = context.value(node.args[0], draft), _choices(node, draft, context)
        return "none" if value not in choices else {choices[-1]: "last", choices[0]: "first"}.get(value, "")
    if isinstance(node, Operation) and node.op in COMPARISONS:
        left, right = (context.value(arg, draft) for arg in node.args)
        if left is UNKNOWN or right is UNKNOWN:  # known from the ends of an unknown number
            return ""
        if left == right:
            return "on"
        return "off" if node.args[0].type not in STEPS else "over" if left > right else "under"
    return "yes" if context.value(node, draft) else "no"


def around_limit(node: Node, draft: Draft, context: EvaluationContext, *, with_margin: bool = False) -> Iterator[Draft]:
    """Drafts in which a condition is on its limit, just off it, true or false.

    Args:
        with_margin: also far from the limit, and that first.

    """
    if isinstance(node, FactRef):
        for value in (True, False):
            yield from solve(node, value, draft, context)
    elif isinstance(node, Operation):
        # the sides of a comparison have values only where all facts in it are known
        known = _with_known_facts(node, draft, context)
        if node.op == "one_of":
            yield from _around_choices(node, known, context)
        elif node.op in COMPARISONS:
            # either side may be the one with a fact that can be set; the other side says what it must be
            for side, other in (node.args, node.args[::-1]):
                limit = context.value(other, known)
                if limit is not UNKNOWN:
                    for wanted in values_around(side.type, limit, context.as_of, with_margin=with_margin):
                        yield from _exact_first(side, wanted, known, context)


def _exact_first(side: Node, wanted: Any, draft: Draft, context: EvaluationContext) -> list[Draft]:
    """Drafts in which a side of a comparison has exactly this value, before those in which it has about this value."""
    found = islice(solve(side, wanted, draft, context), MAX_BRANCHES)
    return sorted(found, key=lambda one: context.value(side, one) != wanted)


def _with_known_facts(node: Node, draft: Draft, context: EvaluationContext) -> Draft:
    """The draft with a typical value for every fact of a condition that is unknown."""
    for fact in facts_of(node):
        if fact.source == "dossier" or context.value(fact, draft) is not UNKNOWN:
            continue
        if fact.source == "derived":
            found = examples(context.derived[fact.name][1], context)
            draft = found[0].in_(draft) if found else draft
            continue
        draft = next(_set_fact(fact, typical_value(fact.type, context.as_of), draft, context), draft)
    return draft


def _around_choices(node: Operation, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Drafts in which a fact is the first choice of a list, the last, or none of them."""
    fact, choices = node.args[0], _choices(node, draft, context)
    for value in (*choices[:1], *choices[1:][-1:], *other_values(fact.type, choices, context.as_of)):
        yield from solve(fact, value, draft, context)


def _choices(node: Operation, draft: Draft, context: EvaluationContext) -> list[Any]:
    found: list[Any] = []
    for choice in node.args[1:]:
        value = context.value(choice, draft)
        # a parameter may hold a whole list of choices
        found.extend(value if isinstance(choice, Parameter) and choice.many else [value])
    return found


# Sides of comparisons -----------------------------------------------------------------------------------


def solve(node: Node, target: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Drafts in which an expression has about this value: facts hold whole cents, days and numbers."""
    inner = unnamed(node)
    if isinstance(inner, FactRef):
        how = _set_derived if inner.source == "derived" else _set_fact
        yield from how(inner, target, draft, context)
    elif isinstance(inner, Operation) and inner.op == "add_months":
        yield from _solve_months(inner, target, draft, context)
    elif isinstance(inner, Operation) and inner.op in _INVERSES:
        yield from _solve_arithmetic(inner, target, draft, context)
    # a constant, a parameter or another operation cannot be given another value: no drafts


def _solve_arithmetic(node: Operation, target: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Keep one side of an operation as it is, and solve the other side for what is left."""
    for number, side in enumerate(node.args):
        other = context.value(node.args[1 - number], draft)
        if other is UNKNOWN:
            continue
        for value in _INVERSES[node.op](_in_cents(target), _in_cents(other), number):
            for typed in nearest_of_type(side.type, value):
                yield from solve(side, typed, draft, context)


def _set_fact(fact: FactRef, value: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    field = field_of(fact.id, context.kinds)
    if field is None:
        return
    for typed in nearest_of_type(fact.type, value):
        try:
            checked = field.validate(typed)
        except ValueError:  # skip values the fact cannot hold
            continue
        if checked is not UNKNOWN:
            yield draft.with_facts({fact.id: checked})


def _set_derived(fact: FactRef, target: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """By setting a fact that it is derived from, or by the examples nearest to the target that were found for it."""
    derived = context.derived[fact.name][1]
    # many derived facts pass a stated fact on: set each one of the same type, and keep what comes out right
    for kind in derived.signature.kinds:
        for name, field in fact_fields(kind.cls).items():
            if not field.many and field.type is fact.type and draft.facts_of(kind.id):
                ref = FactRef(kind.id, name, fact.type, fact.label)
                yield from (d for d in _set_fact(ref, target, draft, context) if context.value(fact, d) == target)
    # its function is plain Python and cannot be inverted, so the rest comes from trying evidence beforehand
    found = examples(derived, context)
    yield from (one.in_(draft) for one in found if one.value == target)
    if fact.type in STEPS:
        yield from (one.in_(draft) for one in reversed(found) if one.value < target)
        yield from (one.in_(draft) for one in found if one.value > target)


def _solve_months(node: Operation, target: date, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    count = context.value(node.args[1], draft)
    start = UNKNOWN if count is UNKNOWN else add_months_to(target, -count)
    if start is UNKNOWN:
        return
    # 31 January + 1 month is 28 February, and 28 February - 1 month is 28 January: going back is not the exact
    # inverse, so the days next to it are tried too. Some targets (31 April) no start can reach.
    for days in (0, 1, -1, 2, 3):
        for day in [start] if not days else stepped(start, days):
            yield from solve(node.args[0], day, draft, context)


def _in_cents(value: Any) -> Any:
    return value.cents if isinstance(value, Money) else value


_INVERSES: dict[str, Any] = {
    "add": lambda t, other, _: [t - other],
    "sub": lambda t, other, number: [t + other] if number == 0 else [other - t],
    "mul": lambda t, other, _: [t / other] if other else [],
    "ratio": lambda t, other, number: [t * other] if number == 0 else [other / t] if t else [],
}
"""What side ``number`` of an operation must be for the whole to be ``t``, given the other side; amounts in cents."""
