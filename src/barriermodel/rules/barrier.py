"""A barrier and its rules, as a plugin's author writes them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, ParamSpec, overload

import attrs

from .. import objects
from ..domain.facts import SNAKE, FactField, Label, type_of_fact
from ..domain.kinds import LONGEST_ID, Kind
from ..domain.unknown import Fact
from ..domain.values import is_scalar, no_scalar
from ..errors import DefinitionError, TracingError
from ..text import Remark, Text, verbatim
from .derived import Derived
from .expression import FactRef, Node, Parameter
from .levels import Concern, Level
from .plugin_code import PLUGIN_CODE, said_by, shown
from .reference import ByReference
from .rule import Condition, Rule, RuleKind, check_names
from .signature import AS_OF_LABEL, Input, ParameterSpec, Role, Signature, fields_of, read_signature
from .source import check_source
from .trace import VOCABULARY, Traced, TracedSource, call_traced

P = ParamSpec("P")
_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\.[a-z][a-z0-9]*(_[a-z0-9]+)*")


@attrs.define(eq=False)
class Barrier(ByReference):
    """Requirements and signals about one concern.

    Args:
        id: ``<owner>.<barrier>``, such as ``nl.kvk``.
        title: what it is called.
        concern: what it is about.

    """

    id: str
    title: Text = attrs.field(kw_only=True)
    concern: Concern = attrs.field(kw_only=True)
    rules: dict[str, Rule[...]] = attrs.field(factory=dict, init=False)
    derived_facts: dict[str, Derived] = attrs.field(factory=dict, init=False)
    parameters: dict[str, ParameterSpec] = attrs.field(factory=dict, init=False)
    _kinds: dict[str, Kind] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.id, str) or len(self.id) > LONGEST_ID or not _ID.fullmatch(self.id):
            raise DefinitionError(
                f"The barrier id {shown(self.id)} is not `<owner>.<barrier>` in snake_case and "
                f"of at most {LONGEST_ID} letters, as in 'nl.kvk'."
            )
        if not isinstance(self.title, Text) or not isinstance(self.concern, Concern):
            raise DefinitionError(f"{self.id}: give it a title=Text(nl=…, en=…) and a concern=Concern.….")

    def __repr__(self) -> str:
        return objects.shown(self, repr(self.id), self.concern.value, f"rules={len(self.rules)}")

    def parts(self) -> Iterator[ByReference]:
        """Its rules, the conditions under which they apply, and what is derived for them."""
        for rule in self.rules.values():
            yield from (rule, *rule.parts())
        yield from self.derived_facts.values()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The evidence kinds its rules look at."""
        return tuple(self._kinds.values())

    def condition(self, function: Callable[P, Fact[bool]]) -> Condition[P]:
        """Decorate a condition for ``applies=``."""
        signature, expression = self._trace(function, sys._getframe(1))
        self._add(signature)
        return Condition(f"{self.id}.{function.__name__}", expression, signature)

    def requirement(
        self,
        *,
        level: Level,
        norm: Text,
        applies: Condition[...] | None = None,
        basis: Remark | None = None,
        unverified: Text | None = None,
        opaque: bool = False,
    ) -> Callable[[Callable[P, Fact[bool]]], Rule[P]]:
        """Decorate what must hold.

        Args:
            level: how serious it is if it does not.
            norm: what must hold, as a full sentence.
            applies: when it applies.
            basis: the law or rule it rests on.
            unverified: what about its law or limits nobody verified in the text in force; shown wherever it is told.
            opaque: plain Python instead of an expression: second class, slow in tables.

        """
        return self._rule(RuleKind.REQUIREMENT, level, norm, applies, basis, unverified, opaque)

    def signal(
        self,
        *,
        level: Level,
        finding: Text,
        applies: Condition[...] | None = None,
        basis: Remark | None = None,
        unverified: Text | None = None,
        opaque: bool = False,
    ) -> Callable[[Callable[P, Fact[bool]]], Rule[P]]:
        """Decorate what must not be so; ``finding`` says what was found, the rest as in :meth:`requirement`."""
        return self._rule(RuleKind.SIGNAL, level, finding, applies, basis, unverified, opaque)

    @overload
    def derived(self, function: Callable[..., object]) -> Derived: ...
    @overload
    def derived(self, *, label: Label) -> Callable[[Callable[..., object]], Derived]: ...
    def derived(self, function: Callable[..., Any] | None = None, *, label: Label | None = None) -> Any:
        """Decorate a plain function from evidence to one value, which rules ask for by its name."""
        if function is not None:
            return self._derive(function, None, sys._getframe(1))
        names = sys._getframe(1)
        return lambda decorated: self._derive(decorated, label, names)

    def _derive(self, function: Callable[..., Any], label: Label | None, frame: FrameType) -> Derived:
        where = f"{self.id}.{function.__name__}"
        signature = read_signature(function, frame.f_locals, where)
        found = type_of_fact(signature.returns)
        kind = found[0] if found else signature.returns
        if not is_scalar(kind):
            raise no_scalar(kind, where, "say what it returns: -> bool, int, Ratio, Money, date, str or an Enum.")
        if any(i.role is Role.DERIVED for i in signature.inputs) or not signature.kinds:
            raise DefinitionError(f"{where}: a derived fact comes from evidence; give it an evidence class.")
        field = FactField(function.__name__, kind, False, label or verbatim(function.__name__.replace("_", " ")))
        derived = Derived(where, field, function, signature)
        self._new_name(function.__name__)
        self._add(signature)
        self.derived_facts[function.__name__] = derived
        return derived

    def _rule(
        self,
        kind: RuleKind,
        level: Level,
        text: Text,
        applies: Condition[...] | None,
        basis: Remark | None,
        unverified: Text | None,
        opaque: bool,
    ) -> Callable[[Callable[P, Fact[bool]]], Rule[P]]:
        frame = sys._getframe(2)

        def decorate(function: Callable[P, Fact[bool]]) -> Rule[P]:
            where = f"{self.id}.{getattr(function, '__name__', function)}"
            _check_rule(where, level, text, applies, self.id)
            _check_unverified(where, unverified)
            derived: Derived | None = None
            if opaque:
                derived = self._derive(function, None, frame)
                signature = derived.signature
                expression: Node = _derived_ref(derived)
            else:
                signature, expression = self._trace(function, frame)
                self._new_name(function.__name__)
            check_names(where, signature, expression, text)
            self._add(signature)
            rule = Rule[P](
                id=where, kind=kind, level=level, text=text, expression=expression, applies=applies, basis=basis,
                unverified=unverified, opaque=derived, signature=signature,
            )  # fmt: skip
            self.rules[function.__name__] = rule
            return rule

        return decorate

    def _trace(self, function: Callable[..., Any], frame: FrameType) -> tuple[Signature, Node]:
        where = f"{self.id}.{function.__name__}"
        signature = read_signature(function, frame.f_locals, where)
        check_source(function, VOCABULARY)
        inputs = [self._traced(i, where) for i in signature.inputs]
        parameters = {
            p.name: Traced(Parameter(self.id, p.name, p.field.type, p.field.many, p.field.label))
            for p in signature.parameters.values()
        }
        try:
            with PLUGIN_CODE:
                result = call_traced(function, inputs, parameters)
        except TracingError:
            raise
        except Exception as error:
            name, words = said_by(error)
            raise TracingError(f"{where}: tracing it raised {name}: {words}.") from error
        node = result.node if isinstance(result, Traced) else None
        if node is None or node.type is not bool or (isinstance(node, Parameter) and node.many):
            raise TracingError(f"{where}: a rule returns a condition on facts; this one returned {_said(result)}.")
        return signature, node

    def _traced(self, input: Input, where: str) -> Any:
        if input.role is Role.AS_OF and input.type is not None:
            return Traced(FactRef("dossier", "as_of", input.type, AS_OF_LABEL))
        if input.role is Role.DERIVED:
            derived = self.derived_facts.get(input.name)
            if derived is None:
                raise DefinitionError(
                    f"{where}: {self.id} has no derived fact {input.name!r}; define it before the rule."
                )
            if derived.field.type is not input.type:
                raise DefinitionError(f"{where}: {input.name} gives {derived.field.type.__name__}; annotate it so.")
            return Traced(_derived_ref(derived))
        if input.role is Role.ITEMS:
            raise DefinitionError(f"{where}: only a derived fact reads all items of a kind; write one.")
        cls = input.kind.cls if input.kind else type(input.role.value, (), {})
        source = input.kind.id if input.kind else input.role.value
        return TracedSource(source, cls, dict(fields_of(input)))

    def _new_name(self, name: str) -> None:
        if len(name) > LONGEST_ID or not SNAKE.fullmatch(name):
            words = f"a rule or derived fact has a name in snake_case, of at most {LONGEST_ID} letters."
            raise DefinitionError(f"{self.id}.{name[:LONGEST_ID]}: {words}")
        if name in self.rules or name in self.derived_facts:
            raise DefinitionError(f"{self.id}.{name}: a rule or derived fact of that name exists already.")

    def _add(self, signature: Signature) -> None:
        for spec in signature.parameters.values():
            known = self.parameters.setdefault(spec.name, spec)
            if _told_apart(known) != _told_apart(spec):
                raise DefinitionError(
                    f"{self.id}: the parameter {spec.name!r} is declared twice with different defaults, types, "
                    "bounds or sources; one name means one parameter throughout a barrier."
                )
        self._kinds.update({kind.id: kind for kind in signature.kinds})


