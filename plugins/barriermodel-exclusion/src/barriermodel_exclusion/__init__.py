"""Exclusion grounds and fresh proof: ``nl.exclusion_grounds``, ``nl.fresh_proof``, a reader of ESPD responses."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl, manual_entry_reader

from .espd import reader
from .facultative import exclusion_grounds
from .kinds import Gva, SelfDeclaration, TaxStatement, Tender
from .proof import fresh_proof

__all__ = [
    "BARRIERMODEL_API",
    "Gva",
    "SelfDeclaration",
    "TaxStatement",
    "Tender",
    "exclusion_grounds",
    "fresh_proof",
    "reader",
    "reader_by_hand",
]

BARRIERMODEL_API = 2

reader_by_hand = manual_entry_reader("tender_proof", Tender, SelfDeclaration, Gva, TaxStatement)
"""A tender, a self-declaration and statements, entered by hand as TOML."""


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barriers ``nl.exclusion_grounds`` and ``nl.fresh_proof``."""
    return [exclusion_grounds, fresh_proof]


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The readers ``espd_response`` and ``tender_proof``."""
    return [reader, reader_by_hand]
