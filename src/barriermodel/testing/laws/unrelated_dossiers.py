"""Dossiers drawn without regard to the limits of a barrier, alone or laid over a dossier near those limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import attrs
from hypothesis import strategies as st

from barriermodel import UNKNOWN, Dossier, Evidence, Provider
from barriermodel.analysis.facts import fact_fields

from ..barrier_under_test import BarrierUnderTest
from ..strategies import awards, evidence, providers


def anything(subject: BarrierUnderTest, *, unknown: bool = True) -> st.SearchStrategy[Dossier]:
    """Dossiers with any facts; in the simplest, nothing is known.

    Args:
        unknown: whether facts of evidence may be unknown as well.

    """
    day = subject.clear.as_of
    days = {item.kind.id: item.date for item in subject.clear.evidence}
    items = [
        st.none() | evidence(kind.cls, unknown=unknown, issued_on=days.get(kind.id, day))
        for kind in subject.model.resolved.kinds.values()
    ]
    made = st.tuples(*items).map(lambda found: tuple(item for item in found if item is not None))
    return st.builds(Dossier, as_of=st.just(day), provider=providers(), award=awards(), evidence=made)


def overlaid(dossier: Dossier, other: Dossier, kept: Mapping[str, Collection[str]]) -> Dossier:
    """The dossier with the known facts of the other, except those that are kept.

    Args:
        kept: names of facts, by source. Items of a kind that is not among the sources are all taken from the other.

    """
    items = {item.kind.id: item for item in other.evidence}
    evidence = [
        attrs.evolve(item, facts=_known(items[item.kind.id].facts, item.facts, kept[item.kind.id], item))
        if item.kind.id in kept and item.kind.id in items
        else item
        for item in dossier.evidence
        if item.kind.id in kept or item.kind.id not in items
    ]
    strange = [item for item in other.evidence if item.kind.id not in kept]
    return attrs.evolve(
        dossier,
        provider=_known(other.provider, dossier.provider, kept.get("provider", ())),
        award=_known(other.award, dossier.award, kept.get("award", ())),
        evidence=(*evidence, *strange),
    )


def _known(other: Any, own: Any, kept: Collection[str], item: Evidence | None = None) -> Any:
    """The facts, replaced by those that the other knows."""
    names = [*fact_fields(type(own)), *(["identifiers"] if isinstance(own, Provider) else [])]
    # another key would change which item counts
    free = [name for name in names if name not in kept and (item is None or name != item.kind.one_per)]
    found = {name: getattr(other, name) for name in free}
    return attrs.evolve(own, **{name: value for name, value in found.items() if value is not UNKNOWN and value != ()})
