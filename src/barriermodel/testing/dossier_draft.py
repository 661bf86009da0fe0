"""Drafts of dossiers: facts by id, which are easy to vary, until they are made into a real dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, cached_property
from itertools import count
from typing import Any

import attrs

from barriermodel.analysis.expressions import ENTITIES, split_fact_id
from barriermodel.analysis.facts import FactField, add_months_to, fact_fields
from barriermodel.plugin import UNKNOWN, Dossier, Evidence, EvidenceKind


@attrs.frozen(kw_only=True)
class Draft:
    """Facts by id (``kvk_extract.active``, ``award.value``); all others are unknown. A draft never changes.

    Args:
        values: the known facts of provider, award and one item of evidence of each kind.
        issued_on: the dates of those items, by kind; by default a month before ``as_of``.
        extra: further items of evidence.

    """

    as_of: date
    values: Mapping[str, Any] = attrs.field(factory=dict)
    issued_on: Mapping[str, date] = attrs.field(factory=dict)
    extra: tuple[Evidence, ...] = ()

    def with_facts(self, values: Mapping[str, Any]) -> Draft:
        """The draft with these facts; ``UNKNOWN`` removes one."""
        found = {id: value for id, value in {**self.values, **values}.items() if value is not UNKNOWN}
        return attrs.evolve(self, values=found)

    def without_kind(self, kind: str) -> Draft:
        """The draft without evidence of a kind."""
        values = {id: value for id, value in self.values.items() if not id.startswith(f"{kind}.")}
        return attrs.evolve(self, values=values, extra=tuple(e for e in self.extra if e.kind.id != kind))

    def with_extra(self, extra: Iterable[Evidence]) -> Draft:
        """The draft with these further items, which replace other further items of their kinds."""
        items = tuple(extra)
        kinds = {item.kind.id for item in items}
        return attrs.evolve(self, extra=(*(item for item in self.extra if item.kind.id not in kinds), *items))

    def facts_of(self, source: str) -> dict[str, Any]:
        """The known facts of a kind, the provider or the award, by name."""
        return dict(self._by_source.get(source, {}))

    @cached_property
    def _by_source(self) -> Mapping[str, Mapping[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for id, value in self.values.items():
            source, name = _split(id)
            found.setdefault(source, {})[name] = value
        return found

    def item(self, kind: EvidenceKind) -> Evidence | None:
        """The first item of evidence of a kind; None if none of its facts are known."""
        values = self.facts_of(kind.id)
        if not values:
            return None
        day = self.issued_on.get(kind.id, month_before(self.as_of))
        return Evidence(id=unused_id(kind.id, self.extra), facts=kind.cls(**values), issued_on=day)

    def dossier(self, kinds: Iterable[EvidenceKind]) -> Dossier:
        """The dossier with these facts and items."""
        items = [item for kind in kinds if (item := self.item(kind)) is not None]
        provider, award = self.entity("provider"), self.entity("award")
        return Dossier(as_of=self.as_of, provider=provider, award=award, evidence=(*items, *self.extra))

    def entity(self, source: str) -> Any:
        """The ``provider`` or the ``award``."""
        start = {"name": "Voorbeeld Zorg"} if source == "provider" else {}
        return ENTITIES[source](**{**start, **self.facts_of(source)})

    def items(self, kind: EvidenceKind) -> list[Evidence]:
        """All items of evidence of a kind."""
        first = self.item(kind)
        return [*([first] if first else []), *(item for item in self.extra if item.kind is kind)]


_split = cache(split_fact_id)  # a draft has some hundred facts, and there are thousands of drafts


def unused_id(id: str, items: Iterable[Evidence]) -> str:
    """The id, or one like it that no item has."""
    taken = {item.id for item in items}
    return id if id not in taken else next(name for n in count(2) if (name := f"{id}-{n}") not in taken)


def month_before(day: date) -> date:
    """The default date of evidence in a draft."""
    found = add_months_to(day, -1)
    return day if found is UNKNOWN else found


def field_of(id: str, kinds: Mapping[str, EvidenceKind]) -> FactField | None:
    """The declaration of a fact, by its id; None if there is no such fact."""
    source, name = split_fact_id(id)
    holder = ENTITIES.get(source) or (kinds[source].cls if source in kinds else None)
    return fact_fields(holder).get(name) if holder else None
