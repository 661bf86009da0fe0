"""The report that starts with the answer, as sections: what is advised, why, what is open, what to do, what to note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from ..domain.unknown import UnknownReason
from ..rules.levels import Interval, Level, Status
from ..text import format_date, format_list
from .explaining import phrase
from .explanation import Explanation
from .explanation_parts import AwardView, Cause, EvidenceView, Finding, StageView, Step
from .phrases import LEVEL, lower_first
from .rendering import Entry, Section

MAX_REASONS = 4
"""More reasons than this are counted; ``--full`` has them all."""
EXPIRIES = 2
"""How many items of evidence that expire are named, the first to expire first."""


@attrs.frozen(eq=False)
class SectionWriter:
    """Writes the sections of an explanation."""

    found: Explanation

    def say(self, key: str, **values: object) -> str:
        """A phrase in the language of the explanation."""
        return phrase(key, self.found.lang, **values)

    def day(self, day: date) -> str:
        """A date in words."""
        return format_date(day, self.found.lang)

    def level(self, level: Level) -> str:
        """A level in words."""
        return LEVEL[level][self.found.lang]

    def listed(self, words: Iterable[str]) -> str:
        """Words in one list."""
        return format_list(list(words), self.found.lang)

    def interval(self, found: Interval) -> str:
        """An interval in words."""
        low, high = self.level(found.at_least), self.level(found.at_most)
        return low if found.decided else self.say("from_to", low=low, high=high)

    def sections(self) -> Iterator[Section]:
        """Yield the sections that are not empty, in order."""
        advice = self.found.advice
        key = "why" if advice.decided else "why_at_least"
        yield Section(self.say(key, level=self.level(advice.at_least).upper()), tuple(self._why()))
        entries = tuple(self._open())
        if entries:
            yield Section(self.say("open"), entries)
        yield Section(self.say("now"), tuple(self._now()))
        notes = tuple(Entry(text, mark="-") for text in self.notes())
        if notes:
            yield Section(self.say("note"), notes)

    # Head -------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Who was screened."""
        return self.found.provider.name or self.say("nameless")

    @property
    def numbers(self) -> list[str]:
        """The numbers of the provider."""
        return [identifier.replace("NL-KVK ", "KvK ") for identifier in self.found.provider.identifiers]

    def head(self, *, short: bool = False) -> Iterator[str]:
        """Yield who, which award, and on which date and by which profile."""
        found, award = self.found, self.found.award
        yield "  ".join([self.name, *self.numbers])
        title = f"{award.title} ({award.act})" if award.title and award.act else award.title or award.act
        known = [part for part in (title, award.authority, self._term(award)) if part]
        if known:
            yield " · ".join(known)
        status = found.profile.short_status.partition(",")[0] if short else found.profile.short_status
        yield f"{self.say('as_of', day=self.day(found.as_of))} · {found.profile.title} ({status})"

    def _term(self, award: AwardView) -> str:
        starts, ends = (self.day(day) if day else "" for day in (award.starts_on, award.ends_on))
        if starts and ends:
            return f"{starts} – {ends}"
        return self.say("from_day", day=starts) if starts else self.say("until_day", day=ends) if ends else ""

    # Why --------------------------------------------------------------------------------------------------

    def _why(self) -> Iterator[Entry]:
        found = self.found
        if not found.reasons:
            yield from map(Entry, self.why_green())
            return
        for reason in found.reasons[:MAX_REASONS]:
            yield Entry(reason.sentence, level=reason.level, details=tuple(self._details(reason)))
        more = len(found.reasons) - MAX_REASONS
        if more > 0:
            yield Entry(self.say("more_reasons", count=more))
        yield from map(Entry, self.beside_reasons())

    def beside_reasons(self) -> Iterator[str]:
        """What else was seen, and what the advice becomes without the reasons."""
        others = [finding.short for finding in self.found.also if finding.same_fact_as is None]
        if others:
            yield self.say("also", findings=self.listed(others))
        if not any(not cause.matters for cause in self.found.causes):
            yield from self._if_refuted()

    def why_green(self) -> Iterator[str]:
        """What is said where there is no reason for a heavier advice."""
        counts = [stage.counts for stage in self.found.stages if stage.interval]
        clear, na = (sum(count[s] for count in counts) for s in (Status.CLEAR, Status.NOT_APPLICABLE))
        if self.found.decided and not self.found.also and not sum(count[Status.OPEN] for count in counts):
            words = [self.say("all_clear", count=clear), *([self.say("not_applicable", count=na)] if na else [])]
            yield " ".join(words)
        elif self.found.also:
            yield self.say("also", findings=self.listed(finding.short for finding in self.found.also))
        else:
            yield self.say("no_hits")
        near = self.found.nearest
        if near is not None:
            yield self.say(f"nearest_{near.side}", label=near.label, value=near.shown, limit=near.shown_limit)

    def _details(self, reason: Finding) -> Iterator[str]:
        sources = [self.source(item) for item in reason.sources]
        parts = [self.say("source", sources="; ".join(sources))] if sources else []
        key = "basis_unverified" if reason.unverified else "basis"
        parts += [self.say(key, basis=reason.basis.rstrip("."))] if reason.basis else []
        if any(limit.assumption for limit in reason.limits):
            parts.append(self.say("assumed_limit"))
        if reason.counted:
            parts.append(self.say("counted"))
        yield " ".join(parts)
        yield from (limit.note for limit in reason.limits if limit.note and limit.noted_by_profile)
        if reason.changed:
            yield reason.changed
        same = [finding.topic for finding in self.found.also if finding.same_fact_as == reason.rule]
        if same:
            yield self.say("same_fact", topics=self.listed(map(lower_first, same)))

    def source(self, item: EvidenceView) -> str:
        """An item of evidence, with whom it is from and when."""
        return ", ".join([item.title, *filter(None, [item.issuer, self.day(item.dated) if item.dated else ""])])

    # What is open -----------------------------------------------------------------------------------------

    def _open(self) -> Iterator[Entry]:
        found = self.found
        for cause in (cause for cause in found.causes if cause.matters):
            rules, level = self.say("rules", count=len(cause.rules)), self.level(cause.can_become)
            text = self.say("cause", what=self._what(cause), why=self._why_open(cause), rules=rules, level=level)
            yield Entry(text, mark="?", level=cause.can_become)
        beside = list(self.beside_causes())
        if beside:
            yield Entry(beside[0], mark="–", details=tuple(beside[1:]))

    def beside_causes(self) -> Iterator[str]:
        """What is open and does not change the advice; and what the advice becomes without the reasons."""
        others = [self._aside(cause) for cause in self.found.causes if not cause.matters]
        if others:
            yield self.say("does_not_matter", evidence=", ".join(dict.fromkeys(others)))
            yield from self._if_refuted()

    def cause(self, cause: Cause) -> str:
        """What evidence is wanted, and why: what there is does not help."""
        return f"{self._what(cause)} {self._why_open(cause)}"

    def _what(self, cause: Cause) -> str:
        dated = cause.evidence.dated if cause.evidence else None
        if cause.why is UnknownReason.EXPIRED and dated is not None:
            return self.say("dated", what=cause.title, day=self.day(dated))
        return cause.title

    def _why_open(self, cause: Cause) -> str:
        if cause.why in (UnknownReason.MISSING, UnknownReason.EXPIRED):
            return self.say(f"is_{cause.why.value}")
        missing = f": {', '.join(cause.missing)}" if cause.missing else ""
        return f"({cause.why_text}{missing})"

    def _aside(self, cause: Cause) -> str:
        title = lower_first(cause.title)
        parts = [self.say("rules", count=len(cause.rules))] if len(cause.rules) > 1 else []
        parts += [self.say("lacks_fact")] if cause.why is UnknownReason.NOT_STATED else []
        return f"{title} ({', '.join(parts)})" if parts else title

    def _if_refuted(self) -> tuple[str, ...]:
        after = self.found.if_refuted
        if after is None:
            return ()
        key = "if_refuted_one" if len(self.found.reasons) == 1 else "if_refuted"
        words = [self.say(key, advice=self._after(after))]
        asides = {cause.inline for cause in self.found.causes if not cause.matters}
        needed = [step.what for step in self.found.refuted_asks]
        if needed and asides.issuperset(needed):
            words.append(self.say("then_this"))
        elif needed:
            words.append(self.say("then_needed", evidence=self.listed(needed)))
        return (" ".join(words),)

    def _after(self, after: Interval) -> str:
        """What the advice becomes, as the levels that are possible."""
        if after.decided:
            return self.say("then_becomes", level=self.level(after.at_least))
        levels = [self.level(level) for level in Level if after.at_least <= level <= after.at_most]
        return self.say("then_can", levels=format_list(levels, self.found.lang, "or"))

    # What now ---------------------------------------------------------------------------------------------

    def _now(self) -> Iterator[Entry]:
        found = self.found
        if not found.steps:
            yield Entry(self.nothing())
        for number, step in enumerate(found.steps, 1):
            right = self.say("minutes", count=step.minutes) if step.minutes else ""
            yield Entry(self.step(step), mark=f"{number}.", right=right)
        if found.minutes:
            yield Entry(self.say("together", count=found.minutes))

    def nothing(self) -> str:
        """What is said where there is nothing to do."""
        return self.say("nothing" if self.found.decided else "nothing_more")

    def step(self, step: Step) -> str:
        """Something to do, as a sentence."""
        if step.action not in ("look_up", "ask"):
            return step.what
        asked = [self.say("asked", day=self.day(step.asked_on))] if step.asked_on else []
        asked += [self.say("due", day=self.day(step.due_on))] if step.due_on else []
        return self.say(step.action, what=step.what) + (f" ({', '.join(asked)})" if asked else "")

    # What to note -----------------------------------------------------------------------------------------

    def notes(self) -> Iterator[str]:
        """What a person should know beside the advice."""
        found = self.found
        if found.assumptions:
            limits = [f"{limit.label}: {limit.value}" for limit in found.assumptions]
            yield self.say("assumptions", limits="; ".join(limits))
        yield from self.assumed_total()
        said = {reason.unverified for reason in found.reasons}  # beside the reason, that its law is to be re-read
        others = [text for text in found.unverified if text not in said]
        if others:
            short = [lower_first(text.partition(":")[0].rstrip(".")) for text in others]
            yield self.say("unverified", text="; ".join(short))
        if found.expiries:
            first = [
                self.say("expiry", what=lower_first(one.title), day=self.day(one.last_day))
                for one in found.expiries[:EXPIRIES]
            ]
            yield self.say("expires", evidence="; ".join(first))
        yield from found.cautions
        yield from found.about_row
        if found.withheld and not found.confidential:
            yield self.say("withheld", evidence=", ".join(found.withheld))
        yield from self.failures()

    def assumed_total(self) -> Iterator[str]:
        """How many limits are assumed, where the advice is green and none of them counts by itself."""
        found = self.found
        if not found.assumptions and found.assumed_total and found.advice.at_most is Level.GREEN:
            yield self.say("assumed_total", count=found.assumed_total)

    def failures(self) -> Iterator[str]:
        """What went wrong in plugins and in words files."""
        found = self.found
        yield from (self.say("failures", text=text) for text in found.failures)
        yield from (self.say("word_faults", text=text) for text in found.word_faults)

    # Stages -----------------------------------------------------------------------------------------------

    def counts(self, stage: StageView, *, short: bool) -> str:
        """How many rules of a stage have each status; signals and open rules only if there is little room."""
        if stage.interval is None:
            return self.say("not_examined")
        parts = [self.say("signals", count=stage.counts[Status.HIT])]
        more = {"open_count": Status.OPEN} if short else _COUNTED
        parts += [self.say(key, count=stage.counts[status]) for key, status in more.items() if stage.counts[status]]
        return ", ".join(parts)


_COUNTED = {"open_count": Status.OPEN, "clear_count": Status.CLEAR, "na_count": Status.NOT_APPLICABLE}
