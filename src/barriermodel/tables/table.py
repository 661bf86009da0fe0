"""A table that fits a profile: which of the profile's columns it has, and which it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from ..domain.bounds import FIRST_DATE, PLACEHOLDER_DATES
from ..domain.kinds import EvidenceKind
from ..errors import InputError, Problem
from ..profiles.resolved import ResolvedProfile
from ..rules.derived import Derived
from ..rules.expression import FactRef
from .columns import AS_OF, INTERNAL, ProfileColumns, profile_columns
from .dates import add_months, compare_with_constant, to_ordinal, year_month_day
from .ingest import CanonicalColumn, to_canonical, type_problem
from .row_functions import inputs_of

IN_PROCESS = (nw.Implementation.POLARS, nw.Implementation.PYARROW)
"""Engines that can call plain Python for each row without leaving this process."""


@attrs.define
class Table:
    """A frame that fits a profile.

    Args:
        frame: the user's, in narwhals.
        schema: its columns, with their types in narwhals.
        facts: the facts that rules read, by column, whether the frame has them or not.
        as_of: the date of all rows, or None if the column ``as_of`` has it.
        canonical_columns: for each fact in the frame, and for ``as_of``, the column that holds it as rules read it.
        computed: the derived facts and opaque rules that plain Python computes for each row, by column.
        not_computable: their columns, if the engine cannot call plain Python.

    """

    columns: ProfileColumns
    frame: Any
    schema: Mapping[str, Any]
    facts: Mapping[str, FactRef]
    as_of: date | None
    canonical_columns: Mapping[str, str] = attrs.field(factory=dict)
    computed: Mapping[str, Derived] = attrs.field(factory=dict)
    not_computable: tuple[str, ...] = ()

    @property
    def resolved(self) -> ResolvedProfile:
        """The profile."""
        return self.columns.resolved

    @property
    def enums(self) -> bool:
        """Whether levels and statuses are an enumeration: on Polars that takes an eighth of the time of text."""
        return bool(self.frame.implementation is nw.Implementation.POLARS)

    @property
    def inputs(self) -> dict[str, FactRef]:
        """The facts in the frame that plain Python may read, by column."""
        found = {name: ref for derived in self.computed.values() for name, ref in inputs_of(derived).items()}
        return {name: ref for name, ref in found.items() if name in self.schema}

    @property
    def present(self) -> dict[str, FactRef]:
        """The facts in the frame, by column."""
        return {name: ref for name, ref in self.facts.items() if name in self.schema}

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns of facts that are not there: unknown in every row."""
        return tuple(name for name in self.facts if name not in self.schema)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The kinds with a fact in the table but no date, so that whether they still count is unknown."""
        used = {ref.source for ref in self.present.values()} & set(self.resolved.kinds)
        return tuple(sorted(used - set(self.validity)))

    @property
    def validity(self) -> dict[str, list[str]]:
        """The columns present for when evidence was issued and until when it is valid, by kind."""
        found = {id: [name for name in names if name in self.schema] for id, names in self.columns.validity.items()}
        return {id: names for id, names in found.items() if names}

    def canonical(self) -> dict[str, CanonicalColumn]:
        """Each fact in the frame, as rules read it."""
        fields = self.columns.fields
        return {name: to_canonical(name, fields[name], self.schema[name], self.as_of) for name in self.present}

    def usable(self) -> dict[str, nw.Expr]:
        """For each kind with dates in the table, whether its evidence counts."""
        return {id: self._usable(self.resolved.kinds[id], names) for id, names in self.validity.items()}

    def _usable(self, kind: EvidenceKind, names: list[str]) -> nw.Expr:
        today = nw.lit(self.as_of) if self.as_of else nw.col(AS_OF)
        fits = nw.lit(value=True)
        for name in names:
            day = nw.col(name)
            if name.endswith("valid_until"):
                fits = fits & (day.is_null() | (day >= today))
                continue
            fits = fits & ~day.is_null() & (day <= today) & (day >= FIRST_DATE)
            for never in PLACEHOLDER_DATES:
                fits = fits & (day != never)
            if kind.valid_for is not None:
                fits = fits & ~self._expired(day, kind.valid_for.count).fill_null(value=False)
        return fits.fill_null(value=False)

    def _expired(self, day: nw.Expr, months: int) -> nw.Expr:
        """Whether a date some months later is before the date of the row."""
        if self.as_of is not None:
            found = compare_with_constant(day, months, "lt", self.as_of)
            return nw.lit(value=False) if found is None else found
        return add_months(year_month_day(day), months).ordinal < to_ordinal(nw.col(AS_OF))


def open_table(resolved: ResolvedProfile, frame: Any, as_of: date | None) -> Table:
    """A frame of narwhals as a table of a profile.

    Raises:
        InputError: with every column that is unknown or of a wrong type, or because there is no date.

    """
    schema, columns = dict(frame.collect_schema()), profile_columns(resolved)
    table = Table(columns, frame, schema, columns.read, as_of)
    computed = columns.computable_with(schema)
    if frame.implementation in IN_PROCESS:
        table.computed = computed
        table.facts = {**table.facts, **table.inputs}
    else:
        table.not_computable = tuple(computed)
    own_date = {} if as_of else {AS_OF: AS_OF}
    table.canonical_columns = {name: f"{INTERNAL}{name}" for name in table.present} | own_date
    dates = [name for names in table.validity.values() for name in names]
    dates += [AS_OF] if as_of is None and AS_OF in schema else []
    problems = [*_name_problems(table), *_type_problems(table, dates)]
    if as_of is None and AS_OF not in schema:
        problems.append(Problem(AS_OF, "give the argument as_of, or a column as_of with the date of each row"))
    if problems:
        raise InputError("table", problems)
    untyped = [name for name in dates if schema[name] == nw.Unknown]
    if untyped:  # nothing but nulls: give it the type that is compared with dates
        table.frame = frame.with_columns(nw.col(name).cast(nw.Date) for name in untyped)
    return table


def _name_problems(table: Table) -> Iterator[Problem]:
    for name in table.schema:
        if name.startswith(INTERNAL):
            yield Problem(name, "a column of this name is made while a table is assessed; rename it")
    yield from table.columns.unknown_names(table.schema)


def _type_problems(table: Table, dates: list[str]) -> Iterator[Problem]:
    absences = {name: bool for name in table.columns.absences if name in table.schema}
    facts = {name: ref.type for name, ref in table.present.items()}
    odd = _unknown_types(table.frame)
    for name, kind in {**absences, **facts, **dict.fromkeys(dates, date)}.items():
        problem = type_problem(name, kind, odd.get(name, table.schema[name]))
        if problem:
            yield problem


def _unknown_types(frame: Any) -> dict[str, str]:
    """The columns of a type that narwhals does not know, with the engine's name for it; not those with only nulls."""
    native = frame.to_native()
    if frame.implementation is nw.Implementation.DUCKDB:
        types = dict(zip(native.columns, map(str, native.types), strict=True))
    elif frame.implementation is nw.Implementation.PYSPARK:
        types = dict(native.dtypes)
    elif frame.implementation is nw.Implementation.PYARROW:
        types = {field.name: str(field.type) for field in native.schema}
    else:
        types = {name: str(dtype) for name, dtype in native.lazy().collect_schema().items()}
    odd = [name for name, dtype in frame.collect_schema().items() if dtype == nw.Unknown or types[name] == "JSON"]
    return {name: types[name] for name in odd if types[name].strip('"').lower() not in ("null", "void")}
