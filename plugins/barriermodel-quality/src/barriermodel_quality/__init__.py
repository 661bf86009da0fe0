"""A valid certificate of an accepted or equivalent quality standard at the start of the award."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl, manual_entry_reader

from .barrier import quality_certificate
from .kind import QualityCertificate

__all__ = ["BARRIERMODEL_API", "QualityCertificate", "quality_certificate"]

BARRIERMODEL_API = 2

certificate_reader = manual_entry_reader("quality_certificate", QualityCertificate)
"""A certificate, entered by hand as TOML."""


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barrier of this plugin."""
    yield quality_certificate


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The reader of certificates."""
    yield certificate_reader
