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
    Label,
    Level,
    Limit,
    Text,
    add_months,
    not_,
    one_of,
)

from .binding import BINDING, BindingProcedures, basis
from .findings import excluding
from .kinds import SelfDeclaration, Tender

exclusion_grounds = Barrier(
    "nl.exclusion_grounds",
    title=Text(nl="Uitsluitingsgronden", en="Grounds for exclusion"),
    concern=Concern.INTEGRITY,
)

ConvictionMonths: TypeAlias = Annotated[
    int,
    Label(nl="maanden waarin een veroordeling telt", en="months in which a conviction counts"),
    Between(0, 1200),
    Limit(
        source="https://www.pianoo.nl/nl/themas/integriteit/bedrijven/uitsluitingsgronden-integriteit",
        note=Text(
            nl="Geteld tot en met de dag van inschrijving. Dat ook de eerste dag van de termijn telt, is onze lezing.",
            en="Counted up to the day of the tender. That the first day of the term counts too is our reading.",
        ),
    ),
]


def _convicted(nl: str, en: str) -> Text:
    return excluding(
        f"De aanbieder verklaart dat hij of iemand uit zijn bestuur of toezicht is veroordeeld voor {nl}. De uitspraak "
        "werd onherroepelijk in de {conviction_months} maanden voor de inschrijving.",
        f"The provider declares that it or somebody in its management or supervision was convicted of {en}. The "
        "judgment became irrevocable in the {conviction_months} months before the tender.",
    )


CONVICTION = basis("2.86 lid 2 en 3")
CONTRIBUTIONS = basis("2.86 lid 4 en 5")
UNVERIFIED = Text(
    nl="Of de grond bij de procedure voor sociale diensten toch uit zichzelf geldt: PIANOo noemt alle Europese "
    "aanbestedingen. En of art. 2.87a nu het artikel is over laten zien dat men weer te vertrouwen is.",
    en="Whether the ground holds by itself in the procedure for social services after all: PIANOo names all European "
    "tenders. And whether art. 2.87a is now the article on showing that one can be trusted again.",
)
UNVERIFIED_DEBT = Text(
    nl=f"{UNVERIFIED.nl} Ook niet of art. 2.87a geldt voor belasting en premies.",
    en=f"{UNVERIFIED.en} Nor whether art. 2.87a holds for taxes and premiums.",
)


@exclusion_grounds.condition
def binds(award: Award, *, binding_procedures: BindingProcedures = BINDING) -> Fact[bool]:
    """The mandatory grounds apply in this procedure, or its documents declare them applicable."""
    return one_of(award.procedure, *binding_procedures)


_mandatory = partial(exclusion_grounds.signal, level=Level.EXCLUDE, applies=binds)
_conviction = partial(_mandatory, basis=CONVICTION, unverified=UNVERIFIED)
_debt = partial(_mandatory, basis=CONTRIBUTIONS, unverified=UNVERIFIED_DEBT)


@_conviction(finding=_convicted("deelname aan een criminele organisatie", "taking part in a criminal organisation"))
def criminal_organisation(
    declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60
) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.criminal_organisation_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.criminal_organisation_convicted_on, conviction_months) >= tender.received_on
    return declaration.criminal_organisation & (final | convicted)


@_conviction(finding=_convicted("omkoping", "bribery"))
def corruption(declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.corruption_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.corruption_convicted_on, conviction_months) >= tender.received_on
    return declaration.corruption & (final | convicted)


@_conviction(finding=_convicted("fraude", "fraud"))
def fraud(declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.fraud_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.fraud_convicted_on, conviction_months) >= tender.received_on
    return declaration.fraud & (final | convicted)


@_conviction(finding=_convicted("een terroristisch misdrijf", "a terrorist offence"))
def terrorism(declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.terrorism_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.terrorism_convicted_on, conviction_months) >= tender.received_on
    return declaration.terrorism & (final | convicted)


@_conviction(finding=_convicted("witwassen of het betalen van terrorisme", "money laundering or paying for terrorism"))
def money_laundering(
    declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60
) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.money_laundering_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.money_laundering_convicted_on, conviction_months) >= tender.received_on
    return declaration.money_laundering & (final | convicted)


@_conviction(finding=_convicted("kinderarbeid of mensenhandel", "child labour or trafficking in human beings"))
def trafficking(
    declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60
) -> Fact[bool]:
    """A conviction that became irrevocable in the period; one that was passed in the period did so too."""
    final = add_months(declaration.trafficking_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.trafficking_convicted_on, conviction_months) >= tender.received_on
    return declaration.trafficking & (final | convicted)


@_debt(
    finding=excluding(
        "De aanbieder verklaart dat hij belasting niet heeft betaald, en dat dit onherroepelijk "
        "vaststaat. Er is niet alsnog betaald en er is geen betalingsregeling.",
        "The provider declares that it has not paid taxes, and that this is irrevocably "
        "established. It has not paid since and has no arrangement to pay.",
    ),
)
def unpaid_tax(declaration: SelfDeclaration) -> Fact[bool]:
    """A debt does not count if the provider has since paid it, or has an arrangement."""
    return declaration.tax_unpaid & declaration.tax_final & not_(declaration.tax_settled)


@_debt(
    finding=excluding(
        "De aanbieder verklaart dat hij sociale premies niet heeft betaald, en dat dit onherroepelijk "
        "vaststaat. Er is niet alsnog betaald en er is geen betalingsregeling.",
        "The provider declares that it has not paid social premiums, and that this is irrevocably "
        "established. It has not paid since and has no arrangement to pay.",
    ),
)
def unpaid_premiums(declaration: SelfDeclaration) -> Fact[bool]:
    """A debt does not count if the provider has since paid it, or has an arrangement."""
    return declaration.premiums_unpaid & declaration.premiums_final & not_(declaration.premiums_settled)
