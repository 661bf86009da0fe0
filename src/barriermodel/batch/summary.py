"""What was found in a table, counted as it streams by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date

import attrs
import narwhals.stable.v2 as nw
import polars as pl

from barriermodel import BarrierModel, Level
from barriermodel.analysis.columns import ASSUMED, CONSTANTS, INTERNAL, column_of, flat, inputs_of, profile_columns
from barriermodel.analysis.profiles import ResolvedProfile, ResolvedRule, ResolvedStage
from barriermodel.analysis.tables import open_table, with_canonical_facts
from barriermodel.plugin import Derived

from .chunks import UNREADABLE_CELLS
from .rejects import Reasons, split_errors

LevelRange = tuple[Level, Level]
"""The lowest and the highest level that the advice of a row can have."""
SEVEN_DIGITS = "^[1-9][0-9]{6}$"
"""A spreadsheet turns most KvK numbers that begin with a zero into such a number."""
TOTALS = r"(?i)^\s*((sub|eind)?-?tota(al|len)( generaal)?|(sub|grand )?-?totals?)\s*:?\s*$"
"""A cell in a line with totals; it holds nothing but this word, since a provider may be called Totaal Zorg."""


@attrs.define(kw_only=True)
class Summary:
    """Counts over all rows that were assessed.

    Args:
        rows: the number of rows that were assessed.
        rejected: the number of rows that could not be read.
        reasons: why not.
        rows_with_errors: the number of rows with an error in ``advice__error``.
        errors: which errors.
        advice: rows by the lowest and highest level of their advice.
        stages: the same by stage; rows that a stage did not examine are left out.
        hits: by rule, the rows in which it hits.
        open: by rule, the rows in which it is open.
        missing_evidence: by kind (or ``provider``, ``award``), the rows in which an open rule reads an unknown fact of
            it.
        missing_columns: columns of facts that the table does not have.
        computed_columns: columns of derived facts that the table does not have, and that were computed for each row.
        unchecked: kinds of evidence whose validity was not checked, for lack of dates.
        withheld: confidential columns that are left out.
        amounts_in_thousands: columns of amounts that the map states in thousands, with a decimal point.
        shortened_numbers: the user's columns of KvK numbers, with the rows in which such a number has 7 digits, not 8.
        header: the line of a CSV file that names the columns; 1 if nothing is above it.
        constants: the facts that a map states for all rows, with the number of rows.
        assumed: the facts that are assumed, with the number of rows.
        absent: the kinds that rows state to be absent, with the number of rows, except those withheld.
        total_lines: the rows that seem to be lines with totals, and were assessed as providers.
        reassessed: whether the table was an output of an earlier batch, whose added columns were left out.

    """

    rows: int = 0
    rejected: int = 0
    reasons: Reasons = attrs.field(factory=Reasons)
    rows_with_errors: int = 0
    errors: Reasons = attrs.field(factory=Reasons)
    advice: Counter[LevelRange] = attrs.field(factory=Counter)
    stages: dict[str, Counter[LevelRange]] = attrs.field(factory=dict)
    hits: Counter[str] = attrs.field(factory=Counter)
    open: Counter[str] = attrs.field(factory=Counter)
    missing_evidence: Counter[str] = attrs.field(factory=Counter)
    missing_columns: Sequence[str] = ()
    computed_columns: Sequence[str] = ()
    unchecked: Sequence[str] = ()
    withheld: Sequence[str] = ()
    amounts_in_thousands: Sequence[str] = ()
    shortened_numbers: Counter[str] = attrs.field(factory=Counter)
    header: int = 1
    constants: Counter[str] = attrs.field(factory=Counter)
    assumed: Counter[str] = attrs.field(factory=Counter)
    absent: Counter[str] = attrs.field(factory=Counter)
    total_lines: list[int] = attrs.field(factory=list)
    reassessed: bool = False

    def reaches(self, level: Level) -> bool:
        """Whether the advice of some row can reach a level; what is unknown counts."""
        return any(high >= level for _, high in self.advice)


class SummaryCounter:
    """Counts the frames of an assessed table, one after another.

    Args:
        table: before it is assessed.

    """

    def __init__(self, model: BarrierModel, as_of: date | None, table: pl.LazyFrame, summary: Summary) -> None:
        self.resolved, self.as_of, self.summary = model.resolved, as_of, summary
        opened = open_table(self.resolved, nw.from_native(table), as_of)
        computed = profile_columns(self.resolved).computable_with(opened.schema)
        summary.computed_columns = sorted(computed)
        summary.missing_columns = [name for name in opened.missing if name not in computed]
        summary.unchecked = opened.unchecked
        summary.stages = {stage.id: Counter() for stage in self.resolved.stages}
        self.rules = [(stage, rule) for stage in self.resolved.stages for rule in stage.rules]
        types = dict(table.collect_schema())
        self.kvk_columns = [name for name, dtype in types.items() if _may_hold_kvk_numbers(name, dtype)]
        self.text_columns = [name for name, dtype in types.items() if dtype == pl.String and name != UNREADABLE_CELLS]
        self.missing_evidence = dict(_missing_evidence(self.resolved, opened.schema, computed))
        absences = profile_columns(self.resolved).absences
        absent = {name: kind.id for name, kind in absences.items() if name in opened.schema}
        self.absent = {id: name for name, id in absent.items() if name not in summary.withheld}
        recorded = ((CONSTANTS, summary.constants), (ASSUMED, summary.assumed))
        self.recorded = [(name, counts) for name, counts in recorded if name in opened.schema]

    def add(self, frame: pl.DataFrame) -> None:
        """Count the rows of a frame."""
        summary = self.summary
        first = summary.rows + 1
        self._count_levels(frame)
        for error, row, count in _errors(frame, first):
            summary.rows_with_errors += count
            for problem in dict.fromkeys(split_errors(error)):
                summary.errors.add(row, problem, count)
        summary.total_lines += _total_lines(frame, self.text_columns, first)
        if self.kvk_columns:
            short = frame.select(pl.col(self.kvk_columns).cast(pl.String).str.contains(SEVEN_DIGITS).sum())
            summary.shortened_numbers.update(_nonzero(short))
        for column, counts in self.recorded:
            counts.update(_listed_names(frame, column))
        if self.absent:
            said = frame.select(pl.col(name).cast(pl.Boolean).sum().alias(id) for id, name in self.absent.items())
            summary.absent.update(_nonzero(said))

    def _count_levels(self, frame: pl.DataFrame) -> None:
        summary = self.summary
        summary.rows += frame.height
        summary.advice.update(_level_ranges(frame, "advice"))
        for id, counts in summary.stages.items():
            counts.update(_level_ranges(frame, f"stage__{flat(id)}"))
        hits = frame.select(pl.col(f"rule__{flat(rule.id)}").sum().alias(rule.id) for _, rule in self.rules)
        opened = frame.select(_is_open(stage, rule).alias(rule.id) for stage, rule in self.rules)
        summary.hits.update(hits.row(0, named=True))
        summary.open.update(opened.sum().row(0, named=True))
        facts = with_canonical_facts(open_table(self.resolved, nw.from_native(frame), self.as_of)).to_native()
        both = pl.concat([facts, opened], how="horizontal")
        missing = both.select(rows.sum().alias(source) for source, rows in self.missing_evidence.items())
        summary.missing_evidence.update(missing.row(0, named=True))


def _nonzero(counts: pl.DataFrame) -> dict[str, int]:
    return {name: count for name, count in counts.row(0, named=True).items() if count}


def _listed_names(frame: pl.DataFrame, column: str) -> Counter[str]:
    """The columns that a column lists, with the number of rows."""
    found: Counter[str] = Counter()
    for names, count in frame.get_column(column).cast(pl.String).drop_nulls().value_counts().sort(column).rows():
        found.update(dict.fromkeys(names.split(", "), count))
    return found


def _may_hold_kvk_numbers(name: str, dtype: pl.DataType) -> bool:
    """Whether a column of the user's own seems to hold KvK numbers."""
    return "kvk" in name.lower() and "__" not in name and (dtype == pl.String or dtype.is_integer())


