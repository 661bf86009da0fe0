"""The cells of a workbook: a number is a number and a date a date, however its column looks; text is read as in CSV.

One column may hold both: the number 1480000.5, and the text 1.480.000,00 that somebody pasted. The signs that a map
states are for the text alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, TypeAlias

import attrs
import polars as pl

from barriermodel.analysis.text import fold

from ..column_reading import ColumnReading, describe_problem
from ..convert import dtype_of, read_column, type_problem
from .marks import Percentage, Unreadable

Cell: TypeAlias = Any
"""Text, a number, a date, true or false, or an :class:`Unreadable`; empty text if there is nothing."""
_DTYPES: Mapping[type, pl.DataType] = {
    str: pl.String(), float: pl.Float64(), Percentage: pl.Float64(), bool: pl.Boolean(), date: pl.Date(),
    datetime: pl.Datetime(),
}  # fmt: skip
_LARGEST_WITHOUT_EXPONENT = 10**15


def text_of(cell: Cell) -> str:
    """What a cell says, as text: ``1250``, ``0.125``, ``2026-01-31``, ``true``."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_WITHOUT_EXPONENT:
        return str(int(cell))
    return repr(float(cell)) if isinstance(cell, float) else str(cell)


def read_cells(cells: Sequence[Cell], reading: ColumnReading) -> tuple[pl.Series, dict[int, str]]:
    """The values of a fact (null where unknown), and by place what is wrong with a cell that holds something else."""
    found: list[Any] = [None] * len(cells)
    problems: dict[int, str] = {}
    for kind, group in _by_kind(cells, reading).items():
        if kind is Unreadable:
            problems |= {place: cell.problem for place, cell in group.items()}
            continue
        describe = lru_cache(None, typed=True)(partial(_describe, reading))
        values, bad = _read(pl.Series([*group.values()], dtype=_DTYPES[kind]), kind, reading)
        for place, value, wrong in zip(group, values, bad, strict=True):
            if wrong:
                problems[place] = describe(cells[place])
            else:
                found[place] = value
    return pl.Series(found, dtype=dtype_of(reading.fact_type)), problems


def _by_kind(cells: Sequence[Cell], reading: ColumnReading) -> dict[type, dict[int, Cell]]:
    """The cells by what they hold. A word that the map gives a meaning has that meaning as a number too."""
    words = {*reading.blank_words, *(word.strip().lower() for word in reading.absent_words)}
    codes = {fold(code) for code in reading.codes}
    groups: dict[type, dict[int, Cell]] = {}
    for place, cell in enumerate(cells):
        kind = type(cell) if type(cell) in _DTYPES or isinstance(cell, Unreadable) else str
        if kind not in (str, Unreadable) and (words or codes):
            text = text_of(cell)
            kind = str if text.lower() in words or fold(text) in codes else kind
        groups.setdefault(kind, {})[place] = text_of(cell) if kind is str else cell
    return groups


def _read(column: pl.Series, kind: type, reading: ColumnReading) -> tuple[pl.Series, pl.Series]:
    """The values of cells of one kind, and which of them are no value of the fact."""
    if kind is str:
        return read_column(column, reading)
    if kind is Percentage and reading.factor == 0.01:
        reading = attrs.evolve(reading, factor=1)  # the cell holds 0.125 where it shows 12,5%
    fits = reading.fact_type is float and reading.factor == 1 if kind is Percentage else True
    if not fits or reading.fact_type is str or type_problem(attrs.evolve(reading, codes={}), column.dtype):
        return pl.Series([None] * len(column), dtype=dtype_of(reading.fact_type)), column.is_not_null()
    return read_column(column, attrs.evolve(reading, codes={}))


def _describe(reading: ColumnReading, cell: Cell) -> str:
    if isinstance(cell, bool | str):
        return describe_problem(reading, cell)
    shown = text_of(cell)
    problem = describe_problem(reading, int(shown) if isinstance(cell, float) and shown.lstrip("-").isdigit() else cell)
    if isinstance(cell, float) and reading.fact_type is str:
        return f"{problem}; a number has lost the zeros before it: format the cell as text, and type it again"
    if isinstance(cell, float) and reading.fact_type is date:
        return f"{problem}; if it is one, format the cell as a date"
    return problem
