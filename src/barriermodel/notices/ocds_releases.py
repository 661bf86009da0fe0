"""The OCDS releases in a file: alone, in records and packages, or one in which every value has its history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeGuard

import attrs

from .notice import LeftOut
from .ocds_values import as_list, as_object, text
from .values import sortable

_VERSION: Final = {"releaseDate", "value"}
"""Keys that each entry has in the history of a value."""


@attrs.frozen(kw_only=True)
class Release:
    """A release in a file; a compiled one tells all that was known of its process on its date."""

    where: str
    ocid: str
    data: dict[str, Any]
    compiled: bool = False

    @property
    def date(self) -> str:
        """When it was published, as it sorts."""
        return sortable(text(self.data.get("date")))


def is_ocds(data: Any) -> TypeGuard[dict[str, Any]]:
    """Whether data from JSON are a release, a record or a package of them."""
    return isinstance(data, dict) and any(name in data for name in ("ocid", "releases", "records"))


def releases_in(data: dict[str, Any], where: str) -> Iterator[Release | LeftOut]:
    """The releases of a file, and what in it is none."""
    if "ocid" not in data or "records" in data:  # some write the ocid of a process on the package of its records
        for one in as_list(data.get("records") if "records" in data else data.get("releases")):
            if is_ocds(one):
                yield from releases_in(one, where)
            else:
                yield LeftOut(where=where, reason="unreadable", detail="no ocid")
    elif not text(data["ocid"]):  # releases without one would all be of one process
        yield LeftOut(where=where, reason="unreadable", detail="no ocid")
    elif any(name in data for name in ("compiledRelease", "versionedRelease", "releases")):
        yield from _in_record(data, where)
    else:
        yield _release(data, data, where)


def _in_record(record: dict[str, Any], where: str) -> Iterator[Release | LeftOut]:
    """What a record holds of its process: the compiled release, or else its releases, or else their history."""
    releases = as_list(record.get("releases"))
    whole = [one for one in releases if isinstance(one, dict) and "url" not in one]
    if isinstance(record.get("compiledRelease"), dict):
        yield attrs.evolve(_release(record["compiledRelease"], record, where), compiled=True)
    elif isinstance(record.get("versionedRelease"), dict) and len(whole) < max(1, len(releases)):
        yield _release(record["versionedRelease"], record, where)
    else:
        for one in whole:
            yield from releases_in({**one, "ocid": text(one.get("ocid")) or record["ocid"]}, where)
        if len(whole) < max(1, len(releases)):
            yield LeftOut(where=where, reason=_why_incomplete(releases, whole), notice=text(record["ocid"]))


def _why_incomplete(releases: list[Any], whole: list[Any]) -> str:
    if not all(isinstance(one, dict) for one in releases):
        return "unreadable"
    return "some_links" if whole else "only_links" if releases else "no_release"


def _release(data: dict[str, Any], holder: dict[str, Any], where: str) -> Release:
    """A release of the process that it names itself, or else of that of the record it stands in."""
    ocid = text(data.get("ocid")) or text(holder["ocid"])
    dates = [sortable(text(one["releaseDate"])) for history in _histories(data) for one in history]
    if dates:
        return Release(where=where, ocid=ocid, data={**_newest(data), "date": max(dates)}, compiled=True)
    return Release(where=where, ocid=ocid, data=data, compiled="compiled" in as_list(data.get("tag")))


def _is_history(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(as_object(one).keys() >= _VERSION for one in value)


def _histories(data: Any) -> Iterator[list[dict[str, Any]]]:
    """The history of every value in a versioned release; nothing in any other."""
    if _is_history(data):
        yield data
    elif isinstance(data, (dict, list)):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _histories(inner)


def _newest(data: Any) -> Any:
    """A versioned release with the newest value of everything; what was removed last is gone."""
    if _is_history(data):
        return sorted(data, key=lambda one: sortable(text(one["releaseDate"])))[-1]["value"]
    if isinstance(data, list):
        return [_newest(inner) for inner in data]
    if isinstance(data, dict):
        found = {name: _newest(inner) for name, inner in data.items()}
        return {name: value for name, value in found.items() if value is not None}
    return data
