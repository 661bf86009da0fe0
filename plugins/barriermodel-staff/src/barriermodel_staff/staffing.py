"""Whether there are enough people, and enough of them qualified: Twente's pre-monitoring question about staff."""

from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Barrier,
    Between,
    Concern,
    Fact,
    Level,
    Limit,
    Months,
    Ratio,
    Supplier,
    evidence,
    named,
    ratio,
)

qualified_staff = Barrier("nl.qualified_staff", concern=Concern.QUALITY)


@evidence(
    "staffing", valid_for=Months(12), supplier=Supplier.PROVIDER, burden=20, basis="pre_monitoring", retention=True
)
class Staffing:
    """Hours of care in a usual week, in whole hours, as the provider itself counts them."""

    hours_needed: Annotated[Fact[int], Between(0)] = UNKNOWN
    """For the current clients, including travel and reporting; 0 for a provider without clients yet."""
    employed_hours: Annotated[Fact[int], Between(0)] = UNKNOWN
    """The contract hours of everyone employed in the care; for owners and directors, their hours of giving care."""
    hired_hours: Annotated[Fact[int], Between(0)] = UNKNOWN
    """The hours of self-employed people, agencies and subcontractors in the care."""
    qualified_hours: Annotated[Fact[int], Between(0)] = UNKNOWN  # fmt: skip
    """The part of those hours by people with an education for the work that they do."""


@qualified_staff.condition
def has_clients(staffing: Staffing) -> Fact[bool]:
    """A starter without clients needs no staff yet."""
    return staffing.hours_needed > 0


@qualified_staff.signal(level=Level.ORANGE, applies=has_clients, basis="pre_monitoring")
def too_few_hours(
    staffing: Staffing, *, min_staffed: Annotated[Ratio, Between(0), Limit(assumed=True)] = 0.80
) -> Fact[bool]:
    """Fewer hours of staff, including hired people, than a share of what the provider itself says it needs."""
    return named("share", ratio(staffing.employed_hours + staffing.hired_hours, staffing.hours_needed)) < min_staffed


@qualified_staff.signal(level=Level.ORANGE, applies=has_clients, basis="pre_monitoring")
def few_qualified(
    staffing: Staffing, *, min_qualified: Annotated[Ratio, Between(0, 1), Limit(assumed=True)] = 0.50
) -> Fact[bool]:
    """The share of staff hours by people with an education for the work is below the limit."""
    return (
        named("share", ratio(staffing.qualified_hours, staffing.employed_hours + staffing.hired_hours)) < min_qualified
    )
