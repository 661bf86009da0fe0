"""A line of a report, before it is decided how it looks."""

from __future__ import annotations

import enum

import attrs

from ..rules.levels import Level


class Kind(enum.Enum):
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

    kind: Kind
    text: str
    level: Level | None = None
