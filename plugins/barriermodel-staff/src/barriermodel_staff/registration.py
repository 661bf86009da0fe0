"""Professionals in youth care are registered with SKJ or BIG, unless the provider shows why not (the "tenzij")."""

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
    Months,
    Supplier,
    Text,
    evidence,
    named,
    not_,
    one_of,
)

from .staff import StaffList

professional_registration = Barrier(
    "nl.professional_registration",
    title=Text(nl="Registratie bij SKJ of BIG", en="Registration with SKJ or BIG"),
    concern=Concern.QUALITY,
)


@evidence(
    "work_allocation",
    title=Text(nl="Uitleg over niet-geregistreerde professionals", en="Account of unregistered professionals"),
    valid_for=Months(12),
    supplier=Supplier.PROVIDER,
    burden=30,
    question=Text(
        nl=(
            "Wilt u uitleggen waarom de hulp niet slechter wordt van de inzet van niet-geregistreerde professionals, "
            "of waarom die juist nodig is voor goede hulp?"
        ),
        en=(
            "Would you explain why the care does not suffer from the work of unregistered professionals, "
            "or why good care needs it?"
        ),
    ),
    basis="Besluit Jeugdwet 5.1.1 lid 2",
)
class WorkAllocation:
    """What the provider states about unregistered professionals, and how a person judged it."""

    plausible: Annotated[Fact[bool], Label(nl="uitleg is aannemelijk", en="account is plausible")] = UNKNOWN
    """How a person judged it after reading; left out until somebody has."""


@professional_registration.condition
def youth_care(award: Award) -> Fact[bool]:
    """The norm binds providers of youth care."""
    return one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO)


@professional_registration.derived(label=Label(nl="niet-geregistreerde professionals", en="unregistered professionals"))
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


@professional_registration.signal(
    level=Level.ORANGE,
    applies=youth_care,
    finding=Text(
        nl=(
            "Aantal professionals zonder registratie bij SKJ of BIG, in werk dat daarom vraagt: {people}. Dat mag als "
            "de aanbieder aannemelijk maakt dat de hulp er niet onder lijdt of het juist nodig heeft. Wie de uitleg "
            "las, vond die niet aannemelijk: bespreek dit met de aanbieder."
        ),
        en=(
            "Number of professionals without registration with SKJ or BIG, in work that calls for it: {people}. "
            "That is allowed if the provider makes it plausible that the care does not suffer or needs it. "
            "Whoever read the account did not find it plausible: discuss this with the provider."
        ),
    ),
    basis="Besluit Jeugdwet 5.1.1; Jeugdwet 4.1.1",
)
def unregistered_without_reason(unregistered_professionals: Fact[int], allocation: WorkAllocation) -> Fact[bool]:
    """Unregistered, and without an explanation that a person found plausible. Like the law, this has no ratio."""
    people = named(
        "people", unregistered_professionals, nl="niet-geregistreerde professionals", en="unregistered professionals"
    )
    return (people > 0) & not_(allocation.plausible)
