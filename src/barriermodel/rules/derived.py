"""Derived facts: what no expression can say, as plain Python that is never shown an unknown fact."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from ..domain.evidence import Item
from ..domain.facts import FactField, fact_fields
from ..domain.unknown import UNKNOWN
from ..errors import BarrierModelError, DefinitionError, UnknownFactError
from ..text import Words
from .plugin_code import PLUGIN_CODE, said_by
from .signature import Signature, bind


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
        """Its value for what is given: a value of its type, or UNKNOWN where it touches an unknown fact.

        Raises:
            DefinitionError: it is called by itself, at once or by another one that it calls.
            BarrierModelError: another derived fact calls it, and it fails.

        """
        refused = _RUNNING.get().get(self.id)
        if refused is not None:
            refused.append(DefinitionError(f"{self.id} calls itself; write what it repeats as a function of its own"))
            raise refused[-1]
        bound = bind(self.signature, self.id, args, kwargs)
        parameters = {p.name: p.default for p in self.signature.parameters.values()}
        given = {i.name: bound.pop(i.name) for i in self.signature.inputs}
        outcome = self.derive(given, parameters | bound)
        if outcome.error is not None and _RUNNING.get():  # for the one that calls it, this is no unknown fact
            raise BarrierModelError(f"{self.id} fails: {outcome.error}")
        return outcome.value

    def derive(self, given: Mapping[str, Any], parameters: Mapping[str, Any]) -> Outcome:
        """Call the function; whatever it raises is recorded, and an unknown fact that it touches wins."""
        touched: list[str] = []
        try:
            with PLUGIN_CODE:
                value = self._value(given, parameters, touched)
        except Exception as error:  # a plugin's mistake must not end the assessment
            return Outcome(UNKNOWN, tuple(touched), None if touched else describe(error))
        return Outcome(UNKNOWN if touched else value, tuple(touched))

    def _value(self, given: Mapping[str, Any], parameters: Mapping[str, Any], touched: list[str]) -> Any:
        if any(value is UNKNOWN or value is None or value == () for value in given.values()):
            return UNKNOWN
        inputs = [
            _guarded(given[i.name], i.kind.id if i.kind else i.role.value, touched) for i in self.signature.inputs
        ]
        refused: list[DefinitionError] = []
        before = _RUNNING.set({**_RUNNING.get(), self.id: refused})
        try:
            value = self.field.check(self.function(*inputs, **parameters))
        finally:
            _RUNNING.reset(before)
        if refused:  # an ``except`` in it hides that it called itself
            raise refused[0]
        return value


@attrs.frozen
class Outcome:
    """What became of a derived fact: its value, which unknown facts it touched, what it raised."""

    value: Any
    touched: tuple[str, ...] = ()
    error: str | None = None


_RUNNING: ContextVar[Mapping[str, list[DefinitionError]]] = ContextVar("running", default=MappingProxyType({}))
"""The derived facts whose functions run now, one called by the other, and that they called themselves."""


def describe(error: BaseException) -> str:
    """An error in one line without paths and memory addresses, so that digests repeat."""
    name, words = said_by(error)
    words = re.sub(r"0x[0-9a-fA-F]+", "0x…", words)
    words = re.sub(r"(?<![\w.])(?:[A-Za-z]:)?[\\/][^\s'\":,]+", "…", words)[:300]
    return f"{name}: {words}" if words else name


def _guarded(value: Any, source: str, touched: list[str]) -> Any:
    """A copy that records a touch of an unknown fact and raises."""
    kind: Any = type(value)
    copied = _copied(kind)
    if copied is None:
        if isinstance(value, Item):
            return attrs.evolve(value, facts=_guarded(value.facts, source, touched))
        if isinstance(value, Sequence) and not isinstance(value, str):
            return tuple([_guarded(member, source, touched) for member in value])
        return value
    cls, names = copied
    copy: Any = object.__new__(cls)
    for name in names:
        object.__setattr__(copy, name, _guarded(getattr(value, name), source, touched))
    object.__setattr__(copy, "_barriermodel_touch", types.MethodType(_touch, (source, touched)))
    return copy


@cache
def _copied(cls: type) -> tuple[type, tuple[str, ...]] | None:
    """The class of a guarded copy, with the names of its fields; None where it is no class of facts, or a copy.

    Of a copy none is made: one derived fact calls another, and what this touches both have touched.
    """
    if not attrs.has(cls) or not fact_fields(cls) or "_barriermodel_touch" in vars(cls).get("__slots__", ()):
        return None
    return _make_guarded(cls), tuple(field.name for field in attrs.fields(cls))


def _touch(recorder: tuple[str, list[str]], name: str) -> None:
    source, touched = recorder
    touched.append(f"{source}.{name}")
    raise UnknownFactError(f"{source}.{name} is unknown")


def _make_guarded(cls: type) -> type:

    def get(self: Any, name: str) -> Any:
        value = object.__getattribute__(self, name)
        if value is UNKNOWN:
            object.__getattribute__(self, "_barriermodel_touch")(name)
        return value

    members = {"__slots__": ("_barriermodel_touch",), "__getattribute__": get, "__module__": cls.__module__}
    return type(cls.__name__, (cls,), members)
