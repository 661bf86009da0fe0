"""What a provider claimed from the municipality: a line per client and day, without identifying the client."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import UNKNOWN, Between, Fact, Months, Past, Supplier, evidence, record


@record
class CareLine:
    """Care for one client on one day, or a correction of it."""

    client: Fact[str] = UNKNOWN
    """A pseudonym that is the same on all lines of a client; no name, and never a BSN."""
    day: Annotated[Fact[date], Past()] = UNKNOWN
    """The day on which the care was given; a line over a longer period has no such day and does not belong here."""
    minutes: Annotated[Fact[int], Between(-100000, 100000)] = UNKNOWN
    """Negative on a line that corrects an earlier one."""
    individual: Fact[bool] = UNKNOWN
    """For this client alone; false for groups, day activities and residential care."""
    single_staffed: Fact[bool] = UNKNOWN
    """False if the minutes of two or more workers at the same time are added up (double staffing)."""
    names_worker: Fact[bool] = UNKNOWN
    """False if the line does not say who gave the care; most claims do not."""
    worker: Fact[str] = UNKNOWN
    """A pseudonym that is the same on all lines of a worker; read only if ``names_worker``."""


@evidence("declared_care", valid_for=Months(12), supplier=Supplier.REGISTER, confidential=True, retention=True)
class DeclaredCare:
    """All care that a provider claimed, including corrections, from the municipality's own records (iWmo, iJw)."""

    lines: Fact[tuple[CareLine, ...]] = UNKNOWN
