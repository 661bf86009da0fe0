"""Mistakes in which evidence counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import attrs

from barriermodel import UNKNOWN, Dossier, Evidence
from barriermodel.testing import selection_oracle as plain_selection

from .mistakes import Spoil, mutant

DAY = timedelta(days=1)


def selecting(change: Callable[[Dossier], Iterable[Evidence]]) -> Spoil:
    """Evidence is chosen as if the dossier held other items."""

    def spoil() -> None:
        from barriermodel.engine import selection

        select = selection.select
        selection.select = lambda dossier, kinds: select(attrs.evolve(dossier, evidence=tuple(change(dossier))), kinds)

    return spoil


def each(change: Callable[[Evidence, date], Evidence | None]) -> Spoil:
    return selecting(lambda d: [item for one in d.evidence if (item := change(one, d.as_of)) is not None])


def _moved(item: Evidence, days: int, as_of: date) -> Evidence:
    day = None if item.date is None else item.date + days * DAY
    return item if day is None or (days > 0 and day > as_of) else attrs.evolve(item, issued_on=day)


def _key(item: Evidence) -> Any:
    return getattr(item.facts, item.kind.one_per) if item.kind.one_per else None


def _place(item: Evidence) -> tuple[str, Any]:
    return item.kind.id, _key(item)


def _counts(item: Evidence, dossier: Dossier) -> bool:
    about = item.about is None or item.about in dossier.provider.identifiers
    return about and item.date is not None and item.date <= dossier.as_of


def _first_of(key: Callable[[Evidence], Any], order: Callable[[Evidence], Any]) -> Spoil:
    """Of the items that count for one key, only the first in some order."""

    def change(dossier: Dossier) -> Iterator[Evidence]:
        found: dict[Any, Evidence] = {}
        for item in sorted((one for one in dossier.evidence if _counts(one, dossier)), key=order):
            found.setdefault(key(item), item)
        yield from (item for item in dossier.evidence if not _counts(item, dossier) or found[key(item)] is item)

    return selecting(change)


def _in_force(item: Evidence, as_of: date) -> Evidence | None:
    return item if item.date is None or plain_selection._in_force(item, as_of) else None


def _of_today(item: Evidence, as_of: date) -> Evidence | None:
    return None if item.date == as_of else item


def _of_tomorrow(item: Evidence, as_of: date) -> Evidence:
    return attrs.evolve(item, issued_on=as_of) if item.date and item.date > as_of else item


def _until(days: int) -> Spoil:
    return each(lambda item, _: attrs.evolve(item, valid_until=item.valid_until and item.valid_until + days * DAY))


def _ageless(item: Evidence, as_of: date) -> Evidence:
    expired = (
        item.date is not None and item.date <= as_of and _in_force(attrs.evolve(item, valid_until=None), as_of) is None
    )
    return attrs.evolve(item, issued_on=as_of) if expired else item


def _later_key_first(item: Evidence) -> Any:
    key = _key(item)
    return (0, 0) if type(key) is not int else (1, key)


for name, plugin, spoil in (
    ("valid_until is not looked at", "kvk", each(lambda item, _: attrs.evolve(item, valid_until=None))),
    ("the last day of valid_until does not count", "kvk", _until(-1)),
    ("valid_until counts a day too long", "kvk", _until(1)),
    ("valid_for is not looked at", "kvk", each(_ageless)),
    ("the last day of valid_for does not count", "kvk", each(lambda item, as_of: _moved(item, -1, as_of))),
    ("valid_for counts a day too long", "kvk", each(lambda item, as_of: _moved(item, 1, as_of))),
    ("an expired item is replaced by an older one", "kvk", each(_in_force)),
    ("the oldest item counts", "kvk", _first_of(_place, lambda item: item.date)),
    ("an item of today does not count", "kvk", each(_of_today)),
    ("an item of tomorrow counts", "kvk", each(_of_tomorrow)),
    ("an item about someone else counts", "kvk", each(lambda item, _: attrs.evolve(item, about=None))),
    ("of contradicting items the first counts", "kvk", _first_of(lambda i: (_place(i), i.date), lambda item: item.id)),
    ("an item without its key is not there", "financial", each(lambda i, _: None if _key(i) is UNKNOWN else i)),
    ("the earliest key is the latest", "financial", _first_of(lambda item: item.kind.id, _later_key_first)),
):
    mutant(f"selection: {name}", plugin, spoil)
