"""Amounts are exact, months end where the calendar says, and values keep their type."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.domain.values import MAX_SAFE_INTEGER, add_months_to, to_json, validate
from barriermodel.plugin import UNKNOWN, Between, Fact, LegalForm, Money, add_months, euro, ratio, record

MOST = Decimal(MAX_SAFE_INTEGER).scaleb(-2)


@pytest.mark.parametrize(
    ("given", "cents"),
    [
        (0, 0), (12, 1200), (-3, -300), ("12.5", 1250), ("12.50", 1250), ("-0.01", -1), ("0.30", 30),
        (Decimal("1E+2"), 10000), (Decimal("12.500"), 1250), (Decimal("1250000.00"), 125000000),
        (MOST, MAX_SAFE_INTEGER),
        (-MOST, -MAX_SAFE_INTEGER),
    ],
)  # fmt: skip
def test_an_amount_is_counted_in_whole_cents(given: Any, cents: int) -> None:
    assert euro(given) == Money(cents=cents)


@pytest.mark.parametrize(
    "given",
    ["0.001", "12.505", "x", "1e2", "١٢", "1_000", " 12 ", "12\n", "",
     "NaN", "Infinity", "-inf", "1e400", "1e-400", "1e16", MOST + Decimal("0.01"),
     10**400, -(10**14), Decimal("0.0000000000000000000000000000000000001")],
)  # fmt: skip
def test_what_is_no_amount_is_refused(given: Any) -> None:
    with pytest.raises(ValueError, match="amount") as caught:
        euro(given)
    assert len(str(caught.value)) < 120


@pytest.mark.parametrize("given", [0.1, 12.0, True, None, b"1", Money(cents=1)])
def test_a_float_is_no_amount(given: Any) -> None:
    with pytest.raises(TypeError):
        euro(given)


@pytest.mark.parametrize("cents", [1.0, True, "1", None, MAX_SAFE_INTEGER + 1, -MAX_SAFE_INTEGER - 1])
def test_cents_are_a_bounded_whole_number(cents: Any) -> None:
    with pytest.raises(ValueError, match="cents"):
        Money(cents=cents)


def test_amounts_are_added_compared_and_multiplied_by_whole_numbers() -> None:
    assert euro("0.10") + euro("0.20") == euro("0.30")
    assert euro(3) - euro(5) == euro(-2)
    assert euro("0.10") * 3 == 3 * euro("0.10") == euro("0.30")
    assert euro(1) < euro("1.01") <= euro("1.01")
    assert repr(euro("12.50")) == "euro('12.50')"
    assert eval(repr(euro("-0.05"))) == euro("-0.05")


@pytest.mark.parametrize(
    "use",
    [
        lambda m: m * 0.5,
        lambda m: m * True,
        lambda m: m * m,
        lambda m: m + 1,
        lambda m: 1 - m,
        lambda m: m / 2,
        lambda m: m < 1,
    ],
)
def test_an_amount_times_a_ratio_is_refused(use: Any) -> None:
    with pytest.raises(TypeError):
        use(euro(1))


@given(st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER), st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER))
def test_a_ratio_of_amounts_is_the_division_of_their_cents(a: int, b: int) -> None:
    found: Any = ratio(Money(cents=a), Money(cents=b))

    assert found is UNKNOWN if b == 0 else found == a / b


@given(st.integers(-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER))
def test_an_amount_in_json_keeps_its_cents(cents: int) -> None:
    assert euro(repr(to_json(Money(cents=cents)))) == Money(cents=cents)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)), (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2100, 1, 31), 1, date(2100, 2, 28)), (date(2000, 1, 31), 1, date(2000, 2, 29)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)), (date(2024, 3, 30), -1, date(2024, 2, 29)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)), (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2024, 8, 31), 1, date(2024, 9, 30)), (date(2024, 5, 28), 0, date(2024, 5, 28)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)), (date(9999, 12, 1), 1, UNKNOWN),
        (date(1, 1, 31), -1, UNKNOWN), (date(2024, 1, 1), MAX_SAFE_INTEGER, UNKNOWN),
        (date(2024, 1, 1), -MAX_SAFE_INTEGER, UNKNOWN),
        (UNKNOWN, 3, UNKNOWN), (date(2024, 1, 1), UNKNOWN, UNKNOWN),
    ],
)  # fmt: skip
def test_a_day_some_months_on_is_clamped_to_the_months_end(day: Any, count: Any, expected: Any) -> None:
    assert add_months(day, count) == expected
    assert add_months_to(day, count) == expected


@given(st.dates(), st.integers(-500, 500))
def test_months_add_up_in_the_month_count(day: date, count: int) -> None:
    found = add_months_to(day, count)
    months = day.year * 12 + day.month - 1 + count

    if found is UNKNOWN:
        assert not 12 <= months < 120_000
    else:
        assert found.year * 12 + found.month - 1 == months
        assert found.day == day.day or (found.day < day.day and (found.replace(day=28)).month == found.month)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (bool, 1), (bool, "true"), (int, True), (int, 1.0), (int, "1"), (int, MAX_SAFE_INTEGER + 1), (float, True),
        (float, "1"), (float, 10**400), (Money, 1), (date, datetime(2024, 1, 1, tzinfo=UTC)), (date, "2024-01-01"),
        (str, b"a"),
        (str, 1), (str, "\udc00"), (LegalForm, "bv"), (LegalForm, None),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused(kind: type, value: Any) -> None:
    with pytest.raises(ValueError, match=r"expected|too large|surrogate"):
        validate(kind, value)


def test_bounds_refuse_what_cannot_be() -> None:
    @record
    class Shift:
        hours: Annotated[Fact[int], Between(0, 24)] = UNKNOWN
        pay: Annotated[Fact[Money], Between(0)] = UNKNOWN
        words: Fact[str] = UNKNOWN

    assert (Shift(hours=0).hours, Shift(hours=24).hours, Shift().hours) == (0, 24, UNKNOWN)
    assert Shift(words="  ").words is UNKNOWN
    for wrong, words in (
        ({"hours": 25}, "at most 24"),
        ({"hours": -1}, "at least 0"),
        ({"pay": euro(-1)}, "at least 0"),
    ):
        with pytest.raises(ValueError, match=words):
            Shift(**wrong)
