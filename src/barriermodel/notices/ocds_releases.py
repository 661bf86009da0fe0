"""The OCDS releases in a file: alone, in records and packages, or one in which every value has its history."""

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
"""Lists that a later release replaces as a whole; objects in other lists are merged by their id.

Source: the release schema of OCDS 1.1 (https://standard.open-contracting.org/1.1/en/schema/merging/). The rules stand
here because the library downloads the schema otherwise.
"""
_OMITTED: Final = ("date", "id", "links", "tag")
RULES: Final[dict[tuple[str, ...], str]] = {tuple(path.split("/")): "wholeListMerge" for path in _WHOLE_LISTS.split()}
RULES.update({(name,): "omitWhenMerged" for name in _OMITTED})


_NOT_READ: Final = frozenset(
    {"amendment", "amendments", "bids", "documents", "implementation", "milestones", "planning", "relatedProcesses"}
)
"""What an import reads nothing from: two documents with one id are no reason to leave a process out."""


class CannotMergeError(BarrierModelError):
    """Releases of one process contradict each other in their shape, or have no dates to order them."""


def merge_releases(releases: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The compiled release of some releases of one process.

    Raises:
        MissingExtraError: the extra ``notices`` is not installed.
        CannotMergeError: they do not merge.

    """
    require("notices", "several OCDS releases of one process are merged with {}", "ocdsmerge")
    from ocdsmerge import Merger
    from ocdsmerge.exceptions import DuplicateIdValueWarning, OCDSMergeError

    if any(not isinstance(release.get("awards") or [], list) for release in releases):
        raise CannotMergeError("awards is no list")  # the library would keep the awards of an earlier release
    parts = [_pruned(release) for release in releases]
    for part in parts:  # the library sorts by the text of the date, which may be in any zone
        if type(part.get("date")) is str:
            part["date"] = sortable(part["date"])
    with warnings.catch_warnings():
        # two objects with one id would become one, and what the first says would be gone
        warnings.simplefilter("error", DuplicateIdValueWarning)
        try:
            found: dict[str, Any] = Merger(merge_rules=RULES).create_compiled_release(parts)
        except (OCDSMergeError, DuplicateIdValueWarning, TypeError, RecursionError) as error:
            raise CannotMergeError(one_line(error)) from None
    return found


def _pruned(data: Any) -> Any:
    """A copy of a release without what is not read."""
    if isinstance(data, dict):
        return {name: _pruned(value) for name, value in data.items() if name not in _NOT_READ}
    return [_pruned(value) for value in data] if isinstance(data, list) else data
