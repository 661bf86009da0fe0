"""JSON Schemas (2020-12) of the formats, made from the classes that read them."""

from __future__ import annotations

import enum
import types
import typing
from collections.abc import Mapping
from datetime import date
from typing import Any, Union

import attrs

from ..domain.award import Award
from ..domain.evidence import ABSENT_REASONS, Requested, Source
from ..domain.facts import FactField, fact_fields, type_of_fact
from ..domain.identifiers import SCHEMES
from ..domain.kinds import Kind, Supplier
from ..domain.provider import Provider
from ..domain.unknown import Reason
from ..domain.values import LARGEST, Money
from ..pipeline.profile import Dated, Profile
from ..rules.levels import Concern, Level, Moment, Status
from ..strict import key_of
from ..text import Words
from . import assessment, dossier

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DATE = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_AS_OF = {**_DATE, "pattern": "^(158[3-9]|159[0-9]|1[6-9][0-9]{2}|2[01][0-9]{2})-[0-9]{2}-[0-9]{2}$"}
_SCALARS: dict[Any, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST},
    float: {"type": "number"},
    str: {"type": "string"},
    date: _DATE,
    Money: {"type": "number", "description": "euros, with at most two decimals"},
    object: {},
    Any: {},
}


def _object(properties: Mapping[str, Any], required: list[str], *, closed: bool = True) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "properties": dict(properties)}
    if required:
        found["required"] = required
    return found | ({"additionalProperties": False} if closed else {})


def schema_of(annotation: Any) -> dict[str, Any]:
    """The schema of a type that ``strict`` reads."""
    fact = type_of_fact(annotation)
    if fact is not None:
        return {"anyOf": [schema_of(fact[0]), {"type": "null"}]}
    if annotation is Level:
        return {"enum": [level.key for level in Level]}
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
    if origin in (Union, types.UnionType) and Words in args:
        remark = {"anyOf": [{"type": "string"}, _class(Words)]}
        return {"anyOf": [*remark["anyOf"], {"type": "null"}]} if type(None) in args else remark
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(args[0]), {"type": "null"}]}
    return _class(annotation)


def _class(cls: type) -> dict[str, Any]:
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = [a for a in attrs.fields(cls) if a.init]
    properties = {key_of(a): schema_of(hints[a.name]) for a in fields}
    for name, field in fact_fields(cls).items():
        properties[name] = {**properties[name], "title": field.label.en, **_limits(field)}
    return _object(properties, [key_of(a) for a in fields if a.default is attrs.NOTHING])


def _limits(field: FactField) -> dict[str, Any]:
    """What a fact can be. A date outside is valid, for it is read; no bound of JSON Schema says what becomes of it."""
    if field.days is not None:
        past = ", and not after as_of" if field.days.past else ""
        return {"description": f"from {field.days.first} to {field.days.last}{past}; any other is taken as unknown"}
    ends = {"minimum": field.bounds.at_least, "maximum": field.bounds.at_most} if field.bounds else {}
    return {} if field.many else {name: end for name, end in ends.items() if end is not None}


def _identifier() -> dict[str, Any]:
    return {
        "oneOf": [
            _object(
                {"scheme": {"const": name}, "value": {"type": "string", "pattern": f"^{s.pattern}$"}},
                ["scheme", "value"],
            )
            for name, s in SCHEMES.items()
        ]
    }


def dossier_schema(kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """The schema of a dossier, with the evidence kinds of the plugins that are installed."""
    provider = _class(Provider)
    provider["properties"]["identifiers"] = {"type": "array", "items": {"$ref": "#/$defs/identifier"}}
    absent = {"kind": {"enum": list(kinds)}, "reason": {"enum": sorted(r.value for r in ABSENT_REASONS)}}
    text = _object({"nl": {"type": "string"}, "en": {"type": "string"}}, ["nl", "en"])
    notes = {"type": "array", "items": text}
    return {
        "$schema": DRAFT,
        "title": "barriermodel dossier",
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
                        {**absent, "source": {"$ref": "#/$defs/source"}, "notes": notes}, ["kind", "reason"]
                    ),
                },
                "requested": {"type": "array", "items": _class(Requested)},
            },
            ["schema", "as_of", "provider"],
        ),
    }


def _evidence(kind: Kind, notes: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "kind": {"const": kind.id},
        "id": {"type": "string"},
        "about": {"$ref": "#/$defs/identifier"},
        "source": {"$ref": "#/$defs/source"},
        "issued_on": _DATE,
        "obtained_on": _DATE,
        "valid_until": _DATE,
        "facts": {**_class(kind.cls), "minProperties": 1},
        "notes": notes,
    }
    return {"title": kind.title.en, **_object(properties, ["kind", "id", "facts"])}


