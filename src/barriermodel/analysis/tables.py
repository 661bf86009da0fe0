"""Statuses computed in columns; it needs the extra ``frames``."""

from ..tables.assess import counting
from ..tables.front import check_day, open_native, tell_missing
from ..tables.python_facts import with_computed
from ..tables.levels import either
from ..tables.rules import Rules, hits, own
from ..tables.table import Table, open_table

__all__ = [
    "Rules",
    "Table",
    "check_day",
    "counting",
    "either",
    "hits",
    "open_native",
    "open_table",
    "own",
    "tell_missing",
    "with_computed",
]
