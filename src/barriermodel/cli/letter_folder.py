"""Requests to the providers of a table: a new folder with a letter for each row that there is something to ask of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from barriermodel import InputError
from barriermodel.analysis.files import write_folder
from barriermodel.analysis.reports import fill
from barriermodel.analysis.text import Language, is_blank, printable, said, slug

from .letter import Asked, checks_text
from .output import BAD_INPUT, DONE, PLUGIN_ERRORS, terminal_width, warn_of_endings, write_output
from .rows import AssessedTable
from .streams import table_in

if TYPE_CHECKING:
    from barriermodel.letters import Letter

MAX_NAME = 60
"""Letters of a provider's name in the name of a file."""
MAX_NAMED = 6
"""Rows without a letter that the screen names for each reason; a file beside the letters names all."""
NAME = "provider__name"


@attrs.define
class Rows:
    """What became of the rows: their letters, or why there is none.

    Args:
        letters: by the name of the file, without its suffix.
        without: the rows without a letter, by the reason in words.
        failed: whether a row has no letter for another reason than that there is nothing to ask.
        plugin_errors: whether a plugin failed on a row.

    """

    letters: dict[str, Letter] = attrs.field(factory=dict)
    without: dict[str, list[str]] = attrs.field(factory=dict)
    failed: bool = False
    plugin_errors: bool = False


def write_letters(asked: Asked) -> int:
    """Write the letters and say for which rows there is none; return the exit status."""
    assert asked.source is not None
    assert asked.output is not None
    with table_in(asked.source) as path:
        found = _letters(asked, AssessedTable.opened(path, asked.profile))
    if found.letters:
        write_folder(asked.output, _contents(asked, found))
    write_output("\n".join(_summary(asked, found)) + "\n")
    if found.failed:
        return BAD_INPUT
    return PLUGIN_ERRORS if found.plugin_errors else DONE


def _contents(asked: Asked, found: Rows) -> dict[str, str | bytes]:
    """The letters, the rows without one, and the checks if the letters have no place for them."""
    words = {key: said("letter", "all", f"{key}_file")[asked.lang] for key in ("checks", "without")}
    files: dict[str, str | bytes] = {
        f"{name}.{asked.output_format}": asked.rendered(one) for name, one in found.letters.items()
    }
    if asked.output_format == "docx":
        files[words["checks"]] = "\n".join(_checks(found.letters, asked.lang))
    if found.without:
        files[words["without"]] = "\n".join(
            f"{why}\n" + "".join(f"- {one}\n" for one in who) for why, who in found.without.items()
        )
    return files


def _checks(letters: Mapping[str, Letter], lang: Language) -> Iterator[str]:
    """The checks for the sender: first those that all letters have, once, and then the others of each."""
    first, *others = letters.values()
    shared = [check for check in first.checks if others and all(check in one.checks for one in others)]
    if shared:
        yield checks_text(said("letter", "all", "shared_checks")[lang], shared)
    for name, one in letters.items():
        yield checks_text(name, [check for check in one.checks if check not in shared])


def _letters(asked: Asked, table: AssessedTable) -> Rows:
    from barriermodel.letters import LetterError, NothingToAskError

    settings = asked.sender()
    if settings.addressee_address:
        message = "this is the address of one provider, and --all writes to many; leave it out"
        raise InputError.one(f"{asked.settings}", f"addressee_address: {message}")
    found, days = Rows(), []
    rows = table.all_rows()
    for number, row in enumerate(rows, 1):
        try:
            assessment = table.for_letter(row, asked.as_of)
            days.append(assessment.as_of)
            found.plugin_errors |= any(error.plugin != "row" for error in assessment.errors)
            found.letters[_file_name(number, len(rows), row)] = asked.letter(assessment, settings)
        except NothingToAskError as error:
            why = said("letter", "none", error.why)[asked.lang]
            found.without.setdefault(why, []).append(_who(number, row, asked.lang))
        except (LetterError, InputError) as error:
            found.failed = True
            why = "; ".join(p.message for p in error.problems) if isinstance(error, InputError) else str(error)
            found.without.setdefault(why, []).append(_who(number, row, asked.lang))
    warn_of_endings(table.model.resolved, days, asked.lang)
    return found


def _file_name(number: int, rows: int, row: Mapping[str, object]) -> str:
    """The number of the row, which makes the name unique and harmless, and what is readable of the provider's name."""
    name = slug(str(row.get(NAME) or ""), MAX_NAME)
    return "-".join(filter(None, [f"{number:0{len(str(rows))}}", name]))


def _who(number: int, row: Mapping[str, object], lang: Language) -> str:
    """A row as the summary names it."""
    name = printable(str(row.get(NAME) or ""))
    return fill(said("letter", "all", "nameless" if is_blank(name) else "who"), lang, name=name, number=str(number))


def _summary(asked: Asked, found: Rows) -> Iterator[str]:
    """How many letters were written, and for which rows none and why."""

    def say(key: str, **values: object) -> str:
        return fill(said("letter", "all", key), asked.lang, **values)

    yield say("written", count=len(found.letters), folder=asked.output) if found.letters else say("nothing_written")
    if found.without:
        yield say("without", count=sum(map(len, found.without.values())))
    for why, who in found.without.items():
        named = ", ".join(who[:MAX_NAMED] if found.letters else who)
        if found.letters and len(who) > MAX_NAMED:
            named = say("more", who=named, count=len(who) - MAX_NAMED, file=say("without_file"))
        text = say("why", why=why, count=len(who), who=named)
        width = terminal_width()
        yield from textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
