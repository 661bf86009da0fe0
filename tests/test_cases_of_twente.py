"""What holds at every limit of the rules of a whole profile; its cases take seconds to make, and are made once."""

from __future__ import annotations

from functools import cache

import attrs
import engines
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from barriermodel import BarrierModel, Dossier, Level, Status
from barriermodel.testing import make_cases
from barriermodel.testing.cases import Cases
from barriermodel.testing.near_limits import near_limits
from barriermodel.testing.oracle import advice

TWENTE = "twente-2019"


@cache
def cases(profile: str) -> Cases:
    return make_cases(BarrierModel.load(profile))


@pytest.mark.nightly
@pytest.mark.parametrize("profile", [TWENTE, "portfolio-scan"])
def test_where_a_condition_decides_the_advice_is_another_once_its_rule_turns_out_otherwise(profile: str) -> None:
    """As the statuses stand that the engine gives, and not those of the search that wrote the case."""
    model = cases(profile).model
    plan = model.resolved
    for case in cases(profile).scenarios:
        if not case.decides:
            continue
        codes = model.engine.evaluate(case.draft.dossier(plan.kinds.values())).statuses
        known = tuple(own or (Status.CLEAR,) * len(stage.rules) for own, stage in zip(codes, plan.stages, strict=True))
        now = advice(plan, known)
        others = [
            tuple(
                tuple(other if rule.id == case.rule else own for rule, own in zip(stage.rules, of, strict=True))
                for stage, of in zip(plan.stages, known, strict=True)
            )
            for other in (Status.CLEAR, Status.HIT, Status.OPEN)
        ]
        assert any(advice(plan, turned) != now for turned in others), case.name.en


def test_a_dossier_is_found_in_which_every_rule_is_clear() -> None:
    found = cases(TWENTE)
    assessed = found.model.assess(found.clear.dossier(found.model.resolved.kinds.values()))

    assert {rule.status for rule in assessed.rules} == {Status.CLEAR}
    assert (assessed.advice.at_least, assessed.advice.at_most) == (Level.GREEN, Level.GREEN)
    assert not any("find nothing" in finding.words.en for finding in found.findings)


@given(st.deferred(lambda: near_limits(cases(TWENTE), 3)), st.integers(1, 3))
def test_handing_in_what_is_asked_ends_at_the_advice_of_the_whole_dossier(full: Dossier, at_once: int) -> None:
    model = cases(TWENTE).model
    whole = model.assess(full)
    known, given_kinds = attrs.evolve(full, evidence=(), absent=(), requested=()), set[str]()

    while asked := [a.kind.id for a in model.assess(known).asks if a.kind.id not in given_kinds][:at_once]:
        given_kinds |= set(asked)
        new = tuple(item for item in full.evidence if item.kind.id in asked)
        known = attrs.evolve(known, evidence=(*known.evidence, *new))

    assert model.assess(known).advice == whole.advice
    event(f"handed in {len(given_kinds)} of {len({item.kind.id for item in full.evidence})} kinds")


@pytest.fixture(scope="module")
def portfolio() -> engines.Portfolio:
    return engines.Portfolio.of(cases(TWENTE).model, list(cases(TWENTE).dossiers))


@pytest.mark.parametrize("engine", [e for e in engines.by_day(("polars_lazy",)) if e.values != ("pyspark",)])
def test_tables_with_derived_facts_give_what_assess_gives(portfolio: engines.Portfolio, engine: str) -> None:
    portfolio.check(engine)
