"""Rules and statuses computed in columns; it needs the extra ``frames``."""

from ..tables.assess import check_day, open_native, warn_missing
from ..tables.python_facts import with_computed
from ..tables.rules import RuleColumns, either, hits, internal_column
from ..tables.table import Table, open_table, with_canonical_facts

__all__ = [
    "RuleColumns",
    "Table",
    "check_day",
    "either",
    "hits",
    "internal_column",
    "open_native",
    "open_table",
    "warn_missing",
    "with_canonical_facts",
    "with_computed",
]
