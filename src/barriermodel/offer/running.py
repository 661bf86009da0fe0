"""Which contracts run on a day, and what may be said of them to everyone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any, Literal, TypeAlias

import attrs

from barriermodel import LegalForm
from barriermodel.analysis.facts import is_plausible, why_invalid
from barriermodel.analysis.pages import render
from barriermodel.analysis.text import Language, check_language, fold
from barriermodel.plugin import SOLE_TRADER_FORMS

COLUMNS: Mapping[str, type] = {
    "name": str, "kvk": str, "service": str, "municipality": str, "from": date, "until": date, "running": bool,
    "certificate": bool, "certificate_until": date, "address": str, "legal_form": LegalForm,
}  # fmt: skip
"""What a row of contracts may hold, by the name that it has in a map."""
NEEDED = ("name", "kvk", "service", "municipality", "from", "until")
"""What it must hold to be shown."""
Row: TypeAlias = Mapping[str, Any]
"""A contract of one provider for one service in one municipality, by :data:`COLUMNS`; None is unknown."""
Certificate: TypeAlias = Literal["demanded", "all_valid"]
_TYPES = {str: "text", date: "a date without a time", bool: "True or False"}
_WITH_ADDRESS = {form.value for form in LegalForm if form not in SOLE_TRADER_FORMS}


@attrs.frozen(kw_only=True)
class Entry:
    """A line of the page.

    Args:
        until: the last day of the contract.
        address: None if there is none, or if it may be where a person lives.

    """

    service: str
    municipality: str
    name: str
    kvk: str
    until: date
    address: str | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """The place on the page: an alphabet, without capitals and accents, and then whatever else differs."""
        words = self.service, self.municipality, self.name
        return *map(_alphabetical, words), self.kvk, self.until, self.address or ""


@attrs.frozen
class Offer:
    """The contracts that run on a day.

    Args:
        entries: in the order of the alphabet by service, municipality and name.
        certificate: what may be said of certificates: that the municipality demands one of every provider, or that
            every provider on the page has a valid one; None if neither is so.

    """

    as_of: date
    entries: tuple[Entry, ...]
    certificate: Certificate | None = None

    def html(self, lang: Language = "nl") -> str:
        """The page that shows it: HTML in one file, without a script.

        Raises:
            MissingExtraError: Jinja2 is not installed.
            ValueError: there is no such language.

        """
        check_language(lang)
        places = sorted({entry.municipality for entry in self.entries}, key=_alphabetical)
        services = [(name, list(entries)) for name, entries in groupby(self.entries, lambda entry: entry.service)]
        return render("offer", lang, offer=self, places=places, services=services)


def offer_on(as_of: date, rows: Iterable[Row], *, certificate_demanded: bool = False) -> Offer:
    """The contracts that certainly run on a day.

    Args:
        rows: those that are suspended, have ended or may not run leave no trace; :func:`problem_of` tells of the last.
        certificate_demanded: say that the municipality demands a certificate of every provider.

    >>> row = {"name": "Zorg BV", "kvk": "01234567", "service": "Begeleiding", "municipality": "Borne"}
    >>> offer_on(date(2026, 1, 15), [row | {"from": date(2025, 1, 1), "until": date(2026, 1, 15)}]).entries[0].name
    'Zorg BV'

    """
    shown = [row for row in rows if problem_of(row, as_of) is None and not is_over(row, as_of)]
    entries = sorted({*map(_entry, shown)}, key=lambda entry: entry.order)
    certificate: Certificate | None = "demanded" if certificate_demanded else None
    if certificate is None and all(_has_certificate(row, as_of) for row in shown):
        certificate = "all_valid"
    return Offer(as_of, tuple(entries), certificate if entries else None)


def is_over(row: Row, as_of: date) -> bool:
    """Whether a contract certainly does not run on a day: it was suspended, has ended or has yet to begin."""
    first, last = _day(row, "from"), _day(row, "until")
    return row.get("running") is False or (first is not None and first > as_of) or (last is not None and last < as_of)


def problem_of(row: Row, as_of: date) -> str | None:
    """Why a contract that may run on a day is not shown; None if it is, or if it certainly does not run."""
    if is_over(row, as_of):
        return None
    for column in (*NEEDED, "running"):
        value = row.get(column, True if column == "running" else None)
        if value is None or not str(value).strip():
            return f"{column}: this is empty"
        if type(value) is not COLUMNS[column]:  # such as 0 or a word for a contract that was suspended
            return f"{column}: expected {_TYPES[COLUMNS[column]]}; got {value!r}"
        if type(value) is date and not is_plausible(value):
            return f"{column}: {value} stands for no date at all; write the real date"
    wrong = why_invalid("NL-KVK", row["kvk"].strip())
    return wrong and f"kvk: {wrong}"


def _day(row: Row, column: str) -> date | None:
    day = row.get(column)
    return day if type(day) is date and is_plausible(day) else None


def _entry(row: Row) -> Entry:
    address = row.get("address") if row.get("legal_form") in _WITH_ADDRESS else None
    return Entry(
        service=_clean(row["service"]), municipality=_clean(row["municipality"]), name=_clean(row["name"]),
        kvk=row["kvk"].strip(), until=row["until"], address=_clean(address or "") or None,
    )  # fmt: skip


def _clean(words: str) -> str:
    """Words with single spaces, so that a service or municipality with another is not another one."""
    return " ".join(words.split())


def _alphabetical(word: str) -> tuple[str, str]:
    return fold(word), word


def _has_certificate(row: Row, as_of: date) -> bool:
    last = _day(row, "certificate_until")
    return row.get("certificate") is True and last is not None and last >= as_of
