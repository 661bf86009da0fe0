"""Counting companies and changes: order, windows, the edition of the codes, and what is unknown."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.plugin import SOLE_TRADER_FORMS, UNKNOWN, Item, LegalForm, Provider, add_months
from barriermodel_signals import (
    BusinessInterests,
    Change,
    LinkedCompany,
    RegistrationChange,
    RegistrationHistory,
    network_signals,
)
from barriermodel_signals.changes import director_change_days, legal_form_changes, rapid_changes
from barriermodel_signals.interests import cash_heavy_companies, other_companies, real_estate

TODAY = date(2026, 11, 15)
CONSULTANCY = LinkedCompany(reference="01234567", sbi_codes=("70200",))
CAR_TRADE = LinkedCompany(reference="07654321", sbi_codes=("70200", "47811"))
UNSURE = LinkedCompany(reference="00001111")


def cash_heavy(*companies, on=TODAY, **parameters):
    facts = BusinessInterests(linked_companies=companies)
    return cash_heavy_companies([Item(facts=facts, ids=("i",), date=on)], **parameters)


def days(*changes, count=director_change_days, **parameters):
    history = RegistrationHistory(
        changes=tuple(RegistrationChange(change=change, changed_on=day) for change, day in changes)
    )
    return count(history, TODAY, **parameters)


def stated(**facts):
    return BusinessInterests(**facts)


def directors(*on):
    return [(Change.DIRECTOR, day) for day in on]


def test_each_company_in_a_cash_heavy_branch_is_counted_once_in_whatever_order():
    both = LinkedCompany(sbi_codes=("47811", "56101"))
    assert {cash_heavy(*order) for order in permutations([CONSULTANCY, CAR_TRADE, both])} == {2}


def test_no_companies_are_none_and_an_unknown_list_is_unknown():
    assert cash_heavy() == 0
    assert cash_heavy_companies([Item(facts=BusinessInterests(), ids=("i",), date=TODAY)]) is UNKNOWN


def test_unknown_codes_of_one_company_make_the_number_unknown_in_whatever_order():
    assert cash_heavy(CAR_TRADE, UNSURE) is UNKNOWN
    assert cash_heavy(UNSURE, CAR_TRADE) is UNKNOWN


def test_a_company_without_a_number_counts_by_its_codes():
    assert cash_heavy(LinkedCompany(sbi_codes=("56101",))) == 1


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("45112", True, False),  # cars: the old classification only
        ("4532", False, False),  # parts of cars
        ("45204", False, False),  # repair of cars
        ("47811", False, True),  # a market stall, and trade in cars
        ("46710", False, True),  # fuel, and wholesale of cars
        ("4932", True, False),  # taxi, and other transport of people
        ("49330", False, True),  # nothing, and transport with a driver
        ("5610", True, True),
        ("64210", False, False),
        ("88991", False, False),
    ],
)
def test_the_day_of_the_extract_says_which_classification_a_code_is_of(code, old, new):
    company = LinkedCompany(sbi_codes=(code,))
    assert cash_heavy(company, on=date(2025, 9, 6)) == old
    assert cash_heavy(company, on=date(2025, 9, 7)) == new


def test_a_code_is_read_with_the_points_of_cbs():
    assert cash_heavy(LinkedCompany(sbi_codes=("47.81.1",))) == 1


@pytest.mark.parametrize("code", ["", "taxi", "٤٧٨١"])
def test_what_is_no_code_is_not_taken_for_another_branch(code):
    assert cash_heavy(CONSULTANCY, LinkedCompany(sbi_codes=(code,))) is UNKNOWN


def test_a_region_names_its_own_branches():
    assert cash_heavy(CONSULTANCY, cash_heavy_sbi=("702",)) == 1
    assert cash_heavy(CAR_TRADE, cash_heavy_sbi=()) == 0


@given(st.lists(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=6), st.integers(1, 120))
def test_the_days_in_the_window_are_counted_each_once(found, months):
    expected = {day for day in found if day <= TODAY < add_months(day, months)}
    assert days(*directors(*found), window_months=months) == len(expected)
    assert days(*directors(*found), count=legal_form_changes, window_months=months) == 0


def test_a_longer_window_never_counts_less():
    on = [TODAY - timedelta(days=n) for n in (0, 100, 364, 365, 366, 900)]
    counts = [days(*directors(*on), window_months=months) for months in (1, 11, 12, 13, 36)]
    assert counts == sorted(counts) == [1, 2, 3, 5, 6]


def test_an_unknown_day_matters_only_for_what_changed():
    changes = [(Change.LEGAL_FORM, UNKNOWN), *directors(TODAY)]
    assert days(*changes) == 1
    assert days(*changes, count=legal_form_changes) is UNKNOWN
    assert days((UNKNOWN, TODAY)) is UNKNOWN
    assert director_change_days(RegistrationHistory(), TODAY) is UNKNOWN
    assert director_change_days(RegistrationHistory(changes=()), TODAY) == 0


@pytest.mark.parametrize("form", list(LegalForm))
def test_directors_count_only_in_forms_that_have_them(form):
    without = form in (*SOLE_TRADER_FORMS, LegalForm.CV)
    assert rapid_changes(Provider(legal_form=form), 3, 0) is not without
    assert rapid_changes(Provider(legal_form=form), 2, 0) is False
    assert rapid_changes(Provider(legal_form=form), 0, 1) is True


def test_a_change_of_form_is_enough_where_the_rest_is_not_known():
    assert rapid_changes(Provider(), UNKNOWN, 1) is True
    assert rapid_changes(Provider(), 3, 0) is UNKNOWN
    assert rapid_changes(Provider(), 2, 0) is False


@pytest.mark.parametrize(
    ("rule", "fact", "narrow"),
    [
        (real_estate, "owns_real_estate", "only_own_premises"),
        (other_companies, "has_other_companies", "only_own_holding"),
    ],
)
def test_the_ordinary_reason_is_stated_and_never_guessed(rule, fact, narrow):
    assert rule(stated(**{fact: False})) is False
    assert rule(stated(**{fact: True})) is UNKNOWN
    assert rule(stated(**{fact: True, narrow: True})) is False
    assert rule(stated(**{fact: True, narrow: False})) is True


def test_each_rule_is_one_indicator():
    assert sorted(network_signals.rules) == [
        "cash_heavy_branches",
        "earlier_bankruptcy",
        "other_companies",
        "rapid_changes",
        "real_estate",
    ]
