"""Text in Dutch and English, and how each writes money, dates, numbers and lists."""

from __future__ import annotations

import re
import string
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, TypeAlias, Union

import attrs

from .cldr import locale_of, write_date, write_euros, write_list, write_number, write_percentage
from .errors import DefinitionError
from .objects import represent
from .source_location import definition_site, locate_errors

Language: TypeAlias = str
"""The tag of a language: ``nl`` or ``en``, or another such as ``fr`` (with the extra ``languages``)."""
LANGUAGES: tuple[Language, ...] = ("nl", "en")
"""The languages in which everything is said; in any other, what has no text is said in Dutch."""


def check_language(lang: str) -> None:
    """Raise ``ValueError`` unless ``lang`` is the tag of a language that dates and numbers can be written in.

    Raises:
        MissingExtraError: it is neither Dutch nor English, and the extra ``languages`` is not installed.

    """
    if lang not in LANGUAGES:
        if not isinstance(lang, str):
            raise ValueError(f"lang is the tag of a language, such as nl; got {lang!r}")
        locale_of(lang)


_MONTHS: dict[Language, str] = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}


@attrs.frozen
class Localized:
    """A text for people in Dutch (``nl``) and English (``en``), ready to show.

    >>> Localized("omzet", "turnover")["en"]
    'turnover'

    """

    nl: str
    en: str

    def __repr__(self) -> str:
        return represent(
            self, *(f"{lang}={self[lang] if len(self[lang]) <= 45 else self[lang][:44] + '…'!r}" for lang in LANGUAGES)
        )

    def __getitem__(self, lang: Language) -> str:
        check_language(lang)
        return self.en if lang == "en" else self.nl


@attrs.frozen(repr=False)
class Text(Localized):
    """A text for people in both languages, as an author writes it; ``{name}`` is filled in later.

    Args:
        nl: the Dutch text.
        en: the English text, with the same placeholders.

    Raises:
        DefinitionError: a language is empty, or the two differ in their placeholders.

    >>> sorted(Text(nl="Huur {share} van de kosten.", en="Rent is {share} of costs.").placeholders)
    ['share']

    """

    def __attrs_post_init__(self) -> None:
        with locate_errors(definition_site):
            if not all(isinstance(words, str) and words.strip() for words in (self.nl, self.en)):
                raise DefinitionError(f"A text needs both languages; got nl={self.nl!r}, en={self.en!r}.")
            if _placeholders(self.nl) != _placeholders(self.en):
                raise DefinitionError(
                    f"The Dutch and the English text have different placeholders: {self.nl!r}, {self.en!r}."
                )

    @property
    def placeholders(self) -> frozenset[str]:
        """The names in braces."""
        return _placeholders(self.nl)

    def fill(self, **parts: Localized) -> Localized:
        """Replace each ``{name}`` by the given text, in both languages."""
        nl, en = (self[lang].format_map({name: part[lang] for name, part in parts.items()}) for lang in LANGUAGES)
        return Localized(nl, en)


@cache
def _placeholders(template: str) -> frozenset[str]:
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise DefinitionError(f"The text {template!r} has a brace that is not closed or opened: {error}.") from None
    for _, name, form, conversion in parts:
        if form or conversion:
            raise DefinitionError(f"The text {template!r} says how to write {name!r}; write {{{name}}} alone.")
    return frozenset(name for _, name, _, _ in parts if name is not None)


TextOrStr: TypeAlias = Union[str, Localized]  # noqa: UP007  # an alias that is read at run time
"""A text in both languages, or one that is the same in both, such as the name of a law or an address."""


def localized(text: TextOrStr, lang: Language) -> str:
    """Return a text in one language."""
    return text if isinstance(text, str) else text[lang]


def is_blank(text: TextOrStr | None) -> bool:
    """Return whether a text is missing, or only white space."""
    return text is None or not localized(text, "nl").strip()


def same_in_both(text: str) -> Localized:
    """Use one text for both languages: a name, a number, a code."""
    return Localized(nl=text, en=text)


def format_integer(value: int, lang: Language) -> str:
    """Format 1250000 as ``1.250.000`` (nl) or ``1,250,000`` (en); four digits, such as a year, stay ungrouped."""
    if lang not in LANGUAGES:
        return write_number(value, 0, lang)
    text = f"{value:,}" if abs(value) >= 10_000 else str(value)
    return text.replace(",", ".") if lang == "nl" else text


