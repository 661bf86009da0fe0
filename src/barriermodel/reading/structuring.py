"""Turns untyped data into typed objects strictly: nothing is coerced, and every problem is reported with its path."""

from __future__ import annotations

import enum
import math
import re
import types
import typing
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, Union

import attrs
import cattrs
from cattrs import override
from cattrs.errors import (
    AttributeValidationNote,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn

from ..domain.bounds import Between
from ..domain.facts import type_of_fact
from ..domain.unknown import UNKNOWN
from ..domain.values import (
    SCALARS,
    Money,
    Unexpected,
    both_readings,
    describe_type,
    euro,
    is_scalar,
    unexpected,
    validate,
)
from ..errors import DossierError, InputError
from ..objects import shorten
from ..spelling import suggest
from ..text import LANGUAGES, Localized
from .problems import each, flatten_errors, is_optional, key_of, keys_of

T = TypeVar("T")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOST = ", a float, which has lost how it was written; give the JSON itself, or parse it with parse_float=Decimal"


def scalar(kind: type, value: Any) -> Any:
    """Read a value of a fact's type from JSON or TOML.

    Raises:
        ValueError: it is not of that type; the message says what was expected.

    >>> scalar(Money, Decimal("12.50")), scalar(date, "2026-01-31")
    (euro('12.50'), datetime.date(2026, 1, 31))

    """
    if kind is Money and type(value) in (int, Decimal):
        if type(value) is Decimal and value.as_tuple().exponent == -3:  # a decimal keeps the zeros as written
            raise ValueError(both_readings(f"{value:f}"))
        return euro(value)
    if kind is Money and type(value) is float:  # 558.000 in a file has become 558.0, like 558
        raise unexpected(describe_type(kind), repr(value), _LOST)
    if kind is float and type(value) is float and not math.isfinite(value):  # nan and inf, which TOML has
        raise unexpected(describe_type(kind), repr(value))
    if kind is float and type(value) in (int, Decimal):
        try:
            value = float(value)
        except OverflowError:
            value = math.inf
        if math.isinf(value):
            raise ValueError("the number is too large")
    if kind is date and type(value) is str and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is no day of the calendar") from None
    if issubclass(kind, enum.Enum) and type(value) is str:
        try:
            return kind(value)
        except ValueError:
            hint = suggest(value, [str(member.value) for member in kind], kind)
            raise unexpected(describe_type(kind), repr(value[:40]), hint) from None
    if type(value) is Decimal:
        raise unexpected(describe_type(kind), "a number with a point or of more than 400 digits")
    return validate(kind, value)


def unknown_name(what: str, word: Any, known: typing.Iterable[str], none: str) -> Unexpected:
    """Return the error ``unknown kind of evidence 'acounts'; did you mean 'accounts'?``.

    Args:
        what: what the word should name.
        word: the unknown word.
        known: the words it may be.
        none: said instead of the known words if there are none.

    """
    names = sorted(known)
    hint = suggest(str(word), names) or f"; known are {', '.join(names) or none}"
    return Unexpected(
        f"one of {', '.join(names)}" if names else "nothing", f"unknown {what} {shorten(repr(word))}{hint}"
    )


def new_converter() -> cattrs.Converter:
    """Create a converter that structures attrs classes strictly."""
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook_func(lambda kind: kind is object or kind is Any, lambda value, _: value)
    converter.register_structure_hook_func(is_scalar, lambda value, kind: scalar(kind, value))
    for primitive in SCALARS:  # by type too, since cattrs' own hooks for int and str take precedence over predicates
        converter.register_structure_hook(primitive, lambda value, kind: scalar(kind, value))
    converter.register_structure_hook_factory(_is_sequence, lambda kind: _sequence(converter, kind))
    converter.register_structure_hook_factory(_is_table, lambda kind: _table(converter, kind))
    converter.register_structure_hook_factory(is_optional, lambda kind: _optional(converter, kind))
    converter.register_structure_hook_factory(
        lambda kind: type_of_fact(kind) is not None, lambda kind: _fact(converter, kind)
    )
    converter.register_structure_hook_factory(_is_text_or_str, lambda kind: _text_or_str(converter, kind))
    converter.register_structure_hook_factory(_is_attrs, lambda kind: _class(converter, kind))
    converter.register_structure_hook_factory(_is_localized, lambda kind: _localized(converter, kind))
    return converter


def _is_attrs(kind: Any) -> bool:
    return isinstance(kind, type) and attrs.has(kind) and kind is not Money


def _class(converter: cattrs.Converter, kind: Any) -> Callable[[Any, Any], Any]:
    # fields named after a Python keyword, such as from_
    renamed: dict[str, Any] = {a.name: override(rename=key_of(a)) for a in attrs.fields(kind) if a.name.endswith("_")}
    inner: Callable[[Any, Any], Any] = make_dict_structure_fn(kind, converter, **renamed)

    def structure(value: Any, cls: Any) -> Any:
        if type(value) is not dict:
            raise unexpected(f"a table with {', '.join(keys_of(kind))}")
        return inner(value, cls)

    return structure


def _is_sequence(kind: Any) -> bool:
    return typing.get_origin(kind) is tuple and typing.get_args(kind)[1:] == (...,)


def _sequence(converter: cattrs.Converter, kind: Any) -> Callable[[Any, Any], Any]:
    member = typing.get_args(kind)[0]

    def structure(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise unexpected("a list", type(value).__name__ if value is not None else "null")
        return tuple(each(converter, value, range(len(value)), member, kind, IterableValidationNote))

    return structure


def _is_table(kind: Any) -> bool:
    return typing.get_origin(kind) is dict


def _table(converter: cattrs.Converter, kind: Any) -> Callable[[Any, Any], Any]:
    member = typing.get_args(kind)[1]

    def structure(value: Any, _: Any) -> Any:
        if type(value) is not dict:
            raise unexpected("a table")
        return dict(zip(value, each(converter, value, value, member, kind, AttributeValidationNote), strict=True))

    return structure


def _is_localized(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Localized)


def _localized(converter: cattrs.Converter, kind: type[Localized]) -> Callable[[Any, Any], Localized]:
    def structure(value: Any, _: Any) -> Localized:
        if type(value) is not dict:
            raise unexpected(f"a table with {', '.join(LANGUAGES)}")
        both = each(converter, value, LANGUAGES, str, kind, AttributeValidationNote)
        # without their place, for what is no tag may be confidential
        others = {tag: converter.structure(value[tag], str) for tag in value if tag not in LANGUAGES}
        return kind(*both, **others)

    return structure


def _is_text_or_str(kind: Any) -> bool:
    return typing.get_origin(kind) in (Union, types.UnionType) and Localized in typing.get_args(kind)


def _text_or_str(converter: cattrs.Converter, kind: Any) -> Callable[[Any, Any], Any]:
    optional = type(None) in typing.get_args(kind)

    def structure(value: Any, _: Any) -> Any:
        if value is None and optional:
            return None
        return converter.structure(value, Localized if type(value) is dict else str)

    return structure


def _optional(converter: cattrs.Converter, kind: Any) -> Callable[[Any, Any], Any]:
    options = [option for option in typing.get_args(kind) if option is not type(None)]
    return lambda value, _: None if value is None else converter.structure(value, options[0])


def _fact(converter: cattrs.Converter, kind: Any) -> Callable[[Any, Any], Any]:
    found = type_of_fact(kind)
    assert found is not None  # as the predicate of this hook ensures
    # a date outside its bounds is not an error, but unknown
    bounds = [extra for extra in found[1] if isinstance(extra, Between) and found[0] is not date]

    def structure(value: Any, _: Any) -> Any:
        result = UNKNOWN if value is None else converter.structure(value, found[0])
        for bound in bounds if result is not UNKNOWN and not isinstance(result, tuple) else ():
            bound.check(result)
        return result

    return structure


def structure(
    converter: cattrs.Converter, data: Any, kind: type[T], where: str, error: type[InputError] = DossierError
) -> T:
    """Turn data into an instance of an attrs class.

    Args:
        converter: from :func:`new_converter`.
        data: untyped data from JSON or TOML.
        kind: the class.
        where: what errors call the input.
        error: the class of the error to raise.

    Raises:
        InputError: with every problem and its path.

    """
    try:
        return converter.structure(data, kind)
    except Exception as wrong:  # whatever fails is a problem of the input
        raise error(where, flatten_errors(wrong)) from None
