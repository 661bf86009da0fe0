"""Integrity signals: profit, personnel cost and dividend as shares of turnover, and the turnover of one person."""

from typing import Annotated

from barriermodel.plugin import (
    SOLE_TRADER_FORMS,
    Barrier,
    Between,
    Concern,
    Fact,
    Label,
    LegalForm,
    Level,
    Limit,
    Money,
    Provider,
    Ratio,
    Text,
    euro,
    named,
    not_,
    one_of,
    ratio,
)

from .kind import AnnualAccounts

WITHOUT_DIVIDEND = (
    *SOLE_TRADER_FORMS,
    LegalForm.STICHTING,
    LegalForm.VERENIGING,
    LegalForm.VVE,
    LegalForm.KERKGENOOTSCHAP,
    LegalForm.PUBLIEKRECHTELIJK,
)
"""Forms that have no dividend: it is not in their accounts, and looking for it would keep the rule open.

Foundations and associations may not pay out profit: Burgerlijk Wetboek 2:285 lid 3 and 2:26 lid 3 (general
knowledge, not looked up here).
"""

RTL = "https://fmtgezondheidszorg.nl/onderzoek-rtl-nieuws-werpt-licht-op-dubieuze-zorgondernemingen/"
SOLO_LIMIT = euro(150_000)

financial_signals = Barrier(
    "nl.financial_signals",
    title=Text(nl="Financiële signalen", en="Financial signals"),
    concern=Concern.INTEGRITY,
)


@financial_signals.condition
def not_sole_trader(provider: Provider) -> Fact[bool]:
    """In an eenmanszaak, VOF or maatschap the owner's pay is part of the profit, not of personnel cost."""
    return not_(one_of(provider.legal_form, *SOLE_TRADER_FORMS))


@financial_signals.condition
def can_pay_dividend(provider: Provider) -> Fact[bool]:
    """Whether this legal form can pay a dividend at all."""
    return not_(one_of(provider.legal_form, *WITHOUT_DIVIDEND))


@financial_signals.condition
def works_alone(accounts: AnnualAccounts) -> Fact[bool]:
    """The legal form does not tell: a sole trader may have staff, and a BV may be one person."""
    return accounts.solo_worker


@financial_signals.signal(
    level=Level.ORANGE,
    applies=not_sole_trader,
    finding=Text(
        nl="De winst is {margin} van de omzet. De grens is {max_margin}. Vraag hoe de winst is ontstaan.",
        en="Profit is {margin} of turnover. The limit is {max_margin}. Ask how the profit arose.",
    ),
)
def high_profit(
    accounts: AnnualAccounts,
    *,
    max_margin: Annotated[
        Ratio,
        Label(nl="hoogste winstmarge", en="highest profit margin"),
        Between(0, 1),
        Limit(
            source="https://www.nu.nl/ondernemen/5954190/grote-groep-zorgbedrijven-maakt-structureel-ongebruikelijk-veel-winst.html?redirect=1",
            note=Text(
                nl="FTM en Pointer: meer dan 10%. VWS: maatschappelijk onwenselijk; gewoon is 2 tot 3%.",
                en="FTM and Pointer: more than 10%. VWS (the ministry): socially undesirable; 2 to 3% is usual.",
            ),
        ),
    ] = 0.10,
) -> Fact[bool]:
    """Profit above a share of turnover is a reason to ask, since small providers often have a high margin."""
    margin = named("margin", ratio(accounts.profit, accounts.turnover), nl="winstmarge", en="profit margin")
    return margin > max_margin


