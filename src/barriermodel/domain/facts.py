"""Classes whose fields are facts: evidence kinds, records in them, provider and award."""

from __future__ import annotations

import re
import sys
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar, Union, dataclass_transform

import attrs

from ..errors import DefinitionError
from ..objects import plainly, shown
from ..text import Text, Words, verbatim
from . import values
from .by_hand import given
from .days import FIRST, LAST, PLACEHOLDERS, Days, NotBefore, Past
from .unknown import UNKNOWN, Unknown

T = TypeVar("T")
SNAKE = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")
_METADATA = "barriermodel.fact"
CONFIDENTIAL = "__barriermodel_confidential__"
"""Marks the classes of a confidential kind: of its facts, and of the records in them."""


class Label(Text):
    """What a fact or parameter is called in a sentence: ``Label(nl="omzet", en="turnover")``."""


@attrs.frozen
class Between:
    """What a fact or parameter can be, both ends included: ``Between(0)``, ``Between(1, 12)``, ``Between(date(…))``.

    It is for what cannot be (turnover below zero), not for what should not be: that is a rule. A number, an amount or
    a parameter outside is an error; a fact that is a date is unknown then, with the reason ``implausible``.

    Args:
        at_least: a number, euros or a date; of dates by default 1 January 1583, without the dates that spreadsheets
            fill in (30 December 1899 and 1 January 1900), which count where a fact begins before them.
        at_most: the same; of dates by default 31 December 2199.

    """

    at_least: float | date | None = None
    at_most: float | date | None = None

    def check(self, value: Any) -> None:
        """Raise ``ValueError`` for a value outside."""
        low: Any = self.at_least
        high: Any = self.at_most
        given = value.cents / 100 if isinstance(value, values.Money) else value
        if low is not None and given < low:
            raise values.unexpected(f"at least {low}", str(given))
        if high is not None and given > high:
            raise values.unexpected(f"at most {high}", str(given))


@attrs.frozen
class FactField:
    """A fact that a class declares.

    Args:
        type: the type of its value, or of each of its values if ``many``.
        many: a list, which only derived facts read.
        bounds: what its value can be; anything else is an error.
        days: what the date that it is can be; any other is implausible. None for what is no date, or no fact of a
            class: the value of a parameter or a derived fact.
        not_before: facts of its class before which it cannot be.

    """

    name: str
    type: type
    many: bool
    label: Words
    bounds: Between | None = None
    days: Days | None = None
    not_before: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return shown(self, repr(self.name), self.type.__name__)

    def given(self, value: Any) -> Any:
        """As :meth:`check`, of what a program gives: see :func:`by_hand.given`."""
        return self.check(value, given)

    def check(self, value: Any, one: Callable[[Any, Any], Any] = values.check) -> Any:
        """The value if it is one of this fact; UNKNOWN passes.

        Args:
            one: checks a single value.

        Raises:
            ValueError: it is not.

        """
        if value is UNKNOWN:
            return UNKNOWN
        try:
            if not self.many:
                return self._within(one(self.type, value))
            if type(value) not in (tuple, list):
                raise ValueError(f"expected a list; got {value!r}")
            return tuple(self._check_member(member, one) for member in value)
        except ValueError as error:
            raise ValueError(f"{self.name}: {error}") from None

    def _within(self, value: Any) -> Any:
        if isinstance(value, str) and not value.strip():
            return UNKNOWN  # an empty text says nothing
        if self.bounds is not None and value is not UNKNOWN:
            self.bounds.check(value)
        return value

    def _check_member(self, member: Any, one: Callable[[Any, Any], Any]) -> Any:
        if values.is_scalar(self.type):
            found = self._within(one(self.type, member))
            return member if found is UNKNOWN else found  # a derived fact is never shown an unknown
        if type(member) is not self.type:
            raise ValueError(f"expected {self.type.__name__}; got {member!r}")
        return member


def fact_fields(cls: type) -> Mapping[str, FactField]:
    """The facts a class declares, by name, in order."""
    return {a.name: a.metadata[_METADATA] for a in attrs.fields(cls) if _METADATA in a.metadata}


def type_of_fact(annotation: Any) -> tuple[Any, tuple[Any, ...]] | None:
    """``(T, extras)`` of ``Annotated[Fact[T], *extras]``, or None where the annotation is no fact."""
    extras: tuple[Any, ...] = ()
    if typing.get_origin(annotation) is Annotated:
        annotation, *rest = typing.get_args(annotation)
        extras = tuple(rest)
    if typing.get_origin(annotation) not in (Union, types.UnionType):
        return None
    options = [option for option in typing.get_args(annotation) if option is not Unknown]
    if len(options) == len(typing.get_args(annotation)):
        return None
    return (options[0] if len(options) == 1 else Union[tuple(options)]), extras  # noqa: UP007


def _fact_field(owner: str, name: str, annotation: Any) -> FactField | None:
    found = type_of_fact(annotation)
    if found is None:
        return None
    kind, extras = found
    many = typing.get_origin(kind) is tuple
    if many:
        kind = typing.get_args(kind)[0]
    where = f"{owner}.{name}"
    if not SNAKE.fullmatch(name):
        raise DefinitionError(f"{where}: write a fact's name in snake_case without double underscores.")
    if not (values.is_scalar(kind) or (many and attrs.has(kind))):
        allowed = (
            "bool, int, Ratio, Money, date, str, an Enum of texts, or a tuple[..., ...] of these or of a @record class"
        )
        raise values.no_scalar(kind, where, f"a fact cannot be {kind!r}; use {allowed}.")
    field = field_of(name, kind, many, extras, where)
    return _dated(field, extras, where)


