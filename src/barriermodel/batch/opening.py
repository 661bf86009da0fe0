"""A table in a file, or a folder of dossiers, as a lazy frame that is read as it is needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from barriermodel import BarrierModel, InputError
from barriermodel.analysis.columns import AS_OF, UNREAD, profile_columns
from barriermodel.extras import require

from .columns import TableColumns, row_rejecting_columns, table_columns
from .rejects import Rejects

if TYPE_CHECKING:
    import polars as pl

    from .chunks import Source
    from .column_reading import ColumnReading
    from .csv_header import IsKnownColumn
    from .dialect import Dialect
    from .mapping import TableMap

FORMATS = {
    ".parquet": "parquet", ".csv": "csv", ".xlsx": "workbook", ".ods": "workbook",
    ".jsonl": "json_lines", ".ndjson": "json_lines",
}  # fmt: skip
"""The formats of tables that can be read, by the suffix of a file."""


def check_extra() -> None:
    """Raise ``MissingExtraError`` if the extra ``batch`` is not installed.

    >>> check_extra()

    """
    require("batch", "batch needs polars and pyarrow", "narwhals", "polars", "pyarrow", pronoun="them")


@attrs.frozen
class OpenTable:
    """A table that can be read.

    Args:
        frame: the table, with its facts.
        rows: counts the rows, roughly.
        dialect: how a CSV file is written.
        amounts_in_thousands: the amounts that the map states in thousands, with a decimal point.
        hidden: the confidential columns of the table, and those that a map makes them from.
        is_complete: whether the last reading of the table came to its end.

    """

    frame: pl.LazyFrame
    rows: Callable[[], int]
    dialect: Dialect
    amounts_in_thousands: tuple[str, ...]
    hidden: frozenset[str]
    is_complete: Callable[[], bool]


def open_table(
    path: str | PathLike[str],
    model: BarrierModel,
    mapping: str | PathLike[str] | None = None,
    rejects: Rejects | None = None,
    *,
    as_of: date | None = None,
    raw: bool = False,
) -> pl.LazyFrame:
    """A table as a lazy frame for ``model.assess_frame``: its facts have the types that the profile reads.

    Before the frame is collected, only the names of the columns are read (of JSON Lines, all keys), and what shows how
    the file is written. The order of the rows is kept::

        frame = open_table("providers.csv", model, "columns.toml")
        advice = model.assess_frame(frame, as_of=date(2026, 1, 15)).collect()

    Args:
        path: a Parquet, CSV or JSON Lines file, a workbook (.xlsx, .ods), or a folder of dossiers.
        mapping: a map of the user's own columns to facts, in TOML.
        rejects: collects the rows that cannot be read; by default collecting the frame raises ``InputError`` for them.
        as_of: the date of all rows, instead of their own.
        raw: the file is a CSV output of ``batch --raw``, so its text is taken as it is.

    Raises:
        InputError: the file or the map cannot be read, or the two do not fit.
        BarrierModelError: Polars or PyArrow is not installed.

    """
    return open_for_batch(Path(path), model, mapping, rejects, as_of, scan=True, raw=raw).frame


def open_for_batch(
    path: Path, model: BarrierModel, mapping: str | PathLike[str] | None, rejects: Rejects | None, as_of: date | None,
    *, scan: bool = False, raw: bool = False, keep_rows: bool = False,
) -> OpenTable:  # fmt: skip
    """Open a table as :func:`open_table` does, with what is known about it beforehand.

    Args:
        scan: let Polars read Parquet itself, which is faster where few columns are needed, and takes more memory.
        keep_rows: a cell that cannot be read is unknown where that is safe, and reported in the column
            ``UNREADABLE_CELLS``; by default it costs its row.

    """
    check_extra()
    import polars as pl

    from .mapping import EMPTY_MAP, read_map
    from .stated_facts import with_stated

    where = str(mapping or "")
    table_map = EMPTY_MAP if mapping is None else read_map(mapping, model.resolved)
    source, readings = _open_source(path, model, table_map, as_of, where, raw)
    _check(source, readings, table_map, model, where)
    source, readings = learn_notation(source, readings)
    hidden = _confidential(model, source, readings, table_map)
    endings: list[bool] = []
    if scan and path.suffix.lower() == ".parquet" and os.path.isfile(path) and not readings:
        frame = pl.scan_parquet(path, glob=False)
    else:
        row_rejecting = row_rejecting_columns(model.resolved) if keep_rows else None
        frame = _lazy(source, readings, rejects or Rejects(hidden=hidden), endings, row_rejecting)
    frame = with_stated(frame, table_map, model.resolved)
    if as_of is not None:
        frame = frame.with_columns(pl.lit(as_of).alias(AS_OF))
    in_thousands = tuple(reading.column for reading in readings if reading.point_is_decimal)
    return OpenTable(frame, source.rows, source.dialect, in_thousands, hidden, lambda: bool(endings))


def _confidential(
    model: BarrierModel, source: Source, readings: list[ColumnReading], table_map: TableMap
) -> frozenset[str]:
    """The columns whose values may not be shown, and the user's columns that a map makes them from."""
    made = [reading.absence_column for reading in readings if reading.absence_column]
    names = [*source.schema, *table_map.constants, *table_map.columns, *made]
    facts = profile_columns(model.resolved).confidential(names)
    return facts | {column.from_ for name, column in table_map.columns.items() if name in facts}


def _open_source(
    path: Path, model: BarrierModel, table_map: TableMap, as_of: date | None, where: str, raw: bool
) -> tuple[Source, list[ColumnReading]]:
    """A table, and how its facts are read. Modules are imported as formats need them: each takes time to load."""
    if os.path.isdir(path):
        from .folders import open_folder
        from .mapping import EMPTY_MAP

        if table_map != EMPTY_MAP:
            raise InputError.one(where, "a folder of dossiers has facts already; leave the map out")
        return open_folder(path, model, as_of), []
    return open_file(path, table_columns(model.resolved), table_map, where, raw=raw)


