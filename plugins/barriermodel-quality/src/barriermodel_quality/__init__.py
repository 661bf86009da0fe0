"""A valid certificate of an accepted or equivalent quality standard at the start of the award."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl

from .barrier import quality_certificate
from .kind import QualityCertificate
from .reader import certificate_reader

__all__ = ["BARRIERMODEL_API", "QualityCertificate", "quality_certificate"]

BARRIERMODEL_API = 1


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barrier of this plugin."""
    yield quality_certificate


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The reader of certificates."""
    yield certificate_reader
