"""From an assessment to its explanation: what decides, what is open and why, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import attrs

from ..domain.evidence import Evidence
from ..domain.kinds import EvidenceKind, Supplier
from ..domain.unknown import UNKNOWN
from ..domain.values import json_fields
from ..engine.evaluate import Evaluation
from ..engine.refuted import decisive_rules, facts_behind, on_the_same_facts, reasons_first, refuted
from ..engine.requests import Ask, make_asks, open_rules_that_matter
from ..engine.results import RuleResult
from ..engine.selection import last_day
from ..findings import Findings
from ..rules.levels import Level, Status
from ..text import Language, Localized, localized
from ..words.lexicon import Lexicon, WordRef
from .causes import Causes
from .explanation import Explanation
from .explanation_parts import (
    AwardView,
    EvidenceView,
    Expiry,
    Finding,
    LimitUsed,
    Party,
    ProfileView,
    Step,
)
from .figures import figures, nearest
from .limits import limits_in_use, limits_used
from .outcomes import concern_views, stage_views
from .phrases import PROFILE_STATUS, WORDS, fill
from .rendering import LineKind, printable
from .sentences import Wording
from .unknown_facts import question
from .values import format_value

REPORT = WordRef("barriermodel", ("report",))
"""What the library itself says in reports."""


def phrase(key: str, lang: str, **values: object) -> str:
    """Return a phrase of reports, with values filled in."""
    return fill(REPORT / key, lang, **values)


def explain(findings: Findings, lang: Language, *, confidential: bool = False) -> Explanation:
    """Put an assessment in words.

    Args:
        findings: the assessment.
        lang: the language.
        confidential: show the values of confidential evidence.

    """
    with findings.evaluation.resolved.lexicon.active() as lexicon:
        found: Explanation = _cleaned(_Explainer(findings, lang, confidential).explanation(lexicon))
        return found


def _cleaned(value: Any) -> Any:
    """Replace control characters and those that reverse the reading order, in every text."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if attrs.has(type(value)) and type(value).__module__.startswith(Explanation.__module__):
        found = {field.name: _cleaned(getattr(value, field.name)) for field in attrs.fields(type(value))}
        return type(value)(**found)
    return value


