"""Facts, their types and the values they may hold."""

from ..domain.bounds import FIRST_DATE as FIRST_DATE
from ..domain.bounds import LAST_DATE as LAST_DATE
from ..domain.bounds import PLACEHOLDER_DATES as PLACEHOLDER_DATES
from ..domain.bounds import check_as_of as check_as_of
from ..domain.dates import MIDNIGHT as MIDNIGHT
from ..domain.dates import has_month_first as has_month_first
from ..domain.dates import parse_date as parse_date
from ..domain.evidence import states_a_fact as states_a_fact
from ..domain.facts import FactField as FactField
from ..domain.facts import fact_fields as fact_fields
from ..domain.facts import field_of as field_of
from ..domain.facts import type_of_fact as type_of_fact
from ..domain.identifiers import why_invalid as why_invalid
from ..domain.kinds import CONFIDENTIAL_VALUE_UNREADABLE as CONFIDENTIAL_VALUE_UNREADABLE
from ..domain.kinds import kind_of as kind_of
from ..domain.plausible import contradictions as contradictions
from ..domain.values import MAX_SAFE_INTEGER as MAX_SAFE_INTEGER
from ..domain.values import THREE_DIGITS as THREE_DIGITS
from ..domain.values import TwoReadingsError as TwoReadingsError
from ..domain.values import add_months_to as add_months_to
from ..domain.values import both_readings as both_readings
from ..domain.values import describe_type as describe_type
from ..domain.values import is_scalar as is_scalar
from ..domain.values import json_fields as json_fields
from ..domain.values import may_be_thousands as may_be_thousands
from ..domain.values import to_json as to_json
