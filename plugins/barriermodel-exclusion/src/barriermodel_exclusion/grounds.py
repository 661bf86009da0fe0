"""The barrier ``nl.exclusion_grounds``: grounds on which a provider may be excluded, as it declares them itself.

Nothing here decides. Exclusion may follow after a person has heard the provider and weighed what it says; whoever
shows that it can be trusted again is not excluded (self-cleaning, article 2.87a).
"""

from typing import Annotated, TypeAlias

from barriermodel import (
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
    any_of,
    not_,
    one_of,
)

from .binding import BINDING, BindingProcedures, FacultativeProcedures
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
MisconductMonths: TypeAlias = Annotated[
    int,
    Label(nl="maanden waarin een beroepsfout telt", en="months in which misconduct counts"),
    Between(0, 1200),
    Limit(
        source="https://rwv.nl/nieuws/2017/01/wat-houden-uitsluitingsgronden-in-het-aanbestedingsrecht-in",
        note=Text(
            nl="De bron noemt drie jaar. De oude wettekst noemt vier jaar. De wet van nu is niet nagelezen.",
            en="The source says three years. The old text of the law says four. The present law was not read.",
        ),
    ),
]

_MAY_NL = " Uitsluiting kan volgen, maar pas na horen en afwegen."
_MAY_EN = " Exclusion may follow, but only after hearing and weighing."
_OUT_NL = (
    " De aanbieder mag laten zien dat hij weer te vertrouwen is (art. 2.87a). De gemeente kan ook van uitsluiting "
    "afzien (art. 2.88)."
)
_OUT_EN = (
    " The provider may show that it can be trusted again (art. 2.87a). The authority may refrain from exclusion "
    "(art. 2.88)."
)


def _excluding(nl: str, en: str) -> Text:
    """A finding with the way out. What may follow, after hearing and weighing, is said of every EXCLUDE by itself."""
    return Text(nl=nl + _OUT_NL, en=en + _OUT_EN)


def _told(nl: str, en: str) -> Text:
    """A finding for a person, with what may follow, and the way out."""
    return Text(nl=nl + _MAY_NL + _OUT_NL, en=en + _MAY_EN + _OUT_EN)


def _convicted(nl: str, en: str) -> Text:
    return _excluding(
        f"De aanbieder verklaart dat hij of iemand uit zijn bestuur of toezicht is veroordeeld voor {nl}. De uitspraak "
        "werd onherroepelijk in de {conviction_months} maanden voor de inschrijving.",
        f"The provider declares that it or somebody in its management or supervision was convicted of {en}. The "
        "judgment became irrevocable in the {conviction_months} months before the tender.",
    )


def _basis(lid: str) -> Text:
    return Text(
        nl=f"Aanbestedingswet 2012 art. {lid}, waar de procedure of de stukken dat zeggen",
        en=f"Aanbestedingswet 2012 art. {lid}, where the procedure or the documents say so",
    )


CONVICTION = _basis("2.86 lid 2 en 3")
CONTRIBUTIONS = _basis("2.86 lid 4 en 5")
FACULTATIVE = Text(
    nl="Aanbestedingswet 2012 art. 2.87, waar de stukken de grond noemen",
    en="Aanbestedingswet 2012 art. 2.87, where the documents name the ground",
)


@exclusion_grounds.condition
def binds(award: Award, *, binding_procedures: BindingProcedures = BINDING) -> Fact[bool]:
    """The mandatory grounds hold in this procedure, or the documents declare them."""
    return one_of(award.procedure, *binding_procedures)


@exclusion_grounds.condition
def declared(award: Award, *, facultative_procedures: FacultativeProcedures = BINDING) -> Fact[bool]:
    """The documents of this procedure name the facultative grounds."""
    return one_of(award.procedure, *facultative_procedures)


@exclusion_grounds.signal(
    level=Level.EXCLUDE,
    applies=binds,
    finding=_convicted("deelname aan een criminele organisatie", "taking part in a criminal organisation"),
    basis=CONVICTION,
)
def criminal_organisation(
    declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60
) -> Fact[bool]:
    """A conviction that became irrevocable in the term; one that was given in the term did so too."""
    final = add_months(declaration.criminal_organisation_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.criminal_organisation_convicted_on, conviction_months) >= tender.received_on
    return declaration.criminal_organisation & (final | convicted)


@exclusion_grounds.signal(
    level=Level.EXCLUDE,
    applies=binds,
    finding=_convicted("omkoping", "bribery"),
    basis=CONVICTION,
)
def corruption(declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60) -> Fact[bool]:
    """A conviction that became irrevocable in the term; one that was given in the term did so too."""
    final = add_months(declaration.corruption_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.corruption_convicted_on, conviction_months) >= tender.received_on
    return declaration.corruption & (final | convicted)


