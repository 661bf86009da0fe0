"""Text in both languages, and how money, dates and percentages are written in each."""

from __future__ import annotations

import re
import string
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, TypeAlias, Union

import attrs

from .errors import DefinitionError
from .objects import represent
from .source_location import definition_site, locate_errors

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def check_language(lang: str) -> None:
    """Raise ``ValueError`` for a language in which nothing is written."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang is one of {', '.join(LANGUAGES)}; got {lang!r}")


_MONTHS: dict[Language, str] = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}


@attrs.frozen
class Localized:
    """What a person reads, in Dutch and in English, ready to be shown."""

    nl: str
    en: str

    def __repr__(self) -> str:
        return represent(
            self, *(f"{lang}={self[lang] if len(self[lang]) <= 45 else self[lang][:44] + '…'!r}" for lang in LANGUAGES)
        )

    def __getitem__(self, lang: Language) -> str:
        check_language(lang)
        return self.nl if lang == "nl" else self.en


@attrs.frozen(repr=False)
class Text(Localized):
    """What an author writes for a person, in Dutch and in English; ``{name}`` is filled in later.

    Raises:
        DefinitionError: a language is empty, or the two do not have the same placeholders.

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
        """The names between braces."""
        return _placeholders(self.nl)

    def fill(self, **parts: Localized) -> Localized:
        """The text in both languages, with these words in the places of its names."""
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
"""What somebody says of a limit or a rule: in both languages, or as it is (the name of a law, an address)."""


def localized(remark: TextOrStr, lang: Language) -> str:
    """A remark in a language."""
    return remark if isinstance(remark, str) else remark[lang]


def is_blank(remark: TextOrStr | None) -> bool:
    """Whether a remark says nothing."""
    return remark is None or not localized(remark, "nl").strip()


def same_in_both(words: str) -> Localized:
    """The same words in both languages: a name, a number, a code."""
    return Localized(nl=words, en=words)


def format_integer(whole: int, lang: Language) -> str:
    """1250000 as ``1.250.000`` (nl) or ``1,250,000`` (en); a year stays as it is."""
    written = f"{whole:,}" if abs(whole) >= 10_000 else str(whole)
    return written.replace(",", ".") if lang == "nl" else written


def format_decimal(value: float | Decimal, places: int, lang: Language) -> str:
    """A number with at most ``places`` decimals, without trailing zeros."""
    whole, _, fraction = f"{abs(value):.{places}f}".partition(".")
    fraction = fraction.rstrip("0")
    number = format_integer(int(whole), lang)
    sign = "-" if value < 0 and (fraction or int(whole)) else ""
    point = "," if lang == "nl" else "."
    return f"{sign}{number}{point + fraction if fraction else ''}"


def format_percent(value: float, lang: Language, places: int = 1) -> str:
    """0.245 as ``24,5%`` (nl) or ``24.5%`` (en)."""
    hundredfold = value * 100 if abs(value) < 1e300 else Decimal(value) * 100  # more than a float can hold
    return f"{format_decimal(hundredfold, places, lang)}%"


def format_money(cents: int, lang: Language) -> str:
    """125050 as ``€ 1.250,50`` (nl) or ``€1,250.50`` (en); whole euros without decimals."""
    euros, rest = divmod(abs(cents), 100)
    amount = f"{euros:,}" + (f".{rest:02d}" if rest else "")
    if lang == "nl":
        amount = amount.translate(str.maketrans(",.", ".,"))
    return f"{'-' if cents < 0 else ''}€{' ' if lang == 'nl' else ''}{amount}"


def format_date(day: date, lang: Language) -> str:
    """2019-03-01 as ``1 maart 2019`` (nl) or ``1 March 2019`` (en)."""
    return f"{day.day} {_MONTHS[lang].split()[day.month - 1]} {day.year:04}"


def localized_date(day: date) -> Localized:
    """A date in both languages."""
    return Localized(format_date(day, "nl"), format_date(day, "en"))


def format_bool(value: bool, lang: Language) -> str:
    """True as ``ja`` (nl) or ``yes`` (en)."""
    return {"nl": ("nee", "ja"), "en": ("no", "yes")}[lang][value]


def format_list(parts: list[str], lang: Language, word: Literal["and", "or"] = "and") -> str:
    """``a, b en c``."""
    joint = {"nl": {"and": "en", "or": "of"}, "en": {"and": "and", "or": "or"}}[lang][word]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


# What a terminal or a spreadsheet would take for more than text ------------------------------------------

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
    r"|\x1b(?!\[(?:0|1|(?:1;)?3[1235])m)"  # but for the colours of a report
)


def escape_control_characters(words: str) -> str:
    """Words without what steers a terminal or turns the order of letters: that is written as JSON writes it."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", words)


FORMULA_START = r"^['=+\-@\t\r]"
"""A cell that begins so may be a formula to a spreadsheet, or have the apostrophe that keeps it from being one."""
NUMBER_TEXT = r"[+-]?(?:[0-9]+|[.,][0-9]+)(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?"
"""The whole of a number in a column of text, such as -12, which is no formula."""
ESCAPED_START = r"^'(['=+\-@\t\r])"
"""How a cell begins that :func:`as_cell` put an apostrophe in front of."""


def escape_cell(text: str) -> str:
    """A text as a cell of CSV: a spreadsheet does not take it for a formula; :func:`from_cell` takes it back."""
    formula = re.match(FORMULA_START, text) and not re.fullmatch(NUMBER_TEXT, text)
    return f"'{text}" if formula else text


def unescape_cell(cell: str) -> str:
    """The text in a cell that :func:`as_cell` made."""
    return cell[1:] if re.match(ESCAPED_START, cell) else cell
