"""Where output goes: formats, encodings, files and terminals; and the exit statuses."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import click

from barriermodel import BarrierModelError
from barriermodel.analysis.expressions import describe_error
from barriermodel.analysis.files import is_stdout, open_ordinary, unwritable, write_file
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import PLAIN_MARKS, ending_text
from barriermodel.analysis.text import Language, escape_control_characters

DONE, FAILED_AT, BAD_INPUT, PLUGIN_ERRORS = 0, 1, 2, 3
"""The exit statuses; where several apply, 2 takes precedence over 1, and 1 over 3. An option such as ``--fail-at`` asks
for ``FAILED_AT``.
"""


def is_terminal(*, err: bool = False) -> bool:
    """Whether output is printed on a terminal."""
    stream = sys.stderr if err else sys.stdout
    return stream is not None and stream.isatty()


def terminal_width() -> int:
    """The width of text: that of the terminal, at most 120; without a terminal, 100."""
    return min(shutil.get_terminal_size((100, 24)).columns, 120) if is_terminal() else 100


def to_json_text(data: Any) -> str:
    """Data as JSON that a person can read too: indented, without escaped letters, and with a line end."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write_output(words: str, output: Path | None = None, output_format: str = "text", *, err: bool = False) -> None:
    """Print, or write to a file that appears whole or not at all.

    Args:
        output: the file; left out, or ``-``, it is standard output.
        output_format: ``text`` is printed in the encoding of the console, with ``?`` for letters that it lacks. Every
            other format is for programs, and is UTF-8, as all files are.
        err: print on standard error instead.

    Raises:
        BarrierModelError: it cannot be written.

    """
    on_file = output is not None and not is_stdout(output)
    on_terminal = not on_file and is_terminal(err=err)
    words = escape_control_characters(words) if on_terminal else words
    if on_file or output_format != "text":
        write_output_bytes(words.encode("utf-8", "replace"), output, err=err)
        return
    with _printing(err) as stream:
        words = words.translate(_lacking(stream))
        if on_terminal:
            click.echo(words, nl=False, file=stream)  # it knows the terminals of Windows
        else:
            stream.write(words)


def _lacking(stream: TextIO) -> dict[int, str]:
    """What to print for the marks that a console does not have."""

    def lacks(mark: str) -> bool:
        try:
            mark.encode(getattr(stream, "encoding", None) or "utf-8")
        except (LookupError, UnicodeEncodeError):
            return True
        return False

    return {ord(mark): plain for mark, plain in PLAIN_MARKS.items() if lacks(mark)}


def write_formatted(
    output_format: str, output: Path | None = None, *, err: bool = False, **renderers: Callable[[], Any]
) -> None:
    """Print or write a result in the format that the user asked for. See :func:`write_output`.

    Args:
        renderers: by format, what gives the result: ``json`` as data, any other as text.

    """
    found = renderers[output_format]()
    write_output(to_json_text(found) if output_format == "json" else found, output, output_format, err=err)


def write_output_bytes(content: bytes, output: Path | None = None, *, err: bool = False, new: bool = False) -> None:
    """Print bytes, or write them to a file, which ``new`` refuses to replace. See :func:`write_output`."""
    if output is not None and not is_stdout(output):
        write_file(output, content, new=new)
        return
    _print_bytes(io.BytesIO(content), err)


def copy_to_output(path: Path, *, err: bool = False) -> None:
    """Print what a file holds, however large. See :func:`write_output`; a terminal gets no control characters."""
    with open_ordinary(path) as file:
        if not is_terminal(err=err):
            _print_bytes(file, err)
            return
        with _as_text(file) as text, _printing(err) as stream:
            while part := text.read(_PART):
                click.echo(escape_control_characters(part), nl=False, file=stream)


_PART = 2**20


def _print_bytes(content: BinaryIO, err: bool) -> None:
    with _printing(err) as stream:
        stream.flush()
        if hasattr(stream, "buffer"):
            shutil.copyfileobj(content, stream.buffer, _PART)
        else:  # a program replaced it
            with _as_text(content) as text:
                shutil.copyfileobj(text, stream, _PART)


def _as_text(content: BinaryIO) -> TextIO:
    return io.TextIOWrapper(content, encoding="utf-8", errors="backslashreplace", newline="")


@contextmanager
def _printing(err: bool) -> Iterator[Any]:
    """Standard output or error. A reader that has gone, such as ``head``, is not an error."""
    stream: Any = sys.stderr if err else sys.stdout
    if stream is None:
        raise BarrierModelError(f"the output cannot be written: standard {'error' if err else 'output'} is closed")
    try:
        yield stream
        stream.flush()
    except BrokenPipeError:
        _discard(stream)
    except OSError as error:
        _discard(stream)
        raise unwritable("the output", error) from None


def _discard(stream: Any) -> None:
    """Discard what could not be written; Python would try again, and fail, when the program ends."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def print_error(words: str) -> None:
    """Print a message on standard error."""
    lines = escape_control_characters(words).splitlines() or [""]
    with suppress(OSError):  # standard error is closed
        click.echo(f"barriermodel: {lines[0]}", err=True)
        for line in lines[1:]:
            click.echo(line, err=True)


def unexpected_text(error: BaseException) -> str:
    """The message for an unforeseen error; with BARRIERMODEL_TRACEBACK set, its traceback is printed as well."""
    if os.environ.get("BARRIERMODEL_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory for this"
    return f"it failed unexpectedly: {describe_error(error)}; please report this (BARRIERMODEL_TRACEBACK=1 shows where)"


def warn_of_endings(resolved: ResolvedProfile, days: Iterable[date], lang: Language) -> None:
    """Print on standard error which tables of years end before one of these days."""
    latest = max(days, default=date.min)
    for ending in resolved.endings:
        if ending.on <= latest:
            print_error(f"{resolved.profile.id}: {ending_text(ending, lang)}")
