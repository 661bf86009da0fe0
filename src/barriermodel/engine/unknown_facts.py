"""Why a fact is unknown, with the items that a person may want to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from ..domain.dossier import Dossier
from ..domain.evidence import Absent, Evidence, Requested
from ..domain.kinds import EvidenceKind, Supplier
from ..domain.plausible import Implausible, implausible
from ..domain.unknown import UnknownReason
from ..objects import brief_repr
from ..rules.expression import FactRef
from ..text import Localized
from .selection import SelectedEvidence, by_id, contradictory


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
    """Why usable items leave a fact unknown: it is not stated, or is stated as an impossible date."""
    items = tuple(items)
    ids = {item.id for item in items}
    stated = sorted((item for item in dossier.evidence if item.id in ids), key=lambda item: item.id)
    return why_unknown_in([item.facts for item in stated], dossier.as_of, fact, items)


def why_unknown_in(
    holders: Iterable[Any], as_of: date, fact: str | None, items: tuple[Evidence, ...] = ()
) -> UnknownFact:
    """Why objects with facts leave one unknown; ``items`` are the evidence they come from."""
    found = next((one for holder in holders for one in implausible(holder, as_of) if one.field.name == fact), None)
    reason = UnknownReason.IMPLAUSIBLE if found else UnknownReason.NOT_STATED
    return UnknownFact(reason=reason, evidence=items, found=found)


_SAYS_NOTHING = frozenset(
    {
        UnknownReason.MISSING, UnknownReason.EXPIRED, UnknownReason.NOT_YET_ISSUED, UnknownReason.NOT_STATED,
        UnknownReason.REQUESTED, UnknownReason.UNAVAILABLE,
    }
)  # fmt: skip


def bounds_hold(
    dossier: Dossier, selection: Mapping[str, SelectedEvidence], unread: Collection[str], ref: FactRef
) -> bool:
    """Whether an unknown fact lies between its declared bounds for all that is known.

    It does where nothing was stated of it. What was stated twice, for somebody else, or without a date may be wrong
    altogether, and then settles nothing; nor does a cell of a table that could not be read.

    Args:
        unread: the ids of the facts in such cells.

    """
    if ref.id in unread:
        return False
    if ref.source not in selection:
        return True  # of the provider or the award: not stated, as only dates can be implausible
    return why_unknown(dossier, selection[ref.source], ref.name).reason in _SAYS_NOTHING


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
    """The source that does not have it; None if none is named, which means every source."""
    return absent.source.issuer.casefold() if absent.source and absent.source.issuer else None


def covered_elsewhere(dossier: Dossier, kind: EvidenceKind) -> bool:
    """Whether a kind can come from a source other than those that do not cover the provider."""
    if kind.supplier is Supplier.PROVIDER:
        return True
    uncovered = {_source(a) for a in dossier.absent if a.kind == kind.id and a.reason is UnknownReason.NOT_COVERED}
    return None not in uncovered and not uncovered.issuperset(issuer.casefold() for issuer in kind.sources)
