"""The lists of OpenSanctions: ``targets.simple.csv`` and FtM JSON lines."""

import csv
import json
from collections.abc import Iterable, Mapping
from typing import Any

from .sanctions_list import NOT_STATED, ORGANISATION, PERSON, Listed, SanctionsList, comparable_number, csv_rows, wrong

_PARTIES = frozenset({ORGANISATION, "Company", "LegalEntity", "PublicBody", PERSON})
_COLUMNS = ("id", "schema", "name", "aliases", "countries", "identifiers")
_REGULATIONS = ("sanctions", "program_ids")


def read_targets(text: str) -> SanctionsList:
    """Read ``targets.simple.csv``, with a row for each entry."""
    rows = list(csv_rows(text, ",", _COLUMNS))
    return SanctionsList(
        listed=tuple(_of_row(number, row) for number, row in rows), size=len(rows), shows_its_end=False
    )


def _of_row(number: int, row: Mapping[str, str]) -> Listed:
    if not row["id"] or not row["schema"].isalpha():
        raise wrong(f"line {number}", "expected an id and a schema; get the list again")
    regulation = next((found for column in _REGULATIONS if (found := _many(row.get(column)))), [NOT_STATED])
    return Listed(
        id=row["id"],
        schema=row["schema"],
        names=tuple(filter(str.strip, (row["name"], *_many(row["aliases"])))),
        countries=frozenset(map(str.lower, _many(row["countries"]))),
        identifiers=frozenset(map(comparable_number, _many(row["identifiers"]))),
        regulation="; ".join(regulation),
    )


def _many(cell: str | None) -> list[str]:
    """Split the values of a cell, which is CSV within CSV, with semicolons."""
    values = next(csv.reader([cell], delimiter=";", strict=True), []) if cell else []
    return [value.strip() for value in values if value.strip()]


def read_entities(text: str) -> SanctionsList:
    """Read FtM JSON lines: entries, and the sanctions and addresses that belong to them."""
    entities = [_entity(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    regulations: dict[str, list[str]] = {}
    for entity in entities:
        if entity["schema"] == "Sanction":
            said = _values(entity, "program", "programId", "authority")[:1]
            for about in _values(entity, "entity"):
                regulations.setdefault(about, []).extend(said)
    listed = tuple(_of_entity(entity, regulations) for entity in entities if _is_listed(entity))
    return SanctionsList(listed=listed, size=len(entities), shows_its_end=False)


def _is_listed(entity: Mapping[str, Any]) -> bool:
    return entity.get("target") is not False and (entity["schema"] in _PARTIES or bool(_names(entity)))


def _of_entity(entity: Mapping[str, Any], regulations: Mapping[str, list[str]]) -> Listed:
    own = _values(entity, "program", "programId")
    return Listed(
        id=entity["id"],
        schema=entity["schema"],
        names=_names(entity),
        countries=frozenset(map(str.lower, _values(entity, "country", "jurisdiction", "mainCountry"))),
        identifiers=frozenset(
            map(comparable_number, _values(entity, "registrationNumber", "leiCode", "vatCode", "taxNumber"))
        ),
        regulation="; ".join(dict.fromkeys(regulations.get(entity["id"], own))) or NOT_STATED,
    )


def _names(entity: Mapping[str, Any]) -> tuple[str, ...]:
    stated = [entity.get("caption"), *_values(entity, "name", "alias", "weakAlias", "previousName", "abbreviation")]
    return tuple(dict.fromkeys(name for name in stated if isinstance(name, str) and name.strip()))


def _entity(line: str, number: int) -> dict[str, Any]:
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError):
        raise wrong(f"line {number}", "expected one JSON object on each line") from None
    if type(entity) is not dict or not all(type(entity.get(key)) is str for key in ("id", "schema")):
        raise wrong(f"line {number}", "expected an entity with an id and a schema")
    if type(entity.get("properties")) is not dict:
        raise wrong(f"line {number}", "expected an entity with properties")
    return entity


def _values(entity: Mapping[str, Any], *properties: str) -> list[str]:
    found: Iterable[Any] = (value for name in properties for value in entity["properties"].get(name) or ())
    return [value for value in found if isinstance(value, str) and value.strip()]
