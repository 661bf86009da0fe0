"""A table that fits a profile: which of the profile's columns it has, and which it lacks."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from datetime import date
from functools import reduce
from typing import Any

import attrs
import narwhals.stable.v2 as nw

from ..domain.bounds import FIRST_DATE, LAST_DATE, PLACEHOLDER_DATES
from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind
from ..errors import InputError, Problem
from ..profiles.resolved import ResolvedProfile
from ..rules.derived import Derived
from ..rules.expression import FactRef
from .columns import AS_OF, INTERNAL, ProfileColumns, inputs_of, invalid_value_text, profile_columns
from .dates import add_months, compare_with_constant, year_month_day
from .ingest import to_canonical, type_problem

IN_PROCESS = (nw.Implementation.POLARS, nw.Implementation.PYARROW)
"""Engines that can call plain Python for each row without leaving this process."""
ERROR = f"{INTERNAL}error"
"""The column with what is wrong with a row."""


@attrs.define
class Table:
    """A frame that fits a profile.

    Args:
        columns: those that the profile knows.
        frame: the user's, in narwhals.
        schema: its columns, with their types in narwhals.
        as_of: the date of all rows, or None if the column ``as_of`` has it.
        present: the facts in the frame that rules and :attr:`computed` read, by column.
        validity: the columns present for when evidence was issued and until when it is valid, by kind.
        computed: the derived facts and opaque rules that plain Python computes for each row, by column.
        not_computable: their columns, if the engine cannot call plain Python.

    """

    columns: ProfileColumns
    frame: Any
    schema: Mapping[str, Any]
    as_of: date | None
    present: Mapping[str, FactRef]
    validity: Mapping[str, list[str]]
    computed: Mapping[str, Derived]
    not_computable: tuple[str, ...]

    @property
    def resolved(self) -> ResolvedProfile:
        """The profile."""
        return self.columns.resolved

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns of facts that are not there: unknown in every row."""
        return tuple(name for name in self.columns.read if name not in self.schema)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The kinds with a fact in the table but no date, so that whether they still count is unknown."""
        used = {ref.source for ref in self.present.values()} & set(self.resolved.kinds)
        return tuple(sorted(used - set(self.validity)))


def open_table(resolved: ResolvedProfile, frame: Any, as_of: date | None) -> Table:
    """A frame of narwhals as a table of a profile.

    Raises:
        InputError: with every column that is unknown or of a wrong type, or because there is no date.

    """
    schema, columns = dict(frame.collect_schema()), profile_columns(resolved)
    computed, facts = columns.computable_with(schema), dict(columns.read)
    in_process = frame.implementation in IN_PROCESS
    for derived in computed.values() if in_process else ():
        facts |= inputs_of(derived)
    present = {name: ref for name, ref in facts.items() if name in schema}
    validity = {id: [name for name in names if name in schema] for id, names in columns.validity.items()}
    validity = {id: names for id, names in validity.items() if names}
    own, other = (computed, ()) if in_process else ({}, tuple(computed))
    table = Table(columns, frame, schema, as_of, present, validity, own, other)
    dates = [name for names in validity.values() for name in names]
    dates += [AS_OF] if as_of is None and AS_OF in schema else []
    _check_columns(table, dates)
    untyped = [name for name in dates if schema[name] == nw.Unknown]
    if untyped:  # nothing but nulls: give it the type that is compared with dates
        table.frame = frame.with_columns(nw.col(name).cast(nw.Date) for name in untyped)
    return table


def _check_columns(table: Table, dates: list[str]) -> None:
    internal = "a column of this name is made while a table is assessed; rename it"
    problems = [Problem(name, internal) for name in table.schema if name.startswith(INTERNAL)]
    problems += table.columns.unknown_names(table.schema)
    absences = {name: bool for name in table.columns.absences if name in table.schema}
    facts = {name: ref.type for name, ref in table.present.items()}
    odd = _unknown_types(table.frame)
    for name, kind in {**absences, **facts, **dict.fromkeys(dates, date)}.items():
        problem = type_problem(name, kind, odd.get(name, table.schema[name]))
        problems += [problem] if problem else []
    if table.as_of is None and AS_OF not in table.schema:
        problems.append(Problem(AS_OF, "give the argument as_of, or a column as_of with the date of each row"))
    if problems:
        raise InputError("table", problems)


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


# Facts as rules read them -----------------------------------------------------------------------------


def with_canonical_facts(table: Table) -> Any:
    """The frame with each fact as rules read it, unknown where its evidence does not count, and what is wrong."""
    fields = table.columns.fields
    canonical = {name: to_canonical(name, fields[name], table.schema[name], table.as_of) for name in table.present}
    facts = {f"{INTERNAL}{name}": fact.value for name, fact in canonical.items()}
    counts = {f"{INTERNAL}counts__{id}": _counts(table, id) for id in table.validity}
    error = nw.lit(None, dtype=nw.String)
    for name, fact in reversed(canonical.items()):  # the first of several is reported
        if fact.has_value is not None:
            message = nw.lit(invalid_value_text(name, fields[name]))
            error = nw.when(nw.col(f"{INTERNAL}{name}").is_null() & fact.has_value).then(message).otherwise(error)
    kept = {
        f"{INTERNAL}{name}": nw.when(nw.col(f"{INTERNAL}counts__{ref.source}")).then(nw.col(f"{INTERNAL}{name}"))
        for name, ref in table.present.items()
        if ref.source in table.validity
    }
    frame = table.frame.with_columns(**facts, **counts) if facts or counts else table.frame
    return frame.with_columns(**kept, **{ERROR: error})


def _counts(table: Table, kind: str) -> nw.Expr:
    """Whether the evidence of a kind counts, by its dates."""
    today = nw.lit(table.as_of) if table.as_of else nw.col(AS_OF)
    valid_for = table.resolved.kinds[kind].valid_for
    fits = nw.lit(value=True)
    for name in table.validity[kind]:
        day = nw.col(name)
        if name.endswith("valid_until"):
            fits = fits & (day.is_null() | (day >= today))
            continue
        fits = fits & ~day.is_null() & (day <= today) & is_plausible(day)
        if valid_for is not None:
            fits = fits & ~_expired(day, valid_for.count, table.as_of).fill_null(value=False)
    return fits.fill_null(value=False)


def is_plausible(day: nw.Expr) -> nw.Expr:
    """Whether evidence can be dated on a day, as :func:`~barriermodel.domain.bounds.is_plausible` says it."""
    found = day.is_between(FIRST_DATE, LAST_DATE)
    for never in PLACEHOLDER_DATES:
        found = found & (day != never)
    return found


def _expired(day: nw.Expr, months: int, as_of: date | None) -> nw.Expr:
    """Whether a date some months later is before the date of the row."""
    if as_of is None:
        return add_months(year_month_day(day), months).ordinal < year_month_day(nw.col(AS_OF)).ordinal
    found = compare_with_constant(day, months, "lt", as_of)
    return nw.lit(value=False) if found is None else found


def is_dated(table: Table, kind: str) -> bool:
    """Whether the table says when evidence of a kind was issued."""
    return f"{kind}__issued_on" in table.validity.get(kind, ())


def states_a_fact(table: Table, kind: EvidenceKind) -> nw.Expr:
    """Where a row has evidence of a kind: it states one of its facts, whether a rule reads that or not."""
    stated = [nw.lit(value=False)]
    for name, field in fact_fields(kind.cls).items():
        column = f"{kind.id}__{name}"
        found = table.schema.get(column, nw.Unknown)
        if found == nw.Unknown or field.many or type_problem(column, field.type, found):
            continue
        if field.plausible is not None:  # a date that the fact cannot have is stated all the same
            stated.append(~nw.col(column).is_null())
        else:
            stated.append(~to_canonical(column, field, found, table.as_of).value.is_null())
    return reduce(operator.or_, stated)