def profile_schema() -> dict[str, Any]:
    """The schema of a profile: of its TOML read as data."""
    return {"$schema": DRAFT, "title": "barriermodel profile", **_class(Profile)}


_LEVEL: dict[str, Any] = {"enum": [*(level.key for level in Level), None]}
_ENDS = {"at_least": _LEVEL, "at_most": _LEVEL}
_STRINGS = {"type": "array", "items": {"type": "string"}}
_STRING = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_REMARK = {"type": ["string", "object", "null"]}
_SAID = {"type": ["object", "null"]}
_WHOLE = {"type": "integer"}
_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def assessment_schema() -> dict[str, Any]:
    """The schema of an assessment. Further keys may be added later, so objects are open."""
    interval = _open({**_ENDS, "decided": {"type": ["boolean", "null"]}})
    ask = {"kind": _STRING, "reason": {"enum": _reasons()}, "burden": _WHOLE, "question": _text(), "rules": _STRINGS}
    properties = {
        "schema": {"const": assessment.SCHEMA},
        "as_of": _DATE,
        "digest": _DIGEST,
        "engine": _open({"version": _STRING}),
        "profile": _open({"id": _STRING, "digest": _DIGEST}),
        "dossier": _open({"digest": _DIGEST}),
        "provider": {"type": "object"},
        "award": {"type": "object"},
        "advice": interval,
        "concerns": {"type": "object", "additionalProperties": interval},
        "moments": {"type": "object", "additionalProperties": interval},
        "stages": {"type": "array", "items": _stage()},
        "asks": {"type": "array", "items": _open(ask, {"evidence": _STRINGS})},
        "withheld": {"type": "array", "items": _open({"kind": _STRING, "evidence": _STRING}, {"retention": _SAID})},
        "errors": _list({"rule": _STRING, "message": _STRING}),
    }
    caution = _open({"kind": _MAYBE, "evidence": _STRINGS, "text": {"anyOf": [_text(), {"type": "null"}]}})
    later = {"cautions": {"type": "array", "items": caution}, **_beside()}
    return {"$schema": DRAFT, "title": "barriermodel assessment", **_open(properties, later)}


def _beside() -> dict[str, Any]:
    """What shows an assessment again without plugins."""
    label = _open({"nl": _STRING, "en": _STRING, "type": _STRING})
    kind = _open({"id": _STRING, "title": _text(), "supplier": schema_of(Supplier), "burden": _WHOLE})
    day = {"anyOf": [_DATE, {"type": "null"}]}
    item = _open({"id": _STRING, "kind": _STRING}, {"source": _SAID, "about": _SAID, "date": day, "valid_until": day})
    line = _open({"kind": _STRING, "text": _STRING}, {"level": _LEVEL})
    lines = {"type": "array", "items": line}
    return {
        "labels": {"type": "object", "additionalProperties": label},
        "kinds": {"type": "array", "items": kind},
        "evidence": {"type": "array", "items": item},
        "report": _open({"nl": lines, "en": lines}),
        "confidential": {"type": "boolean"},
        "content_digest": _DIGEST,
    }


def _stage() -> dict[str, Any]:
    moment = {"enum": [moment.value for moment in Moment]}
    barriers = {"type": "array", "items": _barrier()}
    stage = {"id": _STRING, "moment": moment, "examined": {"type": "boolean"}, **_ENDS, "barriers": barriers}
    return _open(stage, {"thresholds": _SAID})


def _barrier() -> dict[str, Any]:
    plugin = _open({"name": _STRING, "version": _MAYBE})
    concern = {"enum": [concern.value for concern in Concern]}
    rules = {"type": "array", "items": _rule()}
    numbers = {"hits": _WHOLE, "open": _WHOLE}
    return _open({"id": _STRING, "plugin": plugin, "concern": concern, **_ENDS, **numbers, "rules": rules})


def _rule() -> dict[str, Any]:
    fact = {"name": _STRING, "evidence": _STRINGS, "unknown": {"enum": [*_reasons(), None]}}
    return _open(
        {
            "id": _STRING,
            "kind": {"enum": ["requirement", "signal"]},
            "status": {"enum": [status.key for status in Status]},
            "level": _LEVEL,
            "text": _text(),
            "basis": _REMARK,
            "expression": {"type": ["object", "null"]},
            "facts": _list(fact),
            "parameters": _list({"name": _STRING, "source": _MAYBE, "assumption": _REMARK, "set_by": _MAYBE}),
            "error": _MAYBE,
        },
        {"unverified": _SAID, "changed": _SAID},
    )


def _text() -> dict[str, Any]:
    return _open({"nl": _STRING, "en": _STRING})


def _reasons() -> list[str]:
    return [reason.value for reason in Reason]


def _open(properties: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An object that may have further keys; what was added later is optional, so that older ones stay valid."""
    return _object({**properties, **(optional or {})}, list(properties), closed=False)


def _list(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _open(properties)}
