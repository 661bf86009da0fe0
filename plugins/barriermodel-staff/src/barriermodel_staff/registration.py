"""Professionals in youth care are registered with SKJ or BIG, unless the provider shows why not (the "tenzij")."""

from barriermodel.plugin import (
    UNKNOWN,
    Act,
    AsOf,
    Award,
    Barrier,
    Concern,
    Fact,
    Level,
    Months,
    Supplier,
    evidence,
    not_,
    one_of,
)

from .staff import StaffList

professional_registration = Barrier("nl.professional_registration", concern=Concern.QUALITY)


@evidence(
    "work_allocation", valid_for=Months(12), supplier=Supplier.PROVIDER, burden=30, basis="besluit_jeugdwet_5_1_1_lid_2"
)
class WorkAllocation:
    """What the provider states about unregistered professionals, and how a person judged it."""

    plausible: Fact[bool] = UNKNOWN
    """How a person judged it after reading; left out until somebody has."""


@professional_registration.condition
def youth_care(award: Award) -> Fact[bool]:
    """The norm binds providers of youth care."""
    return one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO)


@professional_registration.derived
def unregistered_professionals(staff: StaffList, as_of: AsOf) -> Fact[int]:
    """Count who does the work of a registered professional on this date and is in neither register.

    Unknown where the list is empty: somebody gives the care.
    """
    if staff.workers is UNKNOWN or not staff.workers:
        return UNKNOWN
    return sum(
        bool(worker.needs_registration and not worker.registered and worker.started_on <= as_of)
        for worker in staff.workers
    )


@professional_registration.signal(level=Level.ORANGE, applies=youth_care, basis="besluit_jeugdwet_5_1_1")
def unregistered_without_reason(unregistered_professionals: Fact[int], allocation: WorkAllocation) -> Fact[bool]:
    """Unregistered, and without an explanation that a person found plausible. Like the law, this has no ratio."""
    return (unregistered_professionals > 0) & not_(allocation.plausible)
