"""Which derived facts and opaque rules one row of a table suffices for, and which columns they read.

A row holds no second item of a kind, no list, and no registration number of the provider. Whether a function reads
one of these is found by looking at its own code; a function that hides it (behind a helper, say) is called, comes
upon an unknown fact, and its own value is then unknown.
"""

from __future__ import annotations

import inspect
from collections.abc import Container, Iterator
from types import CodeType
from typing import Any, cast

import attrs

from ..domain.provider import Provider
from ..domain.unknown import UNKNOWN
from ..rules.derived import Derived
from ..rules.expression import FactRef
from ..rules.signature import InputKind


def one_row_suffices(derived: Derived) -> bool:
    """Whether a derived fact can be computed from one row."""
    code, inputs = _code(derived), derived.signature.inputs
    if code is None or any(i.role is InputKind.ITEMS for i in inputs):
        return False
    lists = {name for i in inputs for name, field in i.fields.items() if field.many}
    return {*lists, "identifiers"}.isdisjoint(_names(code))


def _code(derived: Derived) -> CodeType | None:
    return getattr(inspect.unwrap(derived.function), "__code__", None)


def _names(code: CodeType | None) -> Iterator[Any]:
    """Every name and text in a function's own code."""
    if code is None:
        return
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
        elif isinstance(constant, str):
            yield constant


def inputs_of(derived: Derived) -> dict[str, FactRef]:
    """The facts that a derived fact may read from a row, by column."""
    found: dict[str, FactRef] = {}
    for i in derived.signature.inputs:
        fields = {name: field for name, field in i.fields.items() if not field.many}
        found |= {f"{i.source}__{name}": FactRef(i.source, name, f.type, f.label) for name, f in fields.items()}
    return found


def named_inputs(derived: Derived) -> dict[str, FactRef]:
    """The inputs that its own code names, by column; all facts of a source if it names none of them."""
    names, refs = set(_names(_code(derived))), inputs_of(derived)
    named = {column: ref for column, ref in refs.items() if ref.name in names}
    sources = {ref.source for ref in named.values()}
    return {column: ref for column, ref in refs.items() if column in named or ref.source not in sources}


def has_inputs(derived: Derived, columns: Container[str]) -> bool:
    """Whether a table has, for each kind of evidence that a derived fact reads, one of its inputs."""
    present = {ref.source for name, ref in named_inputs(derived).items() if name in columns}
    return all(kind.id in present for kind in derived.signature.kinds)


def without_identifiers(provider: Provider) -> Provider:
    """A provider as a row knows it: its registration numbers are unknown."""
    seen = attrs.evolve(cast("Any", provider))
    object.__setattr__(seen, "identifiers", UNKNOWN)
    return cast("Provider", seen)
