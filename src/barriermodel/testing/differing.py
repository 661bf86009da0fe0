"""What differs between two dossiers, in lines that a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from barriermodel.analysis.facts import fact_fields
from barriermodel.analysis.text import format_money
from barriermodel.plugin import UNKNOWN, Dossier, Evidence, Money


def dossier_differences(base: Dossier, other: Dossier) -> list[str]:
    """A line for each fact and each item of evidence of the other dossier that is not as in the base."""
    return [*_lines(base, other)]


def _lines(base: Dossier, other: Dossier) -> Iterator[str]:
    if base.as_of != other.as_of:
        yield f"as_of = {other.as_of}"
    yield from _facts("provider", base.provider, other.provider)
    if base.provider.identifiers != other.provider.identifiers:
        yield f"provider.identifiers = {', '.join(map(str, other.provider.identifiers)) or 'none'}"
    yield from _facts("award", base.award, other.award)
    known = {item.id: item for item in base.evidence}
    for item in other.evidence:
        yield from _item(known.pop(item.id, None), item)
    yield from (f"no evidence {id}" for id in known)


def _item(base: Evidence | None, item: Evidence) -> Iterator[str]:
    if base is None or base.kind is not item.kind:
        yield f"evidence {item.id}: {item.kind.id} of {item.date}"
        yield from _facts(item.id, item.kind.blank, item.facts)
        return
    if base.date != item.date:
        yield f"evidence {item.id} is of {item.date}"
    yield from _facts(item.id, base.facts, item.facts)


def _facts(source: str, base: Any, other: Any) -> Iterator[str]:
    for name in fact_fields(type(other)):
        value = getattr(other, name)
        if value != getattr(base, name):
            yield f"{source}.{name} is unknown" if value is UNKNOWN else f"{source}.{name} = {_said(value)}"


def _said(value: Any) -> str:
    if isinstance(value, Money):
        return format_money(value.cents, "en")
    return repr(value) if isinstance(value, (str, tuple)) else str(getattr(value, "value", value))
