"""Assess a table in a file: rows stream in, are assessed, counted, and written in the same order."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, TypeAlias

import attrs
import polars as pl
import pyarrow as pa

from barriermodel import BarrierModel, InputError, TableWarning
from barriermodel.analysis.columns import AS_OF
from barriermodel.analysis.files import drafting, unwritable
from barriermodel.analysis.reading import one_line

from .chunks import UNREADABLE_CELLS
from .csv_files import ASSESSED_MARK
from .dialect import Dialect
from .files import check_paths
from .folders import CHUNK_DOSSIERS
from .opening import OpenTable, open_for_batch
from .rejects import Rejects
from .summary import Summary, SummaryCounter
from .writers import check_writable, open_writer

BATCH_ROWS = 50_000
"""At most so many rows are assessed and written at once."""
ADDED_PREFIXES = ("advice__", "stage__", "concern__", "barrier__", "rule__", "status__")
"""Columns that an assessment adds begin so."""
Progress: TypeAlias = Callable[[Iterator[pl.DataFrame], Callable[[], int]], Iterable[pl.DataFrame]]


@attrs.frozen(kw_only=True)
class BatchJob:
    """What is to be assessed, and how.

    Args:
        profile: as the user named it; it is written in every row.
        as_of: the date of all rows, instead of their own.
        mapping: a map of the user's own columns.
        rejects: where rows go that cannot be read; left out, beside the output.
        details: also the five statuses in words.
        confidential: write the columns of confidential evidence as well.
        raw: write text in CSV as it is, also what a spreadsheet takes for a formula.
        same: write CSV as the input is written: its encoding, its sign before decimals, its dates and its words.

    """

    source: Path
    output: Path
    profile: str
    as_of: date | None = None
    mapping: Path | None = None
    rejects: Path | None = None
    details: bool = False
    confidential: bool = False
    raw: bool = False
    same_dialect: bool = False

    @property
    def rejects_file(self) -> Path:
        """Where rows go that cannot be read."""
        return self.rejects or self.output.with_name(f"{self.output.name}.rejects.jsonl")


def run(model: BarrierModel, job: BatchJob, progress: Progress = lambda frames, _: frames) -> Summary:
    """Assess a table, and write it.

    Args:
        shown: passes the frames on, and may tell how far it is; it is given a function that counts all rows.

    Raises:
        InputError: the table or the map cannot be read, or what is written would take the place of something.
        BarrierModelError: the output cannot be written.

    """
    if job.same_dialect:
        _check_same(job)
    check_paths(job.source, job.output, job.rejects_file, {"the map": job.mapping, "the profile": Path(job.profile)})
    with drafting(job.output) as output, drafting(job.rejects_file) as rejected:
        lines = io.TextIOWrapper(rejected.file, encoding="utf-8", errors="backslashreplace", newline="\n")
        rejects = Rejects(lines)
        opened, again = _before_assessment(
            open_for_batch(job.source, model, job.mapping, rejects, job.as_of, cells=True), job
        )
        if not job.confidential:
            rejects.hidden, rejects.kinds = opened.hidden, model.resolved.withheld
        frame = _assessed(model, job, opened)
        summary = Summary(
            withheld=sorted(rejects.hidden), amounts_in_thousands=sorted(opened.in_thousands), reassessed=again,
            header=opened.dialect.header,
        )  # fmt: skip
        try:
            _write(model, job, opened, frame, output.file, summary, progress)
        except OSError as error:
            raise unwritable(job.output, error) from None
        if not opened.ended():  # an interruption that something on the way kept to itself
            raise InputError.one(str(job.source), "reading it was stopped before its end; nothing is written")
        summary.rejected = rejects.count
        summary.reasons = rejects.reasons
        try:
            lines.flush()
            if not rejects.count:
                job.rejects_file.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(job.rejects_file, error) from None
        if rejects.count:
            rejected.commit()
        output.commit()
    return summary


def _check_same(job: BatchJob) -> None:
    for path, what in ((job.source, "the input"), (job.output, "the output")):
        if path.suffix.lower() != ".csv" or os.path.isdir(path):
            raise InputError.one(str(path), f"--dialect same is for CSV alone, and {what} is none; leave it out")


def _before_assessment(opened: OpenTable, job: BatchJob) -> tuple[OpenTable, bool]:
    """The table as it was before an earlier batch, and whether there was one."""
    names = opened.frame.collect_schema().names()
    ours = [name for name in names if name.startswith(ADDED_PREFIXES)]
    if ours and ASSESSED_MARK not in names:
        named = ", ".join(ours[:3]) + (", …" if len(ours) > 3 else "")
        message = (
            f"it has columns that an assessment adds ({named}), and it is no output of batch, which has {ASSESSED_MARK}: "
            "give these columns other names"
        )
        raise InputError.one(str(job.source), message)
    return attrs.evolve(opened, frame=opened.frame.drop(ours)), bool(ours)


def _assessed(model: BarrierModel, job: BatchJob, opened: OpenTable) -> pl.LazyFrame:
    """The table with the columns of the assessment, and with what it was assessed by."""
    if job.as_of is None and AS_OF not in opened.frame.collect_schema().names():
        raise InputError.one(str(job.source), "give a date with --as-of, or a column as_of with the date of each row")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", TableWarning)  # the summary tells it
            found: pl.LazyFrame = model.assess_frame(opened.frame, as_of=job.as_of, details=job.details)
    except InputError as error:
        raise InputError(str(job.source) if error.where == "table" else error.where, error.problems) from None
    return _with_unread(found).with_columns(
        pl.lit(job.profile).alias("advice__profile"), pl.lit(model.resolved.digest).alias("advice__profile_digest")
    )


def _with_unread(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The table with what could not be read in a row told among its errors."""
    both = pl.concat_str(UNREADABLE_CELLS, "advice__error", separator="; ", ignore_nulls=True)
    return frame.with_columns(advice__error=pl.when(both != "").then(both)).drop(UNREADABLE_CELLS)


def _write(
    model: BarrierModel,
    job: BatchJob,
    opened: OpenTable,
    frame: pl.LazyFrame,
    file: IO[bytes],
    summary: Summary,
    shown: Progress,
) -> None:
    schema = {name: dtype for name, dtype in frame.collect_schema().items() if name not in summary.withheld}
    suffix = job.output.suffix.lower()
    check_writable(str(job.output), suffix, schema)
    counting = SummaryCounter(model, job.as_of, opened.frame, summary)
    with open_writer(file, suffix, schema, _dialect(job, opened), raw=job.raw) as write:
        for part in shown(_parts(frame, str(job.source)), opened.rows):
            counting.add(part)
            write(part.select(list(schema)))


def _dialect(job: BatchJob, opened: OpenTable) -> Dialect:
    return opened.dialect if job.same_dialect else Dialect(separator=opened.dialect.separator)


def _parts(frame: pl.LazyFrame, where: str) -> Iterator[pl.DataFrame]:
    try:
        size = CHUNK_DOSSIERS if os.path.isdir(where) else BATCH_ROWS
        yield from frame.collect_batches(chunk_size=size, maintain_order=True)
    except (OSError, pl.exceptions.PolarsError, pa.ArrowException) as error:
        raise InputError.one(where, f"it cannot be read to its end: {one_line(error)}") from None
