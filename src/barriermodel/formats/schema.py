"""JSON Schemas (2020-12) of the formats, made from the classes that read them."""

from __future__ import annotations

import enum
import re
import sys
import types
import typing
from collections.abc import Mapping
from datetime import date
from typing import Any, Union

import attrs

from ..domain.award import Award
from ..domain.evidence import ABSENT_REASONS, Requested, Source
from ..domain.facts import FactField, fact_fields, type_of_fact
from ..domain.identifiers import SCHEMES, Identifier, Scheme
from ..domain.kinds import EvidenceKind
from ..domain.provider import Provider
from ..domain.values import MAX_SAFE_INTEGER, Money
from ..profiles.profile import Dated, Profile
from ..reading.structuring import key_of
from ..rules.levels import Level, Status
from ..text import Localized
from . import dossier
from .schema_profile import MORE, NOT_SAID

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAYS = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
_LEAP = "[0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00"
_YEAR = "[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000"
# no look-ahead, which some validators do not have; and a length, for to some `$` is before a last newline too
_DATE = {"type": "string", "format": "date", "pattern": f"^(({_YEAR})-({_DAYS})|({_LEAP})-02-29)$", "maxLength": 10}
_AS_OF = {**_DATE, "allOf": [{"pattern": "^(158[3-9]|159[0-9]|1[6-9][0-9]{2}|2[01][0-9]{2})-"}]}
_SCALARS: dict[Any, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -MAX_SAFE_INTEGER, "maximum": MAX_SAFE_INTEGER},
    float: {"type": "number", "minimum": -sys.float_info.max, "maximum": sys.float_info.max},
    str: {"type": "string"},
    date: _DATE,
    # no multipleOf, for to most validators 0.07 is no multiple of 0.01
    Money: {
        "type": "number",
        "minimum": -MAX_SAFE_INTEGER / 100,
        "maximum": MAX_SAFE_INTEGER / 100,
        "description": "euros, with at most two decimals",
    },
    object: {},
    Any: {},
}
_NOT_SAID = (
    "What this schema cannot say, and the reader refuses: a number that fails the check of its register (the elfproef "
    "of an RSIN, the check digits of a LEI or VAT number); two different KvK numbers or RSINs of one provider; two "
    "items of evidence with one id; an amount with more than two decimals, or with three digits after the point, which "
    "may be thousands; a whole number that is written with a point or exponent (2024.0); a key that is given twice; "
    "half of a character (an unpaired surrogate); a file that is too large or too deep."
)


def _object(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "properties": dict(properties)}
    if required:
        found["required"] = required
    return found | {"additionalProperties": False}


def schema_of(annotation: Any) -> dict[str, Any]:
    """The schema of a type that ``strict`` reads."""
    fact = type_of_fact(annotation)
    if fact is not None:
        return _optional(schema_of(fact[0]))
    if annotation is Identifier:
        return _identifier()
    if annotation in (Level, Status):
        return {"enum": [member.key for member in annotation]}
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return {"enum": [member.value for member in annotation]}
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation == tuple[Dated, ...]:
        return {"anyOf": [schema_of(Dated), {"type": "array", "items": schema_of(Dated)}]}
    if origin is tuple:
        return {"type": "array", "items": schema_of(args[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(args[1])}
    if origin in (Union, types.UnionType) and Localized in args:
        remark = {"anyOf": [{"type": "string"}, _class(Localized)]}
        return {"anyOf": [*remark["anyOf"], {"type": "null"}]} if type(None) in args else remark
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(args[0]), {"type": "null"}]}
    return _class(annotation)


def _class(cls: type) -> dict[str, Any]:
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = [a for a in attrs.fields(cls) if a.init]
    properties = {key_of(a): schema_of(hints[a.name]) for a in fields}
    for name, field in fact_fields(cls).items():
        properties[name] = {**_optional(_of_fact(field)), "title": field.label.en, **_told(field)}
    found = _object(properties, [key_of(a) for a in fields if a.default is attrs.NOTHING])
    return {**found, **MORE[cls], "properties": properties} if cls in MORE else found


