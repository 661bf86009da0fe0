"""Changes of directors and of legal form in quick succession."""

import enum
from collections.abc import Iterable
from datetime import date
from typing import Annotated, TypeAlias

from barriermodel.plugin import (
    SOLE_TRADER_FORMS,
    UNKNOWN,
    AsOf,
    Between,
    Fact,
    LegalForm,
    Level,
    Limit,
    Months,
    Provider,
    Supplier,
    add_months,
    evidence,
    not_,
    one_of,
    record,
)

from .barrier import network_signals

WITHOUT_DIRECTORS = (*SOLE_TRADER_FORMS, LegalForm.CV)
"""Forms with an owner or partners. Without directors only a change of legal form counts, also after such a change."""


class Change(enum.Enum):
    """What changed in the registration."""

    DIRECTOR = "director"
    """A director (bestuurder) came or went."""
    LEGAL_FORM = "legal_form"


@record
class RegistrationChange:
    """One change in the Handelsregister; the persons are not recorded."""

    change: Fact[Change] = UNKNOWN
    changed_on: Fact[date] = UNKNOWN
    """The day on which it takes effect: possibly before KvK entered it, or in the future."""


@evidence("registration_history", valid_for=Months(6), supplier=Supplier.REGISTER, retention=True)
class RegistrationHistory:
    """The changes in the provider's own registration, up to the day of the look-up."""

    changes: Fact[tuple[RegistrationChange, ...]] = UNKNOWN
    """All changes since the undertaking began; an empty list means that there were none.

    The first entry is no change. A list that may lack some is left out: it would make a lower number look certain.
    """


WindowMonths: TypeAlias = Annotated[int, Between(1, 120), Limit(assumed=True)]


@network_signals.derived
def director_change_days(history: RegistrationHistory, as_of: AsOf, *, window_months: WindowMonths = 12) -> Fact[int]:
    """Count the days with a change of directors: a handover on one day is one change, not two."""
    if history.changes is UNKNOWN:
        return UNKNOWN
    return len(_days(history.changes, Change.DIRECTOR, as_of, window_months))


@network_signals.derived
def legal_form_changes(history: RegistrationHistory, as_of: AsOf, *, window_months: WindowMonths = 12) -> Fact[int]:
    """Count the days on which the legal form changed."""
    if history.changes is UNKNOWN:
        return UNKNOWN
    return len(_days(history.changes, Change.LEGAL_FORM, as_of, window_months))


def _days(changes: Iterable[RegistrationChange], kind: Change, as_of: date, months: int) -> set[Fact[date]]:
    """Return the days in the window with such a change; the number is unknown unless every change is known."""
    days = {change.changed_on for change in changes if change.change == kind}
    return {day for day in days if day <= as_of < add_months(day, months)}


@network_signals.signal(level=Level.ORANGE, unverified=True)
def rapid_changes(
    provider: Provider, director_change_days: Fact[int], legal_form_changes: Fact[int], *,
    window_months: WindowMonths = 12,  # for the text; the two facts are counted with it
    max_director_changes: Annotated[int, Between(0, 100), Limit(assumed=True)] = 2,
) -> Fact[bool]:  # fmt: skip
    """One indicator for both, as RTL Nieuws, IKZ and RIEC 2021 count it; they give no number and no period."""
    has_directors = not_(one_of(provider.legal_form, *WITHOUT_DIRECTORS))
    return (legal_form_changes > 0) | (has_directors & (director_change_days > max_director_changes))
