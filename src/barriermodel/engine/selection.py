"""Which evidence counts on a date.

Per kind, and per key if a kind has one (``one_per``: accounts have a financial year), the items of the newest date
count. They replace every older item, even if they have expired themselves or say less: an expired extract is a reason
to ask for a new one, not to fall back on an older one.

===============================================  ===================================================================
items of one key and date that agree             are merged: each may state facts that the other leaves out
items of one key and date that disagree on a     leave that fact unknown (``contested``)
fact
the newest item has expired                      nothing of that key is known (``expired``)
an item without a key that is usable             may be of any key, the latest among them: nothing of the kind is known
an item without a key that has expired           can only be a newer version of a key whose item it is newer than:
                                                 nothing of those keys is known, the others count
===============================================  ===================================================================
"""

from __future__ import annotations

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
    """The evidence of one kind that counts.

    Args:
        facts: what it states, for the latest key; an instance without known facts if no item is usable.
        cited: the items behind ``facts``; if none is usable, the items that have expired or lack their key.
        reason: why those are not usable.
        contested: the facts on which items of one date disagree.
        keys: the same for each key, in the order of the keys; empty for a kind without keys.
        unplaced: items that do not state their key, and so hide which key is the latest or a key that they may be
            the newer version of.

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
        """Whether there is a usable item for the latest key."""
        return self.reason is None and bool(self.cited)

    @property
    def items(self) -> tuple[Item[Any], ...]:
        """Every usable item, one per key, in the order of the keys; none while an item may be of any of the keys."""
        usable = () if self.unplaced else [one for one in self.keys or (self,) if one.usable]
        return tuple(
            [Item(facts=one.facts, ids=tuple([e.id for e in one.cited]), date=day_of(one.cited[0])) for one in usable]
        )


def by_id(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Sort items, so that the order of the dossier makes no difference."""
    return tuple(sorted(items, key=lambda item: (item.kind.id, item.id)))


def select(dossier: Dossier, kinds: Iterable[EvidenceKind]) -> dict[str, SelectedEvidence]:
    """Select the evidence of each kind that counts on the dossier's date."""
    found, as_of = candidates(dossier), dossier.as_of
    return {
        kind.id: _select(kind, found[kind.id], as_of) if kind.id in found else SelectedEvidence(kind, kind.blank)
        for kind in kinds
    }


def candidates(dossier: Dossier) -> dict[str, list[Evidence]]:
    """The items that may count, by kind: about this provider, dated on or before the dossier's date, still valid."""
    own, as_of = dossier.provider.identifiers, dossier.as_of
    found: dict[str, list[Evidence]] = {}
    for item in dossier.evidence:
        about, day, until = item.about, item.date, item.valid_until
        if (about is None or about in own) and day is not None and day <= as_of and (until is None or until >= day):
            # the test is repeated here, before a call that nearly no item needs
            found.setdefault(item.kind.id, []).append(item if item.plausible_since <= as_of else item.as_read(as_of))
    return found


def contradictory(dossier: Dossier) -> list[Evidence]:
    """The items about this provider whose dates contradict each other, so that they never count."""
    own, as_of = dossier.provider.identifiers, dossier.as_of
    return [
        item
        for item in dossier.evidence
        if never_valid(item) and item.date is not None and item.date <= as_of
        if item.about is None or item.about in own
    ]


def never_valid(item: Evidence) -> bool:
    """Whether an item says that it was valid until a day before its own date."""
    return item.date is not None and item.valid_until is not None and item.valid_until < item.date


def _expired(item: Evidence, kind: EvidenceKind, as_of: date) -> bool:
    end = last_day(item, kind)
    return end is not None and end < as_of


def last_day(item: Evidence, kind: EvidenceKind) -> date | None:
    """The last day on which an item counts; None if it never expires."""
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
    if usable:  # accounts without a year may be those of the latest year, or newer ones of any other
        return SelectedEvidence(kind, kind.blank, usable, UnknownReason.NOT_STATED, unplaced=usable)
    if not by_key:
        return _of_key(kind, without_key, as_of)
    settled = [_of_key(kind, by_key[key], as_of) for key in sorted(by_key, key=lambda key: getattr(key, "value", key))]
    keys = tuple([_unless_hidden(one, without_key) for one in settled] if without_key else settled)
    unplaced = {item.id: item for one in keys for item in one.unplaced}
    return attrs.evolve(keys[-1], keys=keys, unplaced=tuple(unplaced.values()))


def with_older(selected: SelectedEvidence, older: tuple[Evidence, ...], as_of: date | None) -> SelectedEvidence:
    """Select as if older items of one key and date were the newest of that key.

    Args:
        as_of: the date on which they must not have expired; None to count them even if they have.

    """
    kind = selected.kind
    one = _of_key(kind, list(older), as_of) if as_of else _merged(kind, older)
    if kind.one_per is None:
        return one
    key = getattr(older[0].facts, kind.one_per)
    keys = tuple([one if getattr(own.cited[0].facts, kind.one_per) == key else own for own in selected.keys])
    return attrs.evolve(keys[-1], keys=keys)


def _unless_hidden(one: SelectedEvidence, expired: list[Evidence]) -> SelectedEvidence:
    """The evidence of a key; unknown if one of the expired items without a key may be its newer version.

    Accounts for 2023, made in May 2024, beside accounts without a year that were made in June 2024 and have expired: if
    those are for 2023, then that year has expired, so nothing about 2023 is known. Had they been made in April, they
    could not replace the accounts of May, whatever their year.
    """
    newer = tuple([item for item in expired if one.usable and day_of(item) > day_of(one.cited[0])])
    return SelectedEvidence(one.kind, one.kind.blank, newer, UnknownReason.NOT_STATED, unplaced=newer) if newer else one


def day_of(item: Evidence) -> date:
    """The date of a candidate."""
    assert item.date is not None  # only dated items are selected
    return item.date


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
    """The facts that items of one key and date state together."""
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
