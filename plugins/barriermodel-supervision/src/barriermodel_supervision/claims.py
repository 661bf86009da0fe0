"""More individual support in a day than a day has hours: for a client, or by a worker."""

from typing import Annotated

from barriermodel.plugin import UNKNOWN, Barrier, Between, Concern, Fact, Label, Level, Limit, Text, named

from .adding_up import by_client, by_worker, known, most_alone, most_declared, naming_a_worker
from .declared_care import DeclaredCare

impossible_claims = Barrier(
    "nl.impossible_claims",
    title=Text(nl="Onmogelijke declaraties", en="Impossible claims"),
    concern=Concern.LAWFULNESS,  # whether it was rightly paid: arithmetic says nothing of anybody's intent
)

UNVERIFIED = Text(
    nl="Op welke wettelijke grond een gemeente haar declaraties zo mag gebruiken voor toezicht.",
    en="On which legal ground a municipality may use its declarations in this way for supervision.",
)

HoursADay = Annotated[
    int,
    Label(nl="meeste uren op een dag", en="most hours in a day"),
    Between(24),
    Limit(
        source="https://www.twenterand.nl/zorgfraude",
        note=Text(
            nl=(
                "Meer dan 24 uur zorg op een dag. Dat dat niet kan, is rekenen. Op de laatste zondag van oktober gaat "
                "de klok terug: van die dag is het 25e uur al afgetrokken."
            ),
            en=(
                "More than 24 hours of care in a day. That this cannot be is arithmetic. On the last Sunday of "
                "October the clock goes back: of that day the 25th hour has been taken off already."
            ),
        ),
    ),
]


@impossible_claims.derived(
    label=Label(nl="meeste uren van een cliënt op een dag", en="most hours of a client in a day")
)
def client_day_declared(care: DeclaredCare) -> Fact[int]:
    """Hours of any care, rounded up, including group care and double staffing, without corrections."""
    return most_declared(known(care.lines), by_client)


@impossible_claims.derived(
    label=Label(
        nl="meeste uren individuele hulp van een cliënt op een dag",
        en="most hours of individual support of a client in a day",
    )
)
def client_day_alone(care: DeclaredCare) -> Fact[int]:
    """Hours by one worker at a time, rounded up, after corrections. Unknown if an unknown part could be the most."""
    return most_alone(known(care.lines), by_client)


@impossible_claims.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "Voor een cliënt is op een dag meer individuele hulp door een medewerker gedeclareerd dan de grens. Aantal "
            "uren, naar boven afgerond: {hours}. De grens is {max_hours_a_day} uur. Het kan een tikfout zijn, of "
            "dubbele bezetting of groepshulp die als individueel is geboekt. Vraag het eerst de aanbieder."
        ),
        en=(
            "For a client more individual support by one worker was declared in a day than the limit. Number of "
            "hours, rounded up: {hours}. The limit is {max_hours_a_day} hours. It may be a typing error, or double "
            "staffing or group care that was booked as individual. Ask the provider first."
        ),
    ),
    unverified=UNVERIFIED,
)
def client_day_over_limit(
    client_day_declared: Fact[int], client_day_alone: Fact[int], *, max_hours_a_day: HoursADay = 24
) -> Fact[bool]:
    """If no day has that much care of any kind, it does not matter which part of it was individual."""
    hours = named("hours", client_day_alone, nl="uren individuele hulp", en="hours of individual support")
    return (client_day_declared > max_hours_a_day) & (hours > max_hours_a_day)


@impossible_claims.derived(label=Label(nl="regels noemen een medewerker", en="lines name a worker"))
def names_workers(care: DeclaredCare) -> Fact[bool]:
    """Whether any line says who gave the care."""
    return bool(naming_a_worker(known(care.lines)))


@impossible_claims.condition
def workers_are_named(names_workers: Fact[bool]) -> Fact[bool]:
    """Most claims name no worker; then there is nothing to examine and nothing to ask for."""
    return names_workers


@impossible_claims.derived(
    label=Label(nl="meeste uren van een medewerker op een dag", en="most hours of a worker in a day")
)
def worker_day_declared(care: DeclaredCare) -> Fact[int]:
    """Hours of any care, rounded up, without corrections, on the lines that name a worker."""
    lines = naming_a_worker(known(care.lines))
    return most_declared(lines, by_worker) if lines else UNKNOWN


@impossible_claims.derived(
    label=Label(
        nl="meeste uren individuele hulp door een medewerker op een dag",
        en="most hours of individual support by a worker in a day",
    )
)
def worker_day_alone(care: DeclaredCare) -> Fact[int]:
    """Hours by this worker alone, rounded up, after corrections, on the lines that name a worker."""
    lines = naming_a_worker(known(care.lines))
    return most_alone(lines, by_worker) if lines else UNKNOWN


@impossible_claims.signal(
    level=Level.ORANGE,
    applies=workers_are_named,
    finding=Text(
        nl=(
            "Van een medewerker is op een dag meer individuele hulp gedeclareerd dan de grens. Aantal uren, naar boven "
            "afgerond: {hours}. De grens is {max_hours_a_day} uur. Het kan een tikfout zijn, of een kenmerk dat van "
            "meer mensen is, of dubbele bezetting of groepshulp die als individueel is geboekt. Vraag het eerst de "
            "aanbieder."
        ),
        en=(
            "Of a worker more individual support was declared in a day than the limit. Number of hours, rounded up: "
            "{hours}. The limit is {max_hours_a_day} hours. It may be a typing error, or a reference that several "
            "people share, or double staffing or group care that was booked as individual. Ask the provider first."
        ),
    ),
    unverified=UNVERIFIED,
)
def worker_day_over_limit(
    worker_day_declared: Fact[int], worker_day_alone: Fact[int], *, max_hours_a_day: HoursADay = 24
) -> Fact[bool]:
    """The same for a worker, over all clients."""
    hours = named("hours", worker_day_alone, nl="uren individuele hulp", en="hours of individual support")
    return (worker_day_declared > max_hours_a_day) & (hours > max_hours_a_day)
