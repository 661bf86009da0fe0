"""Which evidence counts on a date, and why a fact is unknown where none does."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import attrs

from ..domain.dossier import Dossier
from ..domain.evidence import Evidence, Item
from ..domain.facts import fact_fields
from ..domain.kinds import EvidenceKind
from ..domain.unknown import UNKNOWN, UnknownReason
from ..domain.values import add_months_to
from ..objects import represent


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
