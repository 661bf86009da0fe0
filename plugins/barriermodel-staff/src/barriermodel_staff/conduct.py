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
    Level,
    Limit,
    one_of,
)

from .staff import StaffList
from .vog import SoloVogMonths, VogMonths, without_vog

ARTICLE = "https://wetten.legaltools.nl/jeugdwet/artikel-416"

conduct = Barrier("nl.conduct", concern=Concern.QUALITY)


@conduct.condition
def youth_care(award: Award) -> Fact[bool]:
    """The article binds providers of youth care."""
    return one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO)


@conduct.derived
def staff_without_vog(
    staff: StaffList,
    as_of: AsOf,
    *,
    vog_months: Annotated[
        VogMonths,
        Limit(source=ARTICLE),
    ] = 3,
    solo_vog_months: Annotated[
        SoloVogMonths,
        Limit(source=ARTICLE),
    ] = 36,
) -> Fact[int]:
    """Count who works with young people or parents without a VOG that counts; unknown if the list is empty."""
    if staff.workers is UNKNOWN or not staff.workers:
        return UNKNOWN
    with_youth = (worker for worker in staff.workers if worker.works_with_youth)
    return without_vog(with_youth, as_of, vog_months, solo_vog_months)


@conduct.requirement(level=Level.RED, applies=youth_care, basis="jeugdwet_4_1_6")
def everyone_has_vog(staff_without_vog: Fact[int]) -> Fact[bool]:
    """Nobody lacks one. What is unknown about a person counts neither as valid nor as lacking."""
    return staff_without_vog == 0
