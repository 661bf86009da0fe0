"""Parses a row of a table: its columns as facts, evidence and derived facts, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from ..domain.evidence import Evidence
from ..domain.facts import FactField, fact_fields
from ..domain.kinds import CONFIDENTIAL_VALUE_UNREADABLE, EvidenceKind
from ..domain.unknown import UNKNOWN
from ..errors import InputError, Problem
from ..profiles.resolved import ResolvedProfile
from ..rules.derived import Derived, DerivedResult
from ..text import Localized
from .columns import ABSENT, AS_OF, ProfileColumns, check_date, inputs_of, invalid_value_text, profile_columns
from .scalars import fact_from_scalar

_DAY = FactField("day", date, False, Localized("dag", "day"))
_ABSENT = FactField(ABSENT, bool, False, Localized("niet aanwezig", "absent"))


@attrs.define(eq=False)
class RowParser:
    """Parses a row, and collects what is wrong with it."""

    resolved: ResolvedProfile
    row: Mapping[str, Any]
    wrong: dict[str, str] = attrs.field(factory=dict)
    """For each column that holds no value of its fact, the message that says so."""
    columns: ProfileColumns = attrs.field(init=False)
    problems: list[Problem] = attrs.field(init=False)
    computed: Mapping[str, Derived] = attrs.field(init=False)
    """The derived facts that can be computed from the row, by the column that it lacks."""
    read: set[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.columns = profile_columns(self.resolved)
        self.problems = list(self.columns.unknown_names(self.row))
        self.computed = self.columns.computable_with(self.row)
        self.read = {*self.columns.read, *(name for one in self.computed.values() for name in inputs_of(one))}

    def value(self, name: str, field: FactField) -> Any:
        """The value of a fact in a column, or unknown."""
        try:
            return fact_from_scalar(field, self.row.get(name))
        except TypeError as error:
            if name in self.read:  # what no rule reads may hold anything
                message = CONFIDENTIAL_VALUE_UNREADABLE if self.columns.confidential([name]) else str(error)
                self.problems.append(Problem(name, message))
        except ValueError:
            if name in self.read:
                self.wrong[name] = invalid_value_text(name, field)
        return UNKNOWN

    def day(self, name: str) -> date | None:
        """A date that is not a fact."""
        self.read.add(name)
        found = self.value(name, _DAY)
        return None if found is UNKNOWN else found

    def facts(self, source: str, holder: type) -> dict[str, Any]:
        """The facts of a class, as the row has them."""
        fields = {name: field for name, field in fact_fields(holder).items() if not field.many}
        return {name: self.value(f"{source}__{name}", field) for name, field in fields.items()}

    def dates(self, kind: EvidenceKind) -> list[str]:
        """The columns present for when evidence of a kind was issued, and until when it is valid."""
        return [name for name in self.columns.validity[kind.id] if name in self.row]

    def item(self, kind: EvidenceKind) -> Evidence | None:
        """The evidence of a kind; None if the row states no fact of it."""
        facts = self.facts(kind.id, kind.cls)
        days: dict[str, Any] = {name.partition("__")[2]: self.day(name) for name in self.dates(kind)}
        if all(value is UNKNOWN for value in facts.values()):
            return None
        return Evidence(id=f"row:{kind.id}", facts=kind.cls(**facts), **days)

    def absent(self) -> Iterator[str]:
        """The kinds for which the row says that there is no evidence, except confidential ones."""
        for name, kind in self.columns.absences.items():
            if kind.id not in self.resolved.withheld:
                self.read.add(name)
                if self.value(name, _ABSENT) is True:
                    yield kind.id

    def derived(self) -> dict[str, DerivedResult]:
        """The derived facts that the row has a column for, by id."""
        found = {name: derived for name, derived in self.columns.derived.items() if name in self.row}
        return {derived.id: DerivedResult(self.value(name, derived.field)) for name, derived in found.items()}

    def check(self, day: date | None) -> None:
        """Raise ``InputError`` with everything that is wrong with the row."""
        if day is None and not any(problem.path == AS_OF for problem in self.problems):
            self.problems.append(Problem(AS_OF, "give the argument as_of, or a column as_of with the date of the row"))
        if self.problems:
            raise InputError("row", self.problems)
        check_date(day)
