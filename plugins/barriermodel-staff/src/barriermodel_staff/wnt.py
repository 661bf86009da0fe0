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
    Label,
    LegalForm,
    Level,
    Limit,
    Money,
    Months,
    Provider,
    Supplier,
    Text,
    all_of,
    euro,
    evidence,
    named,
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

wnt = Barrier(
    "nl.wnt",
    title=Text(nl="Beloning van de top (WNT)", en="Pay of executives (WNT)"),
    concern=Concern.LAWFULNESS,
)


@evidence(
    "wnt_statement",
    title=Text(nl="WNT-verantwoording", en="WNT statement"),
    one_per="financial_year",
    valid_for=Months(18),
    supplier=Supplier.REGISTER,
    burden=0,
    question=Text(
        nl="Wilt u de WNT-verantwoording over {financial_year} opzoeken of sturen? Die hoort bij de jaarrekening.",
        en="Would you look up or send the WNT statement for {financial_year}? It goes with the annual accounts.",
    ),
    basis="Wet normering topinkomens; Regeling Jeugdwet",
)
class WntStatement:
    """What the annual accounts of one year state about the highest paid executive; no name is needed.

    It is public: https://www.jaarverantwoordingzorg.nl/jeugdhulpaanbieders/wat-openbaar-maken
    """

    financial_year: Annotated[Fact[int], Label(nl="boekjaar", en="financial year"), Between(1900, 2100)] = UNKNOWN
    """The year of the pay."""
    highest_pay: Annotated[Fact[Money], Label(nl="hoogste bezoldiging", en="highest pay"), Between(0)] = UNKNOWN
    """All pay of that executive in the year, as the WNT counts it (bezoldiging)."""
    own_maximum: Annotated[
        Fact[Money], Label(nl="maximum dat daarvoor geldt", en="maximum that holds for it"), Between(0)
    ] = UNKNOWN
    """The maximum that the statement gives for that executive: by class, part time and months."""


@wnt.condition
def under_wnt(
    award: Award,
    provider: Provider,
    *,
    bound_forms: Annotated[
        tuple[LegalForm, ...],
        Label(nl="rechtsvormen waarvoor het maximum geldt", en="legal forms for which the ceiling holds"),
        Limit(
            assumption=Text(
                nl=(
                    "Bijlage 1 van de WNT noemt jeugdhulpaanbieders met rechtspersoonlijkheid (gelezen in de tekst van "
                    "mei 2017). Houdt een overeenkomst ook anderen aan het maximum, voeg hun rechtsvorm dan toe."
                ),
                en=(
                    "Annex 1 of the WNT names youth care providers with legal personality (read in the text of May "
                    "2017). If a contract holds others to the ceiling too, add their legal form."
                ),
            )
        ),
    ] = LEGAL_PERSONS,
) -> Fact[bool]:
    """Youth care by a legal person. An eenmanszaak, VOF or maatschap is exempt, unless a contract says otherwise."""
    youth_care = one_of(award.act, Act.JEUGDWET, Act.JEUGDWET_AND_WMO)
    return all_of(youth_care, one_of(provider.legal_form, *bound_forms))


CEILINGS = "https://www.jaarverantwoordingzorg.nl/wnt/wnt-normen"
LATER_CEILINGS = "https://www.grantthornton.nl/en/insights-en/human-capital-services/30-ruling-updates-ahead-of-2026"
"""Names the amounts of 2025 and 2026, as the top of the 30% ruling; those of the Staatscourant were not found."""


