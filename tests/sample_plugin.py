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
BARRIERMODEL_WORDS = {
    "nl": """
        [barrier.nl.financial_signals]
        title = "Financiële signalen"

        [rule.nl.financial_signals.high_profit]
        topic = "Winst"
        hit = "De winst is {margin} van de omzet. De bovengrens is {max_margin}."
        clear = "Winst {margin} van de omzet (bovengrens {max_margin})"
        named.margin = "winstmarge"

        [limit.nl.financial_signals.max_margin]
        label = "hoogste winstmarge"
        note = "een voorbeeld"

        [evidence.annual_accounts]
        title = "Jaarrekening"
        question = "Wilt u de jaarrekening over {financial_year} sturen?"
        facts = { financial_year = "boekjaar", turnover = "omzet", profit = "winst" }

        [law.jeugdwet_8_3_1]
        text = "Jeugdwet 8.3.1"
        """,
    "en": """
        [barrier.nl.financial_signals]
        title = "Financial signals"

        [rule.nl.financial_signals.high_profit]
        topic = "Profit"
        hit = "Profit is {margin} of turnover. The upper limit is {max_margin}."
        clear = "Profit {margin} of turnover (upper limit {max_margin})"
        named.margin = "profit margin"

        [limit.nl.financial_signals.max_margin]
        label = "highest profit margin"
        note = "an example"

        [evidence.annual_accounts]
        title = "Annual accounts"
        question = "Would you send the annual accounts of {financial_year}?"
        facts = { financial_year = "financial year", turnover = "turnover", profit = "profit" }
        """,
}


@evidence(
    "annual_accounts",
    one_per="financial_year",  # several items may count at once, one per year
    valid_for=Months(18),
    supplier=Supplier.REGISTER,  # the authority can look it up; PROVIDER: must be asked for
    burden=0,  # minutes it costs the provider
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