def _optional(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _of_fact(field: FactField) -> dict[str, Any]:
    """What a known fact can be."""
    ends = {"minimum": field.bounds.at_least, "maximum": field.bounds.at_most} if field.bounds else {}
    found = schema_of(field.type) | {name: end for name, end in ends.items() if end is not None}
    return {"type": "array", "items": found} if field.many else found


def _told(field: FactField) -> dict[str, Any]:
    """What becomes of a date outside its days: it is valid, and no bound of JSON Schema says what it means."""
    if field.plausible is None:
        return {}
    past = ", and not after as_of" if field.plausible.past else ""
    return {
        "description": f"from {field.plausible.first} to {field.plausible.last}{past}; any other is taken as unknown"
    }


def _known(field: FactField) -> dict[str, Any]:
    """That a fact is stated: there, not null, and no blank text."""
    said = {"pattern": r"\S"} if field.type is str and not field.many else {}
    return {"required": [field.name], "properties": {field.name: {"not": {"type": "null"}, **said}}}


def _identifier() -> dict[str, Any]:
    return {"oneOf": [_number(name, scheme) for name, scheme in SCHEMES.items()]}


def _number(name: str, scheme: Scheme) -> dict[str, Any]:
    longest = sum(int(count) for count in re.findall(r"([0-9]+)}", scheme.pattern))
    value = {"type": "string", "pattern": f"^{scheme.pattern}$", "maxLength": longest, "description": scheme.form}
    return _object({"scheme": {"const": name}, "value": value}, ["scheme", "value"])


def dossier_schema(kinds: Mapping[str, EvidenceKind]) -> dict[str, Any]:
    """The schema of a dossier, with the evidence kinds of the plugins that are installed."""
    provider = _class(Provider)
    provider["properties"]["identifiers"] = {"type": "array", "items": {"$ref": "#/$defs/identifier"}}
    known = {"enum": list(kinds)}
    absent = {"kind": known, "reason": {"enum": sorted(r.value for r in ABSENT_REASONS)}}
    requested = _class(Requested)
    requested["properties"]["kind"] = known
    text = _object({"nl": {"type": "string"}, "en": {"type": "string"}}, ["nl", "en"])
    notes = {"type": "array", "items": text}
    return {
        "$schema": DRAFT,
        "title": "barriermodel dossier",
        "description": _NOT_SAID,
        "$defs": {
            "identifier": _identifier(),
            "source": _class(Source),
            "provider": provider,
            "award": _class(Award),
        },
        **_object(
            {
                "schema": {"const": dossier.SCHEMA},
                "as_of": _AS_OF,
                "provider": {"$ref": "#/$defs/provider"},
                "award": {"$ref": "#/$defs/award"},
                "evidence": {
                    "type": "array",
                    "items": {"oneOf": [_evidence(kind, notes) for kind in kinds.values()]} if kinds else False,
                },
                "absent": {
                    "type": "array",
                    "items": _object(
                        {**absent, "source": _optional({"$ref": "#/$defs/source"}), "notes": notes}, ["kind", "reason"]
                    ),
                },
                "requested": {"type": "array", "items": requested},
            },
            ["schema", "as_of", "provider"],
        ),
    }


def _evidence(kind: EvidenceKind, notes: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "kind": {"const": kind.id},
        "id": {"type": "string"},
        "about": _optional({"$ref": "#/$defs/identifier"}),
        "source": _optional({"$ref": "#/$defs/source"}),
        "issued_on": _optional(_DATE),
        "obtained_on": _optional(_DATE),
        "valid_until": _optional(_DATE),
        "facts": {**_class(kind.cls), "anyOf": [_known(field) for field in fact_fields(kind.cls).values()]},
        "notes": notes,
    }
    return {"title": kind.title.en, **_object(properties, ["kind", "id", "facts"])}


def profile_schema() -> dict[str, Any]:
    """The schema of a profile: of its TOML read as data."""
    return {"$schema": DRAFT, "title": "barriermodel profile", "description": NOT_SAID, **_class(Profile)}
