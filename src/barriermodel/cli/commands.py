"""The commands and their options."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import attrs
import click
from click.shell_completion import get_completion_class

from barriermodel import Assessment, BarrierModel, BarrierModelError, InputError, Level, Registry, load_dossier
from barriermodel.analysis.files import is_same
from barriermodel.analysis.reports import assessment_schema, catalogue, catalogue_of, dossier_schema, profile_schema
from barriermodel.analysis.text import LANGUAGES

from . import (
    batch,
    calibration,
    explain,
    letter,
    listings,
    new,
    notices,
    offer,
    options,
    plugin_words,
    profiles,
    testing,
)
from .output import (
    BAD_INPUT,
    DONE,
    FAILED_AT,
    PLUGIN_ERRORS,
    is_terminal,
    print_error,
    terminal_width,
    to_json_text,
    unexpected_text,
    warn_of_endings,
    write_formatted,
    write_output,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("barriermodel"), prog_name="barriermodel")
def cli() -> None:
    """Screen care providers fairly: every advice says why, and a person decides.

    Exit status: 0 done; 1 the advice reaches --fail-at; 2 bad input or usage; 3 done, with plugin errors.
    `-` as the name of a file is standard input or output.
    """


@cli.command()
@click.argument("dossiers", nargs=-1, required=True, type=options.PATH)
@options.profile
@click.option("--as-of", type=options.Day(), help="Assess on this date instead of the dossier's.")
@options.language
@options.assessment_format
@options.full
@options.output
@options.fail_at("the advice can reach this level; what is unknown counts.")
@click.option("--confidential", is_flag=True, help="Show the values of confidential evidence.")
def assess(
    dossiers: tuple[Path, ...], profile: str, as_of: date | None, lang: Any, output_format: str, output: Path | None,
    fail_at: str | None, confidential: bool, full: bool,
) -> int:  # fmt: skip
    """Assess DOSSIERS (JSON files or folders) and explain the advice."""
    if output_format == "html" and len(dossiers) > 1:
        raise click.UsageError("a page shows one dossier; name one, or assess a table with `batch --format html`.")
    if output is not None and any(is_same(output, path) for path in dossiers):
        raise click.UsageError(f"--output {output} is the dossier itself; name another file.")
    registry = Registry.discover()
    model = BarrierModel.load(profile, registry)
    found: list[Assessment] = []
    failures = 0
    for path in dossiers:
        try:
            dossier = load_dossier(path, registry)
            found.append(model.assess(dossier if as_of is None else attrs.evolve(dossier, as_of=as_of)))
        except InputError as error:
            failures += 1
            print_error(f"{path}: {error}" if not str(error).startswith(str(path)) else str(error))
        except Exception as error:  # of this dossier, not of the others
            failures += 1
            print_error(f"{path}: {unexpected_text(error)}")
    warn_of_endings(model.resolved, [assessment.evaluation.dossier.as_of for assessment in found], lang)
    if found:
        write_output(
            _rendered(found, len(dossiers) > 1, output_format, lang, confidential, full, output), output, output_format
        )
    if failures:
        return BAD_INPUT
    if fail_at is not None and any(a.advice.at_most >= Level[fail_at.upper()] for a in found):
        return FAILED_AT
    return PLUGIN_ERRORS if any(a.errors for a in found) else DONE


def _rendered(
    found: list[Assessment], many: bool, output_format: str, lang: Any, confidential: bool, full: bool,
    output: Path | None,
) -> str:  # fmt: skip
    if output_format == "json":
        data = [assessment.to_dict(confidential=confidential) for assessment in found]
        return to_json_text(data if many else data[0])
    if output_format == "explanation":
        data = [assessment.explanation(lang, confidential=confidential).to_dict() for assessment in found]
        return to_json_text(data if many else data[0])
    if output_format == "html":
        return found[0].html(lang, confidential=confidential, full=full)
    if output_format == "markdown":
        pages = [assessment.markdown(lang, confidential=confidential, full=full) for assessment in found]
        return "\n---\n\n".join(pages)
    colour = output is None and is_terminal() and "NO_COLOR" not in os.environ
    width = terminal_width()
    parts = [a.explain(lang, width=width, colour=colour, confidential=confidential, full=full) for a in found]
    return f"\n{'─' * min(width, 60)}\n\n".join(parts)


@cli.command()
@options.output_format
@click.option("--check", is_flag=True, help="Check their words files in Dutch and English as well.")
def plugins(output_format: str, check: bool) -> int:
    """Show the installed plugins: what they offer, and what is wrong with them."""
    registry = Registry.discover()
    found = registry.plugins
    write_formatted(output_format, json=lambda: listings.plugins_data(found), text=lambda: listings.plugins_text(found))
    faults = [line for plugin in found for line in plugin_words.words_lines(plugin, LANGUAGES)] if check else []
    for line in faults:
        print_error(line)
    return DONE if len(registry.usable) == len(registry.plugins) and not faults else PLUGIN_ERRORS


@cli.command()
@click.argument("ids", nargs=-1, metavar="[BARRIER]...")
@options.language
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True,
    help="How to print it; markdown is a page to read and print.",
)  # fmt: skip
@click.option(
    "--profile", "-p", type=options.ProfileName(), help="With markdown: only what this profile runs, as it does."
)
@options.output
def barriers(ids: tuple[str, ...], lang: Any, output_format: str, profile: str | None, output: Path | None) -> int:
    """Show the installed barriers: rules, levels, limits with sources, evidence."""
    if profile is not None and (ids or output_format != "markdown"):
        raise click.UsageError("--profile goes with --format markdown, and without names of barriers.")
    registry = Registry.discover()
    if profile is not None:
        write_output(catalogue_of(BarrierModel.load(profile, registry).resolved, registry, lang), output, output_format)
        return DONE
    for id in ids:
        if id not in registry.barriers:
            print_error(registry.why_missing("barrier", id))
            return BAD_INPUT
    chosen = [(b, plugin) for id, (b, plugin) in sorted(registry.barriers.items()) if not ids or id in ids]
    write_formatted(
        output_format, output, json=lambda: listings.barriers_data(chosen),
        text=lambda: listings.barriers_text(chosen, lang), markdown=lambda: catalogue(registry, lang, ids),
    )  # fmt: skip
    return DONE


@cli.command()
@click.argument("which", type=click.Choice(["dossier", "assessment", "profile"]))
def schema(which: str) -> int:
    """Print the JSON Schema (2020-12) of a format."""
    if which == "dossier":
        found = dossier_schema(Registry.discover().kinds)
    else:
        found = assessment_schema() if which == "assessment" else profile_schema()
    write_output(to_json_text(found), output_format="json")
    return DONE


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print a completion script; add it to your shell's start file."""
    maker = get_completion_class(shell)
    if maker is not None:
        write_output(maker(cli, {}, "barriermodel", "_BARRIERMODEL_COMPLETE").source() + "\n")
    return DONE


