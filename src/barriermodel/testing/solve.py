"""Finds facts for which a condition is true, false or unknown, or stands exactly on its limit. No solver: it goes
down the expression, sets the facts it meets, and looks whether it came out right.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, zip_longest
from typing import Any

from barriermodel.analysis.expressions import COMPARISONS, FactRef, Node, Operation, Parameter, facts_of, unnamed
from barriermodel.analysis.facts import MAX_SAFE_INTEGER, add_months_to, fact_fields
from barriermodel.plugin import UNKNOWN, Money, euro

from .conditions import parts
from .dossier_draft import Draft, field_of
from .evaluation_context import EvaluationContext
from .examples import examples

MAX_BRANCHES = 12
"""How many ways of one part are tried before another is."""

OUTCOMES = ("on", "under", "over", "off", "yes", "no", "first", "last", "none", "unknown")
"""The ways in which an atom can turn out; its left side is under or over its right side."""

STEPS: dict[type, Any] = {int: 1, float: 0.0001, Money: 1, date: 1}
"""The smallest step that a person would tell apart: one, a hundredth of a per cent, a cent, a day."""


def satisfy(node: Node, wanted: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Drafts like this one in which a condition has a value (True, False or UNKNOWN), the nearest first."""
    if context.value(node, draft) is wanted:
        yield draft
    tried = (
        _satisfy_logic(node, wanted, draft, context)
        if parts(node)
        else _satisfy_condition(unnamed(node), wanted, draft, context)
    )
    yield from (found for found in tried if context.value(node, found) is wanted)


