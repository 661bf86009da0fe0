"""Facts as rules see them: an implausible date is unknown, judged by that fact and the dossier's date alone.

The dossier keeps what was stated, so that reports can show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar, cast

import attrs

from ..objects import represent
from ..text import Localized
from .facts import FactField, fact_fields
from .unknown import UNKNOWN

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Implausible:
    """A date that was stated and that the fact cannot have.

    Args:
        field: the fact.
        value: the date.
        why: why it cannot be right, with the date in it.

    """

    field: FactField
    value: date
    why: Localized

    def __repr__(self) -> str:
        return represent(self, self.field.name)  # the date may be confidential


@attrs.frozen(kw_only=True)
class Contradiction:
    """A date that precedes another that it cannot precede. Neither becomes unknown.

    Otherwise learning one of the two would make the other unknown, and knowing more would decide less.

    Args:
        field: the fact that is too early.
        value: its date.
        other: the fact that should come first.
        other_value: its date.

    """

    field: FactField
    value: date
    other: FactField
    other_value: date

    def __repr__(self) -> str:
        return represent(self, self.field.name, self.other.name)


_DATED: dict[type, tuple[tuple[str, FactField], ...]] = {}


def _dated(cls: type) -> tuple[tuple[str, FactField], ...]:
    """Return the facts of a class that hold dates: themselves, in a list, or in records of a list."""
    if cls not in _DATED:
        fields = fact_fields(cls) if attrs.has(cls) else {}
        _DATED[cls] = tuple((name, f) for name, f in fields.items() if f.plausible or (f.many and _dated(f.type)))
    return _DATED[cls]


def _stated(holder: object) -> Iterator[tuple[FactField, Any]]:
    """Yield the known facts of an instance that hold dates."""
    for name, field in _dated(type(holder)):
        stated = getattr(holder, name)
        if stated is not UNKNOWN:
            yield field, stated


def plausible_since(holder: object) -> date:
    """Return the earliest ``as_of`` on which all dates of an instance are plausible; ``date.max`` if one never is."""
    return max([_since(field, stated) for field, stated in _stated(holder)], default=date.min)


def _since(field: FactField, stated: Any) -> date:
    members = stated if field.many else (stated,)
    return max(
        [field.plausible.since(day) if field.plausible else plausible_since(day) for day in members], default=date.min
    )


def plausible(holder: T, as_of: date) -> T:
    """Return an instance with its implausible facts unknown; the instance itself if there are none.

    A list with an implausible date is unknown as a whole, because leaving one out would change what is counted. In a
    list of records, only the fact of that record is.
    """
    wrong = [pair for pair in _stated(holder) if _since(*pair) > as_of]
    if not wrong:
        return holder
    seen = {f.name: UNKNOWN if f.plausible else tuple([plausible(one, as_of) for one in stated]) for f, stated in wrong}
    found: T = attrs.evolve(cast("Any", holder), **seen)  # a class of facts, which mypy does not know
    return found


def implausible(holder: object, as_of: date) -> Iterator[Implausible]:
    """Yield the implausible dates of an instance, and of records in its lists."""
    for field, stated in _stated(holder):
        for value in stated if field.many else (stated,):
            if field.plausible is None:
                yield from implausible(value, as_of)
            elif not field.plausible.allows(value, as_of):
                yield Implausible(field=field, value=value, why=field.plausible.why_not(value))


def contradictions(holder: object, as_of: date) -> Iterator[Contradiction]:
    """Yield the dates of an instance, and of records in its lists, that contradict each other."""
    seen, fields = plausible(holder, as_of), fact_fields(type(holder))
    for field, value in _stated(seen):
        if field.plausible is None:
            yield from (one for member in value for one in contradictions(member, as_of))
        for other in field.not_before:
            first = getattr(seen, other)
            if first is not UNKNOWN and value < first:
                yield Contradiction(field=field, value=value, other=fields[other], other_value=first)
