"""What was found in a table, counted while it goes by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date

import attrs
import narwhals as nw
import polars as pl

from barriermodel import BarrierModel, Level
from barriermodel.analysis.columns import ASSUMED, CONSTANTS, OWN, absences, column_of, flat, inputs_of, possible
from barriermodel.analysis.expressions import FactRef
from barriermodel.analysis.profiles import ResolvedProfile, ResolvedRule, ResolvedStage
from barriermodel.analysis.tables import counting, open_table
from barriermodel.plugin import Derived

from .chunks import UNREAD
from .reasons import Reasons, parts_of

Ends = tuple[Level, Level]
"""The lowest and the highest level that a row can have."""


SEVEN_DIGITS = "^[1-9][0-9]{6}$"
"""What a spreadsheet makes of most KvK numbers that begin with a zero."""
TOTALS = r"(?i)^\s*((sub|eind)?-?tota(al|len)( generaal)?|(sub|grand )?-?totals?)\s*:?\s*$"
"""What stands in a cell of a line with totals: nothing but this word, for a provider may be called Totaal Zorg."""


@attrs.define(kw_only=True)
class Summary:
    """Counts over all rows that are assessed.

    Args:
        rows: how many were assessed.
        rejected: how many could not be read.
        reasons: why not.
        wrong: how many have an error in ``advice__error``.
        errors: which.
        advice: rows by the ends of their advice.
        stages: the same by stage; rows that a stage did not examine are left out.
        hits: by rule, the rows in which it hits.
        open: by rule, the rows in which it is open.
        lacking: by kind (or ``provider``, ``award``), the rows in which an open rule looks at a fact of it that is
            unknown.
        missing: columns of facts that are not there.
        computed: columns of derived facts that are not there, and computed for each row.
        unchecked: kinds of which it was not checked whether the evidence still counts.
        withheld: confidential columns that are left out.
        in_thousands: columns of amounts that the map says to be in thousands, with a point before their decimals.
        shortened: columns of KvK numbers of the user, with the rows in which such a number has 7 digits instead of 8.
        header: the line with the names of the columns, of a CSV file; 1 where nothing stands above it.
        constants: the facts that a map states for all rows, by column, with how many rows it does.
        assumed: the facts that are assumed, with in how many rows.
        absent: the kinds of which rows say that there is no evidence, with how many do; none that is withheld.
        totals: the rows that seem to be lines with totals, and count as providers.
        again: whether the table was an output of an earlier batch, of which what that added was left out.

    """

    rows: int = 0
    rejected: int = 0
    reasons: Reasons = attrs.field(factory=Reasons)
    wrong: int = 0
    errors: Reasons = attrs.field(factory=Reasons)
    advice: Counter[Ends] = attrs.field(factory=Counter)
    stages: dict[str, Counter[Ends]] = attrs.field(factory=dict)
    hits: Counter[str] = attrs.field(factory=Counter)
    open: Counter[str] = attrs.field(factory=Counter)
    lacking: Counter[str] = attrs.field(factory=Counter)
    missing: Sequence[str] = ()
    computed: Sequence[str] = ()
    unchecked: Sequence[str] = ()
    withheld: Sequence[str] = ()
    in_thousands: Sequence[str] = ()
    shortened: Counter[str] = attrs.field(factory=Counter)
    header: int = 1
    constants: Counter[str] = attrs.field(factory=Counter)
    assumed: Counter[str] = attrs.field(factory=Counter)
    absent: Counter[str] = attrs.field(factory=Counter)
    totals: list[int] = attrs.field(factory=list)
    again: bool = False

    def reaches(self, level: Level) -> bool:
        """Whether the advice of some row can reach a level; what is unknown counts."""
        return any(high >= level for _, high in self.advice)


class Counting:
    """Counts the frames of an assessed table, one after another.

    Args:
        table: before it is assessed.

    """

    def __init__(self, model: BarrierModel, as_of: date | None, table: pl.LazyFrame, summary: Summary) -> None:
        self.plan, self.as_of, self.summary = model.resolved, as_of, summary
        opened = open_table(self.plan, nw.from_native(table), as_of)
        computed = possible(self.plan, opened.schema)
        summary.computed = sorted(computed)
        summary.missing = [name for name in opened.missing if name not in computed]
        summary.unchecked = opened.unchecked
        summary.stages = {stage.id: Counter() for stage in self.plan.stages}
        self.rules = [(stage, rule) for stage in self.plan.stages for rule in stage.rules]
        self.numbers = [name for name, dtype in table.collect_schema().items() if _of_numbers(name, dtype)]
        self.texts = [name for name, dtype in table.collect_schema().items() if dtype == pl.String and name != UNREAD]
        self.lacking = dict(_lacking(self.plan, opened.schema, computed))
        absent = {name: kind.id for name, kind in absences(self.plan).items() if name in opened.schema}
        self.absent = {id: name for name, id in absent.items() if name not in summary.withheld}
        self.named = [
            (n, c) for n, c in ((CONSTANTS, summary.constants), (ASSUMED, summary.assumed)) if n in opened.schema
        ]

    def add(self, frame: pl.DataFrame) -> None:
        """Count the rows of a frame."""
        summary = self.summary
        for error, row, count in _errors(frame, summary.rows + 1):
            summary.wrong += count
            for told in dict.fromkeys(parts_of(error)):
                summary.errors.add(row, told, count)
        summary.totals += _totals(frame, self.texts, summary.rows + 1)
        summary.rows += frame.height
        summary.advice.update(_ends(frame, "advice"))
        for id, counts in summary.stages.items():
            counts.update(_ends(frame, f"stage__{flat(id)}"))
        names = [rule.id for _, rule in self.rules]
        hits = frame.select(pl.col(f"rule__{flat(id)}").sum().alias(id) for id in names)
        opened = frame.select(_open(stage, rule).alias(rule.id) for stage, rule in self.rules)
        summary.hits.update(hits.row(0, named=True))
        summary.open.update(opened.sum().row(0, named=True))
        if self.numbers:
            short = frame.select(pl.col(self.numbers).cast(pl.String).str.contains(SEVEN_DIGITS).sum())
            summary.shortened.update({name: count for name, count in short.row(0, named=True).items() if count})
        for column, found in self.named:
            found.update(_named(frame, column))
        if self.absent:
            said = frame.select(pl.col(name).cast(pl.Boolean).sum().alias(id) for id, name in self.absent.items())
            summary.absent.update({id: count for id, count in said.row(0, named=True).items() if count})
        facts = counting(open_table(self.plan, nw.from_native(frame), self.as_of)).to_native()
        both = pl.concat([facts, opened], how="horizontal")
        summary.lacking.update(
            both.select(e.sum().alias(source) for source, e in self.lacking.items()).row(0, named=True)
        )


def _named(frame: pl.DataFrame, column: str) -> Counter[str]:
    """The columns that a column names, with in how many rows."""
    found: Counter[str] = Counter()
    for names, count in frame.get_column(column).cast(pl.String).drop_nulls().value_counts().sort(column).rows():
        found.update(dict.fromkeys(names.split(", "), count))
    return found


def _of_numbers(name: str, dtype: pl.DataType) -> bool:
    """Whether a column of the user's own seems to hold KvK numbers."""
    return "kvk" in name.lower() and "__" not in name and (dtype == pl.String or dtype.is_integer())


