"""The lines of a report, and how they look: as text for a terminal, or as Markdown."""

from __future__ import annotations

import enum
import re
import textwrap
from collections.abc import Container, Iterable, Sequence
from typing import Any

import attrs

from ..objects import brief_repr
from ..rules.levels import Level


class LineKind(enum.Enum):
    """What a line is in a report, which decides how it looks."""

    TITLE = "title"
    ADVICE = "advice"
    STAGE = "stage"
    BARRIER = "barrier"
    RULE = "rule"
    DETAIL = "detail"
    ITEM = "item"
    TEXT = "text"


@attrs.frozen(eq=False)
class Line:
    """A line of a report. Its level may colour it, but adds nothing to its words."""

    kind: LineKind
    text: str
    level: Level | None = None

    __repr__ = brief_repr


@attrs.frozen
class Entry:
    """A line of a section.

    Args:
        text: the line; without a mark it is a plain paragraph.
        mark: what stands in front of it: a level, an open rule, a number, a dash.
        level: what may colour it; its words say the same.
        details: lines below it.
        right: what stands at the end of the line, such as minutes.

    """

    text: str
    mark: str = ""
    level: Level | None = None
    details: tuple[str, ...] = ()
    right: str = ""


@attrs.frozen
class Section:
    """A heading with entries."""

    heading: str
    entries: tuple[Entry, ...]


def line_as_data(line: Line) -> dict[str, Any]:
    """Convert a line to JSON data, so that a report can be shown again without what it was made from."""
    level = {} if line.level is None else {"level": line.level.key}
    return {"kind": line.kind.value, "text": line.text, **level}


_INDENT = {LineKind.BARRIER: 2, LineKind.RULE: 4, LineKind.DETAIL: 8, LineKind.ITEM: 2, LineKind.TEXT: 0}
COLOURS = {Level.GREEN: "32", Level.ORANGE: "33", Level.RED: "31", Level.EXCLUDE: "35"}
PLAIN_MARKS = {
    "●": "o", "▲": "!", "■": "#", "◆": "X", "═": "=", "✗": "x", "✓": "v", "–": "-", "·": "-", "→": ">", "↓": "v",
}  # fmt: skip
"""What stands for a mark on a console that lacks it."""
_BOLD = frozenset({LineKind.TITLE, LineKind.ADVICE, LineKind.STAGE})


def as_text(lines: Iterable[Line], width: int = 100, colour: bool = False) -> str:
    """Render a report as text.

    Args:
        lines: the report.
        width: of a line, in characters.
        colour: use ANSI colours, which never carry a meaning of their own.

    """
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
    """Align the cells of each column, with two spaces between columns.

    Args:
        rows: the cells of each row.
        right: the columns to align to the right, counted from 0.

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


_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
"""In numbers of some languages."""


def printable(words: str) -> str:
    """Replace control characters: a name must not steer a terminal."""
    if words.isprintable():
        return words
    return "".join(c if c.isprintable() or c in _SPACES else "\N{REPLACEMENT CHARACTER}" for c in words)


def _coloured(part: str, line: Line) -> str:
    codes = ["1"] if line.kind in _BOLD else []
    if line.level is not None and line.kind is not LineKind.DETAIL:
        codes.append(COLOURS[line.level])
    return f"\x1b[{';'.join(codes)}m{part}\x1b[0m" if codes else part


_START = {
    LineKind.TITLE: "# ",
    LineKind.ADVICE: "**",
    LineKind.STAGE: "## ",
    LineKind.BARRIER: "### ",
    LineKind.RULE: "- ",
    LineKind.DETAIL: "  - ",
    LineKind.ITEM: "- ",
    LineKind.TEXT: "",
}
_BLOCKS = frozenset({LineKind.TITLE, LineKind.ADVICE, LineKind.STAGE, LineKind.BARRIER, LineKind.TEXT})
_ADDRESS = re.compile(r"https?://[^\s<>;]*[^\s<>;).,]")


def as_markdown(lines: Iterable[Line]) -> str:
    """Render a report as Markdown; everything from outside is escaped."""
    written: list[str] = []
    before: LineKind | None = None
    for line in lines:
        if before is not None and (line.kind in _BLOCKS or before in _BLOCKS):
            written.append("")
        end = "**" if line.kind is LineKind.ADVICE else ""
        written.append(f"{_START[line.kind]}{escaped(printable(line.text))}{end}")
        before = line.kind
    return "\n".join(written) + "\n"


def escaped(words: str) -> str:
    """Escape everything that Markdown would interpret, and make addresses links."""
    parts: list[str] = []
    end = 0
    for address in _ADDRESS.finditer(words):
        parts += [_escape(words[end : address.start()]), f"<{address.group()}>"]
        end = address.end()
    return "".join([*parts, _escape(words[end:])])


def _escape(words: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", words)
