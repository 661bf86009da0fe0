"""JSON Schemas (2020-12) of a dossier, a profile and an assessment, made from the classes that read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..domain.award import Award
from ..domain.evidence import ABSENT_REASONS, Requested, Source
from ..domain.facts import FactField, fact_fields
from ..domain.kinds import EvidenceKind
from ..domain.provider import Provider
from ..profiles.profile import Profile
from ..rules.levels import Concern, Moment
from ..text import Localized
from . import assessment, dossier
from .class_schema import DATE, class_schema, identifier_schema, object_schema, optional, schema_of
from .stored import StoredAssessment
from .stored_parts import StoredKind

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_AS_OF = {**DATE, "allOf": [{"pattern": "^(158[3-9]|159[0-9]|1[6-9][0-9]{2}|2[01][0-9]{2})-"}]}
_TAGS = "a language that does not exist (xx)"
_DOSSIER_LIMITS = (
    "What this schema cannot say, and the reader refuses: a number that fails the check of its register (the elfproef "
    "of an RSIN, the check digits of a LEI or VAT number); two different KvK numbers or RSINs of one provider; two "
    "items of evidence with one id; an amount with more than two decimals, or with three digits after the point, which "
    "may be thousands; a whole number that is written with a point or exponent (2024.0); a key that is given twice; "
    f"half of a character (an unpaired surrogate); {_TAGS}; a file that is too large or too deep."
)
_PROFILE_LIMITS = (
    "What this schema cannot say, and the reader refuses: valid_until before valid_from; orange above red; "
    f"{_TAGS}. Whether a profile fits the plugins that are installed (its barriers, rules, parameters and their "
    "values) is found when it is loaded."
)
_ASSESSMENT_LIMITS = (
    "Objects are open, for further keys may be added; the reader of this version knows those that are here and refuses "
    "others. What this schema cannot say, and the reader refuses: a digest that is not that of the rest; a number that "
    "fails the check of its register; two different KvK numbers or RSINs of one provider; an amount with more than two "
    f"decimals; a whole number that is written with a point or exponent; {_TAGS}; a key that is given twice."
)
_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$", "maxLength": 64}


def dossier_schema(kinds: Mapping[str, EvidenceKind]) -> dict[str, Any]:
    """Return the JSON Schema of a dossier that may hold evidence of these kinds."""
    provider, requested = class_schema(Provider), class_schema(Requested)
    provider["properties"]["identifiers"] = _array({"$ref": "#/$defs/identifier"})
    known = requested["properties"]["kind"] = {"enum": list(kinds)}
    notes = _array(schema_of(Localized))
    evidence = {"oneOf": [_evidence(kind, notes) for kind in kinds.values()]} if kinds else False
    reasons = {"enum": sorted(reason.value for reason in ABSENT_REASONS)}
    absent = {"kind": known, "reason": reasons, "source": optional({"$ref": "#/$defs/source"}), "notes": notes}
    properties = {
        "schema": {"const": dossier.SCHEMA},
        "as_of": _AS_OF,
        "provider": {"$ref": "#/$defs/provider"},
        "award": {"$ref": "#/$defs/award"},
        "evidence": _array(evidence),
        "absent": _array(object_schema(absent, ["kind", "reason"])),
        "requested": _array(requested),
    }
    return {
        "$schema": _DRAFT,
        "title": "barriermodel dossier",
        "description": _DOSSIER_LIMITS,
        "$defs": {
            "identifier": identifier_schema(),
            "source": class_schema(Source),
            "provider": provider,
            "award": class_schema(Award),
        },
        **object_schema(properties, ["schema", "as_of", "provider"]),
    }


def _array(items: dict[str, Any] | bool) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _evidence(kind: EvidenceKind, notes: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "kind": {"const": kind.id},
        "id": {"type": "string"},
        "about": optional({"$ref": "#/$defs/identifier"}),
        "source": optional({"$ref": "#/$defs/source"}),
        "issued_on": optional(DATE),
        "obtained_on": optional(DATE),
        "valid_until": optional(DATE),
        "facts": {**class_schema(kind.cls), "anyOf": [_known(field) for field in fact_fields(kind.cls).values()]},
        "notes": notes,
    }
    return {"title": kind.title.en, **object_schema(properties, ["kind", "id", "facts"])}


def _known(field: FactField) -> dict[str, Any]:
    """Require that a fact is stated: present, not null, not blank."""
    not_blank = {"pattern": r"\S"} if field.type is str and not field.many else {}
    return {"required": [field.name], "properties": {field.name: {"not": {"type": "null"}, **not_blank}}}


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema of a profile, that is, of the data in its TOML."""
    return {"$schema": _DRAFT, "title": "barriermodel profile", "description": _PROFILE_LIMITS, **class_schema(Profile)}


def assessment_schema() -> dict[str, Any]:
    """Return the JSON Schema of an assessment. Its objects are open, since keys may be added later."""
    found: dict[str, Any] = _adapted(schema_of(StoredAssessment), schema_of(StoredKind))
    known = found["properties"]
    known |= {"schema": {"const": assessment.SCHEMA}, "digest": _DIGEST}
    known["content_digest"] = {"anyOf": [_DIGEST, {"type": "null"}]}
    ends = known["advice"]["properties"]
    for end in ("at_least", "at_most"):
        ends[end] = ends[end]["anyOf"][0]  # null for a stage that was not examined, never for the advice
    for name, members in (("concerns", Concern), ("moments", Moment)):
        known[name]["propertyNames"] = {"enum": [member.value for member in members]}
    return {"$schema": _DRAFT, "title": "barriermodel assessment", "description": _ASSESSMENT_LIMITS, **found}


def _adapted(part: Any, kind: dict[str, Any]) -> Any:
    """Open the objects of a part, and let an evidence kind be its id alone, as an older version wrote it."""
    if part == kind:
        return {"anyOf": [{"type": "string"}, {name: _adapted(one, kind) for name, one in kind.items()} | _OPEN]}
    if isinstance(part, list):
        return [_adapted(one, kind) for one in part]
    if not isinstance(part, dict):
        return part
    found = {name: _adapted(one, kind) for name, one in part.items()}
    return found | _OPEN if found.get("additionalProperties") is False else found


_OPEN = {"additionalProperties": True}
