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
    Label,
    Level,
    Limit,
    Money,
    Text,
    all_of,
    any_of,
    euro,
    named,
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

simplified_accounts = Barrier(
    "nl.simplified_accounts",
    title=Text(nl="Vereenvoudigde jaarverantwoording", en="Simplified accounts"),
    concern=Concern.LAWFULNESS,
)


@simplified_accounts.condition
def accounts_simplified(award: Award, accounts: AnnualAccounts) -> Fact[bool]:
    """The rule applies to youth care, with accounts in the simplified form."""
    return all_of(one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO), accounts.simplified)


RaisedFromYear: TypeAlias = Annotated[
    int,
    Label(nl="eerste boekjaar met de hogere bedragen", en="first financial year with the higher amounts"),
    Between(1900, 2100),
    Limit(
        source=RAISED,
        note=Text(
            nl="Over boekjaar 2023 mocht de aanbieder kiezen. Daarom gelden hier de hogere bedragen.",
            en="For financial year 2023 the provider could choose. So here the higher amounts hold.",
        ),
    ),
]


@simplified_accounts.derived(label=Label(nl="hoogste omzet van een micro", en="highest turnover of a micro"))
def micro_turnover(
    accounts: AnnualAccounts,
    *,
    raised_from_year: RaisedFromYear = 2023,
    max_turnover: Annotated[
        Money, Label(nl="hoogste omzet", en="highest turnover"), Between(0), Limit(source=RAISED)
    ] = TURNOVER,
    earlier_max_turnover: Annotated[
        Money, Label(nl="hoogste omzet daarvoor", en="highest turnover before"), Between(0), Limit(source=BEFORE)
    ] = EARLIER_TURNOVER,
) -> Fact[Money]:
    """The amount is that of the financial year, so that old accounts are measured by the old amount."""
    if accounts.financial_year is UNKNOWN:
        return UNKNOWN
    return max_turnover if accounts.financial_year >= raised_from_year else earlier_max_turnover


@simplified_accounts.derived(label=Label(nl="hoogste balanstotaal van een micro", en="highest assets of a micro"))
def micro_assets(
    accounts: AnnualAccounts,
    *,
    raised_from_year: RaisedFromYear = 2023,
    max_assets: Annotated[
        Money, Label(nl="hoogste balanstotaal", en="highest assets"), Between(0), Limit(source=RAISED)
    ] = ASSETS,
    earlier_max_assets: Annotated[
        Money, Label(nl="hoogste balanstotaal daarvoor", en="highest assets before"), Between(0), Limit(source=BEFORE)
    ] = EARLIER_ASSETS,
) -> Fact[Money]:
    """As for the turnover."""
    if accounts.financial_year is UNKNOWN:
        return UNKNOWN
    return max_assets if accounts.financial_year >= raised_from_year else earlier_max_assets


@simplified_accounts.signal(
    level=Level.ORANGE,
    applies=accounts_simplified,
    finding=Text(
        nl=(
            "De jaarrekening is vereenvoudigd, maar de aanbieder was dat jaar groter dan een micro-organisatie. Ten "
            "minste twee van deze drie grenzen zijn bereikt of overschreden: omzet {highest_turnover}, balanstotaal "
            "{highest_assets}, {max_employees} werknemers. Eén zo'n jaar mag. Kijk of de aanbieder het jaar ervoor "
            "ook al te groot was."
        ),
        en=(
            "The accounts are in the simplified form, but the provider was larger than a micro organisation that year. "
            "At least two of these three limits were reached or exceeded: turnover {highest_turnover}, total assets "
            "{highest_assets}, {max_employees} employees. One such year is allowed. See whether the provider was too "
            "large the year before as well."
        ),
    ),
    basis="Regeling Jeugdwet; Jeugdwet 8.3.1",
    unverified=Text(
        nl="De artikelen van de Regeling Jeugdwet zelf: gelezen is alleen wat jaarverantwoordingzorg.nl erover zegt.",
        en="The articles of the Regeling Jeugdwet: only what jaarverantwoordingzorg.nl says of it was read.",
    ),
)
def too_large(
    accounts: AnnualAccounts,
    micro_turnover: Fact[Money],
    micro_assets: Fact[Money],
    *,
    max_employees: Annotated[
        int,
        Label(nl="aantal werknemers waarbij een micro ophoudt", en="employees at which a micro ends"),
        Between(0),
        Limit(source=RAISED, note=Text(nl="Minder dan 10, gemiddeld.", en="Fewer than 10, on average.")),
    ] = 10,
) -> Fact[bool]:
    """Two of three limits exceeded in the latest year. The law requires two years running, so a person looks back."""
    turnover = accounts.turnover > named("highest_turnover", micro_turnover, nl="grens omzet", en="limit of turnover")
    assets = accounts.total_assets > named(
        "highest_assets", micro_assets, nl="grens balanstotaal", en="limit of assets"
    )
    employees = accounts.employees >= max_employees
    return any_of(turnover & assets, turnover & employees, assets & employees)
