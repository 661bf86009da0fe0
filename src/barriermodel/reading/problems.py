"""What is wrong in untyped data, collected, each problem with its path."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from typing import Any, Union

import attrs
import cattrs
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)

from ..domain.facts import type_of_fact
from ..domain.values import Unexpected, describe_type, is_scalar
from ..errors import Problem
from ..spelling import suggest
from .parsing import one_line


def each(converter: cattrs.Converter, value: Any, places: Any, member: Any, kind: Any, note: Any) -> list[Any]:
    """Structure each member of a list or table; all that is wrong is raised together."""
    results: list[Any] = []
    errors: list[Exception] = []
    for place in places:
        try:
            results.append(converter.structure(value[place], member))
        except Exception as error:  # collected, and raised together below
            error.add_note(note("", place, member))
            errors.append(error)
    if errors:
        raise IterableValidationError("a list or table", errors, kind)  # pyright: ignore[reportCallIssue]
    return results


def key_of(field: attrs.Attribute[Any]) -> str:
    """Return the key of a field in a file: ``from`` for ``from_``."""
    return field.name.rstrip("_")


def keys_of(kind: type) -> list[str]:
    """Return the keys that a table for an attrs class can have."""
    return [key_of(a) for a in attrs.fields(kind) if a.init]


def is_optional(kind: Any) -> bool:
    """Whether a type may be None."""
    return typing.get_origin(kind) in (Union, types.UnionType) and type(None) in typing.get_args(kind)


def flatten_errors(error: BaseException, path: str = "") -> Iterator[Problem]:
    """Yield every problem in a tree of cattrs errors, with its path (``evidence[0].facts.turnover``)."""
    path += _step(error)
    if isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from flatten_errors(inner, path)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = keys_of(error.cl)
        for key in sorted(error.extra_fields, key=str):
            hint = suggest(str(key), known) or f"; known are {', '.join(known)}"
            yield Problem(f"{path}.{key}".lstrip("."), f"unknown key{hint}", f"one of {', '.join(known)}")
    elif isinstance(error, KeyError):
        yield Problem(path.lstrip("."), "required, but not given", _expected(error))
    elif isinstance(error, Unexpected):
        yield Problem(
            path.lstrip("."), " ".join(str(error).split()), error.expected
        )  # our own message, which needs no shortening
    else:
        yield Problem(path.lstrip("."), one_line(error), _expected(error))


def _expected(error: BaseException) -> str | None:
    """Describe the expected scalar, or return None if the problem is another."""
    for note in getattr(error, "__notes__", []):
        kind: Any = getattr(note, "type", None)
        kind = (type_of_fact(kind) or [kind])[0]
        options = [option for option in typing.get_args(kind) if option is not type(None)]
        kind = options[0] if is_optional(kind) else kind
        if is_scalar(kind):
            return describe_type(kind)
    return None


def _step(error: BaseException) -> str:
    for note in getattr(error, "__notes__", []):
        if isinstance(note, IterableValidationNote):
            return f"[{note.index}]"
        if isinstance(note, AttributeValidationNote):
            name = note.name.rstrip("_")  # the key of from_ is from
            return f".{name}" if re.fullmatch(r"[\w-]+", name) else f'."{name}"'
    return ""
