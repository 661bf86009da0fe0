"""Derived facts: plain Python for what no expression can say. It never gets to see an unknown fact.

A function that received ``UNKNOWN`` could treat it as "no" or skip it, and so turn what is not known into a finding or
a pass. Therefore the function gets *guarded copies* of its evidence. Reading a fact of a copy records what was read; if
the fact is unknown, the read is recorded and raises. Whatever the function then does, even if it catches the error, its
value is UNKNOWN::

    def total(accounts: AnnualAccounts) -> int:
        try:
            return accounts.employees + 1
        except Exception:
            return 0

    total(AnnualAccounts())    # UNKNOWN, because annual_accounts.employees was read

This makes a derived fact monotone: learning a fact that was unknown can turn UNKNOWN into a value, and can change
nothing else. The advice relies on that: it only narrows as facts become known.
"""

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
from ..words.lexicon import WordRef
from .pickling import ByReference
from .plugin_code import PLUGIN_CODE, type_and_message
from .signature import InputKind, RuleInput, Signature, bind


@attrs.frozen(eq=False)
class Derived(ByReference):
    """A fact that a function derives from evidence.

    Args:
        id: ``<barrier>.<function>``.
        field: its name, type and label.
        function: the function as its author wrote it.
        signature: what it reads, and its parameters.

    >>> from barriermodel.plugin import *
    >>> rules = Barrier("voorbeeld.rules", concern=Concern.QUALITY)
    >>> @record
    ... class Branch:
    ...     city: Fact[str] = UNKNOWN
    >>> @evidence("branches")
    ... class Branches:
    ...     branches: Fact[tuple[Branch, ...]] = UNKNOWN
    >>> @rules.derived
    ... def cities(list: Branches) -> int:
    ...     return len({branch.city for branch in list.branches})
    >>> cities(Branches(branches=[Branch(city="Almelo"), Branch(city="Borne")])), cities(Branches())
    (2, UNKNOWN)

    """

    id: str
    field: FactField
    function: Callable[..., Any]
    signature: Signature

    def __repr__(self) -> str:
        return represent(self, repr(self.id))

    @property
    def name(self) -> str:
        """The name of the parameter in which rules receive it."""
        return self.field.name

    @property
    def label(self) -> WordRef:
        """What it is called in a sentence."""
        return self.field.label

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Compute its value; UNKNOWN if it reads an unknown fact.

        Raises:
            DefinitionError: it calls itself, directly or through another derived fact.
            BarrierModelError: its function raises; the message has file and line, and the error is the cause.

        """
        refused = _RUNNING.get().get(self.id)
        if refused is not None:
            refused.append(DefinitionError(f"{self.id} calls itself; write what it repeats as a function of its own"))
            raise refused[-1]
        bound = bind(self.signature, self.id, args, kwargs)
        parameters = {p.name: p.default for p in self.signature.parameters.values()}
        inputs = {i.name: bound.pop(i.name) for i in self.signature.inputs}
        reads = _Reads()
        value, raised = self._run(inputs, parameters | bound, reads)
        if raised is None or reads.unknown:
            return UNKNOWN if reads.unknown else value
        place = "" if _RUNNING.get() else f"{error_location(raised) or function_location(self.function)}: "
        raise BarrierModelError(f"{place}{self.id} fails: {describe_error(raised)}") from raised

    def derive(self, inputs: Mapping[str, Any], parameters: Mapping[str, Any]) -> DerivedResult:
        """Call the function; record what it raises, unless it has read an unknown fact: then its value is UNKNOWN."""
        reads = _Reads()
        value, raised = self._run(inputs, parameters, reads)
        error = None if raised is None or reads.unknown else describe_error(raised)
        return DerivedResult(
            UNKNOWN if reads.unknown else value, tuple(reads.unknown), error, frozenset(reads.evidence)
        )

    def _run(
        self, inputs: Mapping[str, Any], parameters: Mapping[str, Any], reads: _Reads
    ) -> tuple[Any, Exception | None]:
        try:
            with PLUGIN_CODE:
                return self._value(inputs, parameters, reads), None
        except Exception as raised:  # a mistake in a plugin must not end the assessment
            return UNKNOWN, raised

    def _value(self, inputs: Mapping[str, Any], parameters: Mapping[str, Any], reads: _Reads) -> Any:
        if any(value is UNKNOWN or value is None or value == () for value in inputs.values()):
            return UNKNOWN
        guarded = [_guarded_input(inputs[i.name], i, reads) for i in self.signature.inputs]
        refused: list[DefinitionError] = []
        before = _RUNNING.set({**_RUNNING.get(), self.id: refused})
        try:
            value = self.field.validate(self.function(*guarded, **parameters))
        finally:
            _RUNNING.reset(before)
        if refused:  # even if the function caught it
            raise refused[0]
        return value


@attrs.frozen
class DerivedResult:
    """The outcome of a derived fact.

    Args:
        value: a value of its type, or UNKNOWN.
        unknown_reads: the ids of the unknown facts that it read.
        error: what it raised, in one line.
        evidence_read: the ids of the items that it read in a list of items, and of the kinds whose item it read.

    """

    value: Any
    unknown_reads: tuple[str, ...] = ()
    error: str | None = None
    evidence_read: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        known = "unknown" if self.value is UNKNOWN else "known"  # not the value, which may be confidential
        return represent(self, "error" if self.error else known)


_RUNNING: ContextVar[Mapping[str, list[DefinitionError]]] = ContextVar("running", default=MappingProxyType({}))
"""The derived facts that are running, one called by another, each with the refusals to call it again."""


def describe_error(error: BaseException) -> str:
    """Describe an error in one line, without paths and memory addresses, so that digests are reproducible."""
    name, words = type_and_message(error)
    words = re.sub(r"0x[0-9a-fA-F]+", "0x…", words)
    words = re.sub(r"(?<![\w.])(?:[A-Za-z]:)?[\\/][^\s'\":,]+", "…", words)[:300]
    return f"{name}: {words}" if words else name


@attrs.define(eq=False)
class _Reads:
    """What a function read while it ran: ids of unknown facts, and ids of evidence."""

    unknown: list[str] = attrs.field(factory=list)
    evidence: set[str] = attrs.field(factory=set)


class _Items(tuple[Any, ...]):
    """The items of a kind. Asking how many there are reads all of them."""

    reads: _Reads

    def __len__(self) -> int:
        self.reads.evidence.update(id for item in self for id in object.__getattribute__(item, "ids"))
        return super().__len__()

    def __reversed__(self) -> Iterator[Any]:
        return iter(self[::-1])  # tuple.__reversed__ would ask for the length


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
        return item  # already guarded: one derived fact called another
    cls, names = _ITEM
    own = {name: getattr(item, name) for name in names} | {"facts": _with_unknown_guard(item.facts, source, reads)}
    return _copy(cls, (source, reads, item.ids), own)


def _with_unknown_guard(value: Any, source: str, reads: _Reads, ids: tuple[str, ...] = ()) -> Any:
    """Copy a value so that reading a fact is recorded, and reading an unknown one raises."""
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
    """Return the guarded class for a class of facts, with the names of its fields; None for any other class.

    A guarded copy is not copied again: if one derived fact calls another, both have read what the inner one reads.
    """
    if not attrs.has(cls) or not fact_fields(cls) or "_barriermodel_note" in vars(cls).get("__slots__", ()):
        return None
    return _make_guarded(cls)


def _make_guarded(cls: type) -> tuple[type, tuple[str, ...]]:
    """Make a subclass whose attributes are recorded; a subclass, so that ``isinstance`` in a function still works."""
    names = tuple(field.name for field in attrs.fields(cls))
    noted = frozenset(names)

    def get(self: Any, name: str) -> Any:
        value = object.__getattribute__(self, name)
        if name in noted:
            source, reads, ids = object.__getattribute__(self, "_barriermodel_note")
            reads.evidence.update(ids)
            if value is UNKNOWN:
                reads.unknown.append(f"{source}.{name}")
                raise UnknownFactError(f"{source}.{name} is unknown")
        return value

    members = {"__slots__": ("_barriermodel_note",), "__getattribute__": get, "__module__": cls.__module__}
    return type(cls.__name__, (cls,), members), names


_ITEM = _make_guarded(Item)
