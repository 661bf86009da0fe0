"""The atoms of rules: the conditions between ``&``, ``|`` and ``not_``, and whether one decides.

An atom decides a rule (is pivotal in it) if the rule would turn out otherwise, were the atom otherwise and all
else the same; it decides the advice if the advice would.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import attrs

from barriermodel import UNKNOWN, RuleKind, Status
from barriermodel.pipeline.plan import PlannedRule
from barriermodel.pipeline.run import Engine
from barriermodel.rules.expression import LOGIC, FactRef, Node, Operation, facts_of, unnamed
from barriermodel.rules.interpreter import Lookup, apply, evaluate

Place: TypeAlias = tuple[int, ...]
"""Where an atom stands: 0 in the rule's expression or 1 in ``applies``, then the number of each part below."""

TRUTHS: tuple[Any, ...] = (True, False, UNKNOWN)


@attrs.frozen
class Atom:
    """A condition on facts in a rule."""

    rule: PlannedRule
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


def atoms(rule: PlannedRule) -> list[Atom]:
    """The atoms of a rule that look at facts, in the order in which they are written."""
    return [
        Atom(rule, place, node)
        for number, root in enumerate(rule.rule.nodes)
        for place, node in _leaves(root, (number,))
        if facts_of(node)
    ]


def _leaves(node: Node, place: Place) -> Iterator[tuple[Place, Node]]:
    below = parts(node)
    if not below:
        yield place, unnamed(node)
    for number, child in enumerate(below):
        yield from _leaves(child, (*place, number))


def code(rule: PlannedRule, lookup: Lookup, forced: dict[Place, Any] | None = None) -> int:
    """The status of a rule as a number, with some of its atoms forced to a value."""
    values = [_truth(root, (number,), lookup, forced or {}) for number, root in enumerate(rule.rule.nodes)]
    applies = values[1] if len(values) > 1 else True
    met = values[0]
    hit = met if met is UNKNOWN or rule.rule.kind is RuleKind.SIGNAL else not met
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


def decides_advice(engine: Engine, codes: tuple[tuple[int, ...], ...], atom: Atom, lookup: Lookup) -> bool:
    """Whether the advice would be another one with another value of the atom.

    Args:
        codes: the statuses of all rules, per stage.
        lookup: the facts of the dossier.

    """
    others = turns(atom, lookup)
    if not others:
        return False
    index, position = place_of(engine, atom.rule)
    now = advice(engine, codes)
    for other in others:
        turned = (*codes[index][:position], other, *codes[index][position + 1 :])
        if advice(engine, (*codes[:index], turned, *codes[index + 1 :])) != now:
            return True
    return False


def place_of(engine: Engine, rule: PlannedRule) -> tuple[int, int]:
    """The stage of a rule, and its place in the stage."""
    for index, stage in enumerate(engine.plan.stages):
        if rule in stage.rules:
            return index, stage.rules.index(rule)
    raise KeyError(rule.rule.id)


def advice(engine: Engine, codes: tuple[tuple[int, ...], ...]) -> tuple[int, int]:
    """The ends of the advice for these statuses.

    A stage that excludes ends the pipeline, but what comes after cannot exceed it: the maximum is the same.
    """
    ends = [stage.ends(own) for stage, own in zip(engine.stages, codes, strict=True)]
    return max(low for low, _ in ends), max(high for _, high in ends)
