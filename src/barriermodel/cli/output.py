"""Where output goes and how it ends: the exit statuses, JSON, encodings, and how wide a terminal is."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import click

from barriermodel import BarrierModelError
from barriermodel.analysis.expressions import describe_error
from barriermodel.analysis.files import is_stdout, open_ordinary, unwritable, write_file
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import ending_text
from barriermodel.analysis.text import Language, escape_control_characters

DONE, FAILED_AT, BAD_INPUT, PLUGIN_ERRORS = 0, 1, 2, 3
"""The exit statuses; ``FAILED_AT`` is of an option by which the user asked to fail."""


def is_terminal(*, err: bool = False) -> bool:
    """Whether what is printed goes to a terminal."""
    stream = sys.stderr if err else sys.stdout
    return stream is not None and stream.isatty()


def terminal_width() -> int:
    """The width for text: that of the terminal up to 120, or 100 where there is none."""
    return min(shutil.get_terminal_size((100, 24)).columns, 120) if is_terminal() else 100


def to_json_text(data: Any) -> str:
    """Data as JSON that a person can read too: indented, letters as they are, a line end at its end."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write_output(words: str, output: Path | None = None, form: str = "text", *, err: bool = False) -> None:
    """Print, or write to a file that appears whole or not at all.

    Args:
        output: the file; left out, or ``-``, it is standard output.
        form: ``text`` is printed in the encoding of the console, with ``?`` for what that lacks. Every other form is
            for programs, and UTF-8 as all files are.
        err: print on standard error instead.

    Raises:
        BarrierModelError: it cannot be written.

    """
    on_file = output is not None and not is_stdout(output)
    on_terminal = not on_file and is_terminal(err=err)
    words = escape_control_characters(words) if on_terminal else words
    if on_file or form != "text":
        write_bytes(words.encode("utf-8", "replace"), output, err=err)
        return
    with _printing(err) as stream:
        if on_terminal:
            click.echo(words, nl=False, file=stream)  # it knows the terminals of Windows
        else:
            stream.write(words)


def write_bytes(content: bytes, output: Path | None = None, *, err: bool = False) -> None:
    """Print bytes, or write them to a file. As :func:`emit`."""
    if output is not None and not is_stdout(output):
        write_file(output, content)
        return
    _print_bytes(io.BytesIO(content), err)


def copy_to_output(path: Path, *, err: bool = False) -> None:
    """Print what a file holds, however large. As :func:`emit`; on a terminal it does nothing but show."""
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
        else:  # one that a program put in its place
            with _as_text(content) as text:
                shutil.copyfileobj(text, stream, _PART)


def _as_text(content: BinaryIO) -> TextIO:
    return io.TextIOWrapper(content, encoding="utf-8", errors="backslashreplace", newline="")


@contextmanager
def _printing(err: bool) -> Iterator[Any]:
    """Standard output or error; that its reader has gone is no failure, for then nothing is left to say."""
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
    """Let go of what could not be written, or it would be tried again when the program ends."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def print_error(words: str) -> None:
    """A user's mistake, on standard error."""
    lines = escape_control_characters(words).splitlines() or [""]
    with suppress(OSError):  # nobody listens
        click.echo(f"barriermodel: {lines[0]}", err=True)
        for line in lines[1:]:
            click.echo(line, err=True)


def unexpected_text(error: BaseException) -> str:
    """What is said of an error that nobody foresaw; with BARRIERMODEL_TRACEBACK set, where it came from as well."""
    if os.environ.get("BARRIERMODEL_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory for this"
    return f"it failed unexpectedly: {describe_error(error)}; please report this (BARRIERMODEL_TRACEBACK=1 shows where)"


def warn_of_endings(resolved: ResolvedProfile, days: Iterable[date], lang: Language) -> None:
    """Tables of years that have ended on one of these days, on standard error."""
    latest = max(days, default=date.min)
    for ending in resolved.endings:
        if ending.on <= latest:
            print_error(f"{resolved.profile.id}: {ending_text(ending, lang)}")
