"""Integrity signals, continuity and lawful filing, from the annual accounts of a care provider."""

from collections.abc import Iterable

from barriermodel.plugin import Barrier, Reader, hookimpl, manual_entry_reader

from .continuity import financial_continuity
from .filing import annual_accounts
from .kind import AnnualAccounts
from .signals import financial_signals
from .simplified import simplified_accounts

__all__ = [
    "BARRIERMODEL_API",
    "AnnualAccounts",
    "annual_accounts",
    "financial_continuity",
    "financial_signals",
    "simplified_accounts",
]

BARRIERMODEL_API = 2

annual_accounts_reader = manual_entry_reader("annual_accounts", AnnualAccounts)
"""Accounts of one year, entered by hand as TOML."""


@hookimpl
def barriermodel_barriers() -> Iterable[Barrier]:
    """The barriers of this plugin."""
    return [financial_signals, financial_continuity, annual_accounts, simplified_accounts]


@hookimpl
def barriermodel_readers() -> Iterable[Reader]:
    """The reader of annual accounts."""
    yield annual_accounts_reader
