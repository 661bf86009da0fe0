"""No order of barriers, evidence or plugins changes a level, a status or the plan's digest."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

import pool
from barriermodel import Assessment, BarrierModel, Dossier, Registry
from region import KINDS, plugin, registry

REGISTRY = registry(*pool.BARRIERS)


def found(assessment: Assessment) -> Any:
    """All levels and statuses, and what is asked."""
    return (
        assessment.advice,
        [(s.id, s.interval) for s in assessment.stages],
        sorted((b.id, b.interval, b.hits, b.open) for b in assessment.barriers),
        {r.id: (r.status, r.level) for r in assessment.rules},
        {c: (r.interval, r.hits, r.open) for c, r in assessment.concerns.items()},
        assessment.moments,
        [(a.kind.id, a.reason, set(a.facts), set(a.rules)) for a in assessment.asks],
    )


@given(st.data(), pool.profiles(), pool.dossiers())
def test_the_order_of_barriers_in_a_stage_changes_nothing(data: Any, profile: Any, dossier: Dossier) -> None:
    shuffled = [
        attrs.evolve(stage, barriers=tuple(data.draw(st.permutations(stage.barriers)))) for stage in profile.stages
    ]
    one = BarrierModel(profile, REGISTRY)
    other = BarrierModel(attrs.evolve(profile, stages=tuple(shuffled)), REGISTRY)

    assert one.resolved.digest == other.resolved.digest
    assert found(one.assess(dossier)) == found(other.assess(dossier))


@given(st.data(), pool.profiles(), pool.dossiers(), pool.dossiers())
def test_the_order_of_evidence_changes_nothing(data: Any, profile: Any, dossier: Dossier, second: Dossier) -> None:
    """Also where items of one kind, key and date are merged, and where they disagree."""
    evidence = [*dossier.evidence, *(attrs.evolve(item, id=f"{item.id}-b") for item in second.evidence)]
    model = BarrierModel(profile, REGISTRY)
    one = model.assess(attrs.evolve(dossier, evidence=evidence))
    other = model.assess(attrs.evolve(dossier, evidence=data.draw(st.permutations(evidence))))

    assert found(one) == found(other)


@given(st.data(), pool.profiles(), pool.dossiers())
def test_the_order_in_which_plugins_are_loaded_changes_nothing(data: Any, profile: Any, dossier: Dossier) -> None:
    modules = [plugin(made, name=f"plugin_{number}", kinds=KINDS) for number, made in enumerate(pool.BARRIERS)]
    shuffled = Registry()
    for module in data.draw(st.permutations(modules)):
        assert shuffled.add(module).status.value == "ok"
    one, other = BarrierModel(profile, REGISTRY), BarrierModel(profile, shuffled)

    assert one.resolved.digest == other.resolved.digest
    assert found(one.assess(dossier)) == found(other.assess(dossier))


@given(pool.profiles(), pool.dossiers())
def test_a_dossier_assessed_twice_gives_the_same(profile: Any, dossier: Dossier) -> None:
    model = BarrierModel(profile, REGISTRY)

    assert found(model.assess(dossier)) == found(model.assess(dossier))
    assert found(model.assess(dossier)) == found(BarrierModel(profile, REGISTRY).assess(dossier))


def test_the_order_of_stages_does_change_the_digest() -> None:
    stages = [pool.stage("a", "pool.money"), pool.stage("b", "pool.plain")]
    one, other = (BarrierModel(pool.profile(*order), REGISTRY).resolved.digest for order in (stages, stages[::-1]))

    assert one != other