def open_file(
    path: Path, columns: TableColumns, table_map: TableMap, where: str, *, raw: bool = False
) -> tuple[Source, list[ColumnReading]]:
    """A table in a file, and how the columns are read that it has itself or that a map fills.

    Args:
        where: the map, as the user named it.
        raw: a CSV file was written without apostrophes before formulas.

    Raises:
        InputError: the file cannot be read, or the map does not fit it.

    """
    from .readings import check_mapped, columns_read, mapped_readings, own_readings, own_text_readings

    mapped = list(mapped_readings(table_map, columns))
    file_format = _format_of(path)
    if file_format == "parquet":
        from .parquet import open_parquet

        source = open_parquet(path)
        own = own_text_readings(table_map, columns, source)
    elif file_format in ("csv", "workbook"):
        source = open_cells(path, table_map, columns_read(table_map, columns).__contains__, raw=raw)
        own = own_readings(table_map, columns, source.schema)
    else:
        from .json_lines import open_json_lines

        keys = {one.column: one for one in own_readings(table_map, columns, columns.read)}
        source = open_json_lines(path, keys, [one for one in mapped if one.thousands_possible])
        own = []  # JSON has types: these keys are checked as they are read
    check_mapped(mapped, table_map, source, columns, where)
    return source, [*own, *mapped]


def open_cells(path: Path, table_map: TableMap, is_known: IsKnownColumn, *, raw: bool = False) -> Source:
    """A CSV file or a workbook, as text.

    Args:
        is_known: whether the map or the profile reads a column of this name.
        raw: a CSV file was written without apostrophes before formulas.

    Raises:
        InputError: the file cannot be read.

    """
    header_row = table_map.header_row
    if path.suffix.lower() == ".csv":
        from .csv_files import open_csv

        return open_csv(
            path, table_map.separator, encoding=table_map.encoding, header_row=header_row, is_known=is_known, raw=raw
        )
    from .workbooks.reading import open_workbook

    return open_workbook(path, table_map.sheet, header_row=header_row, is_known=is_known, raw=raw)


def _format_of(path: Path) -> str:
    if not os.path.isfile(path):
        message = "it is no file or folder" if os.path.exists(path) else "there is no such file or folder"
        raise InputError.one(str(path), message)
    file_format = FORMATS.get(path.suffix.lower())
    if file_format is None:
        instead = (
            "write an object on each line, in a file .jsonl"
            if path.suffix == ".json"
            else "save a spreadsheet as .xlsx or .ods"
        )
        known = ", ".join(FORMATS)
        message = f"its name ends in none of {known}; {instead}; a folder of dossiers can be read too"
        raise InputError.one(str(path), message)
    return file_format


def _check(source: Source, readings: list[ColumnReading], table_map: TableMap, model: BarrierModel, where: str) -> None:
    from .stated_facts import table_problems

    names = [*source.schema, *(reading.column for reading in readings)]
    if not any(map(profile_columns(model.resolved).has_prefix, names)):
        message = (
            "none of its columns is one that the profile reads; is the first row the names of the columns? "
            "`barriermodel columns` lists what the profile reads, and a map (--map) gives your columns these names"
        )
        raise InputError.one(source.where, message)
    problems = [*table_problems(table_map, names)]
    if problems:
        raise InputError(where, problems)


def learn_notation(source: Source, readings: list[ColumnReading]) -> tuple[Source, list[ColumnReading]]:
    """The dialect of a CSV file, and the order of day and month in its dates, as its first rows show them."""
    from .dialect import learn_dialect, with_day_order

    if source.sample is None:
        return source, readings
    sample = source.sample()
    dialect = learn_dialect(source.dialect, sample, readings)
    return attrs.evolve(source, dialect=dialect), [with_day_order(reading, sample) for reading in readings]


def _lazy(
    source: Source, readings: list[ColumnReading], rejects: Rejects, endings: list[bool],
    row_rejecting: frozenset[str] | None,
) -> pl.LazyFrame:  # fmt: skip
    """The table as a source of Polars, which asks for its chunks one by one; ``endings`` is filled at its end.

    Polars may swallow an interruption of the reader, and a table that was cut short would then pass for a whole one.
    """
    import polars as pl
    from polars.io.plugins import register_io_source

    from .chunks import UNREADABLE_CELLS, read_facts
    from .convert import dtype_of

    own = () if row_rejecting is None else (UNREADABLE_CELLS, UNREAD)
    added: dict[str, pl.DataType] = dict.fromkeys(own, pl.String())

    def read(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        endings.clear()
        collected = rejects if rejects.file is not None else Rejects(hidden=rejects.hidden)  # anew at each reading
        for chunk in source.chunks(collected):
            if isinstance(chunk, pl.DataFrame):
                blank = pl.lit(None, dtype=pl.String)
                frame = chunk.with_columns(blank.alias(name) for name in added if name not in chunk.columns)
            else:
                frame = read_facts(chunk, readings, collected, row_rejecting)
            if rows is not None:
                frame = frame.head(rows)
                rows -= frame.height
            frame = frame if predicate is None else frame.filter(predicate)
            yield frame if columns is None else frame.select(columns)
            if rows == 0:
                return
        collected.check(source.where)
        endings.append(True)

    absences = {reading.absence_column: pl.Boolean() for reading in readings if reading.absence_column}
    facts = {reading.column: dtype_of(reading.fact_type) for reading in readings}
    return register_io_source(read, schema=source.schema | facts | absences | added)
