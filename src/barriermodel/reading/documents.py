"""Reads an item of evidence from a dossier, or from a TOML file that a person has typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from typing import Any

import attrs
import cattrs
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from ..domain.evidence import Evidence, Source
from ..domain.identifiers import Identifier
from ..domain.kinds import CONFIDENTIAL_VALUE_UNREADABLE, EvidenceKind, kind_of
from ..domain.values import Unexpected, unexpected
from ..errors import DefinitionError, DossierError
from ..source_location import call_site
from ..text import Localized
from .parsing import parse_toml
from .problems import keys_of
from .reader import Reader
from .structuring import new_converter, structure, unknown_name


@cache
def _shape(kind: EvidenceKind, with_id: bool) -> type[Any]:
    """Make an attrs class with the keys that an item of a kind has in a file."""
    optional: dict[str, Any] = {
        "about": Identifier | None,
        "source": Source | None,
        "issued_on": date | None,
        "obtained_on": date | None,
        "valid_until": date | None,
    }
    fields: dict[str, Any] = {name: attrs.field(type=hint, default=None) for name, hint in optional.items()}
    fields["kind"] = attrs.field(type=str, default=kind.id)
    fields["id"] = attrs.field(type=str) if with_id else attrs.field(type=str, default="")
    fields["facts"] = attrs.field(type=kind.cls)
    fields["notes"] = attrs.field(type=tuple[Localized, ...], default=())
    return attrs.make_class("Item", fields, kw_only=True, frozen=True)


def evidence_item(
    converter: cattrs.Converter, data: Any, kinds: Mapping[str, EvidenceKind], *, with_id: bool
) -> Evidence:
    """Read an item of evidence from a table with ``kind``, ``facts`` and the other keys.

    Args:
        converter: structures the item.
        data: the table.
        kinds: the known kinds, by id.
        with_id: whether ``id`` is required, as in a dossier.

    Raises:
        Exception: a tree of errors, for :func:`~barriermodel.reading.structuring.structure` to flatten.

    """
    if type(data) is not dict:
        raise unexpected("a table with kind, id and facts")
    kind = kinds.get(data["kind"]) if type(data.get("kind")) is str else None
    if kind is None:
        raise unknown_kind(data.get("kind"), kinds)
    try:
        shaped = converter.structure(data, _shape(kind, with_id))
    except Exception as error:
        if kind.confidential:
            raise _without_values(error) from None
        raise
    values = {a.name: getattr(shaped, a.name) for a in attrs.fields(type(shaped)) if a.name != "kind"}
    return Evidence(**values)


def unknown_kind(word: Any, kinds: Mapping[str, EvidenceKind]) -> Unexpected:
    """Return the error about an unknown kind, with the known ones."""
    none = "none: no plugin is loaded"
    wrong = unknown_name("kind of evidence", word, kinds, none)
    if word is not None:
        return wrong
    return Unexpected(wrong.expected, f"kind is required; known are {', '.join(sorted(kinds)) or none}")


_SHOWN_KEYS = frozenset({"kind", "id", "about"})
"""The keys of an item of a confidential kind whose values error messages may show."""


def _without_values(error: Exception, inside: bool = False) -> Exception:
    """Copy a tree of errors without the values and keys of the input, which are confidential."""
    notes = getattr(error, "__notes__", ())
    inside = inside or any(getattr(note, "name", "kind") not in _SHOWN_KEYS for note in notes)
    if isinstance(error, BaseValidationError):
        censored: Exception = error.derive([_without_values(inner, inside) for inner in error.exceptions])
    elif isinstance(error, ForbiddenExtraKeysError):
        censored = ValueError(
            f"an unknown key; it is not named, for it is confidential; known are {', '.join(keys_of(error.cl))}"
        )
    elif inside and isinstance(error, (ValueError, TypeError)):
        expected, got, _ = str(error).partition("; got ")
        censored = ValueError(f"{expected}; what was given is confidential" if got else CONFIDENTIAL_VALUE_UNREADABLE)
    else:
        return error
    for note in notes:
        censored.add_note(note)
    return censored


def manual_entry_reader(id: str, *kinds: type) -> Reader:
    r"""Create a reader of evidence that a person types: one item as TOML, with the keys of an item in a dossier.

    Args:
        id: the name by which ``dossier.toml`` selects it.
        *kinds: the evidence classes that a document may contain.

    Raises:
        DefinitionError: a class is not an evidence class.

    >>> from barriermodel.plugin import UNKNOWN, Fact, evidence
    >>> @evidence("diploma")
    ... class Diploma:
    ...     level: Fact[int] = UNKNOWN
    >>> reader = manual_entry_reader("diploma", Diploma)
    >>> reader.read(b'kind = "diploma"\nissued_on = 2025-06-01\nfacts = { level = 4 }')
    [Evidence('', diploma, 2025-06-01)]

    """
    for cls in kinds:
        if kind_of(cls) is None:
            message = f"Reader {id}: {cls!r} is no evidence class; decorate it with @evidence(…)."
            raise DefinitionError(message, call_site())
    return Reader(id=id, formats=("toml",), read=partial(_read_item, id, kinds))


def _read_item(where: str, kinds: tuple[type, ...], raw: bytes) -> list[Evidence]:
    """Read the item in a document. No closure: those cannot be pickled for another process."""
    return [structure(_converter(kinds), parse_toml(raw, where), Evidence, where, DossierError)]


@cache  # slow to make, quick to use; a folder of dossiers has thousands of documents
def _converter(kinds: tuple[type, ...]) -> cattrs.Converter:
    known = {kind.id: kind for kind in map(kind_of, kinds) if kind}
    converter = new_converter()
    converter.register_structure_hook(Evidence, lambda data, _: evidence_item(converter, data, known, with_id=False))
    return converter
