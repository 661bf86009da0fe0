"""The optional grounds of ``nl.exclusion_grounds`` (article 2.87): RED at most, since a person judges."""

from functools import partial
from typing import Annotated, TypeAlias

from barriermodel.plugin import Award, Between, Fact, Label, Level, Limit, Text, add_months, any_of, not_, one_of

from .binding import BINDING, FacultativeProcedures
from .findings import for_review
from .kinds import SelfDeclaration, Tender
from .mandatory import exclusion_grounds

__all__ = ["exclusion_grounds"]

MisconductMonths: TypeAlias = Annotated[
    int,
    Label(nl="maanden waarin een beroepsfout telt", en="months in which misconduct counts"),
    Between(0, 1200),
    Limit(
        source="https://www.qcore.nl/aanbestedingen-nieuws-en-tendernieuws/facultatieve-uitsluitingsgrond-valse-verklaring-krijgt-toch-terugkijktermijn/",
        note=Text(
            nl="De bron noemt drie jaar (art. 2.87 lid 2). De oude wettekst noemt vier jaar. De wet van nu is niet "
            "nagelezen.",
            en="The source says three years (art. 2.87 lid 2). The old text of the law says four. The present law was "
            "not read.",
        ),
    ),
]

FACULTATIVE = Text(
    nl="Aanbestedingswet 2012 art. 2.87, waar de stukken de grond noemen",
    en="Aanbestedingswet 2012 art. 2.87, where the documents name the ground",
)


def _unverified(nl: str = "", en: str = "") -> Text:
    """State what is not verified: of this ground, and then of every optional ground."""
    return Text(
        nl=f"{nl}De leden van art. 2.87. En of art. 2.87a nu het artikel is over laten zien dat men weer te vertrouwen "
        "is.",
        en=f"{en}The paragraphs of art. 2.87. And whether art. 2.87a is now the article on showing that one can be "
        "trusted again.",
    )


ARTICLE = _unverified()
TERM = _unverified(
    "Of ook voor deze grond een termijn van drie jaar geldt (art. 2.87 lid 2); deze regel kent er geen. ",
    "Whether this ground has a term of three years too (art. 2.87 lid 2); this rule knows none. ",
)


@exclusion_grounds.condition
def declared(award: Award, *, facultative_procedures: FacultativeProcedures = BINDING) -> Fact[bool]:
    """The documents of this procedure declare the optional grounds applicable."""
    return one_of(award.procedure, *facultative_procedures)


_ground = partial(exclusion_grounds.signal, level=Level.RED, applies=declared, basis=FACULTATIVE)


@_ground(
    finding=for_review(
        "De aanbieder verklaart dat hij belasting of premies niet heeft betaald of geregeld. Onherroepelijk "
        "staat dat nog niet vast: vraag hoe het zit.",
        "The provider declares that it has not paid or arranged taxes or premiums. That is not irrevocably "
        "established yet: ask how it stands.",
    ),
    unverified=_unverified(
        "Of een schuld die niet onherroepelijk vaststaat, een grond is: een advocaat noemt art. 2.87 lid 1 onder j. ",
        "Whether a debt that is not irrevocably established is a ground: a law firm names art. 2.87 lid 1 under j. ",
    ),
)
def debt_not_final(declaration: SelfDeclaration) -> Fact[bool]:
    """A debt that no irrevocable decision has established, for a person to judge."""
    tax = declaration.tax_unpaid & not_(declaration.tax_final) & not_(declaration.tax_settled)
    premiums = declaration.premiums_unpaid & not_(declaration.premiums_final) & not_(declaration.premiums_settled)
    return tax | premiums


@_ground(
    finding=for_review(
        "De aanbieder verklaart dat hij failliet is, of in een toestand die daarop lijkt. Kijk of hij de "
        "opdracht toch kan uitvoeren.",
        "The provider declares that it is bankrupt, or in a situation like that. See whether it can carry out "
        "the award all the same.",
    ),
    unverified=ARTICLE,
)
def insolvent(declaration: SelfDeclaration) -> Fact[bool]:
    """Bankruptcy, moratorium, winding up, or a similar situation."""
    return any_of(
        declaration.bankruptcy,
        declaration.insolvency,
        declaration.creditors_arrangement,
        declaration.similar_to_bankruptcy,
        declaration.assets_administered,
        declaration.activities_suspended,
    )


