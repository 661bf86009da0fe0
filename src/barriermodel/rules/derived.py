"""Derived facts: what no expression can say, as plain Python that is never shown an unknown fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from functools import cache
from types import MappingProxyType
from typing import Any

import attrs

from ..domain.evidence import Item
from ..domain.facts import FactField, fact_fields
from ..domain.unknown import UNKNOWN
from ..errors import BarrierModelError, DefinitionError, UnknownFactError
from ..objects import represent
from ..source_location import error_location, function_location
from ..text import Localized
from .pickling import ByReference
from .plugin_code import PLUGIN_CODE, type_and_message
from .signature import InputKind, RuleInput, Signature, bind


@attrs.frozen(eq=False)
class Derived(ByReference):
    """A fact that a function derives from evidence.

    Args:
        id: ``<barrier>.<function>``.
        field: its name, type and label.

    """

    id: str
    field: FactField
    function: Callable[..., Any]
    signature: Signature

    def __repr__(self) -> str:
        return represent(self, repr(self.id))

    @property
    def name(self) -> str:
        """The name by which rules ask for it."""
        return self.field.name

    @property
    def label(self) -> Localized:
        """What it is called in a sentence."""
        return self.field.label

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Its value for what is given: a value of its type, or UNKNOWN where it touches an unknown fact.

        Raises:
            DefinitionError: it is called by itself, at once or by another one that it calls.
            BarrierModelError: it fails: with file and line, and the error as its cause.

        """
        refused = _RUNNING.get().get(self.id)
        if refused is not None:
            refused.append(DefinitionError(f"{self.id} calls itself; write what it repeats as a function of its own"))
            raise refused[-1]
        bound = bind(self.signature, self.id, args, kwargs)
        parameters = {p.name: p.default for p in self.signature.parameters.values()}
        given = {i.name: bound.pop(i.name) for i in self.signature.inputs}
        reads = _Reads()
        value, raised = self._run(given, parameters | bound, reads)
        if raised is None or reads.touched:
            return UNKNOWN if reads.touched else value
        place = "" if _RUNNING.get() else f"{error_location(raised) or function_location(self.function)}: "
        raise BarrierModelError(f"{place}{self.id} fails: {describe_error(raised)}") from raised

    def derive(self, given: Mapping[str, Any], parameters: Mapping[str, Any]) -> DerivedResult:
        """Call the function; whatever it raises is recorded, and an unknown fact that it touches wins."""
        reads = _Reads()
        value, raised = self._run(given, parameters, reads)
        error = None if raised is None or reads.touched else describe_error(raised)
        return DerivedResult(UNKNOWN if reads.touched else value, tuple(reads.touched), error, frozenset(reads.read))

    def _run(
        self, given: Mapping[str, Any], parameters: Mapping[str, Any], reads: _Reads
    ) -> tuple[Any, Exception | None]:
        try:
            with PLUGIN_CODE:
                return self._value(given, parameters, reads), None
        except Exception as raised:  # a plugin's mistake must not end the assessment
            return UNKNOWN, raised

    def _value(self, given: Mapping[str, Any], parameters: Mapping[str, Any], reads: _Reads) -> Any:
        if any(value is UNKNOWN or value is None or value == () for value in given.values()):
            return UNKNOWN
        inputs = [_guarded_input(given[i.name], i, reads) for i in self.signature.inputs]
        refused: list[DefinitionError] = []
        before = _RUNNING.set({**_RUNNING.get(), self.id: refused})
        try:
            value = self.field.validate(self.function(*inputs, **parameters))
        finally:
            _RUNNING.reset(before)
        if refused:  # an ``except`` in it hides that it called itself
            raise refused[0]
        return value


@attrs.frozen
class DerivedResult:
    """What became of a derived fact.

    Args:
        value: of its type, or UNKNOWN.
        touched: the unknown facts that it came upon.
        error: what it raised.
        read: the ids of the items of lists that it looked at, and of the kinds of which it read the one that counts.

    """

    value: Any
    unknown_reads: tuple[str, ...] = ()
    error: str | None = None
    evidence_read: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        known = "unknown" if self.value is UNKNOWN else "known"  # its value may be confidential
        return represent(self, "error" if self.error else known)


