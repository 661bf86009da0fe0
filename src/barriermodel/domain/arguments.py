"""Checks the arguments of classes that programs build, with errors that show what to write instead."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any, TypeVar

from ..objects import shorten
from .suggestions import suggest_value
from .values import Unexpected, validate

T = TypeVar("T")


def validate_argument(kind: type, value: object) -> Any:
    """Check a fact's value as :func:`~barriermodel.domain.values.validate` does; the error shows how to write it."""
    try:
        return validate(kind, value)
    except Unexpected as error:
        raise Unexpected(error.expected, f"{error}{code_hint(kind, value)}") from None


def coerce_argument(kind: type, value: object) -> Any:
    """Check a value; the text of an enumeration's member stands for the member.

    Raises:
        ValueError: it is not a value of this type; the message shows how to write one.

    """
    if type(value) is str and issubclass(kind, enum.Enum):
        value = next((member for member in kind if member.value == value), value)
    return validate_argument(kind, value)


def code_hint(kind: type, value: object) -> str:
    """Return ``; write euro(1000)``: the code for what was meant, or ``""`` if that cannot be said."""
    code = suggest_value(kind, value)
    return f"; write {code}" if code else ""


def require_instance(name: str, value: object, cls: type[T], example: str) -> T:
    """Return a value if it is an instance of a class.

    Args:
        name: the argument, for the message.
        value: what was passed.
        cls: the class.
        example: code that builds an instance, for the message.

    Raises:
        ValueError: it is not.

    """
    if not isinstance(value, cls):
        raise ValueError(f"{name}: expected {example}; got a {type(value).__name__}")  # noqa: TRY004  # as for facts
    return value


def require_instances(name: str, members: Iterable[T], cls: type[T], example: str) -> tuple[T, ...]:
    """Return the members as a tuple if each is an instance of a class; see :func:`require_instance`."""
    if isinstance(members, cls) or not isinstance(members, Iterable):
        found = type(members).__name__
        raise ValueError(f"{name}: expected a list: write [{example}]; got a {found}")  # noqa: TRY004
    return tuple([require_instance(name, member, cls, example) for member in members])


def require_texts(**values: str | None) -> None:
    """Raise ``ValueError`` unless each argument is a text or None."""
    for name, value in values.items():
        if value is not None and type(value) is not str:
            raise ValueError(f"{name}: expected text; got {shorten(repr(value))}")
