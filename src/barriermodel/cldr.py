"""How languages besides Dutch and English write dates, numbers and amounts: as the CLDR says, by Babel."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from .extras import require

TAG = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""The form of the tag of a language: ``fr``, ``fr-BE``."""


def is_language(tag: str) -> bool:
    """Return whether a text may have this tag: it is that of a language, or, without Babel, has the form of one."""
    if not TAG.fullmatch(tag):
        return False
    try:
        from babel import Locale
    except ModuleNotFoundError:
        return True
    return tag.partition("-")[0] in Locale("en").languages


@cache
def locale_of(lang: str) -> Any:
    """Return the locale of a language.

    Raises:
        MissingExtraError: Babel is not installed.
        ValueError: there is no such language.

    """
    require("languages", f"the language {lang!r} needs {{}}", "babel")
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"lang is nl, en or the tag of another language, such as fr; got {lang!r}") from None


def write_date(day: date, lang: str) -> str:
    """Write a date in full."""
    from babel.dates import format_date

    return str(format_date(day, "long", locale=locale_of(lang)))


def write_number(value: float | Decimal, places: int, lang: str) -> str:
    """Write a number with at most so many decimals."""
    from babel.numbers import format_decimal

    return str(format_decimal(round(Decimal(str(value)), places).normalize(), locale=locale_of(lang)))


def write_percentage(percentage: float | Decimal, places: int, lang: str) -> str:
    """Write a percentage with at most so many decimals."""
    from babel.numbers import format_percent

    pattern = str(locale_of(lang).percent_formats.get(None).pattern)
    whole = pattern.partition(";")[0].replace("#,##0", f"#,##0.{'#' * places}")
    return str(format_percent(Decimal(str(percentage)) / 100, format=whole, locale=locale_of(lang)))


def write_euros(cents: int, lang: str) -> str:
    """Write an amount in euros; whole euros get no decimals."""
    from babel.numbers import format_currency

    locale, whole = locale_of(lang), cents % 100 == 0
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "") if whole else None
    amount = Decimal(cents) / 100
    return str(format_currency(amount, "EUR", locale=locale, currency_digits=not whole, format=pattern))


def write_list(parts: list[str], lang: str, word: Literal["and", "or"]) -> str:
    """Join words with commas and a conjunction."""
    from babel.lists import format_list

    return str(format_list(parts, "standard" if word == "and" else "or", locale=locale_of(lang)))


def plural_form(number: int | float, lang: str) -> str:
    """Return the plural category of a number."""
    return str(locale_of(lang).plural_form(number))
