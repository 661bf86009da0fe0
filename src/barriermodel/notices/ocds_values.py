"""Values in OCDS as they may be in a file: another type than is due is as good as nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from .values import single_line


def text(value: Any) -> str:
    """A text, or a number as it is written; an id may be either in OCDS."""
    if isinstance(value, Decimal) and abs(value.adjusted()) < 20:  # written out, it is no longer than that
        return f"{value:f}"
    return single_line(str(value)) if type(value) in (str, int, Decimal) else ""


def as_list(value: Any) -> list[Any]:
    """A list; empty where it is none."""
    return value if isinstance(value, list) else []


def as_object(value: Any) -> dict[str, Any]:
    """An object; empty where it is none."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list."""
    return [one for one in as_list(value) if isinstance(one, dict)]
