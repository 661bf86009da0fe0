"""What a rule looks at and which parameters it has, read from its function's signature."""

from __future__ import annotations

import collections.abc
import enum
import inspect
import typing
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

import attrs

from ..domain.award import Award
from ..domain.dossier import Dossier
from ..domain.evidence import Item
from ..domain.facts import FactField, fact_fields, field_of, type_of_fact
from ..domain.kinds import EvidenceKind, kind_of
from ..domain.provider import Provider
from ..domain.suggestions import annotation_error, type_name
from ..domain.unknown import UNKNOWN
from ..domain.values import is_scalar, not_scalar_error
from ..errors import DefinitionError
from ..objects import brief_repr, plain_text, represent
from ..source_location import locate_errors
from ..spelling import closest, did_you_mean
from ..text import Text, TextOrStr, is_blank


class _AsOfMarker(enum.Enum):
    AS_OF = enum.auto()


AsOf = Annotated[date, _AsOfMarker.AS_OF]
"""Annotates the parameter of a rule that receives the dossier's date."""

AS_OF_LABEL = Text(nl="peildatum", en="reference date")


@attrs.frozen(kw_only=True)
class Limit:
    """Who says that a parameter has this value: a source, or an assumption with its reason; exactly one.

    Args:
        source: address or law where the value can be read.
        note: what to know about it.
        assumption: why this value was chosen where no source gives one.
        yearly_from: for a list with a value for each year, the name of the parameter that has the first of these years.

    """

    source: str | None = None
    note: TextOrStr | None = None
    assumption: TextOrStr | None = None
    yearly_from: str | None = None

    __repr__ = brief_repr

    def __attrs_post_init__(self) -> None:
        with locate_errors():
            if is_blank(self.source) == is_blank(self.assumption):
                raise DefinitionError("A limit has a source or an assumption: exactly one of them.")


@attrs.frozen
class ParameterSpec:
    """A regional parameter: what a profile may set, and what holds where it does not."""

    field: FactField
    default: Any
    limit: Limit

    def __repr__(self) -> str:
        return represent(self, repr(self.name), plain_text(self.default))

    @property
    def name(self) -> str:
        """The name in the signature and in profiles."""
        return self.field.name


class InputKind(enum.Enum):
    """What a positional parameter of a rule stands for."""

    EVIDENCE = "evidence"
    ITEMS = "items"
    """All usable items of a kind; only in a derived fact."""
    PROVIDER = "provider"
    AWARD = "award"
    AS_OF = "as_of"
    DERIVED = "derived"


ENTITIES: Mapping[str, type] = {InputKind.PROVIDER.value: Provider, InputKind.AWARD.value: Award}
"""The classes of facts beside evidence, by the name under which rules know them."""


@attrs.frozen
class RuleInput:
    """A positional parameter of a rule: what it looks at."""

    name: str
    role: InputKind
    kind: EvidenceKind | None = None
    type: type | None = None

    __repr__ = brief_repr


@attrs.frozen
class Signature:
    """What a rule looks at, and its parameters by name."""

    inputs: tuple[RuleInput, ...]
    parameters: Mapping[str, ParameterSpec]
    returns: Any
    python: inspect.Signature

    def __repr__(self) -> str:
        return represent(self, *(i.name for i in self.inputs), *(f"{name}=…" for name in self.parameters))

    @property
    def kinds(self) -> tuple[EvidenceKind, ...]:
        """The evidence kinds it looks at."""
        return tuple(i.kind for i in self.inputs if i.kind is not None)