def _totals(frame: pl.DataFrame, texts: Sequence[str], first: int) -> list[int]:
    """The rows that have the word for totals in a cell of their own."""
    if not texts:
        return []
    found = frame.select(pl.any_horizontal(pl.col(texts).str.contains(TOTALS)).fill_null(value=False)).to_series()
    return [first + place for place in found.arg_true().to_list()]


def _errors(frame: pl.DataFrame, first: int) -> list[tuple[str, int, int]]:
    """What is told of rows, the first of which it is told, and how many."""
    told = frame.select("advice__error").with_row_index("row", first).drop_nulls("advice__error")
    return told.group_by("advice__error", maintain_order=True).agg(pl.col("row").first(), pl.len()).rows()


def _lacking(
    plan: ResolvedProfile, columns: Container[str], computed: Mapping[str, Derived]
) -> Iterator[tuple[str, pl.Expr]]:
    """For each source of facts, whether an open rule looks at one that is unknown."""
    parts: dict[str, list[pl.Expr]] = {}
    for rule in (rule for stage in plan.stages for rule in stage.rules):
        for source, name in _looked_at(rule, plan, computed):
            unknown = pl.col(f"{OWN}{name}").is_null() if name in columns else pl.lit(value=True)
            parts.setdefault(source, []).append(pl.col(rule.id) & unknown)
    return ((source, pl.any_horizontal(exprs)) for source, exprs in parts.items())


def _looked_at(rule: ResolvedRule, plan: ResolvedProfile, computed: Mapping[str, Derived]) -> Iterator[tuple[str, str]]:
    """The source and column of each fact that a rule looks at; of what is computed, of what it is computed from."""
    for ref in rule.definition.facts:
        name = column_of(ref)
        if name in computed:
            yield from ((inner.source, column) for column, inner in inputs_of(computed[name]).items())
        elif ref.source == "derived":
            yield from ((kind.id, name) for kind in _derived(ref, plan).signature.kinds)
        elif ref.source != "dossier":
            yield ref.source, name


def _derived(ref: FactRef, plan: ResolvedProfile) -> Derived:
    return next(d for b in plan.barriers for d in b.definition.derived_facts.values() if d.id == ref.name)


def _open(stage: ResolvedStage, rule: ResolvedRule) -> pl.Expr:
    examined = pl.col(f"stage__{flat(stage.id)}__at_least").is_not_null()
    return pl.col(f"rule__{flat(rule.id)}").is_null() & examined


def _ends(frame: pl.DataFrame, name: str) -> Counter[Ends]:
    ends = frame.group_by(f"{name}__at_least", f"{name}__at_most").len().rows()
    return Counter({(Level[low.upper()], Level[high.upper()]): count for low, high, count in ends if low is not None})