_RUNNING: ContextVar[Mapping[str, list[DefinitionError]]] = ContextVar("running", default=MappingProxyType({}))
"""The derived facts whose functions run now, one called by the other, and that they called themselves."""


def describe_error(error: BaseException) -> str:
    """An error in one line without paths and memory addresses, so that digests repeat."""
    name, words = type_and_message(error)
    words = re.sub(r"0x[0-9a-fA-F]+", "0x…", words)
    words = re.sub(r"(?<![\w.])(?:[A-Za-z]:)?[\\/][^\s'\":,]+", "…", words)[:300]
    return f"{name}: {words}" if words else name


@attrs.define(eq=False)
class _Reads:
    """What a function looked at while it ran."""

    touched: list[str] = attrs.field(factory=list)
    read: set[str] = attrs.field(factory=set)


class _Items(tuple[Any, ...]):
    """The items of a kind; how many there are is a matter of all of them."""

    reads: _Reads

    def __len__(self) -> int:
        self.reads.read.update(id for item in self for id in object.__getattribute__(item, "ids"))
        return super().__len__()

    def __reversed__(self) -> Iterator[Any]:
        return iter(self[::-1])  # Python's own asks for the length


def _guarded_input(value: Any, input: RuleInput, reads: _Reads) -> Any:
    if input.kind is None:
        return _with_unknown_guard(value, input.role.value, reads)
    if input.role is not InputKind.ITEMS:
        return _with_unknown_guard(value, input.kind.id, reads, (input.kind.id,))
    items = _Items(_guarded_item(item, input.kind.id, reads) for item in value)
    items.reads = reads
    return items


def _guarded_item(item: Item[Any], source: str, reads: _Reads) -> Any:
    if type(item) is not Item:
        return item  # a copy
    cls, names = _ITEM
    own = {name: getattr(item, name) for name in names} | {"facts": _with_unknown_guard(item.facts, source, reads)}
    return _copy(cls, (source, reads, item.ids), own)


def _with_unknown_guard(value: Any, source: str, reads: _Reads, ids: tuple[str, ...] = ()) -> Any:
    """A copy that records what is read of it, and raises at a touch of an unknown fact."""
    kind: Any = type(value)
    copied = _copied(kind)
    if copied is None:
        if isinstance(value, (tuple, list)):
            return tuple([_with_unknown_guard(member, source, reads) for member in value])
        return value
    cls, names = copied
    return _copy(
        cls, (source, reads, ids), {name: _with_unknown_guard(getattr(value, name), source, reads) for name in names}
    )


def _copy(cls: type, note: tuple[str, _Reads, tuple[str, ...]], own: Mapping[str, Any]) -> Any:
    copy: Any = object.__new__(cls)
    for name, value in own.items():
        object.__setattr__(copy, name, value)
    object.__setattr__(copy, "_barriermodel_note", note)
    return copy


@cache
def _copied(cls: type) -> tuple[type, tuple[str, ...]] | None:
    """The class of a guarded copy, with the names of its fields; None where it is no class of facts, or a copy.

    Of a copy none is made: one derived fact calls another, and what this touches both have touched.
    """
    if not attrs.has(cls) or not fact_fields(cls) or "_barriermodel_note" in vars(cls).get("__slots__", ()):
        return None
    return _make_guarded(cls)


def _make_guarded(cls: type) -> tuple[type, tuple[str, ...]]:
    names = tuple(field.name for field in attrs.fields(cls))
    noted = frozenset(names)

    def get(self: Any, name: str) -> Any:
        value = object.__getattribute__(self, name)
        if name in noted:
            source, reads, ids = object.__getattribute__(self, "_barriermodel_note")
            reads.read.update(ids)
            if value is UNKNOWN:
                reads.touched.append(f"{source}.{name}")
                raise UnknownFactError(f"{source}.{name} is unknown")
        return value

    members = {"__slots__": ("_barriermodel_note",), "__getattribute__": get, "__module__": cls.__module__}
    return type(cls.__name__, (cls,), members), names


_ITEM = _make_guarded(Item)