def read_signature(function: Callable[..., Any], names: Mapping[str, Any], where: str) -> Signature:
    """The inputs and parameters of a rule's function.

    Args:
        names: what annotations may refer to beside the function's globals.
        where: the rule, for messages.

    Raises:
        DefinitionError: a parameter cannot be understood.

    """
    if inspect.iscoroutinefunction(function) or inspect.isgeneratorfunction(function):
        raise DefinitionError(f"{where}: it is a plain function that returns a value, not async and not a generator.")
    try:
        hints = typing.get_type_hints(function, localns=dict(names), include_extras=True)
    except Exception as error:  # an annotation is code, which may raise anything
        known = {**getattr(function, "__globals__", {}), **names}
        raise DefinitionError(annotation_error(where, error, known, "rule")) from None
    python = inspect.signature(function)
    inputs: list[RuleInput] = []
    parameters: dict[str, ParameterSpec] = {}
    for name, parameter in python.parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            raise DefinitionError(f"{where}: *args and **kwargs say nothing about what the rule looks at.")
        if name not in hints:
            words = f"the parameter {name!r} has no annotation, so nobody knows what it is"
            raise DefinitionError(f"{where}: {words}; {_annotated(parameter, function)}.")
        if parameter.kind is parameter.KEYWORD_ONLY:
            parameters[name] = _parameter(name, hints[name], parameter.default, f"{where}({name}=)")
        elif parameter.default is not parameter.empty:
            raise DefinitionError(f"{where}: put `*,` before {name!r}; a default is for regional parameters.")
        elif parameter.kind is parameter.POSITIONAL_ONLY:
            raise DefinitionError(f"{where}: take the `/` away; parameters of rules are known by their names.")
        else:
            inputs.append(_input(name, hints[name], f"{where}({name})"))
    for name, spec in parameters.items():
        first = spec.limit.yearly_from
        if first is not None and not (spec.field.many and first in parameters and parameters[first].field.type is int):
            raise DefinitionError(f"{where}({name}=): yearly_from is for a list, and names a whole number beside it.")
    looked_at = [(i.role, i.kind) for i in inputs if i.role is not InputKind.DERIVED]
    if len(set(looked_at)) < len(looked_at):
        raise DefinitionError(f"{where}: two of its parameters stand for one thing; one is enough.")
    return Signature(tuple(inputs), parameters, hints.get("return"), python)


def _input(name: str, hint: Any, where: str) -> RuleInput:
    fixed = {Provider: InputKind.PROVIDER, Award: InputKind.AWARD}
    if isinstance(hint, type) and hint in fixed:
        return RuleInput(name, fixed[hint])
    if typing.get_origin(hint) is Annotated and _AsOfMarker.AS_OF in typing.get_args(hint):
        return RuleInput(name, InputKind.AS_OF, type=date)
    kind = kind_of(hint)
    if kind is not None:
        return RuleInput(name, InputKind.EVIDENCE, kind)
    items = _kind_of_items(hint)
    if items is not None:
        return RuleInput(name, InputKind.ITEMS, items)
    fact = type_of_fact(hint)
    if fact is not None and is_scalar(fact[0]):
        return RuleInput(name, InputKind.DERIVED, type=fact[0])
    if fact is None and isinstance(hint, type) and not is_scalar(hint) and hint is not Dossier:
        raise DefinitionError(f"{where}: {hint.__name__} is no class decorated with @evidence(...); decorate it.")
    raise not_scalar_error(fact and fact[0], where, _input_meant(name, hint))


def _input_meant(name: str, hint: Any) -> str:
    """What to write instead of an annotation that says nothing of what is looked at."""
    members = [arg for arg in typing.get_args(hint) if kind_of(arg) is not None]
    if members and typing.get_origin(hint) in (list, tuple, set, *_SEQUENCES):
        return f"write `{name}: Sequence[Item[{members[0].__name__}]]`, in a derived fact."
    if members:
        return f"write `{name}: {members[0].__name__}`; what is not there is unknown by itself."
    if hint is date or hint is Dossier:
        return f"the dossier's date is `{name}: AsOf`, and the rest of it Provider, Award and evidence classes."
    if is_scalar(hint):
        written = {float: "Ratio"}.get(hint, hint.__name__)
        return (
            f"write `{name}: Fact[{written}]` for the derived fact of that name; for a fact of evidence name its "
            "@evidence class, and put a limit of a region after `*`."
        )
    return (
        "annotate it with an @evidence class, Provider, Award, AsOf, Fact[...] for a derived fact "
        f"of that name, or (in a derived fact) Sequence[Item[<evidence class>]]; got {hint!r}."
    )


