"""A report as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Container, Iterable, Sequence

from ..rules.levels import Level
from .line import Line, LineKind

_INDENT = {LineKind.BARRIER: 2, LineKind.RULE: 4, LineKind.DETAIL: 8, LineKind.ITEM: 2, LineKind.TEXT: 0}
_COLOURS = {Level.GREEN: "32", Level.ORANGE: "33", Level.RED: "31", Level.EXCLUDE: "35"}
_BOLD = frozenset({LineKind.TITLE, LineKind.ADVICE, LineKind.STAGE})


def as_text(lines: Iterable[Line], width: int = 100, colour: bool = False) -> str:
    """The report, wrapped; colours only where asked for, and never the only sign of anything."""
    written: list[str] = []
    for line in lines:
        if line.kind in (LineKind.STAGE, LineKind.BARRIER, LineKind.ADVICE) and written:
            written.append("")
        words = printable(line.text)
        if line.kind is LineKind.ITEM:
            words = f"- {words}"
        indent = " " * _INDENT.get(line.kind, 0)
        if len(indent) + len(words) <= width:
            written.append(_coloured(indent + words, line) if colour else indent + words)
            continue
        hang = indent + ("  " if line.kind in (LineKind.RULE, LineKind.ITEM, LineKind.DETAIL) else "")
        parts = textwrap.wrap(
            words, max(width, 40), initial_indent=indent, subsequent_indent=hang, break_long_words=False,
            break_on_hyphens=False,
        )  # fmt: skip
        written += [_coloured(part, line) if colour else part for part in parts]
    return "\n".join(written) + "\n"


def align_columns(rows: Sequence[Sequence[str]], right: Container[int] = ()) -> list[str]:
    """Lines in which the cells of each column are aligned, with two spaces between columns.

    Args:
        right: the columns that are aligned to the right, from 0.

    >>> align_columns([["rule", "hits"], ["nl.kvk.active", "12"]], right=[1])
    ['rule           hits', 'nl.kvk.active    12']

    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def printable(words: str) -> str:
    """Text without control characters: a name must not steer a terminal."""
    if words.isprintable():
        return words
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words)


def _coloured(part: str, line: Line) -> str:
    codes = ["1"] if line.kind in _BOLD else []
    if line.level is not None and line.kind is not LineKind.DETAIL:
        codes.append(_COLOURS[line.level])
    return f"\x1b[{';'.join(codes)}m{part}\x1b[0m" if codes else part
