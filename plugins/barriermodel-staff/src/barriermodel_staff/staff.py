"""Who works for a provider, by reference: without a name, a birth date or anything else about the person."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import UNKNOWN, Fact, Months, Past, Supplier, evidence, record


@record
class Worker:
    """A person who works for the provider: employed, hired, or a regular volunteer."""

    reference: Fact[str] = UNKNOWN
    """The provider's own reference for this person, such as a personnel number; no name."""
    works_with_youth: Fact[bool] = UNKNOWN
    """Can come into contact with young people or parents who get youth care."""
    works_with_wmo_clients: Fact[bool] = UNKNOWN
    """Can come into contact with people who get support under the Wmo."""
    solo_worker: Fact[bool] = UNKNOWN
    """Is the provider: gives the care alone, without staff."""
    started_on: Fact[date] = UNKNOWN
    """The first day of work for this provider."""
    has_vog: Fact[bool] = UNKNOWN
    """False if it is known that there is none; left out if nobody looked."""
    vog_issued_on: Annotated[Fact[date], Past()] = UNKNOWN
    """The date on the newest VOG."""
    needs_registration: Fact[bool] = UNKNOWN
    """Does work in youth care that, by the Kwaliteitskader Jeugd, a registered professional does."""
    registered: Fact[bool] = UNKNOWN
    """Is in the register of SKJ or BIG, whichever of the two."""


@evidence(
    "staff_list", valid_for=Months(12), supplier=Supplier.PROVIDER, burden=30, basis="jeugdwet_4_1_6", retention=True
)
class StaffList:
    """Everyone who works for a provider with young people, parents or clients on the date of the list.

    Others may be on it; no rule looks at them.

    That a municipality asks for such a list is not out of proportion and not against the AVG:
    https://www.lexboost.com/rechtspraak/ECLI:NL:RBNNE:2019:5195
    """

    workers: Fact[tuple[Worker, ...]] = UNKNOWN
