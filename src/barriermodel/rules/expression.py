"""The expression of a rule: its nodes, and the types that operations take.

Everything that reads a rule (compiler, tables, explanations, test cases) reads these nodes. The
:mod:`~barriermodel.rules.interpreter` defines what they mean.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias, Union

import attrs

from ..domain.bounds import Between
from ..domain.values import Money
from ..objects import plain_text, represent
from ..words.lexicon import WordRef


@attrs.frozen
class FactRef:
    """A fact.

    Args:
        source: the id of an evidence kind, ``provider``, ``award``, ``dossier`` (for its date) or ``derived``.
        name: the name of the fact; for a derived fact its whole id, ``<barrier>.<function>``.
        type: the type of its value.
        label: what it is called in a sentence.
        bounds: what it can be, if it is a number with declared bounds: an unknown one lies between them.

    """

    source: str
    name: str
    type: type
    label: WordRef = attrs.field(eq=False)
    bounds: Between | None = attrs.field(default=None, eq=False)

    def __repr__(self) -> str:
        return represent(self, self.id)

    @property
    def id(self) -> str:
        """Source and name, such as ``annual_accounts.turnover``; :func:`split_fact_id` splits it."""
        return f"{self.source}.{self.name}"


@attrs.frozen
class Parameter:
    """A regional parameter of a barrier; a list if ``many``, which only ``one_of`` takes."""

    barrier: str
    name: str
    type: type
    many: bool
    label: WordRef = attrs.field(eq=False)

    def __repr__(self) -> str:
        return represent(self, self.name)


@attrs.frozen
class Constant:
    """A value written in the rule."""

    value: Any
    type: type

    def __repr__(self) -> str:
        return represent(self, plain_text(self.value))


@attrs.frozen
class Operation:
    """An operation on other nodes; ``op`` is a key of ``interpreter.OPERATIONS``, or ``and``, ``or`` or ``not``."""

    op: str
    args: tuple[Node, ...]
    type: type

    def __repr__(self) -> str:
        return represent(self, self.op, *map(repr, self.args))


@attrs.frozen
class Named:
    """A sub-expression with a name for use in texts."""

    name: str
    node: Node
    label: WordRef = attrs.field(eq=False)

    def __repr__(self) -> str:
        return represent(self, self.name, repr(self.node))

    @property
    def type(self) -> type:
        """The type of the sub-expression."""
        return self.node.type


Node: TypeAlias = Union[FactRef, Parameter, Constant, Operation, Named]  # noqa: UP007  # quoted names inside
"""A node of an expression."""
COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
"""The comparisons, each with its operator in Python."""
LOGIC = frozenset({"and", "or", "not"})
"""The operations on conditions."""
ARITHMETIC = frozenset({"add", "sub", "mul", "ratio"})
"""The operations on numbers and amounts."""
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
    """Return the nodes directly below a node."""
    if isinstance(node, Operation):
        return node.args
    return (node.node,) if isinstance(node, Named) else ()


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything below it, in the order of the source."""
    yield node
    for child in children(node):
        yield from walk(child)


def unnamed(node: Node) -> FactRef | Parameter | Constant | Operation:
    """Return a node without the names around it."""
    while isinstance(node, Named):
        node = node.node
    return node


def unparse(node: Node) -> str:
    """Write an expression in full; equal expressions give the same text, in any process."""
    if isinstance(node, FactRef):
        return node.id
    if isinstance(node, Parameter):
        return f"{node.barrier}.{node.name}"
    if isinstance(node, Constant):
        return repr(node.value)
    word = node.name if isinstance(node, Named) else node.op
    return f"{word}({', '.join(map(unparse, children(node)))})"


def facts_of(*nodes: Node) -> tuple[FactRef, ...]:
    """Return every fact that expressions read, once, in the order of the source."""
    return tuple(dict.fromkeys(found for node in nodes for found in walk(node) if isinstance(found, FactRef)))


# Types ------------------------------------------------------------------------------------------------


def comparable(a: type, b: type) -> bool:
    """Return whether values of two types can be compared with ``==``."""
    return a is b or (a in NUMBERS and b in NUMBERS)


def _has_order(kind: type) -> bool:
    return kind is not bool and kind is not str and not issubclass(kind, enum.Enum)


def result_type(op: str, kinds: list[type]) -> type | None:
    """Return the type of an operation's result, or None if it does not take these types."""
    a, b = kinds[0], kinds[-1]
    if op in LOGIC:
        return bool if all(kind is bool for kind in kinds) else None
    if op in COMPARISONS:
        return bool if comparable(a, b) and (op in ("eq", "ne") or _has_order(a)) else None
    if op == "one_of":
        return bool if all(comparable(a, kind) for kind in kinds) else None
    if op == "add_months":
        return date if (a, b) == (date, int) else None
    if op not in ARITHMETIC:
        raise NotImplementedError(f"which types the operation {op!r} takes and gives")
    if a in NUMBERS and b in NUMBERS:
        return int if op != "ratio" and a is b is int else float
    if op == "mul" and {a, b} == {Money, int}:
        return Money
    if op != "mul" and a is b is Money:
        return float if op == "ratio" else Money
    return None
