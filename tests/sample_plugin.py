"""The plugin of the design's section 1 as it is printed there, its ellipses filled."""

from collections.abc import Iterable
from typing import Annotated

from barriermodel.plugin import (
    SOLE_TRADER_FORMS,
    UNKNOWN,
    Barrier,
    Concern,
    Fact,
    Label,
    Level,
    Limit,
    Money,
    Months,
    Provider,
    Ratio,
    Supplier,
    Text,
    evidence,
    hookimpl,
    named,
    not_,
    one_of,
    ratio,
)

BARRIERMODEL_API = 1  # the plugin API this plugin speaks: a literal, never imported


@evidence(
    "annual_accounts",
    title=Text(nl="Jaarrekening", en="Annual accounts"),
    one_per="financial_year",  # several items may count at once, one per year
    valid_for=Months(18),
    supplier=Supplier.REGISTER,  # the authority can look it up; PROVIDER: must be asked for
    burden=0,  # minutes it costs the provider
    question=Text(
        nl="Wilt u de jaarrekening over {financial_year} sturen?",
        en="Would you send the annual accounts of {financial_year}?",
    ),
    basis="Jeugdwet 8.3.1",
)
class AnnualAccounts:
    financial_year: Annotated[Fact[int], Label(nl="boekjaar", en="financial year")] = UNKNOWN
    turnover: Annotated[Fact[Money], Label(nl="omzet", en="turnover")] = UNKNOWN
    profit: Annotated[Fact[Money], Label(nl="winst", en="profit")] = UNKNOWN


financial_signals = Barrier(
    "nl.financial_signals",
    title=Text(nl="Financiële signalen", en="Financial signals"),
    concern=Concern.INTEGRITY,
)


@financial_signals.condition
def not_sole_trader(provider: Provider) -> Fact[bool]:
    return not_(one_of(provider.legal_form, *SOLE_TRADER_FORMS))


@financial_signals.signal(
    level=Level.ORANGE,
    applies=not_sole_trader,
    finding=Text(
        nl="De winst is {margin} van de omzet. De grens is {max_margin}.",
        en="Profit is {margin} of turnover. The limit is {max_margin}.",
    ),
)
def high_profit(
    accounts: AnnualAccounts,
    *,
    max_margin: Annotated[Ratio, Limit(source="https://example.org", note="an example")] = 0.10,
) -> Fact[bool]:
    margin = named("margin", ratio(accounts.profit, accounts.turnover), nl="winstmarge", en="profit margin")
    return margin > max_margin


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    yield financial_signals
