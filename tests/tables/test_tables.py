"""What goes into a table and what comes out: kinds of frames, columns, values that are none, dates."""

from __future__ import annotations

import math
import warnings
from datetime import date
from typing import Any

import pytest
import screening

import pool
import region
from barriermodel import BarrierModel, InputError, Level, TableWarning
from barriermodel.plugin import Fact
from barriermodel.profiles.profile import Dated

pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
duckdb = pytest.importorskip("duckdb")

AS_OF = screening.AS_OF


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


def assess(model: BarrierModel, frame: Any, **options: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TableWarning)
        return model.assess_frame(frame, **({"as_of": AS_OF} | options))


def one(model: BarrierModel, row: dict[str, Any], **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = assess(model, pl.DataFrame([row]), **options).to_dicts()[0]
    return found


# Frames -----------------------------------------------------------------------------------------------


def test_the_same_kind_of_frame_comes_back_and_lazy_stays_lazy(model: BarrierModel) -> None:
    table = pa.table({"k": [1], "sanctions__hit": [True]})
    relation = duckdb.connect().from_arrow(table)

    assert isinstance(assess(model, pl.from_arrow(table)), pl.DataFrame)
    assert isinstance(assess(model, pl.from_arrow(table).lazy()), pl.LazyFrame)
    assert isinstance(assess(model, table), pa.Table)
    assert isinstance(assess(model, table.to_pandas()), pd.DataFrame)
    assert isinstance(assess(model, relation), duckdb.DuckDBPyRelation)


def test_other_columns_pass_through_and_none_of_ours_stays_behind(model: BarrierModel) -> None:
    frame = pl.DataFrame({"name": ["x"], "sanctions__hit": [True], "region": ["y"]})
    found = assess(model, frame)

    assert found.columns[:3] == frame.columns
    assert found.select(frame.columns).equals(frame)
    assert not [name for name in found.columns if name.startswith("barriermodel__")]


def test_a_pandas_frame_keeps_its_index(model: BarrierModel) -> None:
    frame = pd.DataFrame({"sanctions__hit": [True, None]}, index=["b", "a"])
    found = assess(model, frame)

    assert list(found.index) == ["b", "a"]
    assert list(found["rule__b_sanctions_listed"]) == [True, pd.NA]


@pytest.mark.parametrize("rows", [0, 3])
def test_an_empty_table_and_columns_of_nothing_but_nulls(model: BarrierModel, rows: int) -> None:
    nulls = {
        "sanctions__hit": [None] * rows,
        "accounts__profit": [None] * rows,
        "register__registered_on": [None] * rows,
    }
    for frame in (pl.DataFrame(nulls), pa.table(nulls), pd.DataFrame(nulls)):
        found = assess(model, frame)
        assert len(found) == rows
        assert "advice__at_most" in (found.column_names if isinstance(found, pa.Table) else list(found.columns))
    assert assess(model, pl.DataFrame(nulls))["advice__decided"].to_list() == [False] * rows


@pytest.mark.parametrize("thing", [[{"a": 1}], {"a": [1]}, "table.parquet", None])
def test_what_is_no_table_is_refused(model: BarrierModel, thing: object) -> None:
    with pytest.raises(InputError, match="expected a table of Polars"):
        model.assess_frame(thing, as_of=AS_OF)


# Columns ----------------------------------------------------------------------------------------------


def test_columns_that_are_missing_are_told_once_and_unknown_in_every_row(model: BarrierModel) -> None:
    with pytest.warns(TableWarning, match="no such column: accounts__assets, .*register__registered_on") as told:
        found = model.assess_frame(pl.DataFrame({"sanctions__hit": [False, True]}), as_of=AS_OF)

    assert len(told) == 1
    assert found["rule__b_register_young"].to_list() == [None, None]
    assert found["advice__at_least"].to_list() == ["green", "exclude"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"sanctions__hits": [True]}, "sanctions__hits: no fact is called so; did you mean 'sanctions__hit'?"),
        ({"provider__form": ["bv"]}, "provider__form: no fact is called so"),
        ({"sanctions__hit": [1]}, "sanctions__hit: expected true or false; found a column of Int64"),
        ({"register__registered_on": ["2020-01-01"]}, "expected a date (YYYY-MM-DD); found a column of String"),
        ({"accounts__profit": ["1"]}, "expected an amount in euros with at most two decimals; found"),
        ({"people__staff": [1.0]}, "people__staff: expected a whole number; found a column of Float64"),
        ({"inspection__grade": [1]}, "expected one of good, sufficient, insufficient, critical; found"),
        ({"barriermodel__x": [1]}, "barriermodel__x: a column of this name is made"),
    ],
)  # fmt: skip
def test_a_column_that_does_not_fit_is_an_error(
    model: BarrierModel, columns: dict[str, list[Any]], message: str
) -> None:
    with pytest.raises(InputError) as error:
        model.assess_frame(pl.DataFrame(columns), as_of=AS_OF)

    assert message in str(error.value)


