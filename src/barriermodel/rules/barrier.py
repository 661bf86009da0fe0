"""A barrier and its rules, as a plugin's author writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any, NoReturn, ParamSpec, overload

import attrs

from ..domain.facts import SNAKE_CASE, FactField, Label, type_of_fact
from ..domain.kinds import MAX_ID_LENGTH, EvidenceKind, check_basis
from ..domain.suggestions import type_name
from ..domain.unknown import Fact
from ..domain.values import is_scalar, not_scalar_error
from ..errors import DefinitionError, TracingError
from ..objects import represent
from ..source_location import as_sentence, calling_frame, error_location, function_location, locate_errors, usage_hint
from ..spelling import did_you_mean
from ..text import Text, TextOrStr, same_in_both
from .bytecode import python_function, unused_parameters
from .clock_check import refuse_clock
from .derived import Derived
from .expression import FactRef, Node, Parameter
from .levels import Concern, Level
from .operand_errors import operand_type
from .pickling import ByReference
from .plugin_code import PLUGIN_CODE, safe_repr, type_and_message
from .rule import Condition, Rule, RuleKind, check_placeholders, check_rule, check_unverified, unused_names
from .signature import AS_OF_LABEL, InputKind, ParameterSpec, RuleInput, Signature, fields_of, read_signature
from .syntax_check import check_syntax, hint_of_name, line_of_parameter, line_of_return
from .traced_values import VOCABULARY, Traced, TracedRecord, call_traced

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
        """Its rules, the conditions under which they apply, and what is derived for them."""
        for rule in self.rules.values():
            yield from (rule, *rule.parts())
        yield from self.derived_facts.values()

    @property
    def kinds(self) -> tuple[EvidenceKind, ...]:
        """The evidence kinds its rules look at."""
        return tuple(self._kinds.values())

    @usage_hint("@barrier.condition, without parentheses")
    def condition(self, function: Callable[P, Fact[bool]]) -> Condition[P]:
        """Decorate a condition for ``applies=``."""
        with locate_errors(lambda: function_location(function)):
            signature, expression = self._trace(function, calling_frame(), frozenset())
            self._add(signature)
            return Condition(f"{self.id}.{function.__name__}", expression, signature)

    @usage_hint("@barrier.requirement(level=Level.RED, norm=Text(nl=…, en=…))")
    def requirement(
        self,
        *,
        level: Level,
        norm: Text,
        applies: Condition[...] | None = None,
        basis: TextOrStr | None = None,
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

    @usage_hint("@barrier.signal(level=Level.RED, finding=Text(nl=…, en=…))")
    def signal(
        self,
        *,
        level: Level,
        finding: Text,
        applies: Condition[...] | None = None,
        basis: TextOrStr | None = None,
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
        frame = calling_frame()

        def decorate(decorated: Callable[..., Any]) -> Derived:
            with locate_errors(lambda: function_location(decorated)):
                return self._derive(decorated, label, frame)

        return decorate if function is None else decorate(function)

    def _derive(self, function: Callable[..., Any], label: Label | None, frame: FrameType) -> Derived:
        where = self._name_of(function)
        if label is not None and not isinstance(label, Text):
            raise DefinitionError(f"{where}: write label=Label(nl=…, en=…); got {label!r}.")
        signature = read_signature(function, frame.f_locals, where)
        found = type_of_fact(signature.returns)
        kind = found[0] if found else signature.returns
        if not is_scalar(kind):
            words = "say what it returns, one value: -> bool, int, Ratio, Money, date, str or an Enum of texts."
            raise not_scalar_error(kind, where, words)
        asked = next((i for i in signature.inputs if i.role is InputKind.DERIVED), None)
        if asked is not None:
            words = f"instead of taking {asked.name!r}, call it with that evidence, as in {asked.name}(evidence)"
            raise DefinitionError(f"{where}: a derived fact comes from evidence classes; {words}.")
        if not signature.kinds:
            raise DefinitionError(f"{where}: a derived fact comes from evidence; give it an evidence class.")
        for name in unused_parameters(python_function(function)):
            self._refuse_unused(function, name)
        refuse_clock(function, where)
        field = FactField(function.__name__, kind, False, label or same_in_both(function.__name__.replace("_", " ")))
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
        basis: TextOrStr | None,
        unverified: Text | None,
        opaque: bool,
    ) -> Callable[[Callable[P, Fact[bool]]], Rule[P]]:
        frame = calling_frame()

        def decorate(function: Callable[P, Fact[bool]]) -> Rule[P]:
            with locate_errors():
                where = self._name_of(function)
                check_rule(where, level, text, applies, self.id)
                check_unverified(where, unverified)
                check_basis(where, basis)
            with locate_errors(lambda: function_location(function)):
                return define(function, where)

        def define(function: Callable[P, Fact[bool]], where: str) -> Rule[P]:
            derived: Derived | None = None
            if opaque:
                derived = self._derive(function, None, frame)
                signature = derived.signature
                expression: Node = _derived_ref(derived)
            else:
                signature, expression = self._trace(function, frame, text.placeholders)
                self._new_name(function.__name__)
            check_placeholders(where, signature, expression, text)
            self._add(signature)
            rule = Rule[P](
                id=where, kind=kind, level=level, text=text, expression=expression, applies=applies, basis=basis,
                unverified=unverified, opaque=derived, signature=signature,
            )  # fmt: skip
            self.rules[function.__name__] = rule
            return rule

        return decorate

    def _name_of(self, function: Any) -> str:
        if python_function(function) is None or isinstance(function, partial):
            raise DefinitionError(
                f"{self.id}: decorate a function that is written with `def`; got {safe_repr(function)}."
            )
        return f"{self.id}.{function.__name__}"

    def _trace(self, function: Callable[..., Any], frame: FrameType, told: frozenset[str]) -> tuple[Signature, Node]:
        where = self._name_of(function)
        signature = read_signature(function, frame.f_locals, where)
        if not signature.inputs:
            raise DefinitionError(f"{where}: it looks at nothing; give it an evidence class, Provider, Award or AsOf.")
        refuse_clock(function, where)
        check_syntax(function, VOCABULARY)
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
            name, words = type_and_message(error)
            hint = hint_of_name(error, function)
            words = as_sentence(f"{where}: tracing it raised {name}: {words}{hint}")
            raise TracingError(words, error_location(error)) from error
        node = result.node if isinstance(result, Traced) else None
        if node is None or node.type is not bool or (isinstance(node, Parameter) and node.many):
            words = f"{where}: a rule returns a condition on facts; this one returned {_said(result)}."
            raise TracingError(words, function_location(function, line_of_return(function)))
        kind = (type_of_fact(signature.returns) or (signature.returns,))[0]
        if is_scalar(kind) and kind is not bool:
            raise DefinitionError(f"{where}: a rule is a condition; write `-> Fact[bool]`, not {type_name(kind)}.")
        for name in unused_names(signature, node, told):
            self._refuse_unused(function, name)
        return signature, node

    def _refuse_unused(self, function: Callable[..., Any], name: str) -> NoReturn:
        words = f"{self.id}.{function.__name__}: the parameter {name!r} is not used; use it, or take it away."
        raise DefinitionError(words, function_location(function, line_of_parameter(function, name)))

    def _traced(self, input: RuleInput, where: str) -> Any:
        if input.role is InputKind.AS_OF and input.type is not None:
            return Traced(FactRef("dossier", "as_of", input.type, AS_OF_LABEL))
        if input.role is InputKind.DERIVED:
            derived = self.derived_facts.get(input.name)
            if derived is None:
                hint = did_you_mean(input.name, self.derived_facts, "define it before the rule.")
                raise DefinitionError(f"{where}: {self.id} has no derived fact {input.name!r}; {hint}")
            if derived.field.type is not input.type:
                raise DefinitionError(f"{where}: {input.name} gives {derived.field.type.__name__}; annotate it so.")
            return Traced(_derived_ref(derived))
        if input.role is InputKind.ITEMS:
            raise DefinitionError(f"{where}: only a derived fact reads all items of a kind; write one.")
        cls = input.kind.cls if input.kind else type(input.role.value, (), {})
        source = input.kind.id if input.kind else input.role.value
        return TracedRecord(source, cls, dict(fields_of(input)))

    def _new_name(self, name: str) -> None:
        if len(name) > MAX_ID_LENGTH or not SNAKE_CASE.fullmatch(name):
            words = f"a rule or derived fact has a name in snake_case, of at most {MAX_ID_LENGTH} letters."
            raise DefinitionError(f"{self.id}.{name[:MAX_ID_LENGTH]}: {words}")
        if name in self.rules or name in self.derived_facts:
            raise DefinitionError(f"{self.id}.{name}: a rule or derived fact of that name exists already.")

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
    """All of a parameter but its label."""
    return spec.default, spec.field.type, spec.field.many, spec.field.bounds, spec.limit


def _derived_ref(derived: Derived) -> FactRef:
    return FactRef("derived", derived.id, derived.field.type, derived.label)


def _said(result: object) -> str:
    """What a rule returned instead of a condition, and what to write instead."""
    if isinstance(result, Traced):
        if isinstance(result.node, Parameter) and result.node.many:
            return f"a list; write one_of(fact, *{result.node.name})"
        return f"a {operand_type(result.node.type)}; compare it, as in `fact > limit`"
    if isinstance(result, TracedRecord):
        return "evidence as a whole; name the fact that you mean"
    if isinstance(result, (tuple, list)):
        return "several things; join them with all_of(...) or any_of(...)"
    if result is None:
        return "nothing; end it with `return` and the condition"
    return f"{safe_repr(result)}, which is the same for everybody"
