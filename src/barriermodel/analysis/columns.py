"""The columns of a table that a profile reads and writes."""

from ..tables.columns import (
    ABSENT,
    AS_OF,
    ASSUMED,
    CONSTANTS,
    OWN,
    absences,
    called,
    column_of,
    confidential_among,
    dates_of,
    facts_read,
    field_of,
    flat,
    is_fact,
    known_columns,
)
from ..tables.row_functions import by_row, inputs_of, named_inputs, possible
from ..tables.row_parser import derived_columns
from ..tables.rows import layout_of, read_to_refuse, row_of

__all__ = [
    "ABSENT",
    "ASSUMED",
    "AS_OF",
    "CONSTANTS",
    "OWN",
    "absences",
    "by_row",
    "called",
    "column_of",
    "confidential_among",
    "dates_of",
    "derived_columns",
    "facts_read",
    "field_of",
    "flat",
    "inputs_of",
    "is_fact",
    "known_columns",
    "layout_of",
    "named_inputs",
    "possible",
    "read_to_refuse",
    "row_of",
]
