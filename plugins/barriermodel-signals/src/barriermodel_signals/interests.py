"""Real estate and other companies of the provider and of the people behind it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias

from barriermodel.plugin import (
    UNKNOWN,
    Fact,
    Item,
    Level,
    Limit,
    Months,
    Supplier,
    evidence,
    not_,
    record,
)

from .barrier import network_signals


@record
class LinkedCompany:
    """A company in which the provider, a director or a shareholder has an interest, or that has one in the provider."""

    reference: Fact[str] = UNKNOWN
    """A reference with which a person can find it again; never a name."""
    sbi_codes: Fact[tuple[str, ...]] = UNKNOWN
    """All its codes, as written in the register; an empty list if it has none."""


@evidence("business_interests", valid_for=Months(12), supplier=Supplier.REGISTER, retention=True)
class BusinessInterests:
    """What registers show, or the provider declares, on one day. A link is registered or declared, never presumed."""

    owns_real_estate: Fact[bool] = UNKNOWN
    """Owned by the provider, a linked company, or a director or shareholder as an entrepreneur; not a private home."""
    only_own_premises: Fact[bool] = UNKNOWN
    """The provider owns only what it uses for its care, nobody else owns any, and nothing is rented out."""
    has_other_companies: Fact[bool] = UNKNOWN
    """The provider, a director or a shareholder has another company, in any branch."""
    only_own_holding: Fact[bool] = UNKNOWN
    """The only other company is a holding with shares in this provider and in nothing else."""
    linked_companies: Fact[tuple[LinkedCompany, ...]] = UNKNOWN
    """All of them, including the holding; an empty list means that there are none."""


@network_signals.signal(level=Level.ORANGE)
def real_estate(interests: BusinessInterests) -> Fact[bool]:
    """Twente asked about ownership of real estate; RTL Nieuws, IKZ and RIEC count an entrepreneur in real estate.

    A provider that owns its own premises and lets nothing is neither what RTL counts nor a reason to ask for rent.
    """
    return interests.owns_real_estate & not_(interests.only_own_premises)


@network_signals.signal(level=Level.ORANGE)
def other_companies(interests: BusinessInterests) -> Fact[bool]:
    """Twente asked yes or no. Alone it is weak: of 567 companies with three or more indicators, 555 had such a tie.

    That number is of ties to cash-heavy branches, which is narrower than any other company:
    https://www.skipr.nl/uitgelicht/criminelen-kunnen-makkelijk-zorghandeltje-beginnen/
    """
    return interests.has_other_companies & not_(interests.only_own_holding)


CashHeavySbi: TypeAlias = Annotated[tuple[str, ...], Limit(assumed=True)]
CashHeavySbi2008: TypeAlias = Annotated[tuple[str, ...], Limit(assumed=True)]
Sbi2025From: TypeAlias = Annotated[
    date,
    Limit(
        source="https://www.mkbservicedesk.nl/starten-zzp/bedrijf-starten/de-sbi-code-en-je-bedrijf-dit-moet-je-weten"
    ),
]


@network_signals.derived
def cash_heavy_companies(
    found: Sequence[Item[BusinessInterests]],
    *,
    cash_heavy_sbi: CashHeavySbi = ("4671", "4781", "4933", "56"),
    cash_heavy_sbi_2008: CashHeavySbi2008 = ("451", "4932", "56"),
    sbi_2025_from: Sbi2025From = date(2025, 9, 7),
) -> Fact[int]:
    """How many have a code of a cash-heavy branch; the branches are those of RTL Nieuws, IKZ and RIEC.

    The day of the evidence says which classification the register used. The two clash: 4781 is trade in cars in the
    new one and market trade in the old one.
    """
    (item,) = found
    prefixes = cash_heavy_sbi_2008 if item.date < sbi_2025_from else cash_heavy_sbi
    if item.facts.linked_companies is UNKNOWN:
        return UNKNOWN
    codes = [_codes(company) for company in item.facts.linked_companies]
    if not all(code.isascii() and code.isdecimal() for of_one in codes for code in of_one):
        return UNKNOWN  # what is no code could stand for any branch
    return sum(any(code.startswith(prefixes) for code in of_one) for of_one in codes)


def _codes(company: LinkedCompany) -> list[str]:
    """Remove the points of CBS (47.81 is 4781). Reading codes that are unknown makes the number unknown."""
    return [] if company.sbi_codes is UNKNOWN else [code.replace(".", "").strip() for code in company.sbi_codes]


@network_signals.signal(level=Level.ORANGE, unverified=True)
def cash_heavy_branches(cash_heavy_companies: Fact[int]) -> Fact[bool]:
    """One such company is enough; several are still one indicator."""
    return cash_heavy_companies > 0
