"""Text by language, and how each language writes money, dates, numbers and lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import copy_context
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Literal, TypeAlias, Union

from .cldr import is_language, locale_of, write_date, write_euros, write_list, write_number, write_percentage
from .objects import Uncopied, represent

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


class Localized(Uncopied, Mapping[Language, str]):
    """A text for people, ready to show: a mapping from the tag of a language to the text in it.

    It always has Dutch and English. A language that it lacks can be asked for as well: then it is said in Dutch.

    Args:
        nl: the Dutch text.
        en: the English text.
        **others: the text in other languages, by tag.

    Raises:
        ValueError: a tag is not that of a language.

    >>> turnover = Localized("omzet", "turnover", fr="chiffre d'affaires")
    >>> turnover["fr"], list(turnover)
    ("chiffre d'affaires", ['nl', 'en', 'fr'])

    """

    __slots__ = ("_compose", "_texts")

    def __init__(self, /, nl: str, en: str, **others: str) -> None:
        wrong = next((tag for tag in others if not is_language(tag)), None)
        if wrong is not None:
            raise ValueError(f"expected nl, en or the tag of another language, such as fr; got {wrong!r}")
        self._texts: Mapping[Language, str] = {"nl": nl, "en": en, **others}
        self._compose: Callable[[Language], str] = lambda _: nl

    def __getitem__(self, lang: Language) -> str:
        if lang in self._texts:
            return self._texts[lang]
        check_language(lang)
        return self._compose(lang)

    def __iter__(self) -> Iterator[Language]:
        return iter(self._texts)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, lang: object) -> bool:
        return any(lang == own for own in self)

    def get(self, lang: Language, default: Any = None) -> Any:
        """Return the text in a language if it has that itself, and otherwise the default."""
        return dict(self).get(lang, default)

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def __repr__(self) -> str:
        return represent(
            self, *(f"{lang}={text if len(text) <= 45 else text[:44] + '…'!r}" for lang, text in self.items())
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), **self), ()

    @property
    def nl(self) -> str:
        """The text in Dutch."""
        return self["nl"]

    @property
    def en(self) -> str:
        """The text in English."""
        return self["en"]


def composed(write: Callable[[Language], str]) -> Localized:
    """Make a text of a function that writes it in a language.

    Dutch and English are written now; any other language, which it does not have itself, when it is asked for, with the
    words files that count now. Once pickled, it is said in Dutch instead.

    >>> composed(lambda lang: format_percent(0.245, lang))["nl"]
    '24,5%'

    """
    text, context = Localized(*map(write, LANGUAGES)), copy_context()
    text._compose = lambda lang: context.copy().run(write, lang)  # a context cannot be entered twice
    return text


TextOrStr: TypeAlias = Union[str, Localized]  # noqa: UP007  # an alias that is read at run time
"""A text by language, or one that is the same in all, such as the name of a law or an address."""


def localized(text: TextOrStr, lang: Language) -> str:
    """Return a text in one language."""
    return text if isinstance(text, str) else text[lang]


def is_blank(text: TextOrStr | None) -> bool:
    """Return whether a text is missing, or only white space."""
    return text is None or not localized(text, "nl").strip()


def same_in_both(text: str) -> Localized:
    """Use one text for all languages: a name, a number, a code."""
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
    """Format a date in each language."""
    return composed(partial(format_date, day))


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
