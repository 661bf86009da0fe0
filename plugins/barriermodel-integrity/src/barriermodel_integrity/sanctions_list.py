"""Reads a list of OpenSanctions: ``targets.simple.csv`` or FtM JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import attrs

from barriermodel import DossierError, Problem

from .names import comparable_name

ORGANISATIONS = frozenset({"Organization", "Company", "LegalEntity", "PublicBody"})
"""Schemas that can be a provider."""
PERSON = "Person"
WHERE = "sanctions list"
NOT_STATED = "–"


@attrs.frozen(kw_only=True)
class Listed:
    """One entry of a list, as far as it is compared or shown."""

    id: str
    schema: str
    names: tuple[str, ...]
    comparable: tuple[str, ...] = attrs.field(
        init=False, default=attrs.Factory(lambda self: tuple(map(comparable_name, self.names)), takes_self=True)
    )
    countries: frozenset[str]
    identifiers: frozenset[str]
    regulation: str


@lru_cache(maxsize=1)
def read_list(raw: bytes) -> tuple[Listed, ...]:
    """The entries of a list, in its order. The last list is kept, for whoever screens many providers against it.

    Raises:
        DossierError: it is neither of the two formats, or an entry cannot be read.

    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong("", "expected text in UTF-8") from None
    try:
        found = tuple(_from_json_lines(text) if text.lstrip().startswith("{") else _from_csv(text))
    except csv.Error as error:
        raise _wrong("", f"expected targets.simple.csv or JSON lines; as CSV it cannot be read: {error}") from None
    if not found:
        raise _wrong("", "the list is empty: nobody can be screened against it")
    return found


def _wrong(path: str, message: str) -> DossierError:
    return DossierError(WHERE, [Problem(path, message)])


def _from_csv(text: str) -> Iterator[Listed]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = {"id", "schema", "name", "aliases", "countries", "identifiers"} - set(rows.fieldnames or ())
    if missing:
        raise _wrong("", f"expected targets.simple.csv or JSON lines; the columns {', '.join(sorted(missing))} lack")
    for row in rows:
        if not row["id"] or not row["name"] or row["identifiers"] is None:
            raise _wrong(f"line {rows.line_num}", "expected an id, a name and all columns; is the file complete?")
        yield Listed(
            id=row["id"],
            schema=row["schema"],
            names=(row["name"], *_many(row["aliases"])),
            countries=frozenset(_many(row["countries"])),
            identifiers=frozenset(map(comparable_number, _many(row["identifiers"]))),
            regulation="; ".join(_many(row.get("sanctions")) or _many(row.get("program_ids"))) or NOT_STATED,
        )


def _many(cell: str | None) -> list[str]:
    """The values of a cell: CSV within CSV, with semicolons."""
    values = next(csv.reader([cell], delimiter=";"), []) if cell else []
    return [value.strip() for value in values if value.strip()]


def _from_json_lines(text: str) -> Iterator[Listed]:
    entities = [_entity(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    regulations: dict[str, list[str]] = {}
    for entity in entities:
        if entity["schema"] == "Sanction":
            said = _values(entity, "program", "programId", "authority")[:1]
            for about in _values(entity, "entity"):
                regulations.setdefault(about, []).extend(said)
    for entity in entities:
        names = [entity.get("caption"), *_values(entity, "name", "alias", "weakAlias", "previousName", "abbreviation")]
        known = tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name.strip()))
        if entity.get("target") is False or entity["schema"] not in ORGANISATIONS | {PERSON} or not known:
            continue
        own = _values(entity, "program", "programId")
        yield Listed(
            id=entity["id"],
            schema=entity["schema"],
            names=known,
            countries=frozenset(_values(entity, "country", "jurisdiction", "mainCountry")),
            identifiers=frozenset(
                map(comparable_number, _values(entity, "registrationNumber", "leiCode", "vatCode", "taxNumber"))
            ),
            regulation="; ".join(dict.fromkeys(regulations.get(entity["id"], own))) or NOT_STATED,
        )


def _entity(line: str, number: int) -> dict[str, Any]:
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError):
        raise _wrong(f"line {number}", "expected one JSON object on each line") from None
    if type(entity) is not dict or not all(type(entity.get(key)) is str for key in ("id", "schema")):
        raise _wrong(f"line {number}", "expected an entity with an id and a schema")
    if type(entity.get("properties")) is not dict:
        raise _wrong(f"line {number}", "expected an entity with properties")
    return entity


def _values(entity: Mapping[str, Any], *properties: str) -> list[str]:
    found: Iterable[Any] = (value for name in properties for value in entity["properties"].get(name) or ())
    return [value for value in found if isinstance(value, str) and value.strip()]


def comparable_number(number: str) -> str:
    """A number without spaces, dots and hyphens, in capitals."""
    return "".join(sign for sign in number if sign.isalnum()).upper()
