"""A line of a report, before it is decided how it looks."""

from __future__ import annotations

import enum
from typing import Any

import attrs

from ..objects import brief_repr
from ..rules.levels import Level


class LineKind(enum.Enum):
    """What a line is in the report."""

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
    """A line; ``level`` may colour it, but its words say it all."""

    kind: LineKind
    text: str
    level: Level | None = None

    __repr__ = brief_repr


def as_data(line: Line) -> dict[str, Any]:
    """A line as JSON holds it, so that a report can be shown again without what it was made from."""
    level = {} if line.level is None else {"level": line.level.key}
    return {"kind": line.kind.value, "text": line.text, **level}
