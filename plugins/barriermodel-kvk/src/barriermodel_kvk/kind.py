"""The facts of an extract from the Handelsregister."""

import enum
from datetime import date
from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Fact,
    Label,
    LegalForm,
    Months,
    NotBefore,
    Past,
    Supplier,
    Text,
    evidence,
    record,
)


class Insolvency(enum.Enum):
    """Insolvency as stated in KvK's open data (``insolventieCode`` FAIL, SURS, SSAN)."""

    FAILLISSEMENT = "faillissement"
    SURSEANCE = "surseance"
    SCHULDSANERING = "schuldsanering"


@record
class SbiActivity:
    """An activity with its code in the Standaard Bedrijfsindeling (SBI).

    The code is kept as the register writes it: SBI 2008 and SBI 2025 differ in length (1011 became 10110), so
    compare how codes begin.
    """

    code: Annotated[Fact[str], Label(nl="SBI-code", en="SBI code")] = UNKNOWN
    description: Annotated[Fact[str], Label(nl="omschrijving", en="description")] = UNKNOWN
    main: Annotated[Fact[bool], Label(nl="hoofdactiviteit", en="main activity")] = UNKNOWN


@record
class Branch:
    """A branch (vestiging)."""

    number: Annotated[Fact[str], Label(nl="vestigingsnummer", en="branch number")] = UNKNOWN
    name: Annotated[Fact[str], Label(nl="naam", en="name")] = UNKNOWN
    main: Annotated[Fact[bool], Label(nl="hoofdvestiging", en="main branch")] = UNKNOWN


@evidence(
    "kvk_extract",
    title=Text(nl="Handelsregisteruittreksel (KvK)", en="Extract from the Handelsregister (KvK)"),
    question=Text(
        nl="Wilt u het Basisprofiel bij KvK opvragen? Het telt zes maanden.",
        en="Would you get the Basisprofiel from KvK? It counts for six months.",
    ),
    valid_for=Months(6),
    supplier=Supplier.REGISTER,
    sources=("KvK",),  # its open data hold some legal forms only
    burden=0,
    basis=Text(
        nl="Aanbestedingswet 2012 art. 2.89 lid 1, waar de procedure of de stukken dat zeggen",
        en="Aanbestedingswet 2012 art. 2.89 lid 1, where the procedure or the documents say so",
    ),
)
class KvkExtract:
    """One registration in the Handelsregister.

    How a registration that ended is told apart from one that goes on:

    * ``active``: it goes on and no end date is known. True for a complete Basisprofiel without ``datumEinde``
      and for ``actief`` J in the open data; False where there is a ``datumEinde`` and for ``actief`` N.
    * ``end_date_stated``: whether the extract states an end date. A Basisprofiel does or does not; the open
      data never do.
    * ``ended_on``: that date. It may lie after the dossier's date: then the registration has not ended yet.

    What does not say one of these leaves it unknown: a Zoeken answer, a profile with parts missing.
    """

    active: Annotated[Fact[bool], Label(nl="actief zonder einddatum", en="active with no end date")] = UNKNOWN
    end_date_stated: Annotated[Fact[bool], Label(nl="einddatum vermeld", en="end date stated")] = UNKNOWN
    ended_on: Annotated[Fact[date], Label(nl="einddatum", en="end date"), NotBefore("registered_on")] = UNKNOWN
    """``materieleRegistratie.datumEinde``."""
    registered_on: Annotated[Fact[date], Label(nl="datum van aanvang", en="start date"), Past()] = UNKNOWN
    """Material: the day on which the undertaking began (``datumAanvang``)."""
    formally_registered_on: Annotated[
        Fact[date], Label(nl="datum van inschrijving", en="date of registration"), Past()
    ] = UNKNOWN
    """Formal: the day on which KvK entered it (``formeleRegistratiedatum``), often later."""
    name: Annotated[Fact[str], Label(nl="naam", en="name")] = UNKNOWN
    statutory_name: Annotated[Fact[str], Label(nl="statutaire naam", en="statutory name")] = UNKNOWN
    trade_names: Annotated[Fact[tuple[str, ...]], Label(nl="handelsnamen", en="trade names")] = UNKNOWN
    legal_form: Annotated[Fact[LegalForm], Label(nl="rechtsvorm", en="legal form")] = UNKNOWN
    legal_form_words: Annotated[Fact[str], Label(nl="rechtsvorm in woorden", en="legal form in words")] = UNKNOWN
    """As worded in the register, even if ``legal_form`` is unknown."""
    rsin: Annotated[Fact[str], Label(nl="RSIN", en="RSIN")] = UNKNOWN
    """The owner's, if it passes the elfproef. It is never read for a sole trader, as it may be a personal number."""
    people_working: Annotated[Fact[int], Label(nl="aantal werkzame personen", en="people working")] = UNKNOWN
    """``totaalWerkzamePersonen``, which includes the owner and excludes hired staff."""
    main_sbi_code: Annotated[Fact[str], Label(nl="SBI-code hoofdactiviteit", en="SBI code, main activity")] = UNKNOWN
    sbi_activities: Annotated[Fact[tuple[SbiActivity, ...]], Label(nl="SBI-activiteiten", en="SBI activities")] = (
        UNKNOWN
    )
    branch_count: Annotated[Fact[int], Label(nl="aantal vestigingen", en="number of branches")] = UNKNOWN
    """Known only if the extract states the total."""
    branches: Annotated[Fact[tuple[Branch, ...]], Label(nl="vestigingen", en="branches")] = UNKNOWN
    """The branches that the extract names; a Basisprofiel names the main branch only."""
    insolvency_registered: Annotated[Fact[bool], Label(nl="insolventie geregistreerd", en="insolvency registered")] = (
        UNKNOWN
    )
    """Only the open data say so: True with an ``insolventieCode``, False in a complete answer without one.

    False means that KvK's open data showed none, not that the Centraal Insolventieregister has none.
    """
    insolvency: Annotated[Fact[Insolvency], Label(nl="insolventie", en="insolvency")] = UNKNOWN