@exclusion_grounds.signal(
    level=Level.EXCLUDE,
    applies=binds,
    finding=_convicted("fraude", "fraud"),
    basis=CONVICTION,
)
def fraud(declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60) -> Fact[bool]:
    """A conviction that became irrevocable in the term; one that was given in the term did so too."""
    final = add_months(declaration.fraud_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.fraud_convicted_on, conviction_months) >= tender.received_on
    return declaration.fraud & (final | convicted)


@exclusion_grounds.signal(
    level=Level.EXCLUDE,
    applies=binds,
    finding=_convicted("een terroristisch misdrijf", "a terrorist offence"),
    basis=CONVICTION,
)
def terrorism(declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60) -> Fact[bool]:
    """A conviction that became irrevocable in the term; one that was given in the term did so too."""
    final = add_months(declaration.terrorism_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.terrorism_convicted_on, conviction_months) >= tender.received_on
    return declaration.terrorism & (final | convicted)


@exclusion_grounds.signal(
    level=Level.EXCLUDE,
    applies=binds,
    finding=_convicted("witwassen of het betalen van terrorisme", "money laundering or paying for terrorism"),
    basis=CONVICTION,
)
def money_laundering(
    declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60
) -> Fact[bool]:
    """A conviction that became irrevocable in the term; one that was given in the term did so too."""
    final = add_months(declaration.money_laundering_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.money_laundering_convicted_on, conviction_months) >= tender.received_on
    return declaration.money_laundering & (final | convicted)


@exclusion_grounds.signal(
    level=Level.EXCLUDE,
    applies=binds,
    finding=_convicted("kinderarbeid of mensenhandel", "child labour or trafficking in human beings"),
    basis=CONVICTION,
)
def trafficking(
    declaration: SelfDeclaration, tender: Tender, *, conviction_months: ConvictionMonths = 60
) -> Fact[bool]:
    """A conviction that became irrevocable in the term; one that was given in the term did so too."""
    final = add_months(declaration.trafficking_final_on, conviction_months) >= tender.received_on
    convicted = add_months(declaration.trafficking_convicted_on, conviction_months) >= tender.received_on
    return declaration.trafficking & (final | convicted)


@exclusion_grounds.signal(
    level=Level.EXCLUDE,
    applies=binds,
    finding=_excluding(
        "De aanbieder verklaart dat hij belasting niet heeft betaald, en dat dit onherroepelijk "
        "vaststaat. Er is niet alsnog betaald en er is geen betalingsregeling.",
        "The provider declares that it has not paid taxes, and that this is irrevocably "
        "established. It has not paid since and has no arrangement to pay.",
    ),
    basis=CONTRIBUTIONS,
)
def unpaid_tax(declaration: SelfDeclaration) -> Fact[bool]:
    """Not held against whoever has paid since, or has an arrangement."""
    return declaration.tax_unpaid & declaration.tax_final & not_(declaration.tax_settled)


@exclusion_grounds.signal(
    level=Level.EXCLUDE,
    applies=binds,
    finding=_excluding(
        "De aanbieder verklaart dat hij sociale premies niet heeft betaald, en dat dit onherroepelijk "
        "vaststaat. Er is niet alsnog betaald en er is geen betalingsregeling.",
        "The provider declares that it has not paid social premiums, and that this is irrevocably "
        "established. It has not paid since and has no arrangement to pay.",
    ),
    basis=CONTRIBUTIONS,
)
def unpaid_premiums(declaration: SelfDeclaration) -> Fact[bool]:
    """Not held against whoever has paid since, or has an arrangement."""
    return declaration.premiums_unpaid & declaration.premiums_final & not_(declaration.premiums_settled)


@exclusion_grounds.signal(
    level=Level.RED,
    applies=declared,
    finding=_told(
        "De aanbieder verklaart dat hij belasting of premies niet heeft betaald of geregeld. Onherroepelijk "
        "staat dat nog niet vast: vraag hoe het zit.",
        "The provider declares that it has not paid or arranged taxes or premiums. That is not irrevocably "
        "established yet: ask how it stands.",
    ),
    basis=FACULTATIVE,
)
def debt_not_final(declaration: SelfDeclaration) -> Fact[bool]:
    """A debt that no irrevocable decision has established: for a person."""
    tax = declaration.tax_unpaid & not_(declaration.tax_final) & not_(declaration.tax_settled)
    premiums = declaration.premiums_unpaid & not_(declaration.premiums_final) & not_(declaration.premiums_settled)
    return tax | premiums


@exclusion_grounds.signal(
    level=Level.RED,
    applies=declared,
    finding=_told(
        "De aanbieder verklaart dat hij failliet is, of in een toestand die daarop lijkt. Kijk of hij de "
        "opdracht toch kan uitvoeren.",
        "The provider declares that it is bankrupt, or in a situation like that. See whether it can carry out "
        "the award all the same.",
    ),
    basis=FACULTATIVE,
)
def insolvent(declaration: SelfDeclaration) -> Fact[bool]:
    """Bankruptcy, moratorium, winding up, or what is like them."""
    return any_of(
        declaration.bankruptcy,
        declaration.insolvency,
        declaration.creditors_arrangement,
        declaration.similar_to_bankruptcy,
        declaration.assets_administered,
        declaration.activities_suspended,
    )