def _told_apart(spec: ParameterSpec) -> tuple[object, ...]:
    """All of a parameter but its label."""
    return spec.default, spec.field.type, spec.field.many, spec.field.bounds, spec.limit


def _derived_ref(derived: Derived) -> FactRef:
    return FactRef("derived", derived.id, derived.field.type, derived.label)


def _said(result: object) -> str:
    return f"a {result.node.type.__name__}" if isinstance(result, Traced) else repr(result)


def _check_rule(where: str, level: Level, text: Text, applies: object, barrier: str) -> None:
    if not isinstance(level, Level) or level is Level.GREEN:
        raise DefinitionError(f"{where}: the level is Level.ORANGE, RED or EXCLUDE; got {level!r}.")
    if not isinstance(text, Text):
        raise DefinitionError(f"{where}: its text is a Text(nl=…, en=…); got {text!r}.")
    if applies is not None and not (isinstance(applies, Condition) and applies.id.startswith(f"{barrier}.")):
        raise DefinitionError(f"{where}: applies= takes a condition of the same barrier (@barrier.condition).")


def _check_unverified(where: str, unverified: object) -> None:
    if unverified is None:
        return
    if not isinstance(unverified, Text):
        raise DefinitionError(f"{where}: unverified= takes a Text(nl=…, en=…); got {unverified!r}.")
    if unverified.placeholders:
        name = min(unverified.placeholders)
        raise DefinitionError(f"{where}: unverified= says the same of every provider, so it cannot name {{{name}}}.")
