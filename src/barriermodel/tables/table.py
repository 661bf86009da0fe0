"""A table with the columns that a profile reads: what is there, what is not, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs
import narwhals as nw

from ..domain.bounds import FIRST_DATE, PLACEHOLDER_DATES
from ..domain.kinds import EvidenceKind
from ..errors import InputError, Problem
from ..profiles.resolved import ResolvedProfile
from ..rules.derived import Derived
from ..rules.expression import FactRef
from .columns import AS_OF, INTERNAL, absence_columns, fact_field_of, facts_read, validity_columns
from .dialect import Dialect, dialect_of, unreadable
from .ingest import CanonicalColumn, to_canonical, type_problem
from .months import add_months, compare_without_arithmetic, to_ordinal, year_month_day
from .row_functions import computable_with, inputs_of_all
from .row_parser import unknown_columns

IN_PROCESS = (nw.Implementation.POLARS, nw.Implementation.PYARROW)
"""Engines that can call plain Python for each row without leaving this process."""


@attrs.define
class Table:
    """A frame that fits a plan.

    Args:
        frame: the user's, in narwhals.
        facts: the facts that rules look at, by column.
        as_of: the date of all rows, or None where the column ``as_of`` has it.
        dialect: how expressions are written for its engine.
        by_row: the derived facts and opaque rules that plain Python computes for each row, by column.
        not_here: those for which the engine has no Python.

    """

    plan: ResolvedProfile
    frame: Any
    schema: Mapping[str, Any]
    facts: Mapping[str, FactRef]
    as_of: date | None
    dialect: Dialect
    computed: Mapping[str, Derived] = attrs.field(factory=dict)
    not_computable: tuple[str, ...] = ()

    @property
    def inputs(self) -> dict[str, FactRef]:
        """The facts that are there of those that plain Python may read, by column."""
        return {name: ref for name, ref in inputs_of_all(self.computed).items() if name in self.schema}

    @property
    def dated(self) -> dict[str, str]:
        """The columns that may hold dates as rules read them, by fact."""
        facts = {name: f"{INTERNAL}{name}" for name in self.facts if name in self.schema and name not in self.computed}
        return facts if self.as_of else {**facts, AS_OF: AS_OF}

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns of facts that are not there: unknown in every row."""
        return tuple(name for name in self.facts if name not in self.schema)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The kinds of which a fact is there and no date: whether it still counts is not known."""
        used = {ref.source for name, ref in self.facts.items() if name in self.schema and ref.source in self.plan.kinds}
        return tuple(sorted(kind for kind in used if not self.dates(self.plan.kinds[kind])))

    def dates(self, kind: EvidenceKind) -> list[str]:
        """The columns that are there of when evidence of a kind was issued, and until when it is valid."""
        return [name for name in validity_columns(kind) if name in self.schema]

    def day(self) -> nw.Expr:
        """The date of a row."""
        return nw.lit(self.as_of) if self.as_of else nw.col(AS_OF)

    def canonical(self) -> dict[str, CanonicalColumn]:
        """Each fact that is there, as rules read it."""
        there = {name: ref for name, ref in self.facts.items() if name in self.schema}
        return {
            name: to_canonical(name, fact_field_of(ref, self.plan), self.schema[name], self.as_of)
            for name, ref in there.items()
        }

    def usable(self) -> dict[str, nw.Expr]:
        """For each kind of which dates are there, whether its evidence counts."""
        return {kind.id: self._usable(kind) for kind in self.plan.kinds.values() if self.dates(kind)}

    def _usable(self, kind: EvidenceKind) -> nw.Expr:
        fits = nw.lit(value=True)
        for name in self.dates(kind):
            day = nw.col(name)
            if name.endswith("valid_until"):
                fits = fits & (day.is_null() | (day >= self.day()))
                continue
            fits = fits & ~day.is_null() & (day <= self.day()) & (day >= FIRST_DATE)
            for never in PLACEHOLDER_DATES:
                fits = fits & (day != never)
            if kind.valid_for is not None:
                fits = fits & ~self._before_today(day, kind.valid_for.count).fill_null(value=False)
        return fits.fill_null(value=False)

    def _before_today(self, day: nw.Expr, count: int) -> nw.Expr:
        """Whether a date some months later is before the date of the row."""
        if self.as_of is not None:
            found = compare_without_arithmetic(day, count, "lt", self.as_of)
            return nw.lit(value=False) if found is None else found
        return add_months(year_month_day(day), count).ordered < to_ordinal(nw.col(AS_OF))


def open_table(plan: ResolvedProfile, frame: Any, as_of: date | None) -> Table:
    """A frame as a table of a plan.

    Raises:
        InputError: with every column that is unknown or of a wrong type, and where there is no date.

    """
    schema = dict(frame.collect_schema())
    table = Table(plan, frame, schema, facts_read(plan), as_of, dialect_of(frame))
    computed = computable_with(plan, schema)
    if frame.implementation in IN_PROCESS:
        table.computed = computed
        table.facts = {**table.facts, **table.inputs}
    else:
        table.not_computable = tuple(computed)
    untyped = [name for name in _days(table) if schema[name] == nw.Unknown]
    problems = [*_unknown(table), *_types(table, unreadable(frame))]
    if as_of is None and AS_OF not in schema:
        problems.append(Problem(AS_OF, "give the argument as_of, or a column as_of with the date of each row"))
    if problems:
        raise InputError("table", problems)
    if untyped:  # nothing but nulls: of the type that is compared with dates
        table.frame = frame.with_columns(nw.col(name).cast(nw.Date) for name in untyped)
    return table


def _unknown(table: Table) -> Iterator[Problem]:
    for name in table.schema:
        if name.startswith(INTERNAL):
            yield Problem(name, "a column of this name is made while a table is assessed; rename it")
    yield from unknown_columns(table.plan, table.schema)


def _types(table: Table, unreadable: Mapping[str, str]) -> Iterator[Problem]:
    wanted: dict[str, type] = {name: bool for name in absence_columns(table.plan) if name in table.schema}
    wanted |= {name: ref.type for name, ref in table.facts.items() if name in table.schema}
    for name, kind in {**wanted, **dict.fromkeys(_days(table), date)}.items():
        problem = type_problem(name, kind, unreadable.get(name, table.schema[name]))
        if problem:
            yield problem


def _days(table: Table) -> list[str]:
    """The columns with dates that are no facts."""
    dates = [name for kind in table.plan.kinds.values() for name in table.dates(kind)]
    return [*dates, *([AS_OF] if table.as_of is None and AS_OF in table.schema else [])]
