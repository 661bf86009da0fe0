"""The barrier ``nl.fresh_proof``: the proof is there, is favourable, and was not too old on the day of the tender.

Proof is asked only from the provider that is to get the award: name this barrier in a stage after the others.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated, TypeAlias

from barriermodel.plugin import (
    Award,
    Barrier,
    Between,
    Concern,
    Fact,
    Item,
    Level,
    Limit,
    add_months,
    not_,
    one_of,
)
from barriermodel_kvk import KvkExtract

from .kinds import Gva, TaxStatement, Tender
from .mandatory import BINDING, Procedures

fresh_proof = Barrier("nl.fresh_proof", concern=Concern.INTEGRITY)

_QCORE = "https://qcore.nl/kennisbank/wat-is-de-geldigheidsduur-van-bewijsmiddelen"

ExtractMonths: TypeAlias = Annotated[int, Between(0, 1200), Limit(source=_QCORE)]
GvaMonths: TypeAlias = Annotated[int, Between(0, 1200), Limit(source=_QCORE)]
TaxStatementMonths: TypeAlias = Annotated[int, Between(0, 1200), Limit(assumed=True)]


@fresh_proof.condition
def binds(award: Award, *, binding_procedures: Procedures = BINDING) -> Fact[bool]:
    """The articles apply in this procedure, or its documents declare them applicable."""
    return one_of(award.procedure, *binding_procedures)


_proof = partial(fresh_proof.requirement, level=Level.ORANGE, applies=binds, unverified=True)
_bad_proof = partial(fresh_proof.signal, level=Level.RED, applies=binds, unverified=True)


@fresh_proof.derived
def extract_date(extracts: Sequence[Item[KvkExtract]]) -> date:
    """Return the day on which the extract was issued or looked up."""
    return max(item.date for item in extracts)


@_proof(basis="aw_2_89_lid_1")
def extract_fresh(extract_date: Fact[date], tender: Tender, *, max_extract_months: ExtractMonths = 6) -> Fact[bool]:
    """The age counts on the day of the tender; an extract that has expired by the dossier's date is looked up anew."""
    return add_months(extract_date, max_extract_months) >= tender.received_on


@_proof(basis="aw_2_89_lid_2")
def gva_fresh(gva: Gva, tender: Tender, *, max_gva_months: GvaMonths = 24) -> Fact[bool]:
    """The age counts on the day of the tender, from the date on the GVA."""
    return add_months(gva.given_on, max_gva_months) >= tender.received_on


@_proof(basis="aw_2_89_lid_3")
def tax_statement_fresh(
    statement: TaxStatement, tender: Tender, *, max_tax_statement_months: TaxStatementMonths = 6
) -> Fact[bool]:
    """The age counts on the day of the tender, from the date on the statement."""
    return add_months(statement.given_on, max_tax_statement_months) >= tender.received_on


@_bad_proof(basis="aw_2_89_lid_2")
def gva_refused(gva: Gva) -> Fact[bool]:
    """A refusal is not an exclusion ground itself; its cause may be one."""
    return not_(gva.granted)


@_bad_proof(basis="aw_2_86_lid_4_5")
def tax_debt_stated(statement: TaxStatement) -> Fact[bool]:
    """The statement does not say whether the debt is irrevocable or arranged, so a person must look."""
    return not_(statement.all_paid)
