"""The commands for tables in files: assessing them, and the columns that a profile reads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from barriermodel import BarrierModel, InputError, Level, Registry
from barriermodel.analysis.files import is_stdout, write_file

from . import options
from .output import (
    BAD_INPUT,
    DONE,
    FAILED_AT,
    copy_to_output,
    terminal_width,
    warn_of_endings,
    write_formatted,
    write_output,
)
from .streams import table_in, table_out

if TYPE_CHECKING:
    import polars as pl

    from barriermodel.batch.summary import Summary


@click.command()
@click.argument("source", metavar="INPUT", type=options.PATH)
@click.argument("output", type=options.PATH)
@options.profile
@click.option("--as-of", type=options.Day(), help="Assess on this date instead of that of each row.")
@click.option(
    "--map", "mapping", type=options.FILE,
    help="A TOML file that says which of your columns hold which facts, and in what words.",
)  # fmt: skip
@click.option(
    "--rejects",
    type=options.FILE,
    help="Write the rows that cannot be read to this file, instead of OUTPUT.rejects.jsonl.",
)
@click.option(
    "--details",
    is_flag=True,
    help="Add the five statuses of each rule in words; to a workbook, all columns.",
)
@click.option("--confidential", is_flag=True, help="Write the columns of confidential evidence as well.")
@options.raw
@click.option(
    "--dialect", type=click.Choice(["plain", "same"]), default="plain", show_default=True,
    help="Write CSV as INPUT is written (encoding, decimals, dates), so that the same spreadsheet opens it.",
)  # fmt: skip
@options.fail_at("the advice of a row can reach this level; what is unknown counts.")
@options.language
@options.page_format
@click.option("--publish", is_flag=True, help="With html: a page without names and without counts of 1 to 4.")
@click.option("--full", is_flag=True, help="Print all that was counted, with a table for each stage.")
def batch(
    source: Path, output: Path, profile: str, as_of: date | None, mapping: Path | None, rejects: Path | None,
    details: bool, confidential: bool, raw: bool, dialect: str, fail_at: str | None, lang: Any, output_format: str,
    publish: bool, full: bool,
) -> int:  # fmt: skip
    """Assess every row of INPUT, and write it with the advice to OUTPUT.

    INPUT is a Parquet, CSV or JSON Lines file, a workbook (.xlsx, .ods), or a folder of dossiers. OUTPUT is Parquet,
    CSV, JSON Lines or a workbook (.xlsx). As `-` it has the form of INPUT (CSV for a workbook or folder); the summary
    and rejects are then on standard error.
    """
    from barriermodel.batch import check_extra

    check_extra()
    from barriermodel.batch.job import BatchJob
    from barriermodel.batch.run import run
    from barriermodel.batch.summary_data import summary_data
    from barriermodel.batch.summary_text import notes_text, summary_text

    if publish and output_format != "html":
        raise click.UsageError("--publish goes with --format html.")
    if rejects is not None and is_stdout(rejects):
        raise click.UsageError("the rejects are written to a file; name one with --rejects.")
    model = BarrierModel.load(profile, Registry.discover())
    warn_of_endings(model.resolved, [] if as_of is None else [as_of], lang)
    printed = is_stdout(output)
    with table_in(source) as given, table_out(output, given) as made:
        job = BatchJob(
            source=given, output=made, profile=profile, as_of=as_of, mapping=mapping, rejects=rejects,
            details=details, confidential=confidential, raw=raw, page=output_format == "html",
            same_dialect=dialect == "same", lang=lang,
        )  # fmt: skip
        summary = run(model, job, _with_progress)
        if printed and rejects is None and summary.rejected:
            copy_to_output(job.rejects_file, err=True)
    if printed:
        job = attrs.evolve(job, output=output, rejects=rejects or Path("/dev/stderr"))
    if output_format == "html" and not printed:
        write_output(notes_text(summary, model.resolved, job, lang, width=terminal_width()), err=True)
    write_formatted(
        output_format, err=printed,
        json=lambda: summary_data(summary, model.resolved, job),
        html=lambda: _page(summary, lang, publish),
        text=lambda: summary_text(summary, model.resolved, job, lang, full=full, width=terminal_width()),
    )  # fmt: skip
    if summary.rejected:
        return BAD_INPUT
    return FAILED_AT if fail_at is not None and summary.reaches(Level[fail_at.upper()]) else DONE


def _page(summary: Summary, lang: Any, publish: bool) -> str:
    """The page of the rows that were assessed."""
    if summary.portfolio is None:
        raise InputError.one("table", "it has no row that could be assessed, so there is no page")
    return summary.portfolio.html(lang, publish=publish, not_assessed=summary.rejected)


def _with_progress(frames: Iterator[pl.DataFrame], rows: Callable[[], int]) -> Iterable[pl.DataFrame]:
    """Shows a progress bar where standard error is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from frames
        return
    with click.progressbar(length=rows(), show_pos=True, file=sys.stderr) as bar:
        for frame in frames:
            yield frame
            bar.update(frame.height)
        bar.update(max((bar.length or 0) - bar.pos, 0))  # lines are not always rows


@click.command()
@click.argument("profile", type=options.ProfileName())
@click.option(
    "--write-map", type=options.FILE,
    help="Write a map to fill in, with what the profile needs; an existing file is never overwritten.",
)  # fmt: skip
@options.language
@options.output_format
def columns(profile: str, write_map: Path | None, lang: Any, output_format: str) -> int:
    """Show every column that PROFILE reads of a table: its type, what it is, and which rules read it."""
    from barriermodel.batch.listing import columns_of, listing_data, listing_text, map_to_fill

    resolved = BarrierModel.load(profile, Registry.discover()).resolved
    found = columns_of(resolved)
    if write_map is None:
        write_formatted(output_format, json=lambda: listing_data(found), text=lambda: listing_text(found, lang))
    elif is_stdout(write_map):
        write_output(map_to_fill(resolved, lang), output_format="toml")
    else:
        write_file(write_map, map_to_fill(resolved, lang).encode(), new=True)
    return DONE
