"""The barrier ``nl.exclusion_grounds``: grounds on which a provider may be excluded, as it declares them itself.

Here the mandatory grounds (article 2.86); the facultative ones are in ``facultative.py``. Nothing here decides.
Exclusion may follow after a person has heard the provider and weighed what it says; whoever shows that it can be
trusted again is not excluded (self-cleaning, article 2.87a).
"""

from functools import partial
from typing import Annotated, TypeAlias

from barriermodel.plugin import (
    Award,
    Barrier,
    Between,
    Concern,
    Fact,
    Level,
    Limit,
    Procedure,
    add_months,
    not_,
    one_of,
)

from .kinds import SelfDeclaration, Tender

BINDING = (Procedure.OPEN, Procedure.RESTRICTED, Procedure.NEGOTIATED)

Procedures: TypeAlias = Annotated[tuple[Procedure, ...], Limit(assumed=True)]
"""Where articles apply; a region adds procedures whose documents declare them applicable."""

exclusion_grounds = Barrier("nl.exclusion_grounds", concern=Concern.INTEGRITY)

ConvictionMonths: TypeAlias = Annotated[
    int,
    Between(0, 1200),
    Limit(source="https://www.pianoo.nl/nl/themas/integriteit/bedrijven/uitsluitingsgronden-integriteit"),
]


@exclusion_grounds.condition
def binds(award: Award, *, binding_procedures: Procedures = BINDING) -> Fact[bool]:
    """The mandatory grounds apply in this procedure, or its documents declare them applicable."""
    return one_of(award.procedure, *binding_procedures)


_mandatory = partial(exclusion_grounds.signal, level=Level.EXCLUDE, applies=binds, unverified=True)
_conviction = partial(_mandatory, basis="aw_2_86_lid_2_3")
_debt = partial(_mandatory, basis="aw_2_86_lid_4_5")


@_conviction()
def criminal_organisation(
    declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60
) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.criminal_organisation_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.criminal_organisation_convicted_on, conviction_months) >= tender.received_on
    return declaration.criminal_organisation & (final | convicted)


@_conviction()
def corruption(declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.corruption_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.corruption_convicted_on, conviction_months) >= tender.received_on
    return declaration.corruption & (final | convicted)


@_conviction()
def fraud(declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.fraud_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.fraud_convicted_on, conviction_months) >= tender.received_on
    return declaration.fraud & (final | convicted)


@_conviction()
def terrorism(declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.terrorism_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.terrorism_convicted_on, conviction_months) >= tender.received_on
    return declaration.terrorism & (final | convicted)


@_conviction()
def money_laundering(
    declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60
) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.money_laundering_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.money_laundering_convicted_on, conviction_months) >= tender.received_on
    return declaration.money_laundering & (final | convicted)


@_conviction()
def trafficking(
    declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60
) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.trafficking_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.trafficking_convicted_on, conviction_months) >= tender.received_on
    return declaration.trafficking & (final | convicted)


@_debt()
def unpaid_tax(declaration: SelfDeclaration) -> Fact[bool]:
    """A debt does not count if the provider has since paid it, or has an arrangement."""
    return declaration.tax_unpaid & declaration.tax_final & not_(declaration.tax_settled)


@_debt()
def unpaid_premiums(declaration: SelfDeclaration) -> Fact[bool]:
    """A debt does not count if the provider has since paid it, or has an arrangement."""
    return declaration.premiums_unpaid & declaration.premiums_final & not_(declaration.premiums_settled)
