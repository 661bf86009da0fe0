"""A table in a file, or a folder of dossiers, as a lazy frame that is read as it is needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from barriermodel import BarrierModel, InputError
from barriermodel.analysis.columns import AS_OF, confidential_columns, has_fact_prefix
from barriermodel.analysis.reading import suggest
from barriermodel.extras import require
from barriermodel.plugin import Money, Problem

from .columns import absence_by_column, known_types, read_types, row_rejecting_columns
from .rejects import Rejects

if TYPE_CHECKING:
    import polars as pl

    from .chunks import Source
    from .column_reading import ColumnReading
    from .dialect import Dialect
    from .mapping import TableMap

NEEDS = ("batch needs polars and pyarrow", "narwhals", "polars", "pyarrow")
"""What cannot be done without the extra, and its packages."""
SUFFIXES = {".parquet": "parquet", ".csv": "csv", ".jsonl": "json_lines", ".ndjson": "json_lines"}
"""The formats of tables, by how the name of a file ends."""


@attrs.frozen
class OpenTable:
    """A table that can be read.

    Args:
        rows: counts them, or about.
        dialect: how a CSV file is written.
        in_thousands: the amounts of which the map says that they are in thousands, with a point before decimals.
        from_map: the columns that a map makes, with those that they are made from.
        hidden: the columns of confidential facts that are there, and those that a map makes them from.
        ended: whether the table was read to its end, the last time that it was read.

    """

    frame: pl.LazyFrame
    rows: Callable[[], int]
    dialect: Dialect
    in_thousands: tuple[str, ...]
    from_map: dict[str, str]
    hidden: frozenset[str]
    ended: Callable[[], bool]


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

    Nothing is read before the frame is collected, but the names of the columns (of JSON Lines: all keys) and what
    tells how the file is written. The order of the rows is kept.

    Args:
        path: a Parquet, CSV or JSON Lines file, or a folder of dossiers.
        mapping: a map of the user's own columns to facts, in TOML.
        rejects: takes the rows that cannot be read; left out, these are an ``InputError`` when the frame is collected.
        as_of: the date of all rows, instead of their own.
        raw: the file is an output in CSV of ``batch --raw``, so its text is taken as it is.

    Raises:
        InputError: the file or the map cannot be read, or the two do not fit.
        BarrierModelError: Polars or PyArrow is not installed.

    """
    return open_for_batch(Path(path), model, mapping, rejects, as_of, scan=True, raw=raw).frame


def open_for_batch(
    path: Path,
    model: BarrierModel,
    mapping: str | PathLike[str] | None,
    rejects: Rejects | None,
    as_of: date | None,
    *,
    scan: bool = False,
    raw: bool = False,
    cells: bool = False,
) -> OpenTable:
    """The same, with what is known of it beforehand.

    Args:
        cells: a value that cannot be read is unknown where that is safe, and told in the column ``UNREAD``; left out,
            it costs its row.
        scan: let Polars read Parquet, which is quicker where few columns are needed, and takes memory by the core.
        raw: as of :func:`open_table`.

    """
    require("batch", *NEEDS, pronoun="them")
    import polars as pl

    from .dialect import learn_dialect, with_day_order
    from .mapping import EMPTY_MAP, read_map
    from .stated_facts import with_stated

    told = EMPTY_MAP if mapping is None else read_map(mapping, model.resolved)
    source, readings = _source(path, model, told, as_of, str(mapping or ""), raw)
    _check_facts(source, readings, model)
    _check_stated(source, readings, told, str(mapping or ""))
    dialect = source.dialect
    if source.sample is not None:
        sample = source.sample()
        dialect, readings = (
            learn_dialect(dialect, sample, readings),
            [with_day_order(reading, sample) for reading in readings],
        )
    from_map = {name: column.from_ for name, column in told.columns.items()}
    made = [reading.absence_column for reading in readings if reading.absence_column]
    hidden = _confidential(model, [*source.schema, *told.constants, *made], from_map)
    ends: list[bool] = []
    if scan and path.suffix.lower() == ".parquet" and os.path.isfile(path) and not readings:
        frame = pl.scan_parquet(path, glob=False)
    else:
        costly = row_rejecting_columns(model.resolved) if cells else None
        frame = _lazy(source, readings, Rejects(hidden=hidden) if rejects is None else rejects, ends, costly)
    frame = with_stated(frame, told, model.resolved)
    if as_of is not None:
        frame = frame.with_columns(pl.lit(as_of).alias(AS_OF))
    in_thousands = tuple(reading.column for reading in readings if reading.point_is_decimal)
    return OpenTable(frame, source.rows, dialect, in_thousands, from_map, hidden, lambda: bool(ends))


