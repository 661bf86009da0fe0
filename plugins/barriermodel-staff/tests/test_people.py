"""Counting people: unknown facts, order, and what is not looked at."""

from datetime import date
from itertools import permutations

import attrs
import pytest

from barriermodel import UNKNOWN, euro
from barriermodel_staff import Director, DirectorsStatement, StaffList, WntStatement, Worker
from barriermodel_staff.conduct import staff_without_vog
from barriermodel_staff.conduct_wmo import wmo_staff_without_vog
from barriermodel_staff.directors import directors_needed, directors_with_background
from barriermodel_staff.registration import unregistered_professionals
from barriermodel_staff.wnt import pay_ceiling

TODAY = date(2026, 1, 15)
CARER = Worker(
    reference="p1",
    works_with_youth=True,
    works_with_wmo_clients=False,
    solo_worker=False,
    started_on=date(2025, 11, 1),
    has_vog=True,
    vog_issued_on=date(2025, 10, 1),
    needs_registration=True,
    registered=True,
)
LACKING = attrs.evolve(CARER, reference="p2", has_vog=False, registered=False)


def lacking(*workers, as_of=TODAY, **parameters):
    return staff_without_vog(StaffList(workers=workers), as_of, **parameters)


def test_each_person_without_a_valid_vog_is_counted_in_whatever_order():
    assert {lacking(*order) for order in permutations([CARER, LACKING, LACKING])} == {2}


def test_an_empty_list_says_as_little_as_an_unknown_one():
    for nobody in (StaffList(workers=()), StaffList()):
        assert staff_without_vog(nobody, TODAY) is UNKNOWN
        assert wmo_staff_without_vog(nobody, TODAY) is UNKNOWN
        assert unregistered_professionals(nobody, TODAY) is UNKNOWN


@pytest.mark.parametrize("fact", ["works_with_youth", "started_on", "has_vog", "vog_issued_on", "solo_worker"])
def test_an_unknown_fact_that_matters_makes_the_number_unknown(fact):
    unsure = attrs.evolve(CARER, **{fact: UNKNOWN})
    assert lacking(unsure) is UNKNOWN
    assert lacking(LACKING, unsure) is UNKNOWN


@pytest.mark.parametrize("fact", ["reference", "works_with_wmo_clients", "needs_registration", "registered"])
def test_what_does_not_matter_may_be_unknown(fact):
    assert lacking(attrs.evolve(CARER, **{fact: UNKNOWN})) == 0


def test_of_somebody_without_a_vog_its_date_is_not_needed():
    assert lacking(attrs.evolve(LACKING, vog_issued_on=UNKNOWN, solo_worker=UNKNOWN)) == 1


def test_three_months_before_the_end_of_may_is_the_end_of_february():
    started = attrs.evolve(CARER, started_on=date(2025, 5, 31))
    assert lacking(attrs.evolve(started, vog_issued_on=date(2025, 2, 28))) == 0
    assert lacking(attrs.evolve(started, vog_issued_on=date(2025, 2, 27))) == 1


def test_a_region_may_set_another_term():
    early = attrs.evolve(CARER, vog_issued_on=date(2025, 5, 1))
    assert lacking(early) == 1
    assert lacking(early, vog_months=6) == 0


def test_registration_counts_only_who_needs_it_and_is_at_work():
    workers = (
        LACKING,
        attrs.evolve(LACKING, needs_registration=False, registered=UNKNOWN),
        attrs.evolve(LACKING, started_on=date(2026, 1, 16)),
        attrs.evolve(CARER, started_on=UNKNOWN),
    )
    assert unregistered_professionals(StaffList(workers=workers), TODAY) == 1
    assert unregistered_professionals(StaffList(workers=(attrs.evolve(CARER, registered=UNKNOWN),)), TODAY) is UNKNOWN
    assert unregistered_professionals(StaffList(), TODAY) is UNKNOWN


@pytest.mark.parametrize(
    ("year", "ceiling"),
    [
        (2019, UNKNOWN),
        (2020, euro(201_000)),
        (2021, euro(209_000)),
        (2022, euro(216_000)),
        (2023, euro(223_000)),
        (2024, euro(233_000)),
        (2025, euro(246_000)),
        (2026, euro(262_000)),
        (2027, UNKNOWN),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_the_ceiling_is_that_of_the_year_of_the_pay(year, ceiling):
    assert pay_ceiling(WntStatement(financial_year=year)) == ceiling


FROM_CARE, FROM_ELSEWHERE = Director(care_background=True), Director(care_background=False)


@pytest.mark.parametrize("order", [*permutations([FROM_CARE, FROM_ELSEWHERE, Director()])])
def test_an_unknown_background_makes_the_number_unknown_wherever_it_stands(order):
    assert directors_with_background(DirectorsStatement(directors=order)) is UNKNOWN


@pytest.mark.parametrize("directors", [UNKNOWN, ()])
def test_no_list_and_an_empty_list_say_nothing_about_directors(directors):
    statement = DirectorsStatement(directors=directors)
    assert directors_with_background(statement) is UNKNOWN
    assert directors_needed(statement) is UNKNOWN


def test_a_higher_limit_asks_no_more_than_there_are_directors():
    assert directors_needed(DirectorsStatement(directors=(FROM_CARE,)), min_directors_with_background=2) == 1
    three = DirectorsStatement(directors=(FROM_CARE, FROM_CARE, FROM_ELSEWHERE))
    assert directors_needed(three, min_directors_with_background=2) == 2
    assert directors_with_background(three) == 2
