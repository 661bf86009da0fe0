"""The reader ``tender_proof``: a tender, a self-declaration and statements, entered by hand as TOML."""

from barriermodel.plugin import Text, manual_entry_reader

from .kinds import Gva, SelfDeclaration, TaxStatement, Tender

reader_by_hand = manual_entry_reader(
    "tender_proof",
    Text(
        nl="Inschrijving, UEA, GVA en belastingverklaring, overgetypt als TOML",
        en="Tender, self-declaration, GVA and tax statement, typed over as TOML",
    ),
    Tender,
    SelfDeclaration,
    Gva,
    TaxStatement,
)