def _confidential(model: BarrierModel, names: Iterable[str], from_map: Mapping[str, str]) -> frozenset[str]:
    """The columns whose values may not be shown, and those of the user that a map makes them from."""
    facts = confidential_columns([*names, *from_map], model.resolved)
    return facts | {source for name, source in from_map.items() if name in facts}


def _source(
    path: Path, model: BarrierModel, told: TableMap, as_of: date | None, where: str, raw: bool
) -> tuple[Source, list[ColumnReading]]:
    """A table, and how its facts are read."""
    if os.path.isdir(path):
        from .folders import open_folder
        from .mapping import EMPTY_MAP

        if told != EMPTY_MAP:
            raise InputError.one(where, "a folder of dossiers has facts already; leave the map out")
        return open_folder(path, model, as_of), []
    import polars as pl

    from .convert import dtype_of

    form = _format(path)
    if form == "parquet":
        from .parquet import open_parquet

        source = open_parquet(path)
        words = _own_readings(told, model, _text_in(source)) if told.unknown else []
        return source, [
            *(reading for reading in words if dtype_of(reading.fact_type) == pl.String),
            *_mapped_readings(told, model, source, where),
        ]
    if form == "csv":
        from .csv_files import open_csv

        source = open_csv(
            path, told.separator, encoding=told.encoding, header_row=told.header_row,
            is_known=_names_read(told, model).__contains__, raw=raw,
        )  # fmt: skip
        return source, [*_own_readings(told, model, source.schema), *_mapped_readings(told, model, source, where)]
    from .json_lines import open_json_lines

    own = {reading.column: reading for reading in _own_readings(told, model, read_types(model.resolved))}
    source = open_json_lines(
        path, own, tuple(reading for reading in _readings(told, model) if reading.thousands_possible)
    )
    return source, _mapped_readings(told, model, source, where)


def _names_read(told: TableMap, model: BarrierModel) -> set[str]:
    """The columns that the map reads, or else the profile."""
    return {column.from_.strip() for column in told.columns.values()} or {*known_types(model.resolved)}


def _format(path: Path) -> str:
    if not os.path.isfile(path):
        message = "it is no file or folder" if os.path.exists(path) else "there is no such file or folder"
        raise InputError.one(str(path), message)
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        known = ", ".join(SUFFIXES)
        instead = (
            "write an object on each line, in a file .jsonl" if path.suffix == ".json" else "save a spreadsheet as CSV"
        )
        message = f"its name ends in none of {known}; {instead}; a folder of dossiers can be read too"
        raise InputError.one(str(path), message)
    return form


def _text_in(source: Source) -> list[str]:
    import polars as pl

    return [name for name, dtype in source.schema.items() if dtype in (pl.String, pl.Categorical, pl.Enum)]


def _own_readings(told: TableMap, model: BarrierModel, names: Container[str]) -> list[ColumnReading]:
    """How the columns are read that have the names of facts."""
    from .column_reading import ColumnReading

    return [
        ColumnReading(column=name, source=name, fact_type=kind, unknown_words=told.unknown, number_signs=told.marks)
        for name, kind in read_types(model.resolved).items()
        if name in names and name not in told.columns
    ]


def _mapped_readings(told: TableMap, model: BarrierModel, source: Source, where: str) -> list[ColumnReading]:
    """How the columns are read that the map names.

    Raises:
        InputError: the table has no such column, has one of another type, or has the fact already.

    """
    from .convert import type_problem

    readings = list(_readings(told, model))
    problems = list(_mismatches(told, source, model))
    for reading in readings:
        wrong = type_problem(reading, source.schema[reading.source]) if reading.source in source.schema else None
        if wrong:
            problems.append(Problem(f"columns.{reading.column}", f"{reading.source!r}: {wrong}"))
    if problems:
        raise InputError(where, problems)
    return readings


