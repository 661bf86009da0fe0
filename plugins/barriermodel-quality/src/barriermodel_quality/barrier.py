"""The barrier: at the start of the award a certificate of an accepted or equivalent standard is valid."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias

from barriermodel.plugin import Award, Barrier, Concern, Fact, Item, Level, Limit, not_, one_of

from .counting import counting_certificate
from .kind import QualityCertificate
from .standards import name_on_list

quality_certificate = Barrier("nl.quality_certificate", concern=Concern.QUALITY)

ACCEPTED = ("ISO 9001", "HKZ", "Prezo", "Kiwa")

Accepted: TypeAlias = Annotated[tuple[str, ...], Limit(assumed=True)]
"""The standards that no person needs to look at."""

Certificates: TypeAlias = Sequence[Item[QualityCertificate]]


@quality_certificate.derived
def certificate_standard(certificates: Certificates, award: Award, *, accepted_standards: Accepted = ACCEPTED) -> str:
    """Return the standard of the certificate that counts, by its name on the list if it has one."""
    counting = counting_certificate(certificates, award, accepted_standards)
    return name_on_list(str(counting.standard), accepted_standards)


@quality_certificate.derived
def certificate_from(
    certificates: Certificates, award: Award, *, accepted_standards: Accepted = ACCEPTED
) -> Fact[date]:
    """Return the first day on which the certificate that counts is valid."""
    return counting_certificate(certificates, award, accepted_standards).valid_from


@quality_certificate.derived
def certificate_until(
    certificates: Certificates, award: Award, *, accepted_standards: Accepted = ACCEPTED
) -> Fact[date]:
    """Return the last day on which the certificate that counts is valid; during the award, a date to watch."""
    return counting_certificate(certificates, award, accepted_standards).valid_until


@quality_certificate.requirement(level=Level.RED, basis="aw_2_96", unverified=True)
def begun_at_start(award: Award, certificate_from: Fact[date]) -> Fact[bool]:
    """The first day is included. This is a separate rule, since a late start does not depend on the last day."""
    return certificate_from <= award.starts_on


@quality_certificate.requirement(level=Level.RED, basis="aw_2_96", unverified=True)
def valid_at_start(award: Award, certificate_until: Fact[date]) -> Fact[bool]:
    """The last day is included. A certificate that ends during the award meets this; its last day is shown."""
    return award.starts_on <= certificate_until


@quality_certificate.signal(level=Level.ORANGE, basis="aw_2_96_lid_2", unverified=True)
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
    return valid & not_(one_of(certificate_standard, *accepted_standards))
