"""The command that writes the page for residents and referrers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from barriermodel import InputError, Level, Registry
from barriermodel.analysis.reports import LEVEL
from barriermodel.analysis.text import LANGUAGES
from barriermodel.plugin import Problem

from . import options
from .output import BAD_INPUT, DONE, print_error, write_output
from .streams import table_in

if TYPE_CHECKING:
    from barriermodel.batch.mapped_rows import MappedRow
    from barriermodel.batch.mapping import TableMap


@click.command()
@click.argument("table", type=options.FILE)
@click.option(
    "--map", "mapping", required=True, type=options.FILE,
    help="A TOML file that says which of your columns hold the name, the KvK number, the service and so on.",
)  # fmt: skip
@click.option("--as-of", required=True, type=options.Day(), help="Show the contracts that run on this date.")
@click.option(
    "--certificate-demanded", is_flag=True, help="Say that the municipality demands a certificate of every provider."
)
@options.language
@options.output
def offer(
    table: Path, mapping: Path, as_of: date, certificate_demanded: bool, lang: Any, output: Path | None
) -> int:  # fmt: skip
    """Write a page for residents and referrers: who has a running contract for what, and where.

    TABLE is a Parquet, CSV or JSON Lines file or a workbook with a row for each provider, service and municipality.
    Only the columns in the map are read. What cannot be shown is told on standard error; the exit status is then 2.
    """
    from barriermodel.batch import check_extra

    check_extra()
    from barriermodel.offer import offer_on

    options.check_distinct({"TABLE": table, "--map": mapping, "--output": output})
    shown: list[Mapping[str, Any]] = []
    status = DONE
    with table_in(table) as given:
        for row in _rows(given, mapping):
            shown += [] if row.values is None else [row.values]
            problem = _problem(row, as_of)
            if problem is not None:
                status = BAD_INPUT
                print_error(f"{table}: line {row.line}: {problem}")
    found = offer_on(as_of, shown, certificate_demanded=certificate_demanded)
    write_output(found.html(lang), output, "html")
    return status


def _problem(row: MappedRow, as_of: date) -> str | None:
    """What an official has to mend in a row; nothing if the contract certainly does not run."""
    from barriermodel.offer.running import is_over, problem_of

    if row.values is not None and is_over(row.values, as_of):
        return None
    why = row.problem if row.values is None else problem_of(row.values, as_of)
    if why is not None:
        return f"this contract is not on the page: {why}"
    return row.problem and f"this contract is on the page, without what cannot be read: {row.problem}"


def _rows(table: Path, mapping: Path) -> Iterator[MappedRow]:
    from barriermodel.batch.columns import TableColumns
    from barriermodel.batch.mapped_rows import mapped_rows
    from barriermodel.batch.mapping import read_column_map
    from barriermodel.offer.running import COLUMNS, NEEDED

    columns = TableColumns(COLUMNS, only_mapped=True)
    table_map = read_column_map(mapping, columns)
    problems = [*_missing(table_map), *_not_for_everyone(table_map)]
    if problems:
        raise InputError(str(mapping), problems)
    return mapped_rows(table, table_map, columns, where=str(mapping), row_rejecting=(*NEEDED, "running"))


def _missing(table_map: TableMap) -> Iterator[Problem]:
    from barriermodel.offer.running import NEEDED

    given = table_map.columns.keys() | table_map.constants.keys()
    for name in NEEDED:
        if name not in given:
            message = "this is missing; say which of your columns has it (from = '…'), or state it under [constants]"
            yield Problem(f"columns.{name}", message)
    if "address" in given and "legal_form" not in given:
        message = "say which column has the legal form as well: an address of a sole trader is not shown"
        yield Problem("columns.legal_form", message)
    if table_map.legal_form_from_name:
        yield Problem("legal_form_from_name", "nothing is assumed on a page for everyone; leave this out")


def _not_for_everyone(table_map: TableMap) -> Iterator[Problem]:
    """Columns that would make the page depend on an assessment, or on confidential evidence."""
    from barriermodel.batch.columns import ADDED_PREFIXES

    confidential = tuple(f"{kind}{sign}" for kind in Registry.discover().confidential for sign in ("__", "."))
    # a column with the words of levels is one of advice, whatever it is called
    words = {word.lower() for level in Level for word in (level.key, *(LEVEL[level][lang] for lang in LANGUAGES))}
    for name, column in table_map.columns.items():
        if column.from_.strip().lower().startswith((*ADDED_PREFIXES, "derived__", *confidential)):
            message = f"{column.from_!r} is of an assessment or confidential; a page for everyone shows neither"
            yield Problem(f"columns.{name}.from", message)
        levels = words & {word.strip().lower() for word in (*column.true, *column.false, *column.codes)}
        if levels:
            message = f"{min(levels)!r} is a level of advice, and a page for everyone does not depend on advice"
            yield Problem(f"columns.{name}", message)
