"""The columns that a profile knows, and the types of what they hold."""

from __future__ import annotations

import enum
from datetime import date

from barriermodel.analysis.columns import AS_OF, profile_columns, row_schema
from barriermodel.analysis.facts import FactField, is_scalar
from barriermodel.analysis.profiles import ResolvedProfile


def fields_known(plan: ResolvedProfile) -> dict[str, FactField]:
    """Every fact with one value, by column: of provider and award, of evidence, and derived ones."""
    fields = profile_columns(plan).fields
    return {name: field for name, field in fields.items() if not field.many and is_scalar(field.type)}


def types_known(plan: ResolvedProfile) -> dict[str, type]:
    """The type of every column that a table may have for a profile.

    They are facts, the dates of evidence, that there is none of it, and ``as_of``.
    """
    return {AS_OF: date, **_beside_facts(plan), **{name: field.type for name, field in fields_known(plan).items()}}


def types_read(plan: ResolvedProfile) -> dict[str, type]:
    """The same of the columns that the rules of a profile read, and the derived facts that a row suffices for."""
    return {**row_schema(plan).types, **row_schema(plan, without_computed=True).types, **_beside_facts(plan)}


def _beside_facts(plan: ResolvedProfile) -> dict[str, type]:
    """The columns of evidence that are no facts."""
    columns = profile_columns(plan)
    dates = [name for names in columns.validity.values() for name in names]
    return {**dict.fromkeys(dates, date), **dict.fromkeys(columns.absences, bool)}


def absence_by_column(plan: ResolvedProfile) -> dict[str, str]:
    """For each column that tells of one kind of evidence, the column that says that there is none of that kind."""
    columns = profile_columns(plan)
    names = {kind.id: name for name, kind in columns.absences.items()}
    derived = {name: {kind.id for kind in one.signature.kinds} for name, one in columns.derived.items()}
    kinds = {name: derived.get(name) or {name.partition("__")[0]} for name in columns.known}
    single = {name: next(iter(ids)) for name, ids in kinds.items() if len(ids) == 1}
    return {name: names[id] for name, id in single.items() if id in names and name != names[id]}


def costs_row(plan: ResolvedProfile) -> frozenset[str]:
    """The columns of which a value that cannot be read costs the row: as unknown it could make the advice milder.

    The date of the row; until when evidence is valid, which is for ever where nothing is said; and the procedure, where
    an open house is refused.
    """
    columns = profile_columns(plan)
    dates = [name for names in columns.validity.values() for name in names]
    return frozenset([AS_OF, *(name for name in dates if name.endswith("__valid_until")), *columns.refusal])


def words_of(kind: type) -> list[str]:
    """The words that a fact may be; empty where it is not one of some words."""
    return [str(member.value) for member in kind] if issubclass(kind, enum.Enum) else []
