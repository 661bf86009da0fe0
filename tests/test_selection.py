"""Which evidence counts on a date, and why a fact is unknown where none does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from barriermodel import (
    UNKNOWN,
    Absent,
    Assessment,
    Evidence,
    Fact,
    Identifier,
    LegalForm,
    Level,
    Provider,
    Reason,
    Requested,
    Status,
    euro,
)
from barriermodel.pipeline.facts import FactValue, undefined
from barriermodel.pipeline.selection import select
from barriermodel.rules.trace import ratio
from region import AS_OF, SHORT, Accounts, Answers, Extract, Member, Team, barrier, dossier, item, model

DAY = timedelta(1)
OWN, OTHER = Identifier("NL-KVK", "01234567"), Identifier("NL-KVK", "76543210")
PROVIDER = Provider(identifiers=(OWN,))

checks = barrier("test.checks")


@checks.requirement(level=Level.RED, norm=SHORT)
def active(extract: Extract) -> Fact[bool]:
    return extract.active


@checks.signal(level=Level.ORANGE, finding=SHORT)
def profitable(accounts: Accounts) -> Fact[bool]:
    return ratio(accounts.profit, accounts.turnover) > 0.1


@checks.signal(level=Level.ORANGE, finding=SHORT)
def vof(provider: Provider) -> Fact[bool]:
    return provider.legal_form == LegalForm.VOF


MODEL = model(checks)


def assess(*evidence: Evidence, **other: Any) -> Assessment:
    return MODEL.assess(dossier(*evidence, provider=PROVIDER, **other))


def fact(assessment: Assessment, id: str = "extract.active") -> FactValue:
    found = {f.ref.id: f for rule in assessment.rules for f in rule.facts}
    return found[id]


def reason(*evidence: Evidence, **other: Any) -> Reason | None:
    """Why ``extract.active`` is unknown; the rule on it must then be open."""
    assessment = assess(*evidence, **other)
    found = fact(assessment)
    assert (found.value is UNKNOWN) == (assessment.rule("test.checks.active").status is Status.OPEN)
    return found.why.reason if found.why else None


def extract(id: str = "ev-1", issued_on: date | None = AS_OF, active: Any = True, **other: Any) -> Evidence:
    return item(Extract(active=active), id, issued_on, **other)


# Reasons ----------------------------------------------------------------------------------------------


def test_a_usable_item_gives_its_facts() -> None:
    found = fact(assess(extract()))

    assert (found.value, found.why, [e.id for e in found.evidence]) == (True, None, ["ev-1"])


def test_nothing_in_the_dossier_is_missing() -> None:
    assert reason() is Reason.MISSING
    assert reason(item(Answers(flag=True))) is Reason.MISSING


def test_an_item_that_has_expired_is_expired() -> None:
    assert reason(extract(valid_until=AS_OF - DAY)) is Reason.EXPIRED


def test_an_item_from_the_future_is_not_yet_issued() -> None:
    assert reason(extract(issued_on=AS_OF + DAY)) is Reason.NOT_YET_ISSUED
    assert reason(item(Extract(active=True), issued_on=None, obtained_on=AS_OF + DAY)) is Reason.NOT_YET_ISSUED


def test_an_item_without_a_date_is_undated() -> None:
    assert reason(extract(issued_on=None)) is Reason.UNDATED


def test_an_item_about_another_provider_does_not_count() -> None:
    assert reason(extract(about=OTHER)) is Reason.OTHER_PROVIDER
    assert reason(extract(about=OTHER), extract("b", about=OWN)) is None


@pytest.mark.parametrize("given", [Reason.NOT_COVERED, Reason.UNAVAILABLE, Reason.MISSING])
def test_what_was_looked_for_and_not_found_says_why(given: Reason) -> None:
    assert reason(absent=[Absent(kind="extract", reason=given)]) is given
    assert reason(absent=[Absent(kind="answers", reason=given)]) is Reason.MISSING


def test_of_several_answers_that_the_register_does_not_cover_it_comes_first() -> None:
    absent = [Absent(kind="extract", reason=r) for r in (Reason.MISSING, Reason.UNAVAILABLE, Reason.NOT_COVERED)]

    assert reason(absent=absent) is Reason.NOT_COVERED


def test_evidence_that_counts_comes_before_what_was_not_found() -> None:
    assert reason(extract(), absent=[Absent(kind="extract", reason=Reason.MISSING)]) is None


def test_what_has_been_asked_for_is_requested() -> None:
    asked = Requested(kind="extract", asked_on=AS_OF - DAY, due_on=AS_OF + 9 * DAY)
    found = fact(assess(requested=[asked]))

    assert found.why is not None
    assert (found.why.reason, found.why.requested) == (Reason.REQUESTED, asked)
    assert reason(extract(valid_until=AS_OF - DAY), requested=[asked]) is Reason.REQUESTED
    assert reason(extract(), requested=[asked]) is None


def test_a_request_from_the_future_does_not_count() -> None:
    assert reason(requested=[Requested(kind="extract", asked_on=AS_OF + DAY)]) is Reason.MISSING
    assert reason(requested=[Requested(kind="extract", asked_on=AS_OF)]) is Reason.REQUESTED


def test_items_of_one_date_that_disagree_are_contested() -> None:
    evidence = [item(Extract(active=active, staff=4), id) for id, active in (("a", True), ("b", False), ("c", UNKNOWN))]
    found = fact(assess(*evidence))

    assert found.why is not None
    assert (found.value, found.why.reason) == (UNKNOWN, Reason.CONTESTED)
    assert [e.id for e in found.evidence] == ["a", "b", "c"]
    selected = select(dossier(*evidence), MODEL.plan.kinds.values())["extract"]
    assert selected.facts == Extract(staff=4)


def test_a_fact_that_the_item_does_not_state_is_not_stated() -> None:
    assert reason(extract(active=UNKNOWN)) is Reason.NOT_STATED


def test_an_unknown_fact_of_the_provider_is_not_stated() -> None:
    found = fact(assess(), "provider.legal_form")

    assert found.why is not None
    assert found.why.reason is Reason.NOT_STATED


def test_a_division_by_zero_is_undefined() -> None:
    accounts = Accounts(year=2024, profit=euro(1), turnover=euro(0))
    rule = assess(item(accounts)).rule("test.checks.profitable")

    assert rule.status is Status.OPEN
    assert len(list(undefined(rule.values[0]))) == 1
    assert all(f.why is None for f in rule.facts)


# Dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("valid_until", "expected"), [(AS_OF, None), (AS_OF - DAY, Reason.EXPIRED)])
def test_the_last_day_of_validity_counts(valid_until: date, expected: Reason | None) -> None:
    assert reason(extract(issued_on=AS_OF - 9 * DAY, valid_until=valid_until)) is expected


@pytest.mark.parametrize(
    ("issued", "as_of", "expected"),
    [
        (date(2024, 12, 30), date(2025, 6, 30), None),
        (date(2024, 12, 29), date(2025, 6, 30), Reason.EXPIRED),
        (date(2024, 8, 31), date(2025, 2, 28), None),  # six months on is the month's last day
        (date(2024, 8, 31), date(2025, 3, 1), Reason.EXPIRED),
        (date(2023, 8, 29), date(2024, 2, 29), None),
        (date(2199, 7, 1), date(2199, 12, 31), None),  # the end lies beyond what a dossier can be of
    ],
)
def test_the_term_of_a_kind_is_counted_in_calendar_months(issued: date, as_of: date, expected: Reason | None) -> None:
    assert reason(extract(issued_on=issued), as_of=as_of) is expected


@pytest.mark.parametrize("first", ["valid_until", "valid_for"])
def test_the_earlier_of_the_two_ends_holds(first: str) -> None:
    ends = [date(2025, 7, 1), date(2025, 8, 1)]
    until, term = ends if first == "valid_until" else ends[::-1]
    given = extract(issued_on=date(2025, term.month - 6, 1), valid_until=until)

    assert reason(given, as_of=ends[0]) is None
    assert reason(given, as_of=ends[0] + DAY) is Reason.EXPIRED


def test_the_date_of_issue_comes_before_the_date_of_receipt() -> None:
    old = extract(issued_on=date(2024, 1, 1), obtained_on=AS_OF)

    assert reason(old) is Reason.EXPIRED
    assert reason(item(Extract(active=True), issued_on=None, obtained_on=AS_OF)) is None


def test_the_newest_item_counts_on_the_dossiers_date() -> None:
    old, new = extract("old", AS_OF - 9 * DAY, True), extract("new", AS_OF - DAY, False)

    assert fact(assess(old, new)).value is False
    assert fact(assess(new, old)).value is False
    assert fact(assess(old, new, as_of=AS_OF - 2 * DAY)).value is True


def test_a_newer_item_that_has_expired_is_not_replaced_by_an_older_one() -> None:
    older = extract("old", AS_OF - 9 * DAY, valid_until=AS_OF + 99 * DAY)
    newer = extract("new", AS_OF - 2 * DAY, valid_until=AS_OF - DAY)
    found = fact(assess(older, newer))

    assert found.why is not None
    assert (found.why.reason, [e.id for e in found.why.evidence]) == (Reason.EXPIRED, ["new"])


def test_an_item_about_another_provider_does_not_hide_an_older_one() -> None:
    assert reason(extract("old", AS_OF - 9 * DAY), extract("new", AS_OF, about=OTHER, active=False)) is None


# Keys -------------------------------------------------------------------------------------------------


def accounts(year: Any, profit: int, id: str, issued_on: date = AS_OF, **other: Any) -> Evidence:
    return item(Accounts(year=year, profit=euro(profit), turnover=euro(100)), id, issued_on, **other)


def selected(*evidence: Evidence) -> Any:
    return select(dossier(*evidence), MODEL.plan.kinds.values())["accounts"]


def test_a_rule_sees_the_latest_key_whatever_its_date() -> None:
    found = selected(accounts(2024, 4, "a", AS_OF - 9 * DAY), accounts(2023, 3, "b", AS_OF))

    assert found.facts == Accounts(year=2024, profit=euro(4), turnover=euro(100))
    assert [(i.ids, i.facts.year, i.date) for i in found.items] == [
        (("b",), 2023, AS_OF), (("a",), 2024, AS_OF - 9 * DAY)
    ]  # fmt: skip


def test_each_key_has_its_newest_item_merged_with_those_of_its_date() -> None:
    found = selected(
        accounts(2024, 1, "old", AS_OF - DAY), accounts(2024, 2, "a"), accounts(2024, 2, "b"), accounts(2023, 9, "c")
    )

    assert [i.ids for i in found.items] == [("c",), ("a", "b")]
    assert found.facts.profit == euro(2)


def test_a_latest_key_that_has_expired_is_not_replaced_by_an_older_key() -> None:
    found = selected(accounts(2024, 4, "a", valid_until=AS_OF - DAY), accounts(2023, 3, "b"))

    assert (found.facts, found.reason) == (Accounts(), Reason.EXPIRED)
    assert [i.ids for i in found.items] == [("b",)]


def test_an_item_whose_key_is_unknown_may_be_of_any_key() -> None:
    found = selected(accounts(UNKNOWN, 4, "a"), accounts(2023, 3, "b"))

    assert (found.facts, found.items, found.reason) == (Accounts(), (), Reason.NOT_STATED)
    assert [e.id for e in found.cited] == ["a"]


def test_confidential_evidence_is_withheld() -> None:
    secret = barrier("test.secret")

    @secret.derived
    def members(team: Team) -> int:
        return len(team.members)  # type: ignore[arg-type]

    @secret.signal(level=Level.RED, finding=SHORT)
    def many(members: Fact[int]) -> Fact[bool]:
        return members > 0

    given = item(Team(members=(Member(name="X"),)))
    assessment = model(secret).assess(dossier(given, extract("other")))

    assert assessment.withheld == (given,)
    assert all(f.confidential for rule in assessment.rules for f in rule.facts)