def test_all_that_does_not_fit_is_told_together(model: BarrierModel) -> None:
    with pytest.raises(InputError, match="3 errors"):
        model.assess_frame(
            pl.DataFrame({"sanctions__hit": [1], "people__staff": ["1"], "award__valeu": [1]}), as_of=AS_OF
        )


def test_ids_that_would_be_one_column_are_refused_when_the_profile_is_loaded() -> None:
    made = [region.barrier("a.b_c"), region.barrier("a_b.c")]
    for barrier in made:
        barrier.signal(level=Level.RED)(is_active)

    with pytest.raises(InputError, match=r"'a\.b_c' and 'a_b\.c' would be one column"):
        region.model(*made)


def is_active(extract: region.Extract) -> Fact[bool]:
    return extract.active


# Values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, None])
def test_what_is_no_finite_number_is_unknown(model: BarrierModel, value: float | None) -> None:
    row = one(
        model, {"accounts__subcontract_share": value, "accounts__related_share": 0.0, "provider__legal_form": "vof"}
    )

    assert row["rule__b_quality_subcontracts"] is None
    assert row["advice__error"] is None


@pytest.mark.parametrize("word", ["", " ", "\t\n", "\xa0", "\u2003\u2003", "\x1c"])
def test_blank_text_is_unknown(model: BarrierModel, word: str) -> None:
    row = one(model, {"register__sbi_code": word, "inspection__grade": word})

    assert (row["rule__b_sector_care_code"], row["rule__b_quality_bad_grade"]) == (None, None)
    assert row["advice__error"] is None


@pytest.mark.parametrize("word", [" 8610", "8610 ", "é", "\x7f", "'; --", "{x}", "🙂"])
def test_odd_text_is_text(model: BarrierModel, word: str) -> None:
    assert one(model, {"register__sbi_code": word})["rule__b_sector_care_code"] is True


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("inspection__grade", "gut"), ("provider__legal_form", "BV"), ("accounts__profit", 1.005),
        ("accounts__profit", 1e14), ("people__staff", 10**15), ("award__value", -1.0),
    ],
)  # fmt: skip
def test_a_value_that_is_none_of_its_fact_is_told_and_unknown(model: BarrierModel, column: str, value: Any) -> None:
    rest = {"accounts__turnover": 100.0, "accounts__equity": 1.0, "accounts__assets": 1.0}
    row = one(model, {**rest, column: value})

    assert row["advice__error"] == f"{column} holds no value of this fact: it is taken as unknown"
    assert row["advice__decided"] is False


@pytest.mark.parametrize("euros", [0.29, 1.1, 4.35, 1_000_000.07, 99_999_999.99])
def test_amounts_are_exact_to_the_cent(model: BarrierModel, euros: float) -> None:
    on = {"award__value": round(euros * 2, 2), "accounts__turnover": euros}
    over = {**on, "award__value": round(euros * 2 + 0.01, 2)}

    assert one(model, on)["rule__b_finance_large_award"] is False
    assert one(model, over)["rule__b_finance_large_award"] is True


@pytest.mark.parametrize("frame", [pl.DataFrame, pa.Table.from_pylist, pd.DataFrame])
@pytest.mark.parametrize(
    ("began", "starts", "young"),
    [
        (date(2024, 2, 29), date(2026, 2, 28), False), (date(2024, 2, 29), date(2026, 2, 27), True),
        (date(2023, 8, 31), date(2025, 8, 31), False), (date(2023, 8, 31), date(2025, 8, 30), True),
        (date(9999, 12, 31), date(2025, 1, 1), None), (date(1583, 1, 1), date(1585, 1, 1), False),
    ],
)  # fmt: skip
def test_months_end_as_the_calendar_does(
    model: BarrierModel, frame: Any, began: date, starts: date, young: Any
) -> None:
    row = {"register__registered_on": began, "award__starts_on": starts}
    found = assess(model, frame([row]))

    assert pl.DataFrame(found)["rule__b_register_young"].to_list() == [young]


