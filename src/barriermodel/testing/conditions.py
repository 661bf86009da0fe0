"""The atoms of rules: the conditions between ``&``, ``|`` and ``not_``, and whether one decides.

An atom decides a rule (is pivotal in it) if the rule would turn out otherwise, were the atom otherwise and all
else the same; it decides the advice (:mod:`~barriermodel.testing.oracle`) if the advice would.
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
)
from barriermodel.analysis.profiles import ResolvedRule
from barriermodel.plugin import UNKNOWN, RuleKind, Status

Place: TypeAlias = tuple[int, ...]
"""Where an atom stands: 0 in the rule's expression or 1 in ``applies``, then the number of each part below."""

Codes: TypeAlias = tuple[tuple[int, ...], ...]
"""The statuses of all rules as numbers, per stage."""

TRUTHS: tuple[Any, ...] = (True, False, UNKNOWN)


@attrs.frozen
class Atom:
    """A condition on facts in a rule."""

    rule: ResolvedRule
    place: Place
    node: Node

    @property
    def facts(self) -> tuple[FactRef, ...]:
        """What it looks at, once each."""
        return facts_of(self.node)


def parts(node: Node) -> tuple[Node, ...]:
    """The conditions that ``&``, ``|`` or ``not_`` joins; none for an atom."""
    inner = unnamed(node)
    return inner.args if isinstance(inner, Operation) and inner.op in LOGIC else ()


def atoms(rule: ResolvedRule) -> list[Atom]:
    """The atoms of a rule that look at facts, in the order in which they are written."""
    return [
        Atom(rule, place, node)
        for number, root in enumerate(rule.definition.nodes)
        for place, node in _leaves(root, (number,))
        if facts_of(node)
    ]


def _leaves(node: Node, place: Place) -> Iterator[tuple[Place, Node]]:
    below = parts(node)
    if not below:
        yield place, unnamed(node)
    for number, child in enumerate(below):
        yield from _leaves(child, (*place, number))


def code(rule: ResolvedRule, lookup: Lookup, forced: dict[Place, Any] | None = None) -> int:
    """The status of a rule as a number, with some of its atoms forced to a value."""
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


def turns(atom: Atom, lookup: Lookup) -> list[int]:
    """The other statuses that the rule would have with another value of the atom; none where it does not decide."""
    own = code(atom.rule, lookup)
    found = {code(atom.rule, lookup, {atom.place: truth}) for truth in TRUTHS}
    # clear and not applicable weigh the same, but a rule that stops to apply has turned out otherwise
    return sorted(found - {own})
