"""Tables as they really come: repeated labels, odd types, large numbers, names that results have too."""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import engines
import pytest

from barriermodel import BarrierModel, InputError, Level, Provider, TableWarning, euro
from barriermodel.plugin import Fact
from region import AS_OF, Answers, barrier, dossier, item, model

pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
duckdb = pytest.importorskip("duckdb")

LOCAL = [engine for engine in engines.QUICK if engine.values != ("pyspark",)]


def flagged(answers: Answers) -> Fact[bool]:
    return answers.flag


def many(answers: Answers) -> Fact[bool]:
    return answers.count * answers.count_b >= 0


def rich(answers: Answers) -> Fact[bool]:
    return answers.amount > euro(100)


def large(answers: Answers) -> Fact[bool]:
    return answers.share > 1


def late(answers: Answers) -> Fact[bool]:
    return answers.day >= date(2025, 6, 30)


def said(answers: Answers) -> Fact[bool]:
    return answers.words == "x"


@pytest.fixture(scope="module")
def odd() -> BarrierModel:
    made = barrier("x.odd")
    for rule in (flagged, many, rich, large, late, said):
        made.signal(level=Level.RED)(rule)
    return model(made, valid_from=date(2000, 1, 1))


def assess(odd: BarrierModel, frame: Any, **options: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TableWarning)
        return odd.assess_frame(frame, **({"as_of": AS_OF} | options))


INDEXES: list[Any] = [[0, 0], ["a", "a"], [None, None], pd.MultiIndex.from_tuples([(1, 1), (1, 1)])]


@pytest.mark.parametrize("index", INDEXES, ids=str)
def test_labels_that_are_repeated_keep_their_own_rows(odd: BarrierModel, index: Any) -> None:
    frame = pd.DataFrame({"kvk": ["A", "B"], "answers__flag": [True, False]}, index=index)
    frame.attrs["of"] = "Twente"
    found = assess(odd, frame)

    assert list(found["kvk"]) == ["A", "B"]
    assert list(found["rule__x_odd_flagged"]) == [True, False]
    assert found.index.equals(frame.index)
    assert found.attrs == frame.attrs


