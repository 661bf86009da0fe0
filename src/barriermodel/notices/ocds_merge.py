"""Several OCDS releases about one contracting process, merged by the rules of the standard."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, Final

from barriermodel import BarrierModelError
from barriermodel.analysis.reading import one_line

from ..extras import require
from .values import sortable

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
