"""Facts, their types and the values they may hold."""

from ..domain.bounds import FIRST_DATE, LAST_DATE, PLACEHOLDER_DATES, check_as_of
from ..domain.dates import MIDNIGHT, has_month_first, parse_date
from ..domain.evidence import states_a_fact
from ..domain.facts import FactField, fact_fields, field_of, type_of_fact
from ..domain.identifiers import why_invalid
from ..domain.kinds import CONFIDENTIAL_VALUE_UNREADABLE, kind_of
from ..domain.plausible import contradictions
from ..domain.values import (
    MAX_SAFE_INTEGER,
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
    "CONFIDENTIAL_VALUE_UNREADABLE",
    "FIRST_DATE",
    "LAST_DATE",
    "MAX_SAFE_INTEGER",
    "MIDNIGHT",
    "PLACEHOLDER_DATES",
    "THREE_DIGITS",
    "FactField",
    "TwoReadingsError",
    "add_months_to",
    "both_readings",
    "check_as_of",
    "contradictions",
    "describe_type",
    "fact_fields",
    "field_of",
    "has_month_first",
    "is_scalar",
    "kind_of",
    "may_be_thousands",
    "parse_date",
    "states_a_fact",
    "to_json",
    "type_of_fact",
    "why_invalid",
]
