"""The JSON Schema of an attrs class: the types of its fields, and which of its keys go together."""

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

from ..cldr import TAG
from ..domain.facts import FactField, fact_fields, type_of_fact
from ..domain.identifiers import SCHEMES, Identifier, Scheme
from ..domain.values import MAX_SAFE_INTEGER, Money
from ..profiles.profile import Combine, Dated, Profile, RuleChange, not_blank
from ..reading.structuring import key_of
from ..rules.levels import Level, Status
from ..text import LANGUAGES, Localized

_DAYS = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
_LEAP = "[0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00"
_YEAR = "[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000"
# no look-ahead, which some validators lack; and a maximum length, since `$` may match before a final newline
DATE = {"type": "string", "format": "date", "pattern": f"^(({_YEAR})-({_DAYS})|({_LEAP})-02-29)$", "maxLength": 10}
_SCALARS: dict[Any, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -MAX_SAFE_INTEGER, "maximum": MAX_SAFE_INTEGER},
    float: {"type": "number", "minimum": -sys.float_info.max, "maximum": sys.float_info.max},
    str: {"type": "string"},
    date: DATE,
    # no multipleOf: most validators compute with floats, in which 0.07 is not a multiple of 0.01
    Money: {
        "type": "number",
        "minimum": -MAX_SAFE_INTEGER / 100,
        "maximum": MAX_SAFE_INTEGER / 100,
        "description": "euros, with at most two decimals",
    },
    object: {},
    Any: {},
}


def object_schema(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the schema of an object with these keys and no others."""
    found: dict[str, Any] = {"type": "object", "properties": dict(properties)}
    if required:
        found["required"] = required
    return found | {"additionalProperties": False}


def schema_of(annotation: Any) -> dict[str, Any]:
    """Return the schema of a type that is read strictly."""
    fact = type_of_fact(annotation)
    if fact is not None:
        return optional(schema_of(fact[0]))
    if annotation is Identifier:
        return identifier_schema()
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
        remark = {"anyOf": [_SCALARS[str], schema_of(Localized)]}
        return {"anyOf": [*remark["anyOf"], {"type": "null"}]} if type(None) in args else remark
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(args[0]), {"type": "null"}]}
    if annotation is Localized:
        return _text_schema(_SCALARS[str])
    return class_schema(annotation)


def _text_schema(one: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a text by language, from that of the text in one."""
    tag = {"pattern": f"^({TAG.pattern})$", "not": {"pattern": r"\n"}}  # `$` may match before a final newline
    both = object_schema(dict.fromkeys(LANGUAGES, one), list(LANGUAGES))
    return both | {"propertyNames": tag, "additionalProperties": one}


def class_schema(cls: type) -> dict[str, Any]:
    """Return the schema of an attrs class, with the titles and bounds of its facts."""
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = [a for a in attrs.fields(cls) if a.init]
    properties = {
        key_of(a): _text_schema(_NOT_BLANK) if a.validator is not_blank else schema_of(hints[a.name]) for a in fields
    }
    for name, field in fact_fields(cls).items():
        properties[name] = {**optional(_fact_schema(field)), "title": field.label.en, **_plausible_days(field)}
    found = object_schema(properties, [key_of(a) for a in fields if a.default is attrs.NOTHING])
    return {**found, **CONSTRAINTS[cls], "properties": properties} if cls in CONSTRAINTS else found


def optional(schema: dict[str, Any]) -> dict[str, Any]:
    """Allow null as well."""
    return {"anyOf": [schema, {"type": "null"}]}


def _fact_schema(field: FactField) -> dict[str, Any]:
    ends = {"minimum": field.bounds.at_least, "maximum": field.bounds.at_most} if field.bounds else {}
    found = schema_of(field.type) | {name: end for name, end in ends.items() if end is not None}
    return {"type": "array", "items": found} if field.many else found


def _plausible_days(field: FactField) -> dict[str, Any]:
    """Describe what happens to an implausible date: the document is valid, so no bound of JSON Schema says it."""
    if field.plausible is None:
        return {}
    past = ", and not after as_of" if field.plausible.past else ""
    return {
        "description": f"from {field.plausible.first} to {field.plausible.last}{past}; any other is taken as unknown"
    }


def identifier_schema() -> dict[str, Any]:
    """Return the schema of a registration number: one alternative for each register."""
    return {"oneOf": [_number(name, scheme) for name, scheme in SCHEMES.items()]}


def _number(name: str, scheme: Scheme) -> dict[str, Any]:
    longest = sum(int(count) for count in re.findall(r"([0-9]+)}", scheme.pattern))
    value = {"type": "string", "pattern": f"^{scheme.pattern}$", "maxLength": longest, "description": scheme.form}
    return object_schema({"scheme": {"const": name}, "value": value}, ["scheme", "value"])


# Which keys go together -------------------------------------------------------------------------------

_NOT_BLANK: dict[str, Any] = {"type": "string", "pattern": r"\S"}
_REMARK: dict[str, Any] = {
    "anyOf": [_NOT_BLANK, {"type": "object", "properties": {"nl": _NOT_BLANK}, "required": ["nl"]}]
}
_NONE: dict[str, Any] = {"type": "null"}


def _with(**properties: Any) -> dict[str, Any]:
    """Require these keys, each with its schema."""
    return {"required": list(properties), "properties": properties}


_SOURCED = {"oneOf": [_with(source=_NOT_BLANK), _with(assumption=_REMARK)]}
_NUMBER = {"type": "integer", "minimum": 1}
_NO_WEIGHTS = {"maxProperties": 0}
_WEIGHTS = {"additionalProperties": {"minimum": 0}}


def _counted(by: str, weights: dict[str, Any]) -> dict[str, Any]:
    found = _with(by={"const": by}, orange=_NUMBER, red=_NUMBER)
    found["properties"]["weights"] = weights
    return found | _SOURCED


CONSTRAINTS: dict[type, dict[str, Any]] = {
    Dated: _SOURCED,
    RuleChange: {
        "allOf": [_with(reason=_REMARK)],
        "oneOf": [
            _with(level={"enum": ["orange", "red", "exclude"]}) | {"not": _with(leave_out={"const": True})},
            _with(leave_out={"const": True}) | {"not": _with(level={"type": "string"})},
        ],
    },
    Combine: {
        "oneOf": [
            {"properties": {"by": {"const": "worst"}, "orange": _NONE, "red": _NONE, "weights": _NO_WEIGHTS}},
            _counted("count", _NO_WEIGHTS),
            _counted("points", _WEIGHTS),
        ]
    },
    Profile: {
        "allOf": [
            _with(id={"pattern": r"^[a-z0-9][a-z0-9_-]*$"}),
            {"not": _with(id={"pattern": r"\n"})},  # `$` may match before a final newline
            {
                "if": _with(extends={"type": "string"}),
                "then": {"not": _with(stages={"minItems": 1}, changes={"type": "object"})},
                "else": _with(stages={"minItems": 1}) | {"not": _with(changes={"type": "object"})},
            },
        ]
    },
}
"""What a class requires beyond the types of its keys."""