@attrs.define(eq=False, slots=False)
class _Explainer:
    findings: Findings
    lang: Language
    confidential: bool

    @property
    def evaluation(self) -> Evaluation:
        return self.findings.evaluation

    def say(self, text: Localized | str | None) -> str | None:
        return localized(text, self.lang) if text else None

    def explanation(self, lexicon: Lexicon) -> Explanation:
        reasons, also = self._findings()
        causes = Causes(self.findings, self.lang, self.confidential, self.view).found()
        after = refuted(self.evaluation, self._refuted) if reasons else None
        asks = make_asks(after, after.advice.at_least, question) if after else ()
        steps = [*self._asked(self.findings.asks), *self._discuss(reasons, also), *self._hear()]
        return Explanation(
            lang=self.lang, confidential=self.confidential, provider=self._provider(), award=self._award(),
            as_of=self.findings.as_of, profile=self._profile(), advice=self.findings.advice,
            reasons=reasons, also=also, causes=causes, steps=tuple(steps),
            if_refuted=after.advice if after else None,
            refuted_asks=tuple(step for step in self._asked(asks) if step not in steps),
            assumptions=tuple(self._assumptions()), assumed_total=self._assumed_total(),
            unverified=tuple(self._unverified_in(self._counting)), cautions=tuple(self._cautions()),
            failures=tuple(f"{e.rule} ({e.plugin} {e.version or ''}): {e.message}" for e in self.findings.errors),
            expiries=tuple(self._expiries()), nearest=nearest(self.findings, self.lang, self.confidential),
            stages=tuple(stage_views(self.findings, self.lang, self.confidential)),
            concerns=tuple(concern_views(self.findings, self.lang)),
            evidence=tuple(self.view(item) for item in self._used()),
            withheld=tuple(dict.fromkeys(item.kind.title[self.lang] for item in self.findings.withheld)),
            about_row=tuple(self._about_row()), digest=getattr(self.findings, "digest", ""),
            words=tuple(json_fields(file, "lang", "origin", "sha256") for _, file in sorted(lexicon.used.items())),
            word_faults=tuple(lexicon.faults.values()),
        )  # fmt: skip

    # Who and what -----------------------------------------------------------------------------------------

    def _shown(self, value: Any) -> str | None:
        return None if value is UNKNOWN else format_value(value, self.lang)

    def _provider(self) -> Party:
        provider = self.findings.provider
        name, form = self._shown(provider.name), self._shown(provider.legal_form)
        return Party(name, tuple(map(str, provider.identifiers)), form)

    def _award(self) -> AwardView:
        award = self.findings.award
        starts, ends = (None if day is UNKNOWN else day for day in (award.starts_on, award.ends_on))
        title, act, authority, value, id = map(
            self._shown, (award.title, award.act, award.authority, award.value, award.id)
        )
        return AwardView(title, act, authority, starts, ends, value, id)

    def _profile(self) -> ProfileView:
        resolved = self.evaluation.resolved
        profile = resolved.profile
        short = phrase(f"status_{profile.status.value}", self.lang)
        status = PROFILE_STATUS[profile.status][self.lang]
        owner = localized(profile.owner, self.lang)
        return ProfileView(profile.id, profile.title[self.lang], status, short, owner, resolved.digest)

    def view(self, item: Evidence) -> EvidenceView:
        """An item of evidence, as outputs show it."""
        hidden = item.kind.confidential and not self.confidential
        issuer = item.source.issuer if item.source and not hidden else None
        until = None if hidden else last_day(item, item.kind)
        return EvidenceView(item.id, item.kind.title[self.lang], issuer, None if hidden else item.date, until, hidden)

    def _used(self) -> list[Evidence]:
        kinds = self.evaluation.resolved.kinds
        items = [item for item in self.evaluation.dossier.evidence if item.kind.id in kinds]
        return sorted(items, key=lambda item: (item.kind.id, item.id))

    # What was found ---------------------------------------------------------------------------------------

    @cached_property
    def _decisive(self) -> frozenset[str]:
        hits, at_least = {rule.id for rule in self._hits}, self.findings.advice.at_least
        lows = [(stage.resolved, stage.interval.at_least if stage.interval else None) for stage in self.findings.stages]
        return frozenset(id for stage, low in lows for id in decisive_rules(stage, hits, low, at_least))

    @cached_property
    def _hits(self) -> list[RuleResult]:
        return [rule for rule in self.findings.rules if rule.status is Status.HIT]

    @cached_property
    def _facts(self) -> dict[str, frozenset[str]]:
        resolved = self.evaluation.resolved
        return {rule.id: facts_behind(resolved, rule.definition, self._evidence_read) for rule in self._hits}

    def _evidence_read(self, derived: str) -> frozenset[str]:
        outcome = self.evaluation.outcomes.get(derived)
        return outcome.evidence_read if outcome else frozenset()

    @cached_property
    def _refuted(self) -> frozenset[str]:
        """The reasons, and every other hit that rests on nothing but the same facts."""
        facts = frozenset().union(*(self._facts[id] for id in self._decisive))
        same = {id for id, own in self._facts.items() if on_the_same_facts(own, facts)}
        return self._decisive | same

    def _findings(self) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """The reasons and the other hits; a hit on the same facts as a reason before it is no reason of its own."""
        reasons: list[Finding] = []
        also: list[Finding] = []
        hits = {rule.id: rule for rule in self._hits}
        levels = {id: rule.level for id, rule in hits.items()}
        for id, decides, same in reasons_first(levels, self._decisive, self._facts):
            (reasons if decides else also).append(self._finding(hits[id], same))
        return tuple(reasons), tuple(also)

    def _finding(self, rule: RuleResult, same: str | None) -> Finding:
        words, definition = Wording(rule, self.lang, self.confidential), rule.definition
        stage = next(s for s in self.findings.stages if any(b is rule.barrier for b in s.resolved.barriers))
        items = {item.id: item for fact in rule.facts for item in fact.evidence}
        return Finding(
            rule=rule.id, barrier=rule.barrier.title[self.lang], topic=words.topic(), short=words.said("short"),
            sentence=words.text(), level=rule.level, counted=not stage.resolved.by_level,
            decisive=rule.id in self._decisive, withheld=words.masks(rule.values[0].node),
            figures=figures(rule.values[0], words),
            sources=tuple(map(self.view, items.values())), limits=tuple(limits_used(rule, self.lang)),
            basis=self.say(definition.basis), unverified=self.say(definition.unverified),
            changed=self._changed(rule),
            look=(definition.words / "look")[self.lang], rebut=(definition.words / "rebut")[self.lang],
            same_fact_as=same,
        )  # fmt: skip

    def _changed(self, rule: RuleResult) -> str | None:
        reason = self.say(rule.resolved.reason)
        who = rule.resolved.changed_by
        return WORDS["level_changed"][self.lang].format(who=who, reason=reason) if reason else None

    # What to do -------------------------------------------------------------------------------------------

    def _asked(self, asks: tuple[Ask, ...]) -> Iterator[Step]:
        """First what is looked up, then what the provider is asked."""
        for supplier in (Supplier.REGISTER, Supplier.PROVIDER):
            for ask in (ask for ask in asks if ask.kind.supplier is supplier):
                requested = ask.why.requested
                yield Step(
                    action="look_up" if supplier is Supplier.REGISTER else "ask", what=self._wanted(ask.kind),
                    minutes=ask.kind.burden if supplier is Supplier.PROVIDER else 0, question=ask.question[self.lang],
                    asked_on=requested.asked_on if requested else None, due_on=requested.due_on if requested else None,
                    kind=ask.kind.id, title=ask.kind.title[self.lang], why=(ask.kind.words / "why")[self.lang],
                    how=(ask.kind.words / "how")[self.lang], basis=self.say(ask.kind.basis),
                    unverified=tuple(self._unverified_in(rule for rule in self.findings.rules if rule.id in ask.rules)),
                )  # fmt: skip

    def _wanted(self, kind: EvidenceKind) -> str:
        return (kind.words / "inline")[self.lang]

    def _hear(self) -> Iterator[Step]:
        if self.findings.advice.at_least >= Level.RED:
            yield Step(action="hear", what=phrase("hear", self.lang))

    def _discuss(self, reasons: tuple[Finding, ...], also: tuple[Finding, ...]) -> Iterator[Step]:
        ids = {reason.rule for reason in reasons}
        for finding in (*reasons, *also):
            if finding.look and finding.same_fact_as not in ids:
                yield Step(action="discuss", what=finding.look, rule=finding.rule)

    # What to take note of ---------------------------------------------------------------------------------

    @cached_property
    def _counting(self) -> list[RuleResult]:
        """The rules on which the advice still depends: the reasons, and the open ones that matter."""
        matter = {rule.id for _, rule in open_rules_that_matter(self.evaluation, self.findings.advice.at_least)}
        return [rule for rule in self.findings.rules if rule.id in self._decisive or rule.id in matter]

    def _assumptions(self) -> Iterator[LimitUsed]:
        found = [limit for rule in self._counting for limit in limits_used(rule, self.lang) if limit.assumption]
        yield from {(limit.barrier, limit.name): limit for limit in found}.values()

    def _assumed_total(self) -> int:
        resolved = self.evaluation.resolved
        settings = [parameter.on(self.findings.as_of) for parameter in limits_in_use(resolved)]
        combined = sum(bool(stage.combine.assumption) for stage in resolved.stages)
        return combined + sum(setting is not None and bool(setting.assumption) for setting in settings)

    def _unverified_in(self, rules: Iterable[RuleResult]) -> Iterator[str]:
        texts = [rule.definition.unverified for rule in rules if rule.definition.unverified]
        yield from dict.fromkeys(text[self.lang] for text in texts)

    def _cautions(self) -> Iterator[str]:
        from .cautions import visible_cautions

        for caution in visible_cautions(self.findings, confidential=self.confidential):
            if caution.confidential and not self.confidential:
                yield phrase("caution_withheld", self.lang, ids=", ".join(caution.evidence))
            else:
                yield caution.text[self.lang]

    def _expiries(self) -> Iterator[Expiry]:
        cited = {e.id: e for s in self.evaluation.selection.values() if s.usable for e in s.cited}
        days = [(last_day(e, e.kind), e.kind.title[self.lang]) for e in cited.values() if not self.view(e).withheld]
        yield from (Expiry(title, day) for day, title in sorted((d, t) for d, t in days if d is not None))

    def _about_row(self) -> Iterator[str]:
        from .follow_up import row_lines

        if self.evaluation.row is not None:
            lines = row_lines(self.evaluation.row, self.evaluation.resolved, self.lang)
            yield from (line.text for line in lines if line.kind is not LineKind.STAGE)
