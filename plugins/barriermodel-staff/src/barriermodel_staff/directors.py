"""Whether somebody in charge has experience in care: Twente's pre-monitoring question about directors."""

from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Barrier,
    Between,
    Concern,
    Fact,
    Level,
    Limit,
    Months,
    Supplier,
    evidence,
    record,
)

care_background = Barrier("nl.care_background", concern=Concern.QUALITY)


@record
class Director:
    """A person who directs the provider: a director, or the owner of an eenmanszaak, VOF or maatschap."""

    reference: Fact[str] = UNKNOWN
    """The provider's own reference for this person, such as "b1"; no name."""
    care_background: Fact[bool] = UNKNOWN
    """Has or had education or work, paid or unpaid, in care, youth care or support, of any kind or length."""


@evidence(
    "directors_statement",
    valid_for=Months(12),
    supplier=Supplier.PROVIDER,
    burden=5,
    basis="pre_monitoring",
    retention=True,
)
class DirectorsStatement:
    """Everyone who directs the provider on the date of the statement, without names, ages or origins."""

    directors: Fact[tuple[Director, ...]] = UNKNOWN


@care_background.derived
def directors_with_background(statement: DirectorsStatement) -> Fact[int]:
    """Count the directors with a background in care; unknown if it is unknown for one, or if the list is empty."""
    if statement.directors is UNKNOWN or not statement.directors:
        return UNKNOWN
    return sum(director.care_background is True for director in statement.directors)


@care_background.derived
def directors_needed(
    statement: DirectorsStatement, *, min_directors_with_background: Annotated[int, Between(1), Limit(assumed=True)] = 1
) -> Fact[int]:
    """Return the limit, or the number of directors if that is lower; unknown if the list is empty."""
    if statement.directors is UNKNOWN or not statement.directors:
        return UNKNOWN
    return min(min_directors_with_background, len(statement.directors))


@care_background.signal(level=Level.ORANGE, basis="pre_monitoring")
def too_little_background(directors_with_background: Fact[int], directors_needed: Fact[int]) -> Fact[bool]:
    """Too few directors have a background in care; by default, none at all."""
    return directors_with_background < directors_needed
