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
from ..objects import plain_text, represent
from ..source_location import calling_frame, locate_errors, usage_hint
from ..text import Localized, Text, same_in_both
from . import values
from .arguments import coerce_argument, validate_argument
from .dates import FIRST_DATE, LAST_DATE, PLACEHOLDER_DATES, NotBefore, Past, PlausibleDates
from .suggestions import annotation_error, guess_fact_type, suggest_fact_type, suggest_value, type_name
from .unknown import UNKNOWN, Unknown

T = TypeVar("T")
SNAKE_CASE = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")
_METADATA = "barriermodel.fact"
CONFIDENTIAL = "__barriermodel_confidential__"
"""Marks the classes of a confidential kind: of its facts, and of the records in them."""


class Label(Text):
    """What a fact or parameter is called in a sentence: ``Label(nl="omzet", en="turnover")``."""


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-+]?[0-9]+([.,][0-9]+)?", text))


@attrs.frozen(repr=False)
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

    def __attrs_post_init__(self) -> None:
        with locate_errors():
            ends = [end for end in (self.at_least, self.at_most) if end is not None]
            wrong = next((end for end in ends if type(end) not in (int, float, date)), None)
            if wrong is not None:
                code = suggest_value(date if isinstance(wrong, str) and not _is_number(wrong) else float, wrong)
                instead = f"write {code}" if code else "write numbers, euros without euro(), or dates"
                raise DefinitionError(f"Between({wrong!r}): {instead}.")
            if not ends:
                raise DefinitionError("Between() bounds nothing; write Between(0), or leave it out.")
            if len({type(end) is date for end in ends}) > 1:
                raise DefinitionError(f"{self!r} has a date and a number; write two of one type.")
            low, high = ends[0], ends[-1]
            if low > high:  # type: ignore[operator]
                raise DefinitionError(f"Nothing is {self}; write {Between(high, low)}.")

    def __repr__(self) -> str:
        ends = [end for end in (self.at_least, self.at_most) if end is not None]
        shown = ", ".join(f"date({e.year}, {e.month}, {e.day})" if isinstance(e, date) else repr(e) for e in ends)
        return f"Between(at_most={shown})" if self.at_least is None else f"Between({shown})"

    def contains(self, other: Between) -> bool:
        """Whether all that other bounds allow lies within these; an end that is left out is these bounds' own."""
        low: Any = self.at_least
        high: Any = self.at_most
        ends: list[Any] = [end for end in (other.at_least, other.at_most) if end is not None]
        return all((low is None or low <= end) and (high is None or end <= high) for end in ends)

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
    label: Localized
    bounds: Between | None = None
    plausible: PlausibleDates | None = None
    not_before: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return represent(self, repr(self.name), self.type.__name__)

    def coerce(self, value: Any) -> Any:
        """As :meth:`check`, of what a program gives: see :func:`by_hand.given`."""
        return self.validate(value, coerce_argument)

    def validate(self, value: Any, one: Callable[[Any, Any], Any] = validate_argument) -> Any:
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
    many = typing.get_origin(kind) is tuple and typing.get_args(kind)[1:] == (...,)
    if many:
        kind = typing.get_args(kind)[0]
    where = f"{owner}.{name}"
    if not SNAKE_CASE.fullmatch(name):
        raise DefinitionError(f"{where}: write a fact's name in snake_case without double underscores.")
    if not (values.is_scalar(kind) or (many and attrs.has(kind))):
        raise values.not_scalar_error(kind, where, f"a fact cannot be {type_name(kind)}; {suggest_fact_type(kind)}.")
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
    stated = field.bounds
    first, last = (stated and stated.at_least) or FIRST_DATE, (stated and stated.at_most) or LAST_DATE
    assert isinstance(first, date)  # as is checked where bounds are read
    assert isinstance(last, date)
    days = PlausibleDates(first, last, past, PLACEHOLDER_DATES if stated is None or stated.at_least is None else ())
    return attrs.evolve(field, bounds=None, plausible=days, not_before=not_before)


_EXAMPLES: dict[Any, str] = {
    Between: "Between(0)",
    Label: 'Label(nl="…", en="…")',
    NotBefore: 'NotBefore("other_date")',
}


