"""Choose which of a provider's certificates counts for an award."""

from collections.abc import Sequence

from barriermodel.plugin import Award, Item

from .kind import QualityCertificate
from .standards import name_on_list, plain_name

Certificate = Item[QualityCertificate]


def counting_certificate(
    certificates: Sequence[Certificate], award: Award, accepted: tuple[str, ...]
) -> QualityCertificate:
    """Return the first certificate that is in force at the start of the award; if none is, the first of all.

    Certificates of accepted standards go first, and among them the newest. What comes after the one that
    counts is not looked at, so that a date missing there asks for nothing.
    """
    first, *others = _in_order(certificates, accepted)
    if not others:
        return first.facts
    return next((item.facts for item in (first, *others) if _in_force(item.facts, award)), first.facts)


def _in_order(certificates: Sequence[Certificate], accepted: tuple[str, ...]) -> list[Certificate]:
    """Sort by accepted standard, newest first, then by name, and never by place in the dossier."""

    def place(item: Certificate) -> tuple[bool, int, str]:
        standard = _standard(item)
        return name_on_list(standard, accepted) not in accepted, -item.date.toordinal(), standard

    return sorted((item for item in certificates if not _is_replaced(item, certificates)), key=place)


def _is_replaced(item: Certificate, certificates: Sequence[Certificate]) -> bool:
    """Whether the same standard, in another spelling, has a newer certificate."""
    name = plain_name(_standard(item))
    return any(other.date > item.date and plain_name(_standard(other)) == name for other in certificates)


def _in_force(certificate: QualityCertificate, award: Award) -> bool:
    """Whether the award starts on a day on which the certificate is valid; both ends count."""
    started = certificate.valid_from <= award.starts_on
    return bool(started and award.starts_on <= certificate.valid_until)


def _standard(item: Certificate) -> str:
    return str(item.facts.standard)  # known: an item without its key is not usable
