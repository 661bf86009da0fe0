"""The page of any report that is made of lines: a full report, a stored one, what differs between profiles."""

from __future__ import annotations

from collections.abc import Iterable

from ..reporting.rendering import Line, LineKind
from ..text import Language
from .rendering import render

_LISTED = {LineKind.RULE, LineKind.ITEM, LineKind.DETAIL}


def lines_page(lines: Iterable[Line], lang: Language) -> str:
    """Render the lines of a report as a page; its title is that of the report.

    Raises:
        MissingExtraError: Jinja2 is not installed.

    """
    title, *others = lines
    return render("lines", lang, title=title.text, blocks=list(_blocks(others)))


def _blocks(lines: Iterable[Line]) -> list[tuple[Line, list[tuple[Line, list[Line]]]]]:
    """Headings and paragraphs; below each, the rules or items that follow it, and below these their details."""
    blocks: list[tuple[Line, list[tuple[Line, list[Line]]]]] = []
    for line in lines:
        if line.kind is LineKind.DETAIL and blocks and blocks[-1][1]:
            blocks[-1][1][-1][1].append(line)
        elif line.kind in _LISTED and blocks:
            blocks[-1][1].append((line, []))
        else:
            blocks.append((line, []))
    return blocks
