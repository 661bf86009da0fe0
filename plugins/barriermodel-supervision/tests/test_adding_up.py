"""Adding up hours: the same in whatever order, unknown where it matters, and never more than was declared."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel import UNKNOWN
from barriermodel_supervision import CareLine, DeclaredCare
from barriermodel_supervision.claims import (
    client_day_alone,
    client_day_declared,
    names_workers,
    worker_day_alone,
    worker_day_declared,
)

MONDAY = date(2025, 11, 3)
DERIVED = (client_day_declared, client_day_alone, names_workers, worker_day_declared, worker_day_alone)


def line(minutes=60, client="c1", day=MONDAY, individual=True, single_staffed=True, worker=None):
    return CareLine(
        client=client,
        day=day,
        minutes=minutes,
        individual=individual,
        single_staffed=single_staffed,
        names_worker=worker is not None,
        worker=worker or UNKNOWN,
    )


def alone(*lines):
    return client_day_alone(DeclaredCare(lines=lines))


NOT_SURE = st.sampled_from([True, False, UNKNOWN])
LINES = st.lists(
    st.builds(
        line,
        minutes=st.integers(-600, 1500),
        client=st.sampled_from("ab"),
        day=st.sampled_from([MONDAY, date(2025, 10, 26)]),
        individual=NOT_SURE,
        single_staffed=NOT_SURE,
        worker=st.sampled_from(["m", "n", None]),
    ),
    max_size=5,
)


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_makes_no_difference(lines, random):
    shuffled = random.sample(lines, len(lines))
    for derived in DERIVED:
        assert derived(DeclaredCare(lines=tuple(lines))) == derived(DeclaredCare(lines=tuple(shuffled)))


@given(LINES)
def test_no_kind_of_care_has_more_hours_than_were_declared(lines):
    care = DeclaredCare(lines=tuple(lines))
    for of_alone, of_all in ((client_day_alone(care), client_day_declared(care)),):
        assert of_alone is UNKNOWN or of_alone <= of_all
    if worker_day_alone(care) is not UNKNOWN:
        assert worker_day_alone(care) <= worker_day_declared(care)


@given(LINES)
def test_what_is_known_with_unknown_lines_stays_so_whatever_these_turn_out_to_be(lines):
    known = alone(*lines)
    for answer in (True, False):
        told = [
            line(x.minutes, x.client, x.day, *(answer if y is UNKNOWN else y for y in (x.individual, x.single_staffed)))
            for x in lines
        ]
        assert known is UNKNOWN or known == alone(*told)


@pytest.mark.parametrize(("minutes", "hours"), [(0, 0), (1, 1), (60, 1), (61, 2), (1440, 24), (1441, 25)])
def test_hours_are_rounded_up(minutes, hours):
    assert alone(line(minutes)) == hours


def test_lines_of_one_client_and_day_are_added_and_others_are_not():
    assert alone(line(60), line(60), line(60, client="c2"), line(60, day=date(2025, 11, 4))) == 2


def test_a_correction_is_taken_off_and_a_day_never_falls_below_zero():
    assert alone(line(600), line(-600), line(120)) == 2
    assert alone(line(-600)) == 0


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2025, 10, 26), 24),
        (date(2026, 10, 25), 24),
        (date(2021, 10, 31), 24),
        (date(2025, 10, 19), 25),
        (date(2025, 10, 27), 25),
        (date(2025, 11, 30), 25),
        (date(2025, 3, 30), 25),
    ],
)
def test_an_hour_of_the_day_on_which_the_clock_goes_back_is_taken_off(day, hours):
    assert alone(line(1500, day=day)) == hours
    assert client_day_declared(DeclaredCare(lines=(line(1500, day=day),))) == hours


@pytest.mark.parametrize("order", [*permutations([line(300), line(900), line(300, "c2", individual=UNKNOWN)])])
def test_an_unknown_line_on_a_day_that_cannot_be_the_highest_says_nothing(order):
    assert alone(*order) == 20


def test_an_unknown_line_on_a_day_that_could_be_the_highest_makes_it_unknown():
    assert alone(line(300), line(301, "c2", individual=UNKNOWN)) is UNKNOWN
    assert alone(line(300), line(301, "c2", single_staffed=UNKNOWN)) is UNKNOWN


def test_of_group_care_it_need_not_be_known_by_how_many_workers():
    assert alone(line(900, individual=False, single_staffed=UNKNOWN)) == 0


@pytest.mark.parametrize("fact", ["client", "day", "minutes"])
def test_a_line_that_cannot_be_placed_makes_it_unknown(fact):
    assert alone(line(60), line(**{fact: UNKNOWN})) is UNKNOWN


def test_only_lines_that_name_a_worker_count_for_workers():
    care = DeclaredCare(lines=(line(60, worker="m1"), line(600)))
    assert names_workers(care) is True
    assert worker_day_alone(care) == worker_day_declared(care) == 1


def test_where_no_line_names_a_worker_nothing_is_known_of_workers():
    care = DeclaredCare(lines=(line(60),))
    assert names_workers(care) is False
    assert worker_day_alone(care) is worker_day_declared(care) is UNKNOWN


def test_without_lines_nothing_is_known():
    assert {derived(DeclaredCare()) for derived in DERIVED} == {UNKNOWN}
