"""A sanctions list, read strictly: a damaged or truncated list is refused, since a missing entry would go unnoticed."""

import csv
import io
from collections.abc import Iterable, Iterator

import attrs

from barriermodel.plugin import DossierError

from .names import comparable_name

ORGANISATION = "Organization"
PERSON = "Person"
WHERE = "sanctions list"
NOT_STATED = "–"
THINGS = frozenset(
    {"Address", "Airplane", "BankAccount", "CryptoWallet", "RealEstate", "Security", "Vehicle", "Vessel"}
)
"""What can be on a list and cannot be a provider. Any other word, even an unknown one, is compared."""


@attrs.frozen(kw_only=True)
class Listed:
    """One entry of a list: the parts that are compared or shown."""

    id: str
    schema: str
    """What it is, in the words of OpenSanctions: a Person, an Organization, a Vessel, …"""
    names: tuple[str, ...]
    """The main name first; none where the list states none."""
    comparable: tuple[tuple[str, str], ...] = attrs.field(
        init=False, default=attrs.Factory(lambda self: tuple(_comparable(self.names)), takes_self=True)
    )
    """The names that can be compared, each in its comparable form and as written on the list."""
    countries: frozenset[str]
    """Codes of two lower-case letters."""
    identifiers: frozenset[str]
    regulation: str

    @property
    def main_name(self) -> str:
        """The name to show, or the id if there is no name."""
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
    """Whether a truncated list is unreadable. One of rows or lines that was cut between two of them looks complete."""

    def check_size(self, stated: int | None) -> None:
        """Compare the size with what the source of the list states.

        Raises:
            DossierError: the two differ; or none is stated, and the list does not show where it ends.

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
    """Make an error about a list, with the place in it."""
    return DossierError.one(WHERE, message, path)


def csv_rows(text: str, delimiter: str, needed: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV by column, each with the number of its (last) line.

    An unpaired quote and a last line without an end are refused first: each hides entries, while the remaining rows may
    still be well formed.
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
    """Normalise a number: no spaces, dots or hyphens, in capitals."""
    return "".join(sign for sign in number if sign.isalnum()).upper()
