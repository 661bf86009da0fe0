"""How a CSV file is written, so that another can be written the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

import attrs
import polars as pl

from barriermodel.analysis.facts import has_month_first
from barriermodel.plugin import Money

from .column_reading import ISO_DATE, ColumnReading

DUTCH_DATE = "%d-%m-%Y"
"""How a Dutch spreadsheet writes a date, besides ``ISO_DATE``."""


@attrs.frozen(kw_only=True)
class Dialect:
    """How a CSV file is written.

    Args:
        encoding: as Python names it, without the byte order mark: ``utf-8``, ``windows-1252``, ``utf-16-le`` …
        bom: whether the file begins with a byte order mark.
        separator: between fields.
        decimal: the decimal sign, ``","`` or ``"."``.
        date: how dates are written, ``%d-%m-%Y`` or ``%Y-%m-%d``.
        newline: the line end: LF, or CR and LF.
        true: and ``false``: the words for them.
        header: the line that names the columns, from 1; what is above it is not part of the table.

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
"""The dialect of a table that is not CSV."""


def learn_dialect(dialect: Dialect, sample: pl.DataFrame, readings: Iterable[ColumnReading]) -> Dialect:
    """The dialect, completed with how numbers, dates, true and false are written in a sample of the facts.

    It is used for writing only: what a cell means is never guessed from other cells.
    """
    cells = [(one, sample[one.source].drop_nulls().to_list()) for one in readings if one.source in sample.columns]
    dates = [_date_format(one, cell) for one, found in cells if one.fact_type is date for cell in found if cell.strip()]
    words = {cell.strip() for one, found in cells if one.fact_type is bool for cell in found}
    if words & {"WAAR", "ONWAAR"}:
        dialect = attrs.evolve(dialect, true="WAAR", false="ONWAAR")
    date_format = DUTCH_DATE if DUTCH_DATE in dates else ISO_DATE
    return attrs.evolve(dialect, decimal=_decimal_sign(dialect, cells), date=date_format)


def _decimal_sign(dialect: Dialect, cells: Sequence[tuple[ColumnReading, list[str]]]) -> str:
    """The decimal sign: as the map states it, else as the amounts show it, else as the separator suggests.

    A sign with one or two digits after it, and no more, stands before decimals: thousands come in threes. Where the
    amounts show both signs or neither, a file with semicolons has decimal commas: a spreadsheet only separates with
    semicolons where the comma is taken.
    """
    signs = [reading.number_signs for reading, _ in cells if reading.fact_type in (int, float, Money)]
    stated = [one.before_decimals[0] for one in signs if len(one.before_decimals) == 1]
    if stated:
        return stated[0]
    amounts = " ".join(cell for reading, found in cells if reading.fact_type in (float, Money) for cell in found)
    comma, point = (re.search(rf"[0-9]{sign}[0-9]{{1,2}}(?![0-9])", amounts) for sign in (",", r"\."))
    if bool(comma) is not bool(point):
        return "," if comma else "."
    return "," if dialect.separator == ";" else "."


def _date_format(reading: ColumnReading, cell: str) -> str | None:
    dutch = reading.date_format is None and re.match("[0-9]{1,2}-[0-9]{1,2}-", cell)
    return DUTCH_DATE if dutch else reading.date_format


def with_day_order(reading: ColumnReading, sample: pl.DataFrame) -> ColumnReading:
    """The reading of a column of dates, which records whether some of its rows show that the month may come first.

    One date such as 04-25-2025 shows it; then 03-04-2025 in the same column is ambiguous, and refused.
    """
    if reading.fact_type is not date or reading.date_format is not None or reading.source not in sample.columns:
        return reading
    return attrs.evolve(reading, day_first=not any(map(has_month_first, sample[reading.source].drop_nulls())))
