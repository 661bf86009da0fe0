"""The commands of calibration: what other limits would advise, and what each rule found."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from barriermodel import BarrierModel, InputError, Registry
from barriermodel.analysis.files import is_stdout
from barriermodel.analysis.text import escape_cell
from barriermodel.extras import require

from . import options
from .output import DONE, print_error, write_formatted, write_output_bytes
from .streams import table_in

if TYPE_CHECKING:
    import polars as pl

MAX_SETTINGS = 10_000
"""The number of settings that are tried without ``--yes``."""


def _common(command: options.Command) -> options.Command:
    """The options of both commands."""
    for option in reversed((
        click.argument("table", type=options.PATH),
        options.profile,
        click.option("--as-of", type=options.Day(), help="The date of all rows, instead of that of each row."),
        click.option("--map", "mapping", type=options.FILE, help="A map of your own columns to facts, in TOML."),
        options.language,
        click.option("--format", "output_format", type=click.Choice(["text", "csv", "json", "html"]),
                     default="text", show_default=True, help="How to print it; html is a page in one file."),
        options.output,
        click.option("--plot", type=options.FILE, help="Write a plot to this file: .svg, .png or .pdf."),
        options.raw,
    )):  # fmt: skip
        command = option(command)
    return command


@click.command()
@_common
@click.option(
    "--set", "written", multiple=True, required=True, metavar="BARRIER.PARAMETER=VALUES",
    help="Values to try: start:stop:step (stop included), a,b,c or one. Several --set make a grid.",
)  # fmt: skip
@click.option("--yes", is_flag=True, help=f"Try more than {MAX_SETTINGS} settings.")
def sweep(
    table: Path, profile: str, as_of: date | None, mapping: Path | None, lang: Any, output_format: str,
    output: Path | None, plot: Path | None, raw: bool, written: tuple[str, ...], yes: bool,
) -> int:  # fmt: skip
    """Count how many rows of TABLE get which advice for every setting of some limits, in one pass.

    TABLE is a Parquet, CSV or JSON Lines file, a workbook, or a folder of dossiers. The profile as it is stands among
    the settings.
    """
    from barriermodel.calibration import NEEDS
    from barriermodel.calibration import sweep as swept

    require("calibration", NEEDS, "narwhals", "numpy", "polars", "pyarrow", *(["matplotlib"] if plot else []))
    from barriermodel.analysis.tables import check_day
    from barriermodel.calibration.axes import make_axes
    from barriermodel.calibration.ranges import number_of_settings, read_settings

    _check_paths(table, mapping, profile, output, plot)
    model = BarrierModel.load(profile, Registry.discover())
    values = read_settings(model.resolved, written)
    _check_plot(plot, len(values))
    check_day(model.engine, as_of)
    size = number_of_settings({axis.id: axis.values for axis in make_axes(model.resolved, values, as_of)})
    print_error(f"{size} {'setting' if size == 1 else 'settings'}, the profile's own among them")
    if size > MAX_SETTINGS and not yes:
        raise click.UsageError(f"{size} settings are more than {MAX_SETTINGS}; take larger steps, or add --yes.")
    with _without_warnings(), table_in(table) as given:
        found = swept(model, _open(given, model, mapping, as_of), values, as_of=as_of)
    from barriermodel.calibration.sweeps.text import sweep_text

    _write(found, sweep_text, lang, output_format, output, raw)
    if plot is not None:
        from barriermodel.calibration.plots import plot_format, sweep_plot

        write_output_bytes(sweep_plot(found, lang, plot_format(plot)), plot)
    return DONE


@click.command()
@_common
@click.option(
    "--label", metavar="COLUMN", help="What an investigation found: true, false, or empty where there was none."
)
@click.option("--by", multiple=True, metavar="COLUMN", help="Group by this column; numbers are cut in quartiles.")
def backtest(
    table: Path, profile: str, as_of: date | None, mapping: Path | None, lang: Any, output_format: str,
    output: Path | None, plot: Path | None, raw: bool, label: str | None, by: tuple[str, ...],
) -> int:  # fmt: skip
    """Tell what each rule hits in TABLE, alone and with others, and how well that tells what investigations found.

    TABLE is a Parquet, CSV or JSON Lines file, a workbook, or a folder of dossiers. Left out, --by is legal form and
    size.
    """
    from barriermodel.calibration import NEEDS
    from barriermodel.calibration import backtest as tested

    require("calibration", NEEDS, "narwhals", "numpy", "scipy", "polars", "pyarrow", *(["matplotlib"] if plot else []))
    _check_paths(table, mapping, profile, output, plot)
    _check_plot(plot, 1)
    model = BarrierModel.load(profile, Registry.discover())
    with _without_warnings(), table_in(table) as given:
        frame = _open(given, model, mapping, as_of, [*by, *([label] if label is not None else [])])
        if label is not None:
            frame = _with_label(frame, label)
        found = tested(model, frame, label=label, by=by or None, as_of=as_of)
    from barriermodel.calibration.backtests.text import backtest_text

    _write(found, backtest_text, lang, output_format, output, raw)
    if plot is not None:
        from barriermodel.calibration.plots import backtest_plot, plot_format

        write_output_bytes(backtest_plot(found, lang, plot_format(plot)), plot)
    return DONE


# In ---------------------------------------------------------------------------------------------------


def _check_paths(table: Path, mapping: Path | None, profile: str, output: Path | None, plot: Path | None) -> None:
    paths = {"TABLE": table, "--map": mapping, "--profile": Path(profile), "--output": output, "--plot": plot}
    options.check_distinct(paths)
    if plot is not None and is_stdout(plot) and (output is None or is_stdout(output)):
        raise click.UsageError("the plot goes to standard output, so name a file for the report with --output.")


def _check_plot(plot: Path | None, parameters: int) -> None:
    """Refuse what cannot be plotted, before anything is read."""
    if plot is not None:
        from barriermodel.calibration.plots import check_parameters, plot_format

        plot_format(plot)
        check_parameters(parameters)


def _open(table: Path, model: BarrierModel, mapping: Path | None, as_of: date | None, named: Sequence[str] = ()) -> Any:
    """The table; refuses a named column that is confidential, or from which a map makes a confidential one."""
    from barriermodel.batch.opening import open_for_batch
    from barriermodel.calibration.backtests.groups import CONFIDENTIAL

    opened = open_for_batch(table, model, mapping, None, as_of, scan=True, keep_rows=True)
    hidden = [name for name in named if name in opened.hidden]
    if hidden:
        raise InputError.one(str(table), CONFIDENTIAL, hidden[0])
    if opened.amounts_in_thousands:
        amounts = ", ".join(opened.amounts_in_thousands)
        print_error(f"by the map these amounts are in thousands, with a point before decimals: {amounts}")
    return _without_unreadable_cells(opened.frame)


def _without_unreadable_cells(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The table without the column of unreadable cells; prints how many rows have one."""
    import polars as pl

    from barriermodel.batch.chunks import UNREADABLE_CELLS

    if UNREADABLE_CELLS not in frame.collect_schema().names():
        return frame
    count = frame.select(pl.col(UNREADABLE_CELLS).count()).collect().item()
    if count:
        rows = "1 row has a cell" if count == 1 else f"{count} rows have a cell"
        print_error(f"{rows} that cannot be read, which counts as unknown; `barriermodel batch` tells which")
    return frame.drop(UNREADABLE_CELLS)


