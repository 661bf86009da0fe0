"""How a CSV file is written, so that another can be written the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import attrs
import polars as pl

from barriermodel.analysis.facts import has_month_first
from barriermodel.plugin import Money

from .column_reading import ISO_DATE, ColumnReading

DUTCH_DATE = "%d-%m-%Y"
"""How a Dutch spreadsheet writes a date, beside ``ISO``."""


@attrs.frozen(kw_only=True)
class Dialect:
    """How a CSV file is written: what reading it needed to know, and what it showed.

    Args:
        encoding: as Python calls it, without the mark: ``utf-8``, ``windows-1252``, ``utf-16-le`` or another.
        bom: whether the file begins with a byte order mark.
        separator: between fields.
        decimal: the sign before decimals, ``","`` or ``"."``.
        date: how dates are written, ``%d-%m-%Y`` or ``%Y-%m-%d``.
        newline: the end of a line: LF, or CR and LF.
        true: and ``false``: the words for them.
        header: the line that names the columns, from 1; what stands above it is no part of the table.

    """

    encoding: str = "utf-8"
    bom: bool = False
    separator: str = ","
    decimal: str = "."
    date: str = ISO_DATE
    newline: str = "\n"
    true: str = "true"
    false: str = "false"
    header: int = 1


PLAIN_DIALECT = Dialect()
"""Of what is no CSV."""


def learn_dialect(dialect: Dialect, sample: pl.DataFrame, readings: Iterable[ColumnReading]) -> Dialect:
    """A dialect with how numbers, dates and yes-or-no are written in the facts of some rows.

    Where no number of them shows which sign stands before decimals, it is a comma in a file with semicolons: a
    spreadsheet separates with them where the comma is taken.
    """
    kinds = [
        (reading, sample[reading.source].drop_nulls().to_list())
        for reading in readings
        if reading.source in sample.columns
    ]
    numbers = [reading.number_signs for reading, _ in kinds if reading.fact_type in (int, float, Money)]
    amounts = " ".join(cell for reading, cells in kinds if reading.fact_type in (float, Money) for cell in cells)
    stated = next((m.before_decimals[0] for m in numbers if len(m.before_decimals) == 1), None)
    comma, point = (re.search(rf"[0-9]{mark}[0-9]{{1,2}}(?![0-9])", amounts) for mark in (",", r"\."))
    usual = "," if dialect.separator == ";" else "."
    decimal = stated or ("," if comma and not point else "." if point and not comma else usual)
    days = [
        (reading.date_format, cell)
        for reading, cells in kinds
        if reading.fact_type is date
        for cell in cells
        if cell.strip()
    ]
    dutch = [form == DUTCH_DATE or (form is None and re.match("[0-9]{1,2}-[0-9]{1,2}-", cell)) for form, cell in days]
    words = {cell.strip() for reading, cells in kinds if reading.fact_type is bool for cell in cells}
    true, false = ("WAAR", "ONWAAR") if words & {"WAAR", "ONWAAR"} else (dialect.true, dialect.false)
    return attrs.evolve(dialect, decimal=decimal, date=DUTCH_DATE if any(dutch) else ISO_DATE, true=true, false=false)


def with_day_order(reading: ColumnReading, sample: pl.DataFrame) -> ColumnReading:
    """How a column is read, where some of its rows show that in its dates the month may stand before the day."""
    if reading.fact_type is not date or reading.date_format is not None or reading.source not in sample.columns:
        return reading
    return attrs.evolve(reading, day_first=not any(map(has_month_first, sample[reading.source].drop_nulls())))
