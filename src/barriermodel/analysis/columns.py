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
    inputs_of,
    named_inputs,
    profile_columns,
)
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
