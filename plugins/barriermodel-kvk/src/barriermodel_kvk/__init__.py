"""Registration in the Handelsregister: barrier ``nl.kvk``, kind ``kvk_extract``, reader ``kvk``."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl

from .barrier import kvk
from .kind import Branch, Insolvency, KvkExtract, SbiActivity
from .reader import reader

__all__ = ["BARRIERMODEL_API", "Branch", "Insolvency", "KvkExtract", "SbiActivity", "kvk", "reader"]

BARRIERMODEL_API = 2


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barrier ``nl.kvk``."""
    yield kvk


@hookimpl
def barriermodel_evidence_kinds() -> Iterable[type]:
    """The kind ``kvk_extract``, for profiles that name no barrier of ours."""
    yield KvkExtract


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The reader ``kvk``."""
    yield reader
