"""Supervision of contracted providers: what their claims for care show."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl

from .claims import impossible_claims
from .declared_care import CareLine, DeclaredCare
from .reader import declared_care_reader

__all__ = ["BARRIERMODEL_API", "CareLine", "DeclaredCare", "impossible_claims"]

BARRIERMODEL_API = 2


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barrier of this plugin; only what a profile names is run."""
    yield impossible_claims


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The reader of this plugin's evidence."""
    yield declared_care_reader
