"""A sanctions list, read strictly: one that is damaged or cut short is refused, for nobody is missed on it unseen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import attrs

from barriermodel.plugin import DossierError, Problem

from .names import comparable_name

ORGANISATION = "Organization"
PERSON = "Person"
WHERE = "sanctions list"
NOT_STATED = "–"
THINGS = frozenset(
    {"Address", "Airplane", "BankAccount", "CryptoWallet", "RealEstate", "Security", "Vehicle", "Vessel"}
)
"""What can be on a list and is no provider. Any other word, also one that is not known, is compared."""


@attrs.frozen(kw_only=True)
class Listed:
    """One entry of a list, as far as it is compared or shown."""

    id: str
    schema: str
    """What it is, in the words of OpenSanctions: a Person, an Organization, a Vessel, …"""
    names: tuple[str, ...]
    """The main name first; none where the list states none."""
    comparable: tuple[tuple[str, str], ...] = attrs.field(
        init=False, default=attrs.Factory(lambda self: tuple(_comparable(self.names)), takes_self=True)
    )
    """The names that can be compared, each as it is compared and as the list has it."""
    countries: frozenset[str]
    """Codes of two small letters."""
    identifiers: frozenset[str]
    regulation: str

    @property
    def main_name(self) -> str:
        """The name to show; where there is none, the id."""
        return self.names[0] if self.names else self.id


def _comparable(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for name in names:
        if plain := comparable_name(name):
            first.setdefault(plain, name)
    return iter(first.items())


@attrs.frozen(kw_only=True)
class SanctionsList:
    """The entries of a list, in its order."""

    listed: tuple[Listed, ...]
    size: int
    """What was read: rows of a CSV without its header, lines of JSON lines, entries of an XML."""
    shows_its_end: bool
    """Whether a list that was cut short cannot be read. One of rows or lines that was cut between two looks whole."""

    def check_size(self, stated: int | None) -> None:
        """Compare the size with what the source of the list states.

        Raises:
            DossierError: it is another; or none is stated and the list does not show its end.

        """
        if stated is None and not self.shows_its_end:
            raise wrong(
                "",
                f"{self.size} entries were read, but a list of this format does not show where it ends: one that was "
                "cut short looks whole. State how many it has (entries=), as its source says",
            )
        if stated not in (None, self.size):
            raise wrong(
                "", f"{self.size} entries were read and {stated} were stated: the list is not whole, or another"
            )


def wrong(path: str, message: str) -> DossierError:
    """What is the matter with a list, and where."""
    return DossierError(WHERE, [Problem(path, message)])


def csv_rows(text: str, delimiter: str, needed: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV by column, each with the number of its (last) line.

    A quote without a partner and a last line without an end are refused first: each hides entries, and the rows that
    are left may fit.
    """
    if text.count('"') % 2:
        raise wrong("", 'a quote (") lacks its partner, so that entries may be hidden in another; get the list again')
    if not text.endswith("\n"):
        raise wrong("", "the last line has no end: the list was cut short; get it again")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = next(rows, [])
    missing = [column for column in needed if header.count(column) != 1]
    if missing:
        expected = "expected targets.simple.csv, JSON lines, or the EU's list as XML or CSV"
        raise wrong("line 1", f"{expected}; as CSV it lacks a column, or has it twice: {', '.join(missing)}")
    for row in rows:
        if row and len(row) != len(header):
            raise wrong(f"line {rows.line_num}", f"expected {len(header)} cells, got {len(row)}; get the list again")
        if row:
            yield rows.line_num, dict(zip(header, row, strict=True))


def comparable_number(number: str) -> str:
    """A number without spaces, dots and hyphens, in capitals."""
    return "".join(sign for sign in number if sign.isalnum()).upper()
