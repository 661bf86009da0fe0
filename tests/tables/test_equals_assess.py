"""Row by row a table says what ``assess`` says of the same facts, on every engine."""

from __future__ import annotations

import warnings
from typing import Any

import attrs
import engines
import pytest
import screening
from hypothesis import given
from hypothesis import strategies as st

import pool
from barriermodel import BarrierModel, Dossier
from barriermodel.testing import dossiers, make_cases
from barriermodel.testing.outcomes import as_columns
from region import registry

LOCAL = [engine for engine in engines.QUICK if engine.values != ("pyspark",)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


@attrs.frozen
class Portfolio:
    """Dossiers as a table, and the columns in which `assess` says what it finds in each."""

    model: BarrierModel
    table: Any
    wanted: list[dict[str, Any]]

    @classmethod
    def of(cls, model: BarrierModel, found: list[Dossier]) -> Portfolio:
        """The dossiers, each assessed by itself."""
        return cls(model, engines.arrow(model, found), [as_columns(model.assess(dossier)) for dossier in found])

    def check(self, engine: str, **options: Any) -> None:
        """A table of this engine gives the same, and neither errors nor warnings."""
        table = engines.ENGINES[engine](self.table)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            rows = engines.rows(self.model.assess_frame(table, details=True, **options))

        assert len(rows) == len(self.wanted)
        for wanted, row in zip(self.wanted, rows, strict=True):
            assert {name: row[name] for name in wanted} == wanted
            assert (row["advice__error"], row["advice__freshness_not_checked"]) == (None, None)


def written_cases(model: BarrierModel) -> list[Dossier]:
    return list(make_cases(model).dossiers)


@pytest.fixture(scope="module")
def portfolio(model: BarrierModel) -> Portfolio:
    return Portfolio.of(model, screening.make_dossiers(300))


@pytest.fixture(scope="module")
def limits(model: BarrierModel) -> Portfolio:
    """A dossier on each limit of each rule, and beside it."""
    return Portfolio.of(model, written_cases(model))


@pytest.fixture(scope="module")
def twente() -> Portfolio:
    """The same of the profile of Twente, which has derived facts."""
    model = BarrierModel.load("twente-2019")
    return Portfolio.of(model, written_cases(model))


@pytest.mark.parametrize("engine", engines.ALL_BUT_SPARK)
def test_a_portfolio_of_dossiers(portfolio: Portfolio, engine: str) -> None:
    portfolio.check(engine, as_of=screening.AS_OF)


@pytest.mark.parametrize("engine", engines.QUICK)
def test_every_limit_of_every_rule(limits: Portfolio, engine: str) -> None:
    limits.check(engine)


@pytest.mark.parametrize("engine", LOCAL)
def test_the_profile_of_twente_with_its_derived_facts(twente: Portfolio, engine: str) -> None:
    twente.check(engine)


@given(st.data(), pool.profiles())
def test_any_profile_and_dossier(data, profile) -> None:
    """Whatever its rules, and however its stages combine, exclude and count."""
    model = BarrierModel(profile, registry(*pool.BARRIERS))
    found = data.draw(st.lists(pool.dossiers(), min_size=1, max_size=8))
    portfolio = Portfolio.of(model, found)
    for engine in ("polars", "pyarrow"):
        portfolio.check(engine)


@pytest.fixture(scope="module")
def near_the_limits(model: BarrierModel) -> st.SearchStrategy[list[Dossier]]:
    return st.lists(dossiers(model), min_size=1, max_size=6)


@given(st.data())
def test_dossiers_near_the_limits(model: BarrierModel, near_the_limits, data) -> None:
    found = data.draw(near_the_limits)
    Portfolio.of(model, found).check("polars_lazy")
