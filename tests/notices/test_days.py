"""The day of a moment: in Amsterdam, unless what is written stands for a whole day."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import UNKNOWN, DossierError, read_notice
from barriermodel.notices import values
from barriermodel.notices.values import day_of, sortable


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-12-31T23:00:00Z", date(2026, 1, 1)),  # midnight in winter
        ("2026-06-30T22:00:00Z", date(2026, 7, 1)),  # midnight in summer
        ("2026-06-30T21:59:59Z", date(2026, 6, 30)),
        ("2027-12-31T22:59:59Z", date(2027, 12, 31)),
        ("2025-12-31T23:00:00.000Z", date(2026, 1, 1)),
        ("2025-12-31T23:00:00.0000000Z", date(2026, 1, 1)),
        ("2025-12-31T23:30Z", date(2026, 1, 1)),
        ("2025-12-31 23:30:00+00:00", date(2026, 1, 1)),
        ("2025-12-31T18:30:00-05:00", date(2026, 1, 1)),
        ("2026-01-01T05:00:00+09:00", date(2025, 12, 31)),
        ("2026-01-01T00:00:00+01:00", date(2026, 1, 1)),
    ],
)
def test_a_moment_is_on_a_day_in_amsterdam(written, day):
    assert day_of(written) == (day, "")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-12-31T23:59:59Z", date(2025, 12, 31)),
        ("2025-12-31T23:59:00Z", date(2025, 12, 31)),
        ("2025-12-31T23:59:59-05:00", date(2025, 12, 31)),
        ("2025-12-31T00:00:00Z", date(2025, 12, 31)),
        ("2026-01-01T00:00:00+02:00", date(2026, 1, 1)),
    ],
)
def test_the_first_and_the_last_minute_of_a_day_stand_for_that_day(written, day):
    assert day_of(written) == (day, "")


@pytest.mark.parametrize("written", ["2025-12-31", "2025-12-31+01:00", "2025-12-31Z", "2025-12-31T23:30:00"])
def test_a_date_and_a_moment_without_a_zone_are_local(written):
    assert day_of(written) == (date(2025, 12, 31), "")


@pytest.mark.parametrize(
    "written",
    ["2025-12-31T", "2025-12-31Tx", "2025-12-31T25:00:00Z", "2025-02-30T12:00:00Z", "9999-12-31T23:30:00Z",
     "0001-01-01T00:30:00+05:00", "2026-W01-1", "20251231T120000Z", "31-12-2025"],
)  # fmt: skip
def test_what_is_no_moment_is_unreadable(written):
    assert day_of(written) == (UNKNOWN, "unreadable")


def test_a_moment_that_stands_for_no_date_is_a_placeholder():
    assert day_of("0001-01-01T00:00:00Z") == (UNKNOWN, "placeholder")
    assert day_of("1899-12-31T23:59:59Z") == (date(1899, 12, 31), "")
    assert day_of("1970-01-01T00:00:00Z") == (UNKNOWN, "withheld")


offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
days = st.dates(date(2001, 1, 1), date(2099, 12, 31))
times = st.times().map(lambda found: found.replace(microsecond=0, fold=0))
moments = st.builds(datetime.combine, days, times, offsets)


@given(moments)
def test_a_moment_is_never_more_than_a_day_from_what_is_written(moment):
    found, _ = day_of(moment.isoformat())

    assert found is UNKNOWN or abs(found - moment.date()) <= timedelta(days=1)


@given(days, times)
def test_a_moment_written_in_dutch_time_is_on_the_day_that_is_written(day, time):
    moment = datetime.combine(day, time, ZoneInfo("Europe/Amsterdam"))

    assert day_of(moment.isoformat()) == (day, "")


@given(st.lists(moments, max_size=5))
def test_moments_sort_by_time_whatever_their_zones(found):
    assert sorted(found) == sorted(found, key=lambda moment: sortable(moment.isoformat()))


def test_on_a_machine_without_time_zones_a_moment_is_refused_in_one_sentence(monkeypatch):
    def missing(name):
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(values, "ZoneInfo", missing)
    award = {"id": "1", "status": "active", "date": "2025-12-31T23:00:00Z", "suppliers": [{"name": "Stichting X"}]}

    with pytest.raises(DossierError, match="does not know the time zone; install it with: pip install"):
        read_notice(json.dumps({"ocid": "ocds-x-1", "awards": [award]}).encode())
