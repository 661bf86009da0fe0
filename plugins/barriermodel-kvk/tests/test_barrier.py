"""The rules of ``nl.kvk``, called as functions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import barriermodel_kvk.barrier as rules
from barriermodel.plugin import UNKNOWN, LegalForm, Level, Provider, RuleKind
from barriermodel_kvk import KvkExtract, SbiActivity, kvk

AS_OF = date(2026, 1, 1)
BEFORE, ON, AFTER = date(2025, 12, 31), AS_OF, date(2026, 1, 2)


@pytest.mark.parametrize(
    ("extract", "expected"),
    [
        # a complete Basisprofiel without an end date; the open data that say J; written by hand
        (KvkExtract(active=True, end_date_stated=False), True),
        (KvkExtract(active=True), True),
        # a Basisprofiel with an end date: before, on, after the dossier's date, or partial
        (KvkExtract(active=False, end_date_stated=True, ended_on=BEFORE), False),
        (KvkExtract(active=False, end_date_stated=True, ended_on=ON), False),
        (KvkExtract(active=False, end_date_stated=True, ended_on=AFTER), True),
        (KvkExtract(active=False, end_date_stated=True), UNKNOWN),
        # the open data that say N
        (KvkExtract(active=False, end_date_stated=False), False),
        # written by hand: not active, with and without a date
        (KvkExtract(active=False, ended_on=BEFORE), False),
        (KvkExtract(active=False), UNKNOWN),
        # nothing that tells: Zoeken, an incomplete profile
        (KvkExtract(name="Zorg aan het Water"), UNKNOWN),
        (KvkExtract(), UNKNOWN),
    ],
)
def test_active_means_that_no_end_is_registered_or_that_it_is_still_to_come(extract, expected):
    assert rules.active(extract, AS_OF) is expected


@pytest.mark.parametrize(("active", "expected"), [(True, False), (False, True), (UNKNOWN, UNKNOWN)])
def test_an_end_is_signalled_also_one_that_is_still_to_come(active, expected):
    assert rules.registration_ends(KvkExtract(active=active)) is expected


@pytest.mark.parametrize(
    ("registered_on", "expected"),
    [
        (date(2024, 1, 1), False),
        (date(2024, 1, 2), True),
        (date(2025, 6, 1), True),
        (date(1999, 1, 1), False),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_recent_is_less_than_the_minimum_of_months_ago(registered_on, expected):
    assert rules.recently_registered(KvkExtract(registered_on=registered_on), AS_OF) is expected


def test_a_region_sets_the_minimum_of_months():
    extract = KvkExtract(registered_on=date(2025, 6, 1))

    assert rules.recently_registered(extract, AS_OF, min_months=6) is False


def test_the_formal_date_does_not_count_as_the_start():
    extract = KvkExtract(registered_on=date(2010, 1, 1), formally_registered_on=date(2025, 12, 1))

    assert rules.recently_registered(extract, AS_OF) is False


@pytest.mark.parametrize(
    ("registered", "stated", "expected"),
    [
        (LegalForm.BV, LegalForm.BV, False),
        (LegalForm.BV, LegalForm.STICHTING, True),
        (UNKNOWN, LegalForm.BV, UNKNOWN),
        (LegalForm.BV, UNKNOWN, UNKNOWN),
    ],
)
def test_the_legal_form_is_compared_with_that_of_the_dossier(registered, stated, expected):
    assert rules.other_legal_form(KvkExtract(legal_form=registered), Provider(legal_form=stated)) is expected


def activities(*codes):
    return KvkExtract(sbi_activities=[SbiActivity(code=code) for code in codes])


@pytest.mark.parametrize(
    ("extract", "expected"),
    [
        (activities("88101"), True),
        (activities("8810"), True),
        (activities("70221", "86210"), True),
        (activities("10110", "01241"), False),
        (activities("01860"), False),
        (activities(), False),
        (activities("70221", UNKNOWN), UNKNOWN),
        (KvkExtract(), UNKNOWN),
    ],
)
def test_care_is_told_by_how_a_code_begins(extract, expected):
    assert rules.has_care_activity(extract) is expected


def test_a_region_sets_which_codes_are_care():
    assert rules.has_care_activity(activities("93110"), care_sbi=("93",)) is True


@given(st.lists(st.from_regex("[0-9]{4,5}", fullmatch=True)))
def test_care_is_found_if_and_only_if_a_code_begins_as_care_does(codes):
    assert rules.has_care_activity(activities(*codes)) is any(code[:2] in ("86", "87", "88") for code in codes)


@pytest.mark.parametrize(("found", "expected"), [(True, False), (False, True), (UNKNOWN, UNKNOWN)])
def test_no_care_among_the_codes_is_a_signal(found, expected):
    assert rules.no_care_activity(found) is expected


@pytest.mark.parametrize(("people", "expected"), [(0, True), (1, False), (40, False), (UNKNOWN, UNKNOWN)])
def test_nobody_registered_as_working_is_a_signal(people, expected):
    assert rules.too_few_people_working(KvkExtract(people_working=people)) is expected


def test_only_an_ended_registration_is_red_and_nothing_excludes():
    levels = {name: rule.level for name, rule in kvk.rules.items()}

    assert levels.pop("active") is Level.RED
    assert set(levels.values()) == {Level.ORANGE}


def test_the_one_requirement_is_that_the_registration_goes_on():
    assert [n for n, rule in kvk.rules.items() if rule.kind is RuleKind.REQUIREMENT] == ["active"]


def test_every_limit_says_where_it_comes_from():
    limits = {name: spec.limit for name, spec in kvk.parameters.items()}

    assert {name for name, limit in limits.items() if limit.assumed} == {
        "min_months",
        "min_people_working",
    }
    assert {name for name, limit in limits.items() if limit.source} == {"care_sbi"}
