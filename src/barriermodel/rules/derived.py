"""Derived facts: what no expression can say, as plain Python that is never shown an unknown fact."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from ..domain.evidence import Item
from ..domain.facts import FactField, fact_fields
from ..domain.unknown import UNKNOWN
from ..errors import UnknownFactError
from ..text import Words
from .signature import Signature


@attrs.frozen(eq=False)
class Derived:
    """A fact that a function derives from evidence.

    Args:
        id: ``<barrier>.<function>``.
        field: its name, type and label.

    """

    id: str
    field: FactField
    function: Callable[..., Any]
    signature: Signature

    @property
    def name(self) -> str:
        """The name by which rules ask for it."""
        return self.field.name

    @property
    def label(self) -> Words:
        """What it is called in a sentence."""
        return self.field.label

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Its value for what is given: a value of its type, or UNKNOWN where it touches an unknown fact."""
        bound = self.signature.python.bind(*args, **kwargs)
        parameters = {p.name: p.default for p in self.signature.parameters.values()}
        given = {i.name: bound.arguments.pop(i.name) for i in self.signature.inputs}
        return self.derive(given, parameters | bound.arguments).value

    def derive(self, given: Mapping[str, Any], parameters: Mapping[str, Any]) -> Outcome:
        """Call the function; whatever it raises is recorded, and an unknown fact that it touches wins."""
        if any(value is UNKNOWN or value is None or value == () for value in given.values()):
            return Outcome(UNKNOWN)
        touched: list[str] = []
        inputs = [
            _guarded(given[i.name], i.kind.id if i.kind else i.role.value, touched) for i in self.signature.inputs
        ]
        try:
            value = self.field.check(self.function(*inputs, **parameters))
        except UnknownFactError as error:
            return Outcome(UNKNOWN, tuple(touched)) if touched else Outcome(UNKNOWN, error=describe(error))
        except (Exception, SystemExit) as error:  # a plugin's mistake must not end the assessment
            return Outcome(UNKNOWN, tuple(touched), None if touched else describe(error))
        return Outcome(UNKNOWN if touched else value, tuple(touched))


@attrs.frozen
class Outcome:
    """What became of a derived fact: its value, which unknown facts it touched, what it raised."""

    value: Any
    touched: tuple[str, ...] = ()
    error: str | None = None


def describe(error: BaseException) -> str:
    """An error in one line without paths and memory addresses, so that digests repeat."""
    try:
        words = str(error)
    except Exception:  # an error that cannot say what it is must not end the assessment either
        words = ""
    words = re.sub(r"0x[0-9a-fA-F]+", "0x…", words)
    words = re.sub(r"(?<![\w.])(?:[A-Za-z]:)?[\\/][^\s'\":,]+", "…", words)
    words = " ".join(words.split())[:300]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _guarded(value: Any, source: str, touched: list[str]) -> Any:
    """A copy that records a touch of an unknown fact and raises."""
    if isinstance(value, Item):
        return attrs.evolve(value, facts=_guarded(value.facts, source, touched))
    if isinstance(value, tuple) or (isinstance(value, Sequence) and not isinstance(value, str)):
        return tuple(_guarded(member, source, touched) for member in value)
    if not attrs.has(type(value)) or not fact_fields(type(value)):
        return value
    copy: Any = object.__new__(_guarded_class(type(value)))
    for field in attrs.fields(type(value)):
        member = getattr(value, field.name)
        object.__setattr__(copy, field.name, _guarded(member, source, touched))
    object.__setattr__(copy, "_barriermodel_touch", types.MethodType(_touch, (source, touched)))
    return copy


def _touch(recorder: tuple[str, list[str]], name: str) -> None:
    source, touched = recorder
    touched.append(f"{source}.{name}")
    raise UnknownFactError(f"{source}.{name} is unknown")


def _guarded_class(cls: type) -> type:
    if cls not in _GUARDED:
        _GUARDED[cls] = _make_guarded(cls)
    return _GUARDED[cls]


_GUARDED: dict[type, type] = {}


def _make_guarded(cls: type) -> type:

    def get(self: Any, name: str) -> Any:
        value = object.__getattribute__(self, name)
        if value is UNKNOWN:
            object.__getattribute__(self, "_barriermodel_touch")(name)
        return value

    members = {"__slots__": ("_barriermodel_touch",), "__getattribute__": get, "__module__": cls.__module__}
    return type(cls.__name__, (cls,), members)
