"""Classes whose fields are facts: evidence kinds, records in their lists, provider and award."""

from __future__ import annotations

import re
import sys
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, dataclass_transform

import attrs

from ..errors import DefinitionError
from ..objects import plain_text, represent
from ..source_location import calling_frame, locate_errors, usage_hint
from ..words.lexicon import WordRef
from . import values
from .arguments import coerce_argument, validate_argument
from .bounds import FIRST_DATE, LAST_DATE, PLACEHOLDER_DATES, Between, NotBefore, Past, PlausibleDates
from .suggestions import annotation_error, guess_fact_type, suggest_fact_type, type_name
from .unknown import UNKNOWN, Unknown

T = TypeVar("T")
SNAKE_CASE = re.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*")
_METADATA = "barriermodel.fact"
CONFIDENTIAL = "__barriermodel_confidential__"
"""Set on the class of a confidential evidence kind, and on the records in its lists."""


@attrs.frozen
class FactField:
    """A fact that a class declares, or the value of a parameter or derived fact.

    Args:
        name: its name.
        type: the type of its value, or of each of its values if ``many``.
        many: whether it is a list, which only derived facts can read.
        label: what it is called in a sentence, in the words files.
        bounds: the values it can have; any other is an error.
        plausible: the dates it can have, if it is a date of a class; any other is taken as unknown.
        not_before: the facts of its class that it cannot precede.

    """

    name: str
    type: type
    many: bool
    label: WordRef
    bounds: Between | None = None
    plausible: PlausibleDates | None = None
    not_before: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return represent(self, repr(self.name), self.type.__name__)

    def coerce(self, value: Any) -> Any:
        """Validate a value that a program passes: a text may stand for a member of an enumeration."""
        return self.validate(value, coerce_argument)

    def validate(self, value: Any, validate_one: Callable[[Any, Any], Any] = validate_argument) -> Any:
        """Return a value if this fact can have it; UNKNOWN passes.

        Args:
            value: the value; a tuple or list if ``many``.
            validate_one: checks a single value, given its type.

        Raises:
            ValueError: the fact cannot have it.

        """
        if value is UNKNOWN:
            return UNKNOWN
        try:
            if not self.many:
                return self._within_bounds(validate_one(self.type, value))
            if type(value) not in (tuple, list):
                raise ValueError(f"expected a list; got {value!r}")
            return tuple(self._validate_member(member, validate_one) for member in value)
        except ValueError as error:
            raise ValueError(f"{self.name}: {error}") from None

    def _within_bounds(self, value: Any) -> Any:
        if isinstance(value, str) and not value.strip():
            return UNKNOWN  # an empty text states nothing
        if self.bounds is not None and value is not UNKNOWN:
            self.bounds.check(value)
        return value

    def _validate_member(self, member: Any, validate_one: Callable[[Any, Any], Any]) -> Any:
        if values.is_scalar(self.type):
            found = self._within_bounds(validate_one(self.type, member))
            return member if found is UNKNOWN else found  # a list never holds UNKNOWN: derived facts could not use it
        if type(member) is not self.type:
            raise ValueError(f"expected {self.type.__name__}; got {member!r}")
        return member


def fact_fields(cls: type) -> Mapping[str, FactField]:
    """Return the facts that a class declares, by name, in order."""
    return {a.name: a.metadata[_METADATA] for a in attrs.fields(cls) if _METADATA in a.metadata}


if not TYPE_CHECKING:  # mypy takes no class for hashable
    fact_fields = cache(fact_fields)


def type_of_fact(annotation: Any) -> tuple[Any, tuple[Any, ...]] | None:
    """Return ``(T, extras)`` for ``Annotated[Fact[T], *extras]``, or None if the annotation is no fact."""
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


def _read_field(owner: str, name: str, annotation: Any, label: WordRef) -> FactField | None:
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
    field = field_of(name, kind, many, extras, where, label)
    return _with_plausible_dates(field, extras, where)


def _with_plausible_dates(field: FactField, extras: tuple[Any, ...], where: str) -> FactField:
    """For a date, turn bounds that raise into plausible dates, outside which it is unknown."""
    past = any(extra is Past or isinstance(extra, Past) for extra in extras)
    not_before = tuple(extra.name for extra in extras if isinstance(extra, NotBefore))
    if field.type is not date:
        if past or not_before:
            raise DefinitionError(f"{where}: Past() and NotBefore(…) are for dates.")
        return field
    stated = field.bounds
    first, last = (stated and stated.at_least) or FIRST_DATE, (stated and stated.at_most) or LAST_DATE
    assert isinstance(first, date)  # field_of has checked it
    assert isinstance(last, date)
    never = PLACEHOLDER_DATES if stated is None or stated.at_least is None else ()
    plausible = PlausibleDates(first, last, past, never)
    return attrs.evolve(field, bounds=None, plausible=plausible, not_before=not_before)


_EXAMPLES: dict[Any, str] = {
    Between: "Between(0)",
    NotBefore: 'NotBefore("other_date")',
}


