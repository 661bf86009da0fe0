"""A VOG for everyone who works with Wmo clients, if a region requires it in its contracts. No law does so itself."""

from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Act,
    AsOf,
    Award,
    Barrier,
    Concern,
    Fact,
    Label,
    Level,
    Limit,
    Text,
    named,
    one_of,
)

from .staff import StaffList
from .vog import SoloVogMonths, VogMonths, without_vog

BY_CONTRACT = Text(
    nl=(
        "Dit is een eis van de overeenkomst. De wet eist een VOG voor de Wmo alleen in gevallen die een besluit noemt "
        "(Wmo 2015 art. 3.5). Gekozen is dezelfde termijn als in de Jeugdwet; vul de termijn van de overeenkomst in."
    ),
    en=(
        "This is a demand of the contract. For the Wmo the law asks a VOG only in cases that a decree names "
        "(Wmo 2015 art. 3.5). The same term as in the Jeugdwet was chosen; fill in the term of the contract."
    ),
)

conduct_wmo = Barrier(
    "nl.conduct_wmo",
    title=Text(nl="VOG voor de Wmo, als de overeenkomst die eist", en="VOG for the Wmo, where the contract demands it"),
    concern=Concern.QUALITY,
)


@conduct_wmo.condition
def wmo_support(award: Award) -> Fact[bool]:
    """The rule applies to awards under the Wmo, alone or together with the Jeugdwet."""
    return one_of(award.act, Act.WMO, Act.JEUGDWET_AND_WMO)


@conduct_wmo.derived(label=Label(nl="mensen zonder geldige VOG", en="people without a valid VOG"))
def wmo_staff_without_vog(
    staff: StaffList,
    as_of: AsOf,
    *,
    vog_months: Annotated[VogMonths, Limit(assumption=BY_CONTRACT)] = 3,
    solo_vog_months: Annotated[SoloVogMonths, Limit(assumption=BY_CONTRACT)] = 36,
) -> Fact[int]:
    """Count who works with Wmo clients without a VOG that counts; unknown if the list is empty."""
    if staff.workers is UNKNOWN or not staff.workers:
        return UNKNOWN
    with_clients = (worker for worker in staff.workers if worker.works_with_wmo_clients)
    return without_vog(with_clients, as_of, vog_months, solo_vog_months)


@conduct_wmo.requirement(
    level=Level.ORANGE,
    applies=wmo_support,
    norm=Text(
        nl=(
            "Volgens de overeenkomst moet iedereen die met cliënten van de Wmo werkt, een geldige VOG hebben. "
            "Aantal mensen zonder geldige VOG: {people}. Dit is een eis van de overeenkomst, niet van de wet. "
            "De aanbieder mag dit eerst aanvullen of uitleggen."
        ),
        en=(
            "By the contract everyone who works with Wmo clients must have a valid VOG. "
            "Number of people without a valid VOG: {people}. This is a demand of the contract, not of the law. "
            "The provider may first complete or explain this."
        ),
    ),
    basis=Text(
        nl="De overeenkomst van de regio; Wmo 2015 art. 3.5 alleen in de gevallen die het besluit noemt",
        en="The contract of the region; Wmo 2015 art. 3.5 only in the cases that the decree names",
    ),
    unverified=Text(
        nl="Wmo 2015 art. 3.5 in de tekst die nu geldt: gelezen is die van mei 2017.",
        en="Wmo 2015 art. 3.5 in the text in force now: that of May 2017 was read.",
    ),
)
def everyone_has_vog(wmo_staff_without_vog: Fact[int]) -> Fact[bool]:
    """Nobody lacks one. What is unknown about a person counts neither as valid nor as lacking."""
    people = named("people", wmo_staff_without_vog, nl="mensen zonder geldige VOG", en="people without a valid VOG")
    return people == 0
