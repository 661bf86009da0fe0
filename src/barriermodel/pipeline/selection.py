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


@attrs.frozen(kw_only=True, eq=False)
class Selected:
    """What counts of one kind.

    Args:
        facts: what is known: of the latest key; an instance that knows nothing where no item is usable.
        items: every usable item, one per key, in the order of the keys; empty where none is usable.
        cited: the items behind ``facts``; or, where none is usable, those that could have been.
        contested: facts on which items of one date disagree.
        reason: why no item is usable; None if one is.
    """

    kind: Kind
    facts: Any
    items: tuple[Item[Any], ...] = ()
    cited: tuple[Evidence, ...] = ()
    contested: frozenset[str] = frozenset()
    reason: Reason | None = None


@attrs.frozen(kw_only=True)
class Why:
    """Why a fact is unknown, with what a person may want to look at."""

    reason: Reason
    evidence: tuple[Evidence, ...] = ()
    absent: Absent | None = None
    requested: Requested | None = None


def select(dossier: Dossier, kinds: Iterable[Kind]) -> dict[str, Selected]:
    """What counts of each kind on the dossier's date."""
    grouped: dict[str, list[Evidence]] = {}
    for item in dossier.evidence:
        grouped.setdefault(item.kind.id, []).append(item)
    own = dossier.provider.identifiers
    as_of = dossier.as_of
    result: dict[str, Selected] = {}
    for kind in kinds:
        candidates = [
            item
            for item in grouped.get(kind.id, ())
            if (item.about is None or item.about in own) and item.date is not None and item.date <= as_of
        ]
        result[kind.id] = _select(kind, candidates, as_of) if candidates else Selected(kind=kind, facts=kind.blank)
    return result


def expires_on(item: Evidence) -> date | None:
    """The last day on which an item counts; None if it has no end."""
    ends = [item.valid_until] if item.valid_until else []
    if item.kind.valid_for is not None and item.date is not None:
        end = add_months_to(item.date, item.kind.valid_for.count)
        ends += [end] if end is not UNKNOWN else []
    return min(ends, default=None)


def _expired(item: Evidence, as_of: date) -> bool:
    end = expires_on(item)
    return end is not None and end < as_of


def _select(kind: Kind, candidates: list[Evidence], as_of: date) -> Selected:
    if kind.one_per is None:
        return _of_key(kind, candidates, as_of)
    by_key: dict[Any, list[Evidence]] = {}
    for item in candidates:
        by_key.setdefault(getattr(item.facts, kind.one_per), []).append(item)
    if UNKNOWN in by_key:
        # an item that does not state its key may be of any key, the latest among them: nothing can be told
        return Selected(kind=kind, facts=kind.blank, cited=tuple(by_key[UNKNOWN]), reason=Reason.NOT_STATED)
    per_key = [_of_key(kind, by_key[key], as_of) for key in sorted(by_key, key=_order)]
    items = tuple(item for selected in per_key for item in selected.items)
    return attrs.evolve(per_key[-1], items=items)


def _order(key: Any) -> Any:
    return key.value if isinstance(key, enum.Enum) else key


def _of_key(kind: Kind, candidates: list[Evidence], as_of: date) -> Selected:
    newest = max(item.date for item in candidates if item.date is not None)
    dated = [item for item in candidates if item.date == newest]
    usable = [item for item in dated if not _expired(item, as_of)]
    if not usable:
        return Selected(kind=kind, facts=kind.blank, cited=tuple(dated), reason=Reason.EXPIRED)
    facts, contested = (usable[0].facts, frozenset[str]()) if len(usable) == 1 else _merge(kind, usable)
    item = Item(facts=facts, ids=tuple(e.id for e in usable), date=newest)
    return Selected(kind=kind, facts=facts, items=(item,), cited=tuple(usable), contested=contested)


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
    if selected.items and selected.reason is None:
        reason = Reason.CONTESTED if fact in selected.contested else Reason.NOT_STATED
        return Why(reason=reason, evidence=selected.cited)
    kind, as_of = selected.kind, dossier.as_of
    requested = [r for r in dossier.requested if r.kind == kind.id and r.asked_on <= as_of]
    if requested:
        return Why(
            reason=Reason.REQUESTED, evidence=selected.cited, requested=max(requested, key=lambda r: r.asked_on)
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
