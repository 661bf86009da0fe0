"""Assess a table in a file: chunk by chunk it is read, assessed, counted, and written in the same order."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TypeAlias

import attrs
import polars as pl
import pyarrow as pa

from barriermodel import BarrierModel, InputError
from barriermodel.analysis.columns import AS_OF, INTERNAL, UNREAD, profile_columns
from barriermodel.analysis.files import drafting, is_same, unwritable
from barriermodel.analysis.portfolio import Lack, assess_with_lacks, portfolio_of
from barriermodel.analysis.reading import one_line

from .chunks import UNREADABLE_CELLS
from .columns import ADDED_PREFIXES, WITHHELD, table_columns
from .csv_files import ASSESSED_MARK
from .dialect import Dialect
from .folders import CHUNK_DOSSIERS
from .job import BatchJob
from .opening import OpenTable, open_for_batch
from .rejects import Rejects, are_rejects
from .summary import Summary, SummaryCounter
from .workbooks.reading import has_remarks
from .workbooks.sheets import write_sheets
from .workbooks.writing import check_extra, check_size
from .writers import OUTPUT_SUFFIXES, check_writable, open_writer

BATCH_ROWS = 50_000
"""Rows that are assessed and written at once."""
Progress: TypeAlias = Callable[[Iterator[pl.DataFrame], Callable[[], int]], Iterable[pl.DataFrame]]


def run(model: BarrierModel, job: BatchJob, progress: Progress = lambda frames, _: frames) -> Summary:
    """Assess a table, and write it whole or not at all.

    Args:
        progress: passes the frames on, and may show how far it is; its second argument counts all rows.

    Raises:
        InputError: the table or the map cannot be read, or what is written would replace something else.
        BarrierModelError: the output cannot be written.

    """
    _check_paths(job)
    with drafting(job.output) as output, drafting(job.rejects_file) as rejected:
        lines = io.TextIOWrapper(rejected.file, encoding="utf-8", errors="backslashreplace", newline="\n")
        rejects = Rejects(lines)
        table = open_for_batch(job.source, model, job.mapping, rejects, job.as_of, keep_rows=True)
        table, reassessed = _without_added_columns(table, job)
        if not job.confidential:
            rejects.hidden, rejects.kinds = table.hidden, model.resolved.withheld
        frame, lacks = _assessed(model, job, table)
        frame = _with_withheld(frame, model, rejects.hidden)
        summary = Summary(
            withheld=sorted(rejects.hidden), amounts_in_thousands=sorted(table.amounts_in_thousands),
            reassessed=reassessed, header=table.dialect.header,
        )  # fmt: skip
        try:
            counter = SummaryCounter(model, job.as_of, table.frame, lacks, summary)
            rows = _write(job, table, frame, output.file, counter, progress)
            summary.rejected, summary.reasons = rejects.count, rejects.reasons
            if job.in_sheets:
                write_sheets(output.file, model.resolved, job, summary, rejects.kept, rows)
        except OSError as error:
            raise unwritable(job.output, error) from None
        if not table.is_complete():  # Polars may swallow an interruption, and the table would be cut short
            raise InputError.one(str(job.source), "reading it was stopped before its end; nothing is written")
        _finish_rejects(job, lines, rejects)
        if rejects.count:
            rejected.commit()
        output.commit()
    return summary


def _finish_rejects(job: BatchJob, lines: io.TextIOWrapper, rejects: Rejects) -> None:
    """Write what is buffered; without rejects, the file of an earlier run is removed."""
    try:
        lines.flush()
        if not rejects.count:
            job.rejects_file.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(job.rejects_file, error) from None


# Files ------------------------------------------------------------------------------------------------


def _check_paths(job: BatchJob) -> None:
    """Raise ``InputError`` if what is written would replace what is read, or anything but an earlier output."""
    output, rejects = job.output, job.rejects_file
    if job.in_sheets:
        _check_workbook(output)
    if job.same_dialect:
        for path, what in ((job.source, "the input"), (output, "the output")):
            if path.suffix.lower() != ".csv" or os.path.isdir(path):
                message = f"--dialect same is for CSV alone, and {what} is none; leave it out"
                raise InputError.one(str(path), message)
    if output.suffix.lower() not in OUTPUT_SUFFIXES:
        named = ", ".join(OUTPUT_SUFFIXES[:-1])
        message = f"the output is written as its name ends: in {named}; got {output.suffix!r}"
        raise InputError.one(str(output), message)
    inputs = {"the input": job.source, "the map": job.mapping, "the profile": Path(job.profile)}
    for path, what in ((output, "the output"), (rejects, "the file for rejects")):
        if os.path.exists(path) and not os.path.isfile(path):
            raise InputError.one(str(path), f"{what} is no ordinary file; name another")
        if not os.path.isdir(os.path.dirname(os.path.realpath(path))):
            raise InputError.one(str(path), "there is no such folder")
        for read, other in inputs.items():
            if other is not None and is_same(path, other):
                raise InputError.one(str(path), f"this is {read} itself; name another file for {what}")
    if is_same(output, rejects):
        raise InputError.one(str(output), "the output and the file for rejects are one file; name two")
    if os.path.exists(rejects) and not are_rejects(rejects):
        message = "the file for rejects exists and holds something else; it is not replaced, so name another"
        raise InputError.one(str(rejects), message)


def _check_workbook(output: Path) -> None:
    """Raise ``InputError`` if a workbook with remarks would be replaced."""
    check_extra()
    if os.path.isfile(output) and has_remarks(output):
        message = "there are remarks in it, which a new workbook would not have; name another file, or move this one"
        raise InputError.one(str(output), message)


# Assessing --------------------------------------------------------------------------------------------


def _without_added_columns(table: OpenTable, job: BatchJob) -> tuple[OpenTable, bool]:
    """The table without what an earlier batch added to it, and whether there was one."""
    names = table.frame.collect_schema().names()
    added = [name for name in names if name.startswith(ADDED_PREFIXES) and name != WITHHELD]
    if added and ASSESSED_MARK not in names:
        named = ", ".join(added[:3]) + (", …" if len(added) > 3 else "")
        message = (
            f"it has columns that an assessment adds ({named}), and it is no output of batch, which has "
            f"{ASSESSED_MARK}: give these columns other names"
        )
        raise InputError.one(str(job.source), message)
    return attrs.evolve(table, frame=table.frame.drop(added)), bool(added)


def _assessed(model: BarrierModel, job: BatchJob, table: OpenTable) -> tuple[pl.LazyFrame, list[Lack]]:
    """The table with the columns of the assessment, the profile that it was assessed with, and what rules can lack."""
    if job.as_of is None and AS_OF not in table.frame.collect_schema().names():
        raise InputError.one(str(job.source), "give a date with --as-of, or a column as_of with the date of each row")
    try:
        found, lacks = assess_with_lacks(model.engine, table.frame, job.as_of, details=job.details)
    except InputError as error:
        raise InputError(str(job.source) if error.where == "table" else error.where, error.problems) from None
    errors = pl.concat_str(UNREADABLE_CELLS, "advice__error", separator="; ", ignore_nulls=True)
    found = found.with_columns(
        pl.when(errors != "").then(errors).alias("advice__error"),
        pl.lit(job.profile).alias("advice__profile"),
        pl.lit(model.resolved.digest).alias("advice__profile_digest"),
    )
    needed = {lack.column for lack in lacks}
    names, keeps = found.collect_schema().names(), job.page or job.in_sheets
    internal = [name for name in names if name.startswith(INTERNAL) and not keeps and name not in needed]
    pointless = [] if profile_columns(model.resolved).bounded else [UNREAD]
    return found.drop(UNREADABLE_CELLS, *internal, *pointless, strict=False), lacks


def _with_withheld(frame: pl.LazyFrame, model: BarrierModel, hidden: frozenset[str]) -> pl.LazyFrame:
    """The table with the number of its columns that are left out; that of an earlier batch stays if there is none."""
    count = len(hidden.intersection(table_columns(model.resolved).types))
    return frame.with_columns(pl.lit(count).alias(WITHHELD)) if count else frame


def _write(
    job: BatchJob, table: OpenTable, frame: pl.LazyFrame, file: IO[bytes], counter: SummaryCounter, progress: Progress
) -> pl.DataFrame:
    """Write the table while it is assessed; return the rows that a workbook or a page shows, as far as they may be."""
    found, withheld = frame.collect_schema(), counter.summary.withheld
    schema = {name: dtype for name, dtype in found.items() if name not in withheld and not name.startswith(INTERNAL)}
    suffix = job.output.suffix.lower()
    check_writable(str(job.output), suffix, schema)
    kept: list[pl.DataFrame] = []
    dialect = table.dialect if job.same_dialect else Dialect(separator=table.dialect.separator)
    with open_writer(file, suffix, schema, dialect, raw=job.raw) as write:
        for part in progress(_parts(frame, str(job.source)), table.rows):
            counter.add(part)
            if job.in_sheets:
                check_size(str(job.output), counter.summary.rows, len(schema))
            if job.page or job.in_sheets:
                kept.append(part)
            write(part.select(list(schema)))
    if not kept:
        return pl.DataFrame(schema=schema)
    rows = pl.concat(kept)
    counter.summary.portfolio = portfolio_of(counter.resolved, rows, counter.lacks, job.as_of)
    return rows.select(list(schema))


def _parts(frame: pl.LazyFrame, where: str) -> Iterator[pl.DataFrame]:
    try:
        size = CHUNK_DOSSIERS if os.path.isdir(where) else BATCH_ROWS
        yield from frame.collect_batches(chunk_size=size, maintain_order=True)
    except (OSError, pl.exceptions.PolarsError, pa.ArrowException) as error:
        raise InputError.one(where, f"it cannot be read to its end: {one_line(error)}") from None
