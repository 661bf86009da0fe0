"""The lines and fixed words of reports, and JSON Schemas."""

from ..formats.schema import assessment_schema as assessment_schema
from ..formats.schema import dossier_schema as dossier_schema
from ..formats.schema import profile_schema as profile_schema
from ..reporting.catalogue import catalogue as catalogue
from ..reporting.catalogue import catalogue_of as catalogue_of
from ..reporting.difference import Difference as Difference
from ..reporting.difference import Topic as Topic
from ..reporting.difference import names_of as names_of
from ..reporting.difference import profile_changes as profile_changes
from ..reporting.limits import limit_used as limit_used
from ..reporting.limits import limits_in_use as limits_in_use
from ..reporting.phrases import CONCERN as CONCERN
from ..reporting.phrases import LEVEL as LEVEL
from ..reporting.phrases import MOMENT as MOMENT
from ..reporting.phrases import PROFILE_STATUS as PROFILE_STATUS
from ..reporting.phrases import WORDS as WORDS
from ..reporting.phrases import combine_text as combine_text
from ..reporting.phrases import ending_text as ending_text
from ..reporting.phrases import fill as fill
from ..reporting.rendering import PLAIN_MARKS as PLAIN_MARKS
from ..reporting.rendering import Line as Line
from ..reporting.rendering import LineKind as LineKind
from ..reporting.rendering import as_markdown as as_markdown
from ..reporting.rendering import as_text as as_text
from ..reporting.terminal import LEVEL_MARK as LEVEL_MARK
