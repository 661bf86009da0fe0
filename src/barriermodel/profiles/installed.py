"""Finds the entry points of plugins, and the distributions whose entry points cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from ..hooks import PROJECT

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint


@attrs.frozen
class Entry:
    """An entry point with the name and version of its distribution; without metadata ``owner`` is the module."""

    point: EntryPoint
    owner: str
    version: str | None

    @property
    def name(self) -> str:
        """The name of the entry point."""
        return self.point.name


def installed_entries() -> tuple[list[Entry], list[tuple[str, str]]]:
    """The entry points of plugins in order of their names; and the distributions whose entry points cannot be read.

    Each of these is a name with a sentence that says what to do.
    """
    import importlib.metadata  # slow to import, and needed only here

    unreadable: list[tuple[str, str]] = []
    try:
        points = list(importlib.metadata.entry_points(group=PROJECT))
    except Exception:  # one damaged file of any distribution makes this fail: read each by itself
        points = list(_one_by_one(importlib.metadata.distributions(), unreadable))
    entries = [_entry(point) for point in points]
    return sorted(entries, key=lambda entry: (entry.name, entry.owner, entry.version or "")), unreadable


def _one_by_one(distributions: Iterable[Distribution], unreadable: list[tuple[str, str]]) -> Iterable[EntryPoint]:
    seen: set[str] = set()
    for distribution in distributions:
        name, _ = _owner(distribution)
        key = name.lower().replace("_", "-")
        if key in seen:  # shadowed by one of that name earlier on the path
            continue
        seen.update([key] if key else [])
        try:
            yield from [point for point in distribution.entry_points if point.group == PROJECT]
        except Exception as error:
            if _may_be_plugin(distribution, name):
                own = name or "a distribution without a name"
                message = f"Its entry_points.txt cannot be read ({type(error).__name__}). Install {own} again."
                unreadable.append((own, message))


def _may_be_plugin(distribution: Distribution, name: str) -> bool:
    """Whether a distribution whose entry points cannot be read mentions this project."""
    try:
        return PROJECT in name or PROJECT in (distribution.read_text("entry_points.txt") or "")
    except Exception:  # not even text
        return PROJECT in name


def _owner(distribution: Distribution | None) -> tuple[str, str | None]:
    """Name and version, as far as they can be read: metadata may be missing or damaged."""
    found: list[str | None] = []
    for key in ("Name", "Version"):
        try:
            value = distribution.metadata[key] if distribution else None
        except Exception:
            value = None
        found.append(value if isinstance(value, str) else None)
    return found[0] or "", found[1]


def _entry(point: EntryPoint) -> Entry:
    name, version = _owner(point.dist)
    return Entry(point, name or point.value, version)
