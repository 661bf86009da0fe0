"""On Polars, what is added to a table is worked out once for its columns, the date and the details."""

from __future__ import annotations

import gc
import pickle
import weakref
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

import region
from barriermodel import BarrierModel, InputError, Level
from barriermodel.plugin import Fact
from barriermodel.tables import assess
from barriermodel.tables.assess import polars_plans

pl = pytest.importorskip("polars")
AS_OF = region.AS_OF


made = region.barrier("table.plans")


@made.signal(level=Level.ORANGE)
def many(answers: region.Answers) -> Fact[bool]:
    return answers.count > 3  # type: ignore[operator,return-value]


@made.derived
def twice(answers: region.Answers) -> int:
    return answers.count * 2  # type: ignore[operator,return-value]


@made.signal(level=Level.RED)
def very_many(twice: Fact[int]) -> Fact[bool]:
    return twice > 8  # type: ignore[operator,return-value]


def model() -> BarrierModel:
    """A model that has assessed nothing."""
    return region.model(made)


def table(**columns: Any) -> Any:
    return pl.DataFrame({"answers__count": [1, 4, 5, None], **columns})


def plans(of: BarrierModel) -> Any:
    return polars_plans(of.engine).cache_info()


pytestmark = pytest.mark.filterwarnings("ignore::barriermodel.TableWarning")


def test_a_second_table_with_the_same_columns_is_assessed_by_the_plan_of_the_first() -> None:
    one = model()
    first, second = (one.assess_frame(table(), as_of=AS_OF) for _ in range(2))
    lazy = one.assess_frame(table().lazy(), as_of=AS_OF).collect()

    assert (plans(one).misses, plans(one).hits) == (1, 2)
    assert first.equals(second)
    assert first.equals(lazy)
    assert first["rule__table_plans_very_many"].to_list() == [False, False, True, None]


@pytest.mark.parametrize("change", ["column", "type", "order", "date", "details"])
def test_another_table_date_or_details_has_a_plan_of_its_own(change: str) -> None:
    one, plain = model(), table(award__value=[1.0, 2.0, 3.0, 4.0])
    frames = {
        "column": plain.with_columns(other=1),
        "type": plain.cast({"award__value": pl.Int64}),
        "order": plain.select(reversed(plain.columns)),
    }
    frame = frames.get(change, plain)
    options = {"as_of": date(2025, 12, 31) if change == "date" else AS_OF, "details": change == "details"}
    one.assess_frame(plain, as_of=AS_OF)
    found = one.assess_frame(frame, **options)

    assert plans(one).misses == 2
    assert found.equals(model().assess_frame(frame, **options))
    assert found.columns[: frame.width] == frame.columns


def test_a_table_that_is_refused_is_refused_again() -> None:
    one = model()
    for _ in range(2):
        with pytest.raises(InputError, match="answers__count: expected a whole number"):
            one.assess_frame(pl.DataFrame({"answers__count": ["x"]}), as_of=AS_OF)


def test_plans_are_not_pickled_with_a_model_and_hold_no_rows() -> None:
    one, before = model(), table()
    pickled = pickle.dumps(one.engine)
    one.assess_frame(before, as_of=AS_OF)
    gone = weakref.ref(before)
    del before
    gc.collect()

    assert gone() is None
    assert pickle.dumps(one.engine) == pickled


def test_the_number_of_plans_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert assess.MAX_PLANS < 40
    monkeypatch.setattr(assess, "MAX_PLANS", 3)
    one = model()
    for day in range(1, 6):
        one.assess_frame(table(), as_of=date(2025, 1, day))

    assert plans(one).currsize == plans(one).maxsize == 3


def test_threads_share_plans() -> None:
    one = model()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: one.assess_frame(table(), as_of=AS_OF), range(8)))

    assert all(frame.equals(found[0]) for frame in found)
