"""Charts as inline SVG: where each part stands. The template draws them in the colours of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

import attrs

from ..reporting.explanation_parts import Figure, Unit
from ..text import Language, format_integer, format_money, format_percent

WIDTH = 500
MARGIN = 10
"""Units of a gauge: its width, and what is left free on either side."""
LABEL = 60
"""Units that a number under the axis takes; where two would overlap, that of the end is left out."""
MAX_LABELS = 6
"""Labels that there is room for below columns."""


@attrs.frozen
class Gauge:
    """A value on a line beside its limit.

    Args:
        at: where the value stands, ``limit_at`` where the limit does.
        start: where the part that is allowed begins, and ``length`` how long it is.
        ends: the numbers at the left and the right end; nothing where there is no room.

    """

    figure: Figure
    at: float
    limit_at: float
    start: float
    length: float
    ends: tuple[str, str]


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
    left, right = (format_figure(end, figure.unit, lang) for end in (low, high))
    ends = left if at - MARGIN > LABEL else "", right if WIDTH - MARGIN - at > LABEL else ""
    return Gauge(figure, at, limit_at, start, round(length, 1), ends)


@attrs.frozen
class Columns:
    """Counts as columns of stacked parts, one column beside the other.

    Args:
        paths: of each part, the outlines of its pieces in all columns, for the ``d`` of a path.
        marks: where the mark of a part fits: its number, and the middle of the piece.
        centres: the middle of each column.
        shown: the numbers of the columns whose label there is room for, the marked one among them.

    """

    paths: tuple[str, ...]
    marks: tuple[tuple[int, float, float], ...]
    centres: tuple[float, ...]
    shown: tuple[int, ...]


def columns(counts: Sequence[Sequence[int]], total: int, marked: int, *, width: float, height: float) -> Columns:
    """Stack the counts of each column from the bottom up.

    Args:
        counts: of each column, the count of each part; all columns have the same parts.
        total: what the whole height stands for.
        marked: the number of the column whose label is always shown.
        width: of all columns together.
        height: of a column with all of the total.

    >>> columns([[3, 1], [0, 4]], 4, 0, width=20, height=40).paths
    ('M1 40h8v-30h-8z', 'M1 10h8v-10h-8zM11 40h8v-40h-8z')

    """
    step = width / len(counts)
    wide = f"{0.8 * step:g}"
    paths, marks = [""] * len(counts[0]), []
    for number, column in enumerate(counts):
        for part, (start, length) in enumerate(stack(column, total, height)):
            if length:
                paths[part] += f"M{(number + 0.1) * step:g} {height - start:g}h{wide}v-{length:g}h-{wide}z"
            if length >= 14 and step >= 18:
                marks.append((part, round((number + 0.5) * step, 1), round(height - start - length / 2, 1)))
    every = -(-len(counts) // MAX_LABELS)
    shown = sorted({*(n for n in range(0, len(counts), every) if abs(n - marked) >= every), marked})
    centres = tuple(round((number + 0.5) * step, 1) for number in range(len(counts)))
    return Columns(tuple(paths), tuple(marks), centres, tuple(shown))


def stack(counts: Sequence[int], total: int, length: float) -> list[tuple[float, float]]:
    """Return where each part begins when parts are laid end to end, and how long it is.

    >>> stack([1, 0, 3], 4, 100)
    [(0.0, 25.0), (25.0, 0.0), (25.0, 75.0)]

    """
    ends = [round(length * end / max(total, 1), 1) for end in accumulate(counts, initial=0)]
    return [(start, round(end - start, 1)) for start, end in pairwise(ends)]


def place(number: float, low: float, high: float) -> float:
    """Return where a number stands on the axis of a gauge, in units to one decimal."""
    return round(MARGIN + (WIDTH - 2 * MARGIN) * (number - low) / (high - low), 1)


def axis(numbers: Sequence[float]) -> tuple[float, float]:
    """Return round ends between which all numbers lie.

    >>> axis([0, 0.133, 0.2])
    (0.0, 0.2)
    >>> axis([-3, 12])
    (-5.0, 15.0)

    """
    low, high = min(numbers), max(numbers)
    step = round_step((high - low) or abs(high) or 1, 6)
    first, last = (Decimal(repr(number)) / step for number in (low, high))
    end = max(math.ceil(last), math.floor(first) + 1)
    return float(math.floor(first) * step), float(end * step)


def round_step(span: float, parts: int) -> Decimal:
    """Return the smallest round number of which no more than so many parts are needed for a span.

    >>> float(round_step(0.9, 12)), float(round_step(37, 6))
    (0.1, 10.0)

    """
    power = math.floor(math.log10(span / parts)) + 1
    steps = (Decimal(f"{part}e{power}") for part in ("0.1", "0.2", "0.5", "1"))
    return next(step for step in steps if span <= parts * step)


def format_figure(number: float, unit: Unit, lang: Language) -> str:
    """Write a number of an axis."""
    if unit == "ratio":
        return format_percent(number, lang)
    return format_money(round(number * 100), lang) if unit == "euro" else format_integer(round(number), lang)
