"""The facts of the annual accounts of a care provider."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import UNKNOWN, Between, Fact, Money, Months, Past, Supplier, evidence


@evidence(
    "annual_accounts",
    one_per="financial_year",
    valid_for=Months(18),
    supplier=Supplier.REGISTER,
    sources=("DigiMV",),
    basis="jeugdwet_8_3_1",
)
class AnnualAccounts:
    """Annual accounts of one financial year, of the provider itself (not consolidated); amounts in euros.

    Rules look at the latest year. What the accounts do not state stays out and is unknown, never 0.
    Amounts that are zero or more are so by definition, but for the costs: there it is an assumption that over a whole
    year credit notes do not exceed what was paid. A rule may be decided by it where such a cost is not stated.
    They are public: https://www.jaarverantwoordingzorg.nl/jeugdhulpaanbieders/wat-openbaar-maken
    """

    financial_year: Annotated[Fact[int], Between(1900, 2100)] = UNKNOWN
    """The year in which the financial year ends."""
    turnover: Annotated[Fact[Money], Between(0)] = UNKNOWN
    """All operating income of the year (som der bedrijfsopbrengsten)."""
    profit: Fact[Money] = UNKNOWN
    """The result for the year as stated in the accounts; a loss is below zero."""
    personnel_cost: Annotated[Fact[Money], Between(0)] = UNKNOWN
    """Pay, premiums and pensions of own staff, without hired staff."""
    hired_staff_cost: Annotated[Fact[Money], Between(0)] = UNKNOWN
    """Staff that is not employed (personeel niet in loondienst)."""
    subcontracting_cost: Annotated[Fact[Money], Between(0)] = UNKNOWN
    """Care that other providers gave on its behalf (onderaanneming)."""
    equity: Fact[Money] = UNKNOWN
    """At the end of the year; below zero where debts exceed assets."""
    total_assets: Annotated[Fact[Money], Between(0)] = UNKNOWN
    """At the end of the year."""
    dividend: Annotated[Fact[Money], Between(0)] = UNKNOWN
    """Paid to shareholders or members over the year; 0 where the accounts say that nothing was paid."""
    filed_on: Annotated[Fact[date], Past()] = UNKNOWN
    """The day on which the accounts were made public in the register."""
    solo_worker: Fact[bool] = UNKNOWN
    """Nobody else gives care for the provider. Not the same as a sole trader, who may have staff."""
    simplified: Fact[bool] = UNKNOWN
    """Filed in the simplified form (vereenvoudigde jaarverantwoording), which counts as filed."""
    employees: Annotated[Fact[int], Between(0)] = UNKNOWN
    """On average over the year."""
