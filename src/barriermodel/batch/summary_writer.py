"""What both forms of the summary begin and end with, and the words they share."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator

import attrs

from barriermodel.analysis.expressions import ENTITIES
from barriermodel.analysis.files import is_stdout
from barriermodel.analysis.portfolio import ShownCounts, headline, work_time
from barriermodel.analysis.profiles import ResolvedProfile
from barriermodel.analysis.reports import fill
from barriermodel.analysis.text import Language, WordRef, format_date, format_integer, said
from barriermodel.plugin import Supplier

from .job import BatchJob
from .rejects import Reason
from .summary import Summary


@attrs.frozen(eq=False)
class SummaryWriter:
    """Writes a summary in one language.

    Args:
        width: of a line, in characters.

    """

    summary: Summary
    resolved: ResolvedProfile
    job: BatchJob
    lang: Language
    width: int = 100

    def say(self, *key: str, **values: object) -> str:
        """A phrase, with whole numbers written out as numbers are in its language."""
        return fill(said("batch", *key), self.lang, **values)

    def number(self, count: int) -> str:
        """A whole number."""
        return format_integer(count, self.lang)

    def count(self, count: int) -> str:
        """A number in a table; a dash for none."""
        return self.number(count) if count else "–"

    def rows(self, count: int) -> str:
        """A number of rows."""
        return self.say("rows", count=count)

    def source(self, id: str) -> str:
        """What a kind of evidence is called, or the provider or the award."""
        return self.say(f"about_{id}") if id in ENTITIES else self.resolved.kinds[id].title[self.lang]

    @property
    def topics(self) -> dict[str, str]:
        """What each rule is about, by its id; the id itself where no words file says so."""
        rules = [rule for stage in self.resolved.stages for rule in stage.rules]
        words = {rule.id: (rule.definition.words / "topic").template(self.lang) for rule in rules}
        return {id: template.written if template else id for id, template in words.items()}

    def who(self, id: str) -> str:
        """Who has what is missing, and what asking for it costs."""
        kind = self.resolved.kinds.get(id)
        if kind is None:
            return self.say("fill_in")
        if kind.supplier is Supplier.REGISTER:
            return self.say("look_up")
        return self.say("ask_minutes", minutes=kind.burden) if kind.burden else self.say("ask")

    def asking(self) -> str:
        """In how many rows nobody needs to be asked anything, and what the others cost together."""
        summary, kinds = self.summary, self.resolved.kinds
        unsettled = summary.rows - summary.settled
        asked = {id: kinds[id].burden for id in kinds if kinds[id].supplier is Supplier.PROVIDER}
        minutes = sum(summary.wanted[id] * burden for id, burden in asked.items())
        time = work_time(minutes, self.lang)
        if not summary.to_ask:
            return self.say("no_questions", unsettled=unsettled)
        if summary.to_ask == unsettled:
            return self.say("all_questions", unsettled=unsettled, time=time)
        nobody = unsettled - summary.to_ask
        return self.say("questions", nobody=nobody, unsettled=unsettled, some=summary.to_ask, time=time)

    def only_questions(self) -> str:
        """In how many rows there is only a question to ask; empty if in none, or if the rows were not kept."""
        count = self.summary.portfolio.only_questions if self.summary.portfolio else 0
        return fill(said("page", "portfolio", "only_questions"), self.lang, count=count) if count else ""

    def told(self, reason: Reason) -> str:
        """What is wrong with some rows, and all words that were found in them, so that one run shows them."""
        found = f" ({self.say('full', 'words')}: {', '.join(reason.words)})" if len(reason.words) > 1 else ""
        return f"{reason.first}{found}"

    def head(self) -> Iterator[str]:
        """What was assessed, how, and the two numbers that matter most."""
        summary, job, profile = self.summary, self.job, self.resolved.profile
        rejected = [self.say("not_assessed", count=summary.rejected)] if summary.rejected else []
        yield ", ".join([self.say("assessed", count=summary.rows), *rejected])
        day = job.as_of and format_date(job.as_of, self.lang)
        when = self.say("on_day", day=day) if day else self.say("on_days")
        status = WordRef("barriermodel", ("report", f"status_{profile.status.value}"))[self.lang]
        yield f"{when} · {profile.title[self.lang]} ({status})"
        yield ""
        if summary.advice:
            yield headline(ShownCounts(self.lang, summary.advice), self.lang)
        yield self.say("person_decides")

    def end(self) -> Iterator[str]:
        """What was written, and how one row is explained."""
        job, printed = self.job, is_stdout(self.job.output)
        file = self.say("standard_output") if printed else job.output
        if self.summary.rejected:
            yield self.say("output_and_rejects", file=file, rejects=job.rejects_file)
        else:
            yield self.say("output", file=file)
        if not printed and self.summary.rows:
            joined = "=".join(self.summary.example) if self.summary.example else self.say("column_value")
            command = f"barriermodel explain {shlex.quote(str(job.output))} --id {shlex.quote(joined)}"
            command += " --raw" if job.raw and not job.in_sheets else ""
            yield self.say("explain", command=command)


def ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """The highest count first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
