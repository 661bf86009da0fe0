"""Files that tell of awards and of which not one supplier could be read: a fault, and no empty result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from ..errors import DossierError, InputError
from .content import Content
from .suppliers import name_of
from .told import LEFT_OUT

_NOT_FOUND: Final = ("no_supplier", "no_result", "unknown_shape", "unreadable")
"""Why there is no supplier where there should be one; other reasons say that there is none."""


def without_suppliers(contents: Iterable[Content]) -> Iterator[InputError]:
    """An error for each file that tells of awards, of which no supplier at all could be read."""
    by_file: defaultdict[str, list[Content]] = defaultdict(list)
    for content in contents:
        by_file[content.where].append(content)
    for where, known in by_file.items():
        rows = [row for content in known for row in content.rows]
        reasons = [item.reason for content in known for item in content.left_out if item.reason in _NOT_FOUND]
        if not any(name_of(row.supplier) for row in rows) and (rows or reasons):
            words = "; ".join(LEFT_OUT[reason].en for reason in dict.fromkeys([*reasons, *["no_name"] * bool(rows)]))
            message = f"this tells of awards, and no supplier of them can be read ({words}): look them up by hand"
            yield DossierError.one(where, message)