@_ground(
    finding=for_review(
        "De aanbieder verklaart een ernstige beroepsfout, in de {misconduct_months} maanden voor de inschrijving. "
        "De gemeente moet zelf aannemelijk maken dat het een ernstige fout is.",
        "The provider declares grave professional misconduct, in the {misconduct_months} months before the "
        "tender. The authority itself must make plausible that it is grave.",
    ),
    unverified=_unverified(
        "Of de termijn in de wet van nu drie of vier jaar is. ",
        "Whether the term in the present law is three years or four. ",
    ),
)
def grave_misconduct(
    declaration: SelfDeclaration, tender: Tender, *, misconduct_months: MisconductMonths = 36
) -> Fact[bool]:
    """For a person to judge: no declaration tells whether it is misconduct, and grave."""
    recent = add_months(declaration.misconduct_on, misconduct_months) >= tender.received_on
    return declaration.misconduct & recent


@_ground(
    finding=for_review(
        "De aanbieder verklaart dat hij onjuiste informatie heeft gegeven of informatie heeft achtergehouden. "
        "Vraag wat er was en hoe lang geleden.",
        "The provider declares that it gave false information or withheld information. Ask what it was and "
        "how long ago.",
    ),
    unverified=TERM,
)
def false_information(declaration: SelfDeclaration) -> Fact[bool]:
    """What it declares about earlier statements; only a person can find what is false in this one."""
    return declaration.false_statement


@_ground(
    finding=for_review(
        "De aanbieder verklaart dat hij zich niet aan het milieurecht, sociaal recht of arbeidsrecht heeft "
        "gehouden. Vraag wat er was en hoe lang geleden.",
        "The provider declares that it has not kept environmental, social or labour law. Ask what it was and "
        "how long ago.",
    ),
    unverified=TERM,
)
def law_breached(declaration: SelfDeclaration) -> Fact[bool]:
    """A violation of environmental, social or labour law."""
    return any_of(
        declaration.environmental_law_breached,
        declaration.social_law_breached,
        declaration.labour_law_breached,
    )


@_ground(
    finding=for_review(
        "De aanbieder verklaart dat hij afspraken heeft gemaakt die de mededinging vervalsen. Vraag wat er "
        "was en hoe lang geleden.",
        "The provider declares that it made agreements that distort competition. Ask what it was and how long ago.",
    ),
    unverified=TERM,
)
def competition(declaration: SelfDeclaration) -> Fact[bool]:
    """Agreements that distort competition."""
    return declaration.competition_distorted


@_ground(
    finding=for_review(
        "De aanbieder meldt een belangenconflict, of dat hij bij de voorbereiding betrokken was. Kijk eerst "
        "of dat op een lichtere manier is op te lossen.",
        "The provider reports a conflict of interest, or that it was involved in the preparation. See first "
        "whether a lighter measure mends that.",
    ),
    unverified=ARTICLE,
)
def conflict(declaration: SelfDeclaration) -> Fact[bool]:
    """Exclusion is the last resort here: a lighter measure may be enough."""
    return declaration.conflict_of_interest | declaration.involved_in_preparation


@_ground(
    finding=for_review(
        "De aanbieder verklaart dat een eerder overheidscontract voortijdig is beëindigd of tot "
        "schadevergoeding leidde. Vraag wat er was en hoe lang geleden.",
        "The provider declares that an earlier public contract was ended early or led to damages. Ask what it "
        "was and how long ago.",
    ),
    unverified=TERM,
)
def earlier_contract(declaration: SelfDeclaration) -> Fact[bool]:
    """The early end of an earlier contract does not prove a serious shortcoming."""
    return declaration.earlier_contract_ended


@_ground(
    level=Level.ORANGE,
    finding=for_review(
        "De aanbieder antwoordt ja op een nationale grond die niet op de Europese lijst staat. Kijk welke "
        "grond de stukken noemen en of die voor deze opdracht geldt.",
        "The provider answers yes to a national ground that is not on the European list. See which ground the "
        "documents name and whether it holds for this award.",
    ),
    unverified=ARTICLE,
)
def national_ground(declaration: SelfDeclaration) -> Fact[bool]:
    """The declaration does not say which ground is meant, so this only asks a person to look."""
    return declaration.national_ground
