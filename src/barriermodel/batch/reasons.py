"""What is wrong with rows, counted: what differs in nothing but the value that was found is one reason."""

from __future__ import annotations

import re

import attrs

MAX_REASONS = 100
"""So many reasons are told apart in a table."""
MAX_WORDS = 20
"""So many words that cannot be read are told of each, so that one look at the list mends a map."""
OTHER_REASON = "something else"
_VALUE = re.compile(r"""'(?:[^'\\]|\\.)*?(?:'|…|$)|"(?:[^"\\]|\\.)*?(?:"|…|$)|[0-9]+(?:[.,][0-9]+)*""")
_FOUND = re.compile(r"""; found ('(?:[^'\\0-9]|\\.)*'|"(?:[^"\\0-9]|\\.)*")(?: in |;|$)""")
_NEXT = re.compile("; (?=[a-z0-9_]+__[a-z0-9_]+(?::| holds) )")


def split_errors(error: str) -> list[str]:
    """What ``advice__error`` tells of a row, for each of its columns apart."""
    return _NEXT.split(error)


@attrs.define
class Reason:
    """What is wrong with some rows.

    Args:
        place: of the first of them.
        first: what is wrong with that one.
        rows: how many they are.
        words: the different words that were found in them, as the first so many of them are told; no numbers.

    """

    place: int | str
    first: str
    rows: int = 0
    words: list[str] = attrs.field(factory=list)


@attrs.define
class Reasons:
    """Counts what is wrong with the rows of one table."""

    found: dict[str, Reason] = attrs.field(factory=dict)

    def add(self, place: int | str, told: str, rows: int = 1) -> None:
        """Count what is told of some rows, the first of which is at a place."""
        key = _VALUE.sub("", told)
        if key not in self.found and len(self.found) >= MAX_REASONS:
            key = told = OTHER_REASON
        reason = self.found.setdefault(key, Reason(place, told))
        reason.rows += rows
        word = _FOUND.search(told)
        if word and word[1] not in reason.words and len(reason.words) < MAX_WORDS:
            reason.words.append(word[1])

    def ranked(self) -> list[Reason]:
        """The commonest first."""
        return sorted(self.found.values(), key=lambda reason: -reason.rows)