def format_decimal(value: float | Decimal, places: int, lang: Language) -> str:
    """Format a number with at most ``places`` decimals, without trailing zeros."""
    if lang not in LANGUAGES:
        return write_number(value, places, lang)
    whole, _, fraction = f"{abs(value):.{places}f}".partition(".")
    fraction = fraction.rstrip("0")
    number = format_integer(int(whole), lang)
    sign = "-" if value < 0 and (fraction or int(whole)) else ""
    point = "," if lang == "nl" else "."
    return f"{sign}{number}{point + fraction if fraction else ''}"


def format_percent(value: float, lang: Language, places: int = 1) -> str:
    """Format the ratio 0.245 as ``24,5%`` (nl) or ``24.5%`` (en)."""
    percentage = value * 100 if abs(value) < 1e300 else Decimal(value) * 100  # a float would overflow
    if lang not in LANGUAGES:
        return write_percentage(percentage, places, lang)
    return f"{format_decimal(percentage, places, lang)}%"


def format_money(cents: int, lang: Language) -> str:
    """Format 125050 cents as ``€ 1.250,50`` (nl) or ``€1,250.50`` (en); whole euros get no decimals."""
    if lang not in LANGUAGES:
        return write_euros(cents, lang)
    euros, rest = divmod(abs(cents), 100)
    amount = f"{euros:,}" + (f".{rest:02d}" if rest else "")
    if lang == "nl":
        amount = amount.translate(str.maketrans(",.", ".,"))
    return f"{'-' if cents < 0 else ''}€{' ' if lang == 'nl' else ''}{amount}"


def format_date(day: date, lang: Language) -> str:
    """Format 2019-03-01 as ``1 maart 2019`` (nl) or ``1 March 2019`` (en)."""
    if lang not in LANGUAGES:
        return write_date(day, lang)
    return f"{day.day} {_MONTHS[lang].split()[day.month - 1]} {day.year:04}"


def localized_date(day: date) -> Localized:
    """Format a date in both languages."""
    return Localized(format_date(day, "nl"), format_date(day, "en"))


def format_bool(value: bool, lang: Language) -> str:
    """Format True as ``ja`` (nl) or ``yes`` (en)."""
    return {"en": ("no", "yes")}.get(lang, ("nee", "ja"))[value]


def format_list(parts: list[str], lang: Language, word: Literal["and", "or"] = "and") -> str:
    """Join words as ``a, b en c`` (nl) or ``a, b and c`` (en)."""
    if lang not in LANGUAGES:
        return write_list(parts, lang, word)
    joint = {"nl": {"and": "en", "or": "of"}, "en": {"and": "and", "or": "or"}}[lang][word]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


# Text that a terminal or a spreadsheet would execute ----------------------------------------------------

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
    r"|\x1b(?!\[(?:0|1|(?:1;)?3[1235])m)"  # except the colours that reports use
)


def escape_control_characters(text: str) -> str:
    """Write control characters, and those that reverse the reading order, as the escapes of JSON."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


FORMULA_START = r"^['=+\-@\t\r]"
"""How a cell begins that a spreadsheet may evaluate as a formula, or that has the apostrophe that prevents it."""
NUMBER_TEXT = r"[+-]?(?:[0-9]+|[.,][0-9]+)(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?"
"""A whole cell that is a number, such as -12, and so no formula."""
ESCAPED_START = r"^'(['=+\-@\t\r])"
"""How a cell begins that :func:`escape_cell` prefixed with an apostrophe."""


def escape_cell(text: str) -> str:
    """Prefix a CSV cell that a spreadsheet would evaluate as a formula with an apostrophe.

    >>> escape_cell("=1+1"), escape_cell("-12")
    ("'=1+1", '-12')

    """
    formula = re.match(FORMULA_START, text) and not re.fullmatch(NUMBER_TEXT, text)
    return f"'{text}" if formula else text


def unescape_cell(cell: str) -> str:
    """Undo :func:`escape_cell`."""
    return cell[1:] if re.match(ESCAPED_START, cell) else cell
