"""The columns of a table that a profile reads and writes."""

from ..tables.columns import (
    ABSENT,
    AS_OF,
    ASSUMED,
    CONSTANTS,
    INTERNAL,
    absence_columns,
    column_label,
    column_of,
    confidential_columns,
    fact_field_of,
    facts_read,
    flat,
    has_fact_prefix,
    known_columns,
    validity_columns,
)
from ..tables.row_functions import computable_with, inputs_of, named_inputs, row_computable
from ..tables.row_parser import derived_columns
from ..tables.rows import refusal_facts, row_of, row_schema

__all__ = [
    "ABSENT",
    "ASSUMED",
    "AS_OF",
    "CONSTANTS",
    "INTERNAL",
    "absence_columns",
    "column_label",
    "column_of",
    "computable_with",
    "confidential_columns",
    "derived_columns",
    "fact_field_of",
    "facts_read",
    "flat",
    "has_fact_prefix",
    "inputs_of",
    "known_columns",
    "named_inputs",
    "refusal_facts",
    "row_computable",
    "row_of",
    "row_schema",
    "validity_columns",
]
