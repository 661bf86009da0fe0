"""The command that writes a letter to a provider."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from barriermodel import Assessment, BarrierModel, InputError, Registry, load_dossier
from barriermodel.analysis.files import read_given
from barriermodel.analysis.reports import fill
from barriermodel.analysis.text import align_columns, said

from . import options
from .output import DONE, PLUGIN_ERRORS, warn_of_endings, write_output, write_output_bytes

if TYPE_CHECKING:
    from barriermodel.letters import Letter

FORMATS = ("html", "docx", "json")


@click.command()
@click.argument("dossier", type=options.PATH, required=False)
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
@options.output
@click.option("--template", type=options.FILE, help="With docx: a Word template of your own.")
@click.option("--fields", is_flag=True, help="Only list the fields that a template can show.")
@click.option("--check-template", "checked", type=options.FILE, help="Only check this Word template.")
def letter(dossier: Path | None, fields: bool, checked: Path | None, lang: Any, **given: Any) -> int:
    """Draft a letter to the provider of DOSSIER: a request for evidence, or the intent to take a measure.

    What the sender checks first stands above the page, in the JSON, or on standard error. A person decides and sends.
    """
    if fields or checked is not None:
        if dossier is not None or (fields and checked is not None):
            raise click.UsageError("--fields and --check-template each stand alone, without DOSSIER.")
        return _about_templates(checked, lang)
    asked = _Asked(dossier, lang, **given)
    asked.check()
    found = asked.assessment()
    drafted = asked.letter(found)
    if asked.output_format == "docx":
        write_output_bytes(drafted.docx(asked.template), asked.output)
        checks = [drafted.checks_heading, *(f"- {check}" for check in drafted.checks)]
        write_output("\n".join(checks) + "\n", err=True)
    else:
        text = drafted.html() if asked.output_format == "html" else drafted.to_json()
        write_output(text, asked.output, asked.output_format)
    return PLUGIN_ERRORS if found.errors else DONE


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
class _Asked:
    """What the user asked for."""

    dossier: Path | None
    lang: Any
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
        needed = {
            "DOSSIER": self.dossier, "--profile": self.profile, "--kind": self.kind, "--date": self.day,
            "--settings": self.settings,
        }  # fmt: skip
        for name, value in needed.items():
            if value is None:
                kind = "argument" if name == "DOSSIER" else "option"
                raise click.MissingParameter(param_hint=f"'{name}'", param_type=kind)
        if self.kind == "intent" and self.measure is None:
            raise click.UsageError("--kind intent needs --measure: say in your own words what is considered.")
        if self.kind == "request" and self.measure is not None:
            raise click.UsageError("--measure goes with --kind intent; a request has no measure.")
        if self.output_format != "docx" and self.template is not None:
            raise click.UsageError("--template goes with --format docx.")
        if self.output_format == "docx" and self.output is None:
            raise click.UsageError("--format docx needs --output: a Word document is not printed.")
        ending = self.output.suffix[1:].lower() if self.output is not None else ""
        if ending in FORMATS and ending != self.output_format:
            raise click.UsageError(f"--output {self.output} would be {self.output_format}; add --format {ending}.")
        files = {"--settings": self.settings, "--template": self.template, "--output": self.output}
        options.check_distinct({"DOSSIER": self.dossier, **files})

    def assessment(self) -> Assessment:
        """Assess the dossier."""
        registry = Registry.discover()
        assert self.profile is not None
        assert self.dossier is not None
        model = BarrierModel.load(self.profile, registry)
        dossier = load_dossier(self.dossier, registry)
        found = model.assess(dossier if self.as_of is None else attrs.evolve(dossier, as_of=self.as_of))
        warn_of_endings(model.resolved, [found.as_of], self.lang)
        return found

    def letter(self, assessment: Assessment) -> Letter:
        """Draft the letter."""
        from barriermodel.letters import intent_letter, read_settings, request_letter

        assert self.day is not None
        assert self.settings is not None
        settings = read_settings(self.settings)
        if self.measure is None:
            return request_letter(
                assessment, date=self.day, settings=settings, lang=self.lang, confidential=self.confidential
            )
        return intent_letter(
            assessment, date=self.day, settings=settings, measure=self.measure, lang=self.lang,
            confidential=self.confidential,
        )  # fmt: skip
