"""Everyone who works with young people or parents has a VOG (Jeugdwet 4.1.6)."""

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

ARTICLE = "https://wetten.legaltools.nl/jeugdwet/artikel-416"

conduct = Barrier(
    "nl.conduct",
    title=Text(nl="Verklaring omtrent het gedrag (VOG)", en="Certificate of conduct (VOG)"),
    concern=Concern.QUALITY,
)


@conduct.condition
def youth_care(award: Award) -> Fact[bool]:
    """The article binds providers of youth care."""
    return one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO)


@conduct.derived(label=Label(nl="mensen zonder geldige VOG", en="people without a valid VOG"))
def staff_without_vog(
    staff: StaffList,
    as_of: AsOf,
    *,
    vog_months: Annotated[
        VogMonths,
        Limit(
            source=ARTICLE,
            note=Text(
                nl="Jeugdwet 4.1.6 lid 2: niet eerder afgegeven dan drie maanden voor het begin van het werk.",
                en="Jeugdwet 4.1.6 lid 2: not issued earlier than three months before the start of work.",
            ),
        ),
    ] = 3,
    solo_vog_months: Annotated[
        SoloVogMonths,
        Limit(
            source=ARTICLE,
            note=Text(
                nl="Jeugdwet 4.1.6 lid 4: de eigen VOG van wie alleen werkt is niet ouder dan drie jaar.",
                en="Jeugdwet 4.1.6 lid 4: a solo worker's own VOG is not older than three years.",
            ),
        ),
    ] = 36,
) -> Fact[int]:
    """Count who works with young people or parents without a VOG that counts; unknown if the list is empty."""
    if staff.workers is UNKNOWN or not staff.workers:
        return UNKNOWN
    with_youth = (worker for worker in staff.workers if worker.works_with_youth)
    return without_vog(with_youth, as_of, vog_months, solo_vog_months)


@conduct.requirement(
    level=Level.RED,
    applies=youth_care,
    norm=Text(
        nl=(
            "Iedereen die met jeugdigen of ouders werkt, moet een geldige VOG hebben. "
            "Aantal mensen zonder geldige VOG: {people}. De aanbieder mag dit eerst aanvullen of uitleggen."
        ),
        en=(
            "Everyone who works with young people or parents must have a valid VOG. "
            "Number of people without a valid VOG: {people}. The provider may first complete or explain this."
        ),
    ),
    basis="Jeugdwet 4.1.6",
)
def everyone_has_vog(staff_without_vog: Fact[int]) -> Fact[bool]:
    """Nobody lacks one. What is unknown about a person counts neither as valid nor as lacking."""
    people = named("people", staff_without_vog, nl="mensen zonder geldige VOG", en="people without a valid VOG")
    return people == 0
