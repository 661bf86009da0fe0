"""Reads a row of a table: its columns as facts, evidence and derived facts, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from ..domain.days import check_as_of
from ..domain.evidence import Evidence
from ..domain.facts import FactField, fact_fields
from ..domain.kinds import UNREADABLE, EvidenceKind
from ..domain.unknown import UNKNOWN
from ..errors import InputError, Problem
from ..profiles.resolved import ResolvedProfile
from ..reading.structuring import suggest
from ..rules.derived import Derived, DerivedResult
from ..text import Localized
from .cells import fact_of
from .columns import (
    ABSENT,
    AS_OF,
    absences,
    confidential_among,
    dates_of,
    facts_read,
    flat,
    is_fact,
    known_columns,
    no_value,
)
from .plain import possible, read_by

_DAY = FactField("day", date, False, Localized("dag", "day"))
_ABSENT = FactField(ABSENT, bool, False, Localized("niet aanwezig", "absent"))


@attrs.define(eq=False)
class Reader:
    """Reads a row, and gathers what is wrong with it."""

    plan: ResolvedProfile
    row: Mapping[str, Any]
    wrong: dict[str, str] = attrs.field(factory=dict)
    """What is told of columns that hold no value of their fact."""
    problems: list[Problem] = attrs.field(init=False)
    computed: Mapping[str, Derived] = attrs.field(init=False)
    """The derived facts that the row suffices for, by the column that it has not."""
    read: set[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.problems = list(unknown_columns(self.plan, self.row))
        self.computed = possible(self.plan, self.row)
        self.read = {*facts_read(self.plan), *read_by(self.computed)}

    def value(self, name: str, field: FactField) -> Any:
        """The value of a fact in a column; unknown where there is none."""
        try:
            return fact_of(field, self.row.get(name))
        except TypeError as error:
            if name in self.read:  # other columns are nobody's business
                told = UNREADABLE if confidential_among([name], self.plan) else str(error)
                self.problems.append(Problem(name, told))
        except ValueError:
            if name in self.read:
                self.wrong[name] = no_value(name, field)
        return UNKNOWN

    def day(self, name: str) -> date | None:
        """A date that is no fact."""
        self.read.add(name)
        found = self.value(name, _DAY)
        return None if found is UNKNOWN else found

    def facts(self, source: str, holder: type) -> dict[str, Any]:
        """The facts of a class that the row knows."""
        fields = {name: field for name, field in fact_fields(holder).items() if not field.many}
        return {name: self.value(f"{source}__{name}", field) for name, field in fields.items()}

    def dates(self, kind: EvidenceKind) -> list[str]:
        """The columns that are there of when evidence of a kind was issued, and until when it is valid."""
        return [name for name in dates_of(kind) if name in self.row]

    def item(self, kind: EvidenceKind) -> Evidence | None:
        """The evidence of a kind; None where the row states no fact of it."""
        facts = self.facts(kind.id, kind.cls)
        days: dict[str, Any] = {name.partition("__")[2]: self.day(name) for name in self.dates(kind)}
        if all(value is UNKNOWN for value in facts.values()):
            return None
        return Evidence(id=f"row:{kind.id}", facts=kind.cls(**facts), **days)

    def absent(self) -> Iterator[str]:
        """The kinds of which the row says that there is no evidence; not those that are confidential."""
        for name, kind in absences(self.plan).items():
            if kind.id not in self.plan.withheld:
                self.read.add(name)
                if self.value(name, _ABSENT) is True:
                    yield kind.id

    def derived(self) -> dict[str, DerivedResult]:
        """The derived facts that the row has a column of, by id."""
        found = {name: derived for name, derived in derived_columns(self.plan).items() if name in self.row}
        return {derived.id: DerivedResult(self.value(name, derived.field)) for name, derived in found.items()}

    def check(self, day: date | None) -> None:
        """Raise what is wrong with the row as a whole."""
        if day is None and not any(problem.path == AS_OF for problem in self.problems):
            self.problems.append(Problem(AS_OF, "give the argument as_of, or a column as_of with the date of the row"))
        if self.problems:
            raise InputError("row", self.problems)
        check_date(day)


def check_date(as_of: date | None) -> None:
    """Raise ``InputError`` where what is given as a date is none, or none that a dossier can be of."""
    if as_of is not None and type(as_of) is not date:
        raise InputError.one("as_of", f"expected a datetime.date; got {type(as_of).__name__}")
    if as_of is not None:
        try:
            check_as_of(as_of)
        except ValueError as error:
            raise InputError.one("as_of", str(error)) from None


def unknown_columns(plan: ResolvedProfile, names: Mapping[str, Any]) -> Iterator[Problem]:
    """Columns with the prefix of a fact that are none."""
    known = set(known_columns(plan))
    for name in names:
        if is_fact(name, plan) and name not in known:
            hint = suggest(name, known)
            yield Problem(name, f"no fact is called so{hint or '; give it another prefix if it is not meant as one'}")


def derived_columns(plan: ResolvedProfile) -> dict[str, Derived]:
    """All derived facts of a plan by column."""
    return {
        f"derived__{flat(b.id)}__{name}": derived
        for b in plan.barriers
        for name, derived in b.definition.derived_facts.items()
    }
