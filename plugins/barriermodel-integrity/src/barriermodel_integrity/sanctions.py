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
    Level,
    Limit,
    Months,
    Supplier,
    evidence,
    not_,
    one_of,
)

NO_MATCH = "–"
"""Stands for "nothing found on the list", which is known, unlike the result of a screening that was not done."""


@evidence(
    "sanctions_screening", supplier=Supplier.REGISTER, one_per="list_name", valid_for=Months(1), basis="sanctiewet_2"
)
class SanctionsScreening:
    """What a comparison with one list found; ``barriermodel_integrity.screen`` makes it. One counts per list."""

    list_name: Fact[str] = UNKNOWN
    entries: Annotated[Fact[int], Between(1)] = UNKNOWN
    """How many entries were read (rows of a CSV, lines of JSON lines), so that a list that is too short is noticed."""
    name_score: Annotated[Fact[int], Between(0, 100)] = UNKNOWN
    """The score, from 0 to 100, of the entry with the most similar name."""
    listed_name: Fact[str] = UNKNOWN
    regulation: Fact[str] = UNKNOWN
    """The regulation or programme as the list has it; – where the list states none."""
    matched_number: Fact[str] = UNKNOWN
    """The provider's number that is on the list; – where none is."""
    matched_number_name: Fact[str] = UNKNOWN
    matched_number_regulation: Fact[str] = UNKNOWN


sanctions = Barrier("nl.sanctions", concern=Concern.INTEGRITY)

Screenings: TypeAlias = Sequence[Item[SanctionsScreening]]


@sanctions.derived
def best_name_score(screenings: Screenings) -> Fact[int]:
    """The highest score over all lists."""
    return max(int(item.facts.name_score) for item in screenings)


@sanctions.derived
def best_name_match(screenings: Screenings) -> Fact[str]:
    """The entry with the highest score over all lists: its name, list and regulation."""
    _, listed_name, list_name, regulation = min(
        (-int(s.facts.name_score), str(s.facts.listed_name), str(s.facts.list_name), str(s.facts.regulation))
        for s in screenings
    )
    return NO_MATCH if listed_name == NO_MATCH else f"{listed_name} ({list_name}; {regulation})"


@sanctions.derived
def number_match(screenings: Screenings) -> Fact[str]:
    """The number of the provider that is on a list, with name, list and regulation."""
    found = sorted(
        f"{facts.matched_number}: {facts.matched_number_name} ({facts.list_name}; {facts.matched_number_regulation})"
        for facts in (item.facts for item in screenings)
        if facts.matched_number != NO_MATCH
    )
    return found[0] if found else NO_MATCH


@sanctions.signal(level=Level.RED, basis="sanctiewet_2_regulation", unverified=True)
def number_listed(number_match: Fact[str]) -> Fact[bool]:
    """The same LEI, VAT number, KvK number or RSIN is listed; a list can still be wrong or out of date."""
    return not_(one_of(number_match, NO_MATCH))


@sanctions.signal(level=Level.ORANGE, basis="sanctiewet_2", unverified=True)
def name_alike(
    best_name_score: Fact[int],
    best_name_match: Fact[str],
    *,
    min_score: Annotated[int, Between(50, 100), Limit(assumed=True)] = 90,
) -> Fact[bool]:
    """Never more than orange: names are shared by people and companies that have nothing to do with each other."""
    return (best_name_score >= min_score) & not_(one_of(best_name_match, NO_MATCH))