def _total_lines(frame: pl.DataFrame, text_columns: Sequence[str], first: int) -> list[int]:
    if not text_columns:
        return []
    has_word = pl.any_horizontal(pl.col(text_columns).str.contains(TOTALS)).fill_null(value=False)
    return [first + place for place in frame.select(has_word).to_series().arg_true().to_list()]


def _errors(frame: pl.DataFrame, first: int) -> list[tuple[str, int, int]]:
    """Each different error, the first row that has it, and the number of rows."""
    errors = frame.select("advice__error").with_row_index("row", first).drop_nulls("advice__error")
    return errors.group_by("advice__error", maintain_order=True).agg(pl.col("row").first(), pl.len()).rows()


def _missing_evidence(
    resolved: ResolvedProfile, columns: Container[str], computed: Mapping[str, Derived]
) -> Iterator[tuple[str, pl.Expr]]:
    """For each source of facts, whether an open rule reads one of its facts that is unknown."""
    parts: dict[str, list[pl.Expr]] = {}
    derived = profile_columns(resolved).derived
    for rule in (rule for stage in resolved.stages for rule in stage.rules):
        for source, name in _columns_read(rule, derived, computed):
            unknown = pl.col(f"{INTERNAL}{name}").is_null() if name in columns else pl.lit(value=True)
            parts.setdefault(source, []).append(pl.col(rule.id) & unknown)
    return ((source, pl.any_horizontal(exprs)) for source, exprs in parts.items())


def _columns_read(
    rule: ResolvedRule, derived: Mapping[str, Derived], computed: Mapping[str, Derived]
) -> Iterator[tuple[str, str]]:
    """The source and column of each fact that a rule reads; for a computed fact, those of what it is computed from."""
    for ref in rule.definition.facts:
        name = column_of(ref)
        if name in computed:
            yield from ((inner.source, column) for column, inner in inputs_of(computed[name]).items())
        elif ref.source == "derived":
            yield from ((kind.id, name) for kind in derived[name].signature.kinds)
        elif ref.source != "dossier":
            yield ref.source, name


def _is_open(stage: ResolvedStage, rule: ResolvedRule) -> pl.Expr:
    examined = pl.col(f"stage__{flat(stage.id)}__at_least").is_not_null()
    return pl.col(f"rule__{flat(rule.id)}").is_null() & examined


def _level_ranges(frame: pl.DataFrame, name: str) -> Counter[LevelRange]:
    ranges = frame.group_by(f"{name}__at_least", f"{name}__at_most").len().rows()
    return Counter({(Level[low.upper()], Level[high.upper()]): count for low, high, count in ranges if low is not None})
