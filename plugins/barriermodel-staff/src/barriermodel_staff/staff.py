"""Who works for a provider, by reference: without a name, a birth date or anything else about the person."""

from datetime import date
from typing import Annotated

from barriermodel.plugin import UNKNOWN, Fact, Label, Months, Past, Supplier, Text, evidence, record


@record
class Worker:
    """A person who works for the provider: employed, hired, or a regular volunteer."""

    reference: Annotated[Fact[str], Label(nl="kenmerk", en="reference")] = UNKNOWN
    """The provider's own reference for this person, such as a personnel number; no name."""
    works_with_youth: Annotated[Fact[bool], Label(nl="werkt met jeugdigen of ouders", en="works with youth")] = UNKNOWN
    """Can come into contact with young people or parents who get youth care."""
    works_with_wmo_clients: Annotated[
        Fact[bool], Label(nl="werkt met cliënten van de Wmo", en="works with Wmo clients")
    ] = UNKNOWN
    """Can come into contact with people who get support under the Wmo."""
    solo_worker: Annotated[Fact[bool], Label(nl="werkt als enige", en="works alone")] = UNKNOWN
    """Is the provider: gives the care alone, without staff."""
    started_on: Annotated[Fact[date], Label(nl="begonnen op", en="started on")] = UNKNOWN
    """The first day of work for this provider."""
    has_vog: Annotated[Fact[bool], Label(nl="heeft een VOG", en="has a VOG")] = UNKNOWN
    """False if it is known that there is none; left out if nobody looked."""
    vog_issued_on: Annotated[Fact[date], Label(nl="VOG afgegeven op", en="VOG issued on"), Past()] = UNKNOWN
    """The date on the newest VOG."""
    needs_registration: Annotated[
        Fact[bool], Label(nl="doet werk dat om registratie vraagt", en="does work that calls for registration")
    ] = UNKNOWN
    """Does work in youth care that, by the Kwaliteitskader Jeugd, a registered professional does."""
    registered: Annotated[Fact[bool], Label(nl="geregistreerd bij SKJ of BIG", en="registered in SKJ or BIG")] = UNKNOWN
    """Is in the register of SKJ or BIG, whichever of the two."""


@evidence(
    "staff_list",
    title=Text(nl="Personeelslijst", en="Staff list"),
    valid_for=Months(12),
    supplier=Supplier.PROVIDER,
    burden=30,
    question=Text(
        nl=(
            "Wilt u een lijst sturen van iedereen die voor u met jeugdigen, ouders of cliënten van de Wmo werkt? Zet "
            "bij iedereen: een eigen kenmerk in plaats van een naam, met wie die werkt, de eerste werkdag, de datum "
            "van de VOG, of het werk om een registratie bij SKJ of BIG vraagt, en of die er is. Werkt u alleen, zet "
            "dat er dan bij. Stuur de VOG's zelf niet mee."
        ),
        en=(
            "Would you send a list of everyone who works for you with young people, parents or Wmo clients? State of "
            "each: a reference of your own instead of a name, with whom they work, the first day of work, the date of "
            "the VOG, whether the work calls for registration with SKJ or BIG, and whether they are registered. If you "
            "work alone, say so. Do not send the certificates themselves."
        ),
    ),
    basis="Jeugdwet 4.1.6",
    retention=Text(
        nl="Tot er een nieuwe lijst is, en niet langer dan de overeenkomst duurt.",
        en="Until there is a new list, and no longer than the agreement lasts.",
    ),
)
class StaffList:
    """Everyone who works for a provider with young people, parents or clients on the date of the list.

    Others may be on it; no rule looks at them.

    That a municipality asks for such a list is not out of proportion and not against the AVG:
    https://www.lexboost.com/rechtspraak/ECLI:NL:RBNNE:2019:5195
    """

    workers: Annotated[Fact[tuple[Worker, ...]], Label(nl="medewerkers", en="workers")] = UNKNOWN
