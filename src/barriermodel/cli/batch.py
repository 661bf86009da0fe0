"""The commands for tables in files: assessing them, and the columns that a profile reads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from barriermodel import BarrierModel, Level
from barriermodel.atomic import write_file
from barriermodel.extras import require
from barriermodel.files import is_stdout

from .options import Day, ProfileName, as_cells, as_table, in_language, installed, with_profile
from .output import BAD_INPUT, DONE, FAILED_AT, as_json, emit, emit_file, say_endings
from .streams import table_in, table_out

if TYPE_CHECKING:
    import polars as pl


@click.command()
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.argument("output", type=click.Path(path_type=Path))
@with_profile
@click.option("--as-of", type=Day(), help="Assess on this date instead of that of each row.")
@click.option(
    "--map", "mapping", type=click.Path(dir_okay=False, path_type=Path),
    help="A TOML file that says which of your columns hold which facts, and in what words.",
)  # fmt: skip
@click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows that cannot be read to this file, instead of OUTPUT.rejects.jsonl.",
)  # fmt: skip
@click.option("--details", is_flag=True, help="Add the five statuses of each rule in words.")
@click.option("--confidential", is_flag=True, help="Write the columns of confidential evidence as well.")
@as_cells
@click.option(
    "--dialect", type=click.Choice(["plain", "same"]), default="plain", show_default=True,
    help="Write CSV as INPUT is written (encoding, decimals, dates), so that the same spreadsheet opens it.",
)  # fmt: skip
@click.option(
    "--fail-at", type=click.Choice([level.key for level in Level if level is not Level.GREEN]),
    help="Exit with status 1 when the advice of a row can reach this level; what is unknown counts.",
)  # fmt: skip
@in_language
@as_table
def batch(
    source: Path, output: Path, profile: str, as_of: date | None, mapping: Path | None, rejects: Path | None,
    details: bool, confidential: bool, raw: bool, dialect: str, fail_at: str | None, lang: Any, form: str,
) -> int:  # fmt: skip
    """Assess every row of INPUT, and write it with the advice to OUTPUT.

    INPUT is a Parquet, CSV or JSON Lines file, or a folder of dossiers. OUTPUT is Parquet, CSV or JSON Lines; as `-` it
    has the form of INPUT (CSV for a folder), and the summary and rejects are on standard error.
    """
    from barriermodel.batch.opening import NEEDS

    require("batch", *NEEDS, pronoun="them")
    from barriermodel.batch.run import Job, run
    from barriermodel.batch.told import as_data, as_text

    if rejects is not None and is_stdout(rejects):
        raise click.UsageError("the rejects are written to a file; name one with --rejects.")
    model = BarrierModel.load(profile, installed())
    say_endings(model.plan, [] if as_of is None else [as_of], lang)
    printed = is_stdout(output)
    with table_in(source) as given, table_out(output, given) as made:
        job = Job(
            source=given, output=made, profile=profile, as_of=as_of, mapping=mapping, rejects=rejects,
            details=details, confidential=confidential, raw=raw, same=dialect == "same",
        )  # fmt: skip
        summary = run(model, job, _with_progress)
        if printed and rejects is None and summary.rejected:
            emit_file(job.rejects_file, err=True)
    if printed:
        job = attrs.evolve(job, output=output, rejects=rejects or Path("/dev/stderr"))
    told = as_json(as_data(summary, model.plan, job)) if form == "json" else as_text(summary, model.plan, job, lang)
    emit(told, form=form, err=printed)
    if summary.rejected:
        return BAD_INPUT
    return FAILED_AT if fail_at is not None and summary.reaches(Level[fail_at.upper()]) else DONE


def _with_progress(frames: Iterator[pl.DataFrame], rows: Callable[[], int]) -> Iterable[pl.DataFrame]:
    """Tells how far it is where somebody is watching."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from frames
        return
    with click.progressbar(length=rows(), show_pos=True, file=sys.stderr) as bar:
        for frame in frames:
            yield frame
            bar.update(frame.height)
        bar.update(max((bar.length or 0) - bar.pos, 0))  # lines are not always rows


@click.command()
@click.argument("profile", type=ProfileName())
@click.option(
    "--write-map", type=click.Path(dir_okay=False, path_type=Path),
    help="Write a map to fill in, with what the profile needs; an existing file is never overwritten.",
)  # fmt: skip
@in_language
@as_table
def columns(profile: str, write_map: Path | None, lang: Any, form: str) -> int:
    """Show every column that PROFILE reads of a table: its type, what it is, and which rules read it."""
    from barriermodel.batch.listing import as_data, as_text, columns_of
    from barriermodel.batch.map_to_fill import map_to_fill

    plan = BarrierModel.load(profile, installed()).plan
    found = columns_of(plan)
    if write_map is None:
        emit(as_json(as_data(found)) if form == "json" else as_text(found, lang), form=form)
    elif is_stdout(write_map):
        emit(map_to_fill(plan, lang), form="toml")
    else:
        write_file(write_map, map_to_fill(plan, lang).encode(), new=True)
    return DONE
