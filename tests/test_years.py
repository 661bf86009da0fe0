"""A limit with a value for each year: where it ends is told beforehand, and the year that it lacks where it matters."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest

from barriermodel import UNKNOWN, BarrierModel, Level, Moment, Registry, Status, euro
from barriermodel.cli.commands import run
from barriermodel.plugin import DefinitionError, Fact, Limit, Money
from barriermodel.profiles.profile import Dated
from barriermodel.reporting.phrases import ending_text
from region import Accounts, barrier, dossier, item, model, profile, registry, stage

BARRIERMODEL_WORDS = {
    "nl": """
        limit.test.years.table.label = "Maxima"
        derived.test.years.maximum.label = "maximum"
        """,
    "en": """
        limit.test.years.table.label = "Maxima"
        derived.test.years.maximum.label = "maximum"
        """,
}
TWO = (euro(10), euro(20))
made = barrier("test.years")


@made.derived
def maximum(
    accounts: Accounts,
    *,
    first: Annotated[int, Limit(assumed=True)] = 2020,
    table: Annotated[tuple[Money, ...], Limit(assumed=True, yearly_from="first")] = TWO,
) -> Fact[Money]:
    if accounts.year is UNKNOWN:
        return UNKNOWN
    place = accounts.year - first
    return table[place] if 0 <= place < len(table) else UNKNOWN


@made.signal(level=Level.RED)
def high(accounts: Accounts, maximum: Fact[Money]) -> Fact[bool]:
    return accounts.turnover > maximum


def reports(year: Any) -> tuple[str, str]:
    facts = Accounts(year=year, turnover=euro(15))
    found = model(made).assess(dossier(item(facts, issued_on=date(2025, 6, 1))))
    return found.explain("nl", width=400, full=True), found.explain("en", width=400, full=True)


@pytest.mark.parametrize("year", [2019, 2022])
def test_the_report_names_the_year_that_keeps_it_open(year: int) -> None:
    nl, en = reports(year)

    assert (
        f"Dit houdt het advies open: maximum (‘Maxima’ gaat van 2020 tot en met 2021 en heeft niets over year {year})."
        in nl
    )
    assert (
        f"This keeps the advice open: maximum (‘Maxima’ goes from 2020 to 2021 and has nothing for year {year})." in en
    )


@pytest.mark.parametrize("year", [2020, 2021, UNKNOWN])
def test_of_a_year_in_the_table_and_of_no_year_it_says_nothing(year: Any) -> None:
    assert all("Maxima’ g" not in report for report in reports(year))


def test_the_reason_for_programs_stays_what_it_was() -> None:
    found = model(made).assess(dossier(item(Accounts(year=2022, turnover=euro(15)), issued_on=date(2025, 6, 1))))
    (rule,) = found.rules

    assert (rule.status, found.asks) == (Status.OPEN, ())
    assert [fact.why.reason.value for fact in rule.facts if fact.why] == ["not_stated"]


def test_the_end_of_a_table_is_known_when_the_profile_is_loaded() -> None:
    (ending,) = model(made).resolved.endings

    assert (ending.last, ending.on) == (2021, date(2022, 1, 1))
    assert ending_text(ending, "nl") == (
        "‘Maxima’ [test.years.table] loopt tot en met 2021. Over een later jaar blijft open wat ervan afhangt, "
        "tot er een waarde met een bron bij staat."
    )


def test_the_newest_setting_of_a_profile_says_where_it_ends() -> None:
    settings = (
        Dated(from_=date(2019, 1, 1), value=[1, 2], assumption="a test"),
        Dated(from_=date(2024, 1, 1), value=[1, 2, 3, 4], assumption="a test"),
    )
    first = (Dated(value=2021, assumption="a test"),)
    own = profile(
        stage("a", "test.years", moment=Moment.MONITORING),
        parameters={"test.years": {"table": settings, "first": first}},
    )

    assert [ending.last for ending in BarrierModel(own, registry(made)).resolved.endings] == [2024]


def test_what_is_no_table_of_years_is_refused() -> None:
    other = barrier("test.other")

    def not_a_list(accounts: Accounts, *, a: Annotated[int, Limit(assumed=True, yearly_from="a")] = 1) -> bool:
        return a > 1

    def no_year(
        accounts: Accounts, *, a: Annotated[tuple[int, ...], Limit(assumed=True, yearly_from="b")] = (1,)
    ) -> bool:
        return a == ()

    for function in (not_a_list, no_year):
        with pytest.raises(DefinitionError, match="yearly_from is for a list; it names a parameter of type int"):
            other.derived(function)


def test_every_shipped_profile_with_the_wnt_tells_where_its_ceilings_end(capsys: pytest.CaptureFixture[str]) -> None:
    registry = Registry.discover()
    plans = {id: BarrierModel.load(id, registry).resolved for id in registry.profiles}
    ends = {id: plan.endings[0].last for id, plan in plans.items() if plan.endings}

    assert ends == {
        **dict.fromkeys(("almelo", "friesland", "h10", "nl-basis", "noord-veluwe", "twente-2019"), 2026),
        "signals-2021": 2021,
    }  # fmt: skip
    assert run(["profiles", "nl-basis"]) == 0
    assert (
        "In de gaten houden:\n  - 1 januari 2027: ‘WNT-maxima per jaar’ [nl.wnt.ceilings] loopt tot"
        in capsys.readouterr().out
    )
    assert run(["profiles", "nl-basis", "--format", "json"]) == 0
    (watch,) = json.loads(capsys.readouterr().out)["watch"]
    assert (watch["on"], watch["parameter"], watch["last_year"]) == ("2027-01-01", "nl.wnt.ceilings", 2026)


def test_the_end_is_told_when_the_profile_is_loaded(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "barriermodel"):
        model(made)

    (record,) = caplog.records
    assert "2022-01-01: ‘Maxima’ [test.years.table] ends with 2021." in record.getMessage()


@pytest.mark.parametrize(("as_of", "told"), [("2026-12-31", False), ("2027-01-01", True)])
def test_the_command_line_tells_of_a_table_that_has_ended(
    capsys: pytest.CaptureFixture[str], as_of: str, told: bool
) -> None:
    example = Path(__file__).parents[1] / "docs" / "examples" / "een-bestand.json"
    run(["assess", str(example), "--profile", "twente-2019", "--as-of", as_of])

    assert ("[nl.wnt.ceilings] loopt tot en met 2026" in capsys.readouterr().err) is told
