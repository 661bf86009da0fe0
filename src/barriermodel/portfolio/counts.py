"""Counts as a page shows them: as they are, or as far as they may be published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

import attrs

from ..pages.rendering import say
from ..text import Language, format_integer
from .publishing import CountRange, Part, PublishedCounts, publish_counts

NONE = "–"
"""What a table shows for no rows."""


@attrs.frozen
class ShownCounts(Generic[Part]):
    """A table of counts; every row is in one of its parts.

    Args:
        counts: the rows in each part.
        published: what of these may be published; None if the page is not for publication.

    """

    lang: Language
    counts: Mapping[Part, int]
    published: PublishedCounts[Part] | None = None

    def bounds(self, *parts: Part) -> CountRange:
        """Return the least and the greatest that some parts can be together."""
        if self.published is not None:
            return self.published.bounds(*(part for part in parts if part in self.counts))
        found = sum(self.counts.get(part, 0) for part in set(parts))
        return found, found

    def text(self, *parts: Part, none: str = NONE) -> str:
        """Return what the page shows for some parts together."""
        return count_text(self.bounds(*parts), self.lang, none)


def count_text(bounds: CountRange, lang: Language, none: str = NONE) -> str:
    """Return what the page shows for a count: a number, a range, or in a table a dash for none."""
    least, greatest = bounds
    if least != greatest:
        return say(lang, "publish", "range", least=least, greatest=greatest)
    return format_integer(least, lang) if least else none


def shown_counts(counts: Mapping[Part, int], lang: Language, *, publish: bool) -> ShownCounts[Part] | None:
    """Prepare a table of counts; None if it may not be published at all.

    Args:
        counts: as :func:`publish_counts` takes them.
        publish: whether the page is for publication.

    """
    if not publish:
        return ShownCounts(lang, counts)
    published = publish_counts(counts)
    return None if published is None else ShownCounts(lang, counts, published)
