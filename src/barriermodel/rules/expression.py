"""The expression that a rule is: its nodes and their types.

Everything that reads a rule (the interpreter, the compiled code, explanations, case generation) reads these nodes.
What they mean is in :mod:`~barriermodel.rules.interpreter`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias, Union

import attrs

from ..domain.values import Money
from ..objects import plain_text, represent
from ..text import Localized


@attrs.frozen
class FactRef:
    """A fact of an evidence kind, of the ``provider``, the ``award`` or the ``dossier`` (its date), or ``derived``."""

    source: str
    name: str
    type: type
    label: Localized = attrs.field(eq=False)

    def __repr__(self) -> str:
        return represent(self, self.id)

    @property
    def id(self) -> str:
        """Source and name: ``annual_accounts.turnover``."""
        return f"{self.source}.{self.name}"


@attrs.frozen
class Parameter:
    """A regional parameter of a barrier; ``many`` for a list, only in ``one_of``."""

    barrier: str
    name: str
    type: type
    many: bool
    label: Localized = attrs.field(eq=False)

    def __repr__(self) -> str:
        return represent(self, self.name)


@attrs.frozen
class Constant:
    """A value that the rule's author wrote."""

    value: Any
    type: type

    def __repr__(self) -> str:
        return represent(self, plain_text(self.value))


@attrs.frozen
class Operation:
    """An operation on other nodes; :mod:`~barriermodel.rules.interpreter` says what each gives."""

    op: str
    args: tuple[Node, ...]
    type: type

    def __repr__(self) -> str:
        return represent(self, self.op, *map(repr, self.args))


@attrs.frozen
class Named:
    """A sub-expression with a name for texts."""

    name: str
    node: Node
    label: Localized = attrs.field(eq=False)

    def __repr__(self) -> str:
        return represent(self, self.name, repr(self.node))

    @property
    def type(self) -> type:
        """The type of the sub-expression."""
        return self.node.type


Node: TypeAlias = Union[FactRef, Parameter, Constant, Operation, Named]  # noqa: UP007  # quoted names inside

COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
LOGIC = frozenset({"and", "or", "not"})
NUMBERS: tuple[type, ...] = (int, float)


def split_fact_id(id: str) -> tuple[str, str]:
    """Split a fact's id into source and name; a kind's id alone has no name.

    >>> split_fact_id("annual_accounts.turnover"), split_fact_id("derived.nl.staff.without_vog")
    (('annual_accounts', 'turnover'), ('derived', 'nl.staff.without_vog'))

    """
    source, _, name = id.partition(".")
    return source, name


def split_rule_id(id: str) -> tuple[str, str]:
    """Split the id of a rule, parameter or derived fact into barrier and name; a bare name has no barrier.

    >>> split_rule_id("nl.kvk.active"), split_rule_id("active")
    (('nl.kvk', 'active'), ('', 'active'))

    """
    barrier, _, name = id.rpartition(".")
    return barrier, name


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    if isinstance(node, Operation):
        return node.args
    return (node.node,) if isinstance(node, Named) else ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the order in which it was written."""
    yield node
    for child in children(node):
        yield from walk(child)


def unnamed(node: Node) -> Node:
    """The node without the names around it."""
    while isinstance(node, Named):
        node = node.node
    return node


def unparse(node: Node) -> str:
    """An expression in full; two that are equal are spelled alike, also by two processes."""
    if isinstance(node, FactRef):
        return node.id
    if isinstance(node, Parameter):
        return f"{node.barrier}.{node.name}"
    if isinstance(node, Constant):
        return repr(node.value)
    word = node.name if isinstance(node, Named) else node.op
    return f"{word}({', '.join(map(unparse, children(node)))})"


def facts_of(*nodes: Node) -> tuple[FactRef, ...]:
    """Every fact that expressions look at, once, in the order in which it is written."""
    return tuple(dict.fromkeys(found for node in nodes for found in walk(node) if isinstance(found, FactRef)))


# What may be written ----------------------------------------------------------------------------------


def alike(a: type, b: type) -> bool:
    """Whether values of two types can be compared."""
    return a is b or (a in NUMBERS and b in NUMBERS)


def _has_order(kind: type) -> bool:
    return kind is not bool and kind is not str and not issubclass(kind, enum.Enum)


def result_type(op: str, kinds: list[type]) -> type | None:
    """The type of an operation's value; None where it does not take values of these types."""
    a, b = kinds[0], kinds[-1]
    if op in LOGIC:
        return bool if all(kind is bool for kind in kinds) else None
    if op in COMPARISONS:
        return bool if alike(a, b) and (op in ("eq", "ne") or _has_order(a)) else None
    if op == "one_of":
        return bool if all(alike(a, kind) for kind in kinds) else None
    if op == "add_months":
        return date if (a, b) == (date, int) else None
    if a in NUMBERS and b in NUMBERS:
        return int if op != "ratio" and a is b is int else float
    if op == "mul" and {a, b} == {Money, int}:
        return Money
    if op != "mul" and a is b is Money:
        return float if op == "ratio" else Money
    return None
