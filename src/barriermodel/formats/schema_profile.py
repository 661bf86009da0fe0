"""What a JSON Schema says of a profile beside the types of its keys: which of them go together."""

from __future__ import annotations

from typing import Any

from ..profiles.profile import Combine, Dated, Profile, RuleChange
from ..text import Text

SAYS_SOMETHING: dict[str, Any] = {"type": "string", "pattern": r"\S"}
_REMARK: dict[str, Any] = {
    "anyOf": [SAYS_SOMETHING, {"type": "object", "properties": {"nl": SAYS_SOMETHING}, "required": ["nl"]}]
}
_NONE: dict[str, Any] = {"type": "null"}


def _with(**properties: Any) -> dict[str, Any]:
    """These keys are there, as is said."""
    return {"required": list(properties), "properties": properties}


_SOURCED = {"oneOf": [_with(source=SAYS_SOMETHING), _with(assumption=_REMARK)]}
_NUMBER = {"type": "integer", "minimum": 1}
_NO_WEIGHTS = {"maxProperties": 0}
_WEIGHTS = {"additionalProperties": {"minimum": 0}}


def _counted(by: str, weights: dict[str, Any]) -> dict[str, Any]:
    found = _with(by={"const": by}, orange=_NUMBER, red=_NUMBER)
    found["properties"]["weights"] = weights
    return found | _SOURCED


MORE: dict[type, dict[str, Any]] = {
    Text: {"allOf": [_with(nl=SAYS_SOMETHING, en=SAYS_SOMETHING)]},
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
            {"not": _with(id={"pattern": r"\n"})},  # to some `$` is before a last newline too
            {
                "if": _with(extends={"type": "string"}),
                "then": {"not": _with(stages={"minItems": 1}, changes={"type": "object"})},
                "else": _with(stages={"minItems": 1}) | {"not": _with(changes={"type": "object"})},
            },
        ]
    },
}
"""By the class that holds them. Of a class that is not named, its keys are all that there is to say."""

NOT_SAID = (
    "What this schema cannot say, and the reader refuses: valid_until before valid_from; orange above red; a Dutch and "
    "an English title that do not name the same things between braces. Whether a profile fits the plugins that are "
    "installed (its barriers, rules, parameters and their values) is found when it is loaded."
)
