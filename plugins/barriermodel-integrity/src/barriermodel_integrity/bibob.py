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
    Label,
    Level,
    Limit,
    Localized,
    Past,
    Supplier,
    Text,
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

    @property
    def label(self) -> Localized:
        """The words for it in a sentence."""
        return _CONCLUSIONS[self]


_CONCLUSIONS = {
    BibobConclusion.NOT_ASKED: Localized("geen advies gevraagd", "no advice asked"),
    BibobConclusion.NO_DANGER: Localized("geen gevaar", "no danger"),
    BibobConclusion.LESS_DANGER: Localized("een mindere mate van gevaar", "less danger"),
    BibobConclusion.SERIOUS_DANGER: Localized("een ernstig gevaar", "serious danger"),
}


@evidence(
    "bibob_advice",
    title=Text(nl="Bibob-advies", en="Bibob advice"),
    supplier=Supplier.REGISTER,
    question=Text(
        nl="Vul kenmerk, datum en conclusie van het Bibob-advies in, of dat er geen reden was om advies te vragen.",
        en="Fill in reference, date and conclusion of the Bibob advice, or that there was no reason to ask for one.",
    ),
    basis="Wet Bibob art. 9, 29",
    confidential=True,
    retention=Text(
        nl=(
            "Bewaar alleen kenmerk, datum en conclusie, en niet langer dan het advies gebruikt mag worden. "
            "De inhoud is geheim (Wet Bibob art. 28)."
        ),
        en=(
            "Keep only reference, date and conclusion, and no longer than the advice may be used. "
            "Its content is secret (Wet Bibob art. 28)."
        ),
    ),
)
class BibobAdvice:
    """Advice of the Landelijk Bureau Bibob, or the outcome of the authority's own investigation. Never its contents.

    The kind has no term (``valid_for``), for the law changed it: the rules know the term by ``given_on``.
    """

    conclusion: Annotated[Fact[BibobConclusion], Label(nl="conclusie", en="conclusion")] = UNKNOWN
    given_on: Annotated[Fact[date], Label(nl="datum van het advies", en="date of the advice"), Past()] = UNKNOWN
    """The day of the advice; if none was asked for, the day on which the authority recorded that."""
    reference: Annotated[Fact[str], Label(nl="kenmerk", en="reference")] = UNKNOWN
    for_pgb: Annotated[
        Fact[bool], Label(nl="zorg die de cliënt uit een pgb betaalt", en="care that the client pays from a pgb")
    ] = UNKNOWN
    """Whether the care is paid from a personal budget: then the Wet Bibob gives no ground."""


bibob = Barrier("nl.bibob", title=Text(nl="Wet Bibob", en="Wet Bibob"), concern=Concern.INTEGRITY)

CHANGED = "https://www.swdv-advocaten.nl/overheid/wijzigingen-wet-bibob-per-1-augustus-2020/"

ValidMonths: TypeAlias = Annotated[
    int,
    Label(nl="maanden dat een advies bruikbaar is", en="months for which an advice can be used"),
    Between(1, 60),
    Limit(source=CHANGED, note=Text(nl="Wet Bibob art. 29: vijf jaar.", en="Wet Bibob art. 29: five years.")),
]
EarlierValidMonths: TypeAlias = Annotated[
    int,
    Label(nl="maanden dat een ouder advies bruikbaar is", en="months for which an earlier advice can be used"),
    Between(1, 60),
    Limit(
        source=CHANGED,
        note=Text(
            nl="Tot 1 augustus 2020: twee jaar. Of een ouder advies daarna langer telt, is niet nagegaan.",
            en="Until 1 August 2020: two years. Whether an earlier advice counts longer since is not verified.",
        ),
    ),
]
LongerFrom: TypeAlias = Annotated[
    date,
    Label(nl="eerste dag van de langere termijn", en="first day of the longer term"),
    Limit(source=CHANGED),
]


@bibob.derived(label=Label(nl="conclusie van het bruikbare Bibob-advies", en="conclusion of the usable Bibob advice"))
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


@bibob.signal(
    level=Level.RED,
    applies=not_for_pgb,
    finding=Text(
        nl=(
            "Volgens het Bibob-advies is er een ernstig gevaar. Hoor de aanbieder, en kijk ook naar feiten van na het "
            "advies. Weigeren of ontbinden kan volgen, maar pas na horen en afwegen, en alleen als dat in verhouding "
            "staat tot het gevaar."
        ),
        en=(
            "By the Bibob advice there is a serious danger. Hear the provider, and look at facts from after the advice "
            "too. Refusing or dissolving may follow, but only after hearing and weighing, and only in proportion to "
            "the danger."
        ),
    ),
    basis="Wet Bibob art. 3, 5, 9, 33",
    unverified=Text(
        nl=(
            "Of een advies van vóór 1 augustus 2020 sindsdien langer telt. Op welke grond van de "
            "Aanbestedingswet een gevaar tot uitsluiting leidt. En de artikelen van de Wet Bibob in de tekst die nu "
            "geldt: gelezen is die van mei 2017."
        ),
        en=(
            "Whether an advice from before 1 August 2020 counts longer since then. On what ground of the "
            "Aanbestedingswet a danger leads to exclusion. And the articles of the Wet Bibob in the text in force now: "
            "that of May 2017 was read."
        ),
    ),
)
def serious_danger(usable_conclusion: Fact[BibobConclusion]) -> Fact[bool]:
    """Art. 3 lid 5: in proportion; art. 33: hearing first, also for an award and for dissolving a contract."""
    return usable_conclusion == BibobConclusion.SERIOUS_DANGER


@bibob.signal(
    level=Level.ORANGE,
    applies=not_for_pgb,
    finding=Text(
        nl=(
            "Volgens het Bibob-advies is er een mindere mate van gevaar. Dat is op zichzelf geen reden om te weigeren. "
            "Hoor de aanbieder en bekijk of voorwaarden nodig zijn die het gevaar wegnemen."
        ),
        en=(
            "By the Bibob advice there is less danger. By itself that is no reason to refuse. "
            "Hear the provider and see whether conditions are needed that take the danger away."
        ),
    ),
    basis="Wet Bibob art. 3 lid 7",
    unverified=Text(
        nl=(
            "Of een advies van vóór 1 augustus 2020 sindsdien langer telt. En of art. 3 lid 7 voor contracten "
            "geldt zoals voor vergunningen."
        ),
        en=(
            "Whether an advice from before 1 August 2020 counts longer since then. And whether art. 3 lid 7 "
            "holds for contracts as it does for permits."
        ),
    ),
)
def less_danger(usable_conclusion: Fact[BibobConclusion]) -> Fact[bool]:
    """For a contract this means agreed conditions; it is not verified that art. 3 lid 7 covers contracts."""
    return usable_conclusion == BibobConclusion.LESS_DANGER


@bibob.signal(
    level=Level.ORANGE,
    applies=not_for_pgb,
    finding=Text(
        nl=(
            "Het Bibob-advies is te oud om te gebruiken. Wat erin stond over gevaar, telt niet meer. "
            "Bekijk of nieuw eigen onderzoek of een nieuw advies nodig is."
        ),
        en=(
            "The Bibob advice is too old to be used. What it said of danger does not count any more. "
            "See whether new research of your own or a new advice is needed."
        ),
    ),
    basis="Wet Bibob art. 29",
    unverified=Text(
        nl="Of een advies van vóór 1 augustus 2020 sindsdien langer telt.",
        en="Whether an advice from before 1 August 2020 counts longer since then.",
    ),
)
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
