"""Whoever hands in only what is asked gets the advice of whoever hands in everything."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from barriermodel import BarrierModel, Dossier, Registry
from barriermodel.testing import dossiers

REGISTRY = Registry.discover()


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel.load("twente-2019", REGISTRY)


@given(dossiers("twente-2019", registry=REGISTRY), st.integers(1, 3))
def test_handing_in_what_is_asked_ends_at_the_advice_of_the_whole_dossier(
    model: BarrierModel, full: Dossier, at_once: int
) -> None:
    whole = model.assess(full)
    known, given_kinds = attrs.evolve(full, evidence=(), absent=(), requested=()), set[str]()

    while asked := [a.kind.id for a in model.assess(known).asks if a.kind.id not in given_kinds][:at_once]:
        given_kinds |= set(asked)
        new = tuple(item for item in full.evidence if item.kind.id in asked)
        known = attrs.evolve(known, evidence=(*known.evidence, *new))

    assert model.assess(known).advice == whole.advice
    event(f"handed in {len(given_kinds)} of {len({item.kind.id for item in full.evidence})} kinds")
