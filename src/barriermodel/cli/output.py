"""Where output goes, and how wide a terminal is."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click


def terminal_width() -> int:
    """The width for text: that of the terminal up to 120, or 100 where there is none."""
    return min(shutil.get_terminal_size((100, 24)).columns, 120) if sys.stdout.isatty() else 100


def emit(words: str, output: Path | None = None) -> None:
    """Print, or write to a file that appears whole or not at all."""
    if output is None:
        click.echo(words, nl=False)
        sys.stdout.flush()
        return
    try:
        handle, temporary = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(words)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(output)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise click.ClickException(f"{output} cannot be written: {error.strerror}") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
