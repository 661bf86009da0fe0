"""Rows that cannot be read: written with their place and all that is wrong with them, and counted by reason."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import attrs

from barriermodel import InputError
from barriermodel.analysis.facts import CONFIDENTIAL_VALUE_UNREADABLE
from barriermodel.analysis.files import open_ordinary, unwritable
from barriermodel.plugin import Problem

MAX_SHOWN = 5
"""The number of rows that an error shows if there is no file to write them to."""
MAX_REASONS = 100
"""The number of different reasons that are counted in a table."""
MAX_WORDS = 20
"""The number of words that are collected for a reason, so that a user can complete the map after one run."""
OTHER_REASON = "something else"
MAX_KEPT = 10_000
"""The number of rows that are kept for a workbook; the file has them all."""


# Reasons ----------------------------------------------------------------------------------------------

# Problems that differ only in a value between quotes, or in a number, have the same reason. A long value is cut off, so
# it may end in … instead of a quote.
_VALUE = re.compile(r"""'(?:[^'\\]|\\.)*?(?:'|…|$)|"(?:[^"\\]|\\.)*?(?:"|…|$)|[0-9]+(?:[.,][0-9]+)*""")
# A word without digits is one that a map can give a meaning; numbers and dates would only fill the list.
_WORD_FOUND = re.compile(r"""; found ('(?:[^'\\0-9]|\\.)*'|"(?:[^"\\0-9]|\\.)*")(?: in |;|$)""")
# Problems are joined by semicolons, and have semicolons of their own: a new one begins with a column.
_NEXT_COLUMN = re.compile("; (?=[a-z0-9_]+__[a-z0-9_]+(?::| holds) )")


def split_errors(error: str) -> list[str]:
    """The problems that ``advice__error`` holds, one for each column."""
    return _NEXT_COLUMN.split(error)


@attrs.define
class Reason:
    """What is wrong with some rows.

    Args:
        place: the place of the first of these rows.
        first: what is wrong with the first.
        rows: the number of rows.
        words: the different words that were found in them, at most :data:`MAX_WORDS`; no numbers.

    """

    place: int | str
    first: str
    rows: int = 0
    words: list[str] = attrs.field(factory=list)


@attrs.define
class Reasons:
    """Counts what is wrong with the rows of a table; problems that differ only in the value found are one reason."""

    found: dict[str, Reason] = attrs.field(factory=dict)

    def add(self, place: int | str, problem: str, rows: int = 1) -> None:
        """Count a problem of some rows, the first of which is at ``place``."""
        key = _VALUE.sub("", problem)
        if key not in self.found and len(self.found) >= MAX_REASONS:
            key = problem = OTHER_REASON
        reason = self.found.setdefault(key, Reason(place, problem))
        reason.rows += rows
        word = _WORD_FOUND.search(problem)
        if word and word[1] not in reason.words and len(reason.words) < MAX_WORDS:
            reason.words.append(word[1])

    def ranked(self) -> list[Reason]:
        """The most frequent reason first."""
        return sorted(self.found.values(), key=lambda reason: -reason.rows)


# Rows -------------------------------------------------------------------------------------------------


@attrs.frozen
class Reject:
    """A row that cannot be read.

    Args:
        line: where it begins: the line in a CSV or JSON Lines file, the row in a Parquet file or a workbook,
            the path of a dossier.
        problems: all that is wrong with it, by column.
        row: as it was: by column, or the text of its lines if it has no columns.

    """

    line: int | str
    problems: Sequence[Problem]
    row: Any = None

    @property
    def reason(self) -> str:
        """All that is wrong, in one sentence."""
        return "; ".join(str(problem) for problem in self.problems)


@attrs.define
class Rejects:
    """Collects the rows of one table that cannot be read. Read the table once: each reading adds them again.

    Args:
        file: rejects are written to it as JSON Lines; without it they are counted, and :meth:`check` raises.
        hidden: columns whose values may not be shown.
        kinds: confidential kinds of evidence; a row without columns that mentions one is not shown.

    """

    file: TextIO | None = None
    hidden: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    count: int = attrs.field(default=0, init=False)
    first: list[str] = attrs.field(factory=list, init=False)
    reasons: Reasons = attrs.field(factory=Reasons, init=False)
    kept: list[Reject] = attrs.field(factory=list, init=False)

    def add(self, reject: Reject) -> None:
        """Count a row, and write it.

        Raises:
            BarrierModelError: it cannot be written.

        """
        self.count += 1
        reject = self._masked(reject)
        for problem in dict.fromkeys(map(str, reject.problems)):
            self.reasons.add(reject.line, problem)
        if self.count <= MAX_KEPT:
            self.kept.append(reject)
        if self.file is not None:
            data = {"line": reject.line, "reason": reject.reason, "row": reject.row}
            try:
                self.file.write(_json_line(data))
            except OSError as error:
                raise unwritable("the file for rejects", error) from None
        elif len(self.first) < MAX_SHOWN:
            place = f"line {reject.line}" if isinstance(reject.line, int) else reject.line
            self.first.append(f"{place}: {reject.reason}")

    def _masked(self, reject: Reject) -> Reject:
        """The row without confidential values. Which value belongs to which column of a row that could not be split is
        not known, so such a row is left out as a whole if it may hold one.
        """
        row = reject.row
        if not self.hidden and (type(row) is dict or not any(kind in str(row).lower() for kind in self.kinds)):
            return reject
        kept = {name: value for name, value in row.items() if name not in self.hidden} if type(row) is dict else None
        return Reject(reject.line, self.without_confidential(reject.problems), kept)

    def without_confidential(self, problems: Sequence[Problem]) -> list[Problem]:
        """The problems, without the values of columns that may not be shown."""
        return [
            Problem(p.path, CONFIDENTIAL_VALUE_UNREADABLE if p.path in self.hidden else p.message) for p in problems
        ]

    def check(self, where: str) -> None:
        """At the end of a table, raise where rows were rejected and no file says which.

        Raises:
            InputError: with the number of these rows, and the first of them.

        """
        if self.file is None and self.count:
            rows = "1 row cannot be read" if self.count == 1 else f"{self.count} rows cannot be read; the first are"
            raise InputError.one(where, "\n  ".join([rows, *self.first]))


def _json_line(data: dict[str, Any]) -> str:
    try:
        text = json.dumps(data, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError:  # NaN and infinity, which a Parquet file can hold and JSON cannot
        row = {name: str(value) if type(value) is float else value for name, value in data["row"].items()}
        text = json.dumps({**data, "row": row}, ensure_ascii=False, default=str)
    return f"{text}\n"


def are_rejects(path: Path) -> bool:
    """Whether a file holds rejects of an earlier run, or nothing, so that it may be replaced."""
    try:
        with open_ordinary(path) as file:
            line = file.readline(1_000)
            return not line or line.startswith(b'{"line": ')
    except OSError:
        return False
