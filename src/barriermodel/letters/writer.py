"""What both kinds of letter share: the words, the lines about a finding, and the checks for the sender."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Literal

import attrs

from barriermodel import Assessment
from barriermodel.analysis.reports import LEVEL, EvidenceView, Explanation, Finding, fill
from barriermodel.analysis.text import LANGUAGES, Language, format_date, said

from .letter import Block, Letter, LetterError, Point, weekday_date
from .settings import LetterSettings, check_settings
from .terms import add_working_days, holiday_name, holidays_between, is_working_day


@attrs.define(eq=False, slots=False)
class Writer:
    """Writes the parts of one letter from an Explanation, and from nothing else that is said of the provider.

    Args:
        confidential: whether the letter may show the values of confidential evidence.

    """

    assessment: Assessment
    day: date
    settings: LetterSettings
    lang: Language
    confidential: bool

    def __attrs_post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise LetterError(f"letters are written in {' or '.join(LANGUAGES)}; got {self.lang!r}")
        if self.day < self.found.as_of:
            message = f"the letter is of {self.day}, before the assessment of {self.found.as_of}"
            raise LetterError(f"{message}; give a later date, or assess on an earlier one")
        check_settings(self.settings, "settings")

    @cached_property
    def found(self) -> Explanation:
        """The Explanation that the letter renders."""
        return self.assessment.explanation(self.lang, confidential=self.confidential)

    @cached_property
    def masked(self) -> Explanation:
        """The same without what is confidential."""
        return self.assessment.explanation(self.lang) if self.confidential else self.found

    @cached_property
    def respond_by(self) -> date:
        """The last day on which the provider can respond."""
        try:
            return add_working_days(self.day, self.settings.term)
        except ValueError as error:
            raise LetterError(str(error)) from None

    @cached_property
    def secret(self) -> dict[str, list[str]]:
        """The findings that rest on confidential evidence, by rule, each with what that evidence is called."""
        masked = self.masked
        titles = {f.rule: [s.title for s in f.sources if s.withheld] for f in (*masked.reasons, *masked.also)}
        withheld = {f.rule for f in (*masked.reasons, *masked.also) if f.withheld}
        return {
            rule: list(dict.fromkeys(own)) or list(masked.withheld)
            for rule, own in titles.items() if own or rule in withheld
        }  # fmt: skip

    @cached_property
    def decisive(self) -> list[Finding]:
        """Every finding that the advice rests on, also where another on the same facts comes first."""
        return [finding for finding in (*self.found.reasons, *self.found.also) if finding.decisive]

    # Words ------------------------------------------------------------------------------------------------

    def say(self, *key: str, **values: object) -> str:
        """Return a phrase of letters, with values filled in."""
        return fill(said("letter", *key), self.lang, **values)

    def on(self, day: date) -> str:
        """Write a date."""
        return format_date(day, self.lang)

    @property
    def reference(self) -> str:
        """What the letter is filed under."""
        found = self.settings.reference or self.found.award.id
        if not found:
            raise LetterError("the award has no id, so the letter has no reference; give `reference` in the settings")
        return str(found)

    def contact(self) -> dict[str, str]:
        """Whom to call, and how to send something."""
        own = self.settings
        return {
            "name": own.signature.name, "phone": own.phone, "email": own.email, "upload": own.upload,
            "reference": self.reference, "address": ", ".join(own.reply_address or own.address),
        }  # fmt: skip

    def about(self) -> str:
        """What the letter is about: the award, or the provider if the dossier does not say which."""
        award = self.found.award
        if award.title is None:
            return self.say("about_provider")
        if award.starts_on is None:
            return self.say("about", award=award.title)
        return self.say("about_from", award=award.title, day=self.on(award.starts_on))

    # A finding --------------------------------------------------------------------------------------------

    def point(self, finding: Finding) -> Point:
        """What was found: the fact, then its sources, limits and law, and what the provider may bring forward."""
        may_exclude = said("sentences", "may_exclude")[self.lang]  # which measure is considered, the official says
        fact = finding.sentence.removesuffix(may_exclude).rstrip()
        grounds = *map(self._source, finding.sources), *self._limits(finding), self._rule(finding)
        return Point(finding.short, (fact, " ".join(grounds), finding.rebut))

    def _source(self, source: EvidenceView) -> str:
        dated = self.on(source.dated) if source.dated else None
        parts = filter(None, [source.title, source.issuer, dated])
        return self.say("source", evidence=", ".join(parts))

    def _limits(self, finding: Finding) -> Iterator[str]:
        for limit in finding.limits:
            named = limit.source and not finding.unverified
            key = "limit_chosen" if limit.assumption else "limit_source" if named else "limit"
            yield self.say(key, label=limit.label, value=limit.value, source=limit.source)

    def _rule(self, finding: Finding) -> str:
        """Where the rule comes from: a law, unless it was not verified, or else the profile."""
        if finding.basis and not finding.unverified:
            return self.say("basis", basis=finding.basis)
        return self.say("profile" if finding.unverified else "no_basis", profile=self.found.profile.title)

    # Checks for the sender --------------------------------------------------------------------------------

    def check(self, key: str, **values: object) -> str:
        """Return a check for the sender."""
        return self.say("check", key, **values)

    def checks(self, findings: Sequence[Finding], unverified: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield what the sender checks before any letter is sent.

        Args:
            findings: those in the letter.
            unverified: the title of each other point, with what of its law was not verified.

        """
        yield self.check("address" if self.settings.addressee_address else "no_address")
        yield from self._term_checks()
        laws = [(finding.short, finding.unverified) for finding in findings if finding.unverified]
        yield from (self.check("unverified", title=title, law=law) for title, law in (*laws, *unverified))
        changed = [(finding.short, finding.changed) for finding in findings if finding.changed]
        yield from (self.check("changed", title=title, text=text) for title, text in changed)
        limits = {(limit.barrier, limit.name): limit for finding in findings for limit in finding.limits}
        for limit in limits.values():
            if limit.assumption:
                yield self.check("assumption", label=limit.label, value=limit.value, why=limit.assumption.rstrip("."))
        secret = [title for finding in findings for title in self.secret.get(finding.rule, ())]
        if secret:
            yield self.check("secrecy", evidence=", ".join(dict.fromkeys(secret)))
        yield self.check("profile", profile=self.found.profile.title, status=self.found.profile.status)
        cautions = *self.found.cautions, *self.found.about_row, *self.found.failures
        yield from (self.check("caution", text=text) for text in cautions)

    def _term_checks(self) -> Iterator[str]:
        skipped = holidays_between(self.day, self.respond_by)
        days = [f"{holiday_name(day, self.lang)} ({self.on(day)})" for day in skipped]
        key = "term_holidays" if days else "term"
        yield self.check(key, count=self.settings.term, first=self.on(self.day), holidays=", ".join(days))
        starts_on = self.found.award.starts_on
        if starts_on is not None and self.day <= starts_on <= self.respond_by:
            yield self.check("term_start", day=self.on(self.respond_by), start=self.on(starts_on))
        if not is_working_day(self.day):
            yield self.check("no_working_day", day=weekday_date(self.day, self.lang))
        if self.day != self.found.as_of:
            yield self.check("as_of", day=self.on(self.found.as_of))

    def advice(self) -> str:
        """The advice in words, for the sender alone."""
        low, high = LEVEL[self.found.advice.at_least][self.lang], LEVEL[self.found.advice.at_most][self.lang]
        return low if self.found.decided else self.check("advice", low=low, high=high)

    # The whole --------------------------------------------------------------------------------------------

    def letter(self, kind: Literal["request", "intent"], blocks: Iterable[Block], checks: Iterable[str]) -> Letter:
        """Put a letter together."""
        if self.found.provider.name is None:
            in_row = self.assessment.evaluation.row is not None
            what, field = ("row", "provider__name in the map") if in_row else ("dossier", "provider.name")
            raise LetterError(f"the {what} has no name of the provider, whom a letter needs; state {field}")
        return Letter(
            kind=kind, lang=self.lang, day=self.day, respond_by=self.respond_by, settings=self.settings,
            reference=self.reference, addressee=self.found.provider.name,
            subject=self.say(kind, "subject"), blocks=tuple(blocks), checks=tuple(checks),
        )  # fmt: skip
