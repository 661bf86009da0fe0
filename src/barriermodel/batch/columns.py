"""The columns that a profile knows, and the types of what they hold."""

from __future__ import annotations

import enum
from datetime import date

from barriermodel.analysis.columns import (
    AS_OF,
    absences,
    dates_of,
    derived_columns,
    flat,
    known_columns,
    layout_of,
    read_to_refuse,
)
from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.facts import FactField, fact_fields, is_scalar
from barriermodel.analysis.profiles import ResolvedProfile


def fields_known(plan: ResolvedProfile) -> dict[str, FactField]:
    """Every fact with one value, by column: of provider and award, of evidence, and derived ones."""
    found: dict[str, FactField] = {}
    for source, holder in [*ENTITIES.items(), *((kind.id, kind.cls) for kind in plan.kinds.values())]:
        found |= {f"{source}__{name}": field for name, field in fact_fields(holder).items()}
    for barrier in plan.barriers:
        for derived in barrier.definition.derived_facts.values():
            found[f"derived__{flat(barrier.id)}__{derived.name}"] = derived.field
    return {name: field for name, field in found.items() if not field.many and is_scalar(field.type)}


def types_known(plan: ResolvedProfile) -> dict[str, type]:
    """The type of every column that a table may have for a profile.

    They are facts, the dates of evidence, that there is none of it, and ``as_of``.
    """
    dates = [name for kind in plan.kinds.values() for name in dates_of(kind)]
    facts = {name: field.type for name, field in fields_known(plan).items()}
    return {AS_OF: date, **dict.fromkeys(dates, date), **dict.fromkeys(absences(plan), bool), **facts}


def types_read(plan: ResolvedProfile) -> dict[str, type]:
    """The same of the columns that the rules of a profile read, and the derived facts that a row suffices for."""
    dates = [name for kind in plan.kinds.values() for name in dates_of(kind)]
    beside = {**dict.fromkeys(dates, date), **dict.fromkeys(absences(plan), bool)}
    return {**layout_of(plan).types, **layout_of(plan, bare=True).types, **beside}


def absence_by_column(plan: ResolvedProfile) -> dict[str, str]:
    """For each column that tells of one kind of evidence, the column that says that there is none of that kind."""
    names = {kind.id: name for name, kind in absences(plan).items()}
    derived = {name: {kind.id for kind in one.signature.kinds} for name, one in derived_columns(plan).items()}
    kinds = {name: derived.get(name) or {name.partition("__")[0]} for name in known_columns(plan)}
    single = {name: next(iter(ids)) for name, ids in kinds.items() if len(ids) == 1}
    return {name: names[id] for name, id in single.items() if id in names and name != names[id]}


def costs_row(plan: ResolvedProfile) -> frozenset[str]:
    """The columns of which a value that cannot be read costs the row: as unknown it could make the advice milder.

    The date of the row; until when evidence is valid, which is for ever where nothing is said; and the procedure, where
    an open house is refused.
    """
    ends = [name for kind in plan.kinds.values() for name in dates_of(kind) if name.endswith("__valid_until")]
    return frozenset([AS_OF, *ends, *read_to_refuse(plan)])


def words_of(kind: type) -> list[str]:
    """The words that a fact may be; empty where it is not one of some words."""
    return [str(member.value) for member in kind] if issubclass(kind, enum.Enum) else []
