"""How a CSV file is written, so that another can be written the same way."""

from __future__ import annotations

import attrs

from .convert import ISO

DUTCH = "%d-%m-%Y"
"""How a Dutch spreadsheet writes a date, beside ``ISO``."""


@attrs.frozen(kw_only=True)
class Dialect:
    """How a CSV file is written: what reading it needed to know, and what it showed.

    Args:
        encoding: as Python calls it, without the mark: ``utf-8``, ``windows-1252``, ``utf-16-le`` or another.
        bom: whether the file begins with a byte order mark.
        separator: between fields.
        decimal: the sign before decimals, ``","`` or ``"."``.
        date: how dates are written, ``%d-%m-%Y`` or ``%Y-%m-%d``.
        newline: the end of a line: LF, or CR and LF.
        true: and ``false``: the words for them.
        header: the line that names the columns, from 1; what stands above it is no part of the table.

    """

    encoding: str = "utf-8"
    bom: bool = False
    separator: str = ","
    decimal: str = "."
    date: str = ISO
    newline: str = "\n"
    true: str = "true"
    false: str = "false"
    header: int = 1


PLAIN = Dialect()
"""Of what is no CSV."""
