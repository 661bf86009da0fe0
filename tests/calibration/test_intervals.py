"""Shares and lifts with their intervals, and none where there is none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("scipy")

from barriermodel.calibration.backtests.intervals import ContingencyTable, disjoint, performance_of, proportion

COUNTS = st.integers(0, 60)


def test_a_share_has_wilsons_interval() -> None:
    """The example of Wilson's interval in Newcombe (1998): 81 of 263 is 30.8%, from 25.5% to 36.6%."""
    found = proportion(81, 263)

    assert found.value == pytest.approx(0.3080, abs=5e-5)
    assert (found.low, found.high) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


def test_a_share_of_nothing_has_no_value() -> None:
    found = proportion(0, 0)

    assert (found.value, found.low, found.high) == (None, None, None)
    assert not disjoint(found, proportion(5, 5))


def test_lift_by_hand() -> None:
    """10 of 40 flagged and 5 of 60 others: the relative risk is 3, and the lift 0.25 / 0.15."""
    found = performance_of(ContingencyTable(10, 30, 5, 55)).lift
    spread = 1.959964 * math.sqrt(1 / 10 - 1 / 40 + 1 / 5 - 1 / 60)
    ends = [3 * math.exp(sign * spread) for sign in (-1, 1)]

    assert found.value == pytest.approx(0.25 / 0.15)
    assert [found.low, found.high] == pytest.approx([end / (0.4 * end + 0.6) for end in ends], rel=1e-6)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_every_table_gives_an_interval_around_the_value_or_none(a: int, b: int, c: int, d: int) -> None:
    found = performance_of(ContingencyTable(a, b, c, d))

    for one in (found.precision, found.recall, found.lift):
        if one.low is None or one.high is None:
            assert one.low is one.high is None
        else:
            assert one.value is not None
            assert math.isfinite(one.high)
            assert one.low <= one.value + 1e-12
            assert one.value <= one.high + 1e-12
    assert (found.lift.low is None) == (0 in (a, b, c, d))
    assert (found.lift.value is None) == (a + b == 0 or a + c == 0)


@given(COUNTS, COUNTS)
def test_intervals_that_touch_are_not_apart(count: int, more: int) -> None:
    one = proportion(count, count + more)

    assert not disjoint(one, one)
