"""The rules end to end: validity at the start of the award, other standards, several certificates."""

from datetime import date, timedelta
from itertools import count, permutations
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from barriermodel import UNKNOWN, Award, Evidence, Level, Reason, Status
from barriermodel_quality import QualityCertificate
from barriermodel_quality.barrier import ACCEPTED, other_standard, valid_at_start

START = date(2026, 1, 1)
DAY = timedelta(days=1)
VALID_AT_START, OTHER_STANDARD = (
    "nl.quality_certificate.valid_at_start",
    "nl.quality_certificate.other_standard",
)
_numbers = count()


def certificate(
    standard: str | None = "HKZ",
    valid_from: date | None = date(2024, 1, 1),
    valid_until: date | None = date(2027, 1, 1),
    issued_on: date = date(2024, 1, 1),
    id: str | None = None,
) -> Evidence:
    known = {"standard": standard, "valid_from": valid_from, "valid_until": valid_until}
    facts: dict[str, Any] = {name: value for name, value in known.items() if value is not None}
    return Evidence(id=id or f"certificate-{next(_numbers)}", issued_on=issued_on, facts=QualityCertificate(**facts))


def statuses(assessment: Any) -> tuple[Status, Status]:
    return assessment.rule(VALID_AT_START).status, assessment.rule(OTHER_STANDARD).status


# One certificate --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "level"),
    [
        (date(2020, 1, 1), START - DAY, Level.RED),
        (date(2020, 1, 1), START, Level.GREEN),
        (date(2020, 1, 1), START + DAY, Level.GREEN),
        (START - DAY, date(2030, 1, 1), Level.GREEN),
        (START, date(2030, 1, 1), Level.GREEN),
        (START + DAY, date(2030, 1, 1), Level.RED),
        (START, START, Level.GREEN),
    ],
)
def test_first_and_last_day_count(assess, valid_from, valid_until, level):
    advice = assess([certificate(valid_from=valid_from, valid_until=valid_until)]).advice
    assert (level, level) == (advice.at_least, advice.at_most)


def test_expiry_during_the_award_is_no_hit_but_its_date_is_shown(assess):
    assessment = assess([certificate(valid_until=date(2026, 3, 1))])
    assert statuses(assessment) == (Status.CLEAR, Status.CLEAR)
    assert "1 maart 2026" in assessment.explain("nl")
    assert "1 March 2026" in assessment.explain("en")


@pytest.mark.parametrize(
    ("standard", "level"),
    [
        *((name, Level.GREEN) for name in ACCEPTED),
        ("NEN-EN-ISO 9001:2015", Level.GREEN),
        ("iso 9001", Level.GREEN),
        ("ISO9001:2015", Level.GREEN),
        ("hkz", Level.GREEN),
        ("ISO 14001", Level.ORANGE),
        ("ISO 9001 in preparation", Level.ORANGE),
        ("comparable to ISO 9001", Level.ORANGE),
        ("ISO 90012", Level.ORANGE),
        ("Perspekt", Level.ORANGE),
        ("٣", Level.ORANGE),
    ],
)
def test_a_standard_that_is_not_on_the_list_is_orange(assess, standard, level):
    advice = assess([certificate(standard)]).advice
    assert (level, level) == (advice.at_least, advice.at_most)


def test_an_expired_certificate_of_another_standard_is_not_valid_either(assess):
    assessment = assess([certificate("Perspekt", valid_until=START - DAY)])
    assert statuses(assessment) == (Status.HIT, Status.CLEAR)


def test_the_finding_names_the_standard_and_the_list(assess):
    words = " ".join(assess([certificate("Perspekt")]).explain("nl").split())
    assert "Het geldige certificaat is van de norm Perspekt" in words
    assert "ISO 9001, HKZ, Prezo en Kiwa" in words


def test_a_region_sets_its_own_list(assess):
    more = """
        [parameters."nl.quality_certificate"]
        accepted_standards = { value = ["Perspekt"], assumption = "a test" }
    """
    assert assess([certificate("Perspekt")], more=more).advice.at_most is Level.GREEN
    assert assess([certificate("HKZ")], more=more).advice.at_least is Level.ORANGE


def test_an_empty_list_sends_every_standard_to_a_person(assess):
    more = """
        [parameters."nl.quality_certificate"]
        accepted_standards = { value = [], assumption = "a test" }
    """
    assert statuses(assess([certificate("HKZ")], more=more)) == (Status.CLEAR, Status.HIT)


# What is unknown --------------------------------------------------------------------------------------


@pytest.mark.parametrize("unknown", ["valid_from", "valid_until", "standard"])
def test_an_unknown_fact_leaves_the_barrier_open_and_is_asked(assess, unknown):
    standard = {"standard": "Perspekt"} if unknown != "standard" else {}
    assessment = assess([certificate(**{**standard, unknown: None})])
    assert Status.HIT not in statuses(assessment)
    assert not assessment.advice.decided
    assert [ask.kind.id for ask in assessment.asks] == ["quality_certificate"]
    assert assessment.asks[0].reason is Reason.NOT_STATED


def test_a_known_standard_is_clear_while_its_dates_are_unknown(assess):
    assert statuses(assess([certificate("HKZ", valid_until=None)])) == (Status.OPEN, Status.CLEAR)


def test_an_unknown_date_leaves_red_certain_where_the_other_date_decides(assess):
    assert statuses(assess([certificate(valid_from=None, valid_until=START - DAY)])) == (
        Status.HIT,
        Status.CLEAR,
    )


