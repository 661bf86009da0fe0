"""Derived facts and opaque rules in tables: plain Python, called for each row, on engines that run in this process.

A function is given objects that are made from the canonical columns, so it sees what it would see of a dossier.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeAlias

import attrs
import narwhals.stable.v2 as nw

from ..domain.provider import Provider
from ..domain.unknown import UNKNOWN
from ..domain.values import Money
from ..engine.evaluate import Engine
from ..errors import InputError
from ..rules.compiler import ParameterValues
from ..rules.derived import Derived, DerivedResult
from ..rules.expression import split_rule_id
from ..rules.plugin_code import PLUGIN_CODE
from ..rules.signature import InputKind, RuleInput
from .columns import AS_OF, INTERNAL, inputs_of, without_identifiers
from .ingest import dtype_of, literal
from .table import Table

FAILED = f"{INTERNAL}failed__"
"""Prefix of the columns with the errors that functions raised."""
READ = f"{INTERNAL}read__"
"""Prefix of the columns with what functions read; see :func:`was_read`."""
Cells: TypeAlias = Mapping[str, list[Any]]


def with_computed(engine: Engine, table: Table, frame: Any) -> tuple[Table, Any]:
    """The frame with the derived facts that its rows suffice for, and their errors; and a table with these facts."""
    inputs = dict.fromkeys(name for derived in table.computed.values() for name in inputs_of(derived))
    read = [f"{INTERNAL}{name}" for name in inputs if name in table.schema]
    kinds = {kind.id for derived in table.computed.values() for kind in derived.signature.kinds}
    read += [f"{INTERNAL}counts__{kind}" for kind in table.validity if kind in kinds]
    read += [AS_OF] if table.as_of is None else []
    types = {name: dtype_of(derived.field.type) for name, derived in table.computed.items()}
    made = {f"{INTERNAL}{name}": dtype for name, dtype in types.items()}
    made |= {f"{prefix}{name}": nw.String for prefix in (FAILED, READ) for name in types}

    def call(cells: Cells, count: int) -> Cells:
        return _called(engine, table, cells, count)

    on = _on_polars if frame.implementation is nw.Implementation.POLARS else _on_arrow
    return attrs.evolve(table, schema={**table.schema, **types}), on(frame, read, nw.Schema(made), call)


def _on_polars(frame: Any, read: list[str], made: nw.Schema, call: Callable[[Cells, int], Cells]) -> Any:
    import polars as pl

    schema = made.to_polars()

    def batch(rows: pl.Series) -> pl.Series:
        found = call(rows.struct.unnest().to_dict(as_series=False), len(rows))
        return pl.DataFrame(found, schema=schema).to_struct(rows.name)

    # an expression, so that what is lazy stays lazy
    found = pl.struct(read).map_batches(batch, return_dtype=pl.Struct(schema), is_elementwise=True)
    by_row = f"{INTERNAL}by_row"
    return nw.from_native(frame.to_native().with_columns(found.alias(by_row)).unnest(by_row))


def _on_arrow(frame: Any, read: list[str], made: nw.Schema, call: Callable[[Cells, int], Cells]) -> Any:
    found = call(frame.select(*read).to_dict(as_series=False), len(frame))
    columns = [nw.new_series(name, found[name], dtype, backend="pyarrow") for name, dtype in made.items()]
    return frame.with_columns(*columns)


# In Python --------------------------------------------------------------------------------------------


def _called(engine: Engine, table: Table, cells: Cells, count: int) -> Cells:
    """The value of each derived fact in each row, and the error that it raised there."""
    days = [table.as_of] * count if table.as_of else cells[AS_OF]
    found: dict[str, list[Any]] = {}
    seen: dict[Any, list[Any]] = {}
    on = _on_days(engine)
    for name, derived in table.computed.items():
        for i in derived.signature.inputs:
            seen.setdefault((i.role, i.kind), days if i.role is InputKind.AS_OF else _holders(i, table, cells, count))
        inputs = {i.name: seen[i.role, i.kind] for i in derived.signature.inputs}
        with PLUGIN_CODE:  # once for all rows
            outcomes = [
                _outcome(derived, {name: column[n] for name, column in inputs.items()}, on(days[n]))
                for n in range(count)
            ]
        hidden = f"derived.{derived.id}" in table.resolved.confidential
        found[f"{INTERNAL}{name}"] = [None if one.value is UNKNOWN else literal(one.value) for one in outcomes]
        found[f"{FAILED}{name}"] = [_failure(derived, one.error, hidden) for one in outcomes]
        found[f"{READ}{name}"] = [",".join(("", *one.unknown_reads, *one.evidence_read, "")) for one in outcomes]
    return found


def was_read(column: str, id: str) -> nw.Expr:
    """Where the function of a derived fact read an unknown fact, or evidence of a kind, with this id."""
    return nw.col(f"{READ}{column}").str.contains(f",{id},", literal=True)


def _outcome(derived: Derived, given: Mapping[str, Any], values: ParameterValues | None) -> DerivedResult:
    if values is None:  # a row that is not assessed
        return DerivedResult(UNKNOWN)
    barrier, _ = split_rule_id(derived.id)
    return derived.derive(given, {name: values[barrier, name] for name in derived.signature.parameters})


def _failure(derived: Derived, error: str | None, hidden: bool) -> str | None:
    """The error of a function; only its type where its message could contain a confidential value."""
    if error is None:
        return None
    return f"{derived.id} fails: {error.partition(':')[0] if hidden else error}"


def _on_days(engine: Engine) -> Callable[[date | None], ParameterValues | None]:
    """The values of the parameters on a day; None if there is no day, or no value on that day."""

    @cache
    def values(day: date | None) -> ParameterValues | None:
        try:
            return engine.bind_parameters(day)[0] if day else None
        except InputError:
            return None

    return values


def _holders(i: RuleInput, table: Table, cells: Cells, count: int) -> list[Any]:
    """The evidence, provider or award that a function is given for each row; None if there is no evidence."""
    source, holder = i.source, i.cls
    assert holder is not None  # a derived fact receives evidence, the provider, the award or the date
    refs = [(ref, cells[f"{INTERNAL}{name}"]) for name, ref in table.present.items() if ref.source == source]
    # with a date there is evidence, even if it states nothing
    dated = cells[f"{INTERNAL}counts__{source}"] if f"{source}__issued_on" in table.schema and i.kind else None
    found: list[Any] = []
    for n in range(count):
        facts = {ref.name: fact_from_canonical(ref.type, column[n]) for ref, column in refs if column[n] is not None}
        one = holder(**facts)
        if i.role is InputKind.EVIDENCE and not (dated[n] if dated else facts):
            one = None
        found.append(without_identifiers(one) if isinstance(one, Provider) else one)
    return found


def fact_from_canonical(kind: type, cell: Any) -> Any:
    """The value of a fact in its canonical column, which is not null there."""
    if kind is Money:
        return Money(cents=int(cell))
    return kind(cell) if issubclass(kind, enum.Enum) else cell
