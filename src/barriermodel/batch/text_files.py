"""In which encoding a file of text is, where that is certain."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from barriermodel import InputError
from barriermodel.analysis.files import open_ordinary, reason

BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
"""How a file begins that says what it is."""
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "windows-1252", "iso-8859-15", "cp850", "mac-roman")
"""What a map may say."""
WINDOWS_1252 = "windows-1252"
_OTHER = re.compile("[^\\x00-\\x7f€…‘’“”–—\u00a0©®°±²³´·½«»§À-ÖØ-öø-ÿ]|[a-zß-ÿ][“”‘…][a-z]|[a-z][À-ÖØ-Þ]")
"""What text of a Dutch Windows does not have: other signs, and signs inside a word that are letters elsewhere."""
_UTF8 = re.compile(rb"[\xc2\xc3][\x80-\xbf]")
"""A letter of UTF-8: of a file that has some, and other bytes too, nobody knows what it is."""
_PART = 2**20


def encoding_of(path: Path) -> tuple[str, bool] | None:
    """The encoding of a file and whether a mark says so; None where it is not certain.

    UTF-8 is what can be it; what cannot is Windows-1252 where all its letters are those of a Dutch text then.

    Raises:
        InputError: the file cannot be read.

    """
    try:
        with open_ordinary(path) as file:
            start = file.read(4)
            for mark, name in BYTE_ORDER_MARKS.items():
                if start.startswith(mark):
                    return name, True
            file.seek(0)
            if _fits("utf-8", iter(lambda: file.read(_PART), b"")):
                return "utf-8", False
            file.seek(0)
            lines = iter(lambda: file.readline(_PART), b"")
            return (WINDOWS_1252, False) if _fits(WINDOWS_1252, lines) else None
    except OSError as error:
        raise InputError.one(str(path), f"the file cannot be read: {reason(error)}") from None


def _fits(encoding: str, parts: Iterator[bytes]) -> bool:
    """Whether bytes can be text in an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for part in parts:
            text = decoder.decode(part)
            if encoding == WINDOWS_1252 and not part.isascii() and (_OTHER.search(text) or _UTF8.search(part)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
