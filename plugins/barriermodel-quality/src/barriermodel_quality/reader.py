"""Reads a certificate that was typed over by hand as TOML."""

from __future__ import annotations

from collections.abc import Iterable

from barriermodel import Evidence, Reader, Text, parse_toml, read_evidence

from .kind import QualityCertificate


def read_quality_certificate(raw: bytes) -> Iterable[Evidence]:
    """The certificate in a TOML document with the keys of a dossier's item of evidence.

    Raises ``DossierError`` with every problem and its path.
    """
    where = "quality certificate"
    return [read_evidence(parse_toml(raw, where), QualityCertificate, where=where)]


certificate_reader = Reader(
    id="quality_certificate",
    title=Text(nl="Kwaliteitscertificaat, overgetypt als TOML", en="Quality certificate, typed over as TOML"),
    formats=("toml",),
    read=read_quality_certificate,
)
