"""Row by row a table says what ``assess`` says of the same facts, on every engine."""

from __future__ import annotations

from itertools import product

import engines
import pytest
import screening
from hypothesis import given
from hypothesis import strategies as st

import pool
import region
from barriermodel import BarrierModel, Dossier, Level
from barriermodel.testing import dossiers, make_cases
from examples import costly


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


@pytest.fixture(scope="module")
def portfolio(model: BarrierModel) -> engines.Portfolio:
    return engines.Portfolio.of(model, screening.make_dossiers(300))


@pytest.fixture(scope="module")
def limits(model: BarrierModel) -> engines.Portfolio:
    """A dossier on each limit of each rule, and beside it."""
    return engines.Portfolio.of(model, list(make_cases(model).dossiers))


@pytest.mark.parametrize("engine", engines.ALL_BUT_SPARK)
def test_a_portfolio_of_dossiers(portfolio: engines.Portfolio, engine: str) -> None:
    portfolio.check(engine, as_of=screening.AS_OF)


@pytest.mark.parametrize("engine", engines.FEW)
def test_every_limit_of_every_rule(limits: engines.Portfolio, engine: str) -> None:
    limits.check(engine)


@pytest.mark.parametrize("engine", ["polars", "pyarrow"])
def test_every_way_in_which_three_stages_can_exclude(engine: str) -> None:
    """All of one concern, which is examined where its first stage is."""
    made = [region.flag_rules(f"x.stage_{number}", Level.EXCLUDE) for number in range(3)]
    three = region.model(*(b for b, _ in made), stages=[region.stage(b.id.partition(".")[2], b.id) for b, _ in made])
    kinds = [kind for _, (kind,) in made]
    found = [
        region.dossier(*(region.item(kinds[n](on=on), f"ev-{n}") for n, on in enumerate(flags) if on is not None))
        for flags in product([True, False, None], repeat=3)
    ]
    engines.Portfolio.of(three, found).check(engine)


@given(st.data(), pool.profiles())
def test_any_profile_and_dossier(data, profile) -> None:
    """Whatever its rules, and however its stages combine, exclude and count."""
    model = BarrierModel(profile, region.registry(*pool.BARRIERS))
    found = data.draw(st.lists(pool.dossiers(), min_size=1, max_size=12))
    engines.Portfolio.of(model, found).check(data.draw(st.sampled_from(["polars", "pyarrow"])))


@pytest.fixture(scope="module")
def near_the_limits(model: BarrierModel) -> st.SearchStrategy[list[Dossier]]:
    return st.lists(dossiers(model), min_size=10, max_size=20)


@costly
@given(st.data())
def test_dossiers_near_the_limits(model: BarrierModel, near_the_limits, data) -> None:
    engines.Portfolio.of(model, data.draw(near_the_limits)).check("polars_lazy")
