"""Derived facts and opaque rules in tables: plain Python that is called for each row, on engines of this process.

What it is given is made of the columns as rules read them, so that it sees what it would see of a dossier.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeAlias

import attrs
import narwhals as nw

from ..domain.provider import Provider
from ..domain.unknown import UNKNOWN
from ..domain.values import Money
from ..engine.evaluate import Engine
from ..errors import InputError
from ..rules.compiler import ParameterValues
from ..rules.derived import Derived, DerivedResult
from ..rules.expression import split_rule_id
from ..rules.plugin_code import PLUGIN_CODE
from ..rules.signature import ENTITIES, InputKind, RuleInput
from .columns import AS_OF, OWN
from .door import dtype_of
from .expressions import literal
from .plain import of_row
from .table import Table

FAILED = f"{OWN}failed__"
"""Columns of what functions raised begin so."""
Cells: TypeAlias = Mapping[str, list[Any]]


def with_computed(engine: Engine, table: Table, frame: Any) -> tuple[Table, Any]:
    """The frame with the derived facts that its rows suffice for, and what they raised; and a table that has them."""
    if not table.by_row:
        return table, frame
    read = [f"{OWN}{name}" for name in table.inputs]
    read += [f"{OWN}counts__{kind}" for kind in table.usable() if any(kind in _kinds(d) for d in table.by_row.values())]
    read += [AS_OF] if table.as_of is None else []
    columns = {f"{OWN}{name}": derived.field.type for name, derived in table.by_row.items()}
    columns |= {f"{FAILED}{name}": str for name in table.by_row}

    def call(cells: Cells, count: int) -> Cells:
        return _called(engine, table, cells, count)

    on = _on_polars if frame.implementation is nw.Implementation.POLARS else _on_arrow
    found = nw.from_native(on(frame.to_native(), read, columns, call))
    there = {name: dtype_of(derived.field.type) for name, derived in table.by_row.items()}
    return attrs.evolve(table, schema={**table.schema, **there}), found


def _kinds(derived: Derived) -> set[str]:
    return {kind.id for kind in derived.signature.kinds}


# On each engine ---------------------------------------------------------------------------------------


def _on_polars(native: Any, read: list[str], columns: Mapping[str, type], call: Callable[[Cells, int], Cells]) -> Any:
    import polars as pl

    types = {bool: pl.Boolean, int: pl.Int64, float: pl.Float64, Money: pl.Float64, date: pl.Date}
    schema = {name: types.get(kind, pl.String) for name, kind in columns.items()}

    def batch(rows: pl.Series) -> pl.Series:
        found = call(rows.struct.unnest().to_dict(as_series=False), len(rows))
        return pl.DataFrame(found, schema=schema).to_struct(rows.name)

    # an expression, so that what is lazy stays lazy
    found = pl.struct(read).map_batches(batch, return_dtype=pl.Struct(schema), is_elementwise=True)
    return native.with_columns(found.alias(f"{OWN}by_row")).unnest(f"{OWN}by_row")


def _on_arrow(native: Any, read: list[str], columns: Mapping[str, type], call: Callable[[Cells, int], Cells]) -> Any:
    import pyarrow as pa

    types = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), Money: pa.float64(), date: pa.date32()}
    found = call(native.select(read).to_pydict(), len(native))
    for name, kind in columns.items():
        native = native.append_column(name, pa.array(found[name], types.get(kind, pa.string())))
    return native


# In Python --------------------------------------------------------------------------------------------


def _called(engine: Engine, table: Table, cells: Cells, count: int) -> Cells:
    """What each derived fact is in each row, and what it raised there."""
    days = [table.as_of] * count if table.as_of else cells[AS_OF]
    found: dict[str, list[Any]] = {}
    seen: dict[Any, list[Any]] = {}
    on = _on_days(engine)
    for name, derived in table.by_row.items():
        for i in derived.signature.inputs:
            seen.setdefault((i.role, i.kind), days if i.role is InputKind.AS_OF else _holders(i, table, cells, count))
        inputs = {i.name: seen[i.role, i.kind] for i in derived.signature.inputs}
        with PLUGIN_CODE:  # once for all rows
            outcomes = [
                _outcome(derived, {name: column[n] for name, column in inputs.items()}, on(days[n]))
                for n in range(count)
            ]
        hidden = f"derived.{derived.id}" in engine.plan.confidential
        found[f"{OWN}{name}"] = [None if one.value is UNKNOWN else literal(one.value) for one in outcomes]
        found[f"{FAILED}{name}"] = [_failure(derived, one.error, hidden) for one in outcomes]
    return found


def _outcome(derived: Derived, given: Mapping[str, Any], values: ParameterValues | None) -> DerivedResult:
    if values is None:  # a row that is not assessed
        return DerivedResult(UNKNOWN)
    barrier, _ = split_rule_id(derived.id)
    return derived.derive(given, {name: values[barrier, name] for name in derived.signature.parameters})


def _failure(derived: Derived, error: str | None, hidden: bool) -> str | None:
    """What a function raised; what a confidential value was may stand in its words."""
    if error is None:
        return None
    return f"{derived.id} fails: {error.partition(':')[0] if hidden else error}"


def _on_days(engine: Engine) -> Callable[[date | None], ParameterValues | None]:
    """The values of the parameters on a day; None where there is no day, or they have none."""

    @cache
    def values(day: date | None) -> ParameterValues | None:
        try:
            return engine.bind_parameters(day)[0] if day else None
        except InputError:
            return None

    return values


def _holders(i: RuleInput, table: Table, cells: Cells, count: int) -> list[Any]:
    """What a function sees of a kind, of the provider or of the award in each row; None without evidence."""
    source = i.kind.id if i.kind else i.role.value
    holder = i.kind.cls if i.kind else ENTITIES[source]
    refs = [(ref, cells[f"{OWN}{name}"]) for name, ref in table.inputs.items() if ref.source == source]
    # with a date it is evidence although it may state nothing
    dated = cells[f"{OWN}counts__{source}"] if f"{source}__issued_on" in table.schema and i.kind else None
    found: list[Any] = []
    for n in range(count):
        facts = {ref.name: _fact(ref.type, column[n]) for ref, column in refs if column[n] is not None}
        one = holder(**facts)
        if i.role is InputKind.EVIDENCE and not (dated[n] if dated else facts):
            one = None
        found.append(of_row(one) if isinstance(one, Provider) else one)
    return found


def _fact(kind: type, cell: Any) -> Any:
    if kind is Money:
        return Money(cents=int(cell))
    return kind(cell) if issubclass(kind, enum.Enum) else cell
