"""Groups of rows in a backtest: by which columns, where numbers are cut, and which groups are too small to show.

A group of a few rows could tell something about a single provider, so small groups are shown together as "other".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import narwhals.stable.v2 as nw
import numpy as np

from barriermodel import InputError
from barriermodel.analysis.columns import INTERNAL, profile_columns
from barriermodel.analysis.results import Engine
from barriermodel.analysis.tables import Table
from barriermodel.analysis.text import suggest
from barriermodel.plugin import Problem

from ..counting import RowCounts, count_rows
from ..kleene_arrays import Array, TriState
from .intervals import disjoint, proportion
from .result import Group, GroupRate

MIN_GROUP_SIZE = 5
"""Smaller groups are not shown by themselves."""
MAX_GROUPS = 50
"""A column with more groups is refused, since nobody could read the result."""
LEGAL_FORM = "provider__legal_form"
SIZES = ("people_working", "staff", "turnover")
"""Facts about the size of a provider; the first one in the table is used."""
_UNKNOWN = 9
CONFIDENTIAL = "its values are confidential, and the outcome would show them; name another column"


@attrs.frozen
class Grouping:
    """A column to group by.

    Args:
        bounds: where numbers are cut; None for text.

    """

    column: str
    bounds: tuple[float, ...] | None = None


def default_columns(table: Table) -> list[str]:
    """The columns to group by if none are named: legal form and size, if the table has them."""
    hidden = profile_columns(table.resolved).confidential(table.schema)
    form = [LEGAL_FORM] if LEGAL_FORM in table.schema else []
    facts = [(name, ref.name) for name, ref in table.present.items() if name not in hidden]
    sizes = [column for wanted in SIZES for column, name in facts if name == wanted and _is_number(table, column)]
    return [*form, *sizes[:1]]


def _is_number(table: Table, column: str) -> bool:
    return bool(table.schema[column].is_numeric())


def check_columns(table: Table, columns: Sequence[str], label: str | None) -> None:
    """Raise ``InputError`` with all columns that are missing, confidential or of the wrong type."""
    problems = list(_problems(table, columns, label))
    if problems:
        raise InputError("table", problems)


def _problems(table: Table, columns: Sequence[str], label: str | None) -> Iterator[Problem]:
    for name in [*columns, *([label] if label is not None else [])]:
        if name not in table.schema:
            yield Problem(name, f"the table has no such column{suggest(name, table.schema)}")
    named = [*columns, *([label] if label is not None else [])]
    for name in sorted(profile_columns(table.resolved).confidential(named) & set(table.schema)):
        yield Problem(name, CONFIDENTIAL)
    if label is not None and table.schema.get(label, nw.Unknown) not in (nw.Boolean, nw.Unknown):
        yield Problem(label, f"expected true, false or null; found a column of {table.schema[label]}")


def quartiles(engine: Engine, native: Any, as_of: date | None, column: str) -> Grouping:
    """A column of numbers, cut at the quartiles of its known values."""

    def prepare(table: Table) -> tuple[Any, Mapping[str, nw.Expr]]:
        value = nw.col(column).cast(nw.Float64)
        return table.frame.filter(value.is_finite()), {f"{INTERNAL}value": value}

    counted = count_rows(engine, native, as_of, prepare, [column])
    values = counted.columns[f"{INTERNAL}value"].astype(float)
    order = np.argsort(values)
    values, passed = values[order], np.cumsum(counted.rows[order])
    if not len(values):
        return Grouping(column, ())
    places = [int(np.searchsorted(passed, passed[-1] * quarter / 4)) for quarter in (1, 2, 3)]
    bounds = sorted({float(values[place]) for place in places} - {float(values[-1])})
    return Grouping(column, tuple(bounds))


def group_key(by: Grouping, schema: Mapping[str, Any]) -> nw.Expr:
    """An expression for the group of a row, never null: the text itself, or the number of the quartile."""
    column, dtype = nw.col(by.column), schema[by.column]
    if by.bounds is not None:
        value = column.cast(nw.Float64)
        place = nw.lit(0, dtype=nw.Int64)
        for bound in by.bounds:
            place = place + (value > bound).cast(nw.Int64)
        return nw.when(value.is_finite()).then(place).otherwise(nw.lit(_UNKNOWN, dtype=nw.Int64))
    if dtype == nw.Unknown:
        return nw.lit("")
    if dtype == nw.Boolean:
        return (
            nw.when(column).then(nw.lit("true")).otherwise(nw.when(~column).then(nw.lit("false")).otherwise(nw.lit("")))
        )
    return column.cast(nw.String).fill_null("")


def groups_of(by: Grouping, counted: RowCounts, key: str, rules: Mapping[str, TriState]) -> tuple[Group, ...]:
    """The groups of a column, with how often each rule hits in them; small groups together.

    Raises:
        InputError: there are too many groups.

    """
    keys = counted.columns[key]
    if by.bounds is None:
        keys = np.array([str(value).strip() for value in keys], dtype=object)
    names, inverse = np.unique(keys, return_inverse=True)
    sizes = np.bincount(inverse, weights=counted.rows, minlength=len(names)).astype(np.int64)
    shown = _large_enough(sizes)
    if len(shown) > MAX_GROUPS:
        message = f"it has {len(shown)} different values; group by a column with at most {MAX_GROUPS}, or by a number"
        raise InputError.one("table", message, by.column)
    others = ~np.isin(inverse, shown)
    found = [_group(by, names[place], inverse == place, counted, rules) for place in shown]
    if others.any():
        found.append(Group(column=by.column, kind="other", rows=int(counted.rows[others].sum()),
                           rates=_rates(others, counted, rules)))  # fmt: skip
    return tuple(found)


def _large_enough(sizes: Array) -> list[int]:
    """The places of the groups that are shown by themselves, in order.

    Sizes 40, 12, 3 give the first only: 3 is too small, and as the only other group it could be recognised. So the
    smallest of the large groups joins it, until the others together are large enough.
    """
    shown = [place for place in np.argsort(-sizes, kind="stable") if sizes[place] >= MIN_GROUP_SIZE]
    rest = int(sizes.sum() - sizes[shown].sum())
    while shown and 0 < rest < MIN_GROUP_SIZE:
        rest += int(sizes[shown.pop()])
    return sorted(int(place) for place in shown)


def _group(by: Grouping, name: Any, inside: Array, counted: RowCounts, rules: Mapping[str, TriState]) -> Group:
    rows, rates = int(counted.rows[inside].sum()), _rates(inside, counted, rules)
    if by.bounds is None:
        sort, value = ("value", str(name)) if name else ("unknown", None)
        return Group(column=by.column, kind=sort, value=value, rows=rows, rates=rates)
    if name == _UNKNOWN:
        return Group(column=by.column, kind="unknown", rows=rows, rates=rates)
    ends = (None, *by.bounds, None)
    above, up_to = ends[int(name)], ends[int(name) + 1]
    return Group(column=by.column, kind="number", above=above, up_to=up_to, rows=rows, rates=rates)


def _rates(inside: Array, counted: RowCounts, rules: Mapping[str, TriState]) -> tuple[GroupRate, ...]:
    rows = counted.rows
    own, all_rows = int(rows[inside].sum()), int(rows.sum())
    found: list[GroupRate] = []
    for id, (certain, possible) in rules.items():
        hits, everywhere = int(rows[inside & certain].sum()), int(rows[certain].sum())
        here, rest = proportion(hits, own), proportion(everywhere - hits, all_rows - own)
        unsure = int(rows[inside & possible & ~certain].sum())
        found.append(GroupRate(rule=id, share=here, open=unsure, rest=rest, disjoint=disjoint(here, rest)))
    return tuple(found)
