"""Advice under the Wet Bibob: reference, date and conclusion, and nothing else."""

import enum
from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias

from barriermodel.plugin import (
    UNKNOWN,
    AsOf,
    Barrier,
    Between,
    Concern,
    Fact,
    Item,
    Level,
    Limit,
    Past,
    Supplier,
    add_months,
    evidence,
    not_,
)


class BibobConclusion(enum.Enum):
    """The conclusion of the advice (Wet Bibob art. 3 and 9)."""

    NO_DANGER = "no_danger"
    LESS_DANGER = "less_danger"
    """Een mindere mate van gevaar."""
    SERIOUS_DANGER = "serious_danger"
    """Een ernstig gevaar."""
    NOT_ASKED = "not_asked"
    """The authority states that it saw no reason to ask for advice."""


@evidence("bibob_advice", supplier=Supplier.REGISTER, basis="bibob_9_29", confidential=True, retention=True)
class BibobAdvice:
    """Advice of the Landelijk Bureau Bibob, or the outcome of the authority's own investigation. Never its contents.

    The kind has no term (``valid_for``), for the law changed it: the rules know the term by ``given_on``.
    """

    conclusion: Fact[BibobConclusion] = UNKNOWN
    given_on: Annotated[Fact[date], Past()] = UNKNOWN
    """The day of the advice; if none was asked for, the day on which the authority recorded that."""
    reference: Fact[str] = UNKNOWN
    for_pgb: Fact[bool] = UNKNOWN
    """Whether the care is paid from a personal budget: then the Wet Bibob gives no ground."""


bibob = Barrier("nl.bibob", concern=Concern.INTEGRITY)

CHANGED = "https://www.swdv-advocaten.nl/overheid/wijzigingen-wet-bibob-per-1-augustus-2020/"

ValidMonths: TypeAlias = Annotated[int, Between(1, 60), Limit(source=CHANGED)]
EarlierValidMonths: TypeAlias = Annotated[int, Between(1, 60), Limit(source=CHANGED)]
LongerFrom: TypeAlias = Annotated[date, Limit(source=CHANGED)]


@bibob.derived
def usable_conclusion(
    advices: Sequence[Item[BibobAdvice]],
    as_of: AsOf,
    *,
    valid_months: ValidMonths = 60,
    earlier_valid_months: EarlierValidMonths = 24,
    longer_from: LongerFrom = date(2020, 8, 1),
) -> Fact[BibobConclusion]:
    """Return the conclusion, unknown if the advice is too old to be used: too old never means clear.

    Nor is a day that is still to come: it is mistyped, and would make the advice count for years. The term goes with
    the day of the advice, so that an old ``as_of`` gives the old answer.
    """
    (advice,) = advices
    conclusion, given_on = advice.facts.conclusion, advice.facts.given_on
    term = min(earlier_valid_months, valid_months) if given_on < longer_from else valid_months
    last_day = add_months(given_on, term)
    return UNKNOWN if last_day is UNKNOWN or not given_on <= as_of <= last_day else conclusion


@bibob.condition
def not_for_pgb(advice: BibobAdvice) -> Fact[bool]:
    """The Wet Bibob covers contracts and subsidies; a client with a pgb makes the contract with the provider."""
    return not_(advice.for_pgb)


@bibob.signal(level=Level.RED, applies=not_for_pgb, basis="bibob_3_5_9_33", unverified=True)
def serious_danger(usable_conclusion: Fact[BibobConclusion]) -> Fact[bool]:
    """Art. 3 lid 5: in proportion; art. 33: hearing first, also for an award and for dissolving a contract."""
    return usable_conclusion == BibobConclusion.SERIOUS_DANGER


@bibob.signal(level=Level.ORANGE, applies=not_for_pgb, basis="bibob_3_lid_7", unverified=True)
def less_danger(usable_conclusion: Fact[BibobConclusion]) -> Fact[bool]:
    """For a contract this means agreed conditions; it is not verified that art. 3 lid 7 covers contracts."""
    return usable_conclusion == BibobConclusion.LESS_DANGER


@bibob.signal(level=Level.ORANGE, applies=not_for_pgb, basis="bibob_29", unverified=True)
def too_old(
    advice: BibobAdvice,
    as_of: AsOf,
    *,
    valid_months: ValidMonths = 60,
    earlier_valid_months: EarlierValidMonths = 24,
    longer_from: LongerFrom = date(2020, 8, 1),
) -> Fact[bool]:
    """The rules on danger are then open: advice that is too old is no reason to refuse, and never clears anyone."""
    earlier = advice.given_on < longer_from
    past_earlier_term = as_of > add_months(advice.given_on, earlier_valid_months)
    return (earlier & past_earlier_term) | (as_of > add_months(advice.given_on, valid_months))
