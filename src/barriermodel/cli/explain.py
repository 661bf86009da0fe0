"""The command that explains one row of an assessed table, or shows a stored assessment."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from barriermodel import Assessment, StoredAssessment, load_assessment

from . import options
from .output import DONE, PLUGIN_ERRORS, is_terminal, print_error, terminal_width, to_json_text, write_output
from .rows import AssessedTable, ids_option
from .streams import table_in


@click.command()
@click.argument("output", type=options.FILE)
@ids_option
@click.option("--profile", "-p", type=options.ProfileName(), help="Another profile than the table was made with.")
@click.option("--as-of", type=options.Day(), help="Assess on this date instead of that of the row.")
@click.option("--raw", is_flag=True, help="OUTPUT was written with --raw: take its text as it is.")
@options.language
@options.assessment_format
@options.full
def explain(
    output: Path, ids: Sequence[tuple[str, str]], profile: str | None, as_of: date | None, raw: bool, lang: Any,
    output_format: str, full: bool,
) -> int:  # fmt: skip
    """Explain one row of OUTPUT, a table that `barriermodel batch` wrote; or show a stored assessment (a .json)."""
    assessment: Assessment | StoredAssessment
    if output.suffix.lower() == ".json":
        if ids or profile or as_of or raw:
            raise click.UsageError(
                "a stored assessment is shown as it is: --id, --profile, --as-of and --raw are for a table."
            )
        assessment = load_assessment(output)
    elif not ids:
        raise click.MissingParameter(param_hint="'--id'", param_type="option")
    else:
        with table_in(output) as table:
            assessed = AssessedTable.opened(table, profile, raw=raw)
            row = assessed.row(ids)
            assessment = assessed.assess(row, as_of)
            for doubt in assessed.doubts(row, assessment):
                print_error(doubt)
    write_output(_rendered(assessment, output_format, lang, full), output_format=output_format)
    return PLUGIN_ERRORS if any(error.plugin != "row" for error in assessment.errors) else DONE


def _rendered(assessment: Assessment | StoredAssessment, output_format: str, lang: Any, full: bool) -> str:
    colour = is_terminal() and "NO_COLOR" not in os.environ
    if isinstance(assessment, StoredAssessment):  # shown as it was stored, with its full report
        if output_format == "explanation":
            raise click.UsageError("a stored assessment has a report and no explanation; use --format json.")
        if output_format == "json":
            return assessment.to_json()
        if output_format in ("markdown", "html"):
            return assessment.markdown(lang) if output_format == "markdown" else assessment.html(lang)
        return assessment.explain(lang, width=terminal_width(), colour=colour)
    if output_format == "json":
        return assessment.to_json(indent=1)
    if output_format == "explanation":
        return to_json_text(assessment.explanation(lang).to_dict())
    if output_format in ("markdown", "html"):
        return assessment.markdown(lang, full=full) if output_format == "markdown" else assessment.html(lang, full=full)
    return assessment.explain(lang, width=terminal_width(), colour=colour, full=full)
