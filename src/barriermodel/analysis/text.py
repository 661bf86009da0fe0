"""Writing dates, numbers and lists in Dutch and English; recognising words."""

from ..reporting.sentences import Wording, distinguishing_decimals, format_value
from ..reporting.text import align_columns
from ..spelling import fold, folded, spellings, suggest
from ..text import (
    FORMULA,
    KEPT,
    LANGUAGES,
    NUMBER,
    Language,
    TextOrStr,
    as_cell,
    decimals,
    format_date,
    format_list,
    format_money,
    format_percent,
    from_cell,
    grouped,
    harmless,
    is_blank,
    localized,
    same_in_both,
)

__all__ = [
    "FORMULA",
    "KEPT",
    "LANGUAGES",
    "NUMBER",
    "Language",
    "TextOrStr",
    "Wording",
    "align_columns",
    "as_cell",
    "decimals",
    "distinguishing_decimals",
    "fold",
    "folded",
    "format_date",
    "format_list",
    "format_money",
    "format_percent",
    "format_value",
    "from_cell",
    "grouped",
    "harmless",
    "is_blank",
    "localized",
    "same_in_both",
    "spellings",
    "suggest",
]