@pytest.mark.parametrize(
    "columns", [pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")]), ["answers__flag", "answers__flag"]]
)
def test_columns_of_two_levels_or_of_one_name_are_refused(odd: BarrierModel, columns: Any) -> None:
    with pytest.raises(InputError, match="names of one level, and no name twice"):
        assess(odd, pd.DataFrame([[True, False]], columns=columns))


@pytest.mark.parametrize(
    ("column", "array", "name"),
    [
        ("answers__day", pa.array([1], pa.date64()), "date64"),
        ("answers__amount", pa.array([Decimal("1.5")], pa.decimal256(60, 2)), "decimal256"),
    ],
)
def test_a_type_that_cannot_be_read_is_refused_and_not_taken_for_nothing(
    odd: BarrierModel, column: str, array: Any, name: str
) -> None:
    with pytest.raises(InputError, match=f"{column}: expected .*; found a column of {name}"):
        assess(odd, pa.table({column: array}))


def test_json_and_other_types_of_duckdb_are_refused(odd: BarrierModel) -> None:
    for sql, name in (("'\"x\"'::json AS answers__words", "JSON"), ("uuid() AS answers__words", "UUID")):
        with pytest.raises(InputError, match=f"found a column of {name}"):
            assess(odd, duckdb.sql(f"SELECT {sql}"))


def test_one_number_that_is_too_large_does_not_blank_a_column_of_pandas(odd: BarrierModel) -> None:
    with pytest.raises(InputError, match="answers__amount"):
        assess(odd, pd.DataFrame({"answers__amount": [Decimal("1e40"), Decimal(1)]}))


HUGE = [(2**32, 2**32), (-(2**40), 2**40), (3, 5), (999_999_999_999_999, 1), (31_622_777, 31_622_777)]


@pytest.mark.parametrize("engine", engines.QUICK)
def test_a_product_that_is_too_large_is_at_least_the_largest(odd: BarrierModel, engine: str) -> None:
    found = [dossier(item(Answers(count=a, count_b=b)), provider=Provider()) for a, b in HUGE]
    rows = engines.rows(assess(odd, engines.ENGINES[engine](engines.arrow(odd, found)), as_of=None))

    wanted = [odd.assess(one).rule("x.odd.many").status.key for one in found]
    assert wanted == ["hit", "clear", "hit", "hit", "hit"]
    assert [row["rule__x_odd_many"] for row in rows] == [{"hit": True, "clear": False}[status] for status in wanted]


@pytest.mark.parametrize("engine", engines.QUICK)
def test_amounts_and_numbers_of_any_size_stop_no_engine(odd: BarrierModel, engine: str) -> None:
    amounts = [float("inf"), float("nan"), 1e300, -1e18, 1e13, 9_999_999_999_999.99, 100.01, 0.1 + 0.2, None]
    table = pa.table({"k": range(len(amounts)), "answers__amount": pa.array(amounts, pa.float64())})
    rows = engines.rows(assess(odd, engines.ENGINES[engine](table)))

    assert [row["rule__x_odd_rich"] for row in rows] == [None, None, None, None, None, True, True, False, None]
    told = [row["advice__error"] is not None for row in rows]
    # pandas cannot tell NaN from nothing
    assert told == [False, False, True, True, True, False, False, False, False]


@pytest.mark.parametrize("engine", LOCAL)
def test_whole_numbers_of_any_size_stop_no_engine(odd: BarrierModel, engine: str) -> None:
    numbers = [2**60, -(2**60), 2**53 + 1, 150]
    columns = {name: pa.array(numbers, pa.int64()) for name in ("answers__amount", "answers__share", "answers__count")}
    table = pa.table({"k": range(4), **columns, "answers__count_b": [1] * 4})
    rows = engines.rows(assess(odd, engines.ENGINES[engine](table)))

    for rule in ("rich", "large", "many"):
        assert [row[f"rule__x_odd_{rule}"] for row in rows] == [None, None, None, True]
    assert [row["advice__error"] is None for row in rows] == [False, False, False, True]


def test_unsigned_numbers_are_numbers(odd: BarrierModel) -> None:
    numbers = pa.array([2**63, 3], pa.uint64())
    for frame in (pa.table({"answers__count": numbers, "answers__count_b": [1, 1]}), pl.DataFrame({"answers__count": pl.Series([2**63, 3], dtype=pl.UInt64), "answers__count_b": [1, 1]})):  # fmt: skip  # noqa: E501
        found = assess(odd, frame)["rule__x_odd_many"]
        assert (found.to_pylist() if isinstance(frame, pa.Table) else found.to_list()) == [None, True]


@pytest.mark.parametrize(
    "values",
    [
        pd.to_datetime(["2025-06-30 23:59"]), pd.to_datetime(["2025-06-30 12:00"]).tz_localize("UTC"),
        pd.Series([datetime(2025, 6, 30, 12, tzinfo=UTC).replace(tzinfo=None)], dtype=object),
        pd.Series([date(2025, 6, 30), datetime(2025, 6, 30, 12, tzinfo=UTC).replace(tzinfo=None)], dtype=object),
    ],
)  # fmt: skip
def test_a_time_of_day_is_no_date(odd: BarrierModel, values: Any) -> None:
    with pytest.raises(InputError, match="answers__day: expected a date without a time of day"):
        assess(odd, pd.DataFrame({"answers__day": values}))


def test_midnight_is_a_date(odd: BarrierModel) -> None:
    found = assess(odd, pd.DataFrame({"answers__day": pd.to_datetime(["2025-06-30", None])}))

    assert list(found["rule__x_odd_late"]) == [True, pd.NA]


def test_columns_that_no_rule_reads_may_hold_anything(odd: BarrierModel) -> None:
    frame = pd.DataFrame({"answers__flag": [True], "answers__size": [object()], "as_of": ["?"], "other": [1j]})

    assert list(assess(odd, frame)["rule__x_odd_flagged"]) == [True]


def test_infinity_in_whole_numbers_is_unknown(odd: BarrierModel) -> None:
    found = assess(odd, pd.DataFrame({"answers__count": [float("inf"), 2.0], "answers__count_b": [1, 1]}))

    assert list(found["rule__x_odd_many"]) == [pd.NA, True]


@pytest.mark.parametrize("values", [[2**63], [1j], ["\ud800"], [1, "x"]])
def test_values_that_no_column_can_hold_are_refused(odd: BarrierModel, values: list[Any]) -> None:
    with pytest.raises(InputError, match="answers__"):
        assess(odd, pd.DataFrame({"answers__count": values, "answers__words": values}, dtype=object))


@pytest.mark.parametrize("engine", LOCAL)
def test_a_column_with_the_name_of_a_result_is_refused(odd: BarrierModel, engine: str) -> None:
    table = pa.table({"k": [1], "answers__flag": [True], "Advice__error": ["mine"]})

    with pytest.raises(InputError, match="Advice__error: the assessment adds a column of this name"):
        assess(odd, engines.ENGINES[engine](table))


def test_a_table_is_not_assessed_twice_over(odd: BarrierModel) -> None:
    with pytest.raises(InputError, match="assess the table without what was added"):
        assess(odd, assess(odd, pl.DataFrame({"answers__flag": [True]})))


def test_names_that_are_patterns_elsewhere_pass_through(odd: BarrierModel) -> None:
    frame = pl.DataFrame({"answers__flag": [True], "^k$": [1], "*": [2], "a.b": [3], "`": [4]})

    assert assess(odd, frame).columns[:5] == frame.columns


def test_dask_refuses_a_column_before_anything_is_computed(odd: BarrierModel) -> None:
    dask = pytest.importorskip("dask.dataframe")
    frame = dask.from_pandas(pd.DataFrame({"answers__count": ["1", "x"]}), npartitions=1)

    with pytest.raises(InputError, match="answers__count: expected a whole number"):
        assess(odd, frame)


@pytest.mark.parametrize("day", ["2025-01-01", datetime(2025, 1, 1, tzinfo=UTC), 20250101])
def test_what_is_no_date_is_refused_as_one(odd: BarrierModel, day: Any) -> None:
    frame = pl.DataFrame({"answers__flag": [True]})

    with pytest.raises(InputError, match=r"as_of: expected a datetime\.date"):
        assess(odd, frame, as_of=day)
    with pytest.raises(InputError, match=r"as_of: expected a datetime\.date"):
        odd.explain_row({"answers__flag": True}, as_of=day)


def test_rows_as_engines_give_them_explain_themselves(odd: BarrierModel) -> None:
    frame = pd.DataFrame({"answers__flag": [True], 7: ["x"]})
    named = next(pd.DataFrame({"answers__flag": [True]}).itertuples())

    for row in (frame.iloc[0], named, {"answers__flag": True}):
        assert odd.explain_row(row, as_of=AS_OF).rule("x.odd.flagged").status.key == "hit"
    for nothing in (None, (True,), 3, "row"):
        with pytest.raises(InputError, match="expected the cells of a row"):
            odd.explain_row(nothing, as_of=AS_OF)


def test_hundreds_of_rules_stop_no_engine() -> None:
    made = barrier("x.many")
    for number in range(400):

        def rule(answers: Answers) -> Fact[bool]:
            return answers.flag

        rule.__name__ = f"rule_{number}"
        made.signal(level=Level.RED)(rule)
    found = assess(model(made), pa.table({"answers__flag": [True, None]}))

    assert found["advice__at_least"].to_pylist() == ["red", "green"]
