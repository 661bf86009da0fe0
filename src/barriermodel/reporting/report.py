"""The contents of a report, line by line; ``rendering.py`` decides how they look."""

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
from ..rules.expression import split_fact_id
from ..rules.levels import Level, Status
from ..text import Language, TextOrStr, format_date, format_list, localized
from .follow_up import follow_up_lines, items_behind, row_lines
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
from .rendering import Line, LineKind
from .sentences import NOT_APPLICABLE, NOT_KNOWN, Wording
from .unknown_facts import reason_text
from .values import distinguishing_decimals, format_value

__all__ = ["Line", "LineKind", "report"]


def report(assessment: Findings, lang: Language, confidential: bool) -> Iterator[Line]:
    """Write the report of an assessment.

    Args:
        assessment: what was found.
        lang: the language.
        confidential: show the values of confidential evidence.

    """
    return Report(assessment, lang, confidential).lines()


@attrs.frozen(eq=False)
class Report:
    """Writes one assessment in one language."""

    assessment: Findings
    lang: Language
    confidential: bool

    def phrase(self, key: str, **values: object) -> str:
        """A fixed phrase."""
        return WORDS[key][self.lang].format(**values)

    def lines(self) -> Iterator[Line]:
        """Write the heading, the stages, what is still needed, and what else a reader should know."""
        yield from self._head()
        for number, stage in enumerate(self.assessment.stages, 1):
            yield from self._stage(number, stage)
        yield from follow_up_lines(self.assessment, self.lang, self.confidential)
        if self._row is not None:
            yield from row_lines(self._row, self.assessment.evaluation.resolved, self.lang)

    @property
    def _row(self) -> RowOrigin | None:
        """The row of a table that was assessed; a row does not record where its facts came from."""
        return self.assessment.evaluation.row

    def _head(self) -> Iterator[Line]:
        dossier, profile = self.assessment.evaluation.dossier, self.assessment.evaluation.resolved.profile
        name = self.phrase("nameless") if dossier.provider.name is UNKNOWN else dossier.provider.name
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
            yield Line(LineKind.TEXT, f"{self.phrase('award')}: {' · '.join(known)}")
        status = PROFILE_STATUS[profile.status][self.lang]
        yield Line(LineKind.TEXT, f"{self.phrase('profile')}: {profile.title[self.lang]}; {status}")
        yield Line(LineKind.TEXT, f"{self.phrase('as_of')}: {format_date(dossier.as_of, self.lang)}")
        advice = self.assessment.advice
        open_mark = "" if advice.decided else f" ({self.phrase('not_decided')})"
        text = f"{self.phrase('advice')}: {interval_text(advice, self.lang)}{open_mark}"
        yield Line(LineKind.ADVICE, text, level=advice.at_most)
        yield Line(LineKind.TEXT, self.phrase("person_decides" if advice.at_most is Level.GREEN else "no_decision"))
        yield Line(LineKind.STAGE, self.phrase("concerns"))
        for concern, found in self.assessment.concerns.items():
            words = [interval_text(found.interval, self.lang)] if found.interval else []
            if found.hits or found.open or not words:  # "red, and no signals" would puzzle
                counts = counts_text(found.hits, found.open, self.lang)
                words += [self.phrase("counted", counts=counts) if words else counts]
            level = found.interval.at_most if found.interval else None
            yield Line(LineKind.ITEM, f"{CONCERN[concern][self.lang]}: {'; '.join(words)}", level=level)

    def _stage(self, number: int, stage: StageResult) -> Iterator[Line]:
        resolved = stage.resolved
        title = self.phrase("stage", number=number, title=stage.title[self.lang])
        found = interval_text(stage.interval, self.lang) if stage.interval else self.phrase("not_examined")
        level = stage.interval.at_most if stage.interval else None
        yield Line(LineKind.STAGE, f"{title} ({MOMENT[resolved.moment][self.lang]}): {found}", level=level)
        if resolved.combine.by in COMBINE and stage.interval and stage.interval.at_most > Level.GREEN:
            why = self._justification(resolved.combine.source, resolved.combine.assumption)
            yield Line(LineKind.TEXT, f"{combine_text(resolved.combine, self.lang)} ({why}).")
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
        """List the rules in order; put settled ones with the same text on one line."""
        alike: dict[str, list[RuleResult]] = {}
        for rule in barrier.rules:
            needs_detail = rule.status in (Status.HIT, Status.OPEN)
            key = rule.resolved.id if needs_detail else ": ".join(self._status_and_text(rule))
            alike.setdefault(key, []).append(rule)
        for text, (first, *others) in alike.items():
            if first.status in (Status.HIT, Status.OPEN):
                yield from self._rule(first, by_level)
                continue
            names = ", ".join(rule.definition.name for rule in (first, *others))
            ids = f"{barrier.resolved.id}: {names}" if others else first.resolved.id
            yield Line(LineKind.RULE, f"{text} [{ids}]", level=Level.GREEN)

    def _status_and_text(self, result: RuleResult) -> tuple[str, str]:
        text = Wording(result, self.lang, self.confidential).text()
        for start in (NOT_APPLICABLE, NOT_KNOWN):  # the status already says so
            text = text.removeprefix(f"{start[self.lang]}: ")
        status = status_text(result.definition.kind, result.status, self.lang)
        return f"{MARK[result.status]} {status}", text

    def _rule(self, result: RuleResult, by_level: bool) -> Iterator[Line]:
        rule = result.definition
        mark, text = self._status_and_text(result)
        level = LEVEL[result.level][self.lang]
        level = level if result.status is Status.HIT else self.phrase("can_become", level=level)
        mark += f" ({level})" if by_level else ""  # where a stage counts rules, their own levels have no effect
        yield Line(LineKind.RULE, f"{mark}: {text} [{rule.id}]", level=result.level)
        words = Wording(result, self.lang, self.confidential)
        yield from self._comparison(result, words)
        yield from self._facts(result, words)
        yield from self._limits(result)
        if rule.basis:
            yield Line(LineKind.DETAIL, f"{self.phrase('basis')}: {localized(rule.basis, self.lang)}")
        if rule.unverified:
            yield Line(LineKind.DETAIL, f"{self.phrase('unverified')}: {rule.unverified[self.lang]}")
        if result.resolved.reason:
            who, reason = result.resolved.changed_by, localized(result.resolved.reason, self.lang)
            yield Line(LineKind.DETAIL, self.phrase("level_changed", who=who, reason=reason))

    def _comparison(self, result: RuleResult, words: Wording) -> Iterator[Line]:
        if result.definition.opaque is not None:
            yield Line(LineKind.DETAIL, self.phrase("opaque"))
        else:
            yield Line(LineKind.DETAIL, f"{self.phrase('comparison')}: {words.comparison()}")
        applies = result.values[1]
        if applies is not None:
            known = "applies" if applies.value is True else "applies_open"
            yield Line(LineKind.DETAIL, f"{self.phrase(known)}: {words.sentence(applies)}")

    def _facts(self, result: RuleResult, words: Wording) -> Iterator[Line]:
        unknown: dict[str, list[str]] = {}  # facts that are unknown for the same reason share a line
        for fact in result.facts:
            label, origin = fact.ref.label[self.lang], self._origin(fact)
            if fact.value is UNKNOWN:
                why = reason_text(fact, self._row, confidential=self.confidential)[self.lang]
                unknown.setdefault(f"{why}{origin}", []).append(label)
            else:
                yield Line(LineKind.DETAIL, f"{label}: {words.fact(fact)}{origin}")
        for why, labels in unknown.items():
            yield Line(LineKind.DETAIL, f"{format_list(labels, self.lang)}: {why}")
        items = items_behind(result)
        notes = dict.fromkeys(note for item in items for note in item.notes if self._may_quote(item))
        for note in notes:
            yield Line(LineKind.DETAIL, f"{self.phrase('note')}: {note[self.lang]}")
        for id in dict.fromkeys(item.id for item in items if isinstance(item, Evidence) and not self._may_quote(item)):
            yield Line(LineKind.DETAIL, f"{self.phrase('note')}: {self.phrase('notes_withheld', id=id)}")

    def _may_quote(self, item: Evidence | Absent) -> bool:
        """Whether its notes may be shown: they quote the raw document, so they may hold confidential values."""
        kind = self.assessment.evaluation.resolved.kinds[item.kind] if isinstance(item, Absent) else item.kind
        return self.confidential or not kind.confidential or not item.notes

    def _origin(self, fact: FactValue) -> str:
        named = format_list([self._source_label(name) for name in fact.inputs], self.lang) if fact.inputs else ""
        inputs = f" ({self.phrase('derived_from')} {named})" if named else ""
        if fact.evidence:
            return f"{inputs} ← {'; '.join(self._cited(fact))}"
        if inputs or fact.value is UNKNOWN:
            return inputs
        return f" ({self.phrase('from_row' if self._row else 'from_dossier')})"

    def _source_label(self, source: str) -> str:
        """Name what a fact was derived from: a kind of evidence, or a part of the dossier."""
        name, _ = split_fact_id(source)
        kind = self.assessment.evaluation.resolved.kinds.get(name)
        return kind.title[self.lang] if kind else self.phrase(name)

    def _cited(self, fact: FactValue) -> Iterator[str]:
        for item in fact.evidence:
            source = item.source
            parts = [item.kind.title[self.lang], f"‘{item.id}’", *self._key(item)]
            parts += [source.issuer] if source and source.issuer else []
            parts += [format_date(item.date, self.lang)] if item.date and self._may_detail(item) else []
            parts += [self.phrase("from_row" if self._row else "handed_in")] if item.about is None else []
            yield ", ".join(parts)

    def _may_detail(self, item: Evidence) -> bool:
        """Whether more of an item may be shown than its kind, id and issuer."""
        return self.confidential or not item.kind.confidential

    def _key(self, item: Evidence) -> Iterator[str]:
        """Say which of several items it is, for example the year of the accounts."""
        name = item.kind.one_per
        value = getattr(item.facts, name) if name else UNKNOWN
        if name and value is not UNKNOWN and self._may_detail(item):
            yield f"{fact_fields(item.kind.cls)[name].label[self.lang]} {format_value(value, self.lang)}"

    def _limits(self, result: RuleResult) -> Iterator[Line]:
        for name, setting in result.parameters.items():
            value = format_value(setting.value, self.lang, distinguishing_decimals([setting.value]), "or")
            label = result.barrier.parameters[name].spec.field.label[self.lang]
            text = self.phrase("limit", label=label, name=name, value=value, set_by=setting.set_by)
            if setting.since:
                text += f" {self.phrase('since', date=format_date(setting.since, self.lang))}"
            note = f" ({localized(setting.note, self.lang)})" if setting.note else ""
            yield Line(LineKind.DETAIL, f"{text}; {self._justification(setting.source, setting.assumption)}{note}")

    def _justification(self, source: str | None, assumption: TextOrStr | None) -> str:
        key, text = ("source", source) if source else ("assumption", localized(assumption or "", self.lang))
        return f"{self.phrase(key)}: {text}"
