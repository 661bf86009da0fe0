"""Derived facts and opaque rules: plain Python that is never shown an unknown fact, and may fail."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from barriermodel import UNKNOWN, Assessment, Evidence, LegalForm, Level, Provider, Status, euro
from barriermodel.plugin import AsOf, Fact, Item, UnknownFactError, UnknownReason
from region import AS_OF, Accounts, Extract, Member, Team, barrier, dossier, item, model


def assessed(function: Callable[..., Any], *evidence: Evidence, provider: Provider | None = None) -> Assessment:
    """What becomes of a rule that hits where the derived fact ``value`` is true."""
    function.__name__ = "value"
    function.__annotations__["return"] = bool
    made = barrier("test.derived")
    made.derived(function)

    @made.signal(level=Level.RED)
    def rule(value: Fact[bool]) -> Fact[bool]:
        return value

    return model(made).assess(dossier(*evidence, provider=provider))


def outcome(assessment: Assessment) -> tuple[Any, UnknownReason | None, str | None]:
    """Its value, why that is unknown, and the error."""
    (rule,) = assessment.rules
    (found,) = rule.facts
    assert (rule.status is Status.OPEN) == (found.value is UNKNOWN)
    return found.value, found.why.reason if found.why else None, rule.error


CALLS: list[object] = []


def test_it_is_not_called_without_evidence() -> None:
    def value(extract: Extract) -> bool:
        CALLS.append(extract)
        return True

    def of_items(years: Sequence[Item[Accounts]]) -> bool:
        CALLS.append(years)
        return True

    assert outcome(assessed(value)) == (UNKNOWN, UnknownReason.MISSING, None)
    assert outcome(assessed(of_items)) == (UNKNOWN, UnknownReason.MISSING, None)
    unknown_key = item(Accounts(profit=euro(1)))
    assert outcome(assessed(of_items, unknown_key)) == (UNKNOWN, UnknownReason.NOT_STATED, None)
    assert CALLS == []


def test_it_needs_evidence_of_each_kind_it_looks_at() -> None:
    def value(extract: Extract, years: Sequence[Item[Accounts]]) -> bool:
        return extract.active is True and len(years) > 0

    assert outcome(assessed(value, item(Extract(active=True))))[0] is UNKNOWN
    assert outcome(assessed(value, item(Extract(active=True)), item(Accounts(year=2024), "b"))) == (True, None, None)


def test_it_sees_facts_ids_dates_and_the_dossiers_date() -> None:
    seen: list[object] = []

    def value(years: Sequence[Item[Accounts]], extract: Extract, provider: Provider, as_of: AsOf) -> bool:
        seen.extend([[(y.facts.year, y.ids, y.date) for y in years], extract.staff, provider.legal_form, as_of])
        return True

    evidence = [item(Accounts(year=2024), "b"), item(Accounts(year=2023), "a"), item(Extract(staff=3), "c")]
    result = assessed(value, *evidence, provider=Provider(legal_form=LegalForm.BV))

    assert outcome(result) == (True, None, None)
    assert seen == [[(2023, ("a",), evidence[1].date), (2024, ("b",), evidence[0].date)], 3, LegalForm.BV, AS_OF]
    (found,) = result.rules[0].facts
    assert [e.id for e in found.evidence] == ["b", "a", "c"]


def test_an_unknown_fact_that_it_touches_makes_its_value_unknown() -> None:
    def value(extract: Extract) -> bool:
        return extract.staff > 3  # type: ignore[operator]

    result = assessed(value, item(Extract(active=True)))

    assert outcome(result) == (UNKNOWN, UnknownReason.NOT_STATED, None)
    assert result.rules[0].facts[0].inputs == ("extract.staff",)
    assert [ask.facts for ask in result.asks] == [("extract.staff",)]


@pytest.mark.parametrize("hide", ["except", "is", "getattr", "bare"])
def test_no_trick_hides_an_unknown_fact(hide: str) -> None:
    error = BaseException if hide == "bare" else UnknownFactError

    def value(extract: Extract) -> bool:
        try:
            if hide == "is":
                return extract.staff is UNKNOWN
            if hide == "getattr":
                return bool(getattr(extract, "staff", 0) == 0)
            return bool(extract.staff)
        except error:
            return False

    assert outcome(assessed(value, item(Extract(active=True)))) == (UNKNOWN, UnknownReason.NOT_STATED, None)


def test_an_unknown_fact_in_a_record_of_a_list_counts_too() -> None:
    def value(team: Team) -> bool:
        return all(member.certified for member in team.members)  # type: ignore[union-attr]

    known, unknown = Member(name="a", certified=True), Member(name="b")

    assert outcome(assessed(value, item(Team(members=(known,))))) == (True, None, None)
    assert outcome(assessed(value, item(Team(members=(known, unknown))))) == (UNKNOWN, UnknownReason.NOT_STATED, None)
    refuted = Member(name="c", certified=False)
    assert outcome(assessed(value, item(Team(members=(refuted, unknown))))) == (False, None, None)


def test_an_unknown_fact_of_the_provider_counts_too() -> None:
    def value(extract: Extract, provider: Provider) -> bool:
        assert extract.active
        return provider.legal_form is LegalForm.BV

    assert outcome(assessed(value, item(Extract(active=True)))) == (UNKNOWN, UnknownReason.NOT_STATED, None)
    assert outcome(assessed(value, item(Extract(active=True)), provider=Provider(legal_form=LegalForm.BV)))[0] is True


def test_what_it_raises_is_recorded_without_paths_and_addresses() -> None:
    def value(extract: Extract) -> bool:
        assert extract.active
        raise ValueError(f"no {object()!r} in /home/someone/secret.csv or C:\\data\\x.csv")

    result = assessed(value, item(Extract(active=True)))
    _, why, error = outcome(result)

    assert why is UnknownReason.ERROR
    assert error is not None
    assert error.startswith("ValueError: no <object object at 0x…> in")
    assert not any(word in error for word in ("home", "secret", "data", "csv"))
    assert [(e.rule, e.plugin, e.message) for e in result.errors] == [("test.derived.rule", "test_plugin", error)]
    assert result.asks == ()
    assert (result.advice.at_least, result.advice.at_most) == (Level.GREEN, Level.RED)


class _Mute(Exception):
    def __str__(self) -> str:
        raise RuntimeError("not even this")


@pytest.mark.parametrize("error", [SystemExit(1), RecursionError(), AssertionError(), KeyError("x"), _Mute()])
def test_whatever_it_raises_the_assessment_goes_on(error: BaseException) -> None:
    def value(extract: Extract) -> bool:
        assert extract.active
        raise error

    _, why, message = outcome(assessed(value, item(Extract(active=True))))

    assert why is UnknownReason.ERROR
    assert message is not None
    assert message.startswith(type(error).__name__)


def test_an_interrupt_is_not_swallowed() -> None:
    def value(extract: Extract) -> bool:
        assert extract.active
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assessed(value, item(Extract(active=True)))


@pytest.mark.parametrize("returned", [1, "yes", None, 1.0, []])
def test_a_value_of_another_type_is_an_error(returned: object) -> None:
    def value(extract: Extract) -> Any:
        assert extract.active
        return returned

    _, why, error = outcome(assessed(value, item(Extract(active=True))))

    assert why is UnknownReason.ERROR
    assert error is not None
    assert "true or false" in error


def test_it_may_say_itself_that_it_does_not_know() -> None:
    def value(extract: Extract) -> Any:
        assert extract.active
        return UNKNOWN

    assert outcome(assessed(value, item(Extract(active=True)))) == (UNKNOWN, UnknownReason.NOT_STATED, None)


def test_the_error_of_a_confidential_kind_says_only_its_sort() -> None:
    def value(team: Team) -> bool:
        assert team.complete
        raise ValueError("secret")

    assert outcome(assessed(value, item(Team(complete=True))))[2] == "ValueError"


def test_called_in_a_test_it_gives_its_value() -> None:
    made = barrier("test.called")

    @made.derived
    def certified(team: Team) -> int:
        return sum(1 for member in team.members if member.certified)  # type: ignore[union-attr]

    assert certified(Team(members=(Member(certified=True),))) == 1
    assert certified(Team()) is UNKNOWN
    assert certified(UNKNOWN) is UNKNOWN


def test_an_opaque_rule_has_a_status_like_any_other() -> None:
    made = barrier("test.opaque")

    @made.condition
    def applies(extract: Extract) -> Fact[bool]:
        return extract.active

    @made.requirement(level=Level.RED, opaque=True, applies=applies)
    def even(extract: Extract) -> Fact[bool]:
        number = 0
        while number < extract.staff:  # type: ignore[operator]
            number += 2
        return number == extract.staff

    def status(**facts: Any) -> Status:
        return model(made).assess(dossier(item(Extract(**facts)))).rule("test.opaque.even").status

    assert status(active=True, staff=2) is Status.CLEAR
    assert status(active=True, staff=3) is Status.HIT
    assert status(active=True) is Status.OPEN
    assert status(active=False, staff=3) is Status.NOT_APPLICABLE
    assert status(staff=3) is Status.OPEN
    assert status(staff=2) is Status.CLEAR
    assert even(Extract(staff=3)) is False
    assert even.opaque is not None


def test_a_function_that_is_too_deep_is_an_error_of_its_own() -> None:
    def value(extract: Extract) -> bool:
        assert extract.active

        def deeper(n: int) -> int:
            return deeper(n + 1)

        return deeper(0) > sys.maxsize

    assert outcome(assessed(value, item(Extract(active=True))))[1] is UnknownReason.ERROR


# Which items it names ---------------------------------------------------------------------------------


def cited(function: Callable[..., Any], *evidence: Evidence) -> list[str]:
    """The ids of the items that a derived fact is said to come from, in the order of the dossier."""
    (rule,) = assessed(function, *evidence).rules
    (found,) = rule.facts
    return [one.id for one in found.evidence]


YEARS = [item(Accounts(year=year, profit=euro(year)), f"of-{year}") for year in (2021, 2022, 2023, 2024)]


def test_of_a_list_it_names_the_items_that_it_read() -> None:
    def last(years: Sequence[Item[Accounts]]) -> bool:
        return years[-1].facts.profit == euro(2024)

    def from_the_end(years: Sequence[Item[Accounts]]) -> bool:
        return next(y.facts.profit == euro(2023) for y in reversed(years) if y.facts.year != 2024)

    def until_found(years: Sequence[Item[Accounts]]) -> bool:
        return any(y.facts.year == 2022 for y in years)

    def by_date_alone(years: Sequence[Item[Accounts]]) -> bool:
        return years[0].date == AS_OF

    def all_of_them(years: Sequence[Item[Accounts]]) -> bool:
        return max(y.facts.profit for y in years) == euro(2024)  # type: ignore[type-var]

    def how_many(years: Sequence[Item[Accounts]]) -> bool:
        return len(years) > 3 and years[0].facts.year == 2021

    def none_of_them(years: Sequence[Item[Accounts]]) -> bool:
        return sum(1 for _ in years) == 4

    assert cited(last, *YEARS) == ["of-2024"]
    assert cited(from_the_end, *YEARS) == ["of-2023", "of-2024"]
    assert cited(until_found, *YEARS) == ["of-2021", "of-2022"]
    assert cited(by_date_alone, *YEARS) == ["of-2021"]
    assert cited(all_of_them, *YEARS) == ["of-2021", "of-2022", "of-2023", "of-2024"]
    assert cited(how_many, *YEARS) == ["of-2021", "of-2022", "of-2023", "of-2024"]
    assert cited(none_of_them, *YEARS) == ["of-2021", "of-2022", "of-2023", "of-2024"]


def test_of_evidence_it_names_the_item_that_counts_and_only_if_it_read_it() -> None:
    def value(accounts: Accounts, extract: Extract) -> bool:
        return accounts.profit == euro(2024) or bool(extract.active)

    both = [*YEARS, item(Extract(active=True), "register")]

    assert cited(value, *both) == ["of-2024"]


def test_of_an_unknown_value_it_names_what_it_read_until_then() -> None:
    def value(years: Sequence[Item[Accounts]]) -> bool:
        return all(y.facts.profit < euro(0) or y.facts.turnover > euro(0) for y in years)

    assert outcome(assessed(value, *YEARS))[:2] == (UNKNOWN, UnknownReason.NOT_STATED)
    assert cited(value, *YEARS) == ["of-2021"]


def test_items_that_were_merged_are_all_named() -> None:
    def value(years: Sequence[Item[Accounts]]) -> bool:
        return years[0].facts.profit == euro(1)

    merged = [item(Accounts(year=2023, profit=euro(1)), "a"), item(Accounts(year=2023, turnover=euro(2)), "b")]

    assert cited(value, *merged, YEARS[3]) == ["a", "b"]


def test_a_derived_fact_that_calls_another_names_what_that_one_read() -> None:
    made = barrier("test.derived")

    @made.derived
    def last_profit(years: Sequence[Item[Accounts]]) -> int:
        return years[-1].facts.profit.cents  # type: ignore[union-attr]

    def value(years: Sequence[Item[Accounts]]) -> bool:
        return last_profit(years) > 0

    assert cited(value, *YEARS) == ["of-2024"]