def field_of(name: str, kind: type, many: bool, extras: tuple[Any, ...], where: str, label: WordRef) -> FactField:
    """Create the field of a fact or parameter from its type and the other parts of its annotation."""
    bounds = [extra for extra in extras if isinstance(extra, Between)]
    bare = next((extra for extra in extras if extra in (Between, NotBefore)), None)
    if bare is not None:
        raise DefinitionError(f"{where}: {bare.__name__} needs arguments; write {_EXAMPLES[bare]}.")
    text = next((extra for extra in extras if isinstance(extra, str)), None)
    if text is not None:
        raise DefinitionError(
            f"{where}: {text!r} has no meaning in an annotation; write what it is called in words/nl.toml."
        )
    if len(bounds) > 1:
        raise DefinitionError(f"{where}: it has two of Between.")
    if bounds:
        if kind not in (int, float, values.Money, date):
            raise DefinitionError(f"{where}: Between is for numbers, euros and dates, not for {type_name(kind)}.")
        ends = [end for end in (bounds[0].at_least, bounds[0].at_most) if end is not None]
        if any((type(end) is date) is not (kind is date) for end in ends):
            raise DefinitionError(f"{where}: Between takes dates for a date, and numbers for numbers and euros.")
    return FactField(name, kind, many, label, bounds[0] if bounds else None)


def build_fact_class(cls: type[T], frame: types.FrameType, *, only_facts: bool, words: tuple[str, ...]) -> type[T]:
    """Turn a class into an immutable attrs class that checks its facts when an instance is built.

    Args:
        cls: the class.
        frame: where it was written, to resolve names in its annotations.
        only_facts: whether fields that are not facts are refused.
        words: its key in the words files.

    """
    if not isinstance(cls, type):
        raise DefinitionError(f"{getattr(cls, '__name__', cls)}: a class of facts is written with `class`.")
    if {"__attrs_attrs__", "__dataclass_fields__"} & vars(cls).keys():
        raise DefinitionError(f"{cls.__name__}: remove the decorator of attrs or dataclass; this one does the same.")
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

    labels = WordRef(cls.__module__, (*words, "facts"))

    def add_converters(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
        return [_with_converter(cls.__name__, field, hints[field.name], only_facts, labels) for field in fields]

    made = attrs.frozen(kw_only=True, repr=False, field_transformer=add_converters)(cls)
    made.__repr__ = _represent_facts  # type: ignore[method-assign]
    _check_not_before(made)
    return made


def _check_not_before(cls: type) -> None:
    facts = fact_fields(cls)
    dates = {name for name, field in facts.items() if field.plausible is not None}
    for name, field in facts.items():
        if set(field.not_before) - dates or (field.not_before and field.many):
            raise DefinitionError(
                f"{cls.__name__}.{name}: NotBefore(…) is for a single date, and names another date of its class."
            )


def _represent_facts(self: Any) -> str:
    """Show what is known; nothing of a confidential kind, since a ``repr`` ends up in logs and tracebacks."""
    if getattr(self, CONFIDENTIAL, False):
        return represent(self, "confidential")
    known = [(field.name, getattr(self, field.name)) for field in attrs.fields(type(self))]
    return represent(
        self, *(f"{name}={plain_text(value)}" for name, value in known if value is not UNKNOWN and value != ())
    )


def _check_plain(cls: type) -> None:
    """Refuse special methods: they would run whenever an instance is compared, copied, hashed or shown."""
    for owner in (owner for owner in cls.__mro__ if owner is not object and not attrs.has(owner)):
        for name, value in vars(owner).items():
            if name.startswith("__") and not name.startswith("__annotate") and isinstance(value, types.FunctionType):
                raise DefinitionError(f"{cls.__name__}.{name}: a class of facts has no special methods; remove it.")


def _with_converter(
    owner: str, field: attrs.Attribute[Any], hint: Any, only_facts: bool, labels: WordRef
) -> attrs.Attribute[Any]:
    fact = _read_field(owner, field.name, hint, labels / field.name)
    if fact is None:
        if only_facts:
            raise DefinitionError(
                f"{owner}.{field.name}: write `{field.name}: Fact[{guess_fact_type(hint)}] = UNKNOWN`."
            )
        return field
    if field.default is not UNKNOWN:
        raise DefinitionError(f"{owner}.{field.name}: a fact starts as UNKNOWN, never as a value; write `= UNKNOWN`.")
    return field.evolve(converter=fact.coerce, metadata={_METADATA: fact}, type=hint)


@usage_hint("@record without parentheses")
@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Declare a class of facts for use in a list of an evidence kind, such as a branch or a member of staff.

    Raises:
        DefinitionError: a field is not ``name: Fact[type] = UNKNOWN``.

    >>> from barriermodel.plugin import UNKNOWN, Fact
    >>> @record
    ... class Branch:
    ...     city: Fact[str] = UNKNOWN
    ...     employees: Fact[int] = UNKNOWN
    >>> Branch(city="Almelo")
    Branch(city='Almelo')

    """
    with locate_errors():
        key = ("record", str(getattr(cls, "__name__", cls)))
        return build_fact_class(cls, calling_frame(), only_facts=True, words=key)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def entity() -> Callable[[type[T]], type[T]]:
    """Declare a class of facts that may have other fields too, which no rule reads: the provider, the award."""

    def decorate(cls: type[T]) -> type[T]:
        return build_fact_class(cls, sys._getframe(1), only_facts=False, words=("entity", cls.__name__.lower()))

    return decorate
