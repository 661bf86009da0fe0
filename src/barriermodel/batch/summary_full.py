"""The whole summary of a batch: a table for each stage, the rules by their ids, and all notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from barriermodel import Level
from barriermodel.analysis.columns import profile_columns
from barriermodel.analysis.reports import LEVEL
from barriermodel.analysis.text import align_columns

from .rejects import MAX_WORDS, Reason, Reasons
from .summary import LevelRange
from .summary_data import by_end
from .summary_writer import SummaryWriter, ranked

MAX_LISTED = 10
"""The number of rules and reasons that the text lists; JSON has all of them."""


class FullSummary(SummaryWriter):
    """Writes all that was counted."""

    def lines(self) -> Iterator[str]:
        """The summary, line by line."""
        yield from self.head()
        yield ""
        yield from self._levels()
        yield from self._rules()
        yield from self._silent_rules()
        yield from self._missing_evidence()
        yield from self._reasons("wrong_with", "row", self.summary.errors)
        yield from self._reasons("reasons", "line", self.summary.reasons)
        notes = [f"{note}." for note in self._notes()]
        yield from [*notes, ""] if notes else []
        yield from self.end()

    # Tables -------------------------------------------------------------------------------------------

    def _levels(self) -> list[str]:
        parts = [self._levels_of(self.say("full", "advice"), self.summary.advice)]
        for number, stage in enumerate(self.resolved.stages, 1):
            title = self.say("full", "stage", number=number, title=stage.title[self.lang])
            parts.append(self._levels_of(title, self.summary.stages[stage.id]))
        empty = [""] * len(parts[0][0])
        return _table([row for part in parts for row in [*part, empty]][:-1])

    def _levels_of(self, title: str, counts: Counter[LevelRange]) -> list[list[str]]:
        """The rows by level: a line for each lowest level that occurs, a column for each highest."""
        first, *others = (LEVEL[level][self.lang] for level in Level)
        found = [[title, self.say("full", "at_most", level=first), *others, self.say("full", "total")]]
        lows, highs = by_end(counts)
        for low in (level for level in Level if lows[level]):
            cells = ["" if high < low else self.count(counts[low, high]) for high in Level]
            name = self.say("full", "at_least", level=LEVEL[low][self.lang])
            found.append([f"  {name}", *cells, self.count(lows[low])])
        if len(lows) > 1:
            totals = [self.count(highs[level]) for level in Level]
            found.append([f"  {self.say('full', 'total')}", *totals, self.count(counts.total())])
        if counts.total() < self.summary.rows:
            unseen = self.count(self.summary.rows - counts.total())
            found.append([f"  {self.say('full', 'not_examined')}", *[""] * len(Level), unseen])
        return found

    def _rules(self) -> list[str]:
        summary = self.summary
        most = [(id, hits) for id, hits in ranked(summary.hits) if hits][:MAX_LISTED]
        if not most:
            return []
        rows = [[self._rule(id), self.count(hits), self.count(summary.open[id])] for id, hits in most]
        return _table([[self.say("full", key) for key in ("rules", "hits", "open")], *rows])

    def _silent_rules(self) -> list[str]:
        silent = self.summary.silent
        if not silent:
            return []
        rows = [[self._rule(id), self.count(self.summary.open[id])] for id in silent[:MAX_LISTED]]
        if len(silent) > MAX_LISTED:
            rows.append([f"  {self.say('full', 'others', count=len(silent) - MAX_LISTED)}", ""])
        return _table([[self.say("full", "silent"), self.say("full", "open")], *rows])

    def _rule(self, id: str) -> str:
        topic = self.topics[id]
        return f"  {id}" if topic == id else f"  {topic} [{id}]"

    def _missing_evidence(self) -> list[str]:
        missing = [(source, count) for source, count in ranked(self.summary.missing_evidence) if count]
        if not missing:
            return []
        rows = [[f"  {self._source_with_id(source)}", self.count(count)] for source, count in missing]
        return _table([[self.say("full", "lacking"), self.say("full", "rows")], *rows])

    def _source_with_id(self, source: str) -> str:
        return f"{self.source(source)} [{source}]"

    def _reasons(self, title: str, place: str, reasons: Reasons) -> list[str]:
        """What is wrong with rows: how often, and where first.

        Args:
            place: what the number of a place counts, ``row`` or ``line``.

        """
        found = reasons.ranked()
        if not found:
            return []
        lines = [f"  {line}" for reason in found[:MAX_LISTED] for line in self._reason(reason, place)]
        if len(found) > MAX_LISTED:
            lines.append(f"  {self.say('full', 'others', count=len(found) - MAX_LISTED)}")
        return [self.say("full", title), *lines, ""]

    def _reason(self, reason: Reason, place: str) -> Iterator[str]:
        where = reason.place
        where = str(where) if isinstance(where, str) else self.say("full", place, number=str(where))
        yield self.say("full", "reason", rows=self.rows(reason.rows), place=where, reason=reason.first)
        if len(reason.words) > 1:
            more = ", …" if len(reason.words) == MAX_WORDS else ""
            yield f"  {self.say('full', 'words')}: {', '.join(reason.words)}{more}"

    # Notes --------------------------------------------------------------------------------------------

    def _notes(self) -> Iterator[str]:
        summary = self.summary
        if summary.reassessed:
            yield self.say("full", "again")
            if self.job.mapping is None:
                yield self.say("full", "without_map")
        yield from self._notes_on_input()
        if summary.total_lines:
            row, rows = str(summary.total_lines[0]), self.rows(len(summary.total_lines))
            yield self.say("full", "totals", rows=rows, row=row)
        for column, count in summary.shortened_numbers.items():
            yield self.say("full", "shortened", column=column, rows=self.rows(count), count=count)
        lists: dict[str, Iterable[str]] = {
            "in_thousands": summary.amounts_in_thousands, "missing": summary.missing_columns,
            "computed": summary.computed_columns, "unchecked": map(self._source_with_id, summary.unchecked),
            "withheld": summary.withheld,
        }  # fmt: skip
        for key, names in lists.items():
            listed = ", ".join(names)
            if listed:
                yield f"{self.say('full', key)}: {listed}"
        if summary.rows_with_errors:
            yield self.say("full", "wrong", rows=self.rows(summary.rows_with_errors))
        if summary.rejected:
            yield self.say("full", "rejected", rows=self.rows(summary.rejected), file=self.job.rejects_file)

    def _notes_on_input(self) -> Iterator[str]:
        """What the map states or assumes, and what the table states to be absent."""
        summary, label = self.summary, profile_columns(self.resolved).label
        if summary.header > 1:
            yield self.say("full", "header", line=summary.header)
        if summary.constants:
            yield f"{self.say('full', 'from_map')}: {', '.join(label(name)[self.lang] for name in summary.constants)}"
        for column, count in ranked(summary.assumed):
            yield self.say("full", "assumed", rows=self.rows(count), column=label(column)[self.lang])
        for kind, count in ranked(summary.absent):
            yield self.say("full", "absent", rows=self.rows(count), kind=self._source_with_id(kind))


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows with aligned columns, numbers to the right, and an empty line below them."""
    return [*align_columns(rows, right=range(1, len(rows[0]))), ""]
