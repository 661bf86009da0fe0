"""Insolvency: bankruptcy, suspension of payment and debt restructuring."""

import enum

from barriermodel.plugin import (
    UNKNOWN,
    Barrier,
    Concern,
    Fact,
    Level,
    Months,
    Supplier,
    evidence,
    not_,
)


class InsolvencyCase(enum.Enum):
    """What the register states; KvK's open data have FAIL, SURS and SSAN."""

    NONE = "none"
    BANKRUPTCY = "bankruptcy"
    """Faillissement (Faillissementswet, titel I)."""
    SUSPENSION_OF_PAYMENT = "suspension_of_payment"
    """Surseance van betaling (titel II)."""
    DEBT_RESTRUCTURING = "debt_restructuring"
    """Schuldsaneringsregeling natuurlijke personen (titel III): a sole trader or partner, never a BV."""


@evidence("insolvency_extract", supplier=Supplier.REGISTER, valid_for=Months(3), basis="fw_19_222a_294", retention=True)
class InsolvencyExtract:
    """What the Centraal Insolventieregister or KvK's open data state about the provider itself.

    An ended case leaves the register after about six months, so that ``none`` says little about the past.
    """

    case: Fact[InsolvencyCase] = UNKNOWN
    number: Fact[str] = UNKNOWN
    """As written in the register, beginning with F, S or R."""
    ended: Fact[bool] = UNKNOWN
    """Whether the case has ended; unknown if that is not stated."""


insolvency = Barrier("nl.insolvency", concern=Concern.INTEGRITY)


@insolvency.signal(level=Level.RED, basis="aw_2_87_lid_1_insolvency", unverified=True)
def bankrupt(extract: InsolvencyExtract) -> Fact[bool]:
    """Red at most: a person decides whether a bankrupt provider is excluded."""
    return (extract.case == InsolvencyCase.BANKRUPTCY) & not_(extract.ended)


@insolvency.signal(level=Level.RED, basis="aw_2_87_lid_1_insolvency", unverified=True)
def suspension_of_payment(extract: InsolvencyExtract) -> Fact[bool]:
    """A provider in suspension may still recover: that is the purpose of suspension."""
    return (extract.case == InsolvencyCase.SUSPENSION_OF_PAYMENT) & not_(extract.ended)


@insolvency.signal(level=Level.ORANGE, basis="aw_2_87_lid_1_insolvency", unverified=True)
def debt_restructuring(extract: InsolvencyExtract) -> Fact[bool]:
    """For natural persons only; it is not settled whether this is an exclusion ground, so a person must look."""
    return (extract.case == InsolvencyCase.DEBT_RESTRUCTURING) & not_(extract.ended)
