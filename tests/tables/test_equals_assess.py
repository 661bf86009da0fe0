"""Row by row a table says what ``assess`` says of the same facts, on every engine."""

from __future__ import annotations

import warnings

import engines
import pytest
import screening
from hypothesis import given, settings
from hypothesis import strategies as st

import pool
from barriermodel import BarrierModel
from barriermodel.testing import dossiers, make_cases
from barriermodel.testing.outcomes import as_columns
from region import registry

LOCAL = [name for name in engines.ENGINES if name != "pyspark"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


def check(model: BarrierModel, found: list, engine: str, **options) -> None:
    table = engines.ENGINES[engine](engines.arrow(model, found))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rows = engines.rows(model.assess_frame(table, details=True, **options))

    assert len(rows) == len(found)
    for dossier, row in zip(found, rows, strict=True):
        wanted = as_columns(model.assess(dossier))
        assert {name: row[name] for name in wanted} == wanted
        assert (row["advice__error"], row["advice__freshness_not_checked"]) == (None, None)
    assert set(rows[0]) >= {*wanted, "advice__error", "advice__freshness_not_checked"} if rows else True


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_a_portfolio_of_dossiers(model: BarrierModel, engine: str) -> None:
    check(model, screening.make_dossiers(300), engine, as_of=screening.AS_OF)


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_every_limit_of_every_rule(model: BarrierModel, engine: str) -> None:
    kinds = model.resolved.kinds.values()
    check(model, [case.draft.dossier(kinds) for case in make_cases(model).scenarios], engine)


@pytest.mark.parametrize("engine", LOCAL)
def test_the_profile_of_twente_with_its_derived_facts(engine: str) -> None:
    twente = BarrierModel.load("twente-2019")
    kinds = twente.resolved.kinds.values()
    check(twente, [case.draft.dossier(kinds) for case in make_cases(twente).scenarios], engine)


@settings(max_examples=25)
@given(st.data(), pool.profiles())
def test_any_profile_and_dossier(data, profile) -> None:
    """Whatever its rules, and however its stages combine, exclude and count."""
    model = BarrierModel(profile, registry(*pool.BARRIERS))
    found = data.draw(st.lists(pool.dossiers(), min_size=1, max_size=8))
    for engine in ("polars", "pyarrow"):
        check(model, found, engine)


@settings(max_examples=20)
@given(st.data())
def test_dossiers_near_the_limits(model: BarrierModel, data) -> None:
    found = data.draw(st.lists(dossiers(model), min_size=1, max_size=10))
    check(model, found, "polars_lazy")
