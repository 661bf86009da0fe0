"""Charts as inline SVG: where each part stands. The template draws them in the colours of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

import attrs

from ..reporting.explanation_parts import Figure, Unit
from ..text import Language, format_integer, format_money, format_percent

WIDTH = 500
MARGIN = 10
"""Units of a gauge: its width, and what is left free on either side."""
LABEL = 60
"""Units that a number under the axis takes; where two would overlap, that of the end is left out."""


@attrs.frozen
class Gauge:
    """A value on a line beside its limit.

    Args:
        at: where the value stands, ``limit_at`` where the limit does.
        start: where the part that is allowed begins, and ``length`` how long it is.
        ends: the numbers at the left and the right end; nothing where there is no room.
        anchor: how the words of the limit stand above it.

    """

    figure: Figure
    at: float
    limit_at: float
    start: float
    length: float
    ends: tuple[str, str]
    anchor: str


def gauge(figure: Figure, lang: Language) -> Gauge | None:
    """Place a value beside its limit; None for a date. The line has zero on it, and ends beyond both.

    >>> found = gauge(Figure("profit", 0.24, "24%", 0.1, "10%", "upper", "ratio"), "en")
    >>> found.limit_at, found.at, (found.start, found.length), found.ends
    (202.0, 470.8, (10, 192.0), ('0%', ''))

    """
    if figure.unit == "date":
        return None
    value, limit = figure.value, figure.limit
    low, high = axis([0, value, limit, 1.5 * limit])
    at, limit_at = (place(number, low, high) for number in (value, limit))
    start = limit_at if figure.side == "lower" else MARGIN
    length = WIDTH - MARGIN - limit_at if figure.side == "lower" else limit_at - MARGIN
    left, right = (written(end, figure.unit, lang) for end in (low, high))
    ends = left if at - MARGIN > LABEL else "", right if WIDTH - MARGIN - at > LABEL else ""
    anchor = "start" if limit_at < 2 * LABEL else "end" if limit_at > WIDTH - 2 * LABEL else "middle"
    return Gauge(figure, at, limit_at, start, round(length, 1), ends, anchor)


def place(number: float, low: float, high: float, width: float = WIDTH, margin: float = MARGIN) -> float:
    """Return where a number stands on an axis, in units to one decimal."""
    return round(margin + (width - 2 * margin) * (number - low) / (high - low), 1)


def axis(numbers: Sequence[float]) -> tuple[float, float]:
    """Return round ends between which all numbers lie.

    >>> axis([0, 0.133, 0.2])
    (0.0, 0.2)
    >>> axis([-3, 12])
    (-5.0, 15.0)

    """
    low, high = min(numbers), max(numbers)
    span = (high - low) or abs(high) or 1
    power = math.floor(math.log10(span / 6)) + 1
    step = next(
        part for part in (Decimal(f"{part}e{power}") for part in ("0.1", "0.2", "0.5", "1")) if span <= 6 * part
    )
    first, last = (Decimal(repr(number)) / step for number in (low, high))
    end = max(math.ceil(last), math.floor(first) + 1)
    return float(math.floor(first) * step), float(end * step)


def written(number: float, unit: Unit, lang: Language) -> str:
    """Write a number of an axis."""
    if unit == "ratio":
        return format_percent(number, lang)
    return format_money(round(number * 100), lang) if unit == "euro" else format_integer(round(number), lang)
