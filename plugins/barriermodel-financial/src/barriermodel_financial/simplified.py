"""Lawfulness: only a micro organisation may account in the simplified form (vereenvoudigde jaarverantwoording)."""

from typing import Annotated, TypeAlias

from barriermodel.plugin import (
    UNKNOWN,
    Act,
    Award,
    Barrier,
    Between,
    Concern,
    Fact,
    Level,
    Limit,
    Money,
    all_of,
    any_of,
    euro,
    one_of,
)

from .kind import AnnualAccounts

RAISED = "https://www.jaarverantwoordingzorg.nl/actueel/nieuws/2024/04/02/verhoogde-grensbedragen-nu-definitief"
BEFORE = (
    "https://www.jaarverantwoordingzorg.nl/wat-en-hoe/welke-gegevens-aanleveren/jaarverantwoording-jeugdhulpinstellingen/"
    "vereenvoudigde-jaarverantwoording-jeugdhulpinstellingen"
)

TURNOVER, EARLIER_TURNOVER = euro(900_000), euro(700_000)
ASSETS, EARLIER_ASSETS = euro(450_000), euro(350_000)

simplified_accounts = Barrier("nl.simplified_accounts", concern=Concern.LAWFULNESS)


@simplified_accounts.condition
def accounts_simplified(award: Award, accounts: AnnualAccounts) -> Fact[bool]:
    """The rule applies to youth care, with accounts in the simplified form."""
    return all_of(one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO), accounts.simplified)


RaisedFromYear: TypeAlias = Annotated[int, Between(1900, 2100), Limit(source=RAISED)]


@simplified_accounts.derived
def micro_turnover(
    accounts: AnnualAccounts,
    *,
    raised_from_year: RaisedFromYear = 2023,
    max_turnover: Annotated[Money, Between(0), Limit(source=RAISED)] = TURNOVER,
    earlier_max_turnover: Annotated[Money, Between(0), Limit(source=BEFORE)] = EARLIER_TURNOVER,
) -> Fact[Money]:
    """The amount is that of the financial year, so that old accounts are measured by the old amount."""
    if accounts.financial_year is UNKNOWN:
        return UNKNOWN
    return max_turnover if accounts.financial_year >= raised_from_year else earlier_max_turnover


@simplified_accounts.derived
def micro_assets(
    accounts: AnnualAccounts,
    *,
    raised_from_year: RaisedFromYear = 2023,
    max_assets: Annotated[Money, Between(0), Limit(source=RAISED)] = ASSETS,
    earlier_max_assets: Annotated[Money, Between(0), Limit(source=BEFORE)] = EARLIER_ASSETS,
) -> Fact[Money]:
    """As for the turnover."""
    if accounts.financial_year is UNKNOWN:
        return UNKNOWN
    return max_assets if accounts.financial_year >= raised_from_year else earlier_max_assets


@simplified_accounts.signal(level=Level.ORANGE, applies=accounts_simplified, basis="regeling_jeugdwet", unverified=True)
def too_large(
    accounts: AnnualAccounts, micro_turnover: Fact[Money], micro_assets: Fact[Money], *,
    max_employees: Annotated[int, Between(0), Limit(source=RAISED)] = 10,
) -> Fact[bool]:  # fmt: skip
    """Two of three limits exceeded in the latest year. The law requires two years running, so a person looks back."""
    turnover = accounts.turnover > micro_turnover
    assets = accounts.total_assets > micro_assets
    employees = accounts.employees >= max_employees
    return any_of(turnover & assets, turnover & employees, assets & employees)