def field_of(name: str, kind: type, many: bool, extras: tuple[Any, ...], where: str) -> FactField:
    """A fact or parameter, with what its annotation says beside its type."""
    labels = [extra for extra in extras if isinstance(extra, Label)]
    bounds = [extra for extra in extras if isinstance(extra, Between)]
    ends = [end for bound in bounds for end in (bound.at_least, bound.at_most) if end is not None]
    bare = next((extra for extra in extras if extra in (Between, Label, NotBefore)), None)
    if bare is not None:
        raise DefinitionError(f"{where}: {bare.__name__} says nothing without parentheses; write {_EXAMPLES[bare]}.")
    words = next((extra for extra in extras if isinstance(extra, str)), None)
    if words is not None:
        raise DefinitionError(f"{where}: a text says nothing here; write Label(nl={words!r}, en=…).")
    if len(labels) > 1 or len(bounds) > 1:
        raise DefinitionError(f"{where}: it has two of {type((labels if len(labels) > 1 else bounds)[0]).__name__}.")
    if bounds and kind not in (int, float, values.Money, date):
        raise DefinitionError(f"{where}: Between is for numbers, euros and dates, not for {type_name(kind)}.")
    if any((type(end) is date) is not (kind is date) for end in ends):
        raise DefinitionError(f"{where}: Between takes dates for a date, and numbers for numbers and euros.")
    label = labels[0] if labels else same_in_both(name.replace("_", " "))
    return FactField(name, kind, many, label, bounds[0] if bounds else None)


def build_fact_class(cls: type[T], frame: types.FrameType, *, only_facts: bool) -> type[T]:
    """Make an immutable attrs class whose facts are checked when it is built.

    Args:
        frame: where the class was written, for names in its annotations.
        only_facts: refuse fields that are not facts.

    """
    if not isinstance(cls, type):
        raise DefinitionError(f"{getattr(cls, '__name__', cls)}: a class of facts is written with `class`.")
    if {"__attrs_attrs__", "__dataclass_fields__"} & vars(cls).keys():
        raise DefinitionError(f"{cls.__name__}: take the decorator of attrs or dataclass away; this one does the same.")
    try:
        hints = typing.get_type_hints(cls, frame.f_globals, dict(frame.f_locals), include_extras=True)
    except Exception as error:  # an annotation is code, which may raise anything
        raise DefinitionError(
            annotation_error(cls.__name__, error, {**frame.f_globals, **frame.f_locals}, "class")
        ) from None

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
        wrong = next(
            (other for other in field.not_before if other not in facts or facts[other].plausible is None), None
        )
        if wrong is not None or (field.not_before and field.many):
            raise DefinitionError(
                f"{cls.__name__}.{name}: NotBefore(…) is for one date, and names another of its class."
            )
    return made


def _shown(self: Any) -> str:
    """What is known; nothing of evidence of a confidential kind, for a ``repr`` goes into logs and tracebacks."""
    if getattr(self, CONFIDENTIAL, False):
        return represent(self, "confidential")
    known = [(field.name, getattr(self, field.name)) for field in attrs.fields(type(self))]
    return represent(
        self, *(f"{name}={plain_text(value)}" for name, value in known if value is not UNKNOWN and value != ())
    )


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
            raise DefinitionError(
                f"{owner}.{field.name}: write `{field.name}: Fact[{guess_fact_type(hint)}] = UNKNOWN`."
            )
        return field
    if field.default is not UNKNOWN:
        raise DefinitionError(
            f"{owner}.{field.name}: a fact starts as UNKNOWN, for nothing is ever defaulted; write `= UNKNOWN`."
        )
    return field.evolve(converter=fact.coerce, metadata={_METADATA: fact}, type=hint)


@usage_hint("@record without parentheses")
@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """A class of facts that stands in a list of an evidence kind: a branch, a member of staff."""
    with locate_errors():
        return build_fact_class(cls, calling_frame(), only_facts=True)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def entity() -> Callable[[type[T]], type[T]]:
    """A class of facts and of fields that no rule reads: the provider, the award."""
    return lambda cls: build_fact_class(cls, sys._getframe(1), only_facts=False)
