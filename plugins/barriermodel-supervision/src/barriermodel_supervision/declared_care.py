"""What a provider claimed from the municipality: a line per client and day, without identifying the client."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import UNKNOWN, Between, Fact, Label, Months, Past, Supplier, Text, evidence, record


@record
class CareLine:
    """Care for one client on one day, or a correction of it."""

    client: Annotated[Fact[str], Label(nl="kenmerk van de cliënt", en="reference of the client")] = UNKNOWN
    """A pseudonym that is the same on all lines of a client; no name, and never a BSN."""
    day: Annotated[Fact[date], Label(nl="dag", en="day"), Past()] = UNKNOWN
    """The day on which the care was given; a line over a longer period has no such day and does not belong here."""
    minutes: Annotated[Fact[int], Label(nl="minuten", en="minutes"), Between(-100_000, 100_000)] = UNKNOWN
    """Negative on a line that corrects an earlier one."""
    individual: Annotated[Fact[bool], Label(nl="individueel", en="individual")] = UNKNOWN
    """For this client alone; false for groups, day activities and residential care."""
    single_staffed: Annotated[Fact[bool], Label(nl="door een medewerker", en="by one worker")] = UNKNOWN
    """False if the minutes of two or more workers at the same time are added up (double staffing)."""
    names_worker: Annotated[Fact[bool], Label(nl="noemt een medewerker", en="names a worker")] = UNKNOWN
    """False if the line does not say who gave the care; most claims do not."""
    worker: Annotated[Fact[str], Label(nl="kenmerk van de medewerker", en="reference of the worker")] = UNKNOWN
    """A pseudonym that is the same on all lines of a worker; read only if ``names_worker``."""


@evidence(
    "declared_care",
    title=Text(nl="Gedeclareerde zorg per dag", en="Declared care by day"),
    valid_for=Months(12),
    supplier=Supplier.REGISTER,
    burden=0,
    question=Text(
        nl=(
            "Wilt u de declaraties van deze aanbieder per cliënt en dag uit de eigen administratie halen, met een "
            "kenmerk in plaats van het BSN, en met erbij of de hulp individueel was en door één medewerker?"
        ),
        en=(
            "Would you take the declarations of this provider by client and day from your own records, with a "
            "reference instead of the BSN, and whether the support was individual and by one worker?"
        ),
    ),
    confidential=True,
    retention=Text(
        nl=(
            "Hoe lang de gemeente dit voor toezicht mag bewaren, is niet gevonden. Ga dat na, en bewaar het hier niet "
            "langer dan het onderzoek duurt."
        ),
        en=(
            "How long the municipality may keep this for supervision was not found. Look that up, and keep it here no "
            "longer than the investigation lasts."
        ),
    ),
)
class DeclaredCare:
    """All care that a provider claimed, including corrections, from the municipality's own records (iWmo, iJw)."""

    lines: Annotated[Fact[tuple[CareLine, ...]], Label(nl="regels", en="lines")] = UNKNOWN
