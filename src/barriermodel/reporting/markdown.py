"""A report as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .line import Line, LineKind
from .rendering import printable

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
    """The report, with everything that came from outside escaped."""
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
    """Words in which Markdown reads nothing, and addresses are links."""
    parts: list[str] = []
    end = 0
    for address in _ADDRESS.finditer(words):
        parts += [_escape(words[end : address.start()]), f"<{address.group()}>"]
        end = address.end()
    return "".join([*parts, _escape(words[end:])])


def _escape(words: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", words)
