"""The command that writes a letter to a provider, or to many."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from barriermodel import Assessment, BarrierModel, InputError, Registry, load_dossier
from barriermodel.analysis.files import is_stdout, read_given
from barriermodel.analysis.reports import fill
from barriermodel.analysis.text import align_columns, said

from . import options
from .output import DONE, PLUGIN_ERRORS, warn_of_endings, write_output, write_output_bytes
from .rows import AssessedTable, ids_option
from .streams import table_in

if TYPE_CHECKING:
    from barriermodel.letters import Letter, LetterSettings

FORMATS = ("html", "docx", "json")


@click.command()
@click.argument("source", metavar="[DOSSIER]", type=options.PATH, required=False)
@ids_option
@click.option("--all", "every", is_flag=True, help="A request for each row of a table, in a new folder (--output).")
@click.option("--profile", "-p", type=options.ProfileName(), help="Id of a profile, or its TOML file.")
@click.option("--kind", type=click.Choice(["request", "intent"]), help="Ask for evidence, or announce a measure.")
@click.option("--date", "day", type=options.Day(), help="The date of the letter; the term starts after it.")
@click.option("--settings", type=options.FILE, help="A TOML file that says who sends it.")
@click.option("--measure", help="With intent: what is considered, in your own words.")
@click.option("--as-of", type=options.Day(), help="Assess on this date instead of the dossier's.")
@click.option("--confidential", is_flag=True, help="Use findings that rest on confidential evidence.")
@options.language
@click.option(
    "--format", "output_format", type=click.Choice(FORMATS), default="html", show_default=True,
    help="A page to print, a Word document, or data for other software.",
)  # fmt: skip
@click.option("--output", "-o", type=options.PATH, help="Write to this file; with --all, to this new folder.")
@click.option("--template", type=options.FILE, help="With docx: a Word template of your own.")
@click.option("--fields", is_flag=True, help="Only list the fields that a template can show.")
@click.option("--check-template", "checked", type=options.FILE, help="Only check this Word template.")
def letter(source: Path | None, fields: bool, checked: Path | None, lang: Any, **given: Any) -> int:
    """Draft a letter to the provider of DOSSIER: a request for evidence, or the intent to take a measure.

    DOSSIER may also be a table that `barriermodel batch` wrote: --id says which row, and --all takes every row.

    What the sender checks first stands above the page, in the JSON, or on standard error. A person decides and sends.
    """
    if fields or checked is not None:
        if source is not None or (fields and checked is not None):
            raise click.UsageError("--fields and --check-template each stand alone, without DOSSIER.")
        return _about_templates(checked, lang)
    asked = Asked(source, lang, **given)
    asked.check()
    if asked.every:
        from .letter_folder import write_letters

        return write_letters(asked)
    found = asked.assessment()
    drafted = asked.letter(found, asked.sender())
    if asked.output_format == "docx":
        # a person edits it: a Word document that is there may hold work
        write_output_bytes(asked.rendered(drafted), asked.output, new=True)
        write_output(checks_text(drafted.checks_heading, drafted.checks), err=True)
    else:
        write_output(asked.rendered(drafted).decode(), asked.output, asked.output_format)
    return PLUGIN_ERRORS if any(error.plugin != "row" for error in found.errors) else DONE


def checks_text(heading: str, checks: Sequence[str]) -> str:
    """Checks for the sender, which a Word document has no place for."""
    return "\n".join([heading, *(f"- {check}" for check in checks)]) + "\n"


def _about_templates(checked: Path | None, lang: Any) -> int:
    from barriermodel.letters.fields import field_rows
    from barriermodel.letters.word import check_template

    if checked is None:
        lines = [fill(said("letter", "fields", "help"), lang), "", *align_columns(field_rows(lang))]
        write_output("\n".join(lines) + "\n")
    else:
        check_template(read_given(checked, str(checked), InputError), str(checked))
        write_output(said("letter", "fields", "fine")[lang] + "\n")
    return DONE


@attrs.frozen
class Asked:
    """What the user asked for.

    Args:
        source: a dossier, or a table.
        ids: which row of a table.
        every: all rows of a table.

    """

    source: Path | None
    lang: Any
    ids: Sequence[tuple[str, str]]
    every: bool
    profile: str | None
    kind: str | None
    day: date | None
    settings: Path | None
    measure: str | None
    as_of: date | None
    confidential: bool
    output_format: str
    output: Path | None
    template: Path | None

    def check(self) -> None:
        """Raise a usage error for what is missing or does not go together."""
        in_table = bool(self.ids) or self.every
        needed = {
            "DOSSIER": self.source, "--profile": self.profile or in_table or None, "--kind": self.kind,
            "--date": self.day, "--settings": self.settings,
        }  # fmt: skip
        self._check_table()
        for name, value in needed.items():
            if value is None:
                kind = "argument" if name == "DOSSIER" else "option"
                raise click.MissingParameter(param_hint=f"'{name}'", param_type=kind)
        self._check_kind()
        self._check_output()
        files = {"--settings": self.settings, "--template": self.template, "--output": self.output}
        options.check_distinct({"DOSSIER": self.source, **files})

    def _check_table(self) -> None:
        from barriermodel.batch.opening import FORMATS as TABLES

        if self.source is None:
            return
        if not self.ids and not self.every and self.source.suffix.lower() in TABLES and not os.path.isdir(self.source):
            raise click.UsageError("a table has many rows: say which with --id COLUMN=VALUE, or add --all.")
        if self.ids and self.every:
            raise click.UsageError("--id is for one row and --all for every row; leave one out.")
        if (self.ids or self.every) and os.path.isdir(self.source):
            raise click.UsageError("--id and --all are for a table that batch wrote, and DOSSIER is a folder.")

    def _check_kind(self) -> None:
        if self.every and self.kind == "intent":
            raise click.UsageError("--all writes requests alone; write a letter of intent for one row, with --id.")
        if self.every and self.confidential:
            raise click.UsageError("--confidential goes with --id: check for each provider what it may be told.")
        if self.kind == "intent" and self.measure is None:
            raise click.UsageError("--kind intent needs --measure: say in your own words what is considered.")
        if self.kind == "request" and self.measure is not None:
            raise click.UsageError("--measure goes with --kind intent; a request has no measure.")

    def _check_output(self) -> None:
        if self.output_format != "docx" and self.template is not None:
            raise click.UsageError("--template goes with --format docx.")
        if self.every:
            if self.output is None or is_stdout(self.output):
                raise click.UsageError("--all needs --output: a new folder for the letters.")
            return
        if self.output_format == "docx" and self.output is None:
            raise click.UsageError("--format docx needs --output: a Word document is not printed.")
        ending = self.output.suffix[1:].lower() if self.output is not None else ""
        if ending in FORMATS and ending != self.output_format:
            raise click.UsageError(f"--output {self.output} would be {self.output_format}; add --format {ending}.")

    def assessment(self) -> Assessment:
        """Assess the dossier, or the row."""
        assert self.source is not None
        if self.ids:
            with table_in(self.source) as path:
                table = AssessedTable.opened(path, self.profile)
                found = table.for_letter(table.row(self.ids), self.as_of)
            resolved = table.model.resolved
        else:
            registry = Registry.discover()
            assert self.profile is not None
            model = BarrierModel.load(self.profile, registry)
            dossier = load_dossier(self.source, registry)
            found = model.assess(dossier if self.as_of is None else attrs.evolve(dossier, as_of=self.as_of))
            resolved = model.resolved
        warn_of_endings(resolved, [found.as_of], self.lang)
        return found

    def sender(self) -> LetterSettings:
        """Read who sends it."""
        from barriermodel.letters import read_settings

        assert self.settings is not None
        return read_settings(self.settings)

    def letter(self, assessment: Assessment, settings: LetterSettings) -> Letter:
        """Draft the letter."""
        from barriermodel.letters import intent_letter, request_letter

        assert self.day is not None
        if self.measure is None:
            return request_letter(
                assessment, date=self.day, settings=settings, lang=self.lang, confidential=self.confidential
            )
        return intent_letter(
            assessment, date=self.day, settings=settings, measure=self.measure, lang=self.lang,
            confidential=self.confidential,
        )  # fmt: skip

    def rendered(self, drafted: Letter) -> bytes:
        """The letter in the format that was asked for."""
        if self.output_format == "docx":
            return drafted.docx(self.template)
        return (drafted.html() if self.output_format == "html" else drafted.to_json()).encode()
