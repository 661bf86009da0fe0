"""Text files: which encoding they are in, if that is certain, and their lines.

The commonest list of a Dutch office is saved by Excel in Windows-1252, and nothing in the file says so. Almost any
bytes decode as Windows-1252, so a file is read so only where the result looks like Dutch text. A wrong guess would
change names without anyone noticing. Where no encoding is certain, rows that are not UTF-8 are rejected, and a map can
name the encoding.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path

from barriermodel import InputError
from barriermodel.analysis.files import open_ordinary, reason

BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "windows-1252", "iso-8859-15", "cp850", "mac-roman")
"""The encodings that a map may name."""
WINDOWS_1252 = "windows-1252"
MAX_LINE_LENGTH = 16 * 2**20
"""Characters of the longest line that is read: a file without line ends is not a table."""

# In Windows-1252 a file of cp850 or Mac Roman has signs that no Dutch text has, or signs inside words: byte 82 is an é
# in cp850 and a low quotation mark here; byte 91 is an ë in Mac Roman and an opening quotation mark here. A capital
# with an accent after a small letter is the same mistake.
_NOT_DUTCH = re.compile("[^\\x00-\\x7f€…‘’“”–—\u00a0©®°±²³´·½«»§À-ÖØ-öø-ÿ]|[a-zß-ÿ][“”‘…][a-z]|[a-z][À-ÖØ-Þ]")
# A letter in UTF-8. A file that has one, and is not UTF-8 as a whole, was pasted together from two encodings.
_UTF8_LETTER = re.compile(rb"[\xc2\xc3][\x80-\xbf]")
_LINE_END = re.compile(rb"[\r\n]")
_BLOCK = 2**20


def encoding_of(path: Path) -> tuple[str, bool] | None:
    """The encoding of a file, and whether a byte order mark states it; None if it is not certain.

    Without a mark, a file that decodes as UTF-8 is UTF-8: other encodings practically never do by accident. Any other
    is Windows-1252, provided that all its letters are then those of Dutch text.

    Raises:
        InputError: the file cannot be read.

    """
    try:
        with open_ordinary(path) as file:
            start = file.read(MAX_LINE_LENGTH)
            for mark, name in BYTE_ORDER_MARKS.items():
                if start.startswith(mark):
                    return name, True
            if len(start) == MAX_LINE_LENGTH and not _LINE_END.search(start):
                return "utf-8", False  # reading its first line will say that this is no table
            file.seek(0)
            if _decodes("utf-8", iter(lambda: file.read(_BLOCK), b"")):
                return "utf-8", False
            file.seek(0)
            lines = iter(lambda: file.readline(_BLOCK), b"")  # whole lines: a word must not be cut in two
            return (WINDOWS_1252, False) if _decodes(WINDOWS_1252, lines) else None
    except OSError as error:
        raise InputError.one(str(path), f"the file cannot be read: {reason(error)}") from None


def _decodes(encoding: str, parts: Iterator[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for part in parts:
            text = decoder.decode(part)
            guessed = encoding == WINDOWS_1252 and not part.isascii()
            if guessed and (_NOT_DUTCH.search(text) or _UTF8_LETTER.search(part)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def read_lines(path: Path, encoding: str = "utf-8") -> Iterator[str]:
    """Each line with its line end.

    A byte that the encoding does not have becomes a lone surrogate, which no table can hold: :func:`is_utf8` finds the
    rows that have one, so that these are rejected and the others are read.

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
                    message = f"the line is longer than {MAX_LINE_LENGTH} characters"
                    raise InputError.one(str(path), message, f"line {number}")
                yield line.removeprefix("\ufeff") if number == 1 else line
    except UnicodeError as error:
        raise InputError.one(str(path), f"the file cannot be read as {encoding}: {error}") from None
    except OSError as error:
        raise InputError.one(str(path), f"the file cannot be read: {reason(error)}") from None


def count_lines(path: Path) -> int:
    """The number of line ends in a file: roughly its number of rows, for a progress bar."""
    with open_ordinary(path) as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(2**22), b""))


def is_utf8(text: str) -> bool:
    """Whether a text can be written as UTF-8: false if it has a byte that could not be decoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
