"""What is missing in each row: evidence that open rules read, and of that what can still change the advice."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TypeAlias

import attrs
import polars as pl

from barriermodel import Level
from barriermodel.analysis.columns import INTERNAL, column_of, flat, inputs_of, profile_columns
from barriermodel.analysis.profiles import CombineBy, ResolvedProfile, ResolvedRule, ResolvedStage
from barriermodel.plugin import Derived, Supplier

Counts: TypeAlias = dict[str, int]


@attrs.frozen(eq=False)
class OpenEvidence:
    """Counts rows by what open rules lack.

    An open rule can still change the advice if its level is above what the advice is at least. Where hits or points are
    counted, it can if that stage can still rise above it, and a rule without points cannot.

    Args:
        columns: those of the table.
        computed: the derived facts that are computed for each row.

    """

    resolved: ResolvedProfile
    columns: Container[str]
    computed: Mapping[str, Derived]
    rules: tuple[tuple[ResolvedStage, ResolvedRule], ...] = attrs.field(init=False)
    sources: Mapping[str, pl.Expr] = attrs.field(init=False)
    """For each source of facts, whether a rule that is true in its column reads one of its facts that is unknown."""

    def __attrs_post_init__(self) -> None:
        rules = tuple((stage, rule) for stage in self.resolved.stages for rule in stage.rules)
        object.__setattr__(self, "rules", rules)
        object.__setattr__(self, "sources", dict(self._sources()))

    def open_rules(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Where each rule is open."""
        return frame.select(_is_open(stage, rule).alias(rule.id) for stage, rule in self.rules)

    def missing(self, facts: pl.DataFrame, opened: pl.DataFrame) -> Counts:
        """The rows in which an open rule reads an unknown fact, by its source."""
        return _sums(self._lacking(facts, opened))

    def wanted(self, frame: pl.DataFrame, facts: pl.DataFrame, opened: pl.DataFrame) -> tuple[Counts, int]:
        """The same for rules that can still change the advice; and the rows in which the provider has some of it."""
        matter = frame.hstack(opened).select(
            (pl.col(rule.id) & _can_raise(stage, rule)).alias(rule.id) for stage, rule in self.rules
        )
        wanted = self._lacking(facts, matter)
        kinds = self.resolved.kinds
        asked = [id for id in self.sources if id in kinds and kinds[id].supplier is Supplier.PROVIDER]
        rows = wanted.filter(pl.any_horizontal(asked)).height if asked else 0
        return _sums(wanted), rows

    def _lacking(self, facts: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
        return facts.hstack(rules).select(rows.alias(source) for source, rows in self.sources.items())

    def _sources(self) -> Iterator[tuple[str, pl.Expr]]:
        parts: dict[str, list[pl.Expr]] = {}
        for _, rule in self.rules:
            for source, name in self._columns_read(rule):
                unknown = pl.col(f"{INTERNAL}{name}").is_null() if name in self.columns else pl.lit(value=True)
                parts.setdefault(source, []).append(pl.col(rule.id) & unknown)
        return ((source, pl.any_horizontal(exprs)) for source, exprs in parts.items())

    def _columns_read(self, rule: ResolvedRule) -> Iterator[tuple[str, str]]:
        """The source and column of each fact that a rule reads; for a computed fact, those of what it is computed
        from.
        """
        derived = profile_columns(self.resolved).derived
        for ref in rule.definition.facts:
            name = column_of(ref)
            if name in self.computed:
                yield from ((inner.source, column) for column, inner in inputs_of(self.computed[name]).items())
            elif ref.source == "derived":
                yield from ((kind.id, name) for kind in derived[name].signature.kinds)
            elif ref.source != "dossier":
                yield ref.source, name


def _sums(rows: pl.DataFrame) -> Counts:
    return rows.sum().row(0, named=True) if rows.width else {}


def _is_open(stage: ResolvedStage, rule: ResolvedRule) -> pl.Expr:
    examined = pl.col(f"stage__{flat(stage.id)}__at_least").is_not_null()
    return pl.col(f"rule__{flat(rule.id)}").is_null() & examined


def _can_raise(stage: ResolvedStage, rule: ResolvedRule) -> pl.Expr:
    """Whether an open rule can raise the advice above what it is at least."""
    certain = pl.col("advice__at_least")
    if stage.by_level:
        return certain.is_in([level.key for level in Level if level < rule.level])
    if stage.combine.by is CombineBy.POINTS and not rule.weight:
        return pl.lit(value=False)
    return pl.col(f"stage__{flat(stage.id)}__at_most").fill_null(Level.GREEN.key) > certain
