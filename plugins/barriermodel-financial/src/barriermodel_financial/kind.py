"""The facts of the annual accounts of a care provider."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import UNKNOWN, Between, Fact, Label, Money, Months, Past, Supplier, Text, evidence


@evidence(
    "annual_accounts",
    title=Text(nl="Jaarrekening", en="Annual accounts"),
    one_per="financial_year",
    valid_for=Months(18),
    supplier=Supplier.REGISTER,
    sources=("DigiMV",),  # KvK holds those of some legal forms only
    burden=0,
    question=Text(
        nl="Wilt u de jaarrekening over {financial_year} sturen?",
        en="Would you send the annual accounts for {financial_year}?",
    ),
    basis="Jeugdwet 8.3.1",
)
class AnnualAccounts:
    """Annual accounts of one financial year, of the provider itself (not consolidated); amounts in euros.

    Rules look at the latest year. What the accounts do not state stays out and is unknown, never 0.
    They are public: https://www.jaarverantwoordingzorg.nl/jeugdhulpaanbieders/wat-openbaar-maken
    """

    financial_year: Annotated[Fact[int], Label(nl="boekjaar", en="financial year"), Between(1900, 2100)] = UNKNOWN
    """The year in which the financial year ends."""
    turnover: Annotated[Fact[Money], Label(nl="omzet", en="turnover"), Between(0)] = UNKNOWN
    """All operating income of the year (som der bedrijfsopbrengsten)."""
    profit: Annotated[Fact[Money], Label(nl="winst", en="profit")] = UNKNOWN
    """The result for the year as stated in the accounts; a loss is below zero."""
    personnel_cost: Annotated[Fact[Money], Label(nl="personeelskosten", en="personnel cost"), Between(0)] = UNKNOWN
    """Pay, premiums and pensions of own staff, without hired staff."""
    hired_staff_cost: Annotated[
        Fact[Money], Label(nl="kosten van ingehuurd personeel", en="cost of hired staff"), Between(0)
    ] = UNKNOWN
    """Staff that is not employed (personeel niet in loondienst)."""
    subcontracting_cost: Annotated[
        Fact[Money], Label(nl="kosten van uitbesteed werk", en="cost of subcontracting"), Between(0)
    ] = UNKNOWN
    """Care that other providers gave on its behalf (onderaanneming)."""
    equity: Annotated[Fact[Money], Label(nl="eigen vermogen", en="equity")] = UNKNOWN
    """At the end of the year; below zero where debts exceed assets."""
    total_assets: Annotated[Fact[Money], Label(nl="balanstotaal", en="total assets"), Between(0)] = UNKNOWN
    """At the end of the year."""
    dividend: Annotated[Fact[Money], Label(nl="uitgekeerd dividend", en="dividend paid"), Between(0)] = UNKNOWN
    """Paid to shareholders or members over the year; 0 where the accounts say that nothing was paid."""
    filed_on: Annotated[Fact[date], Label(nl="openbaar gemaakt op", en="filed on"), Past()] = UNKNOWN
    """The day on which the accounts were made public in the register."""
    solo_worker: Annotated[Fact[bool], Label(nl="werkt alleen", en="works alone")] = UNKNOWN
    """Nobody else gives care for the provider. Not the same as a sole trader, who may have staff."""
    simplified: Annotated[Fact[bool], Label(nl="vereenvoudigde vorm", en="simplified form")] = UNKNOWN
    """Filed in the simplified form (vereenvoudigde jaarverantwoording), which counts as filed."""
    employees: Annotated[
        Fact[int], Label(nl="gemiddeld aantal werknemers", en="average number of employees"), Between(0)
    ] = UNKNOWN
    """On average over the year."""
