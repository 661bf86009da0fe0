"""The facts of an extract from the Handelsregister."""

import enum
from datetime import date
from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Fact,
    LegalForm,
    Months,
    NotBefore,
    Past,
    Supplier,
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

    code: Fact[str] = UNKNOWN
    description: Fact[str] = UNKNOWN
    main: Fact[bool] = UNKNOWN


@record
class Branch:
    """A branch (vestiging)."""

    number: Fact[str] = UNKNOWN
    name: Fact[str] = UNKNOWN
    main: Fact[bool] = UNKNOWN


@evidence("kvk_extract", valid_for=Months(6), supplier=Supplier.REGISTER, sources=("KvK",), basis="aw_2_89_lid_1")
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

    active: Fact[bool] = UNKNOWN
    end_date_stated: Fact[bool] = UNKNOWN
    ended_on: Annotated[Fact[date], NotBefore("registered_on")] = UNKNOWN
    """``materieleRegistratie.datumEinde``."""
    registered_on: Annotated[Fact[date], Past()] = UNKNOWN
    """Material: the day on which the undertaking began (``datumAanvang``)."""
    formally_registered_on: Annotated[Fact[date], Past()] = UNKNOWN
    """Formal: the day on which KvK entered it (``formeleRegistratiedatum``), often later."""
    name: Fact[str] = UNKNOWN
    statutory_name: Fact[str] = UNKNOWN
    trade_names: Fact[tuple[str, ...]] = UNKNOWN
    legal_form: Fact[LegalForm] = UNKNOWN
    legal_form_words: Fact[str] = UNKNOWN
    """As worded in the register, even if ``legal_form`` is unknown."""
    rsin: Fact[str] = UNKNOWN
    """The owner's, if it passes the elfproef. It is never read for a sole trader, as it may be a personal number."""
    people_working: Fact[int] = UNKNOWN
    """``totaalWerkzamePersonen``, which includes the owner and excludes hired staff."""
    main_sbi_code: Fact[str] = UNKNOWN
    sbi_activities: Fact[tuple[SbiActivity, ...]] = UNKNOWN
    branch_count: Fact[int] = UNKNOWN
    """Known only if the extract states the total."""
    branches: Fact[tuple[Branch, ...]] = UNKNOWN
    """The branches that the extract names; a Basisprofiel names the main branch only."""
    insolvency_registered: Fact[bool] = UNKNOWN
    """Only the open data say so: True with an ``insolventieCode``, False in a complete answer without one.

    False means that KvK's open data showed none, not that the Centraal Insolventieregister has none.
    """
    insolvency: Fact[Insolvency] = UNKNOWN
