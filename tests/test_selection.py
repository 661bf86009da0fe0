"""Which evidence counts on a date, and why a fact is unknown where none does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from barriermodel import (
    UNKNOWN,
    Absent,
    Assessment,
    Evidence,
    Identifier,
    LegalForm,
    Level,
    Provider,
    Requested,
    Source,
    Status,
    euro,
)
from barriermodel.engine.provenance import FactValue, undefined_operations
from barriermodel.engine.selection import select
from barriermodel.plugin import AsOf, Fact, Item, SourceType, UnknownReason, ratio
from barriermodel.reporting.cautions import visible_cautions
from barriermodel.text import Localized
from region import AS_OF, Accounts, Answers, Extract, Member, Team, barrier, dossier, item, model

DAY = timedelta(1)
OWN, OTHER = Identifier("NL-KVK", "01234567"), Identifier("NL-KVK", "76543210")
PROVIDER = Provider(identifiers=(OWN,))

checks = barrier("test.checks")


@checks.requirement(level=Level.RED)
def active(extract: Extract) -> Fact[bool]:
    return extract.active


@checks.signal(level=Level.ORANGE)
def profitable(accounts: Accounts) -> Fact[bool]:
    return ratio(accounts.profit, accounts.turnover) > 0.1


@checks.signal(level=Level.ORANGE)
def vof(provider: Provider) -> Fact[bool]:
    return provider.legal_form == LegalForm.VOF


MODEL = model(checks)


def assess(*evidence: Evidence, **other: Any) -> Assessment:
    return MODEL.assess(dossier(*evidence, provider=PROVIDER, **other))


def fact(assessment: Assessment, id: str = "extract.active") -> FactValue:
    found = {f.ref.id: f for rule in assessment.rules for f in rule.facts}
    return found[id]


def reason(*evidence: Evidence, **other: Any) -> UnknownReason | None:
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
    assert reason() is UnknownReason.MISSING
    assert reason(item(Answers(flag=True))) is UnknownReason.MISSING


def test_an_item_that_has_expired_is_expired() -> None:
    assert reason(extract(valid_until=AS_OF - DAY)) is UnknownReason.EXPIRED


def test_an_item_from_the_future_is_not_yet_issued() -> None:
    assert reason(extract(issued_on=AS_OF + DAY)) is UnknownReason.NOT_YET_ISSUED
    assert reason(item(Extract(active=True), issued_on=None, obtained_on=AS_OF + DAY)) is UnknownReason.NOT_YET_ISSUED


def test_an_item_without_a_date_is_undated() -> None:
    assert reason(extract(issued_on=None)) is UnknownReason.UNDATED


def test_an_item_about_another_provider_does_not_count() -> None:
    assert reason(extract(about=OTHER)) is UnknownReason.OTHER_PROVIDER
    assert reason(extract(about=OTHER), extract("b", about=OWN)) is None


@pytest.mark.parametrize("given", [UnknownReason.NOT_COVERED, UnknownReason.UNAVAILABLE, UnknownReason.MISSING])
def test_what_was_looked_for_and_not_found_says_why(given: UnknownReason) -> None:
    assert reason(absent=[Absent(kind="extract", reason=given)]) is given
    assert reason(absent=[Absent(kind="answers", reason=given)]) is UnknownReason.MISSING


def test_of_several_answers_that_the_register_does_not_cover_it_comes_first() -> None:
    absent = [
        Absent(kind="extract", reason=r)
        for r in (UnknownReason.MISSING, UnknownReason.UNAVAILABLE, UnknownReason.NOT_COVERED)
    ]

    assert reason(absent=absent) is UnknownReason.NOT_COVERED


def of(issuer: str, reason: UnknownReason) -> Absent:
    return Absent(kind="extract", reason=reason, source=Source(type=SourceType.REGISTER, issuer=issuer))


@pytest.mark.parametrize("given", [UnknownReason.UNAVAILABLE, UnknownReason.MISSING])
def test_that_a_source_does_not_cover_it_says_nothing_of_another_source(given: UnknownReason) -> None:
    for absent in (
        [of("A", UnknownReason.NOT_COVERED), of("B", given)],
        [of("B", given), of("A", UnknownReason.NOT_COVERED)],
    ):
        assert reason(absent=absent) is given
    assert reason(absent=[of("A", UnknownReason.NOT_COVERED), Absent(kind="extract", reason=given)]) is given


def test_of_one_source_and_of_all_sources_it_comes_first() -> None:
    assert (
        reason(absent=[of("A", UnknownReason.MISSING), of("a", UnknownReason.NOT_COVERED)]) is UnknownReason.NOT_COVERED
    )
    assert (
        reason(absent=[of("A", UnknownReason.NOT_COVERED), of("B", UnknownReason.NOT_COVERED)])
        is UnknownReason.NOT_COVERED
    )
    of_all = Absent(kind="extract", reason=UnknownReason.NOT_COVERED)
    assert reason(absent=[of("B", UnknownReason.UNAVAILABLE), of_all]) is UnknownReason.NOT_COVERED


def test_evidence_that_counts_comes_before_what_was_not_found() -> None:
    assert reason(extract(), absent=[Absent(kind="extract", reason=UnknownReason.MISSING)]) is None


def test_what_has_been_asked_for_is_requested() -> None:
    asked = Requested(kind="extract", asked_on=AS_OF - DAY, due_on=AS_OF + 9 * DAY)
    found = fact(assess(requested=[asked]))

    assert found.why is not None
    assert (found.why.reason, found.why.requested) == (UnknownReason.REQUESTED, asked)
    assert reason(extract(valid_until=AS_OF - DAY), requested=[asked]) is UnknownReason.REQUESTED
    assert reason(extract(), requested=[asked]) is None


def test_a_request_from_the_future_does_not_count() -> None:
    assert reason(requested=[Requested(kind="extract", asked_on=AS_OF + DAY)]) is UnknownReason.MISSING
    assert reason(requested=[Requested(kind="extract", asked_on=AS_OF)]) is UnknownReason.REQUESTED


def test_items_of_one_date_that_disagree_are_contested() -> None:
    evidence = [item(Extract(active=active, staff=4), id) for id, active in (("a", True), ("b", False), ("c", UNKNOWN))]
    found = fact(assess(*evidence))

    assert found.why is not None
    assert (found.value, found.why.reason) == (UNKNOWN, UnknownReason.CONTESTED)
    assert [e.id for e in found.evidence] == ["a", "b", "c"]
    selected = select(dossier(*evidence), MODEL.resolved.kinds.values())["extract"]
    assert selected.facts == Extract(staff=4)


def test_a_fact_that_the_item_does_not_state_is_not_stated() -> None:
    assert reason(item(Extract(staff=3))) is UnknownReason.NOT_STATED


def test_an_unknown_fact_of_the_provider_is_not_stated() -> None:
    found = fact(assess(), "provider.legal_form")

    assert found.why is not None
    assert found.why.reason is UnknownReason.NOT_STATED


def test_a_division_by_zero_is_undefined() -> None:
    accounts = Accounts(year=2024, profit=euro(1), turnover=euro(0))
    rule = assess(item(accounts)).rule("test.checks.profitable")

    assert rule.status is Status.OPEN
    assert len(list(undefined_operations(rule.values[0]))) == 1
    assert all(f.why is None for f in rule.facts)


# Dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("valid_until", "expected"), [(AS_OF, None), (AS_OF - DAY, UnknownReason.EXPIRED)])
def test_the_last_day_of_validity_counts(valid_until: date, expected: UnknownReason | None) -> None:
    assert reason(extract(issued_on=AS_OF - 9 * DAY, valid_until=valid_until)) is expected


@pytest.mark.parametrize(
    ("issued", "as_of", "expected"),
    [
        (date(2024, 12, 30), date(2025, 6, 30), None),
        (date(2024, 12, 29), date(2025, 6, 30), UnknownReason.EXPIRED),
        (date(2024, 8, 31), date(2025, 2, 28), None),  # six months on is the month's last day
        (date(2024, 8, 31), date(2025, 3, 1), UnknownReason.EXPIRED),
        (date(2023, 8, 29), date(2024, 2, 29), None),
        (date(2199, 7, 1), date(2199, 12, 31), None),  # the end lies beyond what a dossier can be of
    ],
)
def test_the_term_of_a_kind_is_counted_in_calendar_months(
    issued: date, as_of: date, expected: UnknownReason | None
) -> None:
    assert reason(extract(issued_on=issued), as_of=as_of) is expected


@pytest.mark.parametrize("first", ["valid_until", "valid_for"])
def test_the_earlier_of_the_two_ends_holds(first: str) -> None:
    ends = [date(2025, 7, 1), date(2025, 8, 1)]
    until, term = ends if first == "valid_until" else ends[::-1]
    given = extract(issued_on=date(2025, term.month - 6, 1), valid_until=until)

    assert reason(given, as_of=ends[0]) is None
    assert reason(given, as_of=ends[0] + DAY) is UnknownReason.EXPIRED


def test_the_date_of_issue_comes_before_the_date_of_receipt() -> None:
    old = extract(issued_on=date(2024, 1, 1), obtained_on=AS_OF)

    assert reason(old) is UnknownReason.EXPIRED
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
    assert (found.why.reason, [e.id for e in found.why.evidence]) == (UnknownReason.EXPIRED, ["new"])


def test_an_item_about_another_provider_does_not_hide_an_older_one() -> None:
    assert reason(extract("old", AS_OF - 9 * DAY), extract("new", AS_OF, about=OTHER, active=False)) is None


# Keys -------------------------------------------------------------------------------------------------


def accounts(year: Any, profit: int, id: str, issued_on: date = AS_OF, **other: Any) -> Evidence:
    return item(Accounts(year=year, profit=euro(profit), turnover=euro(100)), id, issued_on, **other)


def selected(*evidence: Evidence) -> Any:
    return select(dossier(*evidence), MODEL.resolved.kinds.values())["accounts"]


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
    found = selected(accounts(2024, 4, "a", AS_OF - DAY, valid_until=AS_OF - DAY), accounts(2023, 3, "b"))

    assert (found.facts, found.reason) == (Accounts(), UnknownReason.EXPIRED)
    assert [i.ids for i in found.items] == [("b",)]


# Items that do not state their key --------------------------------------------------------------------


def test_a_usable_item_without_a_key_may_be_of_the_latest_key() -> None:
    found = selected(accounts(UNKNOWN, 4, "a"), accounts(2023, 3, "b"))

    assert (found.facts, found.items, found.reason) == (Accounts(), (), UnknownReason.NOT_STATED)
    assert [e.id for e in found.cited] == ["a"]


def test_a_usable_item_without_a_key_may_be_of_the_latest_key_although_it_is_older() -> None:
    found = selected(accounts(UNKNOWN, 4, "a", AS_OF - 9 * DAY), accounts(2023, 3, "b"))

    assert (found.facts, found.items) == (Accounts(), ())


def test_an_expired_item_without_a_key_that_is_older_hides_nothing() -> None:
    """Accounts of long ago without a year, once read: they are neither newer nor of use."""
    long_ago = accounts(UNKNOWN, 4, "a", date(1990, 5, 1), valid_until=date(1991, 5, 1))
    found = selected(long_ago, accounts(2023, 3, "b"))

    assert (found.facts.profit, found.reason) == (euro(3), None)
    assert [i.ids for i in found.items] == [("b",)]


def test_an_expired_item_without_a_key_hides_only_what_it_may_be_the_newer_version_of() -> None:
    """A newer item that has expired is not replaced by an older one: of 2023 nothing can be told, of 2024 it can."""
    expired = accounts(UNKNOWN, 9, "u", AS_OF - 5 * DAY, valid_until=AS_OF - DAY)
    found = selected(accounts(2023, 3, "b", AS_OF - 9 * DAY), expired, accounts(2024, 4, "c", AS_OF - 2 * DAY))

    assert (found.facts.profit, [e.id for e in found.cited]) == (euro(4), ["c"])
    assert found.items == (), "2023 may or may not count, so what is counted over the years is unknown"


def test_an_expired_item_without_a_key_hides_the_latest_key_where_it_may_be_its_newer_version() -> None:
    expired = accounts(UNKNOWN, 9, "u", AS_OF - 5 * DAY, valid_until=AS_OF - DAY)
    found = selected(accounts(2023, 3, "b", AS_OF - 9 * DAY), expired)

    assert (found.facts, found.reason, [e.id for e in found.cited]) == (Accounts(), UnknownReason.NOT_STATED, ["u"])


def test_an_expired_item_without_a_key_alone_is_expired() -> None:
    assert selected(accounts(UNKNOWN, 9, "u", AS_OF - 5 * DAY, valid_until=AS_OF - DAY)).reason is UnknownReason.EXPIRED


def test_a_request_names_the_item_without_a_key_and_the_key() -> None:
    (ask,) = assess(extract(), accounts(UNKNOWN, 4, "a"), accounts(2023, 3, "b")).asks

    assert (ask.facts, [e.id for e in ask.why.evidence]) == (("accounts.year",), ["a"])
    assert ask.question["nl"] == "In ‘a’ staat niet: year. Vul dat aan."
    assert ask.question["en"] == "Not stated in ‘a’: year. Add that."


def test_a_request_names_the_item_and_the_facts_that_it_lacks() -> None:
    assessment = assess(extract(), item(Accounts(year=2024), "a"))
    (ask,) = assessment.asks

    assert ask.facts == ("accounts.profit", "accounts.turnover")
    assert ask.question["en"] == "Of 2024? Not stated in ‘a’: profit and turnover."
    assert "Over 2024? In ‘a’ staat niet: profit en turnover." in assessment.explain("nl", width=300, full=True)
    assert assessment.to_dict()["asks"][0]["evidence"] == ["a"]


# Items that say nothing, or contradict themselves ------------------------------------------------------


def test_an_item_that_states_no_fact_is_refused() -> None:
    with pytest.raises(ValueError, match="states no fact: leave it out, or state its kind under absent or requested"):
        item(Extract())


def test_an_item_that_ends_before_its_own_date_is_not_usable_and_displaces_nothing() -> None:
    wrong = extract("new", AS_OF, active=False, valid_until=AS_OF - 2 * DAY)
    assessment = assess(extract("old", AS_OF - 9 * DAY), wrong)

    assert fact(assessment).value is True
    (caution,) = assessment.cautions
    assert caution.evidence == ("new",)
    assert caution.text["nl"] == (
        "‘new’ is van 30 juni 2025 en zou gelden tot en met 28 juni 2025. "
        "Een van die datums klopt niet; het stuk telt niet mee."
    )


def test_an_item_that_ends_before_its_own_date_is_of_no_use_alone() -> None:
    wrong = extract("new", AS_OF, valid_until=AS_OF - 2 * DAY)

    assert reason(wrong) is UnknownReason.EXPIRED
    assert "geldig tot een dag vóór de eigen datum" in assess(wrong).explain("nl", width=300, full=True)
    assert "is verlopen" not in assess(wrong).explain("nl", width=300, full=True)


# Items that never count ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"issued_on": None}, "‘new’ heeft geen datum, of een die niet kan kloppen."),
        ({"issued_on": date(1900, 1, 1)}, "‘new’ heeft geen datum, of een die niet kan kloppen."),
        ({"issued_on": date(26, 1, 10)}, "‘new’ heeft geen datum, of een die niet kan kloppen."),
        ({"issued_on": date(2062, 1, 10)}, "‘new’ is van 10 januari 2062, dus van na de peildatum."),
        ({"about": OTHER}, "‘new’ gaat over NL-KVK 76543210 en niet over deze aanbieder."),
    ],
)
def test_a_newer_item_that_cannot_count_is_told_beside_an_older_one_that_does(
    changed: dict[str, Any], told: str
) -> None:
    """Else one mistyped date would turn red into green without a word."""
    damaged = extract("new", **{"issued_on": AS_OF, "active": False, **changed})
    assessment = assess(extract("old", AS_OF - 9 * DAY), damaged)

    assert assessment.rule("test.checks.active").status is Status.CLEAR
    (caution,) = assessment.cautions
    assert (caution.evidence, caution.text["nl"].startswith(told)) == (("new",), True)


def test_an_expired_item_of_another_key_by_which_a_rule_would_hit_is_told() -> None:
    """A hit on one list that is older than a month, beside a fresh look at another list."""
    lists = barrier("test.lists")

    @lists.derived
    def losses(years: Sequence[Item[Accounts]]) -> int:
        return sum(1 for year in years if year.facts.profit < euro(0))  # type: ignore[operator]

    @lists.signal(level=Level.RED)
    def any_loss(losses: Fact[int]) -> Fact[bool]:
        return losses > 0

    old = accounts(2023, -5, "old", AS_OF - 9 * DAY, valid_until=AS_OF - DAY)
    assessment = model(lists).assess(dossier(old, accounts(2024, 5, "new")))

    assert assessment.rule("test.lists.any_loss").status is Status.CLEAR
    (caution,) = assessment.cautions
    assert caution.evidence == ("old",)
    assert caution.text["nl"] == (
        "‘old’ (21 juni 2025) is verlopen en telt niet meer mee. Daarin stond: year 2023; profit -€ 5; turnover € 100. "
        "Met dat oudere stuk was dit een treffer: test.lists.any_loss."
    )


def test_an_item_that_ends_on_its_own_date_counts_on_that_day() -> None:
    assert reason(extract("new", AS_OF, valid_until=AS_OF)) is None


# What newer evidence displaced ------------------------------------------------------------------------


def test_a_newer_item_that_clears_a_hit_is_told_with_the_older_one() -> None:
    assessment = assess(extract("old", AS_OF - 9 * DAY, active=False), extract("new", AS_OF, active=True))

    assert assessment.rule("test.checks.active").status is Status.CLEAR
    (caution,) = assessment.cautions
    assert caution.evidence == ("new", "old")
    assert caution.text["nl"] == (
        "‘new’ (30 juni 2025) kwam in de plaats van ‘old’ (21 juni 2025). Daarin stond: active nee. "
        "Met dat oudere stuk was dit een treffer: test.checks.active."
    )
    assert caution.text["nl"] in assessment.explain("nl", width=400, full=True)


def test_a_newer_item_that_opens_a_hit_is_told_with_the_older_one() -> None:
    newer = item(Extract(staff=3), "new", AS_OF)
    assessment = assess(extract("old", AS_OF - 9 * DAY, active=False), newer)

    assert assessment.rule("test.checks.active").status is Status.OPEN
    assert [c.evidence for c in assessment.cautions] == [("new", "old")]


def test_a_newer_item_that_hits_as_the_older_one_did_is_not_told() -> None:
    assert not assess(extract("old", AS_OF - 9 * DAY, active=False), extract("new", AS_OF, active=False)).cautions


def test_an_older_item_that_had_expired_by_itself_is_not_told() -> None:
    old = extract("old", AS_OF - 9 * DAY, active=False, valid_until=AS_OF - DAY)
    assert not assess(old, extract("new", AS_OF, active=True)).cautions


def test_of_several_older_items_the_newest_that_would_hit_is_told() -> None:
    items = [extract(f"old-{n}", AS_OF - n * DAY, active=False) for n in (3, 5, 7)]
    assessment = assess(*items, extract("new", AS_OF, active=True))

    assert [c.evidence for c in assessment.cautions] == [("new", "old-3")]


def test_what_was_displaced_is_told_although_no_fact_differs() -> None:
    """The rule hits by the age of the item."""
    ages = barrier("test.ages")

    @ages.derived
    def days(extracts: Sequence[Item[Extract]], as_of: AsOf) -> int:
        return (as_of - extracts[0].date).days  # type: ignore[operator]

    @ages.signal(level=Level.RED)
    def too_old(days: Fact[int]) -> Fact[bool]:
        return days > 5

    old, new = extract("old", AS_OF - 9 * DAY), extract("new", AS_OF)
    (caution,) = model(ages).assess(dossier(old, new)).cautions

    assert caution.text["nl"] == (
        "‘new’ (30 juni 2025) kwam in de plaats van ‘old’ (21 juni 2025). "
        "Met dat oudere stuk was dit een treffer: test.ages.too_old."
    )


def test_what_was_displaced_in_a_key_is_told() -> None:
    """The rule looks at the latest year, of which a newer version came."""
    old, new = accounts(2024, 50, "old", AS_OF - 9 * DAY), accounts(2024, 1, "new")
    assessment = assess(extract(), old, new, accounts(2023, 50, "before"))

    (caution,) = assessment.cautions
    assert caution.evidence == ("new", "old")
    assert "profit € 50" in caution.text["nl"]


def test_what_is_displaced_is_withheld_where_its_rule_reads_confidential_evidence() -> None:
    """That a hit came and went would tell what is in the confidential item."""
    secret = barrier("test.secret")

    @secret.signal(level=Level.RED)
    def both(team: Team, extract: Extract) -> Fact[bool]:
        return team.complete & (extract.staff > 3)

    evidence = [
        item(Team(complete=True), "t"),
        item(Extract(staff=5), "old", AS_OF - DAY),
        item(Extract(staff=1), "new", AS_OF),
    ]
    assessment = model(secret).assess(dossier(*evidence))

    assert visible_cautions(assessment, confidential=False) == ()
    assert [c.evidence for c in visible_cautions(assessment, confidential=True)] == [("new", "old")]


def test_the_date_of_a_confidential_item_that_has_expired_is_not_told() -> None:
    secret = barrier("test.secret")

    @secret.requirement(level=Level.RED)
    def complete(team: Team) -> Fact[bool]:
        return team.complete

    expired = item(Team(complete=True), "t", date(2025, 2, 3), valid_until=date(2025, 3, 4))
    assessment = model(secret).assess(dossier(expired))

    for shown in (assessment.explain("nl", full=True), assessment.explain("en", full=True), assessment.to_json()):
        assert "februari" not in shown
        assert "February" not in shown
        assert "2025-02-03" not in shown
    assert "3 februari 2025" in assessment.explain("nl", confidential=True, full=True)


def test_remarks_on_a_confidential_item_are_told_once_however_many_there_are() -> None:
    secret = barrier("test.secret")

    @secret.requirement(level=Level.RED)
    def complete(team: Team) -> Fact[bool]:
        return team.complete

    notes = [Localized(f"{n}", f"{n}") for n in range(3)]
    assessment = model(secret).assess(dossier(item(Team(complete=True), "t", notes=notes)))

    assert len(visible_cautions(assessment, confidential=False)) == 1
    assert len(visible_cautions(assessment, confidential=True)) == 3


def test_the_order_of_items_that_are_cited_changes_no_word() -> None:
    items = [accounts(UNKNOWN, 4, id) for id in "ab"]
    one, other = assess(extract(), *items), assess(*items[::-1], extract())

    assert one.explain("nl", full=True) == other.explain("nl", full=True)
    assert one.to_json() == other.to_json()
    assert "Not stated in ‘a’ and ‘b’: year." in one.explain("en", width=300, full=True)


def test_confidential_evidence_is_withheld() -> None:
    secret = barrier("test.secret")

    @secret.derived
    def members(team: Team) -> int:
        return len(team.members)  # type: ignore[arg-type]

    @secret.signal(level=Level.RED)
    def many(members: Fact[int]) -> Fact[bool]:
        return members > 0

    given = item(Team(members=(Member(name="X"),)))
    assessment = model(secret).assess(dossier(given, extract("other")))

    assert assessment.withheld == (given,)
    assert all(f.confidential for rule in assessment.rules for f in rule.facts)
