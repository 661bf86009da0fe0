"""Signals from the network of companies around a care provider; each is lawful by itself and a reason to ask."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl

from .bankruptcy import InsolvencyHistory
from .barrier import network_signals
from .changes import Change, RegistrationChange, RegistrationHistory
from .interests import BusinessInterests, LinkedCompany
from .reader import signals_reader

__all__ = [
    "BARRIERMODEL_API",
    "BusinessInterests",
    "Change",
    "InsolvencyHistory",
    "LinkedCompany",
    "RegistrationChange",
    "RegistrationHistory",
    "network_signals",
]

BARRIERMODEL_API = 1


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barrier of this plugin."""
    yield network_signals


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The reader of this plugin's evidence."""
    yield signals_reader