def test_division_by_zero_is_unknown(model: BarrierModel) -> None:
    row = one(model, {"accounts__profit": 1.0, "accounts__turnover": 0.0, "provider__legal_form": "bv"})

    assert row["rule__b_finance_high_profit"] is None


# Dates ------------------------------------------------------------------------------------------------


def test_evidence_counts_on_its_dates_where_they_are_given(model: BarrierModel) -> None:
    days = [date(2025, 6, 1), date(2024, 12, 1), date(2024, 11, 30), date(2025, 6, 2), None]
    frame = pl.DataFrame({"register__bankrupt": [True] * 5, "register__issued_on": days})
    found = assess(model, frame)

    assert found["rule__b_register_bankrupt"].to_list() == [True, True, None, None, None]
    assert found["advice__freshness_not_checked"].to_list() == [None] * 5
    assert one(model, {"register__bankrupt": True})["advice__freshness_not_checked"] == "register"


def dated() -> BarrierModel:
    """A limit of 10% from 2020 on, and of 5% from 2022 on; another has had a value for longer."""
    first = Dated(value=0.1, from_=date(2020, 1, 1), assumption="a")
    second = Dated(value=0.05, from_=date(2022, 1, 1), assumption="b")
    longer = Dated(value=2, from_=date(2019, 1, 1), assumption="c")
    parameters = {"pool.money": {"most": (first, second)}, "pool.register": {"fewest": (longer,)}}
    profile = pool.profile(pool.stage("all", "pool.money", "pool.register"), parameters=parameters)
    return BarrierModel(profile, region.registry(*pool.BARRIERS))


def test_each_row_has_the_limit_of_its_own_date() -> None:
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2021, 12, 31), date(2022, 1, 1), None]
    frame = pl.DataFrame({"as_of": days, "accounts__profit": [7.0] * 5, "accounts__turnover": [100.0] * 5})
    found = assess(dated(), frame, as_of=None)

    assert found["rule__pool_money_high_profit"].to_list() == [None, False, False, True, None]
    assert found["advice__error"].to_list() == [
        "the profile has limits from 2020-01-01 on", None, None, None, "as_of is unknown",
    ]  # fmt: skip


def test_a_date_must_be_given_and_must_have_limits() -> None:
    frame = pl.DataFrame({"accounts__profit": [7.0]})

    with pytest.raises(InputError, match="give the argument as_of, or a column as_of"):
        dated().assess_frame(frame)
    with pytest.raises(InputError, match="no value on 2019-12-31"):
        dated().assess_frame(frame, as_of=date(2019, 12, 31))


@pytest.mark.parametrize("frame", [pl.DataFrame, pa.table, pd.DataFrame])
def test_a_profile_that_compares_applicants_leaves_an_open_house_open(frame: Any) -> None:
    made = region.barrier("kit.open_house")
    made.signal(level=Level.ORANGE)(is_active)
    counting = region.model(made, stages=[region.stage("s", made.id, by="count", orange=1, red=1)])
    for procedures, rule in ((["open_house", "open", None], [None, True, True]), ([None] * 3, [True] * 3)):
        rows = {"extract__active": [True] * 3, "award__procedure": procedures}
        found = pl.DataFrame(assess(counting, frame(rows)))

        assert found["rule__kit_open_house_is_active"].to_list() == rule
        assert [error is not None for error in found["advice__error"]] == [told is None for told in rule]


def test_a_table_without_any_fact_has_its_rows_all_the_same(model: BarrierModel) -> None:
    for frame in (pd.DataFrame({"name": ["x", 1]}), pl.DataFrame({"name": ["x", "y"]}), pa.table({"name": ["x", "y"]})):
        found = assess(model, frame)
        decided = found["advice__decided"]

        assert (decided.to_pylist() if isinstance(found, pa.Table) else list(decided)) == [False, False]
        assert "no facts" not in (found.column_names if isinstance(found, pa.Table) else list(found.columns))
