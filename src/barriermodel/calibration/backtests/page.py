"""A backtest as a page, with the tables and sentences of its text."""

from __future__ import annotations

from typing import Any

from barriermodel.analysis.pages import render, stack
from barriermodel.analysis.text import Language, format_percent

from ..text import format_count, format_rows
from .result import Backtest, Performance
from .text import (
    backtest_remarks,
    backtest_title,
    grouped,
    how_to_read,
    investigated,
    measured_heads,
    measured_rows,
    rule_cells,
    rule_heads,
)

PARTS = ("hits", "hits alone", "open")
"""The looks of the parts of a bar: hits of another rule as well, of no other rule, and open rows."""


def backtest_page(found: Backtest, lang: Language, layout: str = "page.html.j2") -> str:
    """Render a backtest.

    Args:
        found: the backtest.
        lang: the language.
        layout: that of a page, or of a part of another page.

    Raises:
        MissingExtraError: Jinja2 is not installed.

    """
    most = max(found.rules, key=lambda rule: rule.hits, default=None)
    return render(
        "backtest", lang, layout=layout, found=found, title=backtest_title(found, lang), looks=PARTS,
        all=format_rows(found.total, lang), hitting=sum(rule.hits > 0 for rule in found.rules),
        most=most and (most.id, format_count(most.hits, found.total, lang)), heads=rule_heads(lang),
        rows=[rule_cells(rule, found, lang) for rule in found.rules], how=how_to_read(lang),
        bars=[stack((rule.hits - rule.alone, rule.alone, rule.open), found.total, 100) for rule in found.rules],
        measured=None if found.label is None else _measured(found, lang),
        groups=list(grouped(found, lang)), remarks=list(backtest_remarks(found, lang)),
    )  # fmt: skip


def _measured(found: Backtest, lang: Language) -> dict[str, Any]:
    share = found.found / found.investigated if found.investigated else None
    performances = [*(rule.performance for rule in found.rules), *(level.performance for level in found.levels)]
    return {
        "sentences": investigated(found, lang), "heads": measured_heads(lang), "rows": measured_rows(found, lang),
        "intervals": [_interval(performance) for performance in performances],
        "share": share, "share_shown": None if share is None else format_percent(share, lang, 0),
    }  # fmt: skip


def _interval(performance: Performance | None) -> tuple[float, float, float] | None:
    """The ends of the interval of the precision and the precision itself, on a line of 100."""
    share = performance.precision if performance else None
    if share is None or share.value is None or share.low is None or share.high is None:
        return None
    return round(100 * share.low, 1), round(100 * share.high, 1), round(100 * share.value, 1)
