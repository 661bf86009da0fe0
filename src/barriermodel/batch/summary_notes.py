"""What to note about a table, each in a line: first what makes the advice of a row wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from barriermodel.analysis.columns import profile_columns

from .summary_writer import SummaryWriter, ranked

_CELL = re.compile(r" [(]([^()]+![A-Z]+[0-9]+)[)]$")
"""The cell of a workbook, with which an error ends."""


def short_notes(writer: SummaryWriter) -> Iterator[tuple[str, int]]:
    """Each note, and the lines that it may take; what they have no room for is cut off, and in the full summary."""
    summary, say = writer.summary, writer.say
    if summary.total_lines:
        row, count = str(summary.total_lines[0]), len(summary.total_lines)
        yield say("short", "totals", rows=writer.rows(count), row=row, count=count), 2
    for column, count in summary.shortened_numbers.items():
        yield say("short", "shortened", column=column, rows=writer.rows(count)), 2
    if summary.rows_with_errors:
        reasons = summary.errors.ranked()
        first = reasons[0]
        rows, cell = writer.rows(summary.rows_with_errors), _CELL.search(first.first)
        named = say("short", "error_row", row=str(first.place))
        place = say("short", "error_cell", cell=cell[1]) if cell else named
        told = writer.told(first).replace(cell[0], "") if cell else writer.told(first)
        yield say("short", "errors", rows=rows, place=place, error=told, count=len(reasons)), 2
    yield from _on_the_map(writer)
    counted = {
        "missing": summary.missing_columns, "computed": summary.computed_columns, "withheld": summary.withheld,
    }  # fmt: skip
    for key, names in counted.items():
        if names:
            yield say("short", key, count=len(names), names=", ".join(names)), 1
    if summary.unchecked:
        yield say("short", "unchecked", names=", ".join(writer.source(kind) for kind in summary.unchecked)), 1


def _on_the_map(writer: SummaryWriter) -> Iterator[tuple[str, int]]:
    """What the map or the table states about rows, and how the table was read."""
    summary, say, lang = writer.summary, writer.say, writer.lang
    label = profile_columns(writer.resolved).label
    for column, count in ranked(summary.assumed):
        yield say("short", "assumed", rows=writer.rows(count), column=label(column)[lang]), 1
    for kind, count in ranked(summary.absent):
        yield say("short", "absent", rows=writer.rows(count), kind=writer.source(kind)), 1
    if summary.reassessed:
        yield say("short", "again"), 1
        if writer.job.mapping is None:
            yield say("short", "without_map"), 1
    if summary.amounts_in_thousands:
        yield say("short", "thousands", names=", ".join(summary.amounts_in_thousands)), 1
    if summary.constants:
        yield say("short", "constants", names=", ".join(label(name)[lang] for name in summary.constants)), 1
    if summary.header > 1:
        yield say("short", "header", line=summary.header), 1
