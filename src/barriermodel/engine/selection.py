"""Which evidence counts on a date, and why a fact is unknown where none does."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import attrs

from ..domain.dossier import Dossier
from ..domain.evidence import Absent, Evidence, Item, Requested
from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind, Supplier
from ..domain.plausible import Implausible, implausible
from ..domain.unknown import UNKNOWN, UnknownReason
from ..domain.values import add_months_to
from ..objects import brief_repr, represent
from ..text import Localized


@attrs.define
class SelectedEvidence:
    """What counts of one kind.

    Args:
        facts: what is known: of the latest key; an instance that knows nothing where no item is usable.
        cited: the items behind ``facts``; or, where none is usable, those that could have been.
        reason: why no item is usable, where there is one that could have been.
        contested: facts on which items of one date disagree.
        keys: the same for every key, in the order of the keys.
        unplaced: items that do not state their key and hide what they could be: which key is the latest, or a key
            of which they may be the newer version.

    """

    kind: EvidenceKind
    facts: Any
    cited: tuple[Evidence, ...] = ()
    reason: UnknownReason | None = None
    contested: frozenset[str] = frozenset()
    keys: tuple[SelectedEvidence, ...] = ()
    unplaced: tuple[Evidence, ...] = ()

    def __repr__(self) -> str:
        return represent(self, self.kind.id, *(repr(item.id) for item in self.cited))

    @property
    def usable(self) -> bool:
        """Whether there is a usable item, of the latest key."""
        return self.reason is None and bool(self.cited)

    @property
    def items(self) -> tuple[Item[Any], ...]:
        """Every usable item, one per key, in the order of the keys; none while it cannot be told which they are."""
        return () if self.unplaced else tuple(_item(one) for one in self.keys or (self,) if one.usable)


def _item(selected: SelectedEvidence) -> Item[Any]:
    return Item(facts=selected.facts, ids=tuple(e.id for e in selected.cited), date=day_of(selected.cited[0]))


def by_id(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The items in an order that does not depend on that of the dossier."""
    return tuple(sorted(items, key=lambda item: (item.kind.id, item.id)))


@attrs.frozen(kw_only=True)
class MissingYear:
    """A table with a value for each year that has none for the year of the evidence.

    Args:
        table: the label of the table.
        key: the label of the fact that states the year.

    """

    table: Localized
    years: range
    key: Localized
    year: int


@attrs.frozen(kw_only=True)
class UnknownFact:
    """Why a fact is unknown, with the items a person may want to look at.

    Args:
        evidence: the items that would have to state it.
        absent: the record that there is no such evidence.
        requested: the record that it was asked for.
        found: the impossible date that was stated.
        missing_year: the table that has no value for the year concerned.

    """

    reason: UnknownReason
    evidence: tuple[Evidence, ...] = attrs.field(default=(), converter=by_id)
    absent: Absent | None = None
    requested: Requested | None = None
    found: Implausible | None = None
    missing_year: MissingYear | None = None

    __repr__ = brief_repr


def select(dossier: Dossier, kinds: Iterable[EvidenceKind]) -> dict[str, SelectedEvidence]:
    """What counts of each kind on the dossier's date."""
    found, as_of = candidates(dossier), dossier.as_of
    return {
        kind.id: _select(kind, found[kind.id], as_of) if kind.id in found else SelectedEvidence(kind, kind.blank)
        for kind in kinds
    }


def candidates(dossier: Dossier) -> dict[str, list[Evidence]]:
    """The items by kind among which it is chosen: about this provider, and dated on the dossier's date or before."""
    own, as_of = dossier.provider.identifiers, dossier.as_of
    found: dict[str, list[Evidence]] = {}
    for item in dossier.evidence:
        about, day, until = item.about, item.date, item.valid_until
        if (about is None or about in own) and day is not None and day <= as_of and (until is None or until >= day):
            seen = item if item.plausible_since <= as_of else item.as_read(as_of)
            found.setdefault(item.kind.id, []).append(seen)
    return found


def contradictory(dossier: Dossier) -> list[Evidence]:
    """The items about this provider that say that they stopped to count before they were made.

    One of their dates is wrong, so they never count.
    """
    own, as_of = dossier.provider.identifiers, dossier.as_of
    return [
        item
        for item in dossier.evidence
        if never_valid(item) and item.date is not None and item.date <= as_of
        if item.about is None or item.about in own
    ]