def _annotated(parameter: inspect.Parameter, function: Callable[..., Any]) -> str:
    """How a parameter without annotation may be written."""
    if parameter.name == "self":
        return "write it as a function of its own, outside the class"
    if getattr(function, "__name__", "") == "<lambda>":
        return "write it as a function with `def`"
    if parameter.kind is parameter.KEYWORD_ONLY:
        kind = "int" if parameter.default is parameter.empty else type(parameter.default).__name__
        return f"write `{parameter.name}: Annotated[{kind}, Limit(source=…)] = …`"
    return f"write the class of what it looks at, as in `{parameter.name}: Answers` or `{parameter.name}: Provider`"


_SEQUENCES = (collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection)


def _kind_of_items(hint: Any) -> EvidenceKind | None:
    if typing.get_origin(hint) not in (collections.abc.Sequence, tuple, list):
        return None
    member = typing.get_args(hint)[0]
    return kind_of(typing.get_args(member)[0]) if typing.get_origin(member) is Item else None


def _parameter(name: str, hint: Any, default: Any, where: str) -> ParameterSpec:
    extras: tuple[Any, ...] = ()
    if typing.get_origin(hint) is Annotated:
        hint, *rest = typing.get_args(hint)
        extras = tuple(rest)
    many = typing.get_origin(hint) is tuple and typing.get_args(hint)[1:] == (...,)
    kind = typing.get_args(hint)[0] if many else hint
    if not is_scalar(kind):
        raise not_scalar_error(kind, where, _parameter_meant(kind))
    limits = [extra for extra in extras if isinstance(extra, Limit)]
    if len(limits) != 1:
        written = f"Annotated[{type_name(hint)}, Limit(source=…)]"
        raise DefinitionError(f"{where}: say who set the value, once: {written}, or Limit(assumption=…).")
    field = field_of(name, kind, many, extras, where)
    if default is inspect.Parameter.empty:
        raise DefinitionError(f"{where}: a regional parameter has a default: write `= …` after its annotation.")
    try:
        value = field.validate(default)
        if value is UNKNOWN:
            raise ValueError(f"{default!r} is no value")
        return ParameterSpec(field, value, limits[0])
    except ValueError as error:
        raise DefinitionError(f"{where}: the default is wrong: {error}.") from None


def _parameter_meant(hint: Any) -> str:
    """What to write instead of an annotation that no regional parameter has."""
    fact = type_of_fact(hint)
    if fact is not None and is_scalar(fact[0]):
        return f"a parameter is known, so no Fact: write Annotated[{type_name(fact[0])}, Limit(source=…)]."
    if kind_of(hint) is not None or hint in (Provider, Award):
        return "what the rule looks at stands before `*`; after it stand the limits that a region may set."
    if typing.get_origin(hint) in (tuple, list, set, frozenset, *_SEQUENCES):
        return f"a list is written as tuple[{type_name(typing.get_args(hint)[0])}, ...]."
    return "a parameter is a bool, int, Ratio, Money, date, str, Enum of texts or a tuple[..., ...] of one."


def fields_of(input: RuleInput) -> Mapping[str, FactField]:
    """The facts that an input's attributes are."""
    if input.role is InputKind.PROVIDER:
        return fact_fields(Provider)
    if input.role is InputKind.AWARD:
        return fact_fields(Award)
    return fact_fields(input.kind.cls) if input.kind else {}


def bind(signature: Signature, id: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """What a rule or derived fact is called with, by name.

    Raises:
        TypeError: it takes other arguments.

    """
    try:
        return signature.python.bind(*args, **kwargs).arguments
    except TypeError as error:
        names = signature.python.parameters
        wrong = next((name for name in kwargs if closest(name, names) not in ("", name)), "")
        hint = did_you_mean(wrong, names, f"it is called as {id.rpartition('.')[2]}({', '.join(names)})")
        raise TypeError(f"{id}: {error}; {hint}") from None
