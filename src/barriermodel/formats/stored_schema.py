"""The JSON Schema of an assessment, made from the classes that read a stored one."""

from __future__ import annotations

from typing import Any

from ..rules.levels import Concern, Moment
from .assessment import SCHEMA
from .schema import DRAFT, schema_of
from .stored import StoredAssessment
from .stored_parts import StoredKind

_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$", "maxLength": 64}
_NOT_SAID = (
    "Objects are open, for further keys may be added; the reader of this version knows those that are here and refuses "
    "others. What this schema cannot say, and the reader refuses: a digest that is not that of the rest; a number that "
    "fails the check of its register; two different KvK numbers or RSINs of one provider; an amount with more than two "
    "decimals; a whole number that is written with a point or exponent; a key that is given twice."
)


def assessment_schema() -> dict[str, Any]:
    """The schema of an assessment. Further keys may be added later, so objects are open."""
    found: dict[str, Any] = _adapted(schema_of(StoredAssessment), schema_of(StoredKind))
    known = found["properties"]
    known |= {"schema": {"const": SCHEMA}, "digest": _DIGEST}
    known["content_digest"] = {"anyOf": [_DIGEST, {"type": "null"}]}
    ends = known["advice"]["properties"]
    for end in ("at_least", "at_most"):
        ends[end] = ends[end]["anyOf"][0]  # a stage may have none, the advice has both
    for name, members in (("concerns", Concern), ("moments", Moment)):
        known[name]["propertyNames"] = {"enum": [member.value for member in members]}
    return {"$schema": DRAFT, "title": "barriermodel assessment", "description": _NOT_SAID, **found}


def _adapted(part: Any, kind: dict[str, Any]) -> Any:
    """A part with open objects, in which a kind of evidence may be its id alone."""
    if part == kind:
        return {"anyOf": [{"type": "string"}, {name: _adapted(one, kind) for name, one in kind.items()} | _OPEN]}
    if isinstance(part, list):
        return [_adapted(one, kind) for one in part]
    if not isinstance(part, dict):
        return part
    found = {name: _adapted(one, kind) for name, one in part.items()}
    return found | _OPEN if found.get("additionalProperties") is False else found


_OPEN = {"additionalProperties": True}
