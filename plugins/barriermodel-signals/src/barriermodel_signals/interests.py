"""Real estate and other companies of the provider and of the people behind it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias

from barriermodel.plugin import (
    UNKNOWN,
    Fact,
    Item,
    Label,
    Level,
    Limit,
    Months,
    Supplier,
    Text,
    evidence,
    named,
    not_,
    record,
)

from .barrier import network_signals


@record
class LinkedCompany:
    """A company in which the provider, a director or a shareholder has an interest, or that has one in the provider."""

    reference: Annotated[Fact[str], Label(nl="KvK-nummer", en="KvK number")] = UNKNOWN
    """A reference with which a person can find it again; never a name."""
    sbi_codes: Annotated[Fact[tuple[str, ...]], Label(nl="SBI-codes", en="SBI codes")] = UNKNOWN
    """All its codes, as written in the register; an empty list if it has none."""


@evidence(
    "business_interests",
    title=Text(nl="Belangen in bedrijven en onroerend goed", en="Interests in companies and real estate"),
    valid_for=Months(12),
    supplier=Supplier.REGISTER,
    burden=0,
    question=Text(
        nl=(
            "Wilt u in het Handelsregister en het Kadaster opzoeken welke andere bedrijven en welk onroerend goed "
            "de aanbieder, de bestuurders en de aandeelhouders hebben? Kijk bij mensen alleen naar wat zij als "
            "ondernemer hebben: een eigen woning telt niet. Schrijf geen namen op. Vraag niet naar familie."
        ),
        en=(
            "Would you look up in the Handelsregister and the Kadaster which other companies and which real estate "
            "the provider, its directors and its shareholders have? Of people look only at what they have as an "
            "entrepreneur: somebody's own home does not count. Write down no names. Do not ask about family."
        ),
    ),
    retention=Text(
        nl="Tot er een nieuwe opgave is, en niet langer dan de overeenkomst duurt.",
        en="Until there is a new statement, and no longer than the agreement lasts.",
    ),
)
class BusinessInterests:
    """What registers show, or the provider declares, on one day. A link is registered or declared, never presumed."""

    owns_real_estate: Annotated[
        Fact[bool], Label(nl="bezit of verhuurt onroerend goed", en="owns or lets real estate")
    ] = UNKNOWN
    """Owned by the provider, a linked company, or a director or shareholder as an entrepreneur; not a private home."""
    only_own_premises: Annotated[
        Fact[bool], Label(nl="alleen eigen pand in eigen gebruik", en="only own premises in own use")
    ] = UNKNOWN
    """The provider owns only what it uses for its care, nobody else owns any, and nothing is rented out."""
    has_other_companies: Annotated[
        Fact[bool], Label(nl="belangen in andere bedrijven", en="interests in other companies")
    ] = UNKNOWN
    """The provider, a director or a shareholder has another company, in any branch."""
    only_own_holding: Annotated[Fact[bool], Label(nl="alleen de eigen holding", en="only the own holding")] = UNKNOWN
    """The only other company is a holding with shares in this provider and in nothing else."""
    linked_companies: Annotated[
        Fact[tuple[LinkedCompany, ...]], Label(nl="gelieerde bedrijven", en="linked companies")
    ] = UNKNOWN
    """All of them, including the holding; an empty list means that there are none."""


@network_signals.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "De aanbieder, een bestuurder, een aandeelhouder of een gelieerd bedrijf bezit of verhuurt onroerend goed. "
            "Dat mag. Vraag wie er huurt en of de huur past bij de markt."
        ),
        en=(
            "The provider, a director, a shareholder or a linked company owns or lets real estate. "
            "That is lawful. Ask who rents it and whether the rent is a market rent."
        ),
    ),
)
def real_estate(interests: BusinessInterests) -> Fact[bool]:
    """Twente asked about ownership of real estate; RTL Nieuws, IKZ and RIEC count an entrepreneur in real estate.

    A provider that owns its own premises and lets nothing is neither what RTL counts nor a reason to ask for rent.
    """
    return interests.owns_real_estate & not_(interests.only_own_premises)


@network_signals.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "De aanbieder, een bestuurder of een aandeelhouder heeft belangen in andere bedrijven. Dat mag en komt "
            "vaak voor. Op zichzelf zegt het weinig. Kijk of er geld van de zorg naar die bedrijven gaat."
        ),
        en=(
            "The provider, a director or a shareholder has interests in other companies. That is lawful and "
            "common. By itself it says little. See whether money for care goes to those companies."
        ),
    ),
)
def other_companies(interests: BusinessInterests) -> Fact[bool]:
    """Twente asked yes or no. Alone it is weak: of 567 companies with three or more indicators, 555 had such a tie.

    That number is of ties to cash-heavy branches, which is narrower than any other company:
    https://www.skipr.nl/uitgelicht/criminelen-kunnen-makkelijk-zorghandeltje-beginnen/
    """
    return interests.has_other_companies & not_(interests.only_own_holding)


CashHeavySbi: TypeAlias = Annotated[
    tuple[str, ...],
    Label(nl="SBI 2025-codes met veel contant geld beginnen met", en="SBI 2025 codes with much cash begin with"),
    Limit(
        assumption=Text(
            nl=(
                "RTL Nieuws, IKZ en RIEC noemen autohandel, horeca en taxi, zonder codes. Dit zijn de codes van "
                "de Europese indeling NACE 2.1, die de SBI volgt: 46.71 en 47.81 autohandel, 49.33 vervoer met "
                "chauffeur, 56 horeca. De Nederlandse lijst is niet nagelezen."
            ),
            en=(
                "RTL Nieuws, IKZ and RIEC name car trade, catering and taxi, without codes. These are the codes "
                "of the European classification NACE 2.1, which the SBI follows: 46.71 and 47.81 car trade, "
                "49.33 transport with a driver, 56 catering. The Dutch list was not read."
            ),
        )
    ),
]
CashHeavySbi2008: TypeAlias = Annotated[
    tuple[str, ...],
    Label(nl="SBI 2008-codes met veel contant geld beginnen met", en="SBI 2008 codes with much cash begin with"),
    Limit(
        assumption=Text(
            nl=(
                "Dezelfde branches in de oude indeling: 451 autohandel, 4932 taxi, 56 horeca. "
                "Een garage telt niet mee: de bron noemt handel."
            ),
            en=(
                "The same branches in the old classification: 451 car trade, 4932 taxi, 56 catering. "
                "A garage does not count: the source names trade."
            ),
        )
    ),
]
Sbi2025From: TypeAlias = Annotated[
    date,
    Label(nl="eerste dag van de SBI 2025", en="first day of SBI 2025"),
    Limit(
        source="https://www.mkbservicedesk.nl/starten-zzp/bedrijf-starten/de-sbi-code-en-je-bedrijf-dit-moet-je-weten",
        note=Text(
            nl="Vanaf die dag staan in het Handelsregister de codes van de nieuwe indeling, met vijf cijfers.",
            en="From that day on the Handelsregister has the codes of the new classification, with five digits.",
        ),
    ),
]


@network_signals.derived(
    label=Label(nl="gelieerde bedrijven met veel contant geld", en="linked companies with much cash")
)
def cash_heavy_companies(
    found: Sequence[Item[BusinessInterests]],
    *,
    cash_heavy_sbi: CashHeavySbi = ("4671", "4781", "4933", "56"),
    cash_heavy_sbi_2008: CashHeavySbi2008 = ("451", "4932", "56"),
    sbi_2025_from: Sbi2025From = date(2025, 9, 7),
) -> Fact[int]:
    """How many have a code of a cash-heavy branch; the branches are those of RTL Nieuws, IKZ and RIEC.

    The day of the evidence says which classification the register used. The two clash: 4781 is trade in cars in the
    new one and market trade in the old one.
    """
    (item,) = found
    prefixes = cash_heavy_sbi_2008 if item.date < sbi_2025_from else cash_heavy_sbi
    if item.facts.linked_companies is UNKNOWN:
        return UNKNOWN
    codes = [_codes(company) for company in item.facts.linked_companies]
    if not all(code.isascii() and code.isdecimal() for of_one in codes for code in of_one):
        return UNKNOWN  # what is no code could stand for any branch
    return sum(any(code.startswith(prefixes) for code in of_one) for of_one in codes)


def _codes(company: LinkedCompany) -> list[str]:
    """Remove the points of CBS (47.81 is 4781). Reading codes that are unknown makes the number unknown."""
    return [] if company.sbi_codes is UNKNOWN else [code.replace(".", "").strip() for code in company.sbi_codes]


@network_signals.signal(
    level=Level.ORANGE,
    finding=Text(
        nl=(
            "Gelieerde bedrijven in een branche waar veel contant geld omgaat: {companies}. Dat mag, en een SBI-code "
            "kan verkeerd of oud zijn. Kijk in de opgave welk bedrijf het is. "
            "Vraag wat het doet en of er geld van de zorg naartoe gaat."
        ),
        en=(
            "Linked companies in a branch with much cash: {companies}. That is lawful, and an SBI code can be wrong "
            "or old. See in the statement which company it is. "
            "Ask what it does and whether money for care goes there."
        ),
    ),
    unverified=Text(
        nl="De Nederlandse lijst van SBI 2025: de codes zijn die van NACE 2.1, die SBI 2025 volgt.",
        en="The Dutch list of SBI 2025: the codes are those of NACE 2.1, which SBI 2025 follows.",
    ),
)
def cash_heavy_branches(cash_heavy_companies: Fact[int]) -> Fact[bool]:
    """One such company is enough; several are still one indicator."""
    companies = named(
        "companies",
        cash_heavy_companies,
        nl="gelieerde bedrijven met veel contant geld",
        en="linked companies with much cash",
    )
    return companies > 0
