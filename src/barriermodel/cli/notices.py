"""The command that imports awards and providers from official notices."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from barriermodel import Act, BarrierModelError, InputError, Procedure, dump_dossier
from barriermodel.analysis.files import is_stdout, read_given, reason

from . import options
from .output import BAD_INPUT, DONE, print_error, to_json_text, write_formatted, write_output


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=options.PATH)
@click.option(
    "--output", "-o", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="Write the dossiers and the account to this folder.",
)  # fmt: skip
@click.option("--as-of", required=True, type=options.Day(), help="The date of the dossiers.")
@click.option(
    "--act", type=click.Choice([act.value for act in Act]),
    help="The act of all these awards: a notice does not say it.",
)  # fmt: skip
@click.option(
    "--procedure", type=click.Choice([procedure.value for procedure in Procedure]),
    help="The procedure of the awards whose notice does not tell it.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite files that are there already.")
@options.language
@options.output_format
def import_notices(
    files: tuple[Path, ...], output: Path, as_of: date, act: str | None, procedure: str | None, force: bool, lang: Any,
    output_format: str,
) -> int:  # fmt: skip
    """Write a dossier for every supplier of every lot that official notices (FILES) say is awarded.

    A dossier holds what the notice says of provider and award, and no evidence. What the notice does not say, or fills
    in for want of a value, is unknown. All that was left out is counted, with the reason.
    """
    from barriermodel.notices.assemble import assemble
    from barriermodel.notices.import_report import as_data, as_text, file_names
    from barriermodel.notices.reading import parse_notices

    if is_stdout(output):
        raise click.UsageError("the dossiers are written to a folder; name one with --output.")
    unread: list[InputError] = []
    contents, problems = parse_notices(_opened(files, unread), as_of)
    problems = [*unread, *problems]
    for problem in problems:
        print_error(str(problem))
    if not contents:
        return BAD_INPUT
    stated = {"act": act and Act(act), "procedure": procedure and Procedure(procedure)}
    found = assemble(contents).with_stated(**{fact: value for fact, value in stated.items() if value})
    names = [f"dossiers/{name}" for name in file_names(found.awards)]
    account = as_data(found, names, len(files), problems, as_of)
    written = {name: dump_dossier(one.dossier(as_of)) for name, one in zip(names, found.awards, strict=True)}
    _write({**written, "import.json": to_json_text(account)}, output, force=force)
    write_formatted(output_format, json=lambda: account, text=lambda: as_text(account, str(output), lang))
    return BAD_INPUT if problems else DONE


def _opened(files: Iterable[Path], unread: list[InputError]) -> Iterator[tuple[str, bytes]]:
    for path in files:
        try:
            yield str(path), read_given(path, str(path))
        except InputError as error:
            unread.append(error)


def _write(files: dict[str, str], folder: Path, *, force: bool) -> None:
    """Write all files of a folder, or none if one of them exists already."""
    there = [name for name in files if os.path.lexists(folder / name)]
    if there and not force:
        raise BarrierModelError(f"{folder / there[0]} exists already; name another folder, or overwrite with --force")
    try:
        (folder / "dossiers").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BarrierModelError(f"{folder} cannot be made: {reason(error)}") from None
    for name, words in files.items():
        write_output(words, folder / name)
