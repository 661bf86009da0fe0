"""The barriers end to end: legal forms, levels, texts, asks."""

from datetime import date

import attrs
import pytest

from barriermodel.plugin import (
    SOLE_TRADER_FORMS,
    UNKNOWN,
    Act,
    Concern,
    LegalForm,
    Level,
    ProfileError,
    Status,
    Supplier,
    euro,
)
from barriermodel_financial import annual_accounts, financial_continuity, financial_signals

RULES = {
    f"{barrier.id}.{name}": barrier
    for barrier in (financial_signals, financial_continuity, annual_accounts)
    for name in barrier.rules
}
HIGH_PROFIT = "nl.financial_signals.high_profit"
LOW_PERSONNEL_COST = "nl.financial_signals.low_personnel_cost"
HIGH_DIVIDEND = "nl.financial_signals.high_dividend"
HIGH_SOLO_TURNOVER = "nl.financial_signals.high_solo_turnover"
LOW_SOLVENCY = "nl.financial_continuity.low_solvency"
LARGE_AWARD = "nl.financial_continuity.large_award"
FILED_IN_TIME = "nl.annual_accounts.filed_in_time"


def test_a_healthy_provider_is_green(assess, healthy):
    assessment = assess(healthy)
    expected = dict.fromkeys(RULES, Status.CLEAR) | {HIGH_SOLO_TURNOVER: Status.NOT_APPLICABLE}
    assert {rule.id: rule.status for rule in assessment.rules} == expected
    assert assessment.advice.at_most is Level.GREEN
    assert assessment.asks == ()


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (HIGH_PROFIT, {"profit": euro(240_000)}),
        (LOW_PERSONNEL_COST, {"personnel_cost": euro(500_000)}),
        (HIGH_DIVIDEND, {"dividend": euro(60_000)}),
        (LOW_SOLVENCY, {"equity": euro(-1)}),
        (HIGH_SOLO_TURNOVER, {"solo_worker": True}),
        (FILED_IN_TIME, {"filed_on": date(2025, 6, 1)}),
    ],
)
def test_each_rule_alone_makes_orange(assess, healthy, rule, change):
    assessment = assess(attrs.evolve(healthy, **change))
    assert [r.id for r in assessment.rules if r.status is Status.HIT] == [rule]
    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.ORANGE, Level.ORANGE)


def test_a_small_provider_with_a_large_award_is_orange(assess, healthy):
    small = attrs.evolve(healthy, turnover=euro(400_000), profit=euro(10_000))
    assert [r.id for r in assess(small).rules if r.status is Status.HIT] == [LARGE_AWARD]


def test_concerns_stay_apart(assess, healthy):
    concerns = assess(attrs.evolve(healthy, equity=euro(0), profit=euro(500_000))).concerns
    assert concerns[Concern.INTEGRITY].interval.at_least is Level.ORANGE
    assert concerns[Concern.CONTINUITY].interval.at_least is Level.ORANGE
    assert concerns[Concern.LAWFULNESS].interval.at_most is Level.GREEN


def test_the_finding_says_how_much_and_what_the_limit_is(assess, healthy):
    assessment = assess(attrs.evolve(healthy, profit=euro(240_000)))
    assert "De winst is 24% van de omzet. De bovengrens is 10%." in assessment.explain("nl")
    assert "Profit is 24% of turnover. The upper limit is 10%." in assessment.explain("en")


def test_on_time_and_too_late_name_the_last_day(assess, healthy):
    late = assess(attrs.evolve(healthy, filed_on=date(2025, 6, 1)))
    too_late = "De jaarrekening is openbaar gemaakt op 1 juni 2025. De laatste dag daarvoor was 31 mei 2025."
    assert "(tot en met 31 mei 2025)" in " ".join(assess(healthy).explain("nl", full=True).split())
    assert too_late in " ".join(late.explain("nl", full=True).split())


@pytest.mark.parametrize("form", SOLE_TRADER_FORMS)
def test_a_sole_trader_is_not_judged_on_profit_personnel_dividend_or_equity(assess, healthy, form):
    sole_trader = attrs.evolve(healthy, profit=euro(600_000), personnel_cost=euro(0), dividend=UNKNOWN, equity=euro(0))
    assessment = assess(sole_trader, legal_form=form)
    for rule in (HIGH_PROFIT, LOW_PERSONNEL_COST, HIGH_DIVIDEND, LOW_SOLVENCY):
        assert assessment.rule(rule).status is Status.NOT_APPLICABLE
    assert assessment.advice.at_most is Level.GREEN
    assert assessment.asks == ()