@financial_signals.signal(
    level=Level.ORANGE,
    applies=not_sole_trader,
    finding=Text(
        nl=(
            "De kosten van personeel zijn {share} van de omzet. De grens is {min_personnel_share}. "
            "Inhuur en uitbesteed werk zijn meegeteld. Vraag wie de zorg geeft en wat dat kost."
        ),
        en=(
            "The cost of personnel is {share} of turnover. The limit is {min_personnel_share}. "
            "Hired staff and subcontracting are counted in. Ask who gives the care and what that costs."
        ),
    ),
)
def low_personnel_cost(
    accounts: AnnualAccounts,
    *,
    min_personnel_share: Annotated[
        Ratio,
        Label(nl="laagste aandeel personeel", en="lowest share of personnel"),
        Between(0, 1),
        Limit(
            source=RTL,
            note=Text(
                nl="RTL Nieuws, IKZ en RIEC (2021): loonkosten onder 65% van de omzet.",
                en="RTL Nieuws, IKZ and RIEC (2021): wage costs below 65% of turnover.",
            ),
        ),
    ] = 0.65,
) -> Fact[bool]:
    """Personnel, hired staff and subcontracting together below a share of turnover.

    Where own staff alone is enough, the rule is clear and the other two need not be known; this takes costs
    to be zero or more.
    """
    own_share = named(
        "own_share",
        ratio(accounts.personnel_cost, accounts.turnover),
        nl="aandeel eigen personeel",
        en="share of own staff",
    )
    share = named(
        "share",
        ratio(
            accounts.personnel_cost + accounts.hired_staff_cost + accounts.subcontracting_cost,
            accounts.turnover,
        ),
        nl="aandeel personeel",
        en="share of personnel",
    )
    return (own_share < min_personnel_share) & (share < min_personnel_share)


@financial_signals.signal(
    level=Level.ORANGE,
    applies=can_pay_dividend,
    finding=Text(
        nl=(
            "Het uitgekeerde dividend is {share} van de omzet. De grens is {max_dividend_share}. Dividend mag. "
            "Vraag waarom dit bedrag is uitgekeerd."
        ),
        en=(
            "The dividend paid is {share} of turnover. The limit is {max_dividend_share}. Dividend is lawful. "
            "Ask why this amount was paid."
        ),
    ),
)
def high_dividend(
    accounts: AnnualAccounts,
    *,
    max_dividend_share: Annotated[
        Ratio,
        Label(nl="hoogste dividend", en="highest dividend"),
        Between(0, 1),
        Limit(
            assumption=Text(
                nl=(
                    "Er is geen openbare norm voor dividend in de zorg, en dividend is toegestaan. "
                    "Gekozen is de helft van de grens voor winst, als reden om ernaar te vragen."
                ),
                en=(
                    "There is no public norm for dividend in care, and dividend is allowed. "
                    "Half of the limit for profit was chosen, as a reason to ask about it."
                ),
            )
        ),
    ] = 0.05,
) -> Fact[bool]:
    """Dividend as a share of turnover, not of profit, so that a dividend in a year of loss shows as well."""
    share = named("share", ratio(accounts.dividend, accounts.turnover), nl="aandeel dividend", en="share of dividend")
    return share > max_dividend_share


@financial_signals.signal(
    level=Level.ORANGE,
    applies=works_alone,
    finding=Text(
        nl=(
            "De aanbieder werkt alleen en heeft een omzet van {turnover}. De grens is {max_solo_turnover}. "
            "Vraag hoeveel uren zorg dit zijn en of anderen een deel van de zorg geven."
        ),
        en=(
            "The provider works alone and has a turnover of {turnover}. The limit is {max_solo_turnover}. "
            "Ask how many hours of care this is, and whether others give part of it."
        ),
    ),
)
def high_solo_turnover(
    accounts: AnnualAccounts,
    *,
    max_solo_turnover: Annotated[
        Money,
        Label(nl="hoogste omzet van wie alleen werkt", en="highest turnover of who works alone"),
        Between(0),
        Limit(
            source=RTL,
            note=Text(
                nl="RTL Nieuws, IKZ en RIEC (2021): meer dan € 150.000 omzet zonder personeel.",
                en="RTL Nieuws, IKZ and RIEC (2021): more than €150,000 of turnover without staff.",
            ),
        ),
    ] = SOLO_LIMIT,
) -> Fact[bool]:
    """All turnover of a year, from other work too; a full practice with a high rate can reach it honestly."""
    return accounts.turnover > max_solo_turnover
