"""The rules end to end: validity at the start of the award, other standards, several certificates."""

from datetime import date, timedelta
from itertools import count, permutations
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.plugin import UNKNOWN, Award, Evidence, Level, Status, UnknownReason
from barriermodel_quality import QualityCertificate
from barriermodel_quality.barrier import ACCEPTED, begun_at_start, other_standard, valid_at_start

START = date(2026, 1, 1)
DAY = timedelta(days=1)
BEGUN_AT_START, VALID_AT_START, OTHER_STANDARD = (
    "nl.quality_certificate.begun_at_start",
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


def statuses(assessment: Any) -> tuple[Status, ...]:
    """Of the first day, the last day and the standard, in this order."""
    return tuple(assessment.rule(id).status for id in (BEGUN_AT_START, VALID_AT_START, OTHER_STANDARD))


def said(assessment: Any) -> str:
    return " ".join(assessment.explain("nl", full=True).split())


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
    assert statuses(assessment) == (Status.CLEAR, Status.CLEAR, Status.CLEAR)
    assert "1 maart 2026" in assessment.explain("nl", full=True)
    assert "1 March 2026" in assessment.explain("en", full=True)


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
    assert statuses(assessment) == (Status.CLEAR, Status.HIT, Status.CLEAR)


def test_the_finding_names_the_standard_and_the_list(assess):
    words = said(assess([certificate("Perspekt")]))
    assert "Het certificaat is van de norm Perspekt." in words
    assert "Op de lijst staan ISO 9001, HKZ, Prezo en Kiwa; een gelijkwaardige norm is ook goed." in words


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
    assert statuses(assess([certificate("HKZ")], more=more)) == (Status.CLEAR, Status.CLEAR, Status.HIT)


# What is unknown --------------------------------------------------------------------------------------


@pytest.mark.parametrize("unknown", ["valid_from", "valid_until", "standard"])
def test_an_unknown_fact_leaves_the_barrier_open_and_is_asked(assess, unknown):
    standard = {"standard": "Perspekt"} if unknown != "standard" else {}
    assessment = assess([certificate(**{**standard, unknown: None})])
    assert Status.HIT not in statuses(assessment)
    assert not assessment.advice.decided
    assert [ask.kind.id for ask in assessment.asks] == ["quality_certificate"]
    assert assessment.asks[0].reason is UnknownReason.NOT_STATED


def test_a_known_standard_is_clear_while_its_dates_are_unknown(assess):
    assert statuses(assess([certificate("HKZ", valid_from=None, valid_until=None)])) == (
        Status.OPEN,
        Status.OPEN,
        Status.CLEAR,
    )


def test_an_expired_certificate_is_red_although_its_first_day_is_unknown(assess):
    assessment = assess([certificate(valid_from=None, valid_until=START - DAY)])
    assert statuses(assessment) == (Status.OPEN, Status.HIT, Status.CLEAR)
    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.RED, Level.RED)
    assert assessment.asks == ()


def test_a_certificate_that_begins_too_late_is_red_although_its_last_day_is_unknown(assess):
    assessment = assess([certificate(valid_from=START + DAY, valid_until=None)])
    assert statuses(assessment) == (Status.HIT, Status.OPEN, Status.CLEAR)
    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.RED, Level.RED)
    assert assessment.asks == ()


@pytest.mark.parametrize("valid_from", [None, date(2020, 1, 1), START + DAY])
@pytest.mark.parametrize("valid_until", [START - DAY, START])
def test_the_last_day_is_told_whatever_the_first_day_is(assess, valid_from, valid_until):
    words = said(assess([certificate(valid_from=valid_from, valid_until=valid_until)]))
    if valid_until < START:
        assert "Het kwaliteitscertificaat is geldig tot en met 31 december 2025." in words
        assert "De opdracht begint op 1 januari 2026, en dan moet het certificaat nog geldig zijn." in words
    else:
        assert "Certificaat geldig tot en met 1 januari 2026." in words


@pytest.mark.parametrize("valid_until", [None, date(2020, 1, 1), START + DAY])
@pytest.mark.parametrize("valid_from", [START, START + DAY])
def test_the_first_day_is_told_whatever_the_last_day_is(assess, valid_from, valid_until):
    words = said(assess([certificate(valid_from=valid_from, valid_until=valid_until)]))
    if valid_from > START:
        assert "Het kwaliteitscertificaat begint op 2 januari 2026." in words
        assert "De opdracht begint op 1 januari 2026, en dan moet het certificaat al geldig zijn." in words
    else:
        assert "Certificaat geldig vanaf 1 januari 2026." in words


