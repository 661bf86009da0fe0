"""The columns of a table: their names, and which of them a profile knows, reads and computes."""

from ..tables.columns import ABSENT as ABSENT
from ..tables.columns import AS_OF as AS_OF
from ..tables.columns import ASSUMED as ASSUMED
from ..tables.columns import CONSTANTS as CONSTANTS
from ..tables.columns import INTERNAL as INTERNAL
from ..tables.columns import UNREAD as UNREAD
from ..tables.columns import ProfileColumns as ProfileColumns
from ..tables.columns import column_of as column_of
from ..tables.columns import flat as flat
from ..tables.columns import inputs_of as inputs_of
from ..tables.columns import named_inputs as named_inputs
from ..tables.columns import profile_columns as profile_columns
from ..tables.rows import row_of as row_of
from ..tables.rows import row_schema as row_schema
