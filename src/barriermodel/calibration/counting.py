"""Counts rows that are alike, by the table's own dataframe engine, in one pass.

Two rows are alike if all conditions that matter have the same truth value. Each condition is a digit of a number in
base three: 0 false, 1 true, 2 unknown. Digits are packed into 64-bit whole numbers, and rows are grouped by these.
The conditions (true, unknown, false) become 1·3⁰ + 2·3¹ + 0·3² = 7.

What comes back is small, however many rows there are: there are far fewer different combinations than rows. Grouping by
a few numbers is also much faster than by dozens of columns, and every engine can do it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

import attrs
import narwhals.stable.v2 as nw
import numpy as np

from barriermodel.analysis.columns import INTERNAL
from barriermodel.analysis.results import Engine
from barriermodel.analysis.tables import (
    RuleColumns,
    Table,
    check_day,
    open_native,
    with_canonical_facts,
    with_computed,
)

from .kleene_arrays import Array, TriState

DIGITS_PER_KEY = 39
"""The number of digits in one key: 3³⁹ is the largest power of three below 2⁶³."""
ROWS = f"{INTERNAL}rows"

Prepare = Callable[[Table], tuple[Any, Mapping[str, nw.Expr]]]
"""From a table to a frame, and the columns to count by. None of these may be null: engines group nulls differently."""


@attrs.frozen(eq=False)
class RowCounts:
    """The different rows of a table, with how often each occurs.

    Args:
        table: the table as it was read; for a table in partitions, a partition without rows.
        columns: the columns that rows were counted by.
        rows: the number of rows with these values.

    """

    table: Table
    columns: Mapping[str, Array]
    rows: Array

    @property
    def size(self) -> int:
        """The number of different rows."""
        return len(self.rows)

    @property
    def missing(self) -> tuple[str, ...]:
        """Missing columns of facts that are not computed either: treated as unknown."""
        return tuple(name for name in self.table.missing if name not in self.table.computed)

    def unpack(self, place: int) -> TriState:
        """A condition that was packed, by its place: where it is certainly true, and where it is possibly true."""
        name, digit = _key(place)
        value = self.columns[name] // 3**digit % 3
        return value == 1, value != 0


def pack(conditions: Sequence[nw.Expr]) -> dict[str, nw.Expr]:
    """Conditions as whole numbers to count by; null is unknown."""
    digits: dict[str, list[nw.Expr]] = {}
    for place, condition in enumerate(conditions):
        name, digit = _key(place)
        digits.setdefault(name, []).append(condition.cast(nw.Int64).fill_null(2) * 3**digit)
    return {name: reduce(lambda a, b: a + b, parts) for name, parts in digits.items()}


def _key(place: int) -> tuple[str, int]:
    return f"{INTERNAL}key__{place // DIGITS_PER_KEY}", place % DIGITS_PER_KEY


def with_rules(engine: Engine, table: Table) -> tuple[Any, RuleColumns]:
    """The frame with its facts in canonical form, and the rules on it."""
    frame = with_canonical_facts(table)
    if table.computed:
        table, frame = with_computed(engine, table, frame)
    return frame, RuleColumns(engine, table)


def inspect_schema(engine: Engine, native: Any, as_of: date | None, also: Collection[str] = ()) -> Table:
    """The columns of a user's table and their types; for a table in partitions, those of one without rows.

    Raises:
        InputError: the table does not fit the profile, or there is no date.

    """
    check_day(engine, as_of)
    if not nw.dependencies.is_dask_dataframe(native):
        return open_native(engine, native, as_of, also)
    table = open_native(engine, native._meta, as_of, also)
    own = nw.from_native(native._meta).collect_schema()
    # as Arrow holds it, a column without rows has no type
    table.schema = {name: own[name] if own[name].is_numeric() else dtype for name, dtype in table.schema.items()}
    return table


def count_rows(
    engine: Engine, native: Any, as_of: date | None, prepare: Prepare, also: Collection[str] = ()
) -> RowCounts:
    """Count the rows of a user's table.

    Args:
        also: columns to read besides those of facts.

    Raises:
        InputError: the table does not fit the profile, or there is no date.

    """
    check_day(engine, as_of)
    if nw.dependencies.is_dask_dataframe(native):
        table, found = _count_partitions(engine, native, as_of, prepare, also)
    else:
        table = open_native(engine, native, as_of, also)
        found = _group_and_count(table, prepare)
    columns = {name: found[name].to_numpy() for name in found.columns}
    return RowCounts(table, columns, columns.pop(ROWS).astype(np.int64))


def _group_and_count(table: Table, prepare: Prepare) -> Any:
    lazy = isinstance(table.frame, nw.LazyFrame)
    if table.frame.implementation is nw.Implementation.POLARS and not lazy:
        table.frame = table.frame.lazy()  # its optimizer computes a common subexpression once
    frame, keys = prepare(table)
    # added first and selected afterwards: selecting only constants would give one row
    frame = frame.with_columns(**keys).select(*keys)
    found = frame.group_by(*keys).agg(nw.len().alias(ROWS))
    if not isinstance(found, nw.LazyFrame):
        return found
    # a file may be larger than memory, so it is read in pieces; a frame in memory is faster as a whole
    streamed = lazy and found.implementation is nw.Implementation.POLARS
    return found.collect("polars", engine="streaming") if streamed else found.collect()


def _count_partitions(
    engine: Engine, native: Any, as_of: date | None, prepare: Prepare, also: Collection[str]
) -> tuple[Table, Any]:
    """Count each partition of a Dask table as a pandas frame; a row in several partitions has several counts."""

    def one(part: Any) -> Any:
        return _group_and_count(open_native(engine, part, as_of, also), prepare).to_pandas()

    table = open_native(engine, native._meta, as_of, also)
    return table, nw.from_native(native.map_partitions(one, meta=one(native._meta)).compute())
