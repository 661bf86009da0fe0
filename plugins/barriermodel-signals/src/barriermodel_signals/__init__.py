"""Signals from the network of companies around a care provider; each is lawful by itself and a reason to ask."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl, manual_entry_reader

from .barrier import InsolvencyHistory, network_signals
from .changes import Change, RegistrationChange, RegistrationHistory
from .interests import BusinessInterests, LinkedCompany

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

BARRIERMODEL_API = 2

signals_reader = manual_entry_reader("signals", BusinessInterests, RegistrationHistory, InsolvencyHistory)
"""Evidence of this plugin, entered by hand as TOML."""


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barrier of this plugin."""
    yield network_signals


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The reader of this plugin's evidence."""
    yield signals_reader
