"""Facts as rules see them: a date that cannot be is unknown, decided from that fact and the dossier's date alone.

What was stated is kept where it stands, in the dossier, so that it can be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs

from ..objects import represent
from ..text import Localized
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
    why: Localized

    def __repr__(self) -> str:
        return represent(self, self.field.name)  # the date may be confidential


@attrs.frozen(kw_only=True)
class Contradiction:
    """A date that lies before another before which it cannot be, with both values; neither becomes unknown.

    If it did, learning one of the two would make the other unknown, and knowing more would tell less.
    """

    field: FactField
    value: date
    other: FactField
    other_value: date

    def __repr__(self) -> str:
        return represent(self, self.field.name, self.other.name)


_DATED: dict[type, tuple[tuple[str, FactField], ...]] = {}


def _dated(cls: type) -> tuple[tuple[str, FactField], ...]:
    """The facts of a class that are dates, or lists of dates or of records that have some."""
    if cls not in _DATED:
        fields = fact_fields(cls) if attrs.has(cls) else {}
        _DATED[cls] = tuple((name, f) for name, f in fields.items() if f.plausible or (f.many and _dated(f.type)))
    return _DATED[cls]


def _stated(holder: Any) -> Iterator[tuple[FactField, Any]]:
    """The known facts of an instance that hold dates."""
    for name, field in _dated(type(holder)):
        stated = getattr(holder, name)
        if stated is not UNKNOWN:
            yield field, stated


def plausible_since(holder: Any) -> date:
    """The first date of a dossier in which all dates of an instance can be: the last of all days where one cannot."""
    return max([_since(field, stated) for field, stated in _stated(holder)], default=date.min)


def _since(field: FactField, stated: Any) -> date:
    members = stated if field.many else (stated,)
    return max(
        [field.plausible.since(day) if field.plausible else plausible_since(day) for day in members], default=date.min
    )


def plausible(holder: Any, as_of: date) -> Any:
    """The same facts, those unknown that cannot be; the object itself where all of them can.

    A list of dates is unknown as a whole, for none of them may be left out; of records, only their own facts are.
    """
    wrong = [pair for pair in _stated(holder) if _since(*pair) > as_of]
    if not wrong:
        return holder
    seen = {f.name: UNKNOWN if f.plausible else tuple([plausible(one, as_of) for one in stated]) for f, stated in wrong}
    return attrs.evolve(holder, **seen)


def implausible(holder: Any, as_of: date) -> Iterator[Implausible]:
    """The dates that cannot be, also those in records of a list."""
    for field, stated in _stated(holder):
        for value in stated if field.many else (stated,):
            if field.plausible is None:
                yield from implausible(value, as_of)
            elif not field.plausible.allows(value, as_of):
                yield Implausible(field=field, value=value, why=field.plausible.why_not(value))


def contradictions(holder: Any, as_of: date) -> Iterator[Contradiction]:
    """Where dates of an instance contradict each other, also those in records of a list."""
    seen, fields = plausible(holder, as_of), fact_fields(type(holder))
    for field, value in _stated(seen):
        if field.plausible is None:
            yield from (one for member in value for one in contradictions(member, as_of))
        for other in field.not_before:
            first = getattr(seen, other)
            if first is not UNKNOWN and value < first:
                yield Contradiction(field=field, value=value, other=fields[other], other_value=first)
