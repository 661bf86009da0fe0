"""Is the provider on a sanctions list? A similar name is at most a reason for a person to look."""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

from barriermodel.plugin import (
    UNKNOWN,
    Barrier,
    Between,
    Concern,
    Fact,
    Item,
    Label,
    Level,
    Limit,
    Months,
    Supplier,
    Text,
    evidence,
    not_,
    one_of,
)

NO_MATCH = "–"
"""Stands for "nothing found on the list", which is known, unlike the result of a screening that was not done."""


@evidence(
    "sanctions_screening",
    title=Text(nl="Vergelijking met een sanctielijst", en="Screening against a sanctions list"),
    supplier=Supplier.REGISTER,
    one_per="list_name",
    question=Text(
        nl="Vergelijk de aanbieder met de sanctielijsten van de EU en van Nederland.",
        en="Screen the provider against the sanctions lists of the EU and of the Netherlands.",
    ),
    valid_for=Months(1),
    basis="Sanctiewet 1977 art. 2",
)
class SanctionsScreening:
    """What a comparison with one list found; ``barriermodel_integrity.screen`` makes it. One counts per list."""

    list_name: Annotated[Fact[str], Label(nl="lijst", en="list")] = UNKNOWN
    entries: Annotated[Fact[int], Label(nl="aantal op de lijst", en="number on the list"), Between(1)] = UNKNOWN
    """How many entries were read (rows of a CSV, lines of JSON lines), so that a list that is too short is noticed."""
    name_score: Annotated[
        Fact[int],
        Label(nl="gelijkenis van de naam", en="likeness of the name"),
        Between(0, 100),
    ] = UNKNOWN
    """The score, from 0 to 100, of the entry with the most similar name."""
    listed_name: Annotated[Fact[str], Label(nl="naam op de lijst", en="name on the list")] = UNKNOWN
    regulation: Annotated[Fact[str], Label(nl="regeling bij de naam", en="regulation of the name")] = UNKNOWN
    """The regulation or programme as the list has it; – where the list states none."""
    matched_number: Annotated[Fact[str], Label(nl="nummer op de lijst", en="number on the list")] = UNKNOWN
    """The provider's number that is on the list; – where none is."""
    matched_number_name: Annotated[Fact[str], Label(nl="naam bij het nummer", en="name with the number")] = UNKNOWN
    matched_number_regulation: Annotated[
        Fact[str], Label(nl="regeling bij het nummer", en="regulation with the number")
    ] = UNKNOWN


sanctions = Barrier("nl.sanctions", title=Text(nl="Sanctielijsten", en="Sanctions lists"), concern=Concern.INTEGRITY)

Screenings: TypeAlias = Sequence[Item[SanctionsScreening]]


@sanctions.derived(label=Label(nl="hoogste gelijkenis van de naam", en="highest likeness of the name"))
def best_name_score(screenings: Screenings) -> Fact[int]:
    """The highest score over all lists."""
    return max(int(item.facts.name_score) for item in screenings)


@sanctions.derived(label=Label(nl="naam, lijst en regeling", en="name, list and regulation"))
def best_name_match(screenings: Screenings) -> Fact[str]:
    """The entry with the highest score over all lists: its name, list and regulation."""
    _, listed_name, list_name, regulation = min(
        (-int(s.facts.name_score), str(s.facts.listed_name), str(s.facts.list_name), str(s.facts.regulation))
        for s in screenings
    )
    return NO_MATCH if listed_name == NO_MATCH else f"{listed_name} ({list_name}; {regulation})"


@sanctions.derived(label=Label(nl="nummer, naam, lijst en regeling", en="number, name, list and regulation"))
def number_match(screenings: Screenings) -> Fact[str]:
    """The number of the provider that is on a list, with name, list and regulation."""
    found = sorted(
        f"{facts.matched_number}: {facts.matched_number_name} ({facts.list_name}; {facts.matched_number_regulation})"
        for facts in (item.facts for item in screenings)
        if facts.matched_number != NO_MATCH
    )
    return found[0] if found else NO_MATCH


UNVERIFIED = Text(
    nl="Of kijken op sanctielijsten bij de inkoop van zorg moet: geen bron die is gelezen, maakt er een stap van.",
    en="Whether sanctions lists must be looked at in care procurement: no source that was read makes it a step.",
)


@sanctions.signal(
    level=Level.RED,
    finding=Text(
        nl=(
            "Een nummer van de aanbieder staat op een sanctielijst: {number_match}. Kijk of die lijst in Nederland "
            "geldt, lees de regeling en hoor de aanbieder. Geldt de lijst, dan mag de aanbieder geen geld krijgen: "
            "betaal en contracteer niet voordat dit is uitgezocht."
        ),
        en=(
            "A number of the provider is on a sanctions list: {number_match}. See whether that list holds in the "
            "Netherlands, read the regulation and hear the provider. If it holds, the provider may not be given "
            "money: do not pay or contract before this has been found out."
        ),
    ),
    basis=Text(
        nl="Sanctiewet 1977 art. 2 en de verordening die bij de lijst hoort",
        en="Sanctiewet 1977 art. 2 and the regulation that the list belongs to",
    ),
    unverified=UNVERIFIED,
)
def number_listed(number_match: Fact[str]) -> Fact[bool]:
    """The same LEI, VAT number, KvK number or RSIN is listed; a list can still be wrong or out of date."""
    return not_(one_of(number_match, NO_MATCH))


@sanctions.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "De naam lijkt op een naam op een sanctielijst: {best_name_match}. De score is {best_name_score}, de grens "
            "{min_score}. Een mens moet kijken of het om dezelfde gaat. Een naam die erop lijkt, is geen bewijs."
        ),
        en=(
            "The name is like a name on a sanctions list: {best_name_match}. The score is {best_name_score}, the limit "
            "{min_score}. A person must look whether it is the same. A name that is alike is no proof."
        ),
    ),
    basis="Sanctiewet 1977 art. 2",
    unverified=UNVERIFIED,
)
def name_alike(
    best_name_score: Fact[int],
    best_name_match: Fact[str],
    *,
    min_score: Annotated[
        int,
        Label(nl="laagste score", en="lowest score"),
        Between(50, 100),
        Limit(
            assumption=Text(
                nl=(
                    "Er is geen openbare norm. De grens vindt schrijffouten in een naam en laat namen met rust die "
                    "alleen een woord delen. Een lagere grens gaf in een proef meer valse treffers."
                ),
                en=(
                    "There is no public norm. The limit finds mistakes of spelling in a name, and leaves names alone "
                    "that only share a word. In a trial a lower limit gave more false hits."
                ),
            )
        ),
    ] = 90,
) -> Fact[bool]:
    """Never more than orange: names are shared by people and companies that have nothing to do with each other."""
    return (best_name_score >= min_score) & not_(one_of(best_name_match, NO_MATCH))
