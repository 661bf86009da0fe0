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
from barriermodel.plugin import UNKNOWN, Evidence, EvidenceKind, Identifier, Localized

from .dossier_draft import Draft, month_before

SOMEONE_ELSE = Identifier("NL-KVK", "00001003")
DAY = timedelta(days=1)
_Shown: TypeAlias = Iterator[tuple[str, str, tuple[Evidence, ...]]]
"""What the items show, in Dutch and English, with the items."""


def evidence_cases(kind: EvidenceKind, clear: Draft, hitting: Iterable[Draft]) -> Iterator[tuple[Localized, Draft]]:
    """The clear draft with other evidence of one kind, and what that shows.

    Args:
        hitting: drafts in which a rule hits; a second item comes from one that differs in this kind only.

    """
    good = clear.item(kind)
    if good is None:
        return
    bad = next((found for draft in hitting if (found := _other(good, clear, draft))), None)
    for nl, en, items in _shown(good, bad, clear.as_of):
        draft = clear if items[0] == good else clear.without_kind(kind.id)
        extra = items[1:] if items[0] == good else items
        yield Localized(f"{kind.id}: {nl}", f"{kind.id}: {en}"), draft.with_extra(extra)


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
    yield "geldig tot en met vandaag", "valid until today", (attrs.evolve(item, valid_until=as_of),)
    yield "geldig tot en met gisteren", "valid until yesterday", (attrs.evolve(item, valid_until=as_of - DAY),)
    yield "van morgen", "of tomorrow", (attrs.evolve(item, issued_on=as_of + DAY),)
    yield "van een ander", "of someone else", (attrs.evolve(item, about=SOMEONE_ELSE),)
    if item.kind.valid_for is not None:
        oldest = apply("add_months", [as_of, -item.kind.valid_for.count])
        for day in () if oldest is UNKNOWN else (oldest, oldest - DAY):
            yield f"van {day}", f"of {day}", (attrs.evolve(item, issued_on=day),)


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
        yield f"met wat geen datum kan zijn: {words}", f"with a date that cannot be: {words}", (with_them,)


def _beside(good: Evidence, bad: Evidence, as_of: date) -> _Shown:
    older = attrs.evolve(bad, issued_on=month_before(month_before(as_of)))
    newer = attrs.evolve(bad, issued_on=as_of)
    of_tomorrow = attrs.evolve(bad, issued_on=as_of + DAY)
    of_another = attrs.evolve(newer, about=SOMEONE_ELSE)
    expired = attrs.evolve(good, valid_until=as_of - DAY)
    yield "met een nieuwer stuk", "with a newer item", (good, newer)
    yield "met een ouder stuk", "with an older item", (good, older)
    yield "verlopen, met een ouder stuk", "expired, with an older item", (expired, older)
    yield "met een ander stuk van die dag", "with another item of that day", (good, bad)
    yield "met een stuk van morgen", "with an item of tomorrow", (good, of_tomorrow)
    yield "met een nieuwer stuk van een ander", "with a newer item of someone else", (good, of_another)


def _of_keys(good: Evidence, name: str, bad: Evidence | None) -> _Shown:
    def keyed(item: Evidence, key: Any) -> Evidence:
        return attrs.evolve(item, facts=attrs.evolve(item.facts, **{name: key}))

    key = getattr(good.facts, name)
    if any(getattr(good.facts, fact) is not UNKNOWN for fact in fact_fields(good.kind.cls) if fact != name):
        unplaced = keyed(good, UNKNOWN)
        newer = attrs.evolve(unplaced, id=f"{good.kind.id}-2", issued_on=(good.date or date.min) + DAY)
        yield f"zonder {name}", f"without {name}", (unplaced,)
        yield f"met een nieuwer stuk zonder {name}", f"with a newer item without {name}", (good, newer)
    if bad is not None and type(key) is int:
        day = good.date or date.min
        yield "met een eerdere sleutel, nieuwer", "with an earlier key, newer", (
            good, attrs.evolve(keyed(bad, key - 1), issued_on=day + DAY),
        )  # fmt: skip
        yield "met een latere sleutel, ouder", "with a later key, older", (
            good, attrs.evolve(keyed(bad, key + 1), issued_on=day - DAY),
        )  # fmt: skip
