"""Evidence as a person or other software writes it: one item in a dossier, or typed over in a file of its own."""

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
from ..text import Localized, Text
from .parsing import parse_toml
from .reader import Reader
from .structuring import keys_of, new_converter, structure, unknown_name


@cache
def _shape(kind: EvidenceKind, with_id: bool) -> type[Any]:
    """An attrs class with the keys that an item of a kind has in a file."""
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
    """One item of evidence from a table with ``kind``, ``facts`` and the rest."""
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
    """What is told of a kind that no plugin of the registry offers: with those that it has."""
    none = "none: no plugin is loaded"
    wrong = unknown_name("kind of evidence", word, kinds, none)
    if word is not None:
        return wrong
    return Unexpected(wrong.expected, f"kind is required; known are {', '.join(sorted(kinds)) or none}")


_TOLD = frozenset({"kind", "id", "about"})
"""The keys of an item of which an error tells what was given, where its kind is confidential."""


def _without_values(error: Exception, inside: bool = False) -> Exception:
    """A tree of errors without what was given, also as a key: what is withheld is not told in an error either."""
    notes = getattr(error, "__notes__", ())
    inside = inside or any(getattr(note, "name", "kind") not in _TOLD for note in notes)
    if isinstance(error, BaseValidationError):
        told: Exception = error.derive([_without_values(inner, inside) for inner in error.exceptions])
    elif isinstance(error, ForbiddenExtraKeysError):
        told = ValueError(
            f"an unknown key; it is not named, for it is confidential; known are {', '.join(keys_of(error.cl))}"
        )
    elif inside and isinstance(error, (ValueError, TypeError)):
        expected, got, _ = str(error).partition("; got ")
        told = ValueError(f"{expected}; what was given is confidential" if got else CONFIDENTIAL_VALUE_UNREADABLE)
    else:
        return error
    for note in notes:
        told.add_note(note)
    return told


def manual_entry_reader(id: str, title: Text, *kinds: type) -> Reader:
    """A reader of what was typed over by hand: one item of evidence as TOML, with the keys of a dossier's item.

    Args:
        id: the name by which a dossier folder chooses it.
        title: what documents it reads.
        kinds: the evidence classes of which one may stand in a document.

    Raises:
        DefinitionError: a class is no evidence class.

    """
    for cls in kinds:
        if kind_of(cls) is None:
            words = f"Reader {id}: {cls!r} is no evidence class; decorate it with @evidence(…)."
            raise DefinitionError(words, call_site())
    return Reader(id=id, title=title, formats=("toml",), read=partial(_read_item, id, kinds))


def _read_item(where: str, kinds: tuple[type, ...], raw: bytes) -> list[Evidence]:
    """The item in a document; no closure, so that a plugin can be sent to another process of a cluster."""
    return [structure(_converter(kinds), parse_toml(raw, where), Evidence, where, DossierError)]


@cache  # it takes far longer to make than to use, and a folder of dossiers has thousands of documents
def _converter(kinds: tuple[type, ...]) -> cattrs.Converter:
    known = {kind.id: kind for kind in map(kind_of, kinds) if kind}
    converter = new_converter()
    converter.register_structure_hook(Evidence, lambda data, _: evidence_item(converter, data, known, with_id=False))
    return converter
