"""Each rule just under, on and just over its limit, called directly; and what is unknown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.plugin import SOLE_TRADER_FORMS, UNKNOWN, Act, Award, LegalForm, Provider, euro
from barriermodel_financial import AnnualAccounts
from barriermodel_financial.continuity import large_award, low_solvency, own_equity
from barriermodel_financial.filing import filed_in_time, filing_deadline, must_file, stated_year_begins
from barriermodel_financial.signals import (
    can_pay_dividend,
    high_dividend,
    high_profit,
    high_solo_turnover,
    low_personnel_cost,
    not_sole_trader,
    works_alone,
)

TURNOVER = euro(100_000)
ZERO = euro(0)


@pytest.mark.parametrize(
    ("profit", "hit"),
    [
        ("9999.99", False),
        ("10000", False),
        ("10000.01", True),
        ("-50000", False),
        ("0", False),
        ("100000", True),
    ],
)
def test_profit_above_a_tenth_of_turnover_is_high(profit, hit):
    assert high_profit(AnnualAccounts(profit=euro(profit), turnover=TURNOVER)) is hit


def test_a_region_sets_its_own_profit_limit():
    accounts = AnnualAccounts(profit=euro(8_000), turnover=TURNOVER)
    assert high_profit(accounts, max_margin=0.08) is False
    assert high_profit(accounts, max_margin=0.05) is True


@pytest.mark.parametrize(
    ("own", "hired", "subcontracted", "hit"),
    [
        ("64999.99", "0", "0", True),
        ("65000", "0", "0", False),
        ("65000.01", "0", "0", False),
        ("20000", "20000", "24999.99", True),
        ("20000", "20000", "25000", False),
        ("0", "0", "65000", False),
        ("0", "65000", "0", False),
        ("0", "0", "0", True),
    ],
)
def test_hired_staff_and_subcontracting_count_as_personnel(own, hired, subcontracted, hit):
    accounts = AnnualAccounts(
        turnover=TURNOVER,
        personnel_cost=euro(own),
        hired_staff_cost=euro(hired),
        subcontracting_cost=euro(subcontracted),
    )
    assert low_personnel_cost(accounts) is hit


def test_enough_own_staff_needs_no_other_figure():
    assert low_personnel_cost(AnnualAccounts(turnover=TURNOVER, personnel_cost=euro(65_000))) is False


@pytest.mark.parametrize("left_out", ["personnel_cost", "hired_staff_cost", "subcontracting_cost", "turnover"])
def test_personnel_cost_is_unknown_where_a_part_is(left_out):
    known = {
        "turnover": TURNOVER,
        "personnel_cost": ZERO,
        "hired_staff_cost": ZERO,
        "subcontracting_cost": ZERO,
    }
    assert low_personnel_cost(AnnualAccounts(**{**known, left_out: UNKNOWN})) is UNKNOWN


@pytest.mark.parametrize(("dividend", "hit"), [("4999.99", False), ("5000", False), ("5000.01", True), ("0", False)])
def test_dividend_above_a_twentieth_of_turnover_is_high(dividend, hit):
    assert high_dividend(AnnualAccounts(dividend=euro(dividend), turnover=TURNOVER)) is hit


def test_dividend_in_a_year_of_loss_is_seen():
    assert high_dividend(AnnualAccounts(dividend=euro(6_000), profit=euro(-1), turnover=TURNOVER)) is True


@pytest.mark.parametrize(("turnover", "hit"), [("149999.99", False), ("150000", False), ("150000.01", True)])
def test_turnover_above_the_limit_is_high_for_one_person(turnover, hit):
    assert high_solo_turnover(AnnualAccounts(turnover=euro(turnover))) is hit


def test_a_region_sets_its_own_limit_for_who_works_alone():
    accounts = AnnualAccounts(turnover=euro(180_000))
    assert high_solo_turnover(accounts, max_solo_turnover=euro(180_000)) is False
    assert high_solo_turnover(accounts, max_solo_turnover=euro("179999.99")) is True


@pytest.mark.parametrize("solo", [True, False, UNKNOWN])
def test_who_works_alone_is_stated_and_never_guessed_from_the_figures(solo):
    accounts = AnnualAccounts(solo_worker=solo, personnel_cost=ZERO, hired_staff_cost=ZERO)
    assert works_alone(accounts) is solo


@pytest.mark.parametrize(
    ("equity", "hit"),
    [("19999.99", True), ("20000", False), ("20000.01", False), ("0", True), ("-1", True), ("-500000", True)],
)
def test_equity_below_a_fifth_of_the_balance_is_low(equity, hit):
    assert low_solvency(AnnualAccounts(equity=euro(equity), total_assets=euro(100_000))) is hit


@pytest.mark.parametrize(("value", "hit"), [("399999.99", False), ("400000", False), ("400000.01", True)])
def test_an_award_above_four_times_the_turnover_is_large(value, hit):
    assert large_award(AnnualAccounts(turnover=TURNOVER), Award(value=euro(value))) is hit


@pytest.mark.parametrize(
    ("rule", "known"),
    [
        (high_profit, {"profit": euro(1), "turnover": TURNOVER}),
        (high_dividend, {"dividend": euro(1), "turnover": TURNOVER}),
        (high_solo_turnover, {"turnover": TURNOVER}),
        (low_solvency, {"equity": euro(1), "total_assets": TURNOVER}),
    ],
)
def test_an_unknown_figure_makes_a_rule_unknown(rule, known):
    assert rule(AnnualAccounts(**known)) is not UNKNOWN
    for name in known:
        assert rule(AnnualAccounts(**{**known, name: UNKNOWN})) is UNKNOWN


def test_an_award_without_a_value_is_unknown():
    assert large_award(AnnualAccounts(turnover=TURNOVER), Award()) is UNKNOWN
    assert large_award(AnnualAccounts(), Award(value=euro(1))) is UNKNOWN


def test_no_turnover_and_an_empty_balance_have_no_ratio():
    accounts = AnnualAccounts(
        turnover=ZERO,
        profit=euro(1),
        dividend=euro(1),
        equity=euro(1),
        total_assets=ZERO,
        personnel_cost=euro(1),
        hired_staff_cost=ZERO,
        subcontracting_cost=ZERO,
    )
    for rule in (high_profit, high_dividend, low_solvency, low_personnel_cost):
        assert rule(accounts) is UNKNOWN
    assert large_award(accounts, Award(value=euro(1))) is UNKNOWN


amounts = st.none() | st.integers(-(10**12), 10**12).map(euro)


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("profit", "equity"), amounts)
        | {name: st.none() | st.integers(0, 10**12).map(euro) for name in ("turnover", "total_assets", "dividend")}
    )
)
def test_rules_never_raise_and_never_guess(figures):
    accounts = AnnualAccounts(**{name: value for name, value in figures.items() if value is not None})
    for rule in (high_profit, high_dividend, low_solvency, low_personnel_cost, high_solo_turnover):
        assert rule(accounts) in (True, False, UNKNOWN)
    if figures["turnover"] is None:
        assert high_profit(accounts) is UNKNOWN


# To whom a rule applies -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(LegalForm))
def test_the_owner_of_a_sole_trader_form_is_paid_out_of_profit(form):
    expected = form not in SOLE_TRADER_FORMS
    assert not_sole_trader(Provider(legal_form=form)) is expected
    assert own_equity(Provider(legal_form=form)) is expected


@pytest.mark.parametrize(
    ("form", "can"),
    [
        (LegalForm.BV, True),
        (LegalForm.COOPERATIE, True),
        (LegalForm.BUITENLANDS, True),
        (LegalForm.OVERIG, True),
    ]
    + [(form, False) for form in (*SOLE_TRADER_FORMS, LegalForm.STICHTING, LegalForm.VERENIGING)],
)
def test_a_foundation_has_no_dividend(form, can):
    assert can_pay_dividend(Provider(legal_form=form)) is can


def test_an_unknown_legal_form_is_never_guessed():
    for condition in (not_sole_trader, own_equity, can_pay_dividend):
        assert condition(Provider()) is UNKNOWN


@pytest.mark.parametrize(
    ("act", "solo", "must"),
    [
        (Act.JEUGDWET, False, True),
        (Act.JEUGDWET_AND_WMO, False, True),
        (Act.WMO, False, False),
        (Act.JEUGDWET, True, False),
        (Act.JEUGDWET, UNKNOWN, UNKNOWN),
        (UNKNOWN, False, UNKNOWN),
        (UNKNOWN, True, False),
        (Act.WMO, UNKNOWN, False),
    ],
)
def test_youth_care_by_more_than_one_person_must_file(act, solo, must):
    assert must_file(Award(act=act), AnnualAccounts(solo_worker=solo)) is must


# Filing -----------------------------------------------------------------------------------------------

LAST_DAY = date(2025, 5, 31)


def test_the_accounts_are_due_before_june_of_the_next_year():
    assert filing_deadline(AnnualAccounts(financial_year=2024)) == LAST_DAY
    assert filing_deadline(AnnualAccounts(financial_year=2024), filing_month=10) == date(2025, 9, 30)
    assert filing_deadline(AnnualAccounts(financial_year=2024), filing_month=1) == date(2024, 12, 31)


def test_an_unknown_year_has_no_deadline():
    assert filing_deadline(AnnualAccounts(financial_year=UNKNOWN)) is UNKNOWN


@pytest.mark.parametrize("year", [-1, 0, 24, 1899, 2101, 9999, 10**12])
def test_what_is_no_year_is_refused(year):
    with pytest.raises(ValueError, match="financial_year: expected at"):
        AnnualAccounts(financial_year=year)


@pytest.mark.parametrize(
    "name", ["turnover", "personnel_cost", "hired_staff_cost", "subcontracting_cost", "total_assets", "dividend"]
)
def test_what_cannot_be_below_zero_is_refused_there(name):
    with pytest.raises(ValueError, match=f"{name}: expected at least 0"):
        AnnualAccounts(**{name: euro("-0.01")})
    assert AnnualAccounts(profit=euro(-1), equity=euro(-1))


@pytest.mark.parametrize(
    ("filed_on", "in_time"),
    [(date(2025, 5, 30), True), (LAST_DAY, True), (date(2025, 6, 1), False), (UNKNOWN, UNKNOWN)],
)
def test_accounts_are_filed_by_the_last_day(filed_on, in_time):
    accounts = AnnualAccounts(financial_year=2024, filed_on=filed_on)
    assert (
        filed_in_time(accounts, filing_deadline(accounts), stated_year_begins(accounts), date(2025, 12, 1)) is in_time
    )


@pytest.mark.parametrize(("as_of", "in_time"), [(LAST_DAY, True), (date(2025, 6, 1), UNKNOWN)])
def test_accounts_that_are_not_due_yet_need_not_be_filed(as_of, in_time):
    accounts = AnnualAccounts(financial_year=2024)
    assert filed_in_time(accounts, filing_deadline(accounts), stated_year_begins(accounts), as_of) is in_time


def test_a_year_that_has_not_begun_is_a_mistake_for_a_person():
    from barriermodel_financial.filing import year_is_possible

    for year, possible in ((2025, True), (2026, True), (2027, False), (2042, False)):
        first_day = stated_year_begins(AnnualAccounts(financial_year=year))
        assert year_is_possible(first_day, date(2026, 1, 1)) is possible
    assert stated_year_begins(AnnualAccounts()) is UNKNOWN