for _command in (
    batch.batch, batch.columns, calibration.backtest, calibration.sweep, explain.explain, letter.letter, testing.cases,
    testing.mutate, notices.import_notices, new.new, offer.offer, plugin_words.words, profiles.profiles,
):  # fmt: skip
    cli.add_command(_command)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status. A user's mistake never prints a traceback."""
    streams: tuple[Any, ...] = sys.stdout, sys.stderr
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    with _stop_signals() as signals:
        status = _status(arguments)
    return 128 + signals[0] if signals else status


@contextmanager
def _stop_signals() -> Iterator[list[int]]:
    """Within it, every signal to stop ends the program as Ctrl-C does, so that no half-written file is left behind.

    A signal that is ignored, as under ``nohup``, stays ignored.

    Yields:
        The signals that came, including one whose ``KeyboardInterrupt`` something swallowed.

    """
    received: list[int] = []

    def stop(number: int, _: Any) -> None:
        received.append(number)
        raise KeyboardInterrupt

    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():  # signals only arrive there
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, stop)
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _status(arguments: list[str] | None) -> int:
    printed = sys.stdout
    try:
        status = cli.main(arguments, prog_name="barriermodel", standalone_mode=False)
        return status if isinstance(status, int) else DONE
    except (click.Abort, KeyboardInterrupt):
        return 130
    except click.ClickException as error:
        error.show()
    except BarrierModelError as error:
        print_error(str(error))
    except BaseException as error:  # SystemExit of a plugin too: no other status than those above leaves this program
        if sys.stdout is not printed:  # which click replaces where the reader of its help has gone
            return DONE
        print_error(unexpected_text(error))
    return BAD_INPUT
