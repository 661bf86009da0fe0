"""How long an advice counts, by its date and by that of the dossier; and what an output shows of it."""

from datetime import date, timedelta

import pytest

from barriermodel.plugin import UNKNOWN, Dossier, Evidence, Item, Provider, Status
from barriermodel.reporting.sentences import format_value
from barriermodel.testing import single_barrier_model
from barriermodel_integrity import BibobAdvice, BibobConclusion
from barriermodel_integrity.bibob import bibob, serious_danger, usable_conclusion


def danger(given_on):
    return BibobAdvice(
        conclusion=BibobConclusion.SERIOUS_DANGER, given_on=given_on, reference="VB-GEHEIM-7", for_pgb=False
    )


def used(given_on, as_of, **parameters):
    return usable_conclusion((Item(facts=danger(given_on), ids=("a",), date=given_on),), as_of, **parameters)


@pytest.mark.parametrize(
    ("given_on", "last_day"),
    [
        (date(2020, 7, 31), date(2022, 7, 31)),
        (date(2020, 8, 1), date(2025, 8, 1)),
        (date(2016, 2, 29), date(2018, 2, 28)),
    ],
)
def test_the_term_goes_with_the_day_of_the_advice(given_on, last_day):
    assert used(given_on, last_day) is BibobConclusion.SERIOUS_DANGER
    assert used(given_on, last_day + timedelta(days=1)) is UNKNOWN


def test_an_advice_of_a_day_to_come_is_mistyped_and_says_nothing():
    assert used(date(2026, 1, 15), date(2026, 1, 15)) is BibobConclusion.SERIOUS_DANGER
    assert used(date(2062, 1, 15), date(2026, 1, 15)) is UNKNOWN


def test_a_region_may_take_five_years_for_all_advices():
    assert used(date(2020, 7, 31), date(2025, 7, 31)) is UNKNOWN
    assert used(date(2020, 7, 31), date(2025, 7, 31), earlier_valid_months=60) is BibobConclusion.SERIOUS_DANGER


def assessed(as_of=date(2026, 1, 15), given_on=date(2025, 6, 1)):
    item = Evidence(id="advies", issued_on=given_on, facts=danger(given_on))
    provider = Provider(name="Verzonnen Zorg B.V.")
    return single_barrier_model("nl.bibob").assess(Dossier(as_of=as_of, provider=provider, evidence=(item,)))


def test_two_dates_one_advice():
    assert assessed(date(2022, 7, 31), date(2020, 7, 31)).rule("nl.bibob.serious_danger").status is Status.HIT
    assert assessed(date(2022, 8, 1), date(2020, 7, 31)).rule("nl.bibob.serious_danger").status is Status.OPEN
    assert assessed(date(2022, 8, 1), date(2020, 8, 1)).rule("nl.bibob.serious_danger").status is Status.HIT


def test_what_the_advice_says_is_masked_unless_asked_for():
    assessment = assessed()

    for shown in (assessment.explain("nl"), assessment.explain("en"), assessment.markdown("nl"), assessment.to_json()):
        assert "VB-GEHEIM-7" not in shown
        assert '"value": "serious_danger"' not in shown
    assert [e.id for e in assessment.withheld] == ["advies"]
    assert '"value": "serious_danger"' in assessment.to_json(confidential=True)


def test_who_looks_at_red_is_told_in_proportion_and_after_hearing():
    rule = bibob.rules["serious_danger"]
    look = rule.words / "look"

    assert "pas na horen en afwegen, en alleen in verhouding tot het gevaar" in look.nl
    assert "only after hearing and weighing, and only in proportion to the danger" in look.en
    assert "33" in str(rule.basis)
    assert serious_danger(BibobConclusion.SERIOUS_DANGER) is True


def test_each_conclusion_is_said_as_the_law_calls_it():
    assert {conclusion.value: format_value(conclusion, "nl") for conclusion in BibobConclusion} == {
        "no_danger": "geen gevaar",
        "less_danger": "mindere mate van gevaar",
        "serious_danger": "ernstig gevaar",
        "not_asked": "geen advies gevraagd",
    }
