"""The summary of a batch as text: one screen that starts with the answer, or all that was counted."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from barriermodel import Level
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import LEVEL, LEVEL_MARK
from barriermodel.analysis.text import Language, align_columns
from barriermodel.plugin import Supplier

from .rejects import Reason
from .run import BatchJob
from .summary import Summary
from .summary_full import FullSummary
from .summary_notes import short_notes
from .summary_writer import SummaryWriter, ranked

MAX_WIDTH = 100
"""Characters of the longest line, on a wider terminal as well."""
MAX_LINES = 45
"""Lines of the short summary, whatever the table."""
USUAL_LINES = 38
"""Lines that notes may fill."""
MAX_LISTED = 6
"""Rules and kinds of evidence that it lists."""
MAX_REASONS = 3
"""Reasons for which rows are not assessed that it tells, each in at most two lines."""
MIN_NOTES = 4
"""Lines with notes that it may have where it is longer than usual."""
LABEL = 36
"""Characters for what a number in a table counts."""
MATRIX = (18, 7, 9, 9, 9, 10)
"""Characters of the columns of the matrix."""
HALF_A_WORKDAY = 240
"""From so many minutes on, work is told in hours."""


def summary_text(
    summary: Summary, resolved: ResolvedProfile, job: BatchJob, lang: Language, *, full: bool = False,
    width: int = MAX_WIDTH,
) -> str:  # fmt: skip
    """The summary as text for a terminal.

    Args:
        full: all that was counted, with a table for each stage.
        width: of a line of the short summary, in characters.

    """
    writer = (FullSummary if full else ShortSummary)(summary, resolved, job, lang, max(60, min(width, MAX_WIDTH)))
    with resolved.lexicon.active():  # a profile may have words of its own
        return "\n".join(writer.lines()) + "\n"


def notes_text(
    summary: Summary, resolved: ResolvedProfile, job: BatchJob, lang: Language, *, width: int = MAX_WIDTH
) -> str:
    """What the summary says and the page of a portfolio does not: what was not read, and what to note of the table.

    Args:
        width: of a line, in characters.

    """
    writer = ShortSummary(summary, resolved, job, lang, max(60, min(width, MAX_WIDTH)))
    with resolved.lexicon.active():
        return "".join(f"{line}\n" for line in writer.notes())


class ShortSummary(SummaryWriter):
    """Writes one screen."""

    def lines(self) -> Iterator[str]:
        """The summary, line by line."""
        parts = [list(self.head()), self._matrix(), self._why(), self._wanted(), self._not_read()]
        ends = list(self.end())
        used = sum(len(part) + 1 for part in parts if part) + len(ends) + len(("note", ""))
        notes = self._notes(min(max(MIN_NOTES, USUAL_LINES - used), MAX_LINES - used))
        for part in (*parts, notes):
            yield from [*part, ""] if part else []
        yield from ends

    def notes(self) -> Iterator[str]:
        """What was not read, and what to note."""
        yield from self._not_read()
        yield from self._notes(USUAL_LINES)

    def _wrapped(self, text: str, start: str = "", lines: int = 1) -> list[str]:
        return textwrap.wrap(
            text, self.width, initial_indent=start, subsequent_indent=" " * (len(start) or 2), max_lines=lines,
            placeholder=" …", break_on_hyphens=False,
        )  # fmt: skip

    # The spread -------------------------------------------------------------------------------------------

    def _matrix(self) -> list[str]:
        advice, lang = self.summary.advice, self.lang
        if not advice:
            return []
        short = [LEVEL[level][lang] for level in Level if level < Level.EXCLUDE] + [self.say("exclude_short")]
        rows = [[f"  {self.say('lowest')}", *short, self.say("all_rows")]]
        for low in Level:
            name = self.say("exclude") if low is Level.EXCLUDE else LEVEL[low][lang]
            cells = ["" if high < low else self._cell(low, high) for high in Level]
            total = sum(count for (least, _), count in advice.items() if least is low)
            rows.append([f"  {LEVEL_MARK[low]} {name}", *cells, self.number(total)])
        title = f"{self.say('spread')}   {self.say('highest')}   {self.say('brackets')}"
        widths = [max(wish, *(len(row[column]) + 2 for row in rows)) for column, wish in enumerate(MATRIX)]
        return [title, *("".join(_placed(row, widths)) for row in rows)]

    def _cell(self, low: Level, high: Level) -> str:
        shown = self.count(self.summary.advice[low, high])
        return f"[{shown}]" if low is high and shown != "–" else f"{shown} "

    # Why, and what is missing -----------------------------------------------------------------------------

    def _why(self) -> list[str]:
        summary = self.summary
        if not summary.rows:
            return []
        hits = [id for id, count in ranked(summary.hits) if count]
        some = len(hits) > MAX_LISTED
        title = self.say("why_some", shown=MAX_LISTED, count=len(hits)) if some else self.say("why")
        rows = [[title, self.say("signal"), self.say("open")]]
        for id in hits[:MAX_LISTED]:
            rows.append([f"  {self.topics[id]}", self.number(summary.hits[id]), self.count(summary.open[id])])
        lines = align_columns([[f"{row[0]:<{LABEL}}", *row[1:]] for row in rows], right=(1, 2))
        lines = lines if hits else [title, f"  {self.say('no_signals')}"]
        silent = [self.topics[id] for id in summary.silent]
        return lines + ([f"  {self._fitting(silent)}"] if silent else [])

    def _fitting(self, topics: list[str]) -> str:
        """The rules that say nothing, as many as fit on a line."""
        text = ""
        for shown in range(len(topics), 0, -1):
            more = [self.say("more", count=len(topics) - shown)] if shown < len(topics) else []
            text = self.say("unfound", topics=" ".join([", ".join(topics[:shown]), *more]))
            if len(text) + 2 <= self.width:
                break
        return text

    def _wanted(self) -> list[str]:
        wanted = [(id, count) for id, count in ranked(self.summary.wanted) if count]
        if not wanted:
            return []
        some = len(wanted) > MAX_LISTED
        title = self.say("wanted_some", shown=MAX_LISTED, count=len(wanted)) if some else self.say("wanted")
        rows = [[f"  {self.source(id):<{LABEL}}", self.number(count), self._who(id)] for id, count in wanted]
        return [title, *align_columns(rows[:MAX_LISTED], right=[1]), *self._wrapped(self._asking(), "  ", lines=2)]

    def _who(self, id: str) -> str:
        kind = self.resolved.kinds.get(id)
        if kind is None:
            return self.say("fill_in")
        if kind.supplier is Supplier.REGISTER:
            return self.say("look_up")
        return self.say("ask_minutes", minutes=kind.burden) if kind.burden else self.say("ask")

    def _asking(self) -> str:
        """In how many rows nobody needs to be asked anything, and what the others cost together."""
        summary, kinds = self.summary, self.resolved.kinds
        unsettled = summary.rows - summary.settled
        asked = {id: kinds[id].burden for id in kinds if kinds[id].supplier is Supplier.PROVIDER}
        minutes = sum(summary.wanted[id] * burden for id, burden in asked.items())
        hours = minutes >= HALF_A_WORKDAY
        time = self.say("hours", count=-(-minutes // 60)) if hours else self.say("minutes", count=minutes)
        if not summary.to_ask:
            return self.say("no_questions", unsettled=unsettled)
        if summary.to_ask == unsettled:
            return self.say("all_questions", unsettled=unsettled, time=time)
        nobody = unsettled - summary.to_ask
        return self.say("questions", nobody=nobody, unsettled=unsettled, some=summary.to_ask, time=time)

    # What was not read, and what to note --------------------------------------------------------------------

    def _not_read(self) -> list[str]:
        reasons = self.summary.reasons.ranked()
        if not reasons:
            return []
        first = [(self._place(reason), reason) for reason in reasons[:MAX_REASONS]]
        room = max(len(place) for place, _ in first)
        lines = [self.say("not_read")]
        for place, reason in first:
            lines += self._wrapped(self.told(reason), f"  {place:<{room}}  ", lines=2)
        if len(reasons) > MAX_REASONS:
            more = self.say("more_reasons", count=len(reasons) - MAX_REASONS, file=self.job.rejects_file)
            lines.append(f"  {more}")
        return lines

    def _place(self, reason: Reason) -> str:
        where = reason.place
        place = where if isinstance(where, str) else self.say("full", "line", number=str(where))
        return f"{place} {self.say('other_rows', count=reason.rows - 1)}" if reason.rows > 1 else place

    def _notes(self, room: int) -> list[str]:
        """What to note, in as many lines as there is room for below the heading; the rest is counted."""
        notes = list(short_notes(self))
        if not notes:
            return []
        lines: list[str] = []
        for number, (note, most) in enumerate(notes):
            told = self._wrapped(note, "  ", lines=most)
            if len(lines) + len(told) > room - (number + 1 < len(notes)):
                lines.append(f"  {self.say('more_notes', count=len(notes) - number)}")
                break
            lines += told
        return [self.say("note"), *lines] if room > 1 else [self.say("only_notes", count=len(notes))]


def _placed(row: list[str], widths: list[int]) -> Iterator[str]:
    """The cells of a row; a space stands for the bracket that a number without brackets lacks."""
    yield f"{row[0]:<{widths[0]}}"
    for cell, width in zip(row[1:-1], widths[1:-1], strict=True):
        yield f"{cell if cell.endswith((']', ' ')) else f'{cell} ':>{width}}"
    yield f"{row[-1]:>{widths[-1]}}"
