"""The award: what the provider is to be contracted for."""

from __future__ import annotations

import enum
from datetime import date
from typing import Annotated

from ..text import Localized
from .bounds import Between, NotBefore
from .facts import Label, entity
from .unknown import UNKNOWN, Fact
from .values import Money


class Act(enum.Enum):
    """The law under which the care is bought."""

    JEUGDWET = "jeugdwet"
    WMO = "wmo"
    JEUGDWET_AND_WMO = "jeugdwet_and_wmo"

    @property
    def label(self) -> Localized:
        """How it is called in a sentence."""
        return _ACTS[self]


_ACTS = {
    Act.JEUGDWET: Localized("Jeugdwet", "Jeugdwet"),
    Act.WMO: Localized("Wmo", "Wmo"),
    Act.JEUGDWET_AND_WMO: Localized("Jeugdwet en Wmo", "Jeugdwet and Wmo"),
}


class Procedure(enum.Enum):
    """How the contract comes about."""

    OPEN_HOUSE = "open_house"
    """Whoever meets the requirements is admitted: no public contract, no comparing of applicants."""
    SOCIAL_SERVICES = "social_services"
    """The simplified procedure for social and other specific services (Aanbestedingswet 2.38, 2.39)."""
    OPEN = "open"
    RESTRICTED = "restricted"
    NEGOTIATED = "negotiated"
    SUBSIDY = "subsidy"

    @property
    def label(self) -> Localized:
        """How it is called in a sentence."""
        return _PROCEDURES[self]


_PROCEDURES = {
    Procedure.OPEN_HOUSE: Localized("open house", "open house"),
    Procedure.SOCIAL_SERVICES: Localized("procedure voor sociale diensten", "procedure for social services"),
    Procedure.OPEN: Localized("openbare procedure", "open procedure"),
    Procedure.RESTRICTED: Localized("niet-openbare procedure", "restricted procedure"),
    Procedure.NEGOTIATED: Localized("onderhandelingsprocedure", "negotiated procedure"),
    Procedure.SUBSIDY: Localized("subsidie", "subsidy"),
}


@entity()
class Award:
    """An award, or what is applied for; every fact may be unknown."""

    id: Annotated[Fact[str], Label(nl="kenmerk", en="reference")] = UNKNOWN
    authority: Annotated[Fact[str], Label(nl="opdrachtgever", en="authority")] = UNKNOWN
    title: Annotated[Fact[str], Label(nl="onderwerp", en="subject")] = UNKNOWN
    act: Annotated[Fact[Act], Label(nl="wet", en="act")] = UNKNOWN
    procedure: Annotated[Fact[Procedure], Label(nl="procedure", en="procedure")] = UNKNOWN
    services: Annotated[Fact[tuple[str, ...]], Label(nl="diensten", en="services")] = UNKNOWN
    municipalities: Annotated[Fact[tuple[str, ...]], Label(nl="gemeenten", en="municipalities")] = UNKNOWN
    awarded_on: Annotated[Fact[date], Label(nl="gunningsdatum", en="date of award")] = UNKNOWN
    starts_on: Annotated[Fact[date], Label(nl="ingangsdatum", en="start date")] = UNKNOWN
    ends_on: Annotated[
        Fact[date], Label(nl="einddatum", en="end date"), NotBefore("starts_on"), NotBefore("awarded_on")
    ] = UNKNOWN
    value: Annotated[Fact[Money], Label(nl="waarde van de opdracht", en="award value"), Between(0)] = UNKNOWN
    """The value of the whole award, in euros."""
