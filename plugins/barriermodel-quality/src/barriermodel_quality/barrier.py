"""The barrier: at the start of the award a certificate of an accepted or equivalent standard is valid."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias

from barriermodel.plugin import Award, Barrier, Concern, Fact, Item, Label, Level, Limit, Text, named, not_, one_of

from .counting import counting_certificate
from .kind import QualityCertificate
from .standards import name_on_list

quality_certificate = Barrier(
    "nl.quality_certificate",
    title=Text(nl="Kwaliteitscertificaat", en="Quality certificate"),
    concern=Concern.QUALITY,
)

ACCEPTED = ("ISO 9001", "HKZ", "Prezo", "Kiwa")

Accepted: TypeAlias = Annotated[
    tuple[str, ...],
    Label(nl="aanvaarde normen", en="accepted standards"),
    Limit(
        assumption=Text(
            nl=(
                "Dit zijn gebruikelijke normen in de zorg. Welke normen Twente aanvaardt, is niet openbaar. "
                "Bij een andere norm bekijkt iemand of die gelijkwaardig is."
            ),
            en=(
                "These are usual standards in care. Which standards Twente accepts is not public. "
                "For another standard a person looks whether it is equivalent."
            ),
        )
    ),
]
"""The standards that no person needs to look at."""

Certificates: TypeAlias = Sequence[Item[QualityCertificate]]


@quality_certificate.derived(label=Label(nl="norm van het certificaat", en="standard of the certificate"))
def certificate_standard(certificates: Certificates, award: Award, *, accepted_standards: Accepted = ACCEPTED) -> str:
    """Return the standard of the certificate that counts, by its name on the list if it has one."""
    counting = counting_certificate(certificates, award, accepted_standards)
    return name_on_list(str(counting.standard), accepted_standards)


@quality_certificate.derived(label=Label(nl="eerste dag van het certificaat", en="first day of the certificate"))
def certificate_from(
    certificates: Certificates, award: Award, *, accepted_standards: Accepted = ACCEPTED
) -> Fact[date]:
    """Return the first day on which the certificate that counts is valid."""
    return counting_certificate(certificates, award, accepted_standards).valid_from


@quality_certificate.derived(label=Label(nl="laatste dag van het certificaat", en="last day of the certificate"))
def certificate_until(
    certificates: Certificates, award: Award, *, accepted_standards: Accepted = ACCEPTED
) -> Fact[date]:
    """Return the last day on which the certificate that counts is valid; during the award, a date to watch."""
    return counting_certificate(certificates, award, accepted_standards).valid_until


ASKED_FOR = Text(
    nl="Aanbestedingswet 2012 art. 2.96, als de aanbestedingsstukken om een certificaat vragen",
    en="Aanbestedingswet 2012 art. 2.96, if the tender documents ask for a certificate",
)
UNVERIFIED = Text(
    nl="Art. 2.96 van de Aanbestedingswet in de tekst die nu geldt: wij gingen uit van een artikel erover.",
    en="Art. 2.96 of the Aanbestedingswet in the text in force now: we went by an article about it.",
)


@quality_certificate.requirement(
    level=Level.RED,
    norm=Text(
        nl=(
            "Het kwaliteitscertificaat moet uiterlijk op {starts_on} ingaan. "
            "De eerste dag van het certificaat is {first_day}. "
            "Gaat het later in, vraag dan om gelijkwaardig bewijs voor de tijd ervoor."
        ),
        en=(
            "The quality certificate must begin on {starts_on} at the latest. "
            "The first day of the certificate is {first_day}. "
            "If it begins later, ask for equivalent proof for the time before."
        ),
    ),
    basis=ASKED_FOR,
    unverified=UNVERIFIED,
)
def begun_at_start(award: Award, certificate_from: Fact[date]) -> Fact[bool]:
    """The first day is included. This is a separate rule, since a late start does not depend on the last day."""
    first_day = named("first_day", certificate_from, nl="eerste dag", en="first day")
    return first_day <= award.starts_on


@quality_certificate.requirement(
    level=Level.RED,
    norm=Text(
        nl=(
            "Het kwaliteitscertificaat moet op {starts_on} nog geldig zijn. "
            "De laatste dag van het certificaat is {last_day}. "
            "Is het dan verlopen, vraag dan om een verlenging of om gelijkwaardig bewijs."
        ),
        en=(
            "The quality certificate must still be valid on {starts_on}. "
            "The last day of the certificate is {last_day}. "
            "If it has expired by then, ask for a renewal or for equivalent proof."
        ),
    ),
    basis=ASKED_FOR,
    unverified=UNVERIFIED,
)
def valid_at_start(award: Award, certificate_until: Fact[date]) -> Fact[bool]:
    """The last day is included. A certificate that ends during the award meets this; its last day is shown."""
    last_day = named("last_day", certificate_until, nl="laatste dag", en="last day")
    return award.starts_on <= last_day


@quality_certificate.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "Het geldige certificaat is van de norm {standard}. Die staat niet op de lijst: "
            "{accepted_standards}. Iemand moet bekijken of het gelijkwaardig is."
        ),
        en=(
            "The valid certificate is of the standard {standard}. It is not on the list: "
            "{accepted_standards}. A person must look whether it is equivalent."
        ),
    ),
    basis=Text(
        nl="Aanbestedingswet 2012 art. 2.96 lid 2, als de procedure of de aanbestedingsstukken dat zeggen",
        en="Aanbestedingswet 2012 art. 2.96 lid 2, if the procedure or the tender documents say so",
    ),
    unverified=UNVERIFIED,
)
def other_standard(
    award: Award,
    certificate_standard: Fact[str],
    certificate_from: Fact[date],
    certificate_until: Fact[date],
    *,
    accepted_standards: Accepted = ACCEPTED,
) -> Fact[bool]:
    """A valid certificate of a standard that is not on the list, for a person to judge: never red by itself."""
    valid = (certificate_from <= award.starts_on) & (award.starts_on <= certificate_until)
    standard = named("standard", certificate_standard, nl="norm van het certificaat", en="standard of the certificate")
    return valid & not_(one_of(standard, *accepted_standards))
