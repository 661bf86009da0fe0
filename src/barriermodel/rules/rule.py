"""A rule of a barrier and its condition, and the checks on how they are declared."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, ParamSpec, cast

import attrs

from ..domain.suggestions import suggest_value
from ..domain.unknown import UNKNOWN, Fact
from ..domain.values import validate
from ..errors import DefinitionError
from ..objects import represent
from ..words.lexicon import WordRef
from .derived import Derived
from .expression import FactRef, Named, Node, Operation, Parameter, facts_of, split_rule_id, unparse, walk
from .interpreter import evaluate
from .levels import Level
from .pickling import ByReference
from .plugin_code import safe_repr
from .signature import InputKind, RuleInput, Signature, bind

P = ParamSpec("P")


class RuleKind(enum.Enum):
    """Whether a rule is a requirement, which must hold, or a signal, which must not.

    >>> RuleKind("signal")
    <RuleKind.SIGNAL: 'signal'>

    """

    REQUIREMENT = "requirement"
    SIGNAL = "signal"


@attrs.frozen(eq=False)
class Condition(ByReference, Generic[P]):
    """A traced condition for the ``applies=`` of rules. Calling it evaluates its expression.

    Args:
        id: ``<barrier>.<function>``.
        expression: what its function returns.
        signature: what it reads.

    >>> from barriermodel.plugin import *
    >>> rules = Barrier("voorbeeld.rules", concern=Concern.QUALITY)
    >>> @rules.condition
    ... def is_company(provider: Provider) -> Fact[bool]:
    ...     return one_of(provider.legal_form, LegalForm.BV, LegalForm.NV)
    >>> is_company(Provider(legal_form="bv"))
    True

    """

    id: str
    expression: Node
    signature: Signature

    def __repr__(self) -> str:
        return represent(self, repr(self.id))

    def definition(self) -> str:
        """Return its expression as text."""
        return unparse(self.expression)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Fact[bool]:
        """Evaluate it for these inputs; a parameter that is left out has its default."""
        return cast("Fact[bool]", _call(self.id, self.expression, self.signature, args, kwargs))


@attrs.frozen(eq=False, kw_only=True)
class Rule(ByReference, Generic[P]):
    """A requirement or a signal of a barrier. Calling it evaluates its expression.

    Args:
        id: ``<barrier>.<function>``.
        kind: requirement or signal.
        level: the level of the advice if it hits.
        words: what its words files say of it: ``topic``, ``short``, ``hit``, ``clear``, ``look``, ``rebut``, and
            ``unverified``.
        expression: what its function returns.
        applies: the condition under which it applies; None for always.
        basis: the law or rule it rests on.
        unverified: whether something about its law or limits was not verified in the text in force.
        opaque: its function as a derived fact, if it is plain Python instead of an expression.
        signature: what it reads, and its parameters.

    >>> from barriermodel.plugin import *
    >>> rules = Barrier("voorbeeld.rules", concern=Concern.QUALITY)
    >>> @rules.signal(level=Level.RED)
    ... def is_bv(provider: Provider) -> Fact[bool]:
    ...     return provider.legal_form == LegalForm.BV
    >>> is_bv
    Rule('voorbeeld.rules.is_bv', signal, red)
    >>> is_bv(Provider(legal_form="nv")), is_bv(Provider())
    (False, UNKNOWN)

    """

    id: str
    kind: RuleKind
    level: Level
    words: WordRef
    expression: Node
    applies: Condition[...] | None
    basis: WordRef | None
    unverified: WordRef | None
    opaque: Derived | None
    signature: Signature

    def __repr__(self) -> str:
        return represent(self, repr(self.id), self.kind.value, self.level.key)

    def definition(self) -> str:
        """Return its kind and expressions as text."""
        return f"{self.kind.value}: {' if '.join(map(unparse, self.nodes))}"

    def parts(self) -> tuple[ByReference, ...]:
        """Return the condition under which it applies."""
        return (self.applies,) if self.applies else ()

    @property
    def name(self) -> str:
        """The name of its function."""
        return split_rule_id(self.id)[1]

    @cached_property
    def facts(self) -> tuple[FactRef, ...]:
        """Every fact it reads, once, in the order of the source."""
        return facts_of(*self.nodes)

    @cached_property
    def named(self) -> Mapping[str, Node]:
        """The nodes that its texts may show, by name."""
        return nameable(self.expression)

    @cached_property
    def hits_if(self) -> Node:
        """The condition under which it hits: that of a signal, the negation of a requirement's."""
        if self.kind is RuleKind.SIGNAL:
            return self.expression
        return Operation("not", (self.expression,), bool)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Its expression and that of ``applies``."""
        return (self.expression, *((self.applies.expression,) if self.applies else ()))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Fact[bool]:
        """Evaluate it for these inputs; a parameter that is left out has its default."""
        if self.opaque is not None:
            return cast("Fact[bool]", self.opaque(*args, **kwargs))
        return cast("Fact[bool]", _call(self.id, self.expression, self.signature, args, kwargs))


def nameable(expression: Node) -> Mapping[str, Node]:
    """Return what a text may show by name: parameters, named values, and facts whose name occurs once."""
    found: dict[str, list[Node]] = {}
    for node in walk(expression):
        if isinstance(node, (FactRef, Parameter, Named)):
            same = found.setdefault(split_rule_id(node.name)[1], [])  # a derived fact's name begins with its barrier
            if node not in same:
                same.append(node)
    return {name: nodes[0] for name, nodes in found.items() if len(nodes) == 1}


def unused_names(signature: Signature, expression: Node, derived_facts: Mapping[str, Derived]) -> Iterator[str]:
    """Yield the names in a signature that are not used.

    A limit that one of its derived facts uses counts as used: the rule's texts may show it.
    """
    nodes = list(walk(expression))
    used = {node.name for node in nodes if isinstance(node, Parameter)}
    for i in signature.inputs:
        if i.role is InputKind.DERIVED:
            used |= derived_facts[i.name].signature.parameters.keys()
    used |= {spec.limit.yearly_from or "" for name, spec in signature.parameters.items() if name in used}
    sources = {node.source for node in nodes if isinstance(node, FactRef)}
    derived = {split_rule_id(node.name)[1] for node in nodes if isinstance(node, FactRef) and node.source == "derived"}
    for i in signature.inputs:
        source = "dossier" if i.role is InputKind.AS_OF else i.source
        if (i.name not in derived) if i.role is InputKind.DERIVED else (source not in sources):
            yield i.name
    yield from (name for name in signature.parameters if name not in used)


def check_named(where: str, signature: Signature, expression: Node) -> None:
    """Refuse a name with two meanings."""
    names: dict[str, Named] = {}
    for node in walk(expression):
        if isinstance(node, Named) and (names.setdefault(node.name, node) != node or node.name in signature.parameters):
            raise DefinitionError(f"{where}: the name {node.name!r} is used twice.")


def check_rule(where: str, level: Level, applies: object, barrier: str) -> None:
    """Refuse arguments of the decorator of a rule."""
    if not isinstance(level, Level) or level is Level.GREEN:
        code = suggest_value(Level, level) if isinstance(level, str) else ""
        how = f"; write level={code}" if code.count("Level.") == 1 else ""
        raise DefinitionError(f"{where}: the level is Level.ORANGE, RED or EXCLUDE; got {level!r}{how}.")
    if applies is not None and not (isinstance(applies, Condition) and applies.id.startswith(f"{barrier}.")):
        expected = "a condition of the same barrier, decorated with @barrier.condition and not called"
        raise DefinitionError(f"{where}: applies= takes {expected}; got {safe_repr(applies)}.")


def _validated(input: RuleInput, value: Any) -> Any:
    return value if value is UNKNOWN or input.type is None else validate(input.type, value)


def _call(id: str, expression: Node, signature: Signature, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    bound = bind(signature, id, args, kwargs)
    values = {i.source: bound[i.name] for i in signature.inputs}
    derived = {i.name: _validated(i, bound[i.name]) for i in signature.inputs if i.role is InputKind.DERIVED}

    def lookup(node: FactRef | Parameter) -> Any:
        if isinstance(node, Parameter):
            spec = signature.parameters[node.name]
            return spec.field.validate(bound.get(node.name, spec.default))
        if node.source == "derived":
            return derived[split_rule_id(node.name)[1]]
        return values["as_of"] if node.source == "dossier" else getattr(values[node.source], node.name)

    return evaluate(expression, lookup)
