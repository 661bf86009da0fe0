"""The reader ``tender_proof``: tender, self-declaration and statements that were typed over by hand as TOML."""

from collections.abc import Iterable

from barriermodel import Evidence, Reader, Text, parse_toml, read_evidence

from .kinds import Gva, SelfDeclaration, TaxStatement, Tender


def read_by_hand(raw: bytes) -> Iterable[Evidence]:
    """The item in a TOML document with the keys of a dossier's item of evidence.

    Raises:
        DossierError: with every problem and its path.

    """
    where = "tender proof"
    return [read_evidence(parse_toml(raw, where), Tender, SelfDeclaration, Gva, TaxStatement, where=where)]


reader_by_hand = Reader(
    id="tender_proof",
    title=Text(
        nl="Inschrijving, UEA, GVA en belastingverklaring, overgetypt als TOML",
        en="Tender, self-declaration, GVA and tax statement, typed over as TOML",
    ),
    formats=("toml",),
    read=read_by_hand,
)
