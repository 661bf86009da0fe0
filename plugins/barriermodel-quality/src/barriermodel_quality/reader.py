"""The reader ``quality_certificate``: a certificate, entered by hand as TOML."""

from barriermodel.plugin import Text, manual_entry_reader

from .kind import QualityCertificate

certificate_reader = manual_entry_reader(
    "quality_certificate",
    Text(nl="Kwaliteitscertificaat, overgetypt als TOML", en="Quality certificate, typed over as TOML"),
    QualityCertificate,
)
