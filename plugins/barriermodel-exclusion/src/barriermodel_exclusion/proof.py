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
    Label,
    Level,
    Limit,
    Text,
    add_months,
    not_,
    one_of,
)
from barriermodel_kvk import KvkExtract

from .binding import BINDING, ProofProcedures, basis
from .findings import MAY_EN, MAY_NL, OUT_EN, OUT_NL
from .kinds import Gva, TaxStatement, Tender

fresh_proof = Barrier(
    "nl.fresh_proof",
    title=Text(nl="Bewijs dat niet te oud is", en="Proof that is not too old"),
    concern=Concern.INTEGRITY,
)

_QCORE = "https://qcore.nl/kennisbank/wat-is-de-geldigheidsduur-van-bewijsmiddelen"

ExtractMonths: TypeAlias = Annotated[
    int,
    Label(nl="hoogste leeftijd van het uittreksel in maanden", en="highest age of the extract in months"),
    Between(0, 1200),
    Limit(
        source=_QCORE,
        note=Text(
            nl="In de praktijk wordt ook wel drie maanden gevraagd. Art. 2.89 lid 1 noemt zes maanden.",
            en="In practice three months are asked too. Art. 2.89 lid 1 says six months.",
        ),
    ),
]
GvaMonths: TypeAlias = Annotated[
    int,
    Label(nl="hoogste leeftijd van de GVA in maanden", en="highest age of the GVA in months"),
    Between(0, 1200),
    Limit(source=_QCORE),
]
TaxStatementMonths: TypeAlias = Annotated[
    int,
    Label(nl="hoogste leeftijd van de belastingverklaring in maanden", en="highest age of the tax statement in months"),
    Between(0, 1200),
    Limit(
        assumption=Text(
            nl="Art. 2.89 lid 3 in de tekst van mei 2017 noemt zes maanden. De tekst van nu is niet nagelezen.",
            en="Art. 2.89 lid 3 in the text of May 2017 says six months. The present text was not read.",
        )
    ),
]


def _unverified(nl: str, en: str) -> Text:
    """State what is not verified: of a rule, and of where all of them bind."""
    return Text(
        nl=f"{nl} Of dit bij de procedure voor sociale diensten toch uit zichzelf geldt.",
        en=f"{en} Whether this holds by itself in the procedure for social services after all.",
    )


PARAGRAPHS = _unverified("De leden van art. 2.89.", "The paragraphs of art. 2.89.")
TRUSTED_AGAIN = _unverified(
    "De leden van art. 2.89. Of art. 2.87a nu het artikel is over laten zien dat men weer te vertrouwen is.",
    "The paragraphs of art. 2.89. Whether art. 2.87a is now the article on showing that one can be trusted again.",
)


@fresh_proof.condition
def binds(award: Award, *, binding_procedures: ProofProcedures = BINDING) -> Fact[bool]:
    """The articles apply in this procedure, or its documents declare them applicable."""
    return one_of(award.procedure, *binding_procedures)


_proof = partial(fresh_proof.requirement, level=Level.ORANGE, applies=binds, unverified=PARAGRAPHS)
_bad_proof = partial(fresh_proof.signal, level=Level.RED, applies=binds, unverified=TRUSTED_AGAIN)


@fresh_proof.derived(label=Label(nl="datum van het uittreksel", en="date of the extract"))
def extract_date(extracts: Sequence[Item[KvkExtract]]) -> date:
    """Return the day on which the extract was issued or looked up."""
    return max(item.date for item in extracts)


@_proof(
    norm=Text(
        nl="Op de dag van inschrijving mag het uittreksel uit het Handelsregister niet ouder zijn dan "
        "{max_extract_months} maanden. Is het ouder, vraag dan een nieuw uittreksel op: het is geen uitsluitingsgrond.",
        en="On the day of the tender the extract from the Handelsregister must not be older than "
        "{max_extract_months} months. If it is older, get a new extract: it is no ground for exclusion.",
    ),
    basis=basis("2.89 lid 1"),
)
def extract_fresh(extract_date: Fact[date], tender: Tender, *, max_extract_months: ExtractMonths = 6) -> Fact[bool]:
    """The age counts on the day of the tender; an extract that has expired by the dossier's date is looked up anew."""
    return add_months(extract_date, max_extract_months) >= tender.received_on


@_proof(
    norm=Text(
        nl="Op de dag van inschrijving mag de GVA niet ouder zijn dan {max_gva_months} maanden. Is die ouder, vraag "
        "dan een nieuwe en geef daar tijd voor: het kan langer dan zes weken duren. Het is geen uitsluitingsgrond.",
        en="On the day of the tender the GVA must not be older than {max_gva_months} months. If it is older, ask for a "
        "new one and give time for it: it can take longer than six weeks. It is no ground for exclusion.",
    ),
    basis=basis("2.89 lid 2"),
)
def gva_fresh(gva: Gva, tender: Tender, *, max_gva_months: GvaMonths = 24) -> Fact[bool]:
    """The age counts on the day of the tender, from the date on the GVA."""
    return add_months(gva.given_on, max_gva_months) >= tender.received_on


@_proof(
    norm=Text(
        nl="Op de dag van inschrijving mag de verklaring van de Belastingdienst niet ouder zijn dan "
        "{max_tax_statement_months} maanden. Is die ouder, vraag dan een nieuwe: het is geen uitsluitingsgrond.",
        en="On the day of the tender the statement of the Belastingdienst must not be older than "
        "{max_tax_statement_months} months. If it is older, ask for a new one: it is no ground for exclusion.",
    ),
    basis=basis("2.89 lid 3"),
)
def tax_statement_fresh(
    statement: TaxStatement, tender: Tender, *, max_tax_statement_months: TaxStatementMonths = 6
) -> Fact[bool]:
    """The age counts on the day of the tender, from the date on the statement."""
    return add_months(statement.given_on, max_tax_statement_months) >= tender.received_on


@_bad_proof(
    finding=Text(
        nl="De GVA is geweigerd. Vraag waarom." + MAY_NL + OUT_NL,
        en="The GVA was refused. Ask why." + MAY_EN + OUT_EN,
    ),
    basis=basis("2.89 lid 2"),
)
def gva_refused(gva: Gva) -> Fact[bool]:
    """A refusal is not an exclusion ground itself; its cause may be one."""
    return not_(gva.granted)


@_bad_proof(
    finding=Text(
        nl="Volgens de Belastingdienst is niet alles betaald. Vraag eerst of er alsnog is betaald, of dat er een "
        "regeling is: dan telt het niet." + MAY_NL + OUT_NL,
        en="The Belastingdienst says that not all has been paid. Ask first whether it has been paid since or "
        "arranged: then it does not count." + MAY_EN + OUT_EN,
    ),
    basis=basis("2.86 lid 4 en 5"),
)
def tax_debt_stated(statement: TaxStatement) -> Fact[bool]:
    """The statement does not say whether the debt is irrevocable or arranged, so a person must look."""
    return not_(statement.all_paid)
