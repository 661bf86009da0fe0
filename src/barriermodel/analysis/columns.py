"""The columns of a table: their names, and which of them a profile knows, reads and computes."""

from ..tables.columns import (
    ABSENT,
    AS_OF,
    ASSUMED,
    CONSTANTS,
    INTERNAL,
    ProfileColumns,
    column_of,
    flat,
    profile_columns,
)
from ..tables.row_functions import inputs_of, named_inputs
from ..tables.rows import row_of, row_schema

__all__ = [
    "ABSENT",
    "ASSUMED",
    "AS_OF",
    "CONSTANTS",
    "INTERNAL",
    "ProfileColumns",
    "column_of",
    "flat",
    "inputs_of",
    "named_inputs",
    "profile_columns",
    "row_of",
    "row_schema",
]
