"""Suggests the code that was probably meant by a value or an annotation of the wrong type."""

from __future__ import annotations

import collections.abc
import dataclasses
import enum
import re
import types
import typing
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Union

import attrs

from ..errors import DefinitionError
from ..spelling import closest, did_you_mean
from .values import Money, euro


def suggest_value(kind: type, value: object) -> str:
    """Return the code for a value of a fact's type, or ``""`` if there is no telling what was meant.

    Args:
        kind: the type that the value should have.
        value: what was written instead.

    >>> suggest_value(Money, "12.5"), suggest_value(date, "2026-01-31"), suggest_value(float, "10%")
    ("euro('12.50')", 'date(2026, 1, 31)', '0.1')

    """
    if kind is Money:
        return _amount(value)
    if kind is date:
        return _day(value)
    if issubclass(kind, enum.Enum):
        return _member(kind, value)
    if kind in (int, float) and isinstance(value, str):
        return _number(value)
    if kind is str:
        value = value.value if isinstance(value, enum.Enum) else value
        return repr(value) if isinstance(value, str) else repr(str(value)) if type(value) in (int, float) else ""
    return "True or False" if kind is bool else ""


def _amount(value: Any) -> str:
    if type(value) not in (int, float, str, Decimal):
        return ""
    try:
        amount = euro(value if type(value) is int else str(value)).euros
    except ValueError:
        return "euro(amount)"
    return f"euro({int(amount)})" if amount == int(amount) else f"euro('{amount}')"


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date().isoformat()
    if type(value) is int and 1583 <= value <= 2199:
        value = f"{value}-01-01"
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return "date(year, month, day)"
        return f"date({day.year}, {day.month}, {day.day})"
    return "date(year, month, day)" if isinstance(value, str) else ""


def _member(kind: type[enum.Enum], value: Any) -> str:
    """Return the member with a similar name or value, or all of them if none is similar."""
    ways = {way: member for member in kind for way in (member.name, str(member), str(member.value))}
    found = ways.get(closest(value, ways)) if isinstance(value, str) else None
    if found is not None:
        return f"{kind.__name__}.{found.name}"
    names = [f"{kind.__name__}.{member.name}" for member in kind]
    return " or ".join([", ".join(names[:-1]), names[-1]]) if 1 < len(names) <= 20 else ", ".join(names[:20])


def _number(value: str) -> str:
    percent = value.strip().endswith("%")
    try:
        number = Decimal(value.strip().rstrip("%").strip().replace(",", "."))
    except ArithmeticError:
        return ""
    return f"{(number / 100 if percent else number).normalize():f}" if number.is_finite() else ""


# Types ----------------------------------------------------------------------------------------------------


def type_name(kind: Any) -> str:
    """Return a type as an author writes it: ``Ratio`` for float."""
    if kind is float:
        return "Ratio"
    return kind.__name__ if isinstance(kind, type) and not typing.get_args(kind) else str(kind).replace("typing.", "")


def suggest_fact_type(kind: Any) -> str:
    """Say what to use instead of a type that a fact cannot have."""
    if typing.get_origin(kind) is Annotated:
        inner, *extras = typing.get_args(kind)
        return f"write Annotated[Fact[{type_name(inner)}], {', '.join(map(repr, extras))}]"
    if isinstance(kind, typing.TypeVar):
        return "say which type it is, as in Fact[bool]"
    if typing.get_origin(kind) in (tuple, list, set, frozenset, collections.abc.Sequence):
        return f"use tuple[{type_name(typing.get_args(kind)[0])}, ...]"
    if isinstance(kind, type) and issubclass(kind, date):
        return "use Fact[date]"
    if kind is Decimal:
        return "use Fact[Money] for an amount and Fact[Ratio] for a share"
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return "give its members texts for values, as files hold them"
    if attrs.has(kind) or dataclasses.is_dataclass(kind):
        return f"use tuple[{type_name(kind)}, ...] of a class decorated with @record"
    return (
        "use bool, int, Ratio, Money, date, str, an Enum of texts, or a tuple[..., ...] of these or of a @record class"
    )


def guess_fact_type(hint: Any) -> str:
    """Return the type probably meant by an annotation that is not ``Fact[…]``."""
    if typing.get_origin(hint) is Annotated:
        hint = typing.get_args(hint)[0]
    if typing.get_origin(hint) in (Union, types.UnionType):
        hint = next((option for option in typing.get_args(hint) if option is not type(None)), hint)
    if typing.get_origin(hint) in (list, set, frozenset):
        return f"tuple[{type_name(typing.get_args(hint)[0])}, ...]"
    return type_name(hint) if isinstance(hint, type) else "..."


def annotation_error(where: str, error: Exception, known: Iterable[str], what: str) -> str:
    """Return the message about annotations of a class or rule that cannot be evaluated."""
    if isinstance(error, DefinitionError):
        return f"{where}: {error.args[0]}"
    if not isinstance(error, NameError):
        return f"{where}: an annotation cannot be read: {type(error).__name__}: {error}."
    otherwise = f"define that name before the {what}; an import under TYPE_CHECKING is not enough."
    hint = did_you_mean(error.name or "", known, otherwise)
    return f"{where}: {error}; {hint}"
