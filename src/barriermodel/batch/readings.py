"""How the columns of one table are read as facts: as their own names say, or as a map does."""

from __future__ import annotations

from collections.abc import Container, Iterator

import attrs
import polars as pl

from barriermodel import InputError
from barriermodel.analysis.text import suggest
from barriermodel.plugin import Money, Problem

from .chunks import Source
from .column_reading import ColumnReading
from .columns import TableColumns
from .convert import dtype_of, type_problem
from .csv_files import ASSESSED_MARK
from .mapping import TableMap
from .stated_facts import cell_from_map


def columns_read(table_map: TableMap, columns: TableColumns) -> set[str]:
    """The columns that the map reads; if it reads none, those that it could fill."""
    return {column.from_.strip() for column in table_map.columns.values()} or {*columns.types}


def own_readings(table_map: TableMap, columns: TableColumns, names: Container[str]) -> list[ColumnReading]:
    """How the columns that have the names of facts are read."""
    return [
        ColumnReading(
            column=name, source=name, fact_type=kind, unknown_words=table_map.unknown,
            number_signs=table_map.number_signs,
        )
        for name, kind in columns.read.items()
        if name in names and name not in table_map.columns
    ]  # fmt: skip


def own_text_readings(table_map: TableMap, columns: TableColumns, source: Source) -> list[ColumnReading]:
    """The same for a table that has types: only in text can the map's words for unknown occur."""
    if not table_map.unknown:
        return []
    text = [name for name, dtype in source.schema.items() if dtype in (pl.String, pl.Categorical, pl.Enum)]
    return [one for one in own_readings(table_map, columns, text) if dtype_of(one.fact_type) == pl.String]


def mapped_readings(table_map: TableMap, columns: TableColumns) -> Iterator[ColumnReading]:
    """How the columns that the map names are read."""
    types, absences = columns.types, columns.absences
    for name, column in table_map.columns.items():
        reading = ColumnReading(
            column=name, source=column.from_, fact_type=types[name], unknown_words=table_map.unknown,
            number_signs=table_map.number_signs, factor=column.times or 1, date_format=column.date,
            codes={**dict.fromkeys(column.true, True), **dict.fromkeys(column.false, False)},
            point_is_decimal=types[name] is Money and table_map.decimal == "." and column.times == 1000,
            absent_words=column.absent, absence_column=absences[name] if column.absent else None,
        )  # fmt: skip
        # what a code means is written as in the map, not as in the column
        in_map = attrs.evolve(reading, date_format=None)
        codes = {code: cell_from_map(word, in_map) for code, word in column.codes.items()}
        yield attrs.evolve(reading, codes=codes) if codes else reading


def check_mapped(
    readings: list[ColumnReading], table_map: TableMap, source: Source, columns: TableColumns, where: str
) -> None:
    """Check the columns that the map names against those of the table.

    Raises:
        InputError: the table has no such column, has one of another type, or has the fact already.

    """
    problems = list(_mismatches(table_map, source, columns))
    for reading in readings:
        wrong = type_problem(reading, source.schema[reading.source]) if reading.source in source.schema else None
        if wrong:
            problems.append(Problem(f"columns.{reading.column}", f"{reading.source!r}: {wrong}"))
    if problems:
        raise InputError(where, problems)


def _mismatches(table_map: TableMap, source: Source, columns: TableColumns) -> Iterator[Problem]:
    """Columns that the table lacks or already has; what an earlier batch added to its output is replaced."""
    replaces = columns.only_mapped or ASSESSED_MARK in source.schema
    for name, column in table_map.columns.items():
        if column.absent and columns.absences[name] in source.schema and not replaces:
            message = f"the table has a column {columns.absences[name]} too; leave one of the two out"
            yield Problem(f"columns.{name}.absent", message)
        if column.from_ not in source.schema:
            hint = suggest(column.from_, source.schema) or f"; it has {', '.join(source.schema)}"
            yield Problem(f"columns.{name}.from", f"the table has no column {column.from_!r}{hint}")
        elif name in source.schema and name != column.from_ and not replaces:
            yield Problem(f"columns.{name}", "the table has a column of this name too; leave one of the two out")
