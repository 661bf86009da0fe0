"""The parts of an explanation: whom and what it is about, findings, causes, steps, stages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, TypeAlias

import attrs

from ..domain.kinds import Supplier
from ..domain.unknown import UnknownReason
from ..rules.levels import Concern, Interval, Level, Status


@attrs.frozen
class Party:
    """Who was screened."""

    name: str | None
    identifiers: tuple[str, ...]
    legal_form: str | None


@attrs.frozen
class AwardView:
    """The award that the provider was screened for."""

    title: str | None
    act: str | None
    authority: str | None
    starts_on: date | None
    ends_on: date | None
    value: str | None
    id: str | None


@attrs.frozen
class ProfileView:
    """The profile: its title, how authoritative it is in words (and in short), its owner and its digest."""

    id: str
    title: str
    status: str
    short_status: str
    owner: str
    digest: str


@attrs.frozen
class EvidenceView:
    """An item of evidence; of a withheld one nothing is said that depends on its contents."""

    id: str
    title: str
    issuer: str | None
    dated: date | None
    valid_until: date | None
    withheld: bool


Unit: TypeAlias = Literal["number", "ratio", "euro", "date"]


@attrs.frozen
class Figure:
    """A value beside its limit, for a gauge.

    Args:
        label: what the value is called.
        value: a number, an amount in euros or a date.
        shown: the value as text; ``shown_limit`` likewise.
        side: whether the limit is a lower or an upper one.
        unit: what the numbers are: a ratio is shown as a percentage.

    """

    label: str
    value: Any
    shown: str
    limit: Any
    shown_limit: str
    side: Literal["lower", "upper"]
    unit: Unit


@attrs.frozen
class LimitUsed:
    """A limit that a rule used, and where it comes from: a source or an assumption.

    Args:
        note: what a reader should know about it.
        noted_by_profile: whether the note is the profile's own, such as what a breach leads to.

    """

    barrier: str
    name: str
    label: str
    value: str
    source: str | None
    assumption: str | None
    note: str | None
    noted_by_profile: bool
    set_by: str
    since: date | None


@attrs.frozen
class Finding:
    """A rule that hits.

    Args:
        sentence: the fact and the limit, impersonal.
        counted: its stage counts hits, so its own level has no effect.
        decisive: the lower end of the advice rests on it.
        same_fact_as: the id of a reason that rests on the same facts.
        changed: what the profile changed in the rule, and why.
        look: what the official does now; never printed in a letter.
        rebut: what the provider may bring forward.

    """

    rule: str
    barrier: str
    topic: str
    short: str
    sentence: str
    level: Level
    counted: bool
    decisive: bool
    withheld: bool
    figures: tuple[Figure, ...]
    sources: tuple[EvidenceView, ...]
    limits: tuple[LimitUsed, ...]
    basis: str | None
    unverified: str | None
    changed: str | None
    look: str
    rebut: str
    same_fact_as: str | None = None


@attrs.frozen
class RuleRef:
    """A rule in a list."""

    id: str
    topic: str


@attrs.frozen
class Cause:
    """Why rules are open: evidence that is missing, expired or silent on something.

    Args:
        kind: the kind of evidence; None for facts of the provider or the award.
        title: what the evidence is called; in a sentence ``inline``, with its article.
        evidence: the item that does not help, if there is one.
        why: the reason in one word; ``why_text`` in a few.
        missing: what is not stated.
        can_become: the heaviest level among its rules.
        matters: whether it can still change the advice.

    """

    kind: str | None
    title: str
    inline: str
    evidence: EvidenceView | None
    why: UnknownReason
    why_text: str
    missing: tuple[str, ...]
    rules: tuple[RuleRef, ...]
    can_become: Level
    matters: bool
    supplier: Supplier | None
    minutes: int


@attrs.frozen
class Step:
    """Something to do now.

    Args:
        action: look up in a register, ask the provider, hear the provider, discuss, or check.
        what: the evidence, or a sentence.
        minutes: what it costs the provider.
        rule: the rule that it is about, if it is about one.
        kind: the kind of the evidence; what follows is empty without one.
        title: what the evidence is called, outside a sentence.
        why: what it shows; it names no law.
        how: how to supply it.
        basis: the law that it follows from.
        unverified: what about the laws of the rules that need it was not verified in the text in force.

    """

    action: Literal["look_up", "ask", "hear", "discuss", "check"]
    what: str
    minutes: int = 0
    question: str | None = None
    asked_on: date | None = None
    due_on: date | None = None
    rule: str | None = None
    kind: str | None = None
    title: str = ""
    why: str = ""
    how: str = ""
    basis: str | None = None
    unverified: tuple[str, ...] = ()


@attrs.frozen
class Expiry:
    """The last day on which an item of evidence counts."""

    title: str
    last_day: date


@attrs.frozen
class RuleView:
    """A rule and what was found: its status, in a word, and the sentence about it."""

    id: str
    topic: str
    status: Status
    status_word: str
    text: str
    level: Level


@attrs.frozen
class BarrierView:
    """A barrier with all its rules; no interval if its stage counts or was not examined."""

    id: str
    title: str
    interval: Interval | None
    rules: tuple[RuleView, ...]


@attrs.frozen
class StageView:
    """A stage of the profile: its outcome, and how many rules have each status.

    Args:
        counts_how: how it counts, if it does not take the worst level.

    """

    number: int
    id: str
    title: str
    moment: str
    interval: Interval | None
    counts_how: str | None
    counts: Mapping[Status, int]
    barriers: tuple[BarrierView, ...]


@attrs.frozen
class ConcernView:
    """One concern: its interval over rules whose level counts, and how many of the counted rules hit or are open."""

    concern: Concern
    title: str
    interval: Interval | None
    hits: int
    open: int
