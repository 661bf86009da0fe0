"""What a program gives the classes that people build by hand: read where it is certain, else told how to write it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Any, TypeVar

from ..objects import shorten
from .suggestions import suggest_value
from .values import Unexpected, validate

T = TypeVar("T")


def validate_argument(kind: type, value: Any) -> Any:
    """As :func:`check`, of what a program gives: the error says how to write it."""
    try:
        return validate(kind, value)
    except Unexpected as error:
        raise Unexpected(error.expected, f"{error}{code_hint(kind, value)}") from None


def coerce_argument(kind: type, value: Any) -> Any:
    """As :func:`checked`; a text may stand for the member of an enumeration that it is of.

    Raises:
        ValueError: it is no value of this type; says how to write one.

    """
    if type(value) is str and issubclass(kind, enum.Enum):
        value = next((member for member in kind if member.value == value), value)
    return validate_argument(kind, value)


def code_hint(kind: type, value: Any) -> str:
    """``; write euro(1000)``: how a program writes what it gave as something else; nothing where that is not known."""
    code = suggest_value(kind, value)
    return f"; write {code}" if code else ""


def require_instance(name: str, value: Any, cls: type[T], how: str) -> T:
    """The value, if it is one of a class.

    Args:
        name: of the field that it is given for.
        how: how one is written.

    Raises:
        ValueError: it is not.

    """
    if not isinstance(value, cls):
        raise ValueError(f"{name}: expected {how}; got a {type(value).__name__}")  # noqa: TRY004  # as of a fact
    return value


def require_instances(name: str, members: Iterable[T], cls: type[T], how: str) -> tuple[T, ...]:
    """The members as a tuple, if each is one of a class. As :func:`instance`."""
    if isinstance(members, cls) or not isinstance(members, Iterable):
        raise ValueError(f"{name}: expected a list: write [{how}]; got a {type(members).__name__}")  # noqa: TRY004
    return tuple([require_instance(name, member, cls, how) for member in members])


def require_texts(**values: str | None) -> None:
    """Raise ``ValueError`` where a field that holds text, or nothing, holds something else."""
    for name, value in values.items():
        if value is not None and type(value) is not str:
            raise ValueError(f"{name}: expected text; got {shorten(repr(value))}")
