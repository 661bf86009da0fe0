"""The rows of a table that was assessed: finding one, and assessing it again so that it explains itself."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from barriermodel import Assessment, BarrierModel, InputError, Registry
from barriermodel.analysis.columns import AS_OF, profile_columns
from barriermodel.analysis.facts import CONFIDENTIAL_VALUE_UNREADABLE
from barriermodel.analysis.files import check_ordinary
from barriermodel.analysis.reading import check_json
from barriermodel.analysis.text import suggest

from .output import print_error

if TYPE_CHECKING:
    import polars as pl

PROFILE, DIGEST, ERROR = "advice__profile", "advice__profile_digest", "advice__error"
MAX_ROWS = 5
"""The number of rows that are searched for another id, where several rows have the one that was given."""


class Cell(click.ParamType[tuple[str, str]]):
    """A column and its cell: ``kvk=01234567``."""

    name = "column=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Both, or a usage error."""
        column, joint, cell = value.partition("=")
        if not joint or not column:
            self.fail(f"{value!r} names no column; write it as kvk=01234567.", param, ctx)
        return column, cell


ids_option = click.option(
    "--id", "ids", type=Cell(), multiple=True, help="Which row of a table: COLUMN=VALUE; several go together."
)


@attrs.frozen
class AssessedTable:
    """A table that `barriermodel batch` wrote, with the profile that it was made with or that the user named instead.

    Args:
        made_with: the profile that every row has to be of; None if the user named one.

    """

    path: Path
    model: BarrierModel
    frame: pl.LazyFrame
    made_with: str | None

    @classmethod
    def opened(cls, path: Path, profile: str | None, *, raw: bool = False) -> AssessedTable:
        """Open a table. Nothing but what tells the profile is read until its rows are asked for."""
        from barriermodel.batch.opening import open_for_batch

        made_with = None if profile else _profile_of(path, raw)
        registry = Registry.discover()
        if made_with is not None and made_with not in registry.profiles:
            check_ordinary(Path(made_with))  # the table names this file, not the user
        model = BarrierModel.load(profile or made_with or "", registry)
        frame = open_for_batch(path, model, None, None, None, scan=True, raw=raw, keep_rows=True).frame
        return cls(path, model, frame, made_with)

    def row(self, ids: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """The one row in which these columns have these values; no other row is kept."""
        return _row(self.frame, ids, self.path, self.model)

    def assess(self, row: dict[str, Any], as_of: date | None) -> Assessment:
        """Assess a row again.

        Raises:
            InputError: the row is of another profile, has no date, or cannot be read.

        """
        if self.made_with is not None and row.get(PROFILE) != self.made_with:
            message = f"this row was assessed with another profile: add --profile {row[PROFILE]}"
            raise InputError.one(str(self.path), message)
        if as_of is None and AS_OF not in row:
            raise InputError.one(str(self.path), "it has no column as_of; give a date with --as-of")
        try:
            return self.model.explain_row(row, as_of=as_of)
        except InputError as error:
            raise InputError(str(self.path), error.problems) if error.where == "row" else error from None

    def all_rows(self) -> list[dict[str, Any]]:
        """Every row, in the order of the table."""
        return self.frame.collect().to_dicts()

    def for_letter(self, row: dict[str, Any], as_of: date | None) -> Assessment:
        """Assess a row of which a provider gets a letter: it says what the table said, and every cell was read.

        Raises:
            InputError: it cannot be assessed, or there is a doubt about it.

        """
        found = self.assess(row, as_of)
        for doubt in (*self.doubts(row, found), *(error.message for error in found.errors if error.plugin == "row")):
            raise InputError.one(str(self.path), f"{doubt}; mend that and assess the table again before a letter")
        return found

    def doubts(self, row: dict[str, Any], assessment: Assessment) -> Iterator[str]:
        """How an assessment differs from what the table says, and what was wrong with the row when it was made."""
        yield from _changes(row, self.model, assessment)
        yield from _errors(row, self.model, assessment)


def _changes(row: dict[str, Any], model: BarrierModel, assessment: Assessment) -> Iterator[str]:
    """How the explanation differs from what the table says."""
    from barriermodel.batch.columns import WITHHELD

    if row.get(WITHHELD):
        left_out = f"confidential columns were left out of this table ({row[WITHHELD]}) and are unknown here"
        yield f"{left_out}; `batch --confidential` writes them"
    if row.get(DIGEST) not in (None, model.resolved.digest):
        changed = f"the profile has changed since this table was made (with {row.get(PROFILE)})"
        yield f"{changed}; the explanation is of {model.profile.id} as it is now"
    then = (row.get("advice__at_least"), row.get("advice__at_most"))
    now = (assessment.advice.at_least.key, assessment.advice.at_most.key)
    if None not in then and then != now:
        yield f"the table says at least {then[0]}, at most {then[1]}; now it is at least {now[0]}, at most {now[1]}"


def _errors(row: dict[str, Any], model: BarrierModel, assessment: Assessment) -> Iterator[str]:
    """What was wrong with the row and can no longer be seen: the cell is empty there."""
    from barriermodel.batch.chunks import UNREADABLE_CELLS
    from barriermodel.batch.rejects import split_errors

    reported = {error.message for error in assessment.errors}
    for part in dict.fromkeys([*split_errors(row.get(ERROR) or ""), *split_errors(row.get(UNREADABLE_CELLS) or "")]):
        column = part.partition(":")[0]
        if part and part not in reported:
            hidden = profile_columns(model.resolved).confidential([column])
            shown = f"{column}: {CONFIDENTIAL_VALUE_UNREADABLE}" if hidden else part
            yield f"the table says of this row: {shown}"


# Finding a row -----------------------------------------------------------------------------------------


def _row(frame: pl.LazyFrame, ids: Sequence[tuple[str, str]], output: Path, model: BarrierModel) -> dict[str, Any]:
    """The one row in which these columns have these values; no other row is kept."""
    import polars as pl

    names = frame.collect_schema().names()
    for column, _ in ids:
        if column not in names:
            own = ", ".join(name for name in names if not _is_added(name))
            hint = suggest(column, names) or f"; it has {own}"
            raise InputError.one(str(output), f"there is no column {column!r}{hint}")
    wanted = " and ".join(f"{column} {cell!r}" for column, cell in ids)
    matching = frame.filter([_holds(column, cell) for column, cell in ids])
    found = matching.head(MAX_ROWS).collect().to_dicts()
    if not found:
        matching = frame.filter([_holds(column, cell, without_zeros=True) for column, cell in ids])
        found = matching.head(MAX_ROWS).collect().to_dicts()
    if not found:
        raise InputError.one(str(output), f"no row has {wanted}")
    if len(found) > 1:
        count = matching.select(pl.len()).collect().item()
        raise InputError.one(str(output), f"{count} rows have {wanted}{_suggest_id(found, dict(ids), model)}")
    _warn_of_zeros(found[0], ids)
    return found[0]


def _is_added(name: str) -> bool:
    """Whether an assessment or a map added a column."""
    from barriermodel.batch.columns import ADDED_PREFIXES

    return name.startswith((*ADDED_PREFIXES, "map__"))


def _holds(column: str, cell: str, *, without_zeros: bool = False) -> pl.Expr:
    """Whether a column has this value, or has it without the leading zeros that a spreadsheet removes."""
    import polars as pl

    text = pl.col(column).cast(pl.String)
    number = cell.lstrip("0") if without_zeros and re.fullmatch("[0-9]+", cell) else ""
    return text.str.strip_chars_start("0") == number if number else text == cell


def _warn_of_zeros(row: dict[str, Any], ids: Sequence[tuple[str, str]]) -> None:
    for column, cell in ids:
        if str(row[column]) != cell:
            found = f"the table has {column} {row[column]!r}, and not {cell!r}"
            print_error(f"{found}: a spreadsheet takes away zeros at the beginning; check that this is the row")


def _suggest_id(rows: list[dict[str, Any]], ids: dict[str, str], model: BarrierModel) -> str:
    """Another column that distinguishes the rows, if there is one; never a confidential one."""
    hidden = profile_columns(model.resolved).confidential(rows[0])
    for name in (name for name in rows[0] if name not in hidden):
        cells = [str(row[name]) for row in rows if row[name] is not None]
        if name not in ids and not _is_added(name) and len(set(cells)) == len(rows):
            return f"; add one of {', '.join(f'--id {name}={cell}' for cell in cells)}"
    return "; add another --id that tells them apart"


def _profile_of(output: Path, raw: bool) -> str:
    """The profile that a table was made with, from its first row."""
    if not os.path.isfile(output):
        raise InputError.one(str(output), "there is no such file")
    try:
        found = _first(output, raw).get(PROFILE)
    except (OSError, ValueError, StopIteration):
        found = None  # opening the table says what is wrong with it
    if isinstance(found, str) and found:
        return found
    raise InputError.one(str(output), f"it does not say which profile it was made with ({PROFILE}); give --profile")


def _first(output: Path, raw: bool) -> dict[str, Any]:
    """The first row of a table; only its profile is used."""
    suffix = output.suffix.lower()
    if suffix in (".csv", ".xlsx", ".ods"):
        return _first_of_text(output, raw)
    if suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            batch = next(pq.ParquetFile(output).iter_batches(1, columns=[PROFILE]))
        except pa.ArrowException as error:
            raise ValueError(str(error)) from None
        rows: list[dict[str, Any]] = batch.to_pylist()
        return rows[0] if rows else {}
    from barriermodel.batch.text_files import read_lines

    head = next(read_lines(output))
    check_json(head.encode())
    return dict(json.loads(head))


def _first_of_text(output: Path, raw: bool) -> dict[str, Any]:
    from barriermodel.batch.chunks import Chunk
    from barriermodel.batch.mapping import EMPTY_MAP
    from barriermodel.batch.opening import open_cells
    from barriermodel.batch.rejects import Rejects

    for part in open_cells(output, EMPTY_MAP, PROFILE.__eq__, raw=raw).chunks(Rejects()):
        frame = part.frame if isinstance(part, Chunk) else part
        if frame.height:
            return frame.row(0, named=True)
    return {}
