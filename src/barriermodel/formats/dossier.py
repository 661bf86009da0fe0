"""Dossiers in files: one JSON file, or a folder with raw documents."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
import cattrs

from ..domain.award import Award
from ..domain.dossier import Dossier
from ..domain.evidence import Absent, Evidence, Requested, Source, SourceType
from ..domain.facts import fact_fields
from ..domain.identifiers import Identifier
from ..domain.kinds import EvidenceKind
from ..domain.provider import Provider
from ..domain.unknown import UNKNOWN
from ..domain.values import to_json
from ..errors import DossierError, Problem
from ..files import read_given, read_inside
from ..profiles.registry import Registry, or_installed
from ..reading.documents import evidence_item, unknown_kind
from ..reading.parsing import DuplicateKeyError, parse_json, parse_toml
from ..reading.reader import Read
from ..reading.structuring import new_converter, structure
from ..rules.derived import describe_error
from ..rules.plugin_code import PLUGIN_CODE
from .sources import JsonSource, normalize_source

SCHEMA = "barriermodel/dossier/1"
DOSSIER = "dossier.toml"
"""The file that makes a folder a dossier."""


# Reading ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Document:
    """A raw document in a folder, and the reader for it."""

    file: str
    reader: str
    obtained_on: date | None = None


@attrs.frozen(kw_only=True)
class _Folder:
    """The contents of ``dossier.toml``."""

    as_of: date
    provider: Provider
    award: Award = attrs.field(factory=Award)
    documents: tuple[_Document, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    absent: tuple[Absent, ...] = ()
    requested: tuple[Requested, ...] = ()


def load_dossier(source: JsonSource, registry: Registry | None = None) -> Dossier:
    """Load a dossier from a JSON file or a folder, or from JSON in memory.

    Args:
        source: the path of a file (a pipe, or ``-`` for standard input, is a file too) or of a folder, in which only
            ordinary files are read; or the JSON itself, as bytes, as text that begins with ``{``, or parsed. An amount
            that was parsed as a float is refused, since a float does not keep how it was written. Pass input from
            strangers as bytes, which are never taken for a path.
        registry: the plugins whose evidence kinds and readers it may use; by default those that are installed.

    Raises:
        DossierError: it is not a valid dossier; the error lists every problem with its path.
        TypeError: the source is of another type.

    Example:
        >>> load_dossier('{"schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provider": {}}').as_of
        datetime.date(2026, 1, 15)

    """
    registry = or_installed(registry)
    given = normalize_source(source)
    if isinstance(given, bytes):
        return read_dossier(given, registry)
    if isinstance(given, dict):
        return _from_data(given, registry, "dossier")
    path = given.parent if given.name == DOSSIER else given
    if os.path.isdir(path):
        return _load_folder(path, registry)
    return read_dossier(read_given(path, str(path)), registry, str(path))


def read_dossier(raw: bytes, registry: Registry, where: str = "dossier") -> Dossier:
    """Read a dossier from the bytes of its JSON; raises what :func:`load_dossier` raises."""
    try:
        data = parse_json(raw, where)
    except DossierError as error:
        raise _without_key(error, raw, registry) from None
    return _from_data(data, registry, where)


def _from_data(data: Any, registry: Registry, where: str) -> Dossier:
    if type(data) is not dict:
        raise DossierError.one(where, "expected a JSON object with schema, as_of, provider and evidence")
    schema = data.pop("schema", None)
    if schema is None:
        message = f"this is no dossier: a dossier has schema = {SCHEMA!r}; a raw document is named in a dossier.toml"
        raise DossierError(where, [Problem("schema", message, repr(SCHEMA))])
    if schema != SCHEMA:
        got = repr(schema[:40]) if isinstance(schema, str) else "no text"
        raise DossierError(where, [Problem("schema", f"expected {SCHEMA!r}; got {got}", repr(SCHEMA))])
    return structure(_converter(tuple(registry.kinds.values())), data, Dossier, where)


def _without_key(error: DossierError, raw: bytes, registry: Registry) -> DossierError:
    """Leave out the name of a duplicate key if it may be part of confidential facts."""
    if isinstance(error.__cause__, DuplicateKeyError) and any(id.encode() in raw for id in registry.confidential):
        message = "a key is given twice in one object; it is not named, for there is confidential evidence"
        return DossierError(error.where, [Problem("", message)])
    return error


@lru_cache(maxsize=4)  # making a converter takes far longer than using it
def _converter(known: tuple[EvidenceKind, ...]) -> cattrs.Converter:
    kinds = {kind.id: kind for kind in known}
    converter = new_converter()
    converter.register_structure_hook(Evidence, lambda d, _: evidence_item(converter, d, kinds, with_id=True))
    for cls in (Absent, Requested):
        _register_known_kind(converter, cls, kinds)
    return converter


def _register_known_kind(converter: cattrs.Converter, cls: type, kinds: Mapping[str, EvidenceKind]) -> None:
    inner = converter.get_structure_hook(cls)

    def structure_known(data: Any, target: Any) -> Any:
        found = inner(data, target)
        if found.kind not in kinds:
            raise unknown_kind(found.kind, kinds)
        return found

    converter.register_structure_hook(cls, structure_known)


def _load_folder(path: Path, registry: Registry) -> Dossier:
    where = str(path / DOSSIER)
    if not os.path.lexists(path / DOSSIER):
        raise DossierError.one(where, "the file cannot be read: there is none; a dossier's folder has one")
    data = parse_toml(read_inside(path / DOSSIER, path, where), where)
    folder = structure(_converter(tuple(registry.kinds.values())), data, _Folder, where)
    read: list[Read] = []
    problems: list[Problem] = []
    for i, document in enumerate(folder.documents):
        try:
            read += _read_document(path, document, registry)
        except DossierError as error:
            name = f"{error.where}: " if error.where else ""
            problems += [Problem(f"documents[{i}]", f"{name}{p}", p.expected) for p in error.problems]
    if problems:
        raise DossierError(where, problems)
    try:
        return Dossier(
            as_of=folder.as_of,
            provider=folder.provider,
            award=folder.award,
            evidence=(*folder.evidence, *(item for item in read if isinstance(item, Evidence))),
            absent=(*folder.absent, *(item for item in read if isinstance(item, Absent))),
            requested=(*folder.requested, *(item for item in read if isinstance(item, Requested))),
        )
    except ValueError as error:
        raise DossierError.one(where, str(error), "documents") from None


def _read_document(folder: Path, document: _Document, registry: Registry) -> list[Read]:
    name = document.file
    reader = registry.readers.get(document.reader)
    if reader is None:
        known = (
            f"one of {', '.join(sorted(registry.readers))}" if registry.readers else "nothing: no reader is installed"
        )
        raise DossierError(name, [Problem("", registry.why_missing("reader", document.reader), known)])
    if Path(name).suffix.lstrip(".").lower() not in reader.formats:
        raise DossierError.one(name, f"reader {reader.id!r} takes {', '.join(reader.formats)}")
    raw = read_inside(folder / name, folder, name)
    try:
        with PLUGIN_CODE:
            found = list(reader.read(raw))
    except DossierError as error:
        raise DossierError(name, error.problems) from None
    except Exception as error:  # a bug in a reader is reported as a problem of this document
        raise DossierError.one(name, f"reader {reader.id!r} failed: {describe_error(error)}") from None
    wrong = [thing for thing in found if type(thing) not in (Evidence, Absent, Requested)]
    if wrong:
        raise DossierError.one(name, f"reader {reader.id!r} gave a {type(wrong[0]).__name__}, which is no evidence")
    digest = sha256(raw).hexdigest()
    return [_completed(item, i, len(found), document, digest) for i, item in enumerate(found)]


def _completed(item: Read, number: int, count: int, document: _Document, digest: str) -> Read:
    if isinstance(item, Requested):
        return item
    source = attrs.evolve(item.source or Source(type=SourceType.DOCUMENT), sha256=digest)
    if isinstance(item, Absent):
        return attrs.evolve(item, source=source)
    own = item.id or (document.file if count == 1 else f"{document.file}#{number + 1}")
    return attrs.evolve(item, id=own, source=source, obtained_on=item.obtained_on or document.obtained_on)


# Writing ----------------------------------------------------------------------------------------------


def dump_dossier(dossier: Dossier) -> str:
    """Write a dossier as JSON; loading that gives an equal dossier.

    Example:
        >>> from datetime import date
        >>> from barriermodel import Dossier, Provider
        >>> dossier = Dossier(as_of=date(2026, 1, 15), provider=Provider(name="Stichting Voorbeeld"))
        >>> load_dossier(dump_dossier(dossier)) == dossier
        True

    """
    return json.dumps(dossier_as_data(dossier), ensure_ascii=False, indent=1) + "\n"


def dossier_as_data(dossier: Dossier) -> dict[str, Any]:
    """Convert a dossier to JSON data; what is unknown is left out."""
    return {
        "schema": SCHEMA,
        "as_of": dossier.as_of.isoformat(),
        "provider": provider_as_data(dossier.provider),
        "award": facts_as_data(dossier.award),
        "evidence": [evidence_as_data(item) for item in dossier.evidence],
        "absent": [_without_empty(item) for item in dossier.absent],
        "requested": [_without_empty(item) for item in dossier.requested],
    }


def provider_as_data(provider: Provider) -> dict[str, Any]:
    """Convert a provider to JSON data."""
    identifiers = [attrs.asdict(identifier) for identifier in provider.identifiers]
    facts = facts_as_data(provider)
    return {**({"name": facts.pop("name")} if "name" in facts else {}), "identifiers": identifiers, **facts}


def facts_as_data(holder: Any) -> dict[str, Any]:
    """Convert the known facts of an instance to JSON data."""
    found = {name: getattr(holder, name) for name in fact_fields(type(holder))}
    return {name: fact_as_data(value) for name, value in found.items() if value is not UNKNOWN}


def fact_as_data(value: Any) -> Any:
    """Convert the value of a fact to JSON data."""
    if isinstance(value, tuple):
        return [fact_as_data(member) for member in value]
    return facts_as_data(value) if attrs.has(type(value)) and fact_fields(type(value)) else to_json(value)


def evidence_as_data(item: Evidence) -> dict[str, Any]:
    """Convert an item of evidence to JSON data."""
    names = ("id", "about", "issued_on", "obtained_on", "valid_until", "source")
    found = {"kind": item.kind.id, **_without_empty(item, names), "facts": facts_as_data(item.facts)}
    return found | _without_empty(item, ("notes",))


def _without_empty(holder: Any, names: Iterable[str] = ()) -> dict[str, Any]:
    """Convert these fields, by default all, of an attrs instance to JSON data; leave out those without a value."""
    values = {name: getattr(holder, name) for name in names or (field.name for field in attrs.fields(type(holder)))}
    return {
        name: _without_empty(value) if isinstance(value, (Source, Identifier)) else to_json(value)
        for name, value in values.items()
        if value is not None and value != ()
    }
