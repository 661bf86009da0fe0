"""A barrier and its rules, as a plugin's author writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any, ParamSpec

import attrs

from ..domain.facts import FactField, type_of_fact
from ..domain.kinds import MAX_ID_LENGTH, EvidenceKind, is_id, is_stated, law
from ..domain.unknown import Fact
from ..domain.values import is_scalar, not_scalar_error
from ..errors import DefinitionError
from ..objects import represent
from ..source_location import calling_frame, function_location, locate_errors, usage_hint
from ..words.lexicon import WordRef
from .bytecode import python_function, unused_parameters
from .clock_check import refuse_clock
from .derived import Derived
from .expression import Node
from .levels import Concern, Level
from .pickling import ByReference
from .plugin_code import safe_repr
from .rule import Condition, Rule, RuleKind, check_named, check_rule
from .signature import InputKind, ParameterSpec, Signature
from .signature_reader import read_signature
from .tracing import derived_ref, refuse_unused, trace

P = ParamSpec("P")
_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*\.[a-z][a-z0-9]*(_[a-z0-9]+)*")


@attrs.define(eq=False)
class Barrier(ByReference):
    """A group of requirements and signals about one concern.

    Its methods decorate the functions that are its rules, conditions and derived facts. Each rule's id is the
    barrier's id, a dot, and the name of the function. What is said about them stands in the words files.

    Args:
        id: ``<owner>.<barrier>`` in snake_case, such as ``nl.kvk``.
        concern: what it is about.

    Raises:
        DefinitionError: an argument is not as described.

    >>> from barriermodel.plugin import *
    >>> @evidence("permit")
    ... class Permit:
    ...     granted: Fact[bool] = UNKNOWN
    >>> permits = Barrier("voorbeeld.permits", concern=Concern.QUALITY)
    >>> @permits.requirement(level=Level.RED)
    ... def permitted(permit: Permit) -> Fact[bool]:
    ...     return permit.granted
    >>> permitted(Permit(granted=False))
    False
    >>> permits
    Barrier('voorbeeld.permits', quality, rules=1)

    """

    id: str
    concern: Concern = attrs.field(kw_only=True)
    words: WordRef = attrs.field(init=False)
    """What its words file says of it: ``title``."""
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
        if not isinstance(self.concern, Concern):
            members = ", ".join(f"Concern.{member.name}" for member in Concern)
            raise DefinitionError(f"{self.id}: give it a concern=, one of {members}.")
        self.words = WordRef(calling_frame().f_globals["__name__"], ("barrier", *self.id.split(".")))

    @property
    def title(self) -> WordRef:
        """What it is called."""
        return self.words / "title"

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

    @usage_hint("@barrier.requirement(level=Level.RED)")
    def requirement(
        self, *, level: Level, applies: Condition[...] | None = None, basis: str | None = None,
        unverified: bool = False, opaque: bool = False,
    ) -> Callable[[Callable[P, Fact[bool]]], Rule[P]]:  # fmt: skip
        """Decorate a condition that must hold.

        Args:
            level: the level of the advice if it does not hold.
            applies: a condition of this barrier; where it is false the rule does not apply.
            basis: the key in the words files of the law or rule it rests on.
            unverified: whether something about the law or its limits was not verified in the text in force; the words
                files say what, and every report shows it.
            opaque: whether the function is plain Python instead of an expression: nothing but its outcome can be
                explained, and it is slow in tables.

        Raises:
            DefinitionError: an argument or the function is not as described; often a ``TracingError``.

        """
        return self._rule(RuleKind.REQUIREMENT, level, applies, basis, unverified, opaque)

    @usage_hint("@barrier.signal(level=Level.RED)")
    def signal(
        self, *, level: Level, applies: Condition[...] | None = None, basis: str | None = None,
        unverified: bool = False, opaque: bool = False,
    ) -> Callable[[Callable[P, Fact[bool]]], Rule[P]]:  # fmt: skip
        """Decorate a condition that must not hold; the arguments are those of :meth:`requirement`."""
        return self._rule(RuleKind.SIGNAL, level, applies, basis, unverified, opaque)

    @usage_hint("@barrier.derived, without parentheses")
    def derived(self, function: Callable[..., object]) -> Derived:
        """Decorate a plain function from evidence to one value, which rules receive in a parameter of its name.

        It can loop, call libraries, and read lists. It is not called while its evidence is missing, and an unknown
        fact that it reads makes its value unknown.

        Raises:
            DefinitionError: the function is not as docs/plugin.md describes.

        """
        with locate_errors(lambda: function_location(function)):
            return self._derive(function, calling_frame())

    def _derive(self, function: Callable[..., Any], frame: FrameType) -> Derived:
        where = self._rule_id(function)
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
        label = WordRef(function.__module__, ("derived", *where.split("."), "label"))
        field = FactField(function.__name__, kind, False, label)
        derived = Derived(where, field, function, signature)
        self._new_name(function.__name__)
        self._add(signature)
        self.derived_facts[function.__name__] = derived
        return derived

    def _rule(
        self, kind: RuleKind, level: Level, applies: Condition[...] | None, basis: str | None, unverified: bool,
        opaque: bool,
    ) -> Callable[[Callable[P, Fact[bool]]], Rule[P]]:  # fmt: skip
        frame = calling_frame()

        def decorate(function: Callable[P, Fact[bool]]) -> Rule[P]:
            with locate_errors():
                where = self._rule_id(function)
                check_rule(where, level, applies, self.id)
                words = WordRef(function.__module__, ("rule", *where.split(".")))
                stated = words / "unverified" if is_stated(where, "unverified", unverified) else None
                origin = law(where, basis, function.__module__)
            with locate_errors(lambda: function_location(function)):
                derived = self._derive(function, frame) if opaque else None
                signature, expression = self._expression(function, derived, frame)
                self._add(signature)
                rule = Rule[P](
                    id=where, kind=kind, level=level, words=words, expression=expression, applies=applies,
                    basis=origin, unverified=stated, opaque=derived, signature=signature,
                )  # fmt: skip
                self.rules[function.__name__] = rule
                return rule

        return decorate

    def _expression(
        self, function: Callable[..., Any], derived: Derived | None, frame: FrameType
    ) -> tuple[Signature, Node]:
        """Return a rule's signature and expression; an opaque rule's expression is its derived fact."""
        expression: Node
        if derived is not None:
            signature, expression = derived.signature, derived_ref(derived)
        else:
            signature, expression = trace(function, frame, self.id, self.derived_facts)
            self._new_name(function.__name__)
        check_named(f"{self.id}.{function.__name__}", signature, expression)
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
