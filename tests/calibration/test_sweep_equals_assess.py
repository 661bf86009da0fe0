"""For every setting the counts are those of a model whose profile has that value."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import engines
import limits
import pytest
import screening
from hypothesis import given, settings
from hypothesis import strategies as st

import pool
from barriermodel import BarrierModel, Level
from barriermodel.calibration import sweep
from barriermodel.tables.assess import assess_table
from examples import ordinary

pytest.importorskip("polars")


@settings(max_examples=ordinary // 2)
@given(st.data(), limits.profiles())
def test_any_profile_dossiers_and_parameters(data, profile) -> None:
    """Stages that count and weigh, unknown facts, parameters that change with the date, several rules at once."""
    model = limits.model_of(profile)
    found = data.draw(st.lists(pool.dossiers(), max_size=12))
    chosen = data.draw(st.lists(st.sampled_from(list(limits.VALUES)), min_size=1, max_size=3, unique=True))
    wanted = {id: data.draw(st.lists(limits.VALUES[id], min_size=1, max_size=3)) for id in chosen}
    engine = data.draw(st.sampled_from(["polars", "polars_lazy", "pyarrow"]))

    swept = sweep(model, engines.ENGINES[engine](engines.arrow(model, found)), wanted)

    assert swept.total == len(found)
    assert len([setting for setting in swept.settings if setting.current]) == 1
    for setting in swept.settings:
        run = limits.with_values(model.resolved, setting.values).evaluate
        advices = [run(dossier).advice for dossier in found]
        assert limits.nonzero(setting.counts) == Counter((a.at_least, a.at_most) for a in advices)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


WANTED = {"b.finance.max_margin": [0.05, 0.15], "b.governance.max_companies": [4], "b.register.months": [12]}
WITH_OWN = ([0.05, 0.10, 0.15], [4, 5], [12, 24])


@pytest.fixture(scope="module")
def table(model: BarrierModel) -> Any:
    return engines.arrow(model, screening.make_dossiers(300))


@pytest.fixture(scope="module")
def told(model: BarrierModel, table: Any) -> list[Counter[Any]]:
    """What ``assess_frame`` says under each setting, in order."""
    return [of_frame(model, table, dict(zip(WANTED, values, strict=True))) for values in product(*WITH_OWN)]


@pytest.mark.parametrize("engine", engines.FEW)
def test_every_engine_counts_what_assess_frame_says(
    model: BarrierModel, table: Any, told: list[Counter[Any]], engine: str
) -> None:
    swept = sweep(model, engines.ENGINES[engine](table), WANTED, as_of=screening.AS_OF)

    assert [limits.nonzero(setting.counts) for setting in swept.settings] == told
    assert swept.current.values == dict(zip(WANTED, (0.10, 5, 24), strict=True))


def of_frame(model: BarrierModel, table: Any, values: Any) -> Counter[Any]:
    engine = limits.with_values(model.resolved, values)
    frame = assess_table(engine, engines.ENGINES["polars_lazy"](table), screening.AS_OF, details=False)
    ends = frame.select("advice__at_least", "advice__at_most").collect().rows()
    return Counter((Level[low.upper()], Level[high.upper()]) for low, high in ends)
