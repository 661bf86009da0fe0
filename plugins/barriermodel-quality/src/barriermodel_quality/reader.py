"""The reader ``quality_certificate``: a certificate that was typed over by hand as TOML."""

from __future__ import annotations

from barriermodel.plugin import Text, typed_over

from .kind import QualityCertificate

certificate_reader = typed_over(
    "quality_certificate",
    Text(nl="Kwaliteitscertificaat, overgetypt als TOML", en="Quality certificate, typed over as TOML"),
    QualityCertificate,
)
