"""Files that tell of awards and of which not one supplier could be read: a fault, and no empty result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from barriermodel import DossierError, InputError

from .notice import Notice
from .reason_texts import LEFT_OUT
from .suppliers import name_of

_NOT_FOUND: Final = ("no_supplier", "no_result", "unknown_shape", "unreadable")
"""Why there is no supplier where there should be one; other reasons say that there is none."""
_SHOWN: Final = 3


def without_suppliers(contents: Iterable[Notice]) -> Iterator[InputError]:
    """An error for each file of which parts could not be read as awards, and not one supplier could."""
    by_file: defaultdict[str, list[Notice]] = defaultdict(list)
    for content in contents:
        by_file[content.where].append(content)
    for where, known in by_file.items():
        rows = [row for content in known for row in content.rows]
        missing = [(item.reason, item.lot, item.detail) for content in known for item in content.left_out]
        missing = [one for one in missing if one[0] in _NOT_FOUND] + [("no_name", row.lot, row.item) for row in rows]
        if missing and not any(name_of(row.supplier) for row in rows):
            message = f"no supplier of an award can be read from it ({_sentence(missing)}); look it up by hand"
            yield DossierError.one(where, message)


def unread_companies(companies: Sequence[str]) -> str:
    """How many companies a file names that is refused, and the first few; nothing where it names none."""
    shown = "; ".join(name[:60] for name in companies[:_SHOWN])
    return f" (it names {len(companies)}, not read: {shown})" if companies else ""


def _sentence(missing: Iterable[tuple[str, str, str]]) -> str:
    """What is missing, by reason: how often, and the first few lots or parts."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for reason, lot, said in missing:
        places[reason].append(" ".join(part for part in (lot and f"lot {lot}", said[:60]) if part))
    told: list[str] = []
    for reason, found in places.items():
        examples = "; ".join(list(dict.fromkeys(filter(None, found)))[:_SHOWN])
        told.append(f"{len(found)}x {LEFT_OUT[reason].en}{f': {examples}' if examples else ''}")
    return ", ".join(told)