def test_a_foundation_needs_no_dividend_figure(assess, healthy):
    foundation = attrs.evolve(healthy, dividend=UNKNOWN)
    assert assess(foundation, legal_form=LegalForm.STICHTING).advice.at_most is Level.GREEN
    assert assess(foundation, legal_form=LegalForm.BV).rule(HIGH_DIVIDEND).status is Status.OPEN


def test_an_unknown_legal_form_leaves_a_high_profit_open(assess, healthy):
    assessment = assess(attrs.evolve(healthy, profit=euro(600_000)), legal_form=UNKNOWN)
    assert assessment.rule(HIGH_PROFIT).status is Status.OPEN
    assert not assessment.advice.decided


def test_an_unknown_legal_form_leaves_a_low_profit_clear(assess, healthy):
    assert assess(healthy, legal_form=UNKNOWN).rule(HIGH_PROFIT).status is Status.CLEAR


@pytest.mark.parametrize(
    ("act", "solo", "status"),
    [
        (Act.JEUGDWET, False, Status.HIT),
        (Act.JEUGDWET, True, Status.NOT_APPLICABLE),
        (Act.JEUGDWET, UNKNOWN, Status.OPEN),
        (Act.WMO, False, Status.NOT_APPLICABLE),
        (UNKNOWN, False, Status.OPEN),
    ],
)
def test_late_filing_is_a_hit_only_where_the_duty_is_certain(assess, healthy, act, solo, status):
    late = attrs.evolve(healthy, filed_on=date(2025, 9, 1), solo_worker=solo)
    assert assess(late, act=act).rule(FILED_IN_TIME).status is status


def test_who_filed_in_time_need_not_say_whether_somebody_works_alone(assess, healthy):
    in_time = attrs.evolve(healthy, solo_worker=UNKNOWN)
    assert assess(in_time, act=UNKNOWN).rule(FILED_IN_TIME).status is Status.CLEAR


def test_no_accounts_at_all_are_looked_up_in_the_register(assess):
    assessment = assess()
    assert {rule.status for rule in assessment.rules} == {Status.OPEN}
    (ask,) = assessment.asks
    assert (ask.kind.id, ask.kind.supplier, ask.kind.burden) == ("annual_accounts", Supplier.REGISTER, 0)
    assert ask.question.nl == "Wilt u de jaarrekening over uw laatste boekjaar sturen?"


def test_the_latest_year_counts(assess, healthy):
    before = attrs.evolve(healthy, financial_year=2023, profit=euro(600_000))
    assert assess(healthy, before).advice.at_most is Level.GREEN
    assert assess(before, healthy).advice.at_most is Level.GREEN


def test_accounts_that_do_not_say_of_which_year_they_are_tell_nothing(assess, healthy):
    assessment = assess(healthy, attrs.evolve(healthy, financial_year=UNKNOWN))
    assert {rule.status for rule in assessment.rules} == {Status.OPEN}


def test_accounts_count_for_eighteen_months(assess, healthy):
    assert assess(healthy, as_of=date(2026, 11, 1)).rule(HIGH_PROFIT).status is Status.CLEAR
    assert assess(healthy, as_of=date(2026, 11, 2)).rule(HIGH_PROFIT).status is Status.OPEN


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_that_does_not_exist_is_refused(assess, healthy, month):
    more = f"""
        [parameters."nl.annual_accounts"]
        filing_month = {{ value = {month}, assumption = "a test" }}
    """
    with pytest.raises(ProfileError, match="filing_month: expected at"):
        assess(healthy, more=more)


@pytest.mark.parametrize("limit", ["max_margin", "min_personnel_share", "max_dividend_share"])
def test_five_per_cent_written_as_5_is_refused(limit, assess, healthy):
    more = f'[parameters."nl.financial_signals"]\n{limit} = {{ value = 5, assumption = "5%" }}\n'

    with pytest.raises(ProfileError, match=f"{limit}: expected at most 1; got 5"):
        assess(healthy, more=more)


@pytest.mark.parametrize("id", RULES)
def test_no_rule_of_accounts_is_more_than_orange(id):
    assert RULES[id].rules[id.rpartition(".")[2]].level is Level.ORANGE


def test_every_limit_has_a_source_or_an_assumption_and_a_label():
    for barrier in {id(barrier): barrier for barrier in RULES.values()}.values():
        for parameter in barrier.parameters.values():
            assert parameter.limit.assumed or parameter.limit.source.startswith("https://")
            assert parameter.field.label.nl != parameter.field.label.en
