"""Counts as they may be published: none from 1 to 4 is shown, and none can be computed from what is shown.

A table puts every row in one part, such as a bar of a histogram or a cell of a matrix. A part of 1 to 4 rows is shown
as 1–4. The number of rows is known, so that alone would not hide it: another part becomes a range too, such as
178–181. A sum of parts is shown as far as the ranges of its parts allow, so it gives nothing away.

A reader who knows this code as well learns no more. Let k parts be small, with e rows beyond one each, so that e is
at most 3k. Of the parts of 5 rows or more, those are hidden that come first, up to one that has more than 3k + 5 rows
when e is added to it. Now give the small parts any other numbers from 1 to 4, the other hidden parts 5 rows each, and
the last of them what remains. With e added, 5 is still at most 3k + 5, and the last part still more: its own rows
and e together have not become fewer. So the same parts are hidden, in the same ranges, and the page is the same.
Whether a table is left out depends on how many rows, small parts and larger parts there are, and on nothing else.

This holds for each table, given the number of rows. That rules add up to the advice is guarded against as well, in
``adding_up``. What a reader knows from elsewhere is not: the page of another date, or that two rules read one fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import attrs

Part = TypeVar("Part")
CountRange = tuple[int, int]
"""The least and the greatest that a count can be by what is published; they are equal if the count is shown."""
SMALL = range(1, 5)
"""Counts that are not published, since readers could recognise whom they are about."""


@attrs.frozen
class PublishedCounts(Generic[Part]):
    """What is published of a table of counts.

    Args:
        rows: the number of rows, which is always known.
        ranges: what each part can be, apart from all parts together being ``rows``.

    """

    rows: int
    ranges: Mapping[Part, CountRange]

    def bounds(self, *parts: Part) -> CountRange:
        """Return the least and the greatest number of rows that these parts can have together.

        Raises:
            KeyError: the table has no such part.

        """
        inside = [self.ranges[part] for part in set(parts)]
        outside = [found for part, found in self.ranges.items() if part not in parts]
        least = max(sum(low for low, _ in inside), self.rows - sum(high for _, high in outside))
        greatest = min(sum(high for _, high in inside), self.rows - sum(low for low, _ in outside))
        return least, greatest


def publish_counts(counts: Mapping[Part, int]) -> PublishedCounts[Part] | None:
    """Hide the counts from 1 to 4, and as many others as that takes; None if the whole table has to be left out.

    All tables on a page count the same rows, and nothing else may link them: a sum, or a count that is shown in two
    places, is read from one table with :meth:`PublishedCounts.bounds`.

    Args:
        counts: the number of rows in each part; every row is in one part. Parts are hidden in this order, so begin with
            one that the page does not show, or else with one that is usually large.

    >>> published = publish_counts({"clear": 180, "open": 118, "hit": 2})
    >>> published.bounds("hit"), published.bounds("open"), published.bounds("clear")
    ((1, 4), (118, 118), (178, 181))
    >>> published.bounds("clear", "hit")
    (182, 182)
    >>> print(publish_counts({"clear": 6, "hit": 2}))  # of eight rows, no others can hide two
    None

    """
    rows, small = sum(counts.values()), [count for count in counts.values() if count in SMALL]
    ranges = {part: (1, 4) if count in SMALL else (count, count) for part, count in counts.items()}
    if small:
        large = {part: count for part, count in counts.items() if count >= 5}
        beyond, limit = sum(small) - len(small), 3 * len(small) + 5
        if rows - len(small) <= limit * max(1, len(large)):
            return None  # otherwise at least one of the large parts, with `beyond`, is more than the limit
        for part, count in large.items():
            if count + beyond > limit:
                ranges[part] = 5, rows
                break
            ranges[part] = 5, limit
    return PublishedCounts(rows, ranges)
