"""pandas, whose own columns lose or confuse nulls: the columns that are read become Arrow columns first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from ..errors import InputError, Problem
from ..profiles.resolved import ResolvedProfile
from ..reading.parsing import one_line
from .columns import AS_OF, UNREAD, inputs_of, profile_columns


def with_arrow_columns(native: Any, added: Any) -> Any:
    """A pandas frame with columns of Arrow."""
    import pandas as pd

    # by position: an index may have the same label twice
    result = pd.concat([native.reset_index(drop=True), added.to_pandas(types_mapper=_types().get)], axis=1)
    result.index = native.index
    result.attrs = dict(native.attrs)
    return result


def arrow_from_pandas(resolved: ResolvedProfile, native: Any, as_of: date | None, also: Collection[str] = ()) -> Any:
    """The columns of a pandas frame that hold facts or dates, and some others, as a table of Arrow."""
    if native.columns.nlevels > 1 or not native.columns.is_unique:
        raise InputError.one("table", "its columns need names of one level, and no name twice")
    columns = profile_columns(resolved)
    wanted: dict[str, type] = {name: ref.type for name, ref in columns.read.items()}
    for derived in columns.computable_with({str(name) for name in native.columns}).values():
        wanted |= {name: ref.type for name, ref in inputs_of(derived).items()}
    wanted |= {
        "award__procedure": str,
        UNREAD: str,
        **{name: date for names in columns.validity.values() for name in names},
    }
    wanted |= {} if as_of else {AS_OF: date}
    # for columns that look like facts and that no rule reads, only the names count
    named = [name for name in native.columns if columns.has_prefix(str(name)) or name in wanted or name in also]
    return _arrow(native[named], wanted, also)


def _arrow(native: Any, wanted: Mapping[str, type], also: Collection[str]) -> Any:
    """The columns as Arrow holds them: NaN in a column of objects or numbers is null."""
    import pyarrow as pa

    columns: dict[str, Any] = {}
    problems: list[Problem] = []
    for name in native.columns:
        if name not in wanted and name not in also:
            columns[str(name)] = pa.nulls(len(native))
            continue
        try:
            columns[str(name)] = _column(native[name], wanted.get(name))
        except InputError as error:
            problems += [Problem(str(name), problem.message) for problem in error.problems]
        except (pa.ArrowException, OverflowError, UnicodeError, TypeError, ValueError) as error:
            problems.append(Problem(str(name), f"its values cannot be read as a column of one type: {one_line(error)}"))
    if problems:
        raise InputError("table", problems)
    # without any column Arrow would not know how many rows there are
    return pa.table(columns or {"no facts": pa.nulls(len(native))})


def _column(values: Any, kind: type | None) -> Any:
    """A column of Arrow. In pandas, dates may be timestamps at midnight, and whole numbers with nulls are floats."""
    import pyarrow as pa

    if kind is date and values.dtype == object and any(isinstance(v, datetime) and v.time() != time() for v in values):
        raise InputError.one("", "expected a date without a time of day")
    column = pa.Array.from_pandas(values)
    # in pandas the type of a column of only nulls says nothing, nor does that of most columns without rows
    if column.null_count == len(column) and (len(column) or values.dtype in (object, float)):
        return pa.nulls(len(column))
    if kind is date and pa.types.is_timestamp(column.type):
        return _days(column)
    if kind is int and pa.types.is_floating(column.type):
        return _whole(column)
    return column


def _days(column: Any) -> Any:
    import pyarrow as pa

    days = column.cast(pa.date32()) if column.type.tz is None else None
    if days is None or not days.cast(column.type).equals(column):
        raise InputError.one("", f"expected a date without a time of day or time zone; found a column of {column.type}")
    return days


def _whole(column: Any) -> Any:
    """Floats as whole numbers; infinities are unknown."""
    import pyarrow as pa
    from pyarrow import compute

    arrow: Any = compute  # its functions are made when it is imported
    return arrow.if_else(arrow.is_finite(column), column, pa.scalar(None, column.type)).cast(pa.int64())


def _types() -> dict[Any, Any]:
    """The types in pandas of what is added: booleans and text that can be null."""
    import pandas as pd
    import pyarrow as pa

    return {pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype(), pa.large_string(): pd.StringDtype()}
