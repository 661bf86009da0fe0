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
    Level,
    Limit,
    add_months,
    all_of,
    any_of,
    not_,
    one_of,
)

from .kind import AnnualAccounts

annual_accounts = Barrier("nl.annual_accounts", concern=Concern.LAWFULNESS)


@annual_accounts.condition
def must_file(award: Award, accounts: AnnualAccounts) -> Fact[bool]:
    """The rule applies to youth care that is not given by one person alone.

    For an award under the Wmo alone the dossier does not tell whether the provider must file. Whether
    somebody works alone is stated; it does not follow from the legal form: a sole trader may have staff.
    """
    youth_care = one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO)
    return all_of(youth_care, not_(accounts.solo_worker))


@annual_accounts.derived
def filing_deadline(
    accounts: AnnualAccounts,
    *,
    filing_month: Annotated[
        int,
        Limit(source="https://www.jaarverantwoordingzorg.nl/jeugdhulpaanbieders/wat-openbaar-maken"),
        Between(1, 12),
    ] = 6,
) -> Fact[date]:
    """Return the last day before that month, in the year after the financial year."""
    year = accounts.financial_year
    if year is UNKNOWN:
        return UNKNOWN
    return date(year + 1, filing_month, 1) - timedelta(days=1)


@annual_accounts.derived
def stated_year_begins(accounts: AnnualAccounts) -> Fact[date]:
    """Return the first day of the calendar year that is stated as the financial year."""
    return date(accounts.financial_year, 1, 1) if accounts.financial_year is not UNKNOWN else UNKNOWN


@annual_accounts.requirement(level=Level.ORANGE, applies=must_file, basis="regeling_jeugdwet", unverified=True)
def filed_in_time(
    accounts: AnnualAccounts, filing_deadline: Fact[date], stated_year_begins: Fact[date], as_of: AsOf
) -> Fact[bool]:
    """Filed by the last day, or that day has not passed. A filing date before the year began is a mistake."""
    in_time = all_of(accounts.filed_on <= filing_deadline, accounts.filed_on > stated_year_begins)
    return any_of(as_of <= filing_deadline, in_time)


@annual_accounts.requirement(level=Level.ORANGE, basis="bw_accounts_after_the_year")
def year_is_possible(stated_year_begins: Fact[date], as_of: AsOf) -> Fact[bool]:
    """A mistyped year in the future would be the latest, and hide the accounts that count."""
    return stated_year_begins <= as_of


@annual_accounts.signal(level=Level.ORANGE)
def old_accounts(
    stated_year_begins: Fact[date],
    as_of: AsOf,
    *,
    max_accounts_months: Annotated[int, Between(12, 240), Limit(assumed=True)] = 42,
) -> Fact[bool]:
    """Old accounts that were looked up today are fresh evidence, but say nothing about the provider now."""
    return as_of > add_months(stated_year_begins, max_accounts_months)
