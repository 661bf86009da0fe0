"""Cases about which evidence counts: items that expired, are newer, are dated tomorrow, are about another provider,
contradict each other, state an impossible date, or lack their key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, TypeAlias

import attrs

from barriermodel.analysis.expressions import apply
from barriermodel.analysis.facts import fact_fields
from barriermodel.analysis.text import said
from barriermodel.plugin import UNKNOWN, Evidence, EvidenceKind, Identifier, Localized

from .dossier_draft import Draft, month_before

SOMEONE_ELSE = Identifier("NL-KVK", "00001003")
DAY = timedelta(days=1)
_NAMES = said("cases", "evidence")
_Shown: TypeAlias = Iterator[tuple[Localized, tuple[Evidence, ...]]]
"""What the items show, with the items."""


def evidence_cases(kind: EvidenceKind, clear: Draft, hitting: Iterable[Draft]) -> Iterator[tuple[Localized, Draft]]:
    """The clear draft with other evidence of one kind, and what that shows.

    Args:
        hitting: drafts in which a rule hits; a second item comes from one that differs in this kind only.

    """
    good = clear.item(kind)
    if good is None:
        return
    bad = next((found for draft in hitting if (found := _other(good, clear, draft))), None)
    for name, items in _shown(good, bad, clear.as_of):
        draft = clear if items[0] == good else clear.without_kind(kind.id)
        extra = items[1:] if items[0] == good else items
        yield (_NAMES / "of_kind").fill(kind=kind.id, shows=name), draft.with_extra(extra)


def _other(good: Evidence, clear: Draft, draft: Draft) -> Evidence | None:
    """The item of a draft, if it has the same key and the drafts are otherwise equal."""
    kind = good.kind
    facts, own = draft.facts_of(kind.id), clear.facts_of(kind.id)
    if draft.without_kind(kind.id) != clear.without_kind(kind.id) or facts.get(kind.one_per or "") != own.get(
        kind.one_per or ""
    ):
        return None
    return attrs.evolve(good, id=f"{kind.id}-2", facts=kind.cls(**facts)) if facts else None


def _shown(good: Evidence, bad: Evidence | None, as_of: date) -> _Shown:
    yield from _alone(good, as_of)
    yield from _impossible(good, as_of)
    if bad is not None:
        yield from _beside(good, bad, as_of)
    if good.kind.one_per is not None:
        yield from _of_keys(good, good.kind.one_per, bad)


def _alone(item: Evidence, as_of: date) -> _Shown:
    yield _NAMES / "valid_until_today", (attrs.evolve(item, valid_until=as_of),)
    yield _NAMES / "valid_until_yesterday", (attrs.evolve(item, valid_until=as_of - DAY),)
    yield _NAMES / "of_tomorrow", (attrs.evolve(item, issued_on=as_of + DAY),)
    yield _NAMES / "of_another", (attrs.evolve(item, about=SOMEONE_ELSE),)
    if item.kind.valid_for is not None:
        oldest = apply("add_months", [as_of, -item.kind.valid_for.count])
        for day in () if oldest is UNKNOWN else (oldest, oldest - DAY):
            yield (_NAMES / "of_day").fill(day=day), (attrs.evolve(item, issued_on=day),)


def _impossible(item: Evidence, as_of: date) -> _Shown:
    """The item with implausible dates: after their bounds, a placeholder of spreadsheets, or in the future."""
    stated = {
        name: field.plausible
        for name, field in fact_fields(item.kind.cls).items()
        if field.plausible is not None and not field.many and getattr(item.facts, name) is not UNKNOWN
    }
    late = {name: days.last + DAY for name, days in stated.items() if days.last < date.max}
    filled_in = {name: days.never[-1] for name, days in stated.items() if days.never}
    to_come = {name: as_of + DAY for name, days in stated.items() if days.past}
    for dates in filter(None, (late, filled_in, to_come)):
        words = ", ".join(f"{name} {day}" for name, day in dates.items())
        with_them = attrs.evolve(item, facts=attrs.evolve(item.facts, **dates))
        yield (_NAMES / "impossible").fill(dates=words), (with_them,)


def _beside(good: Evidence, bad: Evidence, as_of: date) -> _Shown:
    older = attrs.evolve(bad, issued_on=month_before(month_before(as_of)))
    newer = attrs.evolve(bad, issued_on=as_of)
    of_tomorrow = attrs.evolve(bad, issued_on=as_of + DAY)
    of_another = attrs.evolve(newer, about=SOMEONE_ELSE)
    expired = attrs.evolve(good, valid_until=as_of - DAY)
    yield _NAMES / "newer", (good, newer)
    yield _NAMES / "older", (good, older)
    yield _NAMES / "expired", (expired, older)
    yield _NAMES / "same_day", (good, bad)
    yield _NAMES / "beside_tomorrow", (good, of_tomorrow)
    yield _NAMES / "newer_of_another", (good, of_another)


def _of_keys(good: Evidence, name: str, bad: Evidence | None) -> _Shown:
    def keyed(item: Evidence, key: Any) -> Evidence:
        return attrs.evolve(item, facts=attrs.evolve(item.facts, **{name: key}))

    key = getattr(good.facts, name)
    if any(getattr(good.facts, fact) is not UNKNOWN for fact in fact_fields(good.kind.cls) if fact != name):
        unplaced = keyed(good, UNKNOWN)
        newer = attrs.evolve(unplaced, id=f"{good.kind.id}-2", issued_on=(good.date or date.min) + DAY)
        yield (_NAMES / "without").fill(fact=name), (unplaced,)
        yield (_NAMES / "newer_without").fill(fact=name), (good, newer)
    if bad is not None and type(key) is int:
        day = good.date or date.min
        yield _NAMES / "earlier_key", (
            good, attrs.evolve(keyed(bad, key - 1), issued_on=day + DAY),
        )  # fmt: skip
        yield _NAMES / "later_key", (
            good, attrs.evolve(keyed(bad, key + 1), issued_on=day - DAY),
        )  # fmt: skip
