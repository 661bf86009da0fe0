"""The oracle for evidence selection: which items count, computed from the promise and not by the engine.

It shares no code with :mod:`barriermodel.engine.selection`, and must not (``tests/test_oracle.py``): a mistake in
shared code would be expected as well. Even the bounds of a date are compared here once more.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import date
from typing import Any

import attrs

from barriermodel.analysis.expressions import apply
from barriermodel.analysis.facts import FactField, fact_fields
from barriermodel.plugin import UNKNOWN, Evidence, EvidenceKind, Identifier, Item, Money


@attrs.frozen
class SelectedItems:
    """The items of one kind that count.

    Args:
        latest: the item with the latest key; None if there is none, or if it is not known which it is.
        items: all items that count, one for each key, in the order of the keys; none if it is not known which.
        doubted: whether an unknown fact may be anything, whatever its bounds are: items disagree on it, or what there
            is of the kind is about somebody else or has no date.

    """

    latest: Item[Any] | None
    items: tuple[Item[Any], ...]
    doubted: Callable[[str], bool] = attrs.field(eq=False, repr=False, default=lambda name: False)


def select_items(
    kind: EvidenceKind, evidence: Iterable[Evidence], own: Sequence[Identifier], as_of: date
) -> SelectedItems:
    """The items of a kind that count on a date.

    Args:
        evidence: items of this kind and of others.
        own: the identifiers of the provider.

    """
    of_kind = [item for item in evidence if item.kind is kind]
    candidates = [_as_read(item, as_of) for item in of_kind if _is_candidate(item, own, as_of)]
    latest, items = _counted(kind, candidates, as_of)
    if latest is None:
        strange = bool(of_kind) and not any(_is_about(item, own) and item.date is not None for item in of_kind)
        return SelectedItems(None, items, lambda name: strange)
    stated = [item.facts for item in candidates if item.id in latest.ids]
    return SelectedItems(latest, items, lambda name: len({getattr(one, name) for one in stated} - {UNKNOWN}) > 1)


def _counted(
    kind: EvidenceKind, candidates: Sequence[Evidence], as_of: date
) -> tuple[Item[Any] | None, tuple[Item[Any], ...]]:
    """The item with the latest key, and all that count."""
    if kind.one_per is None:
        alone = _newest(kind, candidates, as_of)
        return alone, (alone,) if alone else ()
    keys = {key for item in candidates if (key := _key(item)) is not UNKNOWN}
    without = [item for item in candidates if _key(item) is UNKNOWN]
    if any(_in_force(item, as_of) for item in without):
        return None, ()  # it may have the latest key, or any other
    found: list[Item[Any] | None] = []
    hidden = False
    for key in sorted(keys, key=lambda key: key.value if isinstance(key, enum.Enum) else key):
        one = _newest(kind, [item for item in candidates if _key(item) == key], as_of)
        # an expired item without a key may be the newer version of any that is dated before it
        if one is not None and any(_day(item) > one.date for item in without):
            one, hidden = None, True
        found.append(one)
    return found[-1] if found else None, () if hidden else tuple(item for item in found if item)


def _as_read(item: Evidence, as_of: date) -> Evidence:
    facts = plausible_facts(item.facts, as_of)
    if facts is item.facts:
        return item
    seen = copy(item)  # a new item would be refused if none of its facts are left
    object.__setattr__(seen, "facts", facts)
    return seen


def plausible_facts(holder: Any, as_of: date) -> Any:
    """The same facts without implausible dates, in the records of a list as well."""
    changed: dict[str, Any] = {}
    for name, field in fact_fields(type(holder)).items():
        value = getattr(holder, name)
        if value is UNKNOWN:
            continue
        members = value if field.many else (value,)
        if field.plausible is not None and not all(_can_be(day, field, as_of) for day in members):
            changed[name] = UNKNOWN
        elif field.many and attrs.has(field.type) and field.type is not Money:
            changed[name] = tuple(plausible_facts(member, as_of) for member in members)
    return attrs.evolve(holder, **changed) if changed else holder


def _can_be(day: date, field: FactField, as_of: date) -> bool:
    days = field.plausible
    assert days is not None  # a date has bounds
    return days.first <= day <= days.last and day not in days.never and not (days.past and day > as_of)


def _is_candidate(item: Evidence, own: Sequence[Identifier], as_of: date) -> bool:
    contradicts_itself = item.date and item.valid_until and item.valid_until < item.date
    return _is_about(item, own) and item.date is not None and item.date <= as_of and not contradicts_itself


def _is_about(item: Evidence, own: Sequence[Identifier]) -> bool:
    return item.about is None or item.about in own


def _key(item: Evidence) -> Any:
    return getattr(item.facts, item.kind.one_per or "")


def _day(item: Evidence) -> date:
    assert item.date is not None  # undated items are no candidates
    return item.date


def _in_force(item: Evidence, as_of: date) -> bool:
    """Whether it has not expired; the last day is included."""
    if item.valid_until is not None and item.valid_until < as_of:
        return False
    if item.kind.valid_for is None:
        return True
    last = apply("add_months", [_day(item), item.kind.valid_for.count])
    return last is UNKNOWN or bool(as_of <= last)


def _newest(kind: EvidenceKind, candidates: Sequence[Evidence], as_of: date) -> Item[Any] | None:
    """The newest items, merged; None if they have expired, since older ones do not count instead."""
    newest = max(map(_day, candidates), default=None)
    items = [item for item in candidates if item.date == newest and _in_force(item, as_of)]
    if not items or newest is None:
        return None
    return Item(facts=_merged(kind, [item.facts for item in items]), ids=tuple(item.id for item in items), date=newest)


def _merged(kind: EvidenceKind, facts: Sequence[Any]) -> Any:
    if len(facts) == 1:
        return facts[0]
    return kind.cls(**{name: _agreed([getattr(one, name) for one in facts]) for name in fact_fields(kind.cls)})


def _agreed(values: Sequence[Any]) -> Any:
    """The value on which all that is stated agrees; unknown if nothing is stated, or if it differs."""
    stated = [value for value in values if value is not UNKNOWN]
    return stated[0] if stated and all(value == stated[0] for value in stated) else UNKNOWN
