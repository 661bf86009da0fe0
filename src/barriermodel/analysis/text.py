"""Writing dates, numbers and lists in Dutch and English; recognising words."""

from ..reporting.rendering import align_columns as align_columns
from ..reporting.sentences import Wording as Wording
from ..reporting.sentences import distinguishing_decimals as distinguishing_decimals
from ..reporting.sentences import format_value as format_value
from ..spelling import fold as fold
from ..spelling import folded as folded
from ..spelling import spellings as spellings
from ..spelling import suggest as suggest
from ..text import ESCAPED_START as ESCAPED_START
from ..text import FORMULA_START as FORMULA_START
from ..text import LANGUAGES as LANGUAGES
from ..text import NUMBER_TEXT as NUMBER_TEXT
from ..text import Language as Language
from ..text import TextOrStr as TextOrStr
from ..text import escape_cell as escape_cell
from ..text import escape_control_characters as escape_control_characters
from ..text import format_date as format_date
from ..text import format_decimal as format_decimal
from ..text import format_integer as format_integer
from ..text import format_list as format_list
from ..text import format_money as format_money
from ..text import format_percent as format_percent
from ..text import is_blank as is_blank
from ..text import localized as localized
from ..text import same_in_both as same_in_both
from ..text import unescape_cell as unescape_cell
