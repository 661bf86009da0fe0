"""Reads evidence of this plugin that was typed over by hand as TOML."""

from __future__ import annotations

from collections.abc import Iterable

from barriermodel import Evidence, Reader, Text, parse_toml, read_evidence

from .care_provider import CareRegisterEntry, CareStatement
from .directors import DirectorsStatement
from .registration import WorkAllocation
from .staff import StaffList
from .staffing import Staffing
from .wnt import WntStatement

KINDS: tuple[type, ...] = (
    StaffList,
    WorkAllocation,
    CareRegisterEntry,
    CareStatement,
    WntStatement,
    DirectorsStatement,
    Staffing,
)
"""The kinds of evidence that can be typed over."""


def read_typed_over(raw: bytes) -> Iterable[Evidence]:
    """One item of a kind of this plugin, in a TOML document with the keys of a dossier's item of evidence.

    Raises ``DossierError`` with every problem and its path; a name or birth date in a staff list is one.
    """
    where = "staff evidence"
    return [read_evidence(parse_toml(raw, where), *KINDS, where=where)]


staff_reader = Reader(
    id="staff",
    title=Text(
        nl="Gegevens over medewerkers, bestuurders en melding, overgetypt als TOML",
        en="Evidence on staff, directors and notification, typed over as TOML",
    ),
    formats=("toml",),
    read=read_typed_over,
)
