"""The conditions of rules: what stands between ``&``, ``|`` and ``not_``, and which of them decide the status.

A condition decides the status of a rule (is pivotal in it) if the rule would have another status, were the condition
true, false or unknown instead, all else being equal. In ``a & b`` with ``a`` false and ``b`` true, ``a`` decides and
``b`` does not. It decides the advice (:mod:`~barriermodel.testing.oracle`) if the advice would change with it.

That is what modified condition/decision coverage (MC/DC) asks of tests, with three truth values instead of two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import attrs

from barriermodel.analysis.expressions import (
    LOGIC,
    FactRef,
    Lookup,
    Node,
    Operation,
    apply,
    evaluate,
    facts_of,
    unnamed,
)  # fmt: skip
from barriermodel.analysis.profiles import ResolvedRule
from barriermodel.plugin import UNKNOWN, RuleKind, Status

Place: TypeAlias = tuple[int, ...]
"""Where a condition stands: 0 in the rule's expression or 1 in ``applies``, then the number of each part below."""

Statuses: TypeAlias = tuple[tuple[int, ...], ...]
"""The statuses of all rules as numbers, per stage."""

TRUTH_VALUES: tuple[Any, ...] = (True, False, UNKNOWN)


@attrs.frozen
class Condition:
    """A condition on facts in a rule."""

    rule: ResolvedRule
    place: Place
    node: Node

    @property
    def facts(self) -> tuple[FactRef, ...]:
        """The facts in it, each once."""
        return facts_of(self.node)


def parts(node: Node) -> tuple[Node, ...]:
    """The conditions that ``&``, ``|`` or ``not_`` joins; none for a single condition."""
    inner = unnamed(node)
    return inner.args if isinstance(inner, Operation) and inner.op in LOGIC else ()


def conditions(rule: ResolvedRule) -> list[Condition]:
    """The conditions of a rule that look at facts, in the order in which they are written."""
    return [
        Condition(rule, place, node)
        for number, root in enumerate(rule.definition.nodes)
        for place, node in _leaves(root, (number,))
        if facts_of(node)
    ]


def applies_and(rule: ResolvedRule, *, hits: bool) -> tuple[Node, ...]:
    """The conditions that are all true where a rule applies and hits, or applies and is clear."""
    node = rule.definition.hits_if if hits else Operation("not", (rule.definition.hits_if,), bool)
    return (node, *([rule.definition.applies.expression] if rule.definition.applies else []))


def _leaves(node: Node, place: Place) -> Iterator[tuple[Place, Node]]:
    below = parts(node)
    if not below:
        yield place, unnamed(node)
    for number, child in enumerate(below):
        yield from _leaves(child, (*place, number))


def status_of(rule: ResolvedRule, lookup: Lookup, forced: dict[Place, Any] | None = None) -> int:
    """The status of a rule as a number, with some of its conditions forced to a truth value.

    It is the table of ``docs/meaning.md``, written once more and on purpose: what the engine compiles is checked
    against it.
    """
    values = [_truth(root, (number,), lookup, forced or {}) for number, root in enumerate(rule.definition.nodes)]
    applies = values[1] if len(values) > 1 else True
    met = values[0]
    hit = met if met is UNKNOWN or rule.definition.kind is RuleKind.SIGNAL else not met
    if applies is False:
        return Status.NOT_APPLICABLE
    if hit is False:
        return Status.CLEAR
    return Status.HIT if hit is True and applies is True else Status.OPEN


def _truth(node: Node, place: Place, lookup: Lookup, forced: dict[Place, Any]) -> Any:
    if place in forced:
        return forced[place]
    inner, below = unnamed(node), parts(node)
    if not below or not isinstance(inner, Operation):
        return evaluate(inner, lookup)
    return apply(inner.op, [_truth(child, (*place, n), lookup, forced) for n, child in enumerate(below)])


def alternative_statuses(condition: Condition, lookup: Lookup) -> list[int]:
    """The other statuses that the rule would have with another value of the condition; none if it does not decide."""
    own = status_of(condition.rule, lookup)
    found = {status_of(condition.rule, lookup, {condition.place: truth}) for truth in TRUTH_VALUES}
    # "clear" and "not applicable" have the same effect on the advice, but they are two statuses all the same
    return sorted(found - {own})
