"""The barrier ``nl.kvk``: is the provider registered in the Handelsregister, as what, and since when.

A registration that has ended is a condition that is not met, no exclusion ground. Everything else here asks a
person to look: public sources give no thresholds, and starters may not be barred without reason.
"""

from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    AsOf,
    Barrier,
    Between,
    Concern,
    Fact,
    Label,
    Level,
    Limit,
    Provider,
    Text,
    add_months,
    named,
    not_,
)

from .kind import KvkExtract

_SBI = "https://www.cbs.nl/nl-nl/onze-diensten/methoden/classificaties/activiteiten/standaard-bedrijfsindeling--sbi--"

kvk = Barrier(
    "nl.kvk",
    title=Text(nl="Inschrijving in het Handelsregister", en="Registration in the Handelsregister"),
    concern=Concern.INTEGRITY,
)


@kvk.requirement(
    level=Level.RED,
    norm=Text(
        nl="De onderneming moet op de peildatum ingeschreven staan.",
        en="The undertaking must be registered on the reference date.",
    ),
    basis=Text(nl="Handelsregisterwet 2007 art. 5 en 6", en="Handelsregisterwet 2007 art. 5 and 6"),
    unverified=Text(
        nl="Art. 5 en 6 van de Handelsregisterwet in de tekst die nu geldt.",
        en="Art. 5 and 6 of the Handelsregisterwet in the text in force now.",
    ),
)
def active(extract: KvkExtract, as_of: AsOf) -> Fact[bool]:
    """No end date is registered, or it lies after the dossier's date."""
    ends_later = named(
        "ends_later",
        extract.end_date_stated & (extract.ended_on > as_of),
        nl="einddatum na de peildatum",
        en="end date after the reference date",
    )
    return extract.active | ends_later


@kvk.signal(
    level=Level.ORANGE,
    finding=Text(
        nl="De inschrijving is niet actief of heeft een einddatum. Kijk of de onderneming de opdracht kan uitvoeren.",
        en="The registration is not active or has an end date. See whether the undertaking can carry out the award.",
    ),
)
def registration_ends(extract: KvkExtract) -> Fact[bool]:
    """An end is registered, also one that lies after the dossier's date."""
    return not_(extract.active)


@kvk.signal(
    level=Level.ORANGE,
    finding=Text(
        nl="De onderneming is begonnen op {registered_on}. Dat is minder dan {min_months} maanden geleden. "
        "Een starter mag meedoen: kijk of meer uitleg nodig is.",
        en="The undertaking began on {registered_on}. That is less than {min_months} months ago. "
        "A starter may take part: see whether more explanation is needed.",
    ),
)
def recently_registered(
    extract: KvkExtract,
    as_of: AsOf,
    *,
    min_months: Annotated[
        int,
        Label(nl="maanden dat een onderneming een starter is", en="months for which an undertaking is a starter"),
        Between(0),
        Limit(
            assumption=Text(
                nl="Er is geen openbare grens. Na twee jaar is er een eerste jaarrekening. "
                "Een starter mag niet zonder reden worden geweerd: dit vraagt alleen iemand om te kijken.",
                en="There is no public limit. After two years there are first annual accounts. "
                "A starter may not be barred without reason: this only asks a person to look.",
            )
        ),
    ] = 24,
) -> Fact[bool]:
    """Counted from the material start to the dossier's date: as long as anything can be known of it."""
    return add_months(extract.registered_on, min_months) > as_of


@kvk.signal(
    level=Level.ORANGE,
    finding=Text(
        nl="De rechtsvorm in het Handelsregister is {registered_form}. In het dossier staat {stated_form}. "
        "Vraag welke klopt.",
        en="The legal form in the Handelsregister is {registered_form}. The dossier says {stated_form}. "
        "Ask which is right.",
    ),
)
def other_legal_form(extract: KvkExtract, provider: Provider) -> Fact[bool]:
    """The dossier may date from before a change of form, or concern another undertaking of the same owner."""
    registered = named(
        "registered_form",
        extract.legal_form,
        nl="rechtsvorm in het Handelsregister",
        en="registered legal form",
    )
    stated = named("stated_form", provider.legal_form, nl="rechtsvorm in het dossier", en="stated legal form")
    return registered != stated


@kvk.derived(label=Label(nl="zorg bij de SBI-codes", en="care among the SBI codes"))
def has_care_activity(
    extract: KvkExtract,
    *,
    care_sbi: Annotated[
        tuple[str, ...],
        Label(nl="SBI-codes voor zorg beginnen met", en="SBI codes for care begin with"),
        Limit(
            source=_SBI,
            note=Text(
                nl="Afdeling 86 (gezondheid), 87 (zorg met verblijf), 88 (maatschappelijke dienstverlening). "
                "Welke daarvan bij een opdracht zorg is, zegt de regio.",
                en="Division 86 (health), 87 (residential care), 88 (social work). "
                "The region says which of these is care for an award.",
            ),
        ),
    ] = ("86", "87", "88"),
) -> Fact[bool]:
    """Whether any registered activity is care; codes are compared by prefix, since their length has changed.

    An activity without a code may be care: then it is unknown, unless another one is.
    """
    activities = extract.sbi_activities
    if activities is UNKNOWN:
        return UNKNOWN
    if any(activity.code is not UNKNOWN and activity.code.startswith(care_sbi) for activity in activities):
        return True
    return UNKNOWN if any(activity.code is UNKNOWN for activity in activities) else False


@kvk.signal(
    level=Level.ORANGE,
    finding=Text(
        nl="Geen van de SBI-codes in het Handelsregister is een code voor zorg. "
        "Een verkeerde code komt vaak voor: vraag na.",
        en="None of the SBI codes in the Handelsregister is a code for care. Wrong codes are common: ask.",
    ),
)
def no_care_activity(has_care_activity: Fact[bool]) -> Fact[bool]:
    """Codes are often wrong or out of date, so this is never more than a question."""
    return not_(has_care_activity)


@kvk.signal(
    level=Level.ORANGE,
    finding=Text(
        nl="In het Handelsregister staan {people_working} werkzame personen. "
        "De grens is {min_people_working}. Vraag wie de zorg verleent.",
        en="The Handelsregister shows {people_working} people working. The limit is {min_people_working}. "
        "Ask who provides the care.",
    ),
)
def too_few_people_working(
    extract: KvkExtract,
    *,
    min_people_working: Annotated[
        int,
        Label(nl="minimaal aantal werkzame personen", en="minimum number of people working"),
        Between(0),
        Limit(
            assumption=Text(
                nl="Er is geen openbare grens. Staat er niemand, dan verleent een ander de zorg. "
                "Dit vraagt alleen iemand om te kijken: ingehuurd personeel telt niet mee.",
                en="There is no public limit. If nobody is registered, someone else provides the care. "
                "This only asks a person to look: hired staff is not counted.",
            )
        ),
    ] = 1,
) -> Fact[bool]:
    """Nobody is registered as working: it may be a holding, or others provide the care."""
    return extract.people_working < min_people_working
