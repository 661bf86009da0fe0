"""Terms in working days, by the holidays of article 3 of the Algemene termijnenwet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.letters.terms import add_working_days, holiday_name, holidays_between, is_working_day
from examples import costly

EASTER = {
    2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1), 2030: (4, 21), 2031: (4, 13), 2032: (3, 28),
    2033: (4, 17), 2034: (4, 9), 2035: (3, 25),
}  # fmt: skip
"""Easter Sunday, from an almanac."""
KINGS_DAY = dict.fromkeys(EASTER, 27) | {2031: 26}
"""In April; in 2031 the 27th is a Sunday."""
AFTER_EASTER = {"Good Friday": -2, "Easter Monday": 1, "Ascension Day": 39, "Whit Monday": 50}


def of_the_law(year: int) -> set[date]:
    """The holidays of a year that can be on a working day."""
    easter = date(year, *EASTER[year])
    fixed = {date(year, 1, 1), date(year, 4, KINGS_DAY[year]), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return fixed | {easter + timedelta(days=days) for days in AFTER_EASTER.values()}


@pytest.mark.parametrize("year", EASTER)
def test_a_day_from_monday_to_friday_counts_unless_it_is_in_the_law(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]

    free = {day for day in days if day.weekday() < 5 and not is_working_day(day)}

    assert free == {day for day in of_the_law(year) if day.weekday() < 5}


def test_no_weekend_counts() -> None:
    assert not is_working_day(date(2026, 1, 17))
    assert not is_working_day(date(2026, 1, 18))


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 1, 15), 10, date(2026, 1, 29)), (date(2026, 1, 16), 1, date(2026, 1, 19)),
        (date(2026, 1, 17), 1, date(2026, 1, 19)),  # a Saturday
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday and Easter Monday
        (date(2026, 5, 4), 1, date(2026, 5, 6)),  # 5 May, not only once in five years
        (date(2026, 5, 13), 2, date(2026, 5, 18)),  # the Friday after Ascension Day is a working day
        (date(2026, 12, 24), 5, date(2027, 1, 4)),
    ],
)  # fmt: skip
def test_the_day_of_the_letter_and_holidays_do_not_count(start: date, days: int, last: date) -> None:
    assert add_working_days(start, days) == last


@costly
@given(st.dates(date(2026, 1, 1), date(2034, 12, 31)), st.integers(1, 250))
def test_a_term_has_as_many_working_days_as_it_says_and_ends_on_one(start: date, days: int) -> None:
    last = add_working_days(start, days)

    inside = [start + timedelta(days=number + 1) for number in range((last - start).days)]
    counted = [day for day in inside if day.weekday() < 5 and day not in of_the_law(day.year)]
    assert len(counted) == days
    assert counted[-1] == last
    assert [*holidays_between(start, last)] == [d for d in inside if d.weekday() < 5 and d in of_the_law(d.year)]


def test_a_term_has_days_and_is_of_years_that_are_counted() -> None:
    with pytest.raises(ValueError, match="at least 1 working day; got 0"):
        add_working_days(date(2026, 1, 15), 0)
    with pytest.raises(ValueError, match="from 1982 to 2099"):
        add_working_days(date(2099, 12, 30), 10)
    with pytest.raises(ValueError, match="from 1982 to 2099; got 9999-12-31"):
        add_working_days(date.max, 1)


def test_a_holiday_has_a_name_in_both_languages() -> None:
    assert holiday_name(date(2026, 5, 5)) == "Bevrijdingsdag"
    assert holiday_name(date(2026, 5, 5), "en") == "Liberation Day"
