"""Whether there are enough people, and enough of them qualified: Twente's pre-monitoring question about staff."""

from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Barrier,
    Between,
    Concern,
    Fact,
    Label,
    Level,
    Limit,
    Months,
    Ratio,
    Supplier,
    Text,
    evidence,
    named,
    ratio,
)

from .directors import PRE_MONITORING

qualified_staff = Barrier(
    "nl.qualified_staff",
    title=Text(nl="Genoeg gekwalificeerd personeel", en="Enough qualified staff"),
    concern=Concern.QUALITY,
)


@evidence(
    "staffing",
    title=Text(nl="Opgave van uren in de zorg", en="Statement of hours in care"),
    valid_for=Months(12),
    supplier=Supplier.PROVIDER,
    burden=20,
    question=Text(
        nl=(
            "Hoeveel uren per week kost de zorg voor uw cliënten van nu? Hoeveel uren per week hebt u daarvoor mensen "
            "in dienst, en hoeveel huurt u in? Hoeveel van die uren zijn van mensen met een opleiding voor dit werk? "
            "Uw eigen uren in de zorg tellen mee als uren in dienst. Vrijwilligers en stagiairs telt u niet mee."
        ),
        en=(
            "How many hours a week does the care for your present clients take? For how many hours a week do you "
            "employ people for that, and how many do you hire? How many of those hours are of people with an "
            "education for this work? Your own hours in care count as employed. Do not count volunteers and trainees."
        ),
    ),
    basis=PRE_MONITORING,
    retention=Text(
        nl="Tot er een nieuwe opgave is, en niet langer dan de overeenkomst duurt.",
        en="Until there is a new statement, and no longer than the agreement lasts.",
    ),
)
class Staffing:
    """Hours of care in a usual week, in whole hours, as the provider itself counts them."""

    hours_needed: Annotated[
        Fact[int], Label(nl="uren die de zorg nu kost", en="hours that the care takes now"), Between(0)
    ] = UNKNOWN
    """For the current clients, including travel and reporting; 0 for a provider without clients yet."""
    employed_hours: Annotated[Fact[int], Label(nl="uren in dienst", en="hours employed"), Between(0)] = UNKNOWN
    """The contract hours of everyone employed in the care; for owners and directors, their hours of giving care."""
    hired_hours: Annotated[Fact[int], Label(nl="uren ingehuurd", en="hours hired"), Between(0)] = UNKNOWN
    """The hours of self-employed people, agencies and subcontractors in the care."""
    qualified_hours: Annotated[
        Fact[int], Label(nl="uren van mensen met een opleiding voor dit werk", en="hours of qualified people"),
        Between(0),
    ] = UNKNOWN  # fmt: skip
    """The part of those hours by people with an education for the work that they do."""


@qualified_staff.condition
def has_clients(staffing: Staffing) -> Fact[bool]:
    """A starter without clients needs no staff yet."""
    return staffing.hours_needed > 0


@qualified_staff.signal(
    level=Level.ORANGE,
    applies=has_clients,
    finding=Text(
        nl=(
            "De uren van medewerkers zijn {share} van de uren die de zorg kost. De ondergrens is {min_staffed}. "
            "Inhuur en de uren van de eigenaar tellen mee. Vraag de aanbieder wie de andere uren werkt: er kan een "
            "vacature zijn, of een fout in de opgave."
        ),
        en=(
            "The hours of staff are {share} of the hours that the care takes. The lower limit is {min_staffed}. "
            "Hired people and the owner's hours count. Ask the provider who works the other hours: there may be a "
            "vacancy, or a mistake in the statement."
        ),
    ),
    basis=PRE_MONITORING,
)
def too_few_hours(
    staffing: Staffing,
    *,
    min_staffed: Annotated[
        Ratio,
        Label(nl="laagste aandeel van de uren dat bezet is", en="lowest share of the hours that is staffed"),
        Between(0),
        Limit(
            assumption=Text(
                nl=(
                    "Er is geen openbare norm, en geen wet noemt er een. Gekozen is 80%: door ziekte of een vacature "
                    "alleen is de zorg nog niet te krap bezet."
                ),
                en=(
                    "There is no public norm, and no law names one. Chosen is 80%: illness or a vacancy alone does "
                    "not make the care understaffed."
                ),
            )
        ),
    ] = 0.80,
) -> Fact[bool]:
    """Fewer hours of staff, including hired people, than a share of what the provider itself says it needs."""
    share = named(
        "share",
        ratio(staffing.employed_hours + staffing.hired_hours, staffing.hours_needed),
        nl="bezet deel van de uren",
        en="staffed share of the hours",
    )
    return share < min_staffed


@qualified_staff.signal(
    level=Level.ORANGE,
    applies=has_clients,
    finding=Text(
        nl=(
            "Van de uren van medewerkers is {share} van mensen met een opleiding voor dit werk. De ondergrens is "
            "{min_qualified}. Geen wet noemt een aandeel, en niet elke hulp vraagt een opleiding. Vraag de aanbieder "
            "wie welk werk doet, en wie de anderen begeleidt."
        ),
        en=(
            "Of the hours of staff {share} is of people with an education for this work. The lower limit is "
            "{min_qualified}. No law names a share, and not all support needs an education. Ask the provider who "
            "does which work, and who guides the others."
        ),
    ),
    basis=PRE_MONITORING,
)
def few_qualified(
    staffing: Staffing,
    *,
    min_qualified: Annotated[
        Ratio,
        Label(nl="laagste aandeel gekwalificeerde uren", en="lowest share of qualified hours"),
        Between(0, 1),
        Limit(
            assumption=Text(
                nl=(
                    "Er is geen openbaar aandeel, en de wet kent er geen: gekozen is de helft. Een zorgboerderij of "
                    "dagbesteding kan met minder goede hulp geven; daarom is dit een vraag en geen eis."
                ),
                en=(
                    "There is no public share, and the law has none: half was chosen. A care farm or day activities "
                    "can give good support with fewer; so this is a question and not a demand."
                ),
            )
        ),
    ] = 0.50,
) -> Fact[bool]:
    """The share of staff hours by people with an education for the work is below the limit."""
    share = named(
        "share",
        ratio(staffing.qualified_hours, staffing.employed_hours + staffing.hired_hours),
        nl="gekwalificeerd deel van de uren",
        en="qualified share of the hours",
    )
    return share < min_qualified
