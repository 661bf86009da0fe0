"""Where rules are open in an assessed table, whether they can still change the advice, and what they lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import TypeAlias

import attrs
import polars as pl

from ..domain.kinds import Supplier
from ..engine.requests import crosses_threshold
from ..profiles.profile import CombineBy
from ..profiles.resolved import ResolvedProfile, ResolvedRule, ResolvedStage
from ..rules.levels import Level
from ..tables.columns import flat
from ..tables.lacks import NO_SOURCE, Lack

Counts: TypeAlias = dict[str, int]


@attrs.frozen(eq=False, slots=False)
class OpenRules:
    """The open rules of an assessed table, or of a part of it.

    Args:
        lacks: what a rule can lack, as :func:`~barriermodel.tables.assess.assess_with_lacks` gives it.
        frame: the table, with the columns of ``lacks``.

    """

    resolved: ResolvedProfile = attrs.field(repr=False)
    lacks: Sequence[Lack] = attrs.field(repr=False)
    frame: pl.DataFrame = attrs.field(repr=False)

    @cached_property
    def open(self) -> pl.DataFrame:
        """Where each rule is open, by its id."""
        rules = [(stage, rule) for stage in self.resolved.stages for rule in stage.rules]
        return self.frame.select(_is_open(stage, rule).alias(rule.id) for stage, rule in rules)

    @cached_property
    def matters(self) -> pl.DataFrame:
        """Where each rule is open and can still change the advice, as :func:`can_change_advice` says of one dossier."""
        both = self.frame.hstack(self.open)
        found = [
            (pl.col(rule.id) & raises).alias(rule.id)
            for stage in self.resolved.stages
            for rule, raises in _can_raise(stage, both)
        ]
        return both.select(found)

    def missing(self) -> Counts:
        """The rows in which an open rule lacks something, by its source."""
        return _sums(self._by_source(self.open))

    def wanted(self) -> tuple[Counts, int]:
        """The same for rules that can still change the advice; and the rows in which the provider has some of it."""
        found, kinds = self._by_source(self.matters), self.resolved.kinds
        asked = [id for id in found.columns if id in kinds and kinds[id].supplier is Supplier.PROVIDER]
        rows = found.filter(pl.any_horizontal(asked)).height if asked else 0
        return _sums(found), rows

    def _by_source(self, rules: pl.DataFrame) -> pl.DataFrame:
        """For each source, whether one of the rules lacks something of it."""
        parts: dict[str, list[pl.Expr]] = {}
        for lack in self.lacks:
            if lack.source != NO_SOURCE:
                parts.setdefault(lack.source, []).append(pl.col(lack.rule.id) & pl.col(lack.column))
        columns = rules.with_columns(self.frame[lack.column] for lack in self.lacks)
        return columns.select(pl.any_horizontal(exprs).alias(id) for id, exprs in parts.items())


def _sums(rows: pl.DataFrame) -> Counts:
    return rows.sum().row(0, named=True) if rows.width else {}


def _is_open(stage: ResolvedStage, rule: ResolvedRule) -> pl.Expr:
    examined = pl.col(f"stage__{flat(stage.id)}__at_least").is_not_null()
    return pl.col(f"rule__{flat(rule.id)}").is_null() & examined


def _can_raise(stage: ResolvedStage, both: pl.DataFrame) -> list[tuple[ResolvedRule, pl.Expr | pl.Series]]:
    """For each rule of a stage, whether it can raise the advice above what that is at least, if it is open."""
    certain = pl.col("advice__at_least")
    if stage.by_level:
        lower = {level: [other.key for other in Level if other < level] for level in Level}
        return [(rule, certain.is_in(lower[rule.level])) for rule in stage.rules]
    if stage.combine.by is CombineBy.COUNT:
        raises = pl.col(f"stage__{flat(stage.id)}__at_most").fill_null(Level.GREEN.key) > certain
        return [(rule, raises) for rule in stage.rules]
    crossing = _crossing(stage, both)
    return [(rule, pl.lit(crossing[rule.weight])) for rule in stage.rules]


def _crossing(stage: ResolvedStage, both: pl.DataFrame) -> Mapping[int, pl.Series]:
    """For each weight of a stage that adds points, whether an open rule of that weight can raise the advice.

    That depends on nothing but the advice, the points of the hits and the number of open rules of each weight.
    """
    weights = sorted({rule.weight for rule in stage.rules})
    points = pl.sum_horizontal(
        pl.col(f"rule__{flat(rule.id)}").fill_null(value=False).cast(pl.Int64) * rule.weight for rule in stage.rules
    )
    open_by_weight = [
        pl.sum_horizontal(pl.col(rule.id).cast(pl.Int64) for rule in stage.rules if rule.weight == weight)
        for weight in weights
    ]
    columns = [found.alias(str(place)) for place, found in enumerate([points, *open_by_weight])]

    @cache
    def crosses(at_least: str, points: int, *open_by_weight: int) -> frozenset[int]:
        found: set[int] = set()
        for weight in weights:
            others = [other for other, count in zip(weights, open_by_weight, strict=True) for _ in range(count)]
            if weight in others:
                others.remove(weight)
                if crosses_threshold(stage, points, others, weight, Level[at_least.upper()]):
                    found.add(weight)
        return frozenset(found)

    crossed = [crosses(*row) for row in both.select("advice__at_least", *columns).rows()]
    return {weight: pl.Series([weight in found for found in crossed], dtype=pl.Boolean) for weight in weights}
