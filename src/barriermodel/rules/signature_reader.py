"""Reads the signature of a rule's function: each parameter is found by its annotation, as pytest finds fixtures."""

from __future__ import annotations

import collections.abc
import inspect
import typing
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

from ..domain.award import Award
from ..domain.dossier import Dossier
from ..domain.evidence import Item
from ..domain.facts import field_of, type_of_fact
from ..domain.kinds import EvidenceKind, kind_of
from ..domain.provider import Provider
from ..domain.suggestions import annotation_error, type_name
from ..domain.unknown import UNKNOWN
from ..domain.values import is_scalar, not_scalar_error
from ..errors import DefinitionError
from ..words.lexicon import WordRef
from .signature import AsOf, InputKind, Limit, ParameterSpec, RuleInput, Signature


def read_signature(function: Callable[..., Any], names: Mapping[str, Any], where: str) -> Signature:
    """Read the inputs and parameters of a rule's function.

    Args:
        function: the function as its author wrote it.
        names: what its annotations may refer to besides the function's globals.
        where: the rule, for messages.

    Raises:
        DefinitionError: a parameter or annotation is not as docs/plugin.md describes.

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
        _check_parameter(parameter, hints, function, where)
        if parameter.kind is parameter.KEYWORD_ONLY:
            barrier = where.rpartition(".")[0]
            words = WordRef(function.__module__, ("limit", *barrier.split("."), name))
            parameters[name] = _parameter(name, hints[name], parameter.default, f"{where}({name}=)", words)
        else:
            inputs.append(_input(name, hints[name], f"{where}({name})"))
    for name, spec in parameters.items():
        first = spec.limit.yearly_from
        if first is not None and not (spec.field.many and first in parameters and parameters[first].field.type is int):
            raise DefinitionError(f"{where}({name}=): yearly_from is for a list; it names a parameter of type int.")
    received = [(i.role, i.kind) for i in inputs if i.role is not InputKind.DERIVED]
    if len(set(received)) < len(received):
        raise DefinitionError(f"{where}: two of its parameters receive the same; remove one.")
    return Signature(tuple(inputs), parameters, hints.get("return"), python)


def _check_parameter(
    parameter: inspect.Parameter, hints: Mapping[str, Any], function: Callable[..., Any], where: str
) -> None:
    name = parameter.name
    if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
        raise DefinitionError(f"{where}: *args and **kwargs do not say what the rule reads.")
    if name not in hints:
        raise DefinitionError(f"{where}: the parameter {name!r} has no annotation; {_annotated(parameter, function)}.")
    if parameter.kind is not parameter.KEYWORD_ONLY and parameter.default is not parameter.empty:
        raise DefinitionError(f"{where}: put `*,` before {name!r}; a default is for regional parameters.")
    if parameter.kind is parameter.POSITIONAL_ONLY:
        raise DefinitionError(f"{where}: remove the `/`; parameters of rules are known by their names.")


def _input(name: str, hint: Any, where: str) -> RuleInput:
    fixed = {Provider: InputKind.PROVIDER, Award: InputKind.AWARD}
    if isinstance(hint, type) and hint in fixed:
        return RuleInput(name, fixed[hint])
    if typing.get_origin(hint) is Annotated and typing.get_args(AsOf)[1] in typing.get_args(hint):
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
        raise DefinitionError(f"{where}: {hint.__name__} is not decorated with @evidence(...).")
    raise not_scalar_error(fact and fact[0], where, _input_meant(name, hint))


def _input_meant(name: str, hint: Any) -> str:
    """Say what to write instead of an annotation that does not say what the rule reads."""
    members = [arg for arg in typing.get_args(hint) if kind_of(arg) is not None]
    if members and typing.get_origin(hint) in (list, tuple, set, *_SEQUENCES):
        return f"write `{name}: Sequence[Item[{members[0].__name__}]]`, in a derived fact."
    if members:
        return f"write `{name}: {members[0].__name__}`; a fact of missing evidence is unknown by itself."
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
    """Say how to write a parameter that has no annotation."""
    if parameter.name == "self":
        return "write it as a function of its own, outside the class"
    if getattr(function, "__name__", "") == "<lambda>":
        return "write it as a function with `def`"
    if parameter.kind is parameter.KEYWORD_ONLY:
        kind = "int" if parameter.default is parameter.empty else type(parameter.default).__name__
        return f"write `{parameter.name}: Annotated[{kind}, Limit(source=…)] = …`"
    return f"write the class of what it reads, as in `{parameter.name}: Answers` or `{parameter.name}: Provider`"


_SEQUENCES = (collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection)


def _kind_of_items(hint: Any) -> EvidenceKind | None:
    if typing.get_origin(hint) not in (collections.abc.Sequence, tuple, list):
        return None
    member = typing.get_args(hint)[0]
    return kind_of(typing.get_args(member)[0]) if typing.get_origin(member) is Item else None


def _parameter(name: str, hint: Any, default: Any, where: str, words: WordRef) -> ParameterSpec:
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
        raise DefinitionError(f"{where}: state where the value comes from, once: {written}, or Limit(assumed=True).")
    field = field_of(name, kind, many, extras, where, words / "label")
    if default is inspect.Parameter.empty:
        raise DefinitionError(f"{where}: a regional parameter has a default: write `= …` after its annotation.")
    try:
        value = field.validate(default)
        if value is UNKNOWN:
            raise ValueError(f"{default!r} is no value")
        return ParameterSpec(field, value, limits[0], words)
    except ValueError as error:
        raise DefinitionError(f"{where}: the default is wrong: {error}.") from None


def _parameter_meant(hint: Any) -> str:
    """Say what to write instead of an annotation that a regional parameter cannot have."""
    fact = type_of_fact(hint)
    if fact is not None and is_scalar(fact[0]):
        return f"a parameter is always known, so it is no Fact: write Annotated[{type_name(fact[0])}, Limit(source=…)]."
    if kind_of(hint) is not None or hint in (Provider, Award):
        return "what the rule reads comes before `*`; the limits that a region may set come after it."
    if typing.get_origin(hint) in (tuple, list, set, frozenset, *_SEQUENCES):
        return f"a list is written as tuple[{type_name(typing.get_args(hint)[0])}, ...]."
    return "a parameter is a bool, int, Ratio, Money, date, str, Enum of texts or a tuple[..., ...] of one."
