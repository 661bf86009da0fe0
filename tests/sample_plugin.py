"""The plugin of the design's section 1 as it is printed there, its ellipses filled."""

from collections.abc import Iterable
from typing import Annotated

from barriermodel.plugin import (
    SOLE_TRADER_FORMS,
    UNKNOWN,
    Barrier,
    Concern,
    Fact,
    Level,
    Limit,
    Money,
    Months,
    Provider,
    Ratio,
    Supplier,
    evidence,
    hookimpl,
    named,
    not_,
    one_of,
    ratio,
)

BARRIERMODEL_API = 2  # the plugin API this plugin speaks: a literal, never imported


@evidence(
    "annual_accounts",
    one_per="financial_year",
    valid_for=Months(18),
    supplier=Supplier.REGISTER,
    burden=0,
    basis="jeugdwet_8_3_1",
)
class AnnualAccounts:
    financial_year: Fact[int] = UNKNOWN
    turnover: Fact[Money] = UNKNOWN
    profit: Fact[Money] = UNKNOWN


financial_signals = Barrier("nl.financial_signals", concern=Concern.INTEGRITY)


@financial_signals.condition
def not_sole_trader(provider: Provider) -> Fact[bool]:
    return not_(one_of(provider.legal_form, *SOLE_TRADER_FORMS))


@financial_signals.signal(level=Level.ORANGE, applies=not_sole_trader)
def high_profit(
    accounts: AnnualAccounts,
    *,
    max_margin: Annotated[Ratio, Limit(source="https://example.org")] = 0.10,
) -> Fact[bool]:
    margin = named("margin", ratio(accounts.profit, accounts.turnover))
    return margin > max_margin


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    yield financial_signals
