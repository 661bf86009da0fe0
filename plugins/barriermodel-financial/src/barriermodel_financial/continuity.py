"""Continuity: can the provider keep giving care, and carry this award? A problem here is no sign of ill will."""

from typing import Annotated

from barriermodel.plugin import (
    SOLE_TRADER_FORMS,
    Award,
    Barrier,
    Between,
    Concern,
    Fact,
    Label,
    Level,
    Limit,
    Provider,
    Ratio,
    Text,
    named,
    not_,
    one_of,
    ratio,
)

from .kind import AnnualAccounts

financial_continuity = Barrier(
    "nl.financial_continuity",
    title=Text(nl="Financiële continuïteit", en="Financial continuity"),
    concern=Concern.CONTINUITY,
)


@financial_continuity.condition
def own_equity(provider: Provider) -> Fact[bool]:
    """An owner of an eenmanszaak, VOF or maatschap is liable with private property, which is not in the accounts."""
    return not_(one_of(provider.legal_form, *SOLE_TRADER_FORMS))


@financial_continuity.signal(
    level=Level.ORANGE,
    applies=own_equity,
    finding=Text(
        nl=(
            "Het eigen vermogen is {solvency} van het balanstotaal. De grens is {min_solvency}. "
            "Vraag hoe de aanbieder een tegenvaller opvangt."
        ),
        en=(
            "Equity is {solvency} of total assets. The limit is {min_solvency}. "
            "Ask how the provider would bear a setback."
        ),
    ),
)
def low_solvency(
    accounts: AnnualAccounts,
    *,
    min_solvency: Annotated[
        Ratio,
        Label(nl="laagste solvabiliteit", en="lowest solvency"),
        Between(0, 1),
        Limit(
            assumption=Text(
                nl=(
                    "Er is geen openbare grens voor solvabiliteit in de jeugdzorg of Wmo. "
                    "Gekozen is 20%; een regio die een eigen grens heeft, vult die in."
                ),
                en=(
                    "There is no public limit for solvency in youth care or the Wmo. "
                    "20% was chosen; a region with a limit of its own fills that in."
                ),
            )
        ),
    ] = 0.20,
) -> Fact[bool]:
    """Equity divided by total assets; negative equity is below every limit."""
    solvency = named("solvency", ratio(accounts.equity, accounts.total_assets), nl="solvabiliteit", en="solvency")
    return solvency < min_solvency


@financial_continuity.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "De hele opdracht is {share} van de omzet van een jaar. De grens is {max_award_share}. "
            "Vraag hoe de aanbieder deze groei opvangt."
        ),
        en=(
            "The whole award is {share} of a year's turnover. The limit is {max_award_share}. "
            "Ask how the provider would handle this growth."
        ),
    ),
)
def large_award(
    accounts: AnnualAccounts,
    award: Award,
    *,
    max_award_share: Annotated[
        Ratio,
        Label(nl="grootste opdracht tegen omzet", en="largest award against turnover"),
        Between(0),
        Limit(
            assumption=Text(
                nl=(
                    "Er is geen openbare norm. De waarde is die van de hele looptijd: een opdracht van vier jaar "
                    "die vier keer de omzet waard is, verdubbelt de aanbieder."
                ),
                en=(
                    "There is no public norm. The value is that of the whole term: an award of four years "
                    "that is worth four times the turnover doubles the provider."
                ),
            )
        ),
    ] = 4.0,
) -> Fact[bool]:
    """The value of the whole award compared with one year's turnover.

    A person must look at it. This is not a turnover requirement, which needs weighty reasons and is at most three times
    the value of the award (Aanbestedingswet 2012 art. 2.90 lid 3 and 4); this is a quarter of that value.
    """
    share = named(
        "share", ratio(award.value, accounts.turnover), nl="opdracht tegen omzet", en="award against turnover"
    )
    return share > max_award_share