def _with_label(frame: Any, label: str) -> Any:
    """The frame, with a label in text (as in CSV) as true, false or null.

    Raises:
        InputError: the label has another word.

    """
    import polars as pl

    from barriermodel.batch.column_reading import BOOLEAN_WORDS

    if frame.collect_schema().get(label) != pl.String:
        return frame
    word = pl.col(label).str.strip_chars().str.to_lowercase()
    known = word.is_in([*BOOLEAN_WORDS, ""]) | word.is_null()
    other = frame.filter(~known).select(label).head(1).collect()
    if other.height:
        message = f"expected true, false, or nothing where there was no investigation; found {other.item()!r}"
        raise InputError.one("table", message, label)
    return frame.with_columns(word.replace_strict(BOOLEAN_WORDS, default=None, return_dtype=pl.Boolean).alias(label))


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Missing columns are listed in the output, so no warning is needed."""
    from barriermodel import TableWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TableWarning)
        yield


# Out --------------------------------------------------------------------------------------------------


def _write(
    found: Any, text: Callable[[Any, str], str], lang: str, output_format: str, output: Path | None, raw: bool
) -> None:
    write_formatted(
        output_format, output, json=found.to_dict, text=lambda: text(found, lang), html=lambda: found.html(lang),
        csv=lambda: _csv(found.rows(), str if raw else escape_cell),
    )  # fmt: skip


def _csv(rows: Sequence[dict[str, Any]], cell: Callable[[str], str]) -> str:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(map(cell, rows[0]))
    for row in rows:
        writer.writerow(
            cell(v) if isinstance(v, str) else str(v).lower() if isinstance(v, bool) else v for v in row.values()
        )
    return held.getvalue()
