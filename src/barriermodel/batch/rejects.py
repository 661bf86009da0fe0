"""Rows that cannot be read: counted, and written with their place and all that is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import attrs

from barriermodel import InputError
from barriermodel.analysis.facts import CONFIDENTIAL_VALUE_UNREADABLE
from barriermodel.analysis.files import open_ordinary, unwritable
from barriermodel.plugin import Problem

from .reasons import Reasons

MAX_SHOWN = 5
"""At most so many rows are told where there is no file to write them to."""


@attrs.frozen
class Reject:
    """A row that cannot be read.

    Args:
        line: where it begins: the line of a CSV or JSON Lines file, the row of a Parquet file, the path of a dossier.
        problems: all that is wrong with it, by column.
        row: as it was: by column, or the text of its lines where it has no columns.

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
    """Takes the rows of one table that cannot be read. Read the table once: each time adds them again.

    Args:
        file: JSON Lines are written to it; None only counts, and :meth:`check` raises.
        hidden: columns whose values may not be shown.
        kinds: confidential kinds; a row without columns that speaks of one is not shown.
        reasons: what is wrong with them.

    """

    file: TextIO | None = None
    hidden: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    count: int = attrs.field(default=0, init=False)
    first: list[str] = attrs.field(factory=list, init=False)
    reasons: Reasons = attrs.field(factory=Reasons, init=False)

    def add(self, reject: Reject) -> None:
        """Count a row, and write it."""
        self.count += 1
        reject = self._masked(reject)
        for told in dict.fromkeys(map(str, reject.problems)):
            self.reasons.add(reject.line, told)
        if self.file is not None:
            data = {"line": reject.line, "reason": reject.reason, "row": reject.row}
            try:
                self.file.write(_json(data) + "\n")
            except OSError as error:
                raise unwritable("the file for rejects", error) from None
        elif len(self.first) < MAX_SHOWN:
            self.first.append(f"{_place(reject.line)}: {reject.reason}")

    def _masked(self, reject: Reject) -> Reject:
        row = reject.row
        if not self.hidden and (type(row) is dict or not any(kind in str(row).lower() for kind in self.kinds)):
            return reject
        kept = {name: value for name, value in row.items() if name not in self.hidden} if type(row) is dict else None
        return Reject(reject.line, self.harmless(reject.problems), kept)

    def harmless(self, problems: Sequence[Problem]) -> list[Problem]:
        """The same problems, without what may not be shown."""
        return [
            Problem(p.path, CONFIDENTIAL_VALUE_UNREADABLE if p.path in self.hidden else p.message) for p in problems
        ]

    def check(self, where: str) -> None:
        """At the end of a table: raise where rows were not read and there is no file that tells which.

        Raises:
            InputError: with the number of these rows, and the first of them.

        """
        if self.file is None and self.count:
            rows = "1 row cannot be read" if self.count == 1 else f"{self.count} rows cannot be read; the first are"
            raise InputError.one(where, "\n  ".join([rows, *self.first]))


def _json(data: dict[str, Any]) -> str:
    try:
        return json.dumps(data, ensure_ascii=False, default=str, allow_nan=False)
    except ValueError:  # a number that JSON does not have
        row = {name: str(value) if type(value) is float else value for name, value in data["row"].items()}
        return json.dumps({**data, "row": row}, ensure_ascii=False, default=str)


def _place(line: int | str) -> str:
    return f"line {line}" if isinstance(line, int) else line


def are_rejects(path: Path) -> bool:
    """Whether a file holds rejects of an earlier run (or nothing), so that it may be replaced."""
    try:
        with open_ordinary(path) as file:
            line = file.readline(1_000)
            return not line or line.startswith(b'{"line": ')
    except OSError:
        return False
