"""Values beside their limits: what a gauge draws, and what a clear advice is closest to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from ..domain.unknown import UNKNOWN
from ..domain.values import Money
from ..findings import Findings
from ..rules.expression import FactRef, Named, Operation, Parameter
from ..rules.interpreter import EvaluatedNode
from ..rules.levels import Status
from ..rules.rule import RuleKind
from ..text import Language
from .explanation_parts import Figure, Unit
from .sentences import RuleWords, Wording
from .values import distinguishing_decimals, end_value, format_value

_BELOW = {"lt": True, "le": True, "gt": False, "ge": False}
"""Whether a comparison is true for values below the limit."""


def figures(tree: EvaluatedNode, words: RuleWords) -> tuple[Figure, ...]:
    """The comparisons of a rule with its limits, as far as they are known and may be shown.

    Of an unknown number that lies on one side of its limit for certain, the figure is the end that is nearest to it.

    Args:
        tree: the expression of the rule, evaluated.

    """
    return tuple(_figures(tree, words.rule.kind is RuleKind.SIGNAL, words))


def _figures(tree: EvaluatedNode, hits_if_true: bool, words: RuleWords) -> Iterator[Figure]:
    node = tree.node
    if isinstance(node, Operation) and node.op == "not":
        yield from _figures(tree.children[0], not hits_if_true, words)
        return
    if isinstance(node, Operation) and node.op in _BELOW:
        found = _figure(tree, hits_if_true, words)
        if found is not None:
            yield found
        return
    for child in tree.children:
        yield from _figures(child, hits_if_true, words)


def _figure(tree: EvaluatedNode, hits_if_true: bool, words: RuleWords) -> Figure | None:
    assert isinstance(tree.node, Operation)
    left, right = tree.children
    below = _BELOW[tree.node.op]
    if isinstance(left.node, Parameter):
        left, right, below = right, left, not below
    value = _known_end(left, below is tree.value) if tree.value is not UNKNOWN else left.value
    known = value is not UNKNOWN and isinstance(right.node, Parameter)
    if not known or words.masks(left.node) or not isinstance(left.node, (FactRef, Named)):
        return None
    places = distinguishing_decimals([value, right.value])
    shown, limit = words.value(left, places), format_value(right.value, words.lang, places)
    side: Literal["lower", "upper"] = "lower" if below is hits_if_true else "upper"
    label, unit = left.node.label[words.lang], _unit(value)
    return Figure(label, _plain(value), shown, _plain(right.value), limit, side, unit)


def _known_end(tree: EvaluatedNode, is_below: bool) -> Any:
    """The value of a number, or the end of an unknown one that lies below or above its limit for certain."""
    if tree.value is not UNKNOWN or tree.ends is None:
        return tree.value
    return end_value(tree.ends.at_most if is_below else tree.ends.at_least, tree.node.type)


def _unit(value: Any) -> Unit:
    if isinstance(value, Money):
        return "euro"
    return "date" if isinstance(value, date) else "ratio" if isinstance(value, float) else "number"


def _plain(value: Any) -> Any:
    return value.cents / 100 if isinstance(value, Money) else value


def nearest(findings: Findings, lang: Language, confidential: bool) -> Figure | None:
    """The clear comparison that is closest to its limit, as a part of the limit; for an advice that is green."""
    if findings.advice.at_most > 0:
        return None
    clear = [rule for rule in findings.rules if rule.status is Status.CLEAR]
    found = [figure for rule in clear for figure in figures(rule.values[0], Wording(rule, lang, confidential))]
    numbers = [f for f in found if isinstance(f.value, (int, float)) and type(f.value) is not bool and f.limit]
    return min(numbers, key=lambda f: abs(f.value - f.limit) / abs(f.limit), default=None)
