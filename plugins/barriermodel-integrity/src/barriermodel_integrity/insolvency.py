"""Insolvency: bankruptcy, suspension of payment and debt restructuring."""

import enum
from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Barrier,
    Concern,
    Fact,
    Label,
    Level,
    Localized,
    Months,
    Supplier,
    Text,
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

    @property
    def label(self) -> Localized:
        """The words for it in a sentence."""
        return _CASES[self]


_CASES = {
    InsolvencyCase.NONE: Localized("geen insolventie", "no insolvency"),
    InsolvencyCase.BANKRUPTCY: Localized("faillissement", "bankruptcy"),
    InsolvencyCase.SUSPENSION_OF_PAYMENT: Localized("surseance van betaling", "suspension of payment"),
    InsolvencyCase.DEBT_RESTRUCTURING: Localized("schuldsanering", "debt restructuring"),
}


@evidence(
    "insolvency_extract",
    title=Text(nl="Gegevens uit het insolventieregister", en="Extract from the insolvency register"),
    supplier=Supplier.REGISTER,
    question=Text(
        nl="Zoek de aanbieder op in het Centraal Insolventieregister.",
        en="Look the provider up in the Centraal Insolventieregister.",
    ),
    valid_for=Months(3),
    basis=Text(
        nl="Faillissementswet art. 19, 222a en 294: de registers zijn openbaar",
        en="Faillissementswet art. 19, 222a and 294: the registers are public",
    ),
    retention=Text(
        nl="Afgelopen zaken verdwijnen na ongeveer zes maanden uit het register. Bewaar het uittreksel niet langer.",
        en="Ended cases leave the register after about six months. Keep the extract no longer than that.",
    ),
)
class InsolvencyExtract:
    """What the Centraal Insolventieregister or KvK's open data state about the provider itself.

    An ended case leaves the register after about six months, so that ``none`` says little about the past.
    """

    case: Annotated[Fact[InsolvencyCase], Label(nl="insolventie", en="insolvency")] = UNKNOWN
    number: Annotated[Fact[str], Label(nl="insolventienummer", en="insolvency number")] = UNKNOWN
    """As written in the register, beginning with F, S or R."""
    ended: Annotated[Fact[bool], Label(nl="insolventie beëindigd", en="insolvency ended")] = UNKNOWN
    """Whether the case has ended; unknown if that is not stated."""


insolvency = Barrier(
    "nl.insolvency",
    title=Text(nl="Insolventie", en="Insolvency"),
    concern=Concern.INTEGRITY,
)

GROUND = Text(
    nl=(
        "Aanbestedingswet 2012 art. 2.87 lid 1 (insolventie), als de procedure of de aanbestedingsstukken dat zeggen. "
        "In een open house geldt dit artikel niet vanzelf"
    ),
    en=(
        "Aanbestedingswet 2012 art. 2.87 lid 1 (insolvency), if the procedure or the tender documents say so. "
        "In an open house this article does not hold by itself"
    ),
)
UNVERIFIED = Text(
    nl="De artikelen van de Faillissementswet in de tekst die nu geldt, en de letter binnen art. 2.87 lid 1.",
    en="The articles of the Faillissementswet in the text in force now, and the letter within art. 2.87 lid 1.",
)


@insolvency.signal(
    level=Level.RED,
    finding=Text(
        nl=(
            "De aanbieder is failliet. Uitsluiting kan volgen als de stukken dat zeggen, maar volgt niet vanzelf. "
            "Hoor de aanbieder en de curator en weeg de continuïteit van de zorg mee."
        ),
        en=(
            "The provider is bankrupt. Exclusion may follow if the documents say so, but not by itself. "
            "Hear the provider and the receiver, and weigh the continuity of care."
        ),
    ),
    basis=GROUND,
    unverified=UNVERIFIED,
)
def bankrupt(extract: InsolvencyExtract) -> Fact[bool]:
    """Red at most: a person decides whether a bankrupt provider is excluded."""
    return (extract.case == InsolvencyCase.BANKRUPTCY) & not_(extract.ended)


@insolvency.signal(
    level=Level.RED,
    finding=Text(
        nl=(
            "De aanbieder heeft surseance van betaling. Uitsluiting kan volgen als de stukken dat zeggen, "
            "maar volgt niet vanzelf. Hoor de aanbieder en de bewindvoerder en weeg de continuïteit van de zorg mee."
        ),
        en=(
            "The provider is in suspension of payment. Exclusion may follow if the documents say so, but not by "
            "itself. Hear the provider and the administrator, and weigh the continuity of care."
        ),
    ),
    basis=GROUND,
    unverified=UNVERIFIED,
)
def suspension_of_payment(extract: InsolvencyExtract) -> Fact[bool]:
    """A provider in suspension may still recover: that is the purpose of suspension."""
    return (extract.case == InsolvencyCase.SUSPENSION_OF_PAYMENT) & not_(extract.ended)


@insolvency.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "De aanbieder zit in de schuldsanering. Daar hoort een nieuwe start bij. "
            "Bespreek met de aanbieder en de bewindvoerder of de zorg door kan gaan."
        ),
        en=(
            "The provider is in debt restructuring. That is meant to give a new start. "
            "Discuss with the provider and the administrator whether the care can go on."
        ),
    ),
    basis=GROUND,
    unverified=Text(
        nl=(
            "Of schuldsanering een grond van art. 2.87 is, en de artikelen van de Faillissementswet in de tekst "
            "die nu geldt."
        ),
        en=(
            "Whether debt restructuring is a ground of art. 2.87, and the articles of the Faillissementswet in "
            "the text in force now."
        ),
    ),
)
def debt_restructuring(extract: InsolvencyExtract) -> Fact[bool]:
    """For natural persons only; it is not settled whether this is an exclusion ground, so a person must look."""
    return (extract.case == InsolvencyCase.DEBT_RESTRUCTURING) & not_(extract.ended)
