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
    Level,
    Limit,
    Provider,
    add_months,
    named,
    not_,
)

from .kind import KvkExtract

_SBI = "https://www.cbs.nl/nl-nl/onze-diensten/methoden/classificaties/activiteiten/standaard-bedrijfsindeling--sbi--"

kvk = Barrier("nl.kvk", concern=Concern.INTEGRITY)


@kvk.requirement(level=Level.RED, basis="handelsregisterwet_5_6", unverified=True)
def active(extract: KvkExtract, as_of: AsOf) -> Fact[bool]:
    """No end date is registered, or it lies after the dossier's date."""
    return extract.active | (extract.end_date_stated & (extract.ended_on > as_of))


@kvk.signal(level=Level.ORANGE)
def registration_ends(extract: KvkExtract) -> Fact[bool]:
    """An end is registered, also one that lies after the dossier's date."""
    return not_(extract.active)


@kvk.signal(level=Level.ORANGE)
def recently_registered(
    extract: KvkExtract, as_of: AsOf, *, min_months: Annotated[int, Between(0), Limit(assumed=True)] = 24
) -> Fact[bool]:
    """Counted from the material start to the dossier's date: as long as anything can be known of it."""
    return add_months(extract.registered_on, min_months) > as_of


@kvk.signal(level=Level.ORANGE)
def other_legal_form(extract: KvkExtract, provider: Provider) -> Fact[bool]:
    """The dossier may date from before a change of form, or concern another undertaking of the same owner."""
    return named("registered_form", extract.legal_form) != named("stated_form", provider.legal_form)


@kvk.derived
def has_care_activity(
    extract: KvkExtract, *, care_sbi: Annotated[tuple[str, ...], Limit(source=_SBI)] = ("86", "87", "88")
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


@kvk.signal(level=Level.ORANGE)
def no_care_activity(has_care_activity: Fact[bool]) -> Fact[bool]:
    """Codes are often wrong or out of date, so this is never more than a question."""
    return not_(has_care_activity)


@kvk.signal(level=Level.ORANGE)
def too_few_people_working(
    extract: KvkExtract, *, min_people_working: Annotated[int, Between(0), Limit(assumed=True)] = 1
) -> Fact[bool]:
    """Nobody is registered as working: it may be a holding, or others provide the care."""
    return extract.people_working < min_people_working
