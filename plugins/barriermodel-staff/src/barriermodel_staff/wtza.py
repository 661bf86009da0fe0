"""Notification as a provider of youth care, and the permit of the Wtza, which is off unless a profile names it."""

from typing import Annotated

from barriermodel.plugin import (
    Act,
    AsOf,
    Award,
    Barrier,
    Between,
    Concern,
    Fact,
    Label,
    Level,
    Limit,
    Text,
    add_months,
    all_of,
    any_of,
    not_,
    one_of,
)

from .care_provider import CareRegisterEntry, CareStatement

wtza = Barrier(
    "nl.wtza",
    title=Text(nl="Melding als jeugdhulpaanbieder", en="Notification as a provider of youth care"),
    concern=Concern.LAWFULNESS,
)


@wtza.condition
def can_be_notified(
    award: Award,
    as_of: AsOf,
    *,
    months_before: Annotated[
        int,
        Label(nl="maanden voor het begin dat melden kan", en="months before the start from which to notify"),
        Between(0, 24),
        Limit(
            source="https://zoek.officielebekendmakingen.nl/stcrt-2021-39289.html",
            note=Text(
                nl="Uitvoeringsregeling Wtza art. 2 lid 2: niet eerder dan drie maanden voor het begin van de zorg.",
                en="Uitvoeringsregeling Wtza art. 2 lid 2: not earlier than three months before the care begins.",
            ),
        ),
    ] = 3,
) -> Fact[bool]:
    """Youth care that has begun, or begins so soon that the provider can notify itself.

    Whoever gives support under the Wmo alone need not notify.
    """
    youth_care = one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO)
    return all_of(youth_care, award.starts_on <= add_months(as_of, months_before))


@wtza.requirement(
    level=Level.ORANGE,
    applies=can_be_notified,
    norm=Text(
        nl=(
            "Een jeugdhulpaanbieder moet zich melden voordat de hulp begint, tenzij een uitzondering geldt. "
            "Vraag de aanbieder eerst wanneer de melding is gedaan of wordt gedaan."
        ),
        en=(
            "A provider of youth care must notify itself before the care begins, unless an exception holds. "
            "First ask the provider when it notified itself, or will."
        ),
    ),
    basis="Jeugdwet 4.0.1",
    unverified=Text(
        nl=(
            "De uitzonderingen op de meldplicht, en of de drie maanden van de Uitvoeringsregeling Wtza zo ook "
            "voor jeugdhulp gelden."
        ),
        en=(
            "The exceptions to the duty to notify, and whether the three months of the Uitvoeringsregeling Wtza "
            "hold in the same words for youth care."
        ),
    ),
)
def notified(entry: CareRegisterEntry, statement: CareStatement) -> Fact[bool]:
    """In the register, or exempt."""
    return any_of(entry.notified, statement.exempt_from_notification)


wtza_permit = Barrier(
    "nl.wtza_permit",
    title=Text(nl="Vergunning van de Wtza (niet nagegaan)", en="Permit of the Wtza (not verified)"),
    concern=Concern.LAWFULNESS,
)


@wtza_permit.condition
def gives_zvw_or_wlz_care(statement: CareStatement) -> Fact[bool]:
    """The permit concerns care under the Zvw or Wlz, not the Wmo or youth care."""
    return statement.gives_zvw_or_wlz_care


@wtza_permit.requirement(
    level=Level.ORANGE,
    applies=gives_zvw_or_wlz_care,
    norm=Text(
        nl=(
            "Wie zorg uit de Zvw of Wlz geeft, moet een vergunning hebben als dat medisch-specialistische zorg is of "
            "als er meer dan {max_without_permit} zorgverleners zijn. De uitzonderingen en het overgangsrecht zijn "
            "niet nagegaan: kijk dat eerst na."
        ),
        en=(
            "Whoever gives care under the Zvw or Wlz must have a permit if that is specialist medical care or if "
            "there are more than {max_without_permit} care workers. The exceptions and transitional rules were not "
            "verified: look those up first."
        ),
    ),
    basis="Wet toetreding zorgaanbieders art. 4",
    unverified=Text(
        nl=(
            "Welke uitzonderingen en welk overgangsrecht gelden, en of de uitbreiding naar tien of minder "
            "zorgverleners van kracht is."
        ),
        en=(
            "Which exceptions and transitional rules hold, and whether the extension to ten or fewer care "
            "workers is in force."
        ),
    ),
)
def has_permit(
    entry: CareRegisterEntry,
    statement: CareStatement,
    *,
    max_without_permit: Annotated[
        int,
        Label(nl="meeste zorgverleners zonder vergunning", en="most care workers without a permit"),
        Between(0),
        Limit(
            source="https://www.toetredingzorgaanbieders.nl/alles-over-de-vergunningplicht",
            note=Text(
                nl=(
                    "Meer dan tien zorgverleners. Een uitbreiding naar tien of minder is in maart 2024 aangenomen "
                    "en wordt uitgewerkt; of die al geldt, is niet nagegaan."
                ),
                en=(
                    "More than ten care workers. An extension to ten or fewer was adopted in March 2024 and is being "
                    "worked out; whether it is in force was not verified."
                ),
            ),
        ),
    ] = 10,
) -> Fact[bool]:
    """With a permit, or small and without specialist medical care."""
    needs_permit = any_of(statement.gives_specialist_care, statement.care_workers > max_without_permit)
    return any_of(entry.has_permit, not_(needs_permit))
