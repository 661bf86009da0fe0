"""Rules and statuses computed in columns; it needs the extra ``frames``."""

from ..tables.assess import check_day as check_day
from ..tables.assess import open_native as open_native
from ..tables.assess import warn_missing as warn_missing
from ..tables.python_facts import with_computed as with_computed
from ..tables.rules import RuleColumns as RuleColumns
from ..tables.rules import hits as hits
from ..tables.rules import internal_column as internal_column
from ..tables.table import Table as Table
from ..tables.table import open_table as open_table
from ..tables.table import with_canonical_facts as with_canonical_facts
from ..tables.translation import either as either