@wnt.derived(label=Label(nl="WNT-maximum van dat jaar", en="WNT ceiling of that year"))
def pay_ceiling(
    statement: WntStatement,
    *,
    first_ceiling_year: Annotated[
        int,
        Label(nl="eerste jaar van de WNT-maxima", en="first year of the WNT ceilings"),
        Between(2013, 2100),
        Limit(source=CEILINGS),
    ] = 2020,
    ceilings: Annotated[
        tuple[Money, ...],
        Label(nl="WNT-maxima per jaar", en="WNT ceilings by year"),
        Between(0),
        Limit(
            source=CEILINGS,
            note=Text(
                nl=(
                    f"Het algemene maximum van elk jaar, vanaf 2020. Dat van 2025 en 2026 is gelezen bij een "
                    f"accountantskantoor ({LATER_CEILINGS}), niet in de Staatscourant. Latere jaren vult een regio aan "
                    f"met een bron."
                ),
                en=(
                    f"The general maximum of each year, from 2020. Those of 2025 and 2026 were read at a firm of "
                    f"accountants ({LATER_CEILINGS}), not in the Staatscourant. A region adds later years with a "
                    f"source."
                ),
            ),
            yearly_from="first_ceiling_year",
        ),
    ] = (euro(201_000), euro(209_000), euro(216_000), euro(223_000), euro(233_000), euro(246_000), euro(262_000)),
) -> Fact[Money]:
    """Return the general maximum for the year of the pay; unknown for a year without an amount."""
    if statement.financial_year is UNKNOWN:
        return UNKNOWN
    place = statement.financial_year - first_ceiling_year
    return ceilings[place] if 0 <= place < len(ceilings) else UNKNOWN


ARTICLE = Text(
    nl="Wet normering topinkomens art. 2.3 en bijlage 1; voor wie daar niet onder valt, alleen de overeenkomst",
    en="Wet normering topinkomens art. 2.3 and annex 1; for whoever is not under these, only the contract",
)
UNVERIFIED = Text(
    nl="Art. 2.3 van de WNT, en bijlage 1 in de tekst die nu geldt: van bijlage 1 is die van mei 2017 gelezen.",
    en="Art. 2.3 of the WNT, and annex 1 in the text in force now: of annex 1 that of May 2017 was read.",
)


@wnt.signal(
    level=Level.ORANGE,
    applies=under_wnt,
    finding=Text(
        nl=(
            "De hoogste bezoldiging is {pay}. Het algemene WNT-maximum van dat jaar is {ceiling}. "
            "Dat kan mogen: vraag de aanbieder of een uitzondering of overgangsrecht geldt."
        ),
        en=(
            "The highest pay is {pay}. The general WNT ceiling of that year is {ceiling}. "
            "That may be allowed: ask the provider whether an exception or transitional rules hold."
        ),
    ),
    basis=ARTICLE,
    unverified=UNVERIFIED,
)
def above_ceiling(statement: WntStatement, pay_ceiling: Fact[Money]) -> Fact[bool]:
    """More than the general maximum, which no class exceeds. The ceiling itself is allowed."""
    pay = named("pay", statement.highest_pay, nl="hoogste bezoldiging", en="highest pay")
    ceiling = named("ceiling", pay_ceiling, nl="WNT-maximum van dat jaar", en="WNT ceiling of that year")
    return pay > ceiling


@wnt.signal(
    level=Level.ORANGE,
    applies=under_wnt,
    finding=Text(
        nl=(
            "De hoogste bezoldiging is {pay}. Volgens de WNT-verantwoording is het maximum daarvoor {maximum}. "
            "Dat kan mogen: vraag de aanbieder of een uitzondering of overgangsrecht geldt."
        ),
        en=(
            "The highest pay is {pay}. By the WNT statement the maximum for it is {maximum}. "
            "That may be allowed: ask the provider whether an exception or transitional rules hold."
        ),
    ),
    basis=ARTICLE,
    unverified=UNVERIFIED,
)
def above_own_maximum(statement: WntStatement) -> Fact[bool]:
    """More than the maximum in the statement itself, which is lower for a smaller provider or part-time work."""
    pay = named("pay", statement.highest_pay, nl="hoogste bezoldiging", en="highest pay")
    maximum = named("maximum", statement.own_maximum, nl="maximum daarvoor", en="maximum for it")
    return pay > maximum