def test_no_certificate_at_all_is_open_and_asked(assess):
    assessment = assess([])
    assert statuses(assessment) == (Status.OPEN, Status.OPEN, Status.OPEN)
    assert (assessment.advice.at_least, assessment.advice.at_most) == (Level.GREEN, Level.RED)
    assert [(ask.kind.id, ask.kind.burden) for ask in assessment.asks] == [("quality_certificate", 10)]


def test_an_award_without_a_start_date_is_open_and_asks_the_provider_nothing(assess):
    assessment = assess([certificate()], starts_on=None)
    assert statuses(assessment) == (Status.OPEN, Status.OPEN, Status.CLEAR)
    assert assessment.asks == ()


def test_a_certificate_from_the_future_does_not_count(assess):
    assessment = assess([certificate(issued_on=date(2025, 12, 2))], as_of=date(2025, 12, 1))
    assert statuses(assessment) == (Status.OPEN, Status.OPEN, Status.OPEN)


# Several certificates ---------------------------------------------------------------------------------


def test_an_accepted_standard_counts_before_another(assess):
    others = certificate("Perspekt", issued_on=date(2025, 6, 1))
    assert statuses(assess([others, certificate("HKZ")])) == (Status.CLEAR, Status.CLEAR, Status.CLEAR)


def test_another_valid_standard_counts_where_the_accepted_one_has_expired(assess):
    expired = certificate("HKZ", valid_until=START - DAY)
    assert statuses(assess([expired, certificate("Perspekt")])) == (Status.CLEAR, Status.CLEAR, Status.HIT)


def test_a_newer_certificate_that_is_valid_decides_although_an_older_one_lacks_a_date(assess):
    older = certificate("HKZ", valid_until=None, issued_on=date(2024, 1, 1))
    newer = certificate("ISO 9001", issued_on=date(2025, 1, 1))
    assessment = assess([older, newer])
    assert statuses(assessment) == (Status.CLEAR, Status.CLEAR, Status.CLEAR)
    assert assessment.asks == ()


def test_a_newer_certificate_that_lacks_a_date_keeps_the_barrier_open(assess):
    older = certificate("HKZ", issued_on=date(2024, 1, 1))
    newer = certificate("ISO 9001", valid_until=None, issued_on=date(2025, 1, 1))
    assert statuses(assess([older, newer])) == (Status.OPEN, Status.OPEN, Status.OPEN)


def test_a_newer_certificate_that_begins_too_late_is_passed_over_although_its_last_day_is_unknown(assess):
    older = certificate("HKZ", issued_on=date(2024, 1, 1))
    newer = certificate("ISO 9001", valid_from=START + DAY, valid_until=None, issued_on=date(2025, 1, 1))
    assert statuses(assess([older, newer])) == (Status.CLEAR, Status.CLEAR, Status.CLEAR)


def test_a_newer_certificate_without_a_first_day_keeps_the_barrier_open_although_it_has_expired(assess):
    older = certificate("HKZ", issued_on=date(2024, 1, 1))
    newer = certificate("ISO 9001", valid_from=None, valid_until=START - DAY, issued_on=date(2025, 1, 1))
    assert statuses(assess([older, newer])) == (Status.OPEN, Status.OPEN, Status.OPEN)


def test_a_newer_certificate_replaces_one_of_the_same_standard_written_otherwise(assess):
    older = certificate("ISO 9001", issued_on=date(2024, 1, 1))
    newer = certificate("ISO 9001:2015", valid_until=START - DAY, issued_on=date(2025, 1, 1))
    assert statuses(assess([older, newer])) == (Status.CLEAR, Status.HIT, Status.CLEAR)


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


@given(certificates)
def test_the_order_of_the_items_changes_nothing(assess, items):
    results = {statuses(assess(order)) for order in permutations(items)}
    assert len(results) == 1


def filled(facts: QualityCertificate, day: date) -> QualityCertificate:
    unknown = [name for name in ("valid_from", "valid_until") if getattr(facts, name) is UNKNOWN]
    return attrs.evolve(facts, **dict.fromkeys(unknown, day))


@given(certificates, days.filter(lambda day: day is not None))
def test_filling_in_an_unknown_date_only_narrows_the_advice(assess, items, day):
    known = [attrs.evolve(item, facts=filled(item.facts, day)) for item in items]
    before, after = assess(items).advice, assess(known).advice
    assert before.at_least <= after.at_least <= after.at_most <= before.at_most


# Called directly --------------------------------------------------------------------------------------


def test_a_called_rule_equals_the_one_in_the_pipeline():
    award = Award(starts_on=START)
    assert begun_at_start(award, START) is True
    assert begun_at_start(award, START + DAY) is False
    assert valid_at_start(award, START) is True
    assert valid_at_start(award, START - DAY) is False
    assert other_standard(award, "HKZ", START, START) is False
    assert other_standard(award, "Perspekt", START, START) is True
    assert other_standard(award, "Perspekt", START, START, accepted_standards=("Perspekt",)) is False
