"""Where output goes and how it ends: the exit statuses, JSON, and how wide a terminal is."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from barriermodel import BarrierModelError
from barriermodel.text import harmless

DONE, FAILED_AT, BAD_INPUT, PLUGIN_ERRORS = 0, 1, 2, 3
"""The exit statuses; ``FAILED_AT`` is of an option by which the user asked to fail."""


def is_terminal() -> bool:
    """Whether what is printed goes to a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def terminal_width() -> int:
    """The width for text: that of the terminal up to 120, or 100 where there is none."""
    return min(shutil.get_terminal_size((100, 24)).columns, 120) if is_terminal() else 100


def as_json(data: Any) -> str:
    """Data as JSON that a person can read too: indented, letters as they are, a line end at its end."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def emit(words: str, output: Path | None = None) -> None:
    """Print, or write to a file that appears whole or not at all.

    Raises:
        BarrierModelError: it cannot be written.
    """
    try:
        if output is None:
            if sys.stdout is None:
                raise OSError("standard output is closed")
            click.echo(harmless(words) if is_terminal() else words, nl=False)
            sys.stdout.flush()
        else:
            _write(words, output.resolve())
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BarrierModelError(f"{output or 'the output'} cannot be written: {error.strerror or error}") from None


def _write(words: str, target: Path) -> None:
    if target.exists() and not target.is_file():  # a device or pipe is written to, never replaced
        target.write_text(words, encoding="utf-8")
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(words)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def say_error(words: str) -> None:
    """A user's mistake, on standard error."""
    lines = harmless(words).splitlines() or [""]
    click.echo(f"barriermodel: {lines[0]}", err=True)
    for line in lines[1:]:
        click.echo(line, err=True)
