"""Insolvency: bankruptcy, suspension of payment, debt restructuring, and earlier bankruptcies."""

from __future__ import annotations

import enum
from datetime import date
from typing import Annotated

from barriermodel import (
    UNKNOWN,
    AsOf,
    Barrier,
    Between,
    Concern,
    Fact,
    Label,
    Level,
    Limit,
    Months,
    Supplier,
    Text,
    Words,
    add_months,
    evidence,
    not_,
)


class InsolvencyCase(enum.Enum):
    """What the register says; the open data of KvK write FAIL, SURS and SSAN."""

    NONE = "none"
    BANKRUPTCY = "bankruptcy"
    """Faillissement (Faillissementswet, titel I)."""
    SUSPENSION_OF_PAYMENT = "suspension_of_payment"
    """Surseance van betaling (titel II)."""
    DEBT_RESTRUCTURING = "debt_restructuring"
    """Schuldsaneringsregeling natuurlijke personen (titel III): a sole trader or partner, never a BV."""

    @property
    def label(self) -> Words:
        """How it is called in a sentence."""
        return _CASES[self]


_CASES = {
    InsolvencyCase.NONE: Words("geen insolventie", "no insolvency"),
    InsolvencyCase.BANKRUPTCY: Words("faillissement", "bankruptcy"),
    InsolvencyCase.SUSPENSION_OF_PAYMENT: Words("surseance van betaling", "suspension of payment"),
    InsolvencyCase.DEBT_RESTRUCTURING: Words("schuldsanering", "debt restructuring"),
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
    """What the Centraal Insolventieregister or KvK's open data say of the provider itself.

    An ended case leaves the register after about six months, so that ``none`` says little about the past.
    """

    case: Annotated[Fact[InsolvencyCase], Label(nl="insolventie", en="insolvency")] = UNKNOWN
    number: Annotated[Fact[str], Label(nl="insolventienummer", en="insolvency number")] = UNKNOWN
    """As the register writes it, beginning with F, S or R."""
    ended: Annotated[Fact[bool], Label(nl="insolventie beëindigd", en="insolvency ended")] = UNKNOWN
    """Whether the case has ended; what is not stated is not known."""


@evidence(
    "insolvency_history",
    title=Text(nl="Eerdere faillissementen", en="Earlier bankruptcies"),
    supplier=Supplier.REGISTER,
    question=Text(
        nl=(
            "Zoek op of de aanbieder, de bestuurders of bedrijven waarvan zij bestuurder waren "
            "eerder failliet zijn gegaan."
        ),
        en="Look up whether the provider, its directors or companies they directed were bankrupt before.",
    ),
    valid_for=Months(12),
)
class InsolvencyHistory:
    """Earlier bankruptcies of the provider and of companies with the same directors, as far as registers show them."""

    earlier_bankruptcy: Annotated[Fact[bool], Label(nl="eerder faillissement", en="earlier bankruptcy")] = UNKNOWN
    last_bankruptcy_on: Annotated[
        Fact[date], Label(nl="datum van het laatste faillissement", en="date of the last bankruptcy")
    ] = UNKNOWN


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
)
def bankrupt(extract: InsolvencyExtract) -> Fact[bool]:
    """Red at most: whether a bankrupt provider is excluded is for a person to weigh."""
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
)
def suspension_of_payment(extract: InsolvencyExtract) -> Fact[bool]:
    """A provider in suspension may yet recover: that is what suspension is for."""
    return (extract.case == InsolvencyCase.SUSPENSION_OF_PAYMENT) & not_(extract.ended)


@insolvency.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "De aanbieder zit in de schuldsanering. Daar hoort een nieuwe start bij. "
            "Bekijk met de bewindvoerder of de zorg door kan gaan."
        ),
        en=(
            "The provider is in debt restructuring. That is meant to give a new start. "
            "See with the administrator whether the care can go on."
        ),
    ),
    basis=GROUND,
)
def debt_restructuring(extract: InsolvencyExtract) -> Fact[bool]:
    """Only natural persons; whether it is an exclusion ground is not settled, so a person looks."""
    return (extract.case == InsolvencyCase.DEBT_RESTRUCTURING) & not_(extract.ended)


@insolvency.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "Op {last_bankruptcy_on} ging de aanbieder of een bedrijf met dezelfde bestuurder failliet. "
            "Dat is korter dan {look_back_months} maanden geleden. Vraag wat er gebeurd is."
        ),
        en=(
            "On {last_bankruptcy_on} the provider or a company with the same director went bankrupt. "
            "That is less than {look_back_months} months ago. Ask what happened."
        ),
    ),
)
def earlier_bankruptcy(
    history: InsolvencyHistory,
    as_of: AsOf,
    *,
    look_back_months: Annotated[
        int,
        Label(nl="aantal maanden terug", en="months to look back"),
        Between(1, 240),
        Limit(
            assumption=Text(
                nl="Er is geen openbare termijn. Vijf jaar is gekozen omdat een mislukking niet blijft kleven.",
                en="There is no public term. Five years was chosen, so that a failure does not stick for ever.",
            )
        ),
    ] = 60,
) -> Fact[bool]:
    """Source of the indicator: RTL Nieuws, IKZ and RIEC 2021, which name no term."""
    return history.earlier_bankruptcy & (add_months(history.last_bankruptcy_on, look_back_months) > as_of)
