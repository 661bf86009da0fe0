"""The columns that a table may have for a profile, and the types of what they hold."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date

from barriermodel.analysis.columns import (
    AS_OF,
    absence_columns,
    derived_columns,
    flat,
    known_columns,
    refusal_facts,
    row_schema,
    validity_columns,
)
from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.facts import FactField, fact_fields, is_scalar
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.text import suggest


def known_fields(resolved: ResolvedProfile) -> dict[str, FactField]:
    """Every fact with one value, by column: of provider and award, of evidence, and derived ones."""
    found: dict[str, FactField] = {}
    for source, holder in [*ENTITIES.items(), *((kind.id, kind.cls) for kind in resolved.kinds.values())]:
        found |= {f"{source}__{name}": field for name, field in fact_fields(holder).items()}
    for barrier in resolved.barriers:
        for derived in barrier.barrier.derived_facts.values():
            found[f"derived__{flat(barrier.barrier.id)}__{derived.name}"] = derived.field
    return {name: field for name, field in found.items() if not field.many and is_scalar(field.type)}


def known_types(resolved: ResolvedProfile) -> dict[str, type]:
    """The type of every column that a table may have: facts, dates and absence of evidence, and ``as_of``."""
    dates = [name for kind in resolved.kinds.values() for name in validity_columns(kind)]
    facts = {name: field.type for name, field in known_fields(resolved).items()}
    return {AS_OF: date, **dict.fromkeys(dates, date), **dict.fromkeys(absence_columns(resolved), bool), **facts}


def read_types(resolved: ResolvedProfile) -> dict[str, type]:
    """The type of every column that the rules read, or that a derived fact is computed from."""
    dates = [name for kind in resolved.kinds.values() for name in validity_columns(kind)]
    beside = {**dict.fromkeys(dates, date), **dict.fromkeys(absence_columns(resolved), bool)}
    return {**row_schema(resolved).types, **row_schema(resolved, bare=True).types, **beside}


def absence_by_column(resolved: ResolvedProfile) -> dict[str, str]:
    """For each column of one kind of evidence, the column that states that there is none of that kind."""
    names = {kind.id: name for name, kind in absence_columns(resolved).items()}
    derived = {name: {kind.id for kind in one.signature.kinds} for name, one in derived_columns(resolved).items()}
    kinds = {name: derived.get(name) or {name.partition("__")[0]} for name in known_columns(resolved)}
    single = {name: next(iter(ids)) for name, ids in kinds.items() if len(ids) == 1}
    return {name: names[id] for name, id in single.items() if id in names and name != names[id]}


def row_rejecting_columns(resolved: ResolvedProfile) -> frozenset[str]:
    """The columns of which a cell that cannot be read costs the row, for as unknown it could make the advice milder.

    These are the date of the row; the end of the validity of evidence, which is unlimited where it is unknown; and the
    procedure, where the profile refuses an open house.
    """
    ends = [
        name for kind in resolved.kinds.values() for name in validity_columns(kind) if name.endswith("__valid_until")
    ]
    return frozenset([AS_OF, *ends, *refusal_facts(resolved)])


def unknown_column(name: str, types: Mapping[str, type]) -> str:
    """What is reported of a name in a map that is no column of the profile."""
    hint = suggest(name, types) or "; `barriermodel columns` lists the columns of a profile"
    return f"the profile knows no such column{hint}"


def enum_words(kind: type) -> list[str]:
    """The words of an enumeration; none for any other type."""
    return [str(member.value) for member in kind] if issubclass(kind, enum.Enum) else []