def _readings(told: TableMap, model: BarrierModel) -> Iterator[ColumnReading]:
    from .column_reading import ColumnReading
    from .stated_facts import cell_from_map

    types, absences = known_types(model.resolved), absence_by_column(model.resolved)
    for name, column in told.columns.items():
        codes = {**dict.fromkeys(column.true, True), **dict.fromkeys(column.false, False)}
        stated = types[name] is Money and told.decimal == "." and column.times == 1000
        reading = ColumnReading(
            column=name, source=column.from_, fact_type=types[name], codes=codes, factor=column.times or 1,
            unknown_words=told.unknown, number_signs=told.marks, point_is_decimal=stated, date_format=column.date,
            absent_words=column.absent, absence_column=absences[name] if column.absent else None,
        )  # fmt: skip
        words = {
            code: cell_from_map(word, attrs.evolve(reading, date_format=None)) for code, word in column.codes.items()
        }
        yield attrs.evolve(reading, codes=words) if words else reading


def _mismatches(told: TableMap, source: Source, model: BarrierModel) -> Iterator[Problem]:
    """What the table lacks, or has already; what an earlier batch made of an output is made anew."""
    from .csv_files import ASSESSED_MARK

    absences = absence_by_column(model.resolved)
    for name, column in told.columns.items():
        if column.absent and absences[name] in source.schema and ASSESSED_MARK not in source.schema:
            message = f"the table has a column {absences[name]} too; leave one of the two out"
            yield Problem(f"columns.{name}.absent", message)
        if column.from_ not in source.schema:
            hint = suggest(column.from_, source.schema) or f"; it has {', '.join(source.schema)}"
            yield Problem(f"columns.{name}.from", f"the table has no column {column.from_!r}{hint}")
        elif name in source.schema and name != column.from_ and ASSESSED_MARK not in source.schema:
            yield Problem(f"columns.{name}", "the table has a column of this name too; leave one of the two out")


def _check_facts(source: Source, readings: list[ColumnReading], model: BarrierModel) -> None:
    names = {*source.schema, *(reading.column for reading in readings)}
    if not any(has_fact_prefix(name, model.resolved) for name in names):
        message = (
            "none of its columns is one that the profile reads; is the first row the names of the columns? "
            "`barriermodel columns` lists what the profile reads, and a map (--map) gives your columns these names"
        )
        raise InputError.one(source.where, message)


def _check_stated(source: Source, readings: list[ColumnReading], told: TableMap, where: str) -> None:
    from .stated_facts import table_problems

    problems = [*table_problems(told, [*source.schema, *(reading.column for reading in readings)])]
    if problems:
        raise InputError(where, problems)


def _lazy(
    source: Source, readings: list[ColumnReading], rejects: Rejects, ends: list[bool], costly: frozenset[str] | None
) -> pl.LazyFrame:
    import polars as pl
    from polars.io.plugins import register_io_source

    from .chunks import UNREADABLE_CELLS, read_facts
    from .convert import dtype_of

    more = {} if costly is None else {UNREADABLE_CELLS: pl.String()}

    def read(
        columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        ends.clear()
        taken = rejects if rejects.file is not None else Rejects(hidden=rejects.hidden)
        for chunk in source.chunks(taken):
            if isinstance(chunk, pl.DataFrame):
                frame = chunk.with_columns(pl.lit(None, dtype=dtype).alias(name) for name, dtype in more.items())
            else:
                frame = read_facts(chunk, readings, taken, costly)
            if rows is not None:
                frame = frame.head(rows)
                rows -= frame.height
            frame = frame if predicate is None else frame.filter(predicate)
            yield frame if columns is None else frame.select(columns)
            if rows == 0:
                return
        taken.check(source.where)
        ends.append(True)

    said = {reading.absence_column: pl.Boolean() for reading in readings if reading.absence_column}
    schema = source.schema | {reading.column: dtype_of(reading.fact_type) for reading in readings} | said | more
    return register_io_source(read, schema=schema)