def never_valid(item: Evidence) -> bool:
    """Whether an item says that it stopped counting before it was made."""
    return item.date is not None and item.valid_until is not None and item.valid_until < item.date


def _expired(item: Evidence, kind: EvidenceKind, as_of: date) -> bool:
    end = last_day(item, kind)
    return end is not None and end < as_of


def last_day(item: Evidence, kind: EvidenceKind) -> date | None:
    """The last day on which an item counts; None where there is none."""
    if kind.valid_for is None or item.date is None:
        return item.valid_until
    end = add_months_to(item.date, kind.valid_for.count)
    if end is UNKNOWN:
        return item.valid_until
    return end if item.valid_until is None else min(end, item.valid_until)


def _select(kind: EvidenceKind, candidates: list[Evidence], as_of: date) -> SelectedEvidence:
    if kind.one_per is None:
        return _of_key(kind, candidates, as_of)
    by_key: dict[Any, list[Evidence]] = {}
    for item in candidates:
        by_key.setdefault(getattr(item.facts, kind.one_per), []).append(item)
    without_key = by_key.pop(UNKNOWN, [])
    usable = tuple([item for item in without_key if not _expired(item, kind, as_of)])
    if usable:  # it may be of any key, the latest among them
        return SelectedEvidence(kind, kind.blank, usable, UnknownReason.NOT_STATED, unplaced=usable)
    if not by_key:
        return _of_key(kind, without_key, as_of)
    settled = [_of_key(kind, by_key[key], as_of) for key in sorted(by_key, key=_order)]
    keys = tuple([_hidden(one, without_key) for one in settled] if without_key else settled)
    unplaced = {item.id: item for one in keys for item in one.unplaced}
    return attrs.evolve(keys[-1], keys=keys, unplaced=tuple(unplaced.values()))


def with_older(selected: SelectedEvidence, older: tuple[Evidence, ...], as_of: date | None) -> SelectedEvidence:
    """What would count of a kind if older items of one key and date were the newest of that key.

    Args:
        as_of: the date on which they must not have expired; None where that does not matter.

    """
    kind = selected.kind
    one = _of_key(kind, list(older), as_of) if as_of else _merged(kind, older)
    if kind.one_per is None:
        return one
    key = getattr(older[0].facts, kind.one_per)
    keys = tuple([one if getattr(own.cited[0].facts, kind.one_per) == key else own for own in selected.keys])
    return attrs.evolve(keys[-1], keys=keys)


def _hidden(one: SelectedEvidence, expired: list[Evidence]) -> SelectedEvidence:
    """What counts of a key beside expired items without one: nothing can be told where one may be its newer version."""
    newer = tuple([item for item in expired if one.usable and day_of(item) > day_of(one.cited[0])])
    return SelectedEvidence(one.kind, one.kind.blank, newer, UnknownReason.NOT_STATED, unplaced=newer) if newer else one


def day_of(item: Evidence) -> date:
    """The date of a candidate."""
    assert item.date is not None  # only dated items are selected
    return item.date


def _order(key: Any) -> Any:
    return key.value if isinstance(key, enum.Enum) else key


def _of_key(kind: EvidenceKind, candidates: list[Evidence], as_of: date) -> SelectedEvidence:
    if len(candidates) > 1:
        newest = max(day_of(item) for item in candidates)
        candidates = [item for item in candidates if item.date == newest]
    usable = tuple([item for item in candidates if not _expired(item, kind, as_of)])
    return (
        _merged(kind, usable)
        if usable
        else SelectedEvidence(kind, kind.blank, tuple(candidates), UnknownReason.EXPIRED)
    )


def _merged(kind: EvidenceKind, items: tuple[Evidence, ...]) -> SelectedEvidence:
    """What items of one key and date say together."""
    if len(items) == 1:
        return SelectedEvidence(kind, items[0].facts, items)
    facts, contested = _merge(kind, items)
    return SelectedEvidence(kind, facts, items, None, contested)


