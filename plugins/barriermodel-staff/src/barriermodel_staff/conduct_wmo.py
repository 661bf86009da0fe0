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
    Level,
    Limit,
    one_of,
)

from .staff import StaffList
from .vog import SoloVogMonths, VogMonths, without_vog

conduct_wmo = Barrier("nl.conduct_wmo", concern=Concern.QUALITY)


@conduct_wmo.condition
def wmo_support(award: Award) -> Fact[bool]:
    """The rule applies to awards under the Wmo, alone or together with the Jeugdwet."""
    return one_of(award.act, Act.WMO, Act.JEUGDWET_AND_WMO)


@conduct_wmo.derived
def wmo_staff_without_vog(
    staff: StaffList,
    as_of: AsOf,
    *,
    vog_months: Annotated[VogMonths, Limit(assumed=True)] = 3,
    solo_vog_months: Annotated[SoloVogMonths, Limit(assumed=True)] = 36,
) -> Fact[int]:
    """Count who works with Wmo clients without a VOG that counts; unknown if the list is empty."""
    if staff.workers is UNKNOWN or not staff.workers:
        return UNKNOWN
    with_clients = (worker for worker in staff.workers if worker.works_with_wmo_clients)
    return without_vog(with_clients, as_of, vog_months, solo_vog_months)


@conduct_wmo.requirement(level=Level.ORANGE, applies=wmo_support, basis="contract_or_wmo_3_5", unverified=True)
def everyone_has_vog(wmo_staff_without_vog: Fact[int]) -> Fact[bool]:
    """Nobody lacks one. What is unknown about a person counts neither as valid nor as lacking."""
    return wmo_staff_without_vog == 0
