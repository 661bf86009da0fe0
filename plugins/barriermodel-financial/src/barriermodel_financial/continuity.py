"""Continuity: can the provider keep giving care, and carry this award? A problem here is no sign of ill will."""

from typing import Annotated

from barriermodel.plugin import (
    SOLE_TRADER_FORMS,
    Award,
    Barrier,
    Between,
    Concern,
    Fact,
    Level,
    Limit,
    Provider,
    Ratio,
    named,
    not_,
    one_of,
    ratio,
)

from .kind import AnnualAccounts

financial_continuity = Barrier("nl.financial_continuity", concern=Concern.CONTINUITY)


@financial_continuity.condition
def own_equity(provider: Provider) -> Fact[bool]:
    """An owner of an eenmanszaak, VOF or maatschap is liable with private property, which is not in the accounts."""
    return not_(one_of(provider.legal_form, *SOLE_TRADER_FORMS))


@financial_continuity.signal(level=Level.ORANGE, applies=own_equity)
def low_solvency(
    accounts: AnnualAccounts, *, min_solvency: Annotated[Ratio, Between(0, 1), Limit(assumed=True)] = 0.20
) -> Fact[bool]:
    """Equity divided by total assets; negative equity is below every limit."""
    return named("solvency", ratio(accounts.equity, accounts.total_assets)) < min_solvency


@financial_continuity.signal(level=Level.ORANGE)
def large_award(
    accounts: AnnualAccounts, award: Award, *, max_award_share: Annotated[Ratio, Between(0), Limit(assumed=True)] = 4.0
) -> Fact[bool]:
    """The value of the whole award compared with one year's turnover.

    A person must look at it. This is not a turnover requirement, which needs weighty reasons and is at most three times
    the value of the award (Aanbestedingswet 2012 art. 2.90 lid 3 and 4); this is a quarter of that value.
    """
    return named("share", ratio(award.value, accounts.turnover)) > max_award_share