def _merge(kind: EvidenceKind, items: Sequence[Evidence]) -> tuple[Any, frozenset[str]]:
    merged: dict[str, Any] = {}
    contested: set[str] = set()
    for name in fact_fields(kind.cls):
        stated = [value for item in items if (value := getattr(item.facts, name)) is not UNKNOWN]
        agreed = all(value == stated[0] for value in stated)
        merged[name] = stated[0] if stated and agreed else UNKNOWN
        if not agreed:
            contested.add(name)
    return kind.cls(**merged), frozenset(contested)


def why_unknown(dossier: Dossier, selected: SelectedEvidence, fact: str | None = None) -> UnknownFact:
    """Why a fact of a kind is unknown; without a fact, why there is no usable item."""
    if selected.usable and (fact is not None or not selected.unplaced):
        if fact in selected.contested:
            return UnknownFact(reason=UnknownReason.CONTESTED, evidence=selected.cited)
        return why_not_stated(dossier, selected.cited, fact)
    kind, as_of = selected.kind, dossier.as_of
    requested = [r for r in dossier.requested if r.kind == kind.id and r.asked_on <= as_of]
    if requested:
        return UnknownFact(
            reason=UnknownReason.REQUESTED,
            evidence=selected.cited,
            requested=max(requested, key=lambda r: (r.asked_on, r.due_on or date.min)),
        )
    if selected.unplaced:
        return UnknownFact(reason=UnknownReason.NOT_STATED, evidence=selected.unplaced)
    if selected.reason is not None:
        return UnknownFact(reason=selected.reason, evidence=selected.cited)
    return _why_none(dossier, kind)


def why_not_stated(dossier: Dossier, items: Iterable[Evidence], fact: str | None) -> UnknownFact:
    """Why a fact is unknown of items that are usable: it is not stated, or stated as a date that cannot be."""
    items = tuple(items)
    ids = {item.id for item in items}
    stated = sorted((item for item in dossier.evidence if item.id in ids), key=lambda item: item.id)
    found = (one for item in stated for one in implausible(item.facts, dossier.as_of) if one.field.name == fact)
    return next(
        (why_implausible(one, items) for one in found), UnknownFact(reason=UnknownReason.NOT_STATED, evidence=items)
    )


def why_implausible(found: Implausible, items: tuple[Evidence, ...] = ()) -> UnknownFact:
    """What is said of a date that cannot be."""
    return UnknownFact(reason=UnknownReason.IMPLAUSIBLE, evidence=items, found=found)


_ABSENT_FIRST = (UnknownReason.NOT_COVERED, UnknownReason.UNAVAILABLE, UnknownReason.MISSING)


def _why_none(dossier: Dossier, kind: EvidenceKind) -> UnknownFact:
    items = [item for item in dossier.evidence if item.kind.id == kind.id]
    own = [item for item in items if item.about is None or item.about in dossier.provider.identifiers]
    never = tuple(item for item in contradictory(dossier) if item.kind.id == kind.id)
    if never:
        return UnknownFact(reason=UnknownReason.EXPIRED, evidence=never)
    future = tuple(item for item in own if item.date is not None)
    if future:
        return UnknownFact(reason=UnknownReason.NOT_YET_ISSUED, evidence=future)
    if own:
        return UnknownFact(reason=UnknownReason.UNDATED, evidence=tuple(own))
    absent = [a for a in dossier.absent if a.kind == kind.id]
    if absent:
        uncovered = {_source(a) for a in absent if a.reason is UnknownReason.NOT_COVERED}
        others = [a for a in absent if None not in uncovered and _source(a) not in uncovered]
        first = min(others or absent, key=lambda a: _ABSENT_FIRST.index(a.reason))
        return UnknownFact(reason=first.reason, absent=first)
    return UnknownFact(reason=UnknownReason.OTHER_PROVIDER if items else UnknownReason.MISSING, evidence=tuple(items))


def _source(absent: Absent) -> str | None:
    """Who does not have it; None where that is not said, so that it is said of every source."""
    return absent.source.issuer.casefold() if absent.source and absent.source.issuer else None


def covered_elsewhere(dossier: Dossier, kind: EvidenceKind) -> bool:
    """Whether a kind can come from another source than those that do not hold the provider."""
    if kind.supplier is Supplier.PROVIDER:
        return True
    uncovered = {_source(a) for a in dossier.absent if a.kind == kind.id and a.reason is UnknownReason.NOT_COVERED}
    return None not in uncovered and not uncovered.issuperset(issuer.casefold() for issuer in kind.sources)
