"""The columns that a table may have for a profile, and the types of what they hold."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import date

import attrs

from barriermodel.analysis.columns import AS_OF, profile_columns, row_schema
from barriermodel.analysis.facts import FactField, is_scalar
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.text import suggest

FOUND_PREFIXES = ("stage__", "concern__", "barrier__", "rule__", "status__")
"""Prefixes of the columns with what an assessment found beside its advice."""
ADDED_PREFIXES = ("advice__", *FOUND_PREFIXES)
"""Prefixes of the columns that an assessment adds."""
WITHHELD = "advice__withheld"
"""The column with the number of columns that the profile reads and that were left out as confidential."""


@attrs.frozen
class TableColumns:
    """The columns that a map may fill.

    Args:
        types: the type of each.
        read: of these, the columns that are read where the table has them, without a map.
        absences: for a column of one kind of evidence, the column that states that there is no such evidence.
        fields: the facts among them, which may exclude values of their type.
        only_mapped: whether a column of the table that happens to have one of these names means nothing.

    """

    types: Mapping[str, type]
    read: Mapping[str, type] = attrs.field(factory=dict)
    absences: Mapping[str, str] = attrs.field(factory=dict)
    fields: Mapping[str, FactField] = attrs.field(factory=dict)
    only_mapped: bool = False

    def unknown_name(self, name: str) -> str:
        """What is reported about a name in a map that is none of these columns."""
        hint = suggest(name, self.types)
        if self.only_mapped:
            return f"there is no such column{hint or '; expected one of ' + ', '.join(self.types)}"
        return f"the profile knows no such column{hint or '; `barriermodel columns` lists the columns of a profile'}"


def table_columns(resolved: ResolvedProfile) -> TableColumns:
    """The columns of a table for a profile."""
    return TableColumns(
        known_types(resolved), read_types(resolved), absence_by_column(resolved), known_fields(resolved)
    )


def known_fields(resolved: ResolvedProfile) -> dict[str, FactField]:
    """Every fact with one value, by column: of provider and award, of evidence, and derived ones."""
    fields = profile_columns(resolved).fields
    return {name: field for name, field in fields.items() if not field.many and is_scalar(field.type)}


def known_types(resolved: ResolvedProfile) -> dict[str, type]:
    """The type of every column that a table may have: facts, dates and absence of evidence, and ``as_of``."""
    fields = {name: field.type for name, field in known_fields(resolved).items()}
    return {AS_OF: date, **_beside_facts(resolved), **fields}


def read_types(resolved: ResolvedProfile) -> dict[str, type]:
    """The type of every column that the rules read, or that a derived fact is computed from."""
    return {
        **row_schema(resolved).types,
        **row_schema(resolved, without_computed=True).types,
        **_beside_facts(resolved),
    }


def _beside_facts(resolved: ResolvedProfile) -> dict[str, type]:
    """The columns of evidence that are not facts."""
    columns = profile_columns(resolved)
    dates = [name for names in columns.validity.values() for name in names]
    return {**dict.fromkeys(dates, date), **dict.fromkeys(columns.absences, bool)}


def absence_by_column(resolved: ResolvedProfile) -> dict[str, str]:
    """For each column of one kind of evidence, the column that states that there is no evidence of that kind."""
    columns = profile_columns(resolved)
    names = {kind.id: name for name, kind in columns.absences.items()}
    derived = {name: {kind.id for kind in one.signature.kinds} for name, one in columns.derived.items()}
    kinds = {name: derived.get(name) or {name.partition("__")[0]} for name in columns.known}
    single = {name: next(iter(ids)) for name, ids in kinds.items() if len(ids) == 1}
    return {name: names[id] for name, id in single.items() if id in names and name != names[id]}


def row_rejecting_columns(resolved: ResolvedProfile) -> frozenset[str]:
    """The columns in which an unreadable cell costs the row: taken as unknown, it could make the advice milder.

    These are the date of the row; the end of the validity of evidence, which is unlimited if it is unknown; and the
    procedure, if the profile refuses an open house.
    """
    columns = profile_columns(resolved)
    dates = [name for names in columns.validity.values() for name in names]
    return frozenset([AS_OF, *(name for name in dates if name.endswith("__valid_until")), *columns.refusal])


def enum_words(kind: type) -> list[str]:
    """The words of an enumeration; none for any other type."""
    return [str(member.value) for member in kind] if issubclass(kind, enum.Enum) else []
