"""Options that commands share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from barriermodel import Level, Registry
from barriermodel.analysis.facts import check_as_of, parse_date
from barriermodel.analysis.files import is_same
from barriermodel.analysis.text import check_language

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date that a dossier can have, written 2026-01-31 or 31-01-2026."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """A date, or a usage error."""
        try:
            day = parse_date(value)
            check_as_of(day)
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)
        return day


class ProfileName(click.ParamType[str]):
    """The id of an installed profile, or the path of a TOML file."""

    name = "profile"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Installed profiles, and files."""
        ids = [id for id in Registry.discover().profiles if id.startswith(incomplete)]
        return [*(CompletionItem(id) for id in ids), CompletionItem(incomplete, type="file")]


FILE = click.Path(dir_okay=False, path_type=Path)
PATH = click.Path(path_type=Path)
"""Of a file or folder."""

profile = click.option("--profile", "-p", required=True, type=ProfileName(), help="Id of a profile, or its TOML file.")


class LanguageTag(click.ParamType[str]):
    """A language: Dutch, English, or another that Babel knows."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The tag, or a usage error."""
        try:
            check_language(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
        return str(value)


language = click.option(
    "--lang", type=LanguageTag(), default="nl", show_default=True,
    help="Language: nl, en, or another such as fr for what plugins say in it.",
)  # fmt: skip
output_format = click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="How to print it.",
)  # fmt: skip
page_format = click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "html"]), default="text", show_default=True,
    help="How to print it; html is a page in one file.",
)  # fmt: skip
report_format = click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "markdown", "html"]), default="text",
    show_default=True, help="How to print it; html is a page in one file.",
)  # fmt: skip
assessment_format = click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "markdown", "html", "explanation"]), default="text",
    show_default=True, help="How to print it; html is a page in one file, explanation what the text shows, as JSON.",
)  # fmt: skip
full = click.option("--full", is_flag=True, help="Every rule, with its comparison, facts and limits.")
raw = click.option(
    "--raw", is_flag=True,
    help="Write text in CSV as it is; otherwise an apostrophe keeps a spreadsheet from taking it for a formula.",
)  # fmt: skip
output = click.option("--output", "-o", type=FILE, help="Write to this file.")


def fail_at(help: str) -> Callable[[Command], Command]:
    """The option for exit status 1."""
    levels = [level.key for level in Level if level is not Level.GREEN]
    return click.option("--fail-at", type=click.Choice(levels), help=f"Exit with status 1 when {help}")


def check_distinct(paths: Mapping[str, Path | None]) -> None:
    """Refuse two arguments that name one file.

    Raises:
        UsageError: with the names of the two.

    """
    named = [(name, path) for name, path in paths.items() if path is not None]
    for (other, first), (name, path) in combinations(named, 2):
        if is_same(first, path):
            raise click.UsageError(f"{name} and {other} are one file, {path}; name another.")
