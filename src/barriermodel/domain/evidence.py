"""Items of evidence, evidence known to be absent, and evidence that was requested."""

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


def _notes(notes: Iterable[Localized]) -> tuple[Localized, ...]:
    # a key in words files becomes what it says now, which is stored with the dossier
    texts = require_instances("notes", notes, Localized, "Localized(nl=…, en=…)")
    return tuple([note if type(note) is Localized else Localized(**note) for note in texts])


def states_a_fact(facts: object) -> bool:
    """Return whether any fact of an instance is known."""
    return any(getattr(facts, name) is not UNKNOWN for name in fact_fields(type(facts)))


class SourceType(enum.Enum):
    """What an item of evidence comes from: a register, a document or a declaration.

    >>> SourceType("register")
    <SourceType.REGISTER: 'register'>

    """

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
        type: a register, document or declaration; its text, such as ``"register"``, will do.
        issuer: who issued it.
        reference: the number or address under which it can be found again.
        sha256: digest of the raw document, in hexadecimal.

    Raises:
        ValueError: an argument has another type.

    >>> Source(type="register", issuer="KvK", reference="2025/0042")
    Source(register, 'KvK')

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
        if (
            day is not None and type(day) is not date
        ):  # not isinstance: a datetime is a date, but does not compare with one
            raise ValueError(f"{name} is a date; got a {type(day).__name__}{code_hint(date, day)}")


def _check_source(source: Source | None) -> None:
    if source is not None:
        require_instance("source", source, Source, 'Source(type="register", issuer="KvK")')


@attrs.frozen(kw_only=True)
class Evidence:
    """One item of evidence: an extract, a certificate, annual accounts.

    Args:
        id: unique in its dossier.
        facts: an instance of an evidence class.
        about: the provider it is about; left out, it is taken to be about the provider of the dossier.
        source: where it came from.
        issued_on: when the issuer made it; it is the item's date, and ``obtained_on`` is if this is left out.
        obtained_on: when it was looked up or handed in.
        valid_until: the last day on which it counts, if the item itself says so.
        notes: what the reader of the raw document wants a person to know.

    Raises:
        ValueError: an argument has another type, or no fact is known: the item would hide older evidence and put
            nothing in its place.

    >>> from barriermodel.plugin import Fact, evidence
    >>> @evidence("diploma")
    ... class Diploma:
    ...     level: Fact[int] = UNKNOWN
    >>> Evidence(id="diploma-1", facts=Diploma(level=4), issued_on=date(2025, 6, 1))
    Evidence('diploma-1', diploma, 2025-06-01)

    """

    id: str
    facts: Any = attrs.field()
    about: Identifier | None = None
    source: Source | None = None
    issued_on: date | None = None
    obtained_on: date | None = None
    valid_until: date | None = None
    notes: tuple[Localized, ...] = attrs.field(default=(), converter=_notes)
    kind: EvidenceKind = attrs.field(init=False, repr=False, eq=False)
    date: date | None = attrs.field(init=False, repr=False, eq=False)
    """``issued_on`` or else ``obtained_on``; None if the item is undated or that date is implausible."""
    plausible_since: Day = attrs.field(init=False, repr=False, eq=False)
    """The earliest ``as_of`` on which all its dates are plausible; ``date.max`` if they never are."""

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
        if self.about is not None:  # an item about a text would match no provider, and silently not count
            require_instance("about", self.about, Identifier, HOW_TO_IDENTIFY)
        _check_source(self.source)
        _check_days(issued_on=self.issued_on, obtained_on=self.obtained_on, valid_until=self.valid_until)
        object.__setattr__(self, "kind", kind_of(type(self.facts)))
        day = self.issued_on or self.obtained_on
        object.__setattr__(self, "date", day if day is not None and is_plausible(day) else None)
        object.__setattr__(self, "plausible_since", plausible_since(self.facts))

    def as_read(self, as_of: Day) -> Evidence:
        """Return the item as rules see it on a date: with implausible facts unknown."""
        if self.plausible_since <= as_of:
            return self
        seen = copy(self)  # without __init__, which refuses an item whose facts are all unknown
        object.__setattr__(seen, "facts", plausible(self.facts, as_of))
        return seen


ABSENT_REASONS = frozenset({UnknownReason.MISSING, UnknownReason.NOT_COVERED, UnknownReason.UNAVAILABLE})


@attrs.frozen(kw_only=True)
class Absent:
    """Evidence of a kind that was looked for and not found.

    Args:
        kind: id of the kind.
        reason: ``missing``, ``not_covered`` (this source does not cover this legal form) or ``unavailable``; its text
            will do.
        source: who does not have it; left out, no source has it.
        notes: what a person should know about it.

    Raises:
        ValueError: an argument has another type, or ``reason`` is another reason.

    >>> Absent(kind="kvk_financials", reason="not_covered")
    Absent('kvk_financials', not_covered)

    """

    kind: str
    reason: UnknownReason = attrs.field(converter=_reason)
    source: Source | None = None
    notes: tuple[Localized, ...] = attrs.field(default=(), converter=_notes)

    def __repr__(self) -> str:
        return represent(self, plain_text(self.kind), self.reason.value)

    def __attrs_post_init__(self) -> None:
        require_texts(kind=self.kind)
        if self.reason not in ABSENT_REASONS:
            raise ValueError(f"the reason is one of {', '.join(sorted(r.value for r in ABSENT_REASONS))}")
        _check_source(self.source)


@attrs.frozen(kw_only=True)
class Requested:
    """Evidence of a kind that the provider was asked for.

    Args:
        kind: id of the kind.
        asked_on: when it was asked for.
        due_on: when it must be supplied.

    Raises:
        ValueError: an argument has another type.

    >>> Requested(kind="diploma", asked_on=date(2025, 12, 1), due_on=date(2026, 1, 15)).due_on
    datetime.date(2026, 1, 15)

    """

    kind: str
    asked_on: date
    due_on: date | None = None

    def __attrs_post_init__(self) -> None:
        require_texts(kind=self.kind)
        _check_days(asked_on=self.asked_on, due_on=self.due_on)


@attrs.frozen(kw_only=True)
class Item(Generic[K]):
    """Usable evidence of one kind and key, as a derived fact gets it: ``Sequence[Item[Kind]]``.

    Args:
        facts: an instance of the evidence class; items with the same key and date are merged into one.
        ids: the ids of the items it was merged from.
        date: when it was issued or obtained.

    >>> Item(facts="facts of the kind", ids=("diploma-1",), date=date(2025, 6, 1)).ids
    ('diploma-1',)

    """

    facts: K
    ids: tuple[str, ...]
    date: date

    def __repr__(self) -> str:
        return represent(self, repr(self.facts))
