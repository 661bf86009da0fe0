"""Derived facts and opaque rules in tables: which of them one row suffices for, and what they read of it.

A row holds no second item of a kind, no list and no number of the provider. Of what a function would read of these
only its own code is looked at; a function that hides it comes upon an unknown fact, which makes its value unknown.
"""

from __future__ import annotations

import inspect
from collections.abc import Container, Iterator, Mapping
from types import CodeType
from typing import Any, cast

import attrs

from ..domain.provider import Provider
from ..domain.unknown import UNKNOWN
from ..profiles.resolved import ResolvedProfile
from ..rules.derived import Derived
from ..rules.expression import FactRef
from ..rules.signature import InputKind, fields_of
from .columns import column_of


def by_row(plan: ResolvedProfile) -> dict[str, Derived]:
    """The derived facts and opaque rules that a row suffices for and that rules look at, by column."""
    known = {d.id: d for b in plan.barriers for d in b.definition.derived_facts.values()}
    refs = {
        ref for stage in plan.stages for rule in stage.rules for ref in rule.definition.facts if ref.source == "derived"
    }
    found = {column_of(ref): known[ref.name] for ref in refs}
    return {name: found[name] for name in sorted(found) if _suffices(found[name])}


def _suffices(derived: Derived) -> bool:
    inputs = derived.signature.inputs
    if _code(derived) is None or any(i.role is InputKind.ITEMS for i in inputs):
        return False
    lists = {name for i in inputs for name, field in fields_of(i).items() if field.many}
    return {*lists, "identifiers"}.isdisjoint(_names(_code(derived)))


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
    """The facts that a derived fact may read of a row, by column."""
    found: dict[str, FactRef] = {}
    for i in derived.signature.inputs:
        source = i.kind.id if i.kind else i.role.value
        refs = [FactRef(source, n, f.type, f.label) for n, f in fields_of(i).items() if not f.many]
        found |= {column_of(ref): ref for ref in refs}
    return found


def named_inputs(derived: Derived) -> dict[str, FactRef]:
    """Those of them that its own code names, by column; of what it hands on whole, all."""
    names, refs = set(_names(_code(derived))), inputs_of(derived)
    named = {column: ref for column, ref in refs.items() if ref.name in names}
    sources = {ref.source for ref in named.values()}
    return {column: ref for column, ref in refs.items() if column in named or ref.source not in sources}


def read_by(computed: Mapping[str, Derived]) -> dict[str, FactRef]:
    """All facts that some derived facts may read of a row, by column."""
    found: dict[str, FactRef] = {}
    for derived in computed.values():
        found |= inputs_of(derived)
    return found


def possible(plan: ResolvedProfile, columns: Container[str]) -> dict[str, Derived]:
    """Those that can be computed of a table with these columns: not there yet, and of each kind something is."""
    return {name: d for name, d in by_row(plan).items() if name not in columns and _has_inputs(d, columns)}


def _has_inputs(derived: Derived, columns: Container[str]) -> bool:
    """Whether of each kind a fact is there, and one that its code names where it names any."""
    named = named_inputs(derived)
    return all(
        any(name in columns for name, ref in named.items() if ref.source == kind.id) for kind in derived.signature.kinds
    )


def of_row(provider: Provider) -> Provider:
    """A provider as derived facts see it in a row, which does not hold its numbers: they are not known."""
    seen: Any = provider
    seen = attrs.evolve(seen)
    object.__setattr__(seen, "identifiers", UNKNOWN)
    return cast("Provider", seen)
