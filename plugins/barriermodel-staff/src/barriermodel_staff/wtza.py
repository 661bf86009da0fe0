"""Notification as a provider of youth care, and the permit of the Wtza, which is off unless a profile names it."""

from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Act,
    AsOf,
    Award,
    Barrier,
    Between,
    Concern,
    Fact,
    Level,
    Limit,
    Months,
    Supplier,
    add_months,
    all_of,
    any_of,
    evidence,
    not_,
    one_of,
)


@evidence("care_register_entry", valid_for=Months(6), supplier=Supplier.REGISTER, basis="jeugdwet_4_0_1_and_wtza")
class CareRegisterEntry:
    """What was found on a day; False means that somebody looked and found nothing."""

    notified: Fact[bool] = UNKNOWN
    has_permit: Fact[bool] = UNKNOWN


@evidence("care_statement", valid_for=Months(12), supplier=Supplier.PROVIDER, burden=5, basis="wtza_and_decrees")
class CareStatement:
    """What the provider states and no register shows."""

    exempt_from_notification: Fact[bool] = UNKNOWN
    gives_zvw_or_wlz_care: Fact[bool] = UNKNOWN
    gives_specialist_care: Fact[bool] = UNKNOWN
    care_workers: Annotated[Fact[int], Between(0)] = UNKNOWN
    """Who gives the care under the Zvw and Wlz, apart from youth care and the Wmo."""


wtza = Barrier("nl.wtza", concern=Concern.LAWFULNESS)


@wtza.condition
def can_be_notified(
    award: Award,
    as_of: AsOf,
    *,
    months_before: Annotated[
        int, Between(0, 24), Limit(source="https://zoek.officielebekendmakingen.nl/stcrt-2021-39289.html")
    ] = 3,
) -> Fact[bool]:
    """Youth care that has begun, or begins so soon that the provider can notify itself.

    Whoever gives support under the Wmo alone need not notify.
    """
    youth_care = one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO)
    return all_of(youth_care, award.starts_on <= add_months(as_of, months_before))


@wtza.requirement(level=Level.ORANGE, applies=can_be_notified, basis="jeugdwet_4_0_1", unverified=True)
def notified(entry: CareRegisterEntry, statement: CareStatement) -> Fact[bool]:
    """In the register, or exempt."""
    return any_of(entry.notified, statement.exempt_from_notification)


wtza_permit = Barrier("nl.wtza_permit", concern=Concern.LAWFULNESS)


@wtza_permit.condition
def gives_zvw_or_wlz_care(statement: CareStatement) -> Fact[bool]:
    """The permit concerns care under the Zvw or Wlz, not the Wmo or youth care."""
    return statement.gives_zvw_or_wlz_care


@wtza_permit.requirement(level=Level.ORANGE, applies=gives_zvw_or_wlz_care, basis="wtza_4", unverified=True)
def has_permit(
    entry: CareRegisterEntry,
    statement: CareStatement,
    *,
    max_without_permit: Annotated[
        int, Between(0), Limit(source="https://www.toetredingzorgaanbieders.nl/alles-over-de-vergunningplicht")
    ] = 10,
) -> Fact[bool]:
    """With a permit, or small and without specialist medical care."""
    needs_permit = any_of(statement.gives_specialist_care, statement.care_workers > max_without_permit)
    return any_of(entry.has_permit, not_(needs_permit))
