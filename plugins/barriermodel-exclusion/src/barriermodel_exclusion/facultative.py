"""The optional grounds of ``nl.exclusion_grounds`` (article 2.87): RED at most, since a person judges."""

from functools import partial
from typing import Annotated, TypeAlias

from barriermodel.plugin import Award, Between, Fact, Level, Limit, add_months, any_of, not_, one_of

from .kinds import SelfDeclaration, Tender
from .mandatory import BINDING, Procedures, exclusion_grounds

__all__ = ["exclusion_grounds"]

MisconductMonths: TypeAlias = Annotated[
    int,
    Between(0, 1200),
    Limit(
        source="https://www.qcore.nl/aanbestedingen-nieuws-en-tendernieuws/facultatieve-uitsluitingsgrond-valse-verklaring-krijgt-toch-terugkijktermijn/"
    ),
]


@exclusion_grounds.condition
def declared(award: Award, *, facultative_procedures: Procedures = BINDING) -> Fact[bool]:
    """The documents of this procedure declare the optional grounds applicable."""
    return one_of(award.procedure, *facultative_procedures)


_ground = partial(exclusion_grounds.signal, level=Level.RED, applies=declared, basis="aw_2_87", unverified=True)


@_ground()
def debt_not_final(declaration: SelfDeclaration) -> Fact[bool]:
    """A debt that no irrevocable decision has established, for a person to judge."""
    tax = declaration.tax_unpaid & not_(declaration.tax_final) & not_(declaration.tax_settled)
    premiums = declaration.premiums_unpaid & not_(declaration.premiums_final) & not_(declaration.premiums_settled)
    return tax | premiums


@_ground()
def insolvent(declaration: SelfDeclaration) -> Fact[bool]:
    """Bankruptcy, moratorium, winding up, or a similar situation."""
    return any_of(
        declaration.bankruptcy,
        declaration.insolvency,
        declaration.creditors_arrangement,
        declaration.similar_to_bankruptcy,
        declaration.assets_administered,
        declaration.activities_suspended,
    )


@_ground()
def grave_misconduct(
    declaration: SelfDeclaration, tender: Tender, *, misconduct_months: MisconductMonths = 36
) -> Fact[bool]:
    """For a person to judge: no declaration tells whether it is misconduct, and grave."""
    recent = add_months(declaration.misconduct_on, misconduct_months) >= tender.received_on
    return declaration.misconduct & recent


@_ground()
def false_information(declaration: SelfDeclaration) -> Fact[bool]:
    """What it declares about earlier statements; only a person can find what is false in this one."""
    return declaration.false_statement


@_ground()
def law_breached(declaration: SelfDeclaration) -> Fact[bool]:
    """A violation of environmental, social or labour law."""
    return any_of(
        declaration.environmental_law_breached, declaration.social_law_breached, declaration.labour_law_breached
    )


@_ground()
def competition(declaration: SelfDeclaration) -> Fact[bool]:
    """Agreements that distort competition."""
    return declaration.competition_distorted


@_ground()
def conflict(declaration: SelfDeclaration) -> Fact[bool]:
    """Exclusion is the last resort here: a lighter measure may be enough."""
    return declaration.conflict_of_interest | declaration.involved_in_preparation


@_ground()
def earlier_contract(declaration: SelfDeclaration) -> Fact[bool]:
    """The early end of an earlier contract does not prove a serious shortcoming."""
    return declaration.earlier_contract_ended


@_ground(level=Level.ORANGE)
def national_ground(declaration: SelfDeclaration) -> Fact[bool]:
    """The declaration does not say which ground is meant, so this only asks a person to look."""
    return declaration.national_ground
