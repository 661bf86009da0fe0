"""What the law lets an authority look at for integrity: insolvency, and what supervisors and registers have found."""

from __future__ import annotations

from collections.abc import Iterable

from barriermodel import Barrier, Reader, hookimpl

from .insolvency import InsolvencyCase, InsolvencyExtract, InsolvencyHistory, insolvency
from .readers import READERS

__all__ = [
    "BARRIERMODEL_API",
    "InsolvencyCase",
    "InsolvencyExtract",
    "InsolvencyHistory",
    "insolvency",
]

BARRIERMODEL_API = 1


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barriers of this plugin."""
    yield insolvency


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The readers of this plugin."""
    yield from READERS
