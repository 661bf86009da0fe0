"""The sheets of a batch: an overview, a summary, how it was made, what was not assessed, and what is read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

import polars as pl

from barriermodel import Level
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import PROFILE_STATUS, combine_text, fill, limit_used, limits_in_use
from barriermodel.analysis.text import Language, localized, said, unescape_cell
from barriermodel.plugin import Money

from ..columns import FOUND_PREFIXES, read_types
from ..job import BatchJob
from ..numerals import MAX_LENGTH
from ..rejects import Reject
from ..summary import Summary
from ..summary_notes import short_notes
from ..summary_writer import SummaryWriter, ranked
from .overview import VALUE_WIDTH, write_overview
from .writing import Cell, Sheet, new_workbook


def write_sheets(
    file: IO[bytes], resolved: ResolvedProfile, job: BatchJob, summary: Summary, rejects: Sequence[Reject],
    rows: pl.DataFrame,
) -> None:  # fmt: skip
    """Write the workbook of a batch.

    Args:
        rejects: the rows that could not be read, without confidential values.
        rows: all columns of the output.

    Raises:
        OSError: it cannot be written.

    """
    lang = job.lang
    writer = SummaryWriter(summary, resolved, job, lang)
    with (
        resolved.lexicon.active(),
        new_workbook(file, lang, resolved.profile.title[lang], _say(lang, "footer")) as book,
    ):
        overview = book.sheet(_say(lang, "overview"))
        write_overview(overview, summary.portfolio, lang, confidential=job.confidential)
        _write_summary(book.sheet(_say(lang, "summary")), writer)
        _write_notes(book.sheet(_say(lang, "notes")), writer)
        _write_rejects(book.sheet(_say(lang, "rejected")), writer, rejects)
        _write_data(book.sheet(_say(lang, "data")), writer, rows)


def _say(lang: Language, key: str, **values: object) -> str:
    return fill(said("sheet", key), lang, **values)


# Summary ----------------------------------------------------------------------------------------------


def _write_summary(sheet: Sheet, writer: SummaryWriter) -> None:
    summary, lang = writer.summary, writer.lang
    sheet.set_widths([72, 16, 16, 16, 22, 12])
    sheet.line([_say(lang, "summary")], ["title"])
    for text in filter(None, writer.head()):
        sheet.line([text])
    sheet.line([])
    _write_matrix(sheet, writer)
    hits = [(writer.topics[id], count, summary.open[id]) for id, count in ranked(summary.hits) if count]
    _write_counts(sheet, lang, ("rule", "signal", "open"), hits)
    wanted = [(writer.source(id), writer.who(id), count) for id, count in ranked(summary.wanted) if count]
    _write_counts(sheet, lang, ("evidence", "supplier", "providers"), wanted)
    if wanted:
        sheet.line([writer.asking()])
    if only_questions := writer.only_questions():
        sheet.line([only_questions])
    for note, _ in short_notes(writer):
        sheet.line([note])


def _write_matrix(sheet: Sheet, writer: SummaryWriter) -> None:
    lang, advice = writer.lang, writer.summary.advice
    sheet.line([_say(lang, "spread"), *Level, _say(lang, "together")], ["head", *[""] * len(Level), "head"])
    for low in Level:
        cells = [advice[low, high] if high >= low else None for high in Level]
        units = ["settled" if low is high else "" for high in Level]
        sheet.line([low, *cells, sum(filter(None, cells))], ["", *units, ""])
    sheet.line([_say(lang, "diagonal")])
    sheet.line([])


def _write_counts(sheet: Sheet, lang: Language, keys: Sequence[str], lines: Sequence[Sequence[Cell]]) -> None:
    """A table of counts; only its headings and *none* if there is nothing to count."""
    sheet.line([_say(lang, key) for key in keys], ["head"] * len(keys))
    for line in lines or [[_say(lang, "nothing")]]:
        sheet.line(line)
    sheet.line([])


# How it was made --------------------------------------------------------------------------------------


def _write_notes(sheet: Sheet, writer: SummaryWriter) -> None:
    lang, profile = writer.lang, writer.resolved.profile
    sheet.set_widths([40, 64, 18, 16, 70])
    sheet.line([_say(lang, "notes")], ["title"])
    stated: dict[str, Cell] = {
        "profile": profile.title[lang], "status": PROFILE_STATUS[profile.status][lang],
        "owner": localized(profile.owner, lang), "as_of": writer.job.as_of or writer.say("on_days"),
        "digest": writer.resolved.digest,
    }  # fmt: skip
    for key, value in stated.items():
        sheet.line([_say(lang, key), value], ["label"])
    for key in (
        "decides",
        "ends",
        "unknown",
        "order",
        "read_back",
        "confidential" if writer.job.confidential else "withheld",
    ):
        sheet.line([None, _say(lang, key)])
    sheet.line([])
    headings = ("barrier", "limit", "value", "since", "source")
    sheet.line([_say(lang, key) for key in headings], ["head"] * len(headings))
    for cells, unit in _limits(writer.resolved, lang):
        sheet.line(cells, ["", "", unit, "", ""])


def _limits(resolved: ResolvedProfile, lang: Language) -> Iterator[tuple[list[Cell], str]]:
    """Each limit that rules use, and how each stage counts: since when, and its source or why it is assumed."""
    titles = {barrier.id: barrier.title[lang] for barrier in resolved.barriers}
    for parameter in limits_in_use(resolved):
        for setting in parameter.settings:
            limit = limit_used(parameter, setting, lang)
            value, unit = _value(setting.value, limit.value)
            why = limit.source or _say(lang, "assumption", why=limit.assumption)
            yield [titles[limit.barrier], limit.label, value, limit.since, why], unit
    for stage in resolved.stages:
        combine = stage.combine
        if not stage.by_level:
            why = combine.source or _say(lang, "assumption", why=localized(combine.assumption or "", lang))
            yield [stage.title[lang], combine_text(combine, lang), None, None, why], ""


def _value(value: Any, shown: str) -> tuple[Cell, str]:
    """A limit as a cell and its unit; as text where it is a word or a list."""
    if isinstance(value, Money):
        return value.cents / 100, "euro"
    if type(value) is float:
        return value, "ratio"
    return (shown if isinstance(value, bool) or not isinstance(value, (int, date)) else value), ""


# Rows that were not assessed --------------------------------------------------------------------------


def _write_rejects(sheet: Sheet, writer: SummaryWriter, rejects: Sequence[Reject]) -> None:
    """A line for each problem of each row."""
    lang, headings = writer.lang, ("line", "column", "wrong", "mend", "read")
    sheet.table([_say(lang, key) for key in headings], [18, 24, 60, 50, 60], fixed=1)
    for reject in rejects:
        for problem in reject.problems:
            what = "mend_dossier" if isinstance(reject.line, str) else "mend_column" if problem.path else "mend_line"
            mend = _say(lang, what, line=str(reject.line), column=problem.path)
            sheet.line([reject.line, problem.path, problem.message, mend, _read(reject.row)])
    sheet.end_table(printed=len(headings))
    if writer.summary.rejected > len(rejects):
        rest = writer.summary.rejected - len(rejects)
        sheet.line([None, None, _say(lang, "more", count=rest, file=writer.job.rejects_file)])


def _read(row: Any) -> str | None:
    """A row as it was read, in one cell."""
    if isinstance(row, dict):
        return "; ".join(f"{name}: {value}" for name, value in row.items() if value not in (None, ""))
    return row if row is None or isinstance(row, str) else "; ".join(map(str, row))


# What is read back --------------------------------------------------------------------------------------


def _write_data(sheet: Sheet, writer: SummaryWriter, rows: pl.DataFrame) -> None:
    """The columns from which each row can be assessed and explained again, under their own names; with details all."""
    names = [name for name in rows.columns if writer.job.details or not name.startswith(FOUND_PREFIXES)]
    ratios = {name for name, kind in read_types(writer.resolved).items() if kind is float}
    sheet.table([*map(_kept_text, names)], [VALUE_WIDTH] * len(names), fixed=0)
    units = ["id"] * len(names)
    columns = [map(_kept_ratio if name in ratios else _kept, rows.get_column(name)) for name in names]
    for row in zip(*columns, strict=True):
        sheet.line(row, units)
    sheet.end_table(printed=len(names))


def _kept(cell: Cell) -> Cell:
    """A cell that reads as it is."""
    return _kept_text(cell) if isinstance(cell, str) else cell


def _kept_text(text: str) -> str:
    """A text that reads as it is: a reader takes away the apostrophe that a CSV has before a formula."""
    return f"'{text}" if unescape_cell(text) != text else text


def _kept_ratio(cell: Cell) -> Cell:
    """A number that reads as it is, as text if need be: spreadsheets keep 15 digits, and a limit may lie between."""
    written = format(Decimal(repr(cell)), "f") if isinstance(cell, float) and float(f"{cell:.15g}") != cell else ""
    return written if 0 < len(written) <= MAX_LENGTH else cell
