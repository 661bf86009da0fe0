"""Rows that are alike for a question are counted together, by the table's own engine, in one pass.

Each condition is a digit: 0 false, 1 true, 2 unknown. Digits are packed into whole numbers, and rows with the same
numbers are counted. What comes back is small, however many rows there are.
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
    warn_missing,
    with_canonical_facts,
    with_computed,
)

from .kleene_arrays import Array, Known

DIGITS = 39
"""At most so many digits of three values fit in a whole number of 64 bits."""
ROWS = f"{INTERNAL}rows"

Prepare = Callable[[Table], tuple[Any, Mapping[str, nw.Expr]]]
"""From a table to a frame, and the columns to count by, none of which is ever null."""


@attrs.frozen(eq=False)
class Counted:
    """Rows counted by what they have in common.

    Args:
        table: what was read; of a table in parts, one of its parts without rows.
        columns: the columns that were counted by.
        rows: how many rows have these values.

    """

    table: Table
    columns: Mapping[str, Array]
    rows: Array

    @property
    def size(self) -> int:
        """How many different rows there are."""
        return len(self.rows)

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns of facts that are not there and that nothing makes: unknown in every row."""
        return tuple(name for name in self.table.missing if name not in self.table.computed)

    def condition(self, place: int) -> Known:
        """A condition that was packed, by its place."""
        name, digit = _key(place)
        value = self.columns[name] // 3**digit % 3
        return value == 1, value != 0


def packed(conditions: Sequence[nw.Expr]) -> dict[str, nw.Expr]:
    """Conditions as whole numbers to count by."""
    digits: dict[str, list[nw.Expr]] = {}
    for place, condition in enumerate(conditions):
        name, digit = _key(place)
        digits.setdefault(name, []).append(condition.cast(nw.Int64).fill_null(2) * 3**digit)
    return {name: reduce(lambda a, b: a + b, parts) for name, parts in digits.items()}


def _key(place: int) -> tuple[str, int]:
    return f"{INTERNAL}key__{place // DIGITS}", place % DIGITS


def ready(engine: Engine, table: Table) -> tuple[Any, RuleColumns]:
    """The frame with its facts as rules read them, and the rules on it."""
    table, frame = with_computed(engine, table, with_canonical_facts(table))
    return frame, RuleColumns(engine, table)


def tell(table: Table) -> None:
    """Say once which columns are not there; to be called by what the user's call calls."""
    warn_missing(table, 5)


def peek(engine: Engine, native: Any, as_of: date | None, also: Collection[str] = ()) -> Table:
    """What columns a user's table has, of which types; of a table in parts, from one without rows.

    Raises:
        InputError: the table does not fit the profile, or there is no date.

    """
    check_day(engine, as_of)
    if not nw.dependencies.is_dask_dataframe(native):
        return open_native(engine, native, as_of, also)
    table = open_native(engine, native._meta, as_of, also)
    own = nw.from_native(native._meta).collect_schema()
    # without rows, a column says nothing as Arrow holds it
    table.schema = {name: own[name] if own[name].is_numeric() else dtype for name, dtype in table.schema.items()}
    return table


def count(engine: Engine, native: Any, as_of: date | None, prepare: Prepare, also: Collection[str] = ()) -> Counted:
    """Count the rows of a user's table.

    Args:
        also: columns to read beside those of facts.

    Raises:
        InputError: the table does not fit the profile, or there is no date.

    """
    check_day(engine, as_of)
    if nw.dependencies.is_dask_dataframe(native):
        table, found = _count_parts(engine, native, as_of, prepare, also)
    else:
        table = open_native(engine, native, as_of, also)
        found = _counted(table, prepare)
    columns = {name: found[name].to_numpy() for name in found.columns}
    return Counted(table, columns, columns.pop(ROWS).astype(np.int64))


def _counted(table: Table, prepare: Prepare) -> Any:
    lazy = isinstance(table.frame, nw.LazyFrame)
    if table.frame.implementation is nw.Implementation.POLARS and not lazy:
        table.frame = table.frame.lazy()  # so that what is computed twice is computed once
    frame, keys = prepare(table)
    # first added, then selected: a column that is the same in all rows has as many rows as the others then
    frame = frame.with_columns(**keys).select(*keys)
    found = frame.group_by(*keys).agg(nw.len().alias(ROWS))
    if not isinstance(found, nw.LazyFrame):
        return found
    # a file of any size is read in pieces; a frame in memory is quicker as a whole
    streamed = lazy and found.implementation is nw.Implementation.POLARS
    return found.collect("polars", engine="streaming") if streamed else found.collect()


def _count_parts(
    engine: Engine, native: Any, as_of: date | None, prepare: Prepare, also: Collection[str]
) -> tuple[Table, Any]:
    """A table of Dask: each partition is counted as a pandas frame; rows may be alike in several of them."""

    def one(part: Any) -> Any:
        return _counted(open_native(engine, part, as_of, also), prepare).to_pandas()

    table = open_native(engine, native._meta, as_of, also)
    return table, nw.from_native(native.map_partitions(one, meta=one(native._meta)).compute())
