"""The lines of a text file, a bounded number of characters at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from barriermodel import InputError
from barriermodel.analysis.files import open_ordinary, reason

MAX_LINE_LENGTH = 16 * 2**20
"""Characters of the longest line that is read: a file without line ends is no table."""


def read_lines(path: Path, encoding: str = "utf-8") -> Iterator[str]:
    """Each line with its end; a byte that is not of the encoding becomes half of a character, which no table can hold.

    Raises:
        InputError: the file cannot be read, or a line is too long.

    """
    try:
        raw = open_ordinary(path)
        with io.TextIOWrapper(raw, encoding=encoding, errors="surrogateescape", newline="") as file:
            number = 0
            while line := file.readline(MAX_LINE_LENGTH):
                number += 1
                if len(line) == MAX_LINE_LENGTH:
                    raise InputError.one(
                        str(path), f"the line is longer than {MAX_LINE_LENGTH} characters", f"line {number}"
                    )
                yield line.removeprefix("\ufeff") if number == 1 else line
    except UnicodeError as error:
        raise InputError.one(str(path), f"the file cannot be read as {encoding}: {error}") from None
    except OSError as error:
        raise InputError.one(str(path), f"the file cannot be read: {reason(error)}") from None


def count_lines(path: Path) -> int:
    """How many ends of lines a file has: about as many as its rows, for telling how far reading is."""
    with open_ordinary(path) as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(2**22), b""))


def is_utf8(text: str) -> bool:
    """Whether the bytes of a text were UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
