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
    Label,
    LegalForm,
    Level,
    Limit,
    Localized,
    Months,
    Provider,
    Supplier,
    Text,
    add_months,
    evidence,
    named,
    not_,
    one_of,
    record,
)

from .barrier import network_signals

WITHOUT_DIRECTORS = (*SOLE_TRADER_FORMS, LegalForm.CV)
"""Forms with an owner or partners. They have no directors, so only their legal form can change."""


class Change(enum.Enum):
    """What changed in the registration."""

    DIRECTOR = "director"
    """A director (bestuurder) came or went."""
    LEGAL_FORM = "legal_form"

    @property
    def label(self) -> Localized:
        """The words for it in a sentence."""
        return _CHANGES[self]


_CHANGES = {
    Change.DIRECTOR: Localized("wisseling van bestuurder", "change of director"),
    Change.LEGAL_FORM: Localized("wijziging van rechtsvorm", "change of legal form"),
}


@record
class RegistrationChange:
    """One change in the Handelsregister; the persons are not recorded."""

    change: Annotated[Fact[Change], Label(nl="wijziging", en="change")] = UNKNOWN
    changed_on: Annotated[Fact[date], Label(nl="datum van de wijziging", en="date of the change")] = UNKNOWN
    """The day on which it takes effect: possibly before KvK entered it, or in the future."""


@evidence(
    "registration_history",
    title=Text(nl="Geschiedenis van de inschrijving", en="History of the registration"),
    valid_for=Months(6),
    supplier=Supplier.REGISTER,
    burden=0,
    question=Text(
        nl=(
            "Wilt u in de historie van het Handelsregister opzoeken op welke dagen de bestuurders of de rechtsvorm "
            "zijn gewijzigd? Schrijf geen namen op."
        ),
        en=(
            "Would you look up in the history of the Handelsregister on which days the directors or the legal form "
            "changed? Write down no names."
        ),
    ),
    retention=Text(
        nl="Tot er een nieuwe geschiedenis is, en niet langer dan de overeenkomst duurt.",
        en="Until there is a new history, and no longer than the agreement lasts.",
    ),
)
class RegistrationHistory:
    """The changes in the provider's own registration, up to the day of the look-up."""

    changes: Annotated[Fact[tuple[RegistrationChange, ...]], Label(nl="wijzigingen", en="changes")] = UNKNOWN
    """All changes since the undertaking began; an empty list means that there were none.

    The first entry is no change. A list that may lack some is left out: it would make a lower number look certain.
    """


WindowMonths: TypeAlias = Annotated[
    int,
    Label(nl="maanden waarin wisselingen tellen", en="months in which changes count"),
    Between(1, 120),
    Limit(
        assumption=Text(
            nl="De bron zegt 'snelle' wijzigingen en noemt geen termijn. Na een jaar is een wijziging niet meer snel.",
            en="The source says 'rapid' changes and names no term. After a year a change is not rapid any more.",
        )
    ),
]


@network_signals.derived(label=Label(nl="dagen met een wisseling van bestuurders", en="days with changes of directors"))
def director_change_days(history: RegistrationHistory, as_of: AsOf, *, window_months: WindowMonths = 12) -> Fact[int]:
    """Count the days with a change of directors: a handover on one day is one change, not two."""
    if history.changes is UNKNOWN:
        return UNKNOWN
    return len(_days(history.changes, Change.DIRECTOR, as_of, window_months))


@network_signals.derived(label=Label(nl="wijzigingen van rechtsvorm", en="changes of legal form"))
def legal_form_changes(history: RegistrationHistory, as_of: AsOf, *, window_months: WindowMonths = 12) -> Fact[int]:
    """Count the days on which the legal form changed."""
    if history.changes is UNKNOWN:
        return UNKNOWN
    return len(_days(history.changes, Change.LEGAL_FORM, as_of, window_months))


def _days(changes: Iterable[RegistrationChange], kind: Change, as_of: date, months: int) -> set[Fact[date]]:
    """Return the days in the window with such a change; the number is unknown unless every change is known."""
    days = {change.changed_on for change in changes if change.change == kind}
    return {day for day in days if day <= as_of < add_months(day, months)}


MaxDirectorChanges: TypeAlias = Annotated[
    int,
    Label(nl="hoogste aantal dagen met een wisseling van bestuurders", en="most days with changes of directors"),
    Between(0, 100),
    Limit(
        assumption=Text(
            nl=(
                "Er is geen openbaar getal. Een geplande opvolging vraagt twee dagen: "
                "de nieuwe bestuurder komt en later gaat de oude."
            ),
            en=(
                "There is no public number. A planned succession takes two days: "
                "the new director comes and later the old one goes."
            ),
        )
    ),
]


@network_signals.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "In de laatste {window_months} maanden wisselden bestuurders op {director_days} dagen. Meer dan "
            "{max_director_changes} dagen is een signaal. De rechtsvorm is {form_changes} keer gewijzigd. Eén keer is "
            "al een signaal. Groei of een opvolging kan de reden zijn. Vraag de aanbieder waarom dit gebeurde."
        ),
        en=(
            "In the last {window_months} months directors changed on {director_days} days. More than "
            "{max_director_changes} days is a signal. The legal form changed {form_changes} times. Once is a signal "
            "already. Growth or a succession can be the reason. Ask the provider why this happened."
        ),
    ),
    unverified=Text(
        nl="Of het Handelsregister bij elke rechtsvorm een volledige geschiedenis toont.",
        en="Whether the Handelsregister shows a complete history for each legal form.",
    ),
)
def rapid_changes(
    provider: Provider,
    director_change_days: Fact[int],
    legal_form_changes: Fact[int],
    *,
    window_months: WindowMonths = 12,  # for the text; the two facts are counted with it
    max_director_changes: MaxDirectorChanges = 2,
) -> Fact[bool]:
    """One indicator for both, as RTL Nieuws, IKZ and RIEC 2021 count it; they give no number and no period.

    In forms without directors only a change of legal form counts, also where the list is from before that change.
    """
    director_days = named(
        "director_days",
        director_change_days,
        nl="dagen met een wisseling van bestuurders",
        en="days with changes of directors",
    )
    form_changes = named(
        "form_changes", legal_form_changes, nl="wijzigingen van rechtsvorm", en="changes of legal form"
    )
    has_directors = not_(one_of(provider.legal_form, *WITHOUT_DIRECTORS))
    return (form_changes > 0) | (has_directors & (director_days > max_director_changes))
