"""Integrity signals: profit, personnel cost and dividend as shares of turnover, and the turnover of one person."""

from typing import Annotated

from barriermodel.plugin import (
    SOLE_TRADER_FORMS,
    Barrier,
    Between,
    Concern,
    Fact,
    LegalForm,
    Level,
    Limit,
    Money,
    Provider,
    Ratio,
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

UNUSUAL_PROFIT = (
    "https://www.nu.nl/ondernemen/5954190/grote-groep-zorgbedrijven-maakt-structureel-ongebruikelijk-veel-winst.html"
    "?redirect=1"
)
RTL = "https://fmtgezondheidszorg.nl/onderzoek-rtl-nieuws-werpt-licht-op-dubieuze-zorgondernemingen/"
SOLO_LIMIT = euro(150_000)

financial_signals = Barrier("nl.financial_signals", concern=Concern.INTEGRITY)


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


@financial_signals.signal(level=Level.ORANGE, applies=not_sole_trader)
def high_profit(
    accounts: AnnualAccounts, *, max_margin: Annotated[Ratio, Between(0, 1), Limit(source=UNUSUAL_PROFIT)] = 0.10
) -> Fact[bool]:
    """Profit above a share of turnover is a reason to ask, since small providers often have a high margin."""
    return named("margin", ratio(accounts.profit, accounts.turnover)) > max_margin


@financial_signals.signal(level=Level.ORANGE, applies=not_sole_trader)
def low_personnel_cost(
    accounts: AnnualAccounts, *, min_personnel_share: Annotated[Ratio, Between(0, 1), Limit(source=RTL)] = 0.65
) -> Fact[bool]:
    """Personnel, hired staff and subcontracting together below a share of turnover.

    No cost is below zero, so where some of them are enough the rule is clear, and the others need not be known.
    """
    cost = accounts.personnel_cost + accounts.hired_staff_cost + accounts.subcontracting_cost
    return named("share", ratio(cost, accounts.turnover)) < min_personnel_share


@financial_signals.signal(level=Level.ORANGE, applies=can_pay_dividend)
def high_dividend(
    accounts: AnnualAccounts, *, max_dividend_share: Annotated[Ratio, Between(0, 1), Limit(assumed=True)] = 0.05
) -> Fact[bool]:
    """Dividend as a share of turnover, not of profit, so that a dividend in a year of loss shows as well."""
    return named("share", ratio(accounts.dividend, accounts.turnover)) > max_dividend_share


@financial_signals.signal(level=Level.ORANGE, applies=works_alone)
def high_solo_turnover(
    accounts: AnnualAccounts, *, max_solo_turnover: Annotated[Money, Between(0), Limit(source=RTL)] = SOLO_LIMIT
) -> Fact[bool]:
    """All turnover of a year, from other work too; a full practice with a high rate can reach it honestly."""
    return accounts.turnover > max_solo_turnover
