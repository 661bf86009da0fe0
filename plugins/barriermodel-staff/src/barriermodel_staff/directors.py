"""Whether somebody in charge has experience in care: Twente's pre-monitoring question about directors."""

from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Barrier,
    Between,
    Concern,
    Fact,
    Label,
    Level,
    Limit,
    Months,
    Supplier,
    Text,
    evidence,
    named,
    record,
)

PRE_MONITORING = Text(
    nl="Geen wet: een vraag uit de pre-monitoring van Twente, https://samen14.nl/inkoop/barriremodel/default.aspx",
    en="No law: a question of Twente's pre-monitoring, https://samen14.nl/inkoop/barriremodel/default.aspx",
)
"""The source of the question: the page has the questions on directors and on staff, and no limit for either."""

care_background = Barrier(
    "nl.care_background",
    title=Text(nl="Achtergrond van bestuurders", en="Background of directors"),
    concern=Concern.QUALITY,
)


@record
class Director:
    """A person who directs the provider: a director, or the owner of an eenmanszaak, VOF or maatschap."""

    reference: Annotated[Fact[str], Label(nl="kenmerk", en="reference")] = UNKNOWN
    """The provider's own reference for this person, such as "b1"; no name."""
    care_background: Annotated[Fact[bool], Label(nl="opleiding of werk in de zorg", en="education or work in care")] = (
        UNKNOWN
    )
    """Has or had education or work, paid or unpaid, in care, youth care or support, of any kind or length."""


@evidence(
    "directors_statement",
    title=Text(nl="Opgave van bestuurders", en="Statement of directors"),
    valid_for=Months(12),
    supplier=Supplier.PROVIDER,
    burden=5,
    question=Text(
        nl=(
            "Wilt u voor elke bestuurder opgeven of die een opleiding of werkervaring in de zorg heeft? Gebruik een "
            "eigen kenmerk en geen naam. Bij een eenmanszaak, VOF of maatschap gaat het om de eigenaren."
        ),
        en=(
            "Would you state for each director whether they have education or work experience in care? Use a "
            "reference of your own and no name. Of an eenmanszaak, VOF or maatschap it is about the owners."
        ),
    ),
    basis=PRE_MONITORING,
    retention=Text(
        nl="Tot er een nieuwe opgave is, en niet langer dan de overeenkomst duurt.",
        en="Until there is a new statement, and no longer than the agreement lasts.",
    ),
)
class DirectorsStatement:
    """Everyone who directs the provider on the date of the statement, without names, ages or origins."""

    directors: Annotated[Fact[tuple[Director, ...]], Label(nl="bestuurders", en="directors")] = UNKNOWN


@care_background.derived(
    label=Label(nl="bestuurders met achtergrond in de zorg", en="directors with a care background")
)
def directors_with_background(statement: DirectorsStatement) -> Fact[int]:
    """Count the directors with a background in care; unknown if it is unknown for one, or if the list is empty."""
    if statement.directors is UNKNOWN or not statement.directors:
        return UNKNOWN
    return sum(director.care_background is True for director in statement.directors)


@care_background.derived(label=Label(nl="nodig aantal daarvan", en="number needed"))
def directors_needed(
    statement: DirectorsStatement,
    *,
    min_directors_with_background: Annotated[
        int,
        Label(nl="minste bestuurders met achtergrond in de zorg", en="fewest directors with a care background"),
        Between(1),
        Limit(
            assumption=Text(
                nl=(
                    "Twente noemt geen grens. Gekozen is 1: een penningmeester uit een ander vak naast een bestuurder "
                    "uit de zorg is goed bestuur. Wie minder bestuurders heeft dan de grens, hoeft er niet meer te "
                    "hebben."
                ),
                en=(
                    "Twente names no limit. Chosen is 1: a treasurer from another field beside a director from care "
                    "is good governance. Whoever has fewer directors than the limit need not have more."
                ),
            )
        ),
    ] = 1,
) -> Fact[int]:
    """Return the limit, or the number of directors if that is lower; unknown if the list is empty."""
    if statement.directors is UNKNOWN or not statement.directors:
        return UNKNOWN
    return min(min_directors_with_background, len(statement.directors))


@care_background.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "Aantal bestuurders met een opleiding of werkervaring in de zorg: {people}. De ondergrens is hier "
            "{needed}. Geen wet eist dit. Vraag de aanbieder wie in de organisatie de zorg kent en hoe die meebeslist."
        ),
        en=(
            "Number of directors with education or work experience in care: {people}. The lower limit here is "
            "{needed}. No law demands this. Ask the provider who in the organisation knows care and has a say."
        ),
    ),
    basis=PRE_MONITORING,
)
def too_little_background(directors_with_background: Fact[int], directors_needed: Fact[int]) -> Fact[bool]:
    """Too few directors have a background in care; by default, none at all."""
    people = named(
        "people", directors_with_background, nl="aantal met achtergrond in de zorg", en="number with a care background"
    )
    needed = named("needed", directors_needed, nl="het nodige aantal", en="the number needed")
    return people < needed
