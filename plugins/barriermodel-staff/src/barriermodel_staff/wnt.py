"""The pay of the highest paid executive against the ceiling of the WNT, for legal persons in youth care."""

from typing import Annotated

from barriermodel.plugin import (
    UNKNOWN,
    Act,
    Award,
    Barrier,
    Between,
    Concern,
    Fact,
    LegalForm,
    Level,
    Limit,
    Money,
    Months,
    Provider,
    Supplier,
    all_of,
    euro,
    evidence,
    one_of,
)

LEGAL_PERSONS = (
    LegalForm.BV,
    LegalForm.NV,
    LegalForm.STICHTING,
    LegalForm.VERENIGING,
    LegalForm.COOPERATIE,
    LegalForm.OWM,
    LegalForm.KERKGENOOTSCHAP,
    LegalForm.PUBLIEKRECHTELIJK,
)
"""Forms with legal personality that give youth care; for a foreign or other form the dossier does not tell."""

wnt = Barrier("nl.wnt", concern=Concern.LAWFULNESS)


@evidence(
    "wnt_statement",
    one_per="financial_year",
    valid_for=Months(18),
    supplier=Supplier.REGISTER,
    basis="wnt_and_regeling_jeugdwet",
)
class WntStatement:
    """What the annual accounts of one year state about the highest paid executive; no name is needed.

    It is public: https://www.jaarverantwoordingzorg.nl/jeugdhulpaanbieders/wat-openbaar-maken
    """

    financial_year: Annotated[Fact[int], Between(1900, 2100)] = UNKNOWN
    """The year of the pay."""
    highest_pay: Annotated[Fact[Money], Between(0)] = UNKNOWN
    """All pay of that executive in the year, as the WNT counts it (bezoldiging)."""
    own_maximum: Annotated[Fact[Money], Between(0)] = UNKNOWN
    """The maximum that the statement gives for that executive: by class, part time and months."""


@wnt.condition
def under_wnt(
    award: Award,
    provider: Provider,
    *,
    bound_forms: Annotated[tuple[LegalForm, ...], Limit(assumed=True)] = LEGAL_PERSONS,
) -> Fact[bool]:
    """Youth care by a legal person. An eenmanszaak, VOF or maatschap is exempt, unless a contract says otherwise."""
    youth_care = one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO)
    return all_of(youth_care, one_of(provider.legal_form, *bound_forms))


CEILINGS = "https://www.jaarverantwoordingzorg.nl/wnt/wnt-normen"
LATER_CEILINGS = "https://www.grantthornton.nl/en/insights-en/human-capital-services/30-ruling-updates-ahead-of-2026"
"""Names the amounts of 2025 and 2026, as the top of the 30% ruling; those of the Staatscourant were not found."""


@wnt.derived
def pay_ceiling(
    statement: WntStatement,
    *,
    first_ceiling_year: Annotated[int, Between(2013, 2100), Limit(source=CEILINGS)] = 2020,
    ceilings: Annotated[tuple[Money, ...], Between(0), Limit(source=CEILINGS, yearly_from="first_ceiling_year")] = (
        euro(201_000),
        euro(209_000),
        euro(216_000),
        euro(223_000),
        euro(233_000),
        euro(246_000),
        euro(262_000),
    ),
) -> Fact[Money]:
    """Return the general maximum for the year of the pay; unknown for a year without an amount."""
    if statement.financial_year is UNKNOWN:
        return UNKNOWN
    place = statement.financial_year - first_ceiling_year
    return ceilings[place] if 0 <= place < len(ceilings) else UNKNOWN


@wnt.signal(level=Level.ORANGE, applies=under_wnt, basis="wnt_2_3", unverified=True)
def above_ceiling(statement: WntStatement, pay_ceiling: Fact[Money]) -> Fact[bool]:
    """More than the general maximum, which no class exceeds. The ceiling itself is allowed."""
    return statement.highest_pay > pay_ceiling


@wnt.signal(level=Level.ORANGE, applies=under_wnt, basis="wnt_2_3", unverified=True)
def above_own_maximum(statement: WntStatement) -> Fact[bool]:
    """More than the maximum in the statement itself, which is lower for a smaller provider or part-time work."""
    return statement.highest_pay > statement.own_maximum