def _satisfy_logic(node: Node, wanted: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    inner = unnamed(node)
    assert isinstance(inner, Operation)  # only logic has parts
    if inner.op == "not":
        yield from satisfy(inner.args[0], wanted if wanted is UNKNOWN else not wanted, draft, context)
        return
    decisive = inner.op == "or"
    if wanted is not decisive and wanted is not UNKNOWN:
        yield from satisfy_all(inner.args, wanted, draft, context)
        return
    each = [_satisfy_through(inner.args, n, wanted, decisive, draft, context) for n in range(len(inner.args))]
    yield from (found for turn in zip_longest(*each) for found in turn if found is not None)


def _satisfy_through(
    nodes: tuple[Node, ...], number: int, wanted: Any, decisive: bool, draft: Draft, context: EvaluationContext
) -> Iterator[Draft]:
    others = (*nodes[:number], *nodes[number + 1 :])
    for found in islice(satisfy(nodes[number], wanted, draft, context), MAX_BRANCHES):
        # one true part makes `or` true; for unknown the others must not be true either
        yield from (found,) if wanted is decisive else satisfy_all(others, not decisive, found, context)


def satisfy_all(nodes: Sequence[Node], wanted: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Drafts in which all conditions have the value."""
    if not nodes:
        yield draft
        return
    for found in islice(satisfy(nodes[0], wanted, draft, context), MAX_BRANCHES):
        yield from (d for d in satisfy_all(nodes[1:], wanted, found, context) if context.value(nodes[0], d) is wanted)


# Atoms ------------------------------------------------------------------------------------------------


def _satisfy_condition(node: Node, wanted: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    if wanted is UNKNOWN:
        yield from with_unknown(node, draft, context)
    else:
        yield from around_limit(node, draft, context, comfortably=True)


def with_unknown(node: Node, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Drafts in which a fact of an atom is unknown."""
    for fact in facts_of(node):
        if fact.source == "derived":
            kinds = context.derived[fact.name][1].signature.kinds
            yield from (
                draft.with_facts({f"{kind.id}.{name}": UNKNOWN}) for kind in kinds for name in draft.facts_of(kind.id)
            )
            yield from (draft.without_kind(kind.id) for kind in kinds)
        elif fact.source != "dossier":
            yield draft.with_facts({fact.id: UNKNOWN})


def outcome_of(node: Node, draft: Draft, context: EvaluationContext) -> str:
    """How an atom turns out: a key of :data:`WAYS`, or nothing where no case is about it."""
    if context.value(node, draft) is UNKNOWN:
        return "unknown"
    if isinstance(node, Operation) and node.op == "one_of":
        value, listed = context.value(node.args[0], draft), _choices(node, draft, context)
        return "none" if value not in listed else {listed[-1]: "last", listed[0]: "first"}.get(value, "")
    if isinstance(node, Operation) and node.op in COMPARISONS:
        left, right = (context.value(arg, draft) for arg in node.args)
        if left == right:
            return "on"
        return "off" if node.args[0].type not in STEPS else "over" if left > right else "under"
    return "yes" if context.value(node, draft) else "no"


def around_limit(node: Node, draft: Draft, context: EvaluationContext, *, comfortably: bool = False) -> Iterator[Draft]:
    """Drafts in which an atom is on its limit, just off it, true or false.

    Args:
        comfortably: also far from the limit, and that first.

    """
    if isinstance(node, FactRef):
        for value in (True, False):
            yield from solve(node, value, draft, context)
    elif isinstance(node, Operation):
        known = _fill_unknown(node, draft, context)
        if node.op == "one_of":
            yield from _around_list(node, known, context)
        elif node.op in COMPARISONS:
            for side, other in (node.args, node.args[::-1]):
                target = context.value(other, known)
                if target is not UNKNOWN:
                    for wanted in _targets(side.type, target, context.as_of, comfortably):
                        yield from _exact_first(side, wanted, known, context)


def _exact_first(side: Node, wanted: Any, draft: Draft, context: EvaluationContext) -> list[Draft]:
    """Drafts in which a side of a comparison is worth this, before those in which it is worth about this."""
    found = islice(solve(side, wanted, draft, context), MAX_BRANCHES)
    return sorted(found, key=lambda one: context.value(side, one) != wanted)


def _fill_unknown(node: Node, draft: Draft, context: EvaluationContext) -> Draft:
    """The draft with a usual value for every fact of an atom that is unknown."""
    for fact in facts_of(node):
        if fact.source == "dossier" or context.value(fact, draft) is not UNKNOWN:
            continue
        if fact.source == "derived":
            found = examples(context.derived[fact.name][1], context)
            draft = found[0].in_(draft) if found else draft
            continue
        draft = next(_set_fact(fact, typical_value(fact.type, context.as_of), draft, context), draft)
    return draft


def typical_value(kind: type, as_of: date) -> Any:
    """A value to begin with."""
    if issubclass(kind, enum.Enum):
        return next(iter(kind))
    return {bool: False, int: 10, float: 0.5, Money: euro(1_000_000), date: as_of, str: "voorbeeld"}[kind]


def _around_list(node: Operation, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    fact, listed = node.args[0], _choices(node, draft, context)
    for value in (*listed[:1], *listed[1:][-1:], *other_values(fact.type, listed, context.as_of)):
        yield from solve(fact, value, draft, context)


def _choices(node: Operation, draft: Draft, context: EvaluationContext) -> list[Any]:
    found: list[Any] = []
    for choice in node.args[1:]:
        value = context.value(choice, draft)
        found.extend(value if isinstance(choice, Parameter) and choice.many else [value])
    return found


def other_values(kind: type, taken: list[Any], as_of: date) -> list[Any]:
    """Values of a type that are not among those taken."""
    if issubclass(kind, enum.Enum):
        return [member for member in kind if member not in taken]
    if kind is bool:
        return [value for value in (True, False) if value not in taken]
    if kind is str:
        return [word for word in ("iets anders", "nog iets anders") if word not in taken][:1]
    high = max(taken, default=typical_value(kind, as_of))
    return list(_stepped(high, 1))


def _targets(kind: type, target: Any, as_of: date, comfortably: bool) -> list[Any]:
    if kind not in STEPS:
        return [target, *other_values(kind, [target], as_of)[:1]]
    near = [target, *_stepped(target, -1), *_stepped(target, 1)]
    return [*_distant(target), *near] if comfortably else near


def _stepped(value: Any, steps: int) -> list[Any]:
    """The value so many steps further, where there is one."""
    try:
        if isinstance(value, date):
            return [date.fromordinal(value.toordinal() + steps)]
        if isinstance(value, Money):
            return [Money(cents=value.cents + steps)]
    except (ValueError, OverflowError):
        return []
    return [round(value + steps * STEPS[type(value)], 10)]


def _distant(value: Any) -> list[Any]:
    """Values that are nowhere near."""
    if isinstance(value, date):
        return [day for months in (24, -24) if (day := add_months_to(value, months)) is not UNKNOWN]
    if isinstance(value, Money):
        cents = {value.cents // 2, value.cents * 2} if value.cents else {-(10**7), 10**7}
        return [Money(cents=c) for c in sorted(cents) if abs(c) <= MAX_SAFE_INTEGER]
    if isinstance(value, float):
        return [round(value / 2, 10), round(value * 2, 10)] if value else [-0.5, 0.5]
    return [value // 2, value * 2 + 1] if value else [-10, 10]


# Solving ----------------------------------------------------------------------------------------------


def solve(node: Node, target: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """Drafts in which an expression is worth about this: facts hold whole cents, days and numbers."""
    inner = unnamed(node)
    if isinstance(inner, FactRef):
        how = _set_derived if inner.source == "derived" else _set_fact
        yield from how(inner, target, draft, context)
    elif isinstance(inner, Operation) and inner.op == "add_months":
        yield from _solve_months(inner, target, draft, context)
    elif isinstance(inner, Operation) and inner.op in _INVERSES:
        yield from _solve_sides(inner, target, draft, context)


def _solve_sides(node: Operation, target: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    for number, side in enumerate(node.args):
        other = context.value(node.args[1 - number], draft)
        if other is UNKNOWN:
            continue
        for value in _INVERSES[node.op](_raw(target), _raw(other), number):
            for typed in nearest_of_type(side.type, value):
                yield from solve(side, typed, draft, context)


def _set_fact(fact: FactRef, value: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    field = field_of(fact.id, context.kinds)
    if field is None:
        return
    for typed in nearest_of_type(fact.type, value):
        try:
            checked = field.validate(typed)
        except ValueError:  # what the fact cannot be, it is not made
            continue
        if checked is not UNKNOWN:
            yield draft.with_facts({fact.id: checked})


def _set_derived(fact: FactRef, target: Any, draft: Draft, context: EvaluationContext) -> Iterator[Draft]:
    """By setting a fact that it is made of, or by the examples next to the target that were found for it."""
    derived = context.derived[fact.name][1]
    for kind in derived.signature.kinds:
        for name, field in fact_fields(kind.cls).items():
            if not field.many and field.type is fact.type and draft.facts_of(kind.id):
                ref = FactRef(kind.id, name, fact.type, fact.label)
                yield from (d for d in _set_fact(ref, target, draft, context) if context.value(fact, d) == target)
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
    for days in (0, 1, -1, 2, 3):  # months differ in length: some days cannot be met
        for day in [start] if not days else _stepped(start, days):
            yield from solve(node.args[0], day, draft, context)


def _raw(value: Any) -> Any:
    return value.cents if isinstance(value, Money) else value


_INVERSES: dict[str, Any] = {
    "add": lambda t, other, _: [t - other],
    "sub": lambda t, other, number: [t + other] if number == 0 else [other - t],
    "mul": lambda t, other, _: [t / other] if other else [],
    "ratio": lambda t, other, number: [t * other] if number == 0 else [other / t] if t else [],
}
"""What a side must be for an operation to give ``t`` beside the other side; amounts in cents."""


def nearest_of_type(kind: type, value: Any) -> list[Any]:
    """A number as values of a type next to it; anything else as it is."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if kind is float:
            return [float(value)]
        if kind in (int, Money):
            low = value // 1
            whole = [round(value), *(int(low + n) for n in (0, 1) if low + n != round(value) and low != value)]
            return [Money(cents=n) if kind is Money else n for n in whole if abs(n) <= MAX_SAFE_INTEGER]
    return [value]
