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
from ..domain.kinds import Kind
from ..domain.unknown import UNKNOWN, Reason
from ..domain.values import add_months_to


@attrs.define(eq=False)
class Selected:
    """What counts of one kind.

    Args:
        facts: what is known: of the latest key; an instance that knows nothing where no item is usable.
        cited: the items behind ``facts``; or, where none is usable, those that could have been.
        reason: why no item is usable, where there is one that could have been.
        contested: facts on which items of one date disagree.
        keys: the same for every key, in the order of the keys.

    """

    kind: Kind
    facts: Any
    cited: tuple[Evidence, ...] = ()
    reason: Reason | None = None
    contested: frozenset[str] = frozenset()
    keys: tuple[Selected, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether there is a usable item, of the latest key."""
        return self.reason is None and bool(self.cited)

    @property
    def items(self) -> tuple[Item[Any], ...]:
        """Every usable item, one per key, in the order of the keys."""
        return tuple(_item(one) for one in self.keys or (self,) if one.usable)


def _item(selected: Selected) -> Item[Any]:
    day = selected.cited[0].date
    assert day is not None  # only dated items are selected
    return Item(facts=selected.facts, ids=tuple(e.id for e in selected.cited), date=day)


@attrs.frozen(kw_only=True)
class Why:
    """Why a fact is unknown, with what a person may want to look at."""

    reason: Reason
    evidence: tuple[Evidence, ...] = ()
    absent: Absent | None = None
    requested: Requested | None = None


def select(dossier: Dossier, kinds: Iterable[Kind]) -> dict[str, Selected]:
    """What counts of each kind on the dossier's date."""
    own, as_of = dossier.provider.identifiers, dossier.as_of
    candidates: dict[str, list[Evidence]] = {}
    for item in dossier.evidence:
        about, day = item.about, item.date
        if (about is None or about in own) and day is not None and day <= as_of:
            candidates.setdefault(item.kind.id, []).append(item)
    return {
        kind.id: _select(kind, candidates[kind.id], as_of) if kind.id in candidates else Selected(kind, kind.blank)
        for kind in kinds
    }


def _expired(item: Evidence, kind: Kind, as_of: date) -> bool:
    if item.valid_until is not None and item.valid_until < as_of:
        return True
    if kind.valid_for is None or item.date is None:
        return False
    end = add_months_to(item.date, kind.valid_for.count)
    return end is not UNKNOWN and end < as_of


def _select(kind: Kind, candidates: list[Evidence], as_of: date) -> Selected:
    if kind.one_per is None:
        return _of_key(kind, candidates, as_of)
    by_key: dict[Any, list[Evidence]] = {}
    for item in candidates:
        by_key.setdefault(getattr(item.facts, kind.one_per), []).append(item)
    if UNKNOWN in by_key:
        # an item that does not state its key may be of any key, the latest among them: nothing can be told
        return Selected(kind, kind.blank, tuple(by_key[UNKNOWN]), Reason.NOT_STATED)
    keys = tuple([_of_key(kind, by_key[key], as_of) for key in sorted(by_key, key=_order)])
    latest = keys[-1]
    return Selected(kind, latest.facts, latest.cited, latest.reason, latest.contested, keys)


def _order(key: Any) -> Any:
    return key.value if isinstance(key, enum.Enum) else key


def _of_key(kind: Kind, candidates: list[Evidence], as_of: date) -> Selected:
    if len(candidates) > 1:
        newest = max(item.date for item in candidates if item.date is not None)
        candidates = [item for item in candidates if item.date == newest]
    usable = tuple([item for item in candidates if not _expired(item, kind, as_of)])
    if len(usable) == 1:
        return Selected(kind, usable[0].facts, usable)
    if not usable:
        return Selected(kind, kind.blank, tuple(candidates), Reason.EXPIRED)
    facts, contested = _merge(kind, usable)
    return Selected(kind, facts, usable, None, contested)


def _merge(kind: Kind, items: Sequence[Evidence]) -> tuple[Any, frozenset[str]]:
    merged: dict[str, Any] = {}
    contested: set[str] = set()
    for name in fact_fields(kind.cls):
        stated = [value for item in items if (value := getattr(item.facts, name)) is not UNKNOWN]
        agreed = all(value == stated[0] for value in stated)
        merged[name] = stated[0] if stated and agreed else UNKNOWN
        if not agreed:
            contested.add(name)
    return kind.cls(**merged), frozenset(contested)


def why_unknown(dossier: Dossier, selected: Selected, fact: str | None = None) -> Why:
    """Why a fact of a kind is unknown; without a fact, why there is no usable item."""
    if selected.usable:
        reason = Reason.CONTESTED if fact in selected.contested else Reason.NOT_STATED
        return Why(reason=reason, evidence=selected.cited)
    kind, as_of = selected.kind, dossier.as_of
    requested = [r for r in dossier.requested if r.kind == kind.id and r.asked_on <= as_of]
    if requested:
        return Why(
            reason=Reason.REQUESTED,
            evidence=selected.cited,
            requested=max(requested, key=lambda r: (r.asked_on, r.due_on or date.min)),
        )
    if selected.reason is not None:
        return Why(reason=selected.reason, evidence=selected.cited)
    return _why_none(dossier, kind)


_ABSENT_FIRST = (Reason.NOT_COVERED, Reason.UNAVAILABLE, Reason.MISSING)


def _why_none(dossier: Dossier, kind: Kind) -> Why:
    items = [item for item in dossier.evidence if item.kind.id == kind.id]
    own = [item for item in items if item.about is None or item.about in dossier.provider.identifiers]
    future = tuple(item for item in own if item.date is not None)
    if future:
        return Why(reason=Reason.NOT_YET_ISSUED, evidence=future)
    if own:
        return Why(reason=Reason.UNDATED, evidence=tuple(own))
    absent = [a for a in dossier.absent if a.kind == kind.id]
    if absent:
        first = min(absent, key=lambda a: _ABSENT_FIRST.index(a.reason))
        return Why(reason=first.reason, absent=first)
    return Why(reason=Reason.OTHER_PROVIDER if items else Reason.MISSING, evidence=tuple(items))