@exclusion_grounds.signal(
    level=Level.RED,
    applies=declared,
    finding=_told(
        "De aanbieder verklaart een ernstige beroepsfout, in de {misconduct_months} maanden voor de inschrijving. "
        "De gemeente moet zelf aannemelijk maken dat het een ernstige fout is.",
        "The provider declares grave professional misconduct, in the {misconduct_months} months before the "
        "tender. The authority itself must make plausible that it is grave.",
    ),
    basis=FACULTATIVE,
)
def grave_misconduct(
    declaration: SelfDeclaration, tender: Tender, *, misconduct_months: MisconductMonths = 36
) -> Fact[bool]:
    """For a person: whether it is misconduct, and grave, no declaration tells."""
    recent = add_months(declaration.misconduct_on, misconduct_months) >= tender.received_on
    return declaration.misconduct & recent


@exclusion_grounds.signal(
    level=Level.RED,
    applies=declared,
    finding=_told(
        "De aanbieder verklaart dat hij onjuiste informatie heeft gegeven of informatie heeft achtergehouden. "
        "Vraag wat er was en hoe lang geleden.",
        "The provider declares that it gave false information or withheld information. Ask what it was and "
        "how long ago.",
    ),
    basis=FACULTATIVE,
)
def false_information(declaration: SelfDeclaration) -> Fact[bool]:
    """What it declares of earlier statements; what is false in this one, a person finds."""
    return declaration.false_statement


@exclusion_grounds.signal(
    level=Level.RED,
    applies=declared,
    finding=_told(
        "De aanbieder verklaart dat hij zich niet aan het milieurecht, sociaal recht of arbeidsrecht heeft "
        "gehouden. Vraag wat er was en hoe lang geleden.",
        "The provider declares that it has not kept environmental, social or labour law. Ask what it was and "
        "how long ago.",
    ),
    basis=FACULTATIVE,
)
def law_breached(declaration: SelfDeclaration) -> Fact[bool]:
    """Environmental, social and labour law."""
    return any_of(
        declaration.environmental_law_breached,
        declaration.social_law_breached,
        declaration.labour_law_breached,
    )


@exclusion_grounds.signal(
    level=Level.RED,
    applies=declared,
    finding=_told(
        "De aanbieder verklaart dat hij afspraken heeft gemaakt die de mededinging vervalsen. Vraag wat er "
        "was en hoe lang geleden.",
        "The provider declares that it made agreements that distort competition. Ask what it was and how long ago.",
    ),
    basis=FACULTATIVE,
)
def competition(declaration: SelfDeclaration) -> Fact[bool]:
    """Agreements that distort competition."""
    return declaration.competition_distorted


@exclusion_grounds.signal(
    level=Level.RED,
    applies=declared,
    finding=_told(
        "De aanbieder meldt een belangenconflict, of dat hij bij de voorbereiding betrokken was. Kijk eerst "
        "of dat op een lichtere manier is op te lossen.",
        "The provider reports a conflict of interest, or that it was involved in the preparation. See first "
        "whether a lighter measure mends that.",
    ),
    basis=FACULTATIVE,
)
def conflict(declaration: SelfDeclaration) -> Fact[bool]:
    """Exclusion is the last resort here: a lighter measure may be enough."""
    return declaration.conflict_of_interest | declaration.involved_in_preparation


@exclusion_grounds.signal(
    level=Level.RED,
    applies=declared,
    finding=_told(
        "De aanbieder verklaart dat een eerder overheidscontract voortijdig is beëindigd of tot "
        "schadevergoeding leidde. Vraag wat er was en hoe lang geleden.",
        "The provider declares that an earlier public contract was ended early or led to damages. Ask what it "
        "was and how long ago.",
    ),
    basis=FACULTATIVE,
)
def earlier_contract(declaration: SelfDeclaration) -> Fact[bool]:
    """An earlier contract that ended early is no proof of a serious shortcoming."""
    return declaration.earlier_contract_ended


@exclusion_grounds.signal(
    level=Level.ORANGE,
    applies=declared,
    finding=_told(
        "De aanbieder antwoordt ja op een nationale grond die niet op de Europese lijst staat. Kijk welke "
        "grond de stukken noemen en of die voor deze opdracht geldt.",
        "The provider answers yes to a national ground that is not on the European list. See which ground the "
        "documents name and whether it holds for this award.",
    ),
    basis=FACULTATIVE,
)
def national_ground(declaration: SelfDeclaration) -> Fact[bool]:
    """The declaration does not say which ground is meant, so this only asks a person to look."""
    return declaration.national_ground
