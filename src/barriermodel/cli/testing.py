"""The commands of the test kit: cases written from the rules, and mutants."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from barriermodel import Registry
from barriermodel.analysis.text import align_columns

from . import options
from .output import DONE, FAILED_AT, print_error, write_formatted, write_output
from .words import MUTANT_HEADINGS

if TYPE_CHECKING:
    from barriermodel.testing import MutationResult


@click.command()
@click.argument("profile", type=options.ProfileName())
@click.option("--as-of", type=options.Day(), help="The date of the dossiers; left out, one on which all limits hold.")
@options.output
def cases(profile: str, as_of: date | None, output: Path | None) -> int:
    """Write test cases from the rules of PROFILE (or of one barrier, by its id), as scenarios in TOML.

    Each condition stands on its limit, just off it, and unknown, and decides the advice where that can be.
    """
    from barriermodel.testing import dump_scenarios, make_cases, model_of

    registry = Registry.discover()
    made = make_cases(model_of(profile, registry), as_of, about=profile)
    kind: Literal["profile", "barrier"] = "barrier" if profile in registry.barriers else "profile"
    write_output(dump_scenarios(made, kind), output, "toml")
    for finding in made.findings:
        print_error(f"{finding.rule}: {finding.words.en}")
    return DONE


@click.command()
@click.argument("profile", type=options.ProfileName())
@click.option(
    "--scenarios", "files", multiple=True, type=options.PATH,
    help="Try these scenario files (or folders of them) instead of the cases written from the rules.",
)  # fmt: skip
@click.option("--as-of", type=options.Day(), help="The date of the cases; left out, one on which all limits hold.")
@click.option("--fail-under", type=click.FloatRange(0, 100), help="Exit with status 1 when fewer per cent are killed.")
@options.output_format
def mutate(
    profile: str, files: tuple[Path, ...], as_of: date | None, fail_under: float | None, output_format: str
) -> int:
    """Put small mistakes in PROFILE, one at a time, and see whether test dossiers notice them by the advice.

    A mutant that no dossier notices is alive: a limit, an operator or a level that no test holds in place.
    """
    from barriermodel.testing import make_cases, model_of, run_mutants
    from barriermodel.testing.scenario_reading import read_suites

    registry = Registry.discover()
    model = model_of(profile, registry)
    if files:
        dossiers = [dossier for found in read_suites(*files, registry=registry) for dossier in found.suite.dossiers]
    else:
        dossiers = list(make_cases(model, as_of).dossiers)
    verdict = run_mutants(model, dossiers)
    write_formatted(output_format, json=lambda: _mutants_data(verdict), text=lambda: _mutants_text(verdict))
    return FAILED_AT if fail_under is not None and verdict.score * 100 < fail_under else DONE


def _mutants_data(verdict: MutationResult) -> dict[str, Any]:
    return {
        "killed": len(verdict.killed),
        "score": round(verdict.score, 4),
        "alive": [{"where": mutant.where, "what": mutant.what} for mutant in verdict.survived],
    }


def _mutants_text(verdict: MutationResult) -> str:
    killed, alive = Counter(m.where for m in verdict.killed), Counter(m.where for m in verdict.survived)
    places = sorted({*killed, *alive})
    rows = [[*MUTANT_HEADINGS]]
    rows += [[place, str(killed[place]), str(alive[place] or "–")] for place in places]
    lines = align_columns(rows, right=(1, 2))
    lines += ["", *(f"alive: {mutant.where}: {mutant.what}" for mutant in verdict.survived)]
    total = len(verdict.killed) + len(verdict.survived)
    return "\n".join([*lines, f"{len(verdict.killed)} of {total} mutants killed ({verdict.score:.0%})"]) + "\n"
