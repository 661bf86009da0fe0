"""What a report says, line by line; how it looks is for ``text.py`` and ``markdown.py``."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ..domain.evidence import Absent, Evidence
from ..domain.facts import fact_fields
from ..domain.unknown import UNKNOWN
from ..engine.evaluate import RowOrigin
from ..engine.provenance import FactValue
from ..engine.results import BarrierResult, RuleResult, StageResult
from ..findings import Findings
from ..rules.levels import Level, Status
from ..text import Language, TextOrStr, format_date, format_list, localized
from .closing import closing_lines, items_behind, row_lines
from .line import Line, LineKind
from .phrases import (
    COMBINE,
    CONCERN,
    LEVEL,
    MARK,
    MOMENT,
    PROFILE_STATUS,
    WORDS,
    combine_text,
    counts_text,
    interval_text,
    status_text,
)
from .sentences import (
    NO_SIGNAL,
    NOT_APPLICABLE,
    NOT_KNOWN,
    NOT_MET,
    Wording,
    distinguishing_decimals,
    format_value,
)
from .unknown_facts import reason_words

__all__ = ["Line", "LineKind", "report"]


def report(assessment: Findings, lang: Language, confidential: bool) -> Iterator[Line]:
    """The whole report of an assessment."""
    return Report(assessment, lang, confidential).lines()


@attrs.frozen(eq=False)
class Report:
    """Writes one assessment in one language."""

    assessment: Findings
    lang: Language
    confidential: bool

    def say(self, key: str, **values: object) -> str:
        """A fixed phrase."""
        return WORDS[key][self.lang].format(**values)

    def lines(self) -> Iterator[Line]:
        """Head, stages, what is asked, and the rest."""
        yield from self._head()
        for number, stage in enumerate(self.assessment.stages, 1):
            yield from self._stage(number, stage)
        yield from closing_lines(self.assessment, self.lang, self.confidential)
        if self._row is not None:
            yield from row_lines(self._row, self.assessment.evaluation.resolved, self.lang)

    @property
    def _row(self) -> RowOrigin | None:
        """The row of a table that was assessed, which does not tell where its facts came from."""
        return self.assessment.evaluation.row

    def _head(self) -> Iterator[Line]:
        dossier, profile = self.assessment.evaluation.dossier, self.assessment.evaluation.resolved.profile
        name = self.say("nameless") if dossier.provider.name is UNKNOWN else dossier.provider.name
        numbers = ", ".join(str(identifier) for identifier in dossier.provider.identifiers)
        yield Line(LineKind.TITLE, f"{name} ({numbers})" if numbers else name)
        award = dossier.award
        term = " – ".join(
            format_value(day, self.lang) for day in (award.starts_on, award.ends_on) if day is not UNKNOWN
        )
        parts = [
            format_value(part, self.lang) for part in (award.title, award.authority, award.value) if part is not UNKNOWN
        ]
        known = [*parts, *([term] if term else [])]
        if known:
            yield Line(LineKind.TEXT, f"{self.say('award')}: {' · '.join(known)}")
        status = PROFILE_STATUS[profile.status][self.lang]
        yield Line(LineKind.TEXT, f"{self.say('profile')}: {profile.title[self.lang]}; {status}")
        yield Line(LineKind.TEXT, f"{self.say('as_of')}: {format_date(dossier.as_of, self.lang)}")
        advice = self.assessment.advice
        said = interval_text(advice, self.lang) + ("" if advice.decided else f" ({self.say('not_decided')})")
        yield Line(LineKind.ADVICE, f"{self.say('advice')}: {said}", level=advice.at_most)
        yield Line(LineKind.TEXT, self.say("person_decides" if advice.at_most is Level.GREEN else "no_decision"))
        yield Line(LineKind.STAGE, self.say("concerns"))
        for concern, found in self.assessment.concerns.items():
            words = [interval_text(found.interval, self.lang)] if found.interval else []
            if found.hits or found.open or not words:
                counts = counts_text(found.hits, found.open, self.lang)
                words += [self.say("counted", counts=counts) if words else counts]  # else: red, and no signals
            level = found.interval.at_most if found.interval else None
            yield Line(LineKind.ITEM, f"{CONCERN[concern][self.lang]}: {'; '.join(words)}", level=level)

    def _stage(self, number: int, stage: StageResult) -> Iterator[Line]:
        resolved = stage.resolved
        title = self.say("stage", number=number, title=stage.title[self.lang])
        found = interval_text(stage.interval, self.lang) if stage.interval else self.say("not_examined")
        level = stage.interval.at_most if stage.interval else None
        yield Line(LineKind.STAGE, f"{title} ({MOMENT[stage.moment][self.lang]}): {found}", level=level)
        if resolved.combine.by in COMBINE and stage.interval and stage.interval.at_most > Level.GREEN:
            words = combine_text(resolved.combine, self.lang)
            yield Line(LineKind.TEXT, f"{words} ({self._who(resolved.combine.source, resolved.combine.assumption)}).")
        if stage.examined:
            for barrier in stage.barriers:
                yield from self._barrier(barrier, stage.resolved.by_level)

    def _barrier(self, barrier: BarrierResult, by_level: bool) -> Iterator[Line]:
        if barrier.interval:
            found = interval_text(barrier.interval, self.lang)
        else:
            found = counts_text(barrier.hits, barrier.open, self.lang)
        level = barrier.interval.at_most if barrier.interval else None
        words = f"{barrier.title[self.lang]} ({CONCERN[barrier.concern][self.lang]}): {found}"
        yield Line(LineKind.BARRIER, words, level=level)
        yield from self._rules(barrier, by_level)

    def _rules(self, barrier: BarrierResult, by_level: bool) -> Iterator[Line]:
        """The rules in order; those that are settled and of which one thing is said are told together."""
        alike: dict[str, list[RuleResult]] = {}
        for rule in barrier.rules:
            told = rule.resolved.id if rule.status in (Status.HIT, Status.OPEN) else ": ".join(self._told(rule))
            alike.setdefault(told, []).append(rule)
        for told, (first, *others) in alike.items():
            if first.status in (Status.HIT, Status.OPEN):
                yield from self._rule(first, by_level)
                continue
            names = ", ".join(rule.definition.name for rule in (first, *others))
            ids = f"{barrier.resolved.id}: {names}" if others else first.resolved.id
            yield Line(LineKind.RULE, f"{told} [{ids}]", level=Level.GREEN)

    def _told(self, result: RuleResult) -> tuple[str, str]:
        """The status with its mark, and what is said of it."""
        said = Wording(result, self.lang, self.confidential).text()
        for start in (NOT_APPLICABLE, NO_SIGNAL, NOT_MET, NOT_KNOWN):  # the status word stands before it already
            said = said.removeprefix(f"{start[self.lang]}: ")
        status = status_text(result.definition.kind, result.status, self.lang)
        return f"{MARK[result.status]} {status}", said

    def _rule(self, result: RuleResult, by_level: bool) -> Iterator[Line]:
        rule = result.definition
        mark, said = self._told(result)
        level = LEVEL[result.level][self.lang]
        level = level if result.status is Status.HIT else self.say("can_become", level=level)
        mark += f" ({level})" if by_level else ""  # where a stage counts, a rule's own level does not
        yield Line(LineKind.RULE, f"{mark}: {said} [{rule.id}]", level=result.level)
        words = Wording(result, self.lang, self.confidential)
        yield from self._comparison(result, words)
        yield from self._facts(result, words)
        yield from self._limits(result)
        if rule.basis:
            yield Line(LineKind.DETAIL, f"{self.say('basis')}: {localized(rule.basis, self.lang)}")
        if rule.unverified:
            yield Line(LineKind.DETAIL, f"{self.say('unverified')}: {rule.unverified[self.lang]}")
        if result.resolved.reason:
            who, reason = result.resolved.changed_by, localized(result.resolved.reason, self.lang)
            yield Line(LineKind.DETAIL, self.say("level_changed", who=who, reason=reason))

    def _comparison(self, result: RuleResult, words: Wording) -> Iterator[Line]:
        if result.definition.opaque is not None:
            yield Line(LineKind.DETAIL, self.say("opaque"))
        else:
            yield Line(LineKind.DETAIL, f"{self.say('comparison')}: {words.comparison()}")
        applies = result.values[1]
        if applies is not None:
            known = "applies" if applies.value is True else "applies_open"
            yield Line(LineKind.DETAIL, f"{self.say(known)}: {words.sentence(applies)}")

    def _facts(self, result: RuleResult, words: Wording) -> Iterator[Line]:
        unknown: dict[str, list[str]] = {}  # facts that are unknown for one reason are told together
        for fact in result.facts:
            label, origin = fact.ref.label[self.lang], self._origin(fact)
            if fact.value is UNKNOWN:
                why = reason_words(fact, self._row, confidential=self.confidential)[self.lang]
                unknown.setdefault(f"{why}{origin}", []).append(label)
            else:
                yield Line(LineKind.DETAIL, f"{label}: {words.value(fact)}{origin}")
        for why, labels in unknown.items():
            yield Line(LineKind.DETAIL, f"{format_list(labels, self.lang)}: {why}")
        items = items_behind(result)
        notes = dict.fromkeys(note for item in items for note in item.notes if self._shows(item))
        for note in notes:
            yield Line(LineKind.DETAIL, f"{self.say('note')}: {note[self.lang]}")
        for id in dict.fromkeys(item.id for item in items if isinstance(item, Evidence) and not self._shows(item)):
            yield Line(LineKind.DETAIL, f"{self.say('note')}: {self.say('notes_withheld', id=id)}")

    def _shows(self, item: Evidence | Absent) -> bool:
        """Whether its notes may be shown: they quote the raw document, and so may hold what is withheld."""
        kind = self.assessment.evaluation.resolved.kinds[item.kind] if isinstance(item, Absent) else item.kind
        return self.confidential or not kind.confidential or not item.notes

    def _origin(self, fact: FactValue) -> str:
        named = format_list([self._called(name) for name in fact.inputs], self.lang) if fact.inputs else ""
        inputs = f" ({self.say('derived_from')} {named})" if named else ""
        if fact.evidence:
            return f"{inputs} ← {'; '.join(self._cited(fact))}"
        known = fact.value is not UNKNOWN
        return f"{inputs} ({self.say('from_row' if self._row else 'from_dossier')})" if known and not inputs else inputs

    def _called(self, source: str) -> str:
        """What a derived fact was derived from: the title of a kind, or what the dossier says itself."""
        kind = self.assessment.evaluation.resolved.kinds.get(source.partition(".")[0])
        return kind.title[self.lang] if kind else self.say(source.partition(".")[0])

    def _cited(self, fact: FactValue) -> Iterator[str]:
        for item in fact.evidence:
            source = item.source
            parts = [item.kind.title[self.lang], f"‘{item.id}’", *self._key(item)]
            parts += [source.issuer] if source and source.issuer else []
            parts += [format_date(item.date, self.lang)] if item.date and self._tells(item) else []
            parts += [self.say("from_row" if self._row else "handed_in")] if item.about is None else []
            yield ", ".join(parts)

    def _tells(self, item: Evidence) -> bool:
        """Whether more may be shown of an item than its kind, id and issuer."""
        return self.confidential or not item.kind.confidential

    def _key(self, item: Evidence) -> Iterator[str]:
        """Which of several it is: of what year the accounts are, say."""
        name = item.kind.one_per
        value = getattr(item.facts, name) if name else UNKNOWN
        if name and value is not UNKNOWN and self._tells(item):
            yield f"{fact_fields(item.kind.cls)[name].label[self.lang]} {format_value(value, self.lang)}"

    def _limits(self, result: RuleResult) -> Iterator[Line]:
        for name, setting in result.parameters.items():
            value = format_value(setting.value, self.lang, distinguishing_decimals([setting.value]), "or")
            label = result.barrier.parameters[name].spec.field.label[self.lang]
            said = self.say("limit", label=label, name=name, value=value, set_by=setting.set_by)
            if setting.since:
                said += f" {self.say('since', date=format_date(setting.since, self.lang))}"
            note = f" ({localized(setting.note, self.lang)})" if setting.note else ""
            yield Line(LineKind.DETAIL, f"{said}; {self._who(setting.source, setting.assumption)}{note}")

    def _who(self, source: str | None, assumption: TextOrStr | None) -> str:
        key, text = ("source", source) if source else ("assumption", localized(assumption or "", self.lang))
        return f"{self.say(key)}: {text}"