def test_a_first_day_that_is_too_late_decides_nothing_while_the_last_day_is_unknown(assess):
    """The text of the requirement shows the last day, so it is told only where that is known."""
    assessment = assess([certificate(valid_from=START + DAY, valid_until=None)])
    assert statuses(assessment) == (Status.OPEN, Status.CLEAR)
    assert [ask.kind.id for ask in assessment.asks] == ["quality_certificate"]


@pytest.mark.parametrize("valid_from", [None, date(2020, 1, 1), START + DAY])
def test_the_requirement_that_is_not_met_shows_the_last_day(assess, valid_from):
    words = " ".join(assess([certificate(valid_from=valid_from, valid_until=START - DAY)]).explain("nl").split())
    assert "geldig zijn op 1 januari 2026. De laatste dag van het certificaat is 31 december 2025." in words


def test_no_certificate_at_all_is_open_and_asked(assess):
    assessment = assess([])
    assert statuses(assessment) == (Status.OPEN, Status.OPEN)
    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.GREEN, Level.RED)
    assert [(ask.kind.id, ask.kind.burden) for ask in assessment.asks] == [("quality_certificate", 10)]


def test_an_award_without_a_start_date_is_open_and_asks_the_provider_nothing(assess):
    assessment = assess([certificate()], starts_on=None)
    assert assessment.rule(VALID_AT_START).status is Status.OPEN
    assert assessment.asks == ()


def test_a_certificate_from_the_future_does_not_count(assess):
    assessment = assess([certificate(issued_on=date(2025, 12, 2))], as_of=date(2025, 12, 1))
    assert statuses(assessment) == (Status.OPEN, Status.OPEN)


# Several certificates ---------------------------------------------------------------------------------


def test_an_accepted_standard_counts_before_another(assess):
    others = certificate("Perspekt", issued_on=date(2025, 6, 1))
    assert statuses(assess([others, certificate("HKZ")])) == (Status.CLEAR, Status.CLEAR)


def test_another_valid_standard_counts_where_the_accepted_one_has_expired(assess):
    expired = certificate("HKZ", valid_until=START - DAY)
    assert statuses(assess([expired, certificate("Perspekt")])) == (Status.CLEAR, Status.HIT)


def test_a_newer_certificate_that_is_valid_decides_although_an_older_one_lacks_a_date(assess):
    older = certificate("HKZ", valid_until=None, issued_on=date(2024, 1, 1))
    newer = certificate("ISO 9001", issued_on=date(2025, 1, 1))
    assessment = assess([older, newer])
    assert statuses(assessment) == (Status.CLEAR, Status.CLEAR)
    assert assessment.asks == ()


def test_a_newer_certificate_that_lacks_a_date_keeps_the_barrier_open(assess):
    older = certificate("HKZ", issued_on=date(2024, 1, 1))
    newer = certificate("ISO 9001", valid_until=None, issued_on=date(2025, 1, 1))
    assert statuses(assess([older, newer])) == (Status.OPEN, Status.OPEN)


def test_a_newer_certificate_replaces_one_of_the_same_standard_written_otherwise(assess):
    older = certificate("ISO 9001", issued_on=date(2024, 1, 1))
    newer = certificate("ISO 9001:2015", valid_until=START - DAY, issued_on=date(2025, 1, 1))
    assert statuses(assess([older, newer])) == (Status.HIT, Status.CLEAR)


days = st.sampled_from([None, *(START + timedelta(days=n) for n in (-400, -1, 0, 1, 400))])
issued = st.sampled_from([date(2024, 1, 1), date(2025, 1, 1), date(2025, 12, 1)])
certificates = st.lists(
    st.builds(
        certificate,
        standard=st.sampled_from(["ISO 9001", "NEN-EN-ISO 9001:2015", "HKZ", "Perspekt", "Keurmerk Zonder Naam"]),
        valid_from=days,
        valid_until=days,
        issued_on=issued,
    ),
    min_size=1,
    max_size=3,
    # two items of one standard and date are one item, and what they disagree on is unknown
    unique_by=lambda item: (item.facts.standard, item.issued_on),
)
kit = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


@kit
@given(certificates)
def test_the_order_of_the_items_changes_nothing(assess, items):
    results = {statuses(assess(order)) for order in permutations(items)}
    assert len(results) == 1


def filled(facts: QualityCertificate, day: date) -> QualityCertificate:
    unknown = [name for name in ("valid_from", "valid_until") if getattr(facts, name) is UNKNOWN]
    return attrs.evolve(facts, **dict.fromkeys(unknown, day))


@kit
@given(certificates, days.filter(lambda day: day is not None))
def test_filling_in_an_unknown_date_only_narrows_the_advice(assess, items, day):
    known = [attrs.evolve(item, facts=filled(item.facts, day)) for item in items]
    before, after = assess(items).advice, assess(known).advice
    assert before.at_least <= after.at_least <= after.at_most <= before.at_most


# Called directly --------------------------------------------------------------------------------------


def test_a_called_rule_equals_the_one_in_the_pipeline():
    award = Award(starts_on=START)
    assert valid_at_start(award, START, START) is True
    assert valid_at_start(award, START + DAY, START + DAY) is False
    assert other_standard(award, "HKZ", START, START) is False
    assert other_standard(award, "Perspekt", START, START) is True
    assert other_standard(award, "Perspekt", START, START, accepted_standards=("Perspekt",)) is False