def _dated(field: FactField, extras: tuple[Any, ...], where: str) -> FactField:
    """A fact with what its date can be, instead of bounds that raise."""
    past = any(extra is Past or isinstance(extra, Past) for extra in extras)
    not_before = tuple(extra.name for extra in extras if isinstance(extra, NotBefore))
    if field.type is not date:
        if past or not_before:
            raise DefinitionError(f"{where}: Past() and NotBefore(…) are for dates.")
        return field
    stated = next((extra for extra in extras if isinstance(extra, Between)), Between())
    first, last = stated.at_least or FIRST, stated.at_most or LAST
    assert isinstance(first, date)  # as is checked where bounds are read
    assert isinstance(last, date)
    days = Days(first, last, past, PLACEHOLDERS if stated.at_least is None else ())
    return attrs.evolve(field, bounds=None, days=days, not_before=not_before)


def field_of(name: str, kind: type, many: bool, extras: tuple[Any, ...], where: str) -> FactField:
    """A fact or parameter, with what its annotation says beside its type."""
    labels = [extra for extra in extras if isinstance(extra, Label)]
    bounds = [extra for extra in extras if isinstance(extra, Between)]
    ends = [end for bound in bounds for end in (bound.at_least, bound.at_most) if end is not None]
    if any((type(end) is date) is not (kind is date) for end in ends):
        raise DefinitionError(f"{where}: Between takes dates for a date, and numbers for numbers and euros.")
    label = labels[0] if labels else verbatim(name.replace("_", " "))
    return FactField(name, kind, many, label, bounds[0] if bounds else None)


def declare(cls: type[T], *, only_facts: bool, depth: int) -> type[T]:
    """Make an immutable attrs class whose facts are checked when it is built.

    Args:
        only_facts: refuse fields that are not facts.
        depth: how many frames up the class was written, for names in its annotations.

    """
    caller = sys._getframe(depth + 1)
    try:
        hints = typing.get_type_hints(cls, caller.f_globals, dict(caller.f_locals), include_extras=True)
    except NameError as error:
        raise DefinitionError(f"{cls.__name__}: {error}; define that name before the class.") from None

    if only_facts:
        _check_plain(cls)
    for name, value in vars(cls).items():
        if value is UNKNOWN and name not in cls.__annotations__:
            raise DefinitionError(f"{cls.__name__}.{name}: write `{name}: Fact[...] = UNKNOWN`.")

    def with_checks(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
        return [_checked(cls.__name__, field, hints[field.name], only_facts) for field in fields]

    made = attrs.frozen(kw_only=True, repr=False, field_transformer=with_checks)(cls)
    made.__repr__ = _shown  # type: ignore[method-assign]
    facts = fact_fields(made)
    for name, field in facts.items():
        wrong = next((other for other in field.not_before if other not in facts or facts[other].days is None), None)
        if wrong is not None or (field.not_before and field.many):
            raise DefinitionError(
                f"{cls.__name__}.{name}: NotBefore(…) is for one date, and names another of its class."
            )
    return made


def _shown(self: Any) -> str:
    """What is known; nothing of evidence of a confidential kind, for a ``repr`` goes into logs and tracebacks."""
    if getattr(self, CONFIDENTIAL, False):
        return shown(self, "confidential")
    known = [(field.name, getattr(self, field.name)) for field in attrs.fields(type(self))]
    return shown(self, *(f"{name}={plainly(value)}" for name, value in known if value is not UNKNOWN and value != ()))


def _check_plain(cls: type) -> None:
    """Refuse special methods, which would run wherever an instance is compared, copied, hashed or shown."""
    for owner in (owner for owner in cls.__mro__ if owner is not object and not attrs.has(owner)):
        for name, value in vars(owner).items():
            if name.startswith("__") and not name.startswith("__annotate") and isinstance(value, types.FunctionType):
                raise DefinitionError(f"{cls.__name__}.{name}: a class of facts has no special methods; take it away.")


def _checked(owner: str, field: attrs.Attribute[Any], hint: Any, only_facts: bool) -> attrs.Attribute[Any]:
    fact = _fact_field(owner, field.name, hint)
    if fact is None:
        if only_facts:
            raise DefinitionError(f"{owner}.{field.name}: write `{field.name}: Fact[...] = UNKNOWN`.")
        return field
    if field.default is not UNKNOWN:
        raise DefinitionError(f"{owner}.{field.name}: a fact starts as UNKNOWN; nothing is ever defaulted.")
    return field.evolve(converter=fact.given, metadata={_METADATA: fact}, type=hint)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """A class of facts that stands in a list of an evidence kind: a branch, a member of staff."""
    return declare(cls, only_facts=True, depth=1)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def subject() -> Callable[[type[T]], type[T]]:
    """A class of facts and of fields that no rule reads: the provider, the award."""
    return lambda cls: declare(cls, only_facts=False, depth=1)
