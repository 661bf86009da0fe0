"""The fields that a template can show: their names, and what each of them holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, Union

from barriermodel.analysis.text import Language, said

Shape: TypeAlias = Union["Sequence[Shape]", "Mapping[str, Shape]", None]
"""What a field holds: None is a text, a list has the shape of its members, and a mapping has fields of its own."""

FIELDS: Mapping[str, Shape] = {
    "kind": None, "lang": None,
    "sender": {
        "authority": None, "department": None, "address": [None], "reply_address": [None], "place": None,
        "phone": None, "email": None, "upload": None, "name": None, "role": None,
    },
    "addressee": {"name": None, "address": [None]},
    "date": None, "date_iso": None, "date_line": None, "respond_by": None, "respond_by_iso": None,
    "reference": None, "reference_line": None, "subject": None, "salutation": None,
    "blocks": [{"heading": None, "paragraphs": [None], "points": [{"title": None, "paragraphs": [None]}]}],
    "closing": None, "signature": [None],
}  # fmt: skip
"""All that :meth:`Letter.fields` gives."""
LOOP: Mapping[str, Shape] = dict.fromkeys(("index", "first", "last", "length"), None)
"""What is known within a loop."""


def field_rows(lang: Language) -> list[tuple[str, str]]:
    """Return each field as a template writes it, ``[]`` after a list, and what it holds."""
    return [(path, said("letter", "field", re.sub(r"\W+", "_", path).strip("_"))[lang]) for path in _paths(FIELDS, "")]


def _paths(shape: Mapping[str, Shape], above: str) -> Iterator[str]:
    for name, inner in shape.items():
        path = f"{above}{name}" + ("[]" if isinstance(inner, list) else "")
        inside = inner[0] if isinstance(inner, list) else inner
        if not isinstance(inner, Mapping):
            yield path
        if isinstance(inside, Mapping):
            yield from _paths(inside, f"{path}.")


def sample(shape: Shape, text: str, times: int) -> Any:
    """Make up what a field could hold: this text, and lists of this length."""
    if isinstance(shape, Mapping):
        return {name: sample(inner, text, times) for name, inner in shape.items()}
    return text if shape is None else [sample(shape[0], text, times)] * times
