"""Lawfulness: youth care providers make their annual accounts public in time."""

from datetime import date, timedelta
from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Act,
    AsOf,
    Award,
    Barrier,
    Between,
    Concern,
    Fact,
    Label,
    Level,
    Limit,
    Text,
    add_months,
    all_of,
    any_of,
    named,
    not_,
    one_of,
)

from .kind import AnnualAccounts

annual_accounts = Barrier(
    "nl.annual_accounts",
    title=Text(nl="Openbare jaarrekening", en="Public annual accounts"),
    concern=Concern.LAWFULNESS,
)


@annual_accounts.condition
def must_file(award: Award, accounts: AnnualAccounts) -> Fact[bool]:
    """The rule applies to youth care that is not given by one person alone.

    For an award under the Wmo alone the dossier does not tell whether the provider must file. Whether
    somebody works alone is stated; it does not follow from the legal form: a sole trader may have staff.
    """
    youth_care = one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO)
    return all_of(youth_care, not_(accounts.solo_worker))


@annual_accounts.derived(label=Label(nl="uiterste dag van openbaarmaking", en="last day for filing"))
def filing_deadline(
    accounts: AnnualAccounts,
    *,
    filing_month: Annotated[
        int,
        Label(nl="maand waarvóór openbaar", en="month before which to file"),
        Limit(
            source="https://www.jaarverantwoordingzorg.nl/jeugdhulpaanbieders/wat-openbaar-maken",
            note=Text(
                nl="Vóór 1 juni van het jaar na het boekjaar.",
                en="Before 1 June of the year after the financial year.",
            ),
        ),
        Between(1, 12),
    ] = 6,
) -> Fact[date]:
    """Return the last day before that month, in the year after the financial year."""
    year = accounts.financial_year
    if year is UNKNOWN:
        return UNKNOWN
    return date(year + 1, filing_month, 1) - timedelta(days=1)


@annual_accounts.derived(label=Label(nl="eerste dag van het jaartal", en="first day of the stated year"))
def stated_year_begins(accounts: AnnualAccounts) -> Fact[date]:
    """Return the first day of the calendar year that is stated as the financial year."""
    return date(accounts.financial_year, 1, 1) if accounts.financial_year is not UNKNOWN else UNKNOWN


@annual_accounts.requirement(
    level=Level.ORANGE,
    applies=must_file,
    norm=Text(
        nl=(
            "De jaarrekening moet uiterlijk op {last_day} openbaar zijn gemaakt. Is dat niet zo, vraag dan waarom, "
            "en wanneer het wel gebeurt."
        ),
        en=(
            "The annual accounts must have been made public by {last_day}. If they were not, ask why, and when they "
            "will be."
        ),
    ),
    basis="Jeugdwet 8.3.1; Regeling Jeugdwet",
    unverified=Text(
        nl="Jeugdwet 8.3.1 in de tekst die nu geldt: gelezen is die van mei 2017.",
        en="Jeugdwet 8.3.1 in the text in force now: that of May 2017 was read.",
    ),
)
def filed_in_time(
    accounts: AnnualAccounts, filing_deadline: Fact[date], stated_year_begins: Fact[date], as_of: AsOf
) -> Fact[bool]:
    """Filed by the last day, or that day has not passed. A filing date before the year began is a mistake."""
    last_day = named("last_day", filing_deadline, nl="uiterste dag", en="last day")
    return any_of(as_of <= last_day, all_of(accounts.filed_on <= last_day, accounts.filed_on > stated_year_begins))


@annual_accounts.requirement(
    level=Level.ORANGE,
    norm=Text(
        nl="Het boekjaar van de jaarrekening moet begonnen zijn op de peildatum. Volgens het jaartal begon het "
        "niet eerder dan {first_day}. Klopt dat niet, kijk dan of het jaartal een tikfout is.",
        en="The financial year of the accounts must have begun on the reference date. By the stated year it began "
        "no earlier than {first_day}. If that is wrong, see whether the year is a typing error.",
    ),
    basis=Text(
        nl="Burgerlijk Wetboek 2:10 lid 2 (rechtspersonen), 2:210 lid 1 (bv), 2:300 lid 1 (grote stichting) en 3:15i "
        "(wie een bedrijf uitoefent): een jaarrekening wordt gemaakt na afloop van het boekjaar",
        en="Burgerlijk Wetboek 2:10 lid 2 (legal persons), 2:210 lid 1 (BV), 2:300 lid 1 (large foundation) and 3:15i "
        "(whoever carries on a business): annual accounts are drawn up after the financial year has ended",
    ),
)
def year_is_possible(stated_year_begins: Fact[date], as_of: AsOf) -> Fact[bool]:
    """A mistyped year in the future would be the latest, and hide the accounts that count."""
    return named("first_day", stated_year_begins, nl="eerste dag", en="first day") <= as_of


@annual_accounts.signal(
    level=Level.ORANGE,
    finding=Text(
        nl="De jaarrekening is van een jaar dat volgens het jaartal begon op {first_day}. Dat is meer dan "
        "{max_accounts_months} maanden voor de peildatum. Zoek de nieuwste op, of vraag waarom die er niet is.",
        en="The accounts are of a year that by the stated year began on {first_day}. That is more than "
        "{max_accounts_months} months before the reference date. Look up the newest, or ask why there is none.",
    ),
)
def old_accounts(
    stated_year_begins: Fact[date],
    as_of: AsOf,
    *,
    max_accounts_months: Annotated[
        int,
        Label(
            nl="maanden dat een jaarrekening telt, vanaf de eerste dag", en="months accounts count, from the first day"
        ),
        Between(12, 240),
        Limit(
            assumption=Text(
                nl="Geen wet noemt deze termijn. Gekozen is 42 maanden: het jaar zelf, ruim een jaar om de "
                "jaarrekening openbaar te maken, en de tijd dat het bewijs telt.",
                en="No law names this term. Chosen is 42 months: the year itself, over a year to make the accounts "
                "public, and the time for which the evidence counts.",
            )
        ),
    ] = 42,
) -> Fact[bool]:
    """Old accounts that were looked up today are fresh evidence, but say nothing about the provider now."""
    first_day = named("first_day", stated_year_begins, nl="eerste dag", en="first day")
    return as_of > add_months(first_day, max_accounts_months)
