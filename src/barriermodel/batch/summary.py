"""What was found in a table, counted as it streams by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import attrs
import narwhals.stable.v2 as nw
import polars as pl

from barriermodel import BarrierModel, Level, Portfolio
from barriermodel.analysis.columns import ASSUMED, CONSTANTS, UNREAD, flat, profile_columns
from barriermodel.analysis.portfolio import Lack, OpenRules, may_hold_kvk_numbers
from barriermodel.analysis.tables import open_table

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
        wanted: the same for rules that can still change the advice of the row.
        to_ask: the rows in which the provider has some of it.
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
        example: a column by which a row is found again, and what the first row has there.
        portfolio: the rows themselves, if a page shows them.
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
    wanted: Counter[str] = attrs.field(factory=Counter)
    to_ask: int = 0
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
    example: tuple[str, str] | None = None
    portfolio: Portfolio | None = None
    reassessed: bool = False

    @property
    def settled(self) -> int:
        """The rows whose advice what is unknown cannot change."""
        return sum(count for (low, high), count in self.advice.items() if low is high)

    @property
    def silent(self) -> list[str]:
        """The rules that never hit and are open in most rows, most first: that they found nothing says little."""
        found = [id for id, n in self.open.items() if n and not self.hits[id] and 2 * n >= self.rows]
        return sorted(found, key=lambda id: (-self.open[id], id))

    def reaches(self, level: Level) -> bool:
        """Whether the advice of some row can reach a level; what is unknown counts."""
        return any(high >= level for _, high in self.advice)


class SummaryCounter:
    """Counts the frames of an assessed table, one after another.

    Args:
        table: before it is assessed.
        lacks: what a rule can lack, each with a column in the frames.

    """

    def __init__(
        self, model: BarrierModel, as_of: date | None, table: pl.LazyFrame, lacks: Sequence[Lack], summary: Summary
    ) -> None:
        self.resolved, self.lacks, self.summary = model.resolved, lacks, summary
        opened = open_table(self.resolved, nw.from_native(table), as_of)
        computed = profile_columns(self.resolved).computable_with(opened.schema)
        summary.computed_columns = sorted(computed)
        summary.missing_columns = [name for name in opened.missing if name not in computed]
        summary.unchecked = opened.unchecked
        summary.stages = {stage.id: Counter() for stage in self.resolved.stages}
        types = dict(table.collect_schema())
        self.kvk_columns = [name for name, dtype in types.items() if may_hold_kvk_numbers(name, dtype)]
        ours = (UNREADABLE_CELLS, UNREAD)
        self.text_columns = [name for name, dtype in types.items() if dtype == pl.String and name not in ours]
        known_by = [*self.kvk_columns, *(["dossier"] if "dossier" in types else [])]
        self.known_by = next((name for name in known_by if name not in summary.withheld), None)
        absences = profile_columns(self.resolved).absences
        absent = {name: kind.id for name, kind in absences.items() if name in opened.schema}
        self.absent = {id: name for name, id in absent.items() if name not in summary.withheld}
        recorded = ((CONSTANTS, summary.constants), (ASSUMED, summary.assumed))
        self.recorded = [(name, counts) for name, counts in recorded if name in opened.schema]

    def add(self, frame: pl.DataFrame) -> None:
        """Count the rows of a frame."""
        summary = self.summary
        first = summary.rows + 1
        if self.known_by and not summary.rows and frame.height and frame[self.known_by][0] is not None:
            summary.example = self.known_by, str(frame[self.known_by][0])
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
        rules = [rule.id for stage in self.resolved.stages for rule in stage.rules]
        hits = frame.select(pl.col(f"rule__{flat(id)}").sum().alias(id) for id in rules)
        summary.hits.update(hits.row(0, named=True))
        found = OpenRules(self.resolved, self.lacks, frame)
        summary.open.update(found.open.sum().row(0, named=True))
        summary.missing_evidence.update(found.missing())
        wanted, to_ask = found.wanted()
        summary.wanted.update(wanted)
        summary.to_ask += to_ask


def _nonzero(counts: pl.DataFrame) -> dict[str, int]:
    return {name: count for name, count in counts.row(0, named=True).items() if count}


def _listed_names(frame: pl.DataFrame, column: str) -> Counter[str]:
    """The columns that a column lists, with the number of rows."""
    found: Counter[str] = Counter()
    for names, count in frame.get_column(column).cast(pl.String).drop_nulls().value_counts().sort(column).rows():
        found.update(dict.fromkeys(names.split(", "), count))
    return found


def _total_lines(frame: pl.DataFrame, text_columns: Sequence[str], first: int) -> list[int]:
    if not text_columns:
        return []
    has_word = pl.any_horizontal(pl.col(text_columns).str.contains(TOTALS)).fill_null(value=False)
    return [first + place for place in frame.select(has_word).to_series().arg_true().to_list()]


def _errors(frame: pl.DataFrame, first: int) -> list[tuple[str, int, int]]:
    """Each different error, the first row that has it, and the number of rows."""
    errors = frame.select("advice__error").with_row_index("row", first).drop_nulls("advice__error")
    return errors.group_by("advice__error", maintain_order=True).agg(pl.col("row").first(), pl.len()).rows()


def _level_ranges(frame: pl.DataFrame, name: str) -> Counter[LevelRange]:
    ranges = frame.group_by(f"{name}__at_least", f"{name}__at_most").len().rows()
    return Counter({(Level[low.upper()], Level[high.upper()]): count for low, high, count in ranges if low is not None})
