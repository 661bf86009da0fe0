"""The commands for tables in files: assessing them, and the columns that a profile reads."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from barriermodel import BarrierModel, BarrierModelError, Level

from .options import Day, ProfileName, as_cells, as_table, in_language, installed, with_profile
from .output import BAD_INPUT, DONE, FAILED_AT, as_json, emit

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
    "--fail-at", type=click.Choice([level.key for level in Level if level is not Level.GREEN]),
    help="Exit with status 1 when the advice of a row can reach this level; what is unknown counts.",
)  # fmt: skip
@in_language
@as_table
def batch(
    source: Path, output: Path, profile: str, as_of: date | None, mapping: Path | None, rejects: Path | None,
    details: bool, confidential: bool, raw: bool, fail_at: str | None, lang: Any, form: str,
) -> int:  # fmt: skip
    """Assess every row of INPUT, and write it with the advice to OUTPUT.

    INPUT is a Parquet, CSV or JSON Lines file, or a folder of dossiers. OUTPUT is Parquet, CSV or JSON Lines.
    """
    from barriermodel.batch.needs import check_extra

    check_extra()
    from barriermodel.batch.run import Job, run
    from barriermodel.batch.told import as_data, as_text

    model = BarrierModel.load(profile, installed())
    job = Job(
        source=source, output=output, profile=profile, as_of=as_of, mapping=mapping, rejects=rejects,
        details=details, confidential=confidential, raw=raw,
    )  # fmt: skip
    with _stopping_cleanly():
        summary = run(model, job, _with_progress)
    emit(as_json(as_data(summary, model.plan, job)) if form == "json" else as_text(summary, model.plan, job, lang))
    if summary.rejected:
        return BAD_INPUT
    return FAILED_AT if fail_at is not None and summary.reaches(Level[fail_at.upper()]) else DONE


@contextmanager
def _stopping_cleanly() -> Iterator[None]:
    """A terminal that is closed, or a program that is told to stop, leaves nothing behind, as Ctrl-C does."""

    def stop(*_: object) -> None:
        raise click.Abort

    signals = [found for name in ("SIGTERM", "SIGHUP") if (found := getattr(signal, name, None)) is not None]
    before = {one: signal.signal(one, stop) for one in signals}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


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
    help="Write a map with every column, to fill in; an existing file is never overwritten.",
)  # fmt: skip
@in_language
@as_table
def columns(profile: str, write_map: Path | None, lang: Any, form: str) -> int:
    """Show every column that PROFILE reads of a table: its type, what it is, and which rules read it."""
    from barriermodel.batch.listing import as_data, as_text, columns_of, empty_map

    plan = BarrierModel.load(profile, installed()).plan
    found = columns_of(plan)
    if write_map is None:
        emit(as_json(as_data(found)) if form == "json" else as_text(found, lang))
        return DONE
    try:
        with write_map.open("x", encoding="utf-8", newline="\n") as file:
            file.write(empty_map(plan, found, lang))
    except FileExistsError:
        raise BarrierModelError(f"{write_map} exists already; it is not overwritten, so name another file") from None
    except OSError as error:
        raise BarrierModelError(f"{write_map} cannot be written: {error.strerror or error}") from None
    return DONE
