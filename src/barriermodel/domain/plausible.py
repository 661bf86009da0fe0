"""Facts as rules see them: a date that cannot be is unknown, decided from that fact and the dossier's date alone.

What was stated is kept where it stands, in the dossier, so that it can be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import date
from typing import Any

import attrs

from ..text import Words
from .days import LAST
from .evidence import Evidence, Item
from .facts import FactField, fact_fields
from .unknown import UNKNOWN


@attrs.frozen(kw_only=True)
class Implausible:
    """A date that a fact was stated to be and cannot be.

    Args:
        field: the fact.
        why: why it cannot, with the date in it.

    """

    field: FactField
    value: date
    why: Words


@attrs.frozen(kw_only=True)
class Contradiction:
    """A date that lies before another before which it cannot be, with both values; neither becomes unknown.

    If it did, learning one of the two would make the other unknown, and knowing more would tell less.
    """

    field: FactField
    value: date
    other: FactField
    other_value: date


def _dated(cls: type) -> tuple[tuple[str, FactField], ...]:
    """The facts of a class that are dates, or lists of records that have some."""
    if cls not in _DATED:
        fields = fact_fields(cls) if attrs.has(cls) else {}
        _DATED[cls] = tuple((name, f) for name, f in fields.items() if f.days or (f.many and _dated(f.type)))
    return _DATED[cls]


_DATED: dict[type, tuple[tuple[str, FactField], ...]] = {}
"""Looked up for each item of each dossier."""


def plausible(holder: Any, as_of: date) -> Any:
    """The same facts, those unknown that cannot be; the object itself where all of them can."""
    changed: dict[str, Any] = {}
    for name, field in _dated(type(holder)):
        stated = getattr(holder, name)
        if stated is UNKNOWN:
            continue
        if field.many:
            seen = _listed(field, stated, as_of)
        else:
            seen = stated if field.days is None or field.days.holds(stated, as_of) else UNKNOWN
        if seen is not stated:
            changed[name] = seen
    return attrs.evolve(holder, **changed) if changed else holder


def _listed(field: FactField, stated: tuple[Any, ...], as_of: date) -> Any:
    """A list of dates is unknown as a whole, for none of them may be left out; of records, only their own facts."""
    if field.days is not None:
        days = field.days
        return stated if all(days.holds(day, as_of) for day in stated) else UNKNOWN
    seen = tuple([plausible(member, as_of) for member in stated])
    return stated if all(a is b for a, b in zip(seen, stated, strict=True)) else seen


def as_read(item: Evidence, as_of: date) -> Evidence:
    """An item of evidence with its facts as rules see them."""
    facts = plausible(item.facts, as_of)
    if facts is item.facts:
        return item
    seen = copy(item)  # not made anew: it stays the item that was handed in, whatever is left of its facts
    object.__setattr__(seen, "facts", facts)
    return seen


def as_given(value: Any, as_of: date | None) -> Any:
    """What a rule or derived fact is called with, as it would see it of a dossier; of an unknown date, or of one."""
    if isinstance(value, Item):
        return attrs.evolve(value, facts=plausible(value.facts, as_of or LAST))
    if isinstance(value, (tuple, list)):
        return tuple(as_given(member, as_of) for member in value)
    return plausible(value, as_of or LAST)


def implausible(holder: Any, as_of: date) -> Iterator[Implausible]:
    """The dates that cannot be, also those in records of a list."""
    for name, field in _dated(type(holder)):
        stated = getattr(holder, name)
        for value in stated if field.many and stated is not UNKNOWN else (stated,):
            if field.days is None and value is not UNKNOWN:
                yield from implausible(value, as_of)
            elif field.days is not None and value is not UNKNOWN and not field.days.holds(value, as_of):
                yield Implausible(field=field, value=value, why=field.days.why_not(value))


def contradictions(holder: Any, as_of: date) -> Iterator[Contradiction]:
    """Where dates of an instance contradict each other, also those in records of a list."""
    seen, fields = plausible(holder, as_of), fact_fields(type(holder))
    for name, field in _dated(type(holder)):
        value = getattr(seen, name)
        if value is UNKNOWN:
            continue
        if field.days is None:
            yield from (one for member in value for one in contradictions(member, as_of))
        for other in field.not_before:
            first = getattr(seen, other)
            if first is not UNKNOWN and value < first:
                yield Contradiction(field=field, value=value, other=fields[other], other_value=first)
