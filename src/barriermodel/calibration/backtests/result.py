"""The result of a backtest: what each rule hits, alone and with others, and how well that predicts what was found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from barriermodel import Level
from barriermodel.analysis.objects import brief_repr
from barriermodel.analysis.text import Language, check_language

from .export import backtest_data, backtest_rows

IntervalCounts = Mapping[tuple[Level, Level], int]
"""The number of rows for each interval of the advice: at least the one level, at most the other."""


@attrs.frozen(kw_only=True)
class Proportion:
    """A proportion with its 95% confidence interval (Wilson's).

    Args:
        count: how many.
        of: out of how many.
        low: the lower end of the interval, from 0 to 1; None if ``of`` is 0, as is ``high``.
        high: the upper end.

    >>> Proportion(count=3, of=12, low=0.09, high=0.53).value
    0.25

    """

    count: int
    of: int
    low: float | None = None
    high: float | None = None

    __repr__ = brief_repr

    @property
    def value(self) -> float | None:
        """The proportion, from 0 to 1; None if ``of`` is 0."""
        return self.count / self.of if self.of else None


@attrs.frozen(kw_only=True)
class Lift:
    """How many times as often something is found in flagged rows as in all investigated rows.

    Args:
        value: 1 is no better than chance; None if nothing was flagged or nothing was found.
        low: the lower end of its 95% interval; None, as is ``high``, if one of the four counts is zero.
        high: the upper end.

    >>> Lift(value=1.5, low=0.7, high=2.6).value
    1.5

    """

    value: float | None = None
    low: float | None = None
    high: float | None = None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Performance:
    """How well a flag predicts what investigations found, over investigated rows only.

    Args:
        precision: of the flagged rows, those in which something was found.
        recall: of the rows in which something was found, those that were flagged.
        lift: how many times as often something was found in flagged rows as in all.

    >>> half = Proportion(count=5, of=10)
    >>> Performance(precision=half, recall=half, lift=Lift()).precision.value
    0.5

    """

    precision: Proportion
    recall: Proportion
    lift: Lift

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class WithoutRule:
    """What the advice would be without a rule, as numbers of rows.

    Args:
        milder: rows with milder advice, at either end.
        at_least: rows with a milder lower end.
        at_most: rows with a milder upper end.
        counts: rows with each advice.

    >>> WithoutRule(milder=2, at_least=2, at_most=1, counts={}).milder
    2

    """

    milder: int
    at_least: int
    at_most: int
    counts: IntervalCounts

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class RuleFigures:
    """What a rule hits, as numbers of rows.

    Args:
        id: the rule's id.
        level: the rule's level in this profile.
        hits: rows in which it hits.
        alone: rows in which it is the only rule that hits.
        open: rows in which it is open.
        not_examined: rows in which an earlier stage excludes, so that an assessment does not examine it; its hits there
            are counted all the same.
        overlap: rows in which another rule hits as well, by the id of that rule.
        without: what the advice would be without it.
        performance: how well its hits predict what was found; None if no label was asked for.

    >>> from barriermodel import Level
    >>> without = WithoutRule(milder=2, at_least=2, at_most=1, counts={})
    >>> RuleFigures(
    ...     id="nl.kvk.active", level=Level.RED, hits=4, alone=2, open=1, not_examined=0, overlap={}, without=without
    ... ).hits
    4

    """

    id: str
    level: Level
    hits: int
    alone: int
    open: int
    not_examined: int
    overlap: Mapping[str, int]
    without: WithoutRule
    performance: Performance | None = None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class LevelFigures:
    """Rows whose advice is certainly a level or worse.

    Args:
        level: the level.
        rows: how many.
        performance: how well this predicts what was found; None if no label was asked for.

    >>> from barriermodel import Level
    >>> LevelFigures(level=Level.RED, rows=64)
    LevelFigures(level=red, rows=64)

    """

    level: Level
    rows: int
    performance: Performance | None = None

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class GroupRate:
    """How often a rule hits in a group, and in all other rows.

    Args:
        rule: its id.
        share: of the rows of the group, those in which it hits.
        open: rows of the group in which it is open.
        rest: of all other rows, those in which it hits.
        disjoint: whether the intervals of ``share`` and ``rest`` do not overlap.

    >>> few, many = Proportion(count=1, of=20), Proportion(count=9, of=20)
    >>> GroupRate(rule="nl.kvk.active", share=many, open=0, rest=few, disjoint=False).share.value
    0.45

    """

    rule: str
    share: Proportion
    open: int
    rest: Proportion
    disjoint: bool

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Group:
    """Rows with the same value in a column, or with a number in the same range.

    Args:
        column: the column.
        kind: ``value`` for a text, ``number`` for a range, ``unknown``, or ``other`` for small groups together.
        value: the text; None for the other kinds.
        above: numbers in the group are greater than this; None if there is no lower end.
        up_to: numbers in the group are at most this; None if there is no upper end.
        rows: how many.
        rates: how often each rule hits in it.

    >>> Group(column="size", kind="number", above=10, up_to=50, rows=12, rates=())
    Group(column='size', kind='number', above=10, up_to=50, rows=12)

    """

    column: str
    kind: str
    value: str | None = None
    above: float | None = None
    up_to: float | None = None
    rows: int
    rates: tuple[GroupRate, ...]

    __repr__ = brief_repr


@attrs.frozen(kw_only=True)
class Backtest:
    """What every rule of a profile hits in a table, and how well that predicts what investigations found.

    Args:
        profile: the profile's id.
        digest: the profile's digest.
        as_of: the date of all rows; None if each row has its own.
        label: the column with what an investigation found; None if none was asked for.
        total: the number of rows in the table.
        investigated: the number of rows with a label.
        found: the number of rows in which something was found.
        counts: the number of rows with each advice.
        rules: in the order of the stages.
        levels: ORANGE, RED and EXCLUDE.
        groups: of each column that rows were grouped by.
        missing: missing columns, treated as unknown in every row.
        unchecked: kinds of evidence without dates, so that it was not checked whether they had expired.

    See :func:`backtest` for an example.

    """

    profile: str
    digest: str
    as_of: date | None
    label: str | None
    total: int
    investigated: int
    found: int
    counts: IntervalCounts
    rules: tuple[RuleFigures, ...]
    levels: tuple[LevelFigures, ...]
    groups: tuple[Group, ...]
    missing: tuple[str, ...]
    unchecked: tuple[str, ...]

    __repr__ = brief_repr

    def rows(self) -> list[dict[str, Any]]:
        """One row for each figure, as in the CSV file: with its subject, measure, count and interval."""
        return backtest_rows(self)

    def to_dict(self) -> dict[str, Any]:
        """The backtest as JSON, in the format ``barriermodel/backtest/1``."""
        return backtest_data(self)

    def html(self, lang: Language = "nl") -> str:
        """Render it as a page: HTML in one file, without a script.

        Args:
            lang: the language, ``"nl"`` or ``"en"``.

        Raises:
            MissingExtraError: Jinja2 is not installed.
            ValueError: there is no such language.

        """
        from .page import backtest_page

        check_language(lang)
        return backtest_page(self, lang)

    def _repr_html_(self) -> str | None:
        """What a notebook shows: the page as a part of it, in Dutch."""
        from barriermodel.analysis.pages import in_notebook

        from .page import backtest_page

        return in_notebook(lambda lang: backtest_page(self, lang, "part.html.j2"))
