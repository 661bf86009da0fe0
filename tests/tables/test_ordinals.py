"""Months added to dates: what moves the limit instead of the dates says the same."""

from __future__ import annotations

import operator
from datetime import date, timedelta

import narwhals.stable.v2 as nw
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from barriermodel import UNKNOWN
from barriermodel.rules.interpreter import OPERATIONS
from barriermodel.tables.dates import (
    add_months,
    compare_with_constant,
    date_ordinal,
    first_reaching,
    year_month_day,
)

pl = pytest.importorskip("polars")

DATES = st.dates(date(1, 1, 1)) | st.dates(date(2023, 12, 25), date(2024, 3, 5))
add_months_to = OPERATIONS["add_months"]  # tables compute with another one
COUNTS = st.integers(-30, 30) | st.integers(-130_000, 130_000)


@given(DATES, DATES, COUNTS)
@example(date(2025, 2, 28), date(2025, 3, 31), 1)
@example(date(2025, 3, 1), date(2025, 3, 31), 1)
@example(date(2024, 2, 29), date(2025, 2, 28), 12)
def test_a_limit_that_moves_parts_the_same_dates(day: date, limit: date, count: int) -> None:
    first, later = first_reaching(limit, count), add_months_to(day, count)
    assume(first is not None and later is not UNKNOWN)

    assert (day >= first) == (later >= limit)


@given(st.lists(DATES, min_size=1, max_size=5), DATES, COUNTS, st.sampled_from(["lt", "le", "gt", "ge"]))
@example([date.max], date.max, 0, "gt")
def test_a_comparison_without_arithmetic_says_what_arithmetic_says(
    days: list[date], limit: date, count: int, op: str
) -> None:
    days += [min(max(limit.toordinal() - 30 * count + n, 1), date.max.toordinal()) for n in (-1, 0, 1)]
    days = [day if isinstance(day, date) else date.fromordinal(day) for day in days]
    found = compare_with_constant(nw.col("day"), count, op, limit)
    assume(found is not None)
    rows = nw.from_native(pl.DataFrame({"day": days})).select(found=found).to_native()["found"].to_list()
    later = [add_months_to(day, count) for day in days]

    assert rows == [None if day is UNKNOWN else getattr(operator, op)(day, limit) for day in later]


def test_the_last_day_of_all_has_no_day_after_it() -> None:
    assert compare_with_constant(nw.col("day"), 1, "gt", date.max) is None
    assert first_reaching(date.min + timedelta(days=5), 12) is None


@given(st.lists(DATES, min_size=1, max_size=5), COUNTS)
@example([date(2024, 1, 31), date(2023, 1, 31), date(2024, 2, 29), date.max, date.min], 1)
@example([date(2024, 3, 31), date.min], -1)
def test_months_added_to_whole_numbers_are_those_that_rules_add(days: list[date], count: int) -> None:
    table = pl.DataFrame({"day": days})
    later = [None if (day := add_months_to(d, count)) is UNKNOWN else day for d in days]
    numbers = {"found": add_months(year_month_day(nw.col("day")), count).ordinal}

    assert nw.from_native(table).select(**numbers)["found"].to_list() == [d and date_ordinal(d) for d in later]
