"""The figures of all rows beside a limit: how many are how far from it, and what another limit would do."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import attrs

from ..pages.charts import format_figure, round_step
from ..reporting.explanation_parts import Figure, Unit
from ..reporting.figures import figures
from ..rules.expression import Node, Operation
from ..rules.interpreter import evaluate_nodes
from ..rules.levels import Level, Status
from ..text import Language
from .portfolio import Portfolio, PortfolioRow
from .publishing import SMALL

Part: TypeAlias = tuple[Status | None, int | None]
"""A status of a rule, and a bar. Where there is no figure, or the rule does not apply, there is no bar."""
MAX_BARS = 8
"""Bars on either side of the limit; what lies further away is in the outer one."""


@attrs.frozen
class Histogram:
    """The figures of one rule in all rows, in bars of one width of which one begins at the limit.

    Args:
        rule: its id.
        label: what the figure is called.
        side: whether the limit is a lower or an upper one.
        limit: that of all rows, and ``shown_limit`` the same as text.
        step: the width of a bar.
        parts: the rows by the status of the rule and by bar; bar 0 begins at the limit, bar -1 ends there.

    """

    rule: str
    label: str
    side: str
    unit: Unit
    limit: float
    shown_limit: str
    step: float
    parts: Mapping[Part, int]

    @property
    def bars(self) -> range:
        """The numbers of the bars, with those that are empty in between."""
        found = [bar for (_, bar), count in self.parts.items() if bar is not None and count]
        return range(min(*found, -1), max(*found, 0) + 1)

    def in_bar(self, bar: int) -> list[Part]:
        """The parts that a bar shows."""
        return [part for part in self.parts if part[1] == bar]

    def of(self, status: Status) -> list[Part]:
        """The parts in which the rule has a status."""
        return [part for part in self.parts if part[0] is status]

    def beyond(self, bars: int = 0) -> list[Part]:
        """The parts that lie beyond the limit; or beyond one that is so many bars milder."""
        if self.side == "lower":
            return [part for part in self.parts if part[1] is not None and part[1] < -bars]
        return [part for part in self.parts if part[1] is not None and part[1] >= bars]

    def shown(self) -> list[Part]:
        """The parts with a figure."""
        return [part for part in self.parts if part[1] is not None]

    def edge(self, bar: int, lang: Language) -> str:
        """Write where a bar begins."""
        return format_figure(self.limit + bar * self.step, self.unit, lang)

    def milder(self, lang: Language) -> str:
        """Write the limit that is a bar milder."""
        return self.edge(-1 if self.side == "lower" else 1, lang)


def histogram(portfolio: Portfolio, rule: str, lang: Language, *, publish: bool = False) -> Histogram | None:
    """Count the figures of a rule; None if it has none to show, or if rows have different limits.

    Args:
        publish: let no figure of a single row decide where bars begin and end. A bar is then as wide as the limit asks,
            which is public, and the outer bar on either side begins where at least five rows are in it.

    """
    examined = _examined(portfolio, rule)
    found = {row.number: figure for row in examined if (figure := figure_of(portfolio, row, rule, lang)) is not None}
    first = next(iter(found.values()), None)
    if first is None or first.unit == "date" or any(figure.limit != first.limit for figure in found.values()):
        return None
    if publish and not first.limit:
        return None  # it asks for no width
    step = _step([first.limit] if publish else sorted(figure.value - first.limit for figure in found.values()))
    parts: Counter[Part] = Counter()
    for row in portfolio.rows:
        status, figure = _status(row, rule), found.get(row.number)
        parts[status, None if figure is None else _bar(figure, step, beyond=status is Status.HIT)] += 1
    if publish:
        _fill_outer_bars(parts)
    in_order = dict(sorted(parts.items(), key=_place))  # what is published depends on it, so it must not on the rows
    return Histogram(rule, first.label, first.side, first.unit, first.limit, first.shown_limit, step, in_order)


def _place(part: tuple[Part, int]) -> tuple[int, int]:
    """The place of a part: first those that no bar shows."""
    (status, bar), _ = part
    return -MAX_BARS - 1 if bar is None else bar, -1 if status is None else status


def _fill_outer_bars(parts: Counter[Part]) -> None:
    """Move the rows of an outer bar of fewer than five towards the limit, until it has five or stands beside it."""
    for bars, inward in ((range(-MAX_BARS, -1), 1), (range(MAX_BARS - 1, 0, -1), -1)):
        for bar in bars:
            inside = [part for part in parts if part[1] == bar]
            if sum(parts[part] for part in inside) > max(SMALL):
                break
            for status, _ in inside:
                parts[status, bar + inward] += parts.pop((status, bar))


def is_one_comparison(expression: Node) -> bool:
    """Whether a rule is nothing but one comparison, so that it hits just where its figure lies beyond the limit."""
    return isinstance(expression, Operation) and expression.op in ("lt", "le", "gt", "ge")


def _status(row: PortfolioRow, rule: str) -> Status | None:
    """Whether a rule hits or is open in a row; None is all else."""
    if rule in row.reasons or rule in row.also:
        return Status.HIT
    return Status.OPEN if any(rule in cause.rules for cause in row.causes) else None


def _examined(portfolio: Portfolio, rule: str) -> list[PortfolioRow]:
    """The rows in which the stage of a rule was examined: none before it excludes."""
    excludes: set[str] = set()
    for stage in portfolio.resolved.stages:
        if any(one.id == rule for one in stage.rules):
            break
        excludes |= {one.id for one in stage.rules if stage.by_level and one.level is Level.EXCLUDE}
    return [row for row in portfolio.rows if excludes.isdisjoint((*row.reasons, *row.also))]


def figure_of(
    portfolio: Portfolio, row: PortfolioRow, rule: str, lang: Language, *, confidential: bool = False
) -> Figure | None:
    """Return the comparison that a rule makes in a row where it applies; only if it makes just one."""
    words = portfolio.words_of(row, rule, lang, confidential=confidential)
    expression, *applies = [evaluate_nodes(node, words.lookup) for node in words.rule.nodes]
    if applies and applies[0].value is not True:
        return None
    found = figures(expression, words)
    return found[0] if len(found) == 1 else None


def _step(distances: Sequence[float]) -> float:
    """The width of a bar, such that nine of ten figures fit beside the limit."""
    few = len(distances) // 20
    span = max(abs(distances[few]), abs(distances[-1 - few])) or 1
    return float(round_step(span, MAX_BARS))


def _bar(figure: Figure, step: float, *, beyond: bool) -> int:
    """The bar of a figure; on the limit itself it is on the side of what the rule found."""
    if figure.value == figure.limit:
        bar = -1 if (figure.side == "lower") is beyond else 0
    else:
        bar = math.floor(round((figure.value - figure.limit) / step, 9))
    return max(-MAX_BARS, min(bar, MAX_BARS - 1))
