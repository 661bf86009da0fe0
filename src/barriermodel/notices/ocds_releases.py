"""OCDS releases: finding them in files, records and packages, and merging those of one process."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeGuard

import attrs

from barriermodel import BarrierModelError
from barriermodel.analysis.reading import one_line

from ..extras import require
from .notice import LeftOut
from .values import as_list, as_object, sortable, text

_VERSION: Final = {"releaseDate", "value"}
"""The keys of each entry in the history of a value."""


@attrs.frozen(kw_only=True)
class Release:
    """A release in a file; a compiled one holds all that was known about its process on its date."""

    where: str
    ocid: str
    data: dict[str, Any]
    compiled: bool = False

    @property
    def date(self) -> str:
        """When it was published, in a form that sorts."""
        return sortable(text(self.data.get("date")))


def is_ocds(data: Any) -> TypeGuard[dict[str, Any]]:
    """Whether JSON data is a release, a record or a package."""
    return isinstance(data, dict) and any(name in data for name in ("ocid", "releases", "records"))


def releases_in(data: dict[str, Any], where: str) -> Iterator[Release | LeftOut]:
    """Yield the releases in a file, and whatever in it is not one."""
    if "ocid" not in data or "records" in data:  # some put the ocid on the package of records
        for one in as_list(data.get("records") if "records" in data else data.get("releases")):
            if is_ocds(one):
                yield from releases_in(one, where)
            else:
                yield LeftOut(where=where, reason="unreadable", detail="no ocid")
    elif not text(data["ocid"]):  # all releases without one would count as one process
        yield LeftOut(where=where, reason="unreadable", detail="no ocid")
    elif any(name in data for name in ("compiledRelease", "versionedRelease", "releases")):
        yield from _in_record(data, where)
    else:
        yield _release(data, data, where)


def _in_record(record: dict[str, Any], where: str) -> Iterator[Release | LeftOut]:
    """Yield what a record holds: the compiled release, or else its releases, or else their history."""
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
    """Make a release; its process is the one that it names, or else that of its record."""
    ocid = text(data.get("ocid")) or text(holder["ocid"])
    dates = [sortable(text(one["releaseDate"])) for history in _histories(data) for one in history]
    if dates:
        return Release(where=where, ocid=ocid, data={**_newest(data), "date": max(dates)}, compiled=True)
    return Release(where=where, ocid=ocid, data=data, compiled="compiled" in as_list(data.get("tag")))


def _is_history(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(as_object(one).keys() >= _VERSION for one in value)


def _histories(data: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield the history of every value in a versioned release; nothing for any other release."""
    if _is_history(data):
        yield data
    elif isinstance(data, (dict, list)):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _histories(inner)


def _newest(data: Any) -> Any:
    """Reduce a versioned release to its newest values; what was removed is left out."""
    if _is_history(data):
        return sorted(data, key=lambda one: sortable(text(one["releaseDate"])))[-1]["value"]
    if isinstance(data, list):
        return [_newest(inner) for inner in data]
    if isinstance(data, dict):
        found = {name: _newest(inner) for name, inner in data.items()}
        return {name: value for name, value in found.items() if value is not None}
    return data


_WHOLE_LISTS: Final = """
awards/amendment/changes awards/amendments/changes awards/documents/languages awards/documents/relatedItems
awards/items/additionalClassifications awards/items/deliveryAddresses awards/items/deliveryLocations
awards/suppliers/additionalIdentifiers buyer/additionalIdentifiers contracts/amendment/changes
contracts/amendments/changes contracts/documents/languages contracts/documents/relatedItems contracts/identifiers
contracts/implementation/documents/languages contracts/implementation/documents/relatedItems
contracts/implementation/milestones/documents/languages contracts/implementation/milestones/documents/relatedItems
contracts/implementation/transactions/payee/additionalIdentifiers
contracts/implementation/transactions/payer/additionalIdentifiers contracts/items/additionalClassifications
contracts/items/deliveryAddresses contracts/items/deliveryLocations contracts/milestones/documents/languages
contracts/milestones/documents/relatedItems contracts/relatedProcesses/relationship parties/additionalIdentifiers
parties/details/classifications parties/roles planning/documents/languages planning/documents/relatedItems
planning/milestones/documents/languages planning/milestones/documents/relatedItems
planning/project/additionalClassifications planning/project/locations relatedProcesses/relationship
tender/additionalProcurementCategories tender/amendment/changes tender/amendments/changes tender/deliveryAddresses
tender/deliveryLocations tender/documents/languages tender/documents/relatedItems tender/identifiers
tender/items/additionalClassifications tender/items/deliveryAddresses tender/items/deliveryLocations
tender/milestones/documents/languages tender/milestones/documents/relatedItems
tender/procuringEntity/additionalIdentifiers tender/submissionMethod tender/tenderers/additionalIdentifiers
"""
"""Lists that a later release replaces as a whole; objects in other lists are merged by id.

Source: the release schema of OCDS 1.1 (https://standard.open-contracting.org/1.1/en/schema/merging/). The rules are
copied here because the library would otherwise download the schema.
"""
_OMITTED: Final = ("date", "id", "links", "tag")
RULES: Final[dict[tuple[str, ...], str]] = {tuple(path.split("/")): "wholeListMerge" for path in _WHOLE_LISTS.split()}
RULES.update({(name,): "omitWhenMerged" for name in _OMITTED})


_NOT_READ: Final = frozenset(
    {"amendment", "amendments", "bids", "documents", "implementation", "milestones", "planning", "relatedProcesses"}
)
"""Parts that an import does not read: two documents with the same id are no reason to leave out a process."""


class CannotMergeError(BarrierModelError):
    """The releases of a process have conflicting structures, or no dates to order them by."""


def merge_releases(releases: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Merge the releases of one process into a compiled release.

    Raises:
        MissingExtraError: the extra ``notices`` is not installed.
        CannotMergeError: they cannot be merged.

    """
    require("notices", "several OCDS releases of one process are merged with {}", "ocdsmerge")
    from ocdsmerge import Merger
    from ocdsmerge.exceptions import DuplicateIdValueWarning, OCDSMergeError

    if any(not isinstance(release.get("awards") or [], list) for release in releases):
        raise CannotMergeError("awards is no list")  # the library would keep the awards of an earlier release
    parts = [_pruned(release) for release in releases]
    for part in parts:  # the library sorts dates as text, in whatever zone they are
        if type(part.get("date")) is str:
            part["date"] = sortable(part["date"])
    with warnings.catch_warnings():
        # two objects with the same id would become one, and the contents of the first would be lost
        warnings.simplefilter("error", DuplicateIdValueWarning)
        try:
            found: dict[str, Any] = Merger(merge_rules=RULES).create_compiled_release(parts)
        except (OCDSMergeError, DuplicateIdValueWarning, TypeError, RecursionError) as error:
            raise CannotMergeError(one_line(error)) from None
    return found


def _pruned(data: Any) -> Any:
    """Copy a release without the parts that are not read."""
    if isinstance(data, dict):
        return {name: _pruned(value) for name, value in data.items() if name not in _NOT_READ}
    return [_pruned(value) for value in data] if isinstance(data, list) else data
