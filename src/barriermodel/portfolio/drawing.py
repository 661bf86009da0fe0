"""Where the bars of a histogram stand; the template draws them."""

from __future__ import annotations

import attrs

from ..text import format_integer
from .counts import ShownCounts
from .histograms import Histogram, Part

WIDTH, HEIGHT, TOP = 360, 110, 24
"""Units of the drawing, and where its highest bar begins."""
HIDDEN = 12
"""The height of a bar whose count is not published."""


@attrs.frozen
class Bar:
    """A bar of a histogram.

    Args:
        beyond: whether it lies beyond the limit.
        hidden: whether its count is not published; then its height says nothing.

    """

    x: float
    y: float
    width: float
    height: float
    beyond: bool
    hidden: bool


@attrs.frozen
class Drawing:
    """A histogram with all places worked out."""

    bars: tuple[Bar, ...]
    limit_at: float
    ends: tuple[str, str]
    highest: str


def drawing_of(found: Histogram, shown: ShownCounts[Part]) -> Drawing:
    """Place the bars of a histogram.

    Args:
        shown: its counts, as far as the page shows them.

    """
    counts = {bar: shown.bounds(*found.in_bar(bar)) for bar in found.bars}
    highest = max([high for low, high in counts.values() if low == high], default=0)
    width = WIDTH / len(counts)
    bars = []
    for place, (bar, (low, high)) in enumerate(counts.items()):
        height = HIDDEN if low != high else round((HEIGHT - TOP) * low / (highest or 1), 1)
        beyond = (bar < 0) is (found.side == "lower")
        x, y = round(place * width + 1, 1), round(HEIGHT - height, 1)
        bars.append(Bar(x, y, round(width - 2, 1), height, beyond, low != high))
    limit_at = round(-found.bars.start * width, 1)
    ends = found.edge(found.bars.start, shown.lang), found.edge(found.bars.stop, shown.lang)
    return Drawing(tuple(bars), limit_at, ends, format_integer(highest, shown.lang))
