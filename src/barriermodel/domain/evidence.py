"""Items of evidence, what is known to be absent, and what has been asked for."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any, Generic, TypeAlias, TypeVar

import attrs

from ..objects import plain_text, represent
from ..text import Localized
from .arguments import code_hint, coerce_argument, require_instance, require_instances, require_texts
from .bounds import is_plausible
from .facts import fact_fields
from .identifiers import HOW_TO_IDENTIFY, Identifier
from .kinds import EvidenceKind, kind_of
from .plausible import plausible, plausible_since
from .unknown import UNKNOWN, UnknownReason

K = TypeVar("K")
Day: TypeAlias = date  # an item has a `date`


def _as_words(notes: Iterable[Localized]) -> tuple[Localized, ...]:
    # a note is no template: what a register wrote may hold braces
    given = require_instances("notes", notes, Localized, "Words(nl=…, en=…)")
    return tuple([Localized(nl=note.nl, en=note.en) for note in given])


def states_a_fact(facts: Any) -> bool:
    """Whether any fact of a class of facts is known."""
    return any(getattr(facts, name) is not UNKNOWN for name in fact_fields(type(facts)))


class SourceType(enum.Enum):
    """What an item of evidence rests on."""

    REGISTER = "register"
    DOCUMENT = "document"
    DECLARATION = "declaration"


def _source_type(value: SourceType | str) -> SourceType:
    found: SourceType = coerce_argument(SourceType, value)
    return found


def _reason(value: UnknownReason | str) -> UnknownReason:
    found: UnknownReason = coerce_argument(UnknownReason, value)
    return found


@attrs.frozen(kw_only=True)
class Source:
    """Where evidence came from.

    Args:
        issuer: who issued it.
        reference: under what number or address it can be found again.
        sha256: digest of the raw document, in hexadecimal.

    """

    type: SourceType = attrs.field(converter=_source_type)
    issuer: str | None = None
    reference: str | None = None
    sha256: str | None = None

    def __attrs_post_init__(self) -> None:
        require_texts(issuer=self.issuer, reference=self.reference, sha256=self.sha256)

    def __repr__(self) -> str:
        return represent(self, self.type.value, plain_text(self.issuer))  # what is confidential has a reference too


def _check_days(**days: date | None) -> None:
    for name, day in days.items():
        if day is not None and type(day) is not date:  # a datetime is a date too, and compares with none
            raise ValueError(f"{name} is a date; got a {type(day).__name__}{code_hint(date, day)}")


def _check_source(source: Source | None) -> None:
    if source is not None:
        require_instance("source", source, Source, 'Source(type="register", issuer="KvK")')


@attrs.frozen(kw_only=True)
class Evidence:
    """One item of evidence.

    Args:
        id: unique in its dossier.
        facts: an instance of an evidence class.
        about: whom it is about; left out, it is taken as handed in for this provider.
        issued_on: when the issuer made it; comes before ``obtained_on`` as the item's date.
        obtained_on: when it was looked up or handed in.
        valid_until: the last day on which it counts, if it says so itself.
        notes: what the reader of the raw document wants a person to know.

    Raises:
        ValueError: it states no fact at all. It would hide older evidence and say nothing in its place.

    """

    id: str
    facts: Any = attrs.field()
    about: Identifier | None = None
    source: Source | None = None
    issued_on: date | None = None
    obtained_on: date | None = None
    valid_until: date | None = None
    notes: tuple[Localized, ...] = attrs.field(default=(), converter=_as_words)
    kind: EvidenceKind = attrs.field(init=False, repr=False, eq=False)
    date: date | None = attrs.field(init=False, repr=False, eq=False)
    """``issued_on``, else ``obtained_on``; None for an undated item, or where that day cannot be."""
    plausible_since: Day = attrs.field(init=False, repr=False, eq=False)
    """The first date on which all its facts can be what is stated."""

    def __repr__(self) -> str:
        return represent(
            self,
            plain_text(self.id),
            self.kind.id,
            *([str(self.date)] if self.date and not self.kind.confidential else []),
        )

    @facts.validator
    def _check_facts(self, _: object, facts: object) -> None:
        if kind_of(type(facts)) is None:
            raise ValueError(f"facts is an instance of an @evidence class; got {facts!r}")
        if not states_a_fact(facts):
            raise ValueError("the item states no fact: leave it out, or state its kind under absent or requested")

    def __attrs_post_init__(self) -> None:
        if type(self.id) is not str:
            raise ValueError(f"the id of evidence is text; got a {type(self.id).__name__}")
        if self.about is not None:  # a text would be about nobody, and the item would not count
            require_instance("about", self.about, Identifier, HOW_TO_IDENTIFY)
        _check_source(self.source)
        _check_days(issued_on=self.issued_on, obtained_on=self.obtained_on, valid_until=self.valid_until)
        object.__setattr__(self, "kind", kind_of(type(self.facts)))
        day = self.issued_on or self.obtained_on
        object.__setattr__(self, "date", day if day is not None and is_plausible(day) else None)
        object.__setattr__(self, "plausible_since", plausible_since(self.facts))

    def as_read(self, as_of: Day) -> Evidence:
        """The item with its facts as rules see them on a date: those unknown that cannot be."""
        if self.plausible_since <= as_of:
            return self
        seen = copy(self)  # not made anew: it stays the item that was handed in, whatever is left of its facts
        object.__setattr__(seen, "facts", plausible(self.facts, as_of))
        return seen


ABSENT_REASONS = frozenset({UnknownReason.MISSING, UnknownReason.NOT_COVERED, UnknownReason.UNAVAILABLE})


@attrs.frozen(kw_only=True)
class Absent:
    """Evidence of a kind was looked for and not found.

    Args:
        kind: id of the kind.
        reason: ``missing``, ``not_covered`` (this source does not hold this legal form) or ``unavailable``.
        source: who does not have it; left out, it is said of every source.

    """

    kind: str
    reason: UnknownReason = attrs.field(converter=_reason)
    source: Source | None = None
    notes: tuple[Localized, ...] = attrs.field(default=(), converter=_as_words)

    def __repr__(self) -> str:
        return represent(self, plain_text(self.kind), self.reason.value)

    def __attrs_post_init__(self) -> None:
        require_texts(kind=self.kind)
        if self.reason not in ABSENT_REASONS:
            raise ValueError(f"the reason is one of {', '.join(sorted(r.value for r in ABSENT_REASONS))}")
        _check_source(self.source)


@attrs.frozen(kw_only=True)
class Requested:
    """Evidence of a kind has been asked for."""

    kind: str
    asked_on: date
    due_on: date | None = None

    def __attrs_post_init__(self) -> None:
        require_texts(kind=self.kind)
        _check_days(asked_on=self.asked_on, due_on=self.due_on)


@attrs.frozen(kw_only=True)
class Item(Generic[K]):
    """Usable evidence of one kind and key, as a derived fact sees it.

    Args:
        facts: what it says; items of one kind, key and date are merged.
        ids: the ids of the items it was merged from.
        date: when it was issued or obtained.

    """

    facts: K
    ids: tuple[str, ...]
    date: date

    def __repr__(self) -> str:
        return represent(self, repr(self.facts))
