"""Facts, their types and the values they may hold."""

from ..domain.dates import FIRST, LAST, MIDNIGHT, PLACEHOLDERS, Days, check_as_of, month_first, read_day
from ..domain.evidence import states_a_fact
from ..domain.facts import FactField, fact_fields, field_of, type_of_fact
from ..domain.identifiers import why_invalid
from ..domain.kinds import UNREADABLE, kind_of
from ..domain.plausible import contradictions
from ..domain.values import (
    MAX_SAFE_INTEGER,
    SCALARS,
    THREE_DIGITS,
    TwoReadingsError,
    add_months_to,
    both_readings,
    describe_type,
    is_scalar,
    may_be_thousands,
    to_json,
)

__all__ = [
    "FIRST",
    "LAST",
    "MAX_SAFE_INTEGER",
    "MIDNIGHT",
    "PLACEHOLDERS",
    "SCALARS",
    "THREE_DIGITS",
    "UNREADABLE",
    "Days",
    "FactField",
    "TwoReadingsError",
    "add_months_to",
    "both_readings",
    "check_as_of",
    "contradictions",
    "describe_type",
    "fact_fields",
    "field_of",
    "is_scalar",
    "kind_of",
    "may_be_thousands",
    "month_first",
    "read_day",
    "states_a_fact",
    "to_json",
    "type_of_fact",
    "why_invalid",
]
