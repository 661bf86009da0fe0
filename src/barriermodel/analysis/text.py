"""Writing dates, numbers and lists in Dutch and English; recognising words."""

from ..reporting.rendering import align_columns
from ..reporting.sentences import Wording, distinguishing_decimals, format_value
from ..spelling import fold, folded, spellings, suggest
from ..text import (
    ESCAPED_START,
    FORMULA_START,
    LANGUAGES,
    NUMBER_TEXT,
    Language,
    TextOrStr,
    escape_cell,
    escape_control_characters,
    format_date,
    format_decimal,
    format_integer,
    format_list,
    format_money,
    format_percent,
    is_blank,
    localized,
    same_in_both,
    unescape_cell,
)

__all__ = [
    "ESCAPED_START",
    "FORMULA_START",
    "LANGUAGES",
    "NUMBER_TEXT",
    "Language",
    "TextOrStr",
    "Wording",
    "align_columns",
    "distinguishing_decimals",
    "escape_cell",
    "escape_control_characters",
    "fold",
    "folded",
    "format_date",
    "format_decimal",
    "format_integer",
    "format_list",
    "format_money",
    "format_percent",
    "format_value",
    "is_blank",
    "localized",
    "same_in_both",
    "spellings",
    "suggest",
    "unescape_cell",
]
