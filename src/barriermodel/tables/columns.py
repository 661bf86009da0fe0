"""The columns of a table: their names, and which of them a profile knows, reads and computes.

A column's name has no points, which some engines read as a path: ``kvk_extract__registered_on`` is the fact
``registered_on`` of the evidence kind ``kvk_extract``, and ``derived__nl_conduct__staff_without_vog`` is a derived
fact of the barrier ``nl.conduct``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

import attrs

from ..domain.award import Award
from ..domain.bounds import check_as_of
from ..domain.facts import FactField, fact_fields
from ..domain.kinds import EvidenceKind
from ..errors import InputError, Problem
from ..profiles.resolved import ResolvedProfile
from ..rules.derived import Derived
from ..rules.expression import FactRef, split_fact_id, split_rule_id
from ..rules.levels import Moment
from ..rules.signature import ENTITIES
from ..spelling import suggest
from ..text import Localized, same_in_both
from .row_functions import has_inputs, one_row_suffices

AS_OF = "as_of"
"""Column with the date on which a row is assessed."""
ABSENT = "absent"
"""Column of a kind, as in ``gva__absent``: true where it is known that there is no such evidence."""
VALIDITY = ("issued_on", "valid_until")
"""Columns of a kind that tell whether its evidence counts on the date of the row."""
CONSTANTS, ASSUMED = "map__constants", "map__assumed"
"""Columns that name the facts of a row that a column map stated for all rows, and those that it assumed."""
INTERNAL = "barriermodel__"
"""Prefix of the columns that exist only while a table is assessed."""


def flat(id: str) -> str:
    """An id without points.

    >>> flat("nl.kvk.active")
    'nl_kvk_active'
    """
    return id.replace(".", "_")


def column_of(ref: FactRef) -> str:
    """The column of a fact."""
    if ref.source == "dossier":
        return AS_OF
    if ref.source == "derived":
        return derived_column(*split_rule_id(ref.name))
    return f"{ref.source}__{ref.name}"


def derived_column(barrier: str, name: str) -> str:
    """The column of a derived fact of the barrier with this id."""
    return f"derived__{flat(barrier)}__{name}"


def check_date(as_of: date | None) -> None:
    """Raise ``InputError`` unless this is a date, and one that a dossier can have."""
    if as_of is not None and type(as_of) is not date:
        raise InputError.one("as_of", f"expected a datetime.date; got {type(as_of).__name__}")
    if as_of is not None:
        try:
            check_as_of(as_of)
        except ValueError as error:
            raise InputError.one("as_of", str(error)) from None


def invalid_value_text(column: str, field: FactField) -> str:
    """The message for a row whose column holds something other than a value of the fact."""
    what = "no value of this fact" if field.plausible is None else "a date that cannot be right"
    return f"{column} holds {what}: it is taken as unknown"


def profile_columns(resolved: ResolvedProfile) -> ProfileColumns:
    """The columns of a profile, worked out once and kept with it."""
    found = vars(resolved).get("_profile_columns")
    if not isinstance(found, ProfileColumns):
        found = vars(resolved)["_profile_columns"] = ProfileColumns(resolved)
    return found


@attrs.frozen(eq=False, slots=False)
class ProfileColumns:
    """Every column that a profile knows, by what it means. Get it from :func:`profile_columns`."""

    resolved: ResolvedProfile

    @cached_property
    def fields(self) -> Mapping[str, FactField]:
        """The declaration of every fact: of provider and award, of evidence, and derived ones; lists too."""
        holders = {**ENTITIES, **{kind.id: kind.cls for kind in self.resolved.kinds.values()}}
        given = {
            f"{source}__{name}": f for source, holder in holders.items() for name, f in fact_fields(holder).items()
        }
        return given | {column: derived.field for column, derived in self.derived.items()}

    @cached_property
    def derived(self) -> Mapping[str, Derived]:
        """Every derived fact."""
        barriers = [resolved.definition for resolved in self.resolved.barriers]
        return {derived_column(b.id, name): derived for b in barriers for name, derived in b.derived_facts.items()}

    @cached_property
    def validity(self) -> Mapping[str, tuple[str, ...]]:
        """For each kind, its columns that tell whether evidence counts; a fact of the same name takes precedence."""
        names = {id: [f"{id}__{name}" for name in VALIDITY] for id in self.resolved.kinds}
        return {id: tuple(name for name in own if name not in self.fields) for id, own in names.items()}

    @cached_property
    def absences(self) -> Mapping[str, EvidenceKind]:
        """For each kind, the column that says there is no evidence; a fact of the same name takes precedence."""
        names = {f"{id}__{ABSENT}": kind for id, kind in self.resolved.kinds.items()}
        return {name: kind for name, kind in names.items() if name not in self.fields}

    @cached_property
    def known(self) -> Mapping[str, None]:
        """Every column above."""
        return dict.fromkeys([*self.fields, *self.absences, *(name for own in self.validity.values() for name in own)])

    @cached_property
    def read(self) -> Mapping[str, FactRef]:
        """The facts that the rules of the profile read, sorted by column; not ``as_of``."""
        rules = [rule.definition for stage in self.resolved.stages for rule in stage.rules]
        found = {column_of(ref): ref for rule in rules for ref in rule.facts}
        return {name: found[name] for name in sorted(found) if name != AS_OF}

    @cached_property
    def refusal(self) -> Mapping[str, FactRef]:
        """The procedure, if the profile compares applicants: an open house is then refused, whatever rules read."""
        if all(stage.by_level or stage.moment is not Moment.ADMISSION for stage in self.resolved.stages):
            return {}
        procedure = fact_fields(Award)["procedure"]
        return {"award__procedure": FactRef("award", "procedure", procedure.type, procedure.label)}

    @cached_property
    def row_computable(self) -> Mapping[str, Derived]:
        """The derived facts that rules read and that one row suffices to compute."""
        derived = {name: self.derived[name] for name, ref in self.read.items() if ref.source == "derived"}
        return {name: one for name, one in derived.items() if one_row_suffices(one)}

    def computable_with(self, columns: Container[str]) -> dict[str, Derived]:
        """Those that a table with these columns does not have and can compute."""
        missing = {name: one for name, one in self.row_computable.items() if name not in columns}
        return {name: one for name, one in missing.items() if has_inputs(one, columns)}

    def has_prefix(self, column: str) -> bool:
        """Whether a column begins like a fact of this profile, or a date of its evidence."""
        source, joint, rest = column.partition("__")
        if source == "derived":  # of a barrier that the profile leaves out: not a column of this profile
            return any(rest.startswith(f"{flat(barrier.id)}__") for barrier in self.resolved.barriers)
        return bool(joint) and (source in ENTITIES or source in self.resolved.kinds)

    def unknown_names(self, names: Iterable[str]) -> Iterator[Problem]:
        """Columns that begin like a fact of the profile, and are not one."""
        for name in names:
            if self.has_prefix(name) and name not in self.known:
                hint = suggest(name, self.known)
                yield Problem(
                    name, f"no fact is called so{hint or '; give it another prefix if it is not meant as one'}"
                )

    def confidential(self, names: Iterable[str]) -> frozenset[str]:
        """The columns among these that may hold what confidential evidence says, of any kind that is installed.

        Every name that begins with that of a confidential kind is one, including its dates, also as a dossier writes
        it (``gva.number``). Case and the spaces around a name make no difference.
        """
        withheld = self.resolved.withheld
        ids = map(split_fact_id, withheld)
        derived = {derived_column(*split_rule_id(name)).lower() for source, name in ids if source == "derived"}
        plain = {name: name.strip().lower() for name in names}
        return frozenset(n for n, low in plain.items() if low in derived or re.split(r"__|\.", low)[0] in withheld)

    def label(self, column: str) -> Localized:
        """What a column holds, in words, with its name."""
        field = None if column.startswith("derived__") else self.fields.get(column)
        if field is not None:
            return Localized(f"{field.label.nl} [{column}]", f"{field.label.en} [{column}]")
        if column not in self.absences:
            return same_in_both(column)
        title = self.absences[column].title
        return Localized(f"dat dit er niet is: {title.nl} [{column}]", f"that there is none: {title.en} [{column}]")
