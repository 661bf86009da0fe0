"""The award: the contract that a provider applies for or has."""

from __future__ import annotations

import enum
from datetime import date
from typing import Annotated

from ..text import Localized
from .bounds import Between, NotBefore
from .facts import entity
from .unknown import UNKNOWN, Fact
from .values import Money


class Act(enum.Enum):
    """The law under which the care is bought.

    >>> Act("wmo").label["nl"]
    'Wmo'

    """

    JEUGDWET = "jeugdwet"
    WMO = "wmo"
    JEUGDWET_AND_WMO = "jeugdwet_and_wmo"

    @property
    def label(self) -> Localized:
        """Its name in a sentence."""
        return _ACTS[self]


# Not in the words files: a cell of a table may have a name as its value, and what counts as one is no matter of words.
_ACTS = {
    Act.JEUGDWET: Localized("Jeugdwet", "Jeugdwet"),
    Act.WMO: Localized("Wmo", "Wmo"),
    Act.JEUGDWET_AND_WMO: Localized("Jeugdwet en Wmo", "Jeugdwet and Wmo"),
}


class Procedure(enum.Enum):
    """How a contract is awarded.

    >>> Procedure("social_services").label["en"]
    'procedure for social services'

    """

    OPEN_HOUSE = "open_house"
    """Every applicant that meets the requirements is admitted; applicants are never compared."""
    SOCIAL_SERVICES = "social_services"
    """The simplified procedure for social and other specific services (Aanbestedingswet 2.38, 2.39)."""
    OPEN = "open"
    RESTRICTED = "restricted"
    NEGOTIATED = "negotiated"
    SUBSIDY = "subsidy"

    @property
    def label(self) -> Localized:
        """Its name in a sentence."""
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
    """A contract that is applied for or was awarded. Every fact may be unknown.

    Args:
        id: its reference.
        authority: who awards it.
        title: its subject.
        act: the law under which the care is bought.
        procedure: how the contract is awarded.
        services: the services it covers.
        municipalities: the municipalities it covers.
        awarded_on: when it was awarded.
        starts_on: its first day.
        ends_on: its last day.
        value: the value of the whole award, in euros.

    Raises:
        ValueError: an argument has another type, or ``value`` is negative.

    >>> from barriermodel.plugin import euro
    >>> Award(act="wmo", starts_on=date(2026, 1, 1), value=euro(1_250_000))
    Award(act=wmo, starts_on=2026-01-01, value=euro('1250000.00'))

    """

    id: Fact[str] = UNKNOWN
    authority: Fact[str] = UNKNOWN
    title: Fact[str] = UNKNOWN
    act: Fact[Act] = UNKNOWN
    procedure: Fact[Procedure] = UNKNOWN
    services: Fact[tuple[str, ...]] = UNKNOWN
    municipalities: Fact[tuple[str, ...]] = UNKNOWN
    awarded_on: Fact[date] = UNKNOWN
    starts_on: Fact[date] = UNKNOWN
    ends_on: Annotated[Fact[date], NotBefore("starts_on"), NotBefore("awarded_on")] = UNKNOWN
    value: Annotated[Fact[Money], Between(0)] = UNKNOWN
