"""A barrier and its rules, as a plugin's author writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any, ParamSpec, overload

import attrs

from ..domain.facts import FactField, Label, type_of_fact
from ..domain.kinds import MAX_ID_LENGTH, EvidenceKind, check_basis, is_id
from ..domain.unknown import Fact
from ..domain.values import is_scalar, not_scalar_error
from ..errors import DefinitionError
from ..objects import represent
from ..source_location import calling_frame, function_location, locate_errors, usage_hint
from ..text import Text, TextOrStr, same_in_both
from .bytecode import python_function, unused_parameters
from .clock_check import refuse_clock
from .derived import Derived
from .expression import Node
from .levels import Concern, Level
from .pickling import ByReference
from .plugin_code import safe_repr
from .rule import Condition, Rule, RuleKind, check_placeholders, check_rule, check_unverified
from .signature import InputKind, ParameterSpec, Signature
from .signature_reader import read_signature
from .tracing import derived_ref, refuse_unused, trace

P = ParamSpec("P")
_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\.[a-z][a-z0-9]*(_[a-z0-9]+)*")


@attrs.define(eq=False)
class Barrier(ByReference):
    """A group of requirements and signals about one concern.

    Its methods decorate the functions that are its rules, conditions and derived facts. Each rule's id is the
    barrier's id, a dot, and the name of the function.

    Args:
        id: ``<owner>.<barrier>`` in snake_case, such as ``nl.kvk``.
        title: what it is called.
        concern: what it is about.

    Raises:
        DefinitionError: an argument is not as described.

    >>> from barriermodel.plugin import *
    >>> @evidence(
    ...     "permit",
    ...     title=Text(nl="Vergunning", en="Permit"),
    ...     question=Text(nl="Wilt u de vergunning sturen?", en="Please send the permit."),
    ... )
    ... class Permit:
    ...     granted: Fact[bool] = UNKNOWN
    >>> permits = Barrier("voorbeeld.permits", title=Text(nl="Vergunningen", en="Permits"), concern=Concern.QUALITY)
    >>> @permits.requirement(level=Level.RED, norm=Text(nl="Er is een vergunning.", en="There is a permit."))
    ... def permitted(permit: Permit) -> Fact[bool]:
    ...     return permit.granted
    >>> permitted(Permit(granted=False))
    False
    >>> permits
    Barrier('voorbeeld.permits', quality, rules=1)

    """

    id: str
    title: Text = attrs.field(kw_only=True)
    concern: Concern = attrs.field(kw_only=True)
    rules: dict[str, Rule[...]] = attrs.field(factory=dict, init=False)
    derived_facts: dict[str, Derived] = attrs.field(factory=dict, init=False)
    parameters: dict[str, ParameterSpec] = attrs.field(factory=dict, init=False)
    _kinds: dict[str, EvidenceKind] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        with locate_errors():
            self._check()

    def _check(self) -> None:
        if not isinstance(self.id, str) or len(self.id) > MAX_ID_LENGTH or not _ID.fullmatch(self.id):
            raise DefinitionError(
                f"The barrier id {safe_repr(self.id)} is not `<owner>.<barrier>` in snake_case and "
                f"of at most {MAX_ID_LENGTH} letters, as in 'nl.kvk'."
            )
        if not isinstance(self.title, Text) or not isinstance(self.concern, Concern):
            members = ", ".join(f"Concern.{member.name}" for member in Concern)
            raise DefinitionError(f"{self.id}: give it a title=Text(nl=…, en=…) and a concern=, one of {members}.")

    def __repr__(self) -> str:
        return represent(self, repr(self.id), self.concern.value, f"rules={len(self.rules)}")

    def parts(self) -> Iterator[ByReference]:
        """Yield its rules, their ``applies=`` conditions and its derived facts."""
        for rule in self.rules.values():
            yield from (rule, *rule.parts())
        yield from self.derived_facts.values()

    @property
    def kinds(self) -> tuple[EvidenceKind, ...]:
        """The evidence kinds that its rules read."""
        return tuple(self._kinds.values())

    @usage_hint("@barrier.condition, without parentheses")
    def condition(self, function: Callable[P, Fact[bool]]) -> Condition[P]:
        """Decorate a condition for the ``applies=`` of rules.

        Raises:
            DefinitionError: the function is not as docs/plugin.md describes; often a ``TracingError``.

        """
        with locate_errors(lambda: function_location(function)):
            where = self._rule_id(function)
            signature, expression = trace(function, calling_frame(), self.id, self.derived_facts)
            self._add(signature)
            return Condition(where, expression, signature)

    @usage_hint("@barrier.requirement(level=Level.RED, norm=Text(nl=…, en=…))")
    def requirement(
        self, *, level: Level, norm: Text, applies: Condition[...] | None = None, basis: TextOrStr | None = None,
        unverified: Text | None = None, opaque: bool = False,
    ) -> Callable[[Callable[P, Fact[bool]]], Rule[P]]:  # fmt: skip
        """Decorate a condition that must hold.

        Args:
            level: the level of the advice if it does not hold.
            norm: what must hold, in a full sentence; ``{name}`` shows a fact, parameter or named value.
            applies: a condition of this barrier; where it is false the rule does not apply.
            basis: the law or rule it rests on.
            unverified: what about the law or its limits was not verified in the text in force; every report shows it.
            opaque: whether the function is plain Python instead of an expression: nothing but its outcome can be
                explained, and it is slow in tables.

        Raises:
            DefinitionError: an argument or the function is not as described; often a ``TracingError``.

        """
        return self._rule(RuleKind.REQUIREMENT, level, norm, applies, basis, unverified, opaque)

    @usage_hint("@barrier.signal(level=Level.RED, finding=Text(nl=…, en=…))")
    def signal(
        self, *, level: Level, finding: Text, applies: Condition[...] | None = None, basis: TextOrStr | None = None,
        unverified: Text | None = None, opaque: bool = False,
    ) -> Callable[[Callable[P, Fact[bool]]], Rule[P]]:  # fmt: skip
        """Decorate a condition that must not hold; the arguments are those of :meth:`requirement`.

        ``finding`` replaces ``norm``: what was found if the condition holds, in a full sentence.
        """
        return self._rule(RuleKind.SIGNAL, level, finding, applies, basis, unverified, opaque)

    @overload
    def derived(self, function: Callable[..., object]) -> Derived: ...
    @overload
    def derived(self, *, label: Label) -> Callable[[Callable[..., object]], Derived]: ...
    def derived(self, function: Callable[..., Any] | None = None, *, label: Label | None = None) -> Any:
        """Decorate a plain function from evidence to one value, which rules receive in a parameter of its name.

        It can loop, call libraries, and read lists. It is not called while its evidence is missing, and an unknown
        fact that it reads makes its value unknown.

        Args:
            function: the function, if the decorator is used without parentheses.
            label: what its value is called in a sentence; by default its name.

        Raises:
            DefinitionError: the function is not as docs/plugin.md describes.

        """
        frame = calling_frame()

        def decorate(decorated: Callable[..., Any]) -> Derived:
            with locate_errors(lambda: function_location(decorated)):
                return self._derive(decorated, label, frame)

        return decorate if function is None else decorate(function)

    def _derive(self, function: Callable[..., Any], label: Label | None, frame: FrameType) -> Derived:
        where = self._rule_id(function)
        if label is not None and not isinstance(label, Text):
            raise DefinitionError(f"{where}: write label=Label(nl=…, en=…); got {label!r}.")
        signature = read_signature(function, frame.f_locals, where)
        found = type_of_fact(signature.returns)
        kind = found[0] if found else signature.returns
        if not is_scalar(kind):
            hint = "annotate what it returns, one value: -> bool, int, Ratio, Money, date, str or an Enum of texts."
            raise not_scalar_error(kind, where, hint)
        asked = next((i for i in signature.inputs if i.role is InputKind.DERIVED), None)
        if asked is not None:
            hint = f"instead of taking {asked.name!r}, call it with that evidence, as in {asked.name}(evidence)"
            raise DefinitionError(f"{where}: a derived fact takes evidence classes; {hint}.")
        if not signature.kinds:
            raise DefinitionError(f"{where}: a derived fact takes evidence; give it an evidence class.")
        for name in unused_parameters(python_function(function)):
            refuse_unused(function, name, where)
        refuse_clock(function, where)
        field = FactField(function.__name__, kind, False, label or same_in_both(function.__name__.replace("_", " ")))
        derived = Derived(where, field, function, signature)
        self._new_name(function.__name__)
        self._add(signature)
        self.derived_facts[function.__name__] = derived
        return derived

    def _rule(
        self, kind: RuleKind, level: Level, text: Text, applies: Condition[...] | None, basis: TextOrStr | None,
        unverified: Text | None, opaque: bool,
    ) -> Callable[[Callable[P, Fact[bool]]], Rule[P]]:  # fmt: skip
        frame = calling_frame()

        def decorate(function: Callable[P, Fact[bool]]) -> Rule[P]:
            with locate_errors():
                where = self._rule_id(function)
                check_rule(where, level, text, applies, self.id)
                check_unverified(where, unverified)
                check_basis(where, basis)
            with locate_errors(lambda: function_location(function)):
                derived = self._derive(function, None, frame) if opaque else None
                signature, expression = self._expression(function, derived, frame, text)
                self._add(signature)
                rule = Rule[P](
                    id=where, kind=kind, level=level, text=text, expression=expression, applies=applies, basis=basis,
                    unverified=unverified, opaque=derived, signature=signature,
                )  # fmt: skip
                self.rules[function.__name__] = rule
                return rule

        return decorate

    def _expression(
        self, function: Callable[..., Any], derived: Derived | None, frame: FrameType, text: Text
    ) -> tuple[Signature, Node]:
        """Return a rule's signature and expression; an opaque rule's expression is its derived fact."""
        expression: Node
        if derived is not None:
            signature, expression = derived.signature, derived_ref(derived)
        else:
            signature, expression = trace(function, frame, self.id, self.derived_facts, text.placeholders)
            self._new_name(function.__name__)
        check_placeholders(f"{self.id}.{function.__name__}", signature, expression, text)
        return signature, expression

    def _rule_id(self, function: Any) -> str:
        if python_function(function) is None or isinstance(function, partial):
            raise DefinitionError(f"{self.id}: decorate a function written with `def`; got {safe_repr(function)}.")
        return f"{self.id}.{function.__name__}"

    def _new_name(self, name: str) -> None:
        if not is_id(name):
            limits = f"a rule or derived fact has a name in snake_case, of at most {MAX_ID_LENGTH} letters."
            raise DefinitionError(f"{self.id}.{name[:MAX_ID_LENGTH]}: {limits}")
        if name in self.rules or name in self.derived_facts:
            raise DefinitionError(f"{self.id}.{name}: there is already a rule or derived fact of that name.")

    def _add(self, signature: Signature) -> None:
        for spec in signature.parameters.values():
            known = self.parameters.setdefault(spec.name, spec)
            if _identity(known) != _identity(spec):
                raise DefinitionError(
                    f"{self.id}: the parameter {spec.name!r} is declared twice with different defaults, types, "
                    "bounds or sources; one name means one parameter throughout a barrier."
                )
        self._kinds.update({kind.id: kind for kind in signature.kinds})


def _identity(spec: ParameterSpec) -> tuple[object, ...]:
    """Return what must be equal wherever a barrier declares a parameter: everything but its label."""
    return spec.default, spec.field.type, spec.field.many, spec.field.bounds, spec.limit
