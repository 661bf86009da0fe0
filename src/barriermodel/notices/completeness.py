"""Find what a notice leaves unsaid, so that nothing goes missing: lots without an award, tenders without a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from barriermodel import DossierError, InputError

from .notice import AwardRow, Group, LeftOut, Notice
from .reason_texts import LEFT_OUT
from .suppliers import name_of

_NOT_FOUND: Final = ("no_supplier", "no_result", "unknown_shape", "unreadable")
"""Reasons why a supplier is missing where there should be one; the other reasons mean that there is none."""
_NO_TENDER: Final = ("not_awarded", "still_open", "lot_without_award", "subcontractor")
"""Reasons that do not concern a tender."""
_MAX_EXAMPLES: Final = 3


def partition(found: Iterable[AwardRow | LeftOut]) -> tuple[list[AwardRow], list[LeftOut]]:
    """Separate suppliers from what was left out; keep the order of each."""
    known = list(found)
    return [one for one in known if isinstance(one, AwardRow)], [one for one in known if isinstance(one, LeftOut)]


def lots_without_award(
    lots: Iterable[str], found: Iterable[AwardRow | LeftOut], where: str, notice: str
) -> list[LeftOut]:
    """List the lots about which a notice says nothing at all."""
    heard = {one.lot for one in found}
    return [
        LeftOut(where=where, reason="lot_without_award", notice=notice, lot=lot) for lot in lots if lot not in heard
    ]


def tenders_not_awarded(
    received: Iterable[tuple[str, int]], rows: Sequence[AwardRow], left_out: Iterable[LeftOut], where: str, notice: str
) -> list[LeftOut]:
    """Report the tenders that a notice counts for a lot but does not name, as a lower bound.

    A group whose members are all named made one tender. Each supplier that was left out may have made one.
    """
    unnamed = Counter(item.lot for item in left_out if item.reason not in _NO_TENDER)
    won = {(row.lot, row.item, None if row.group is Group.STATED else row.supplier) for row in rows}
    named = unnamed + Counter(lot for lot, *_ in won)
    most: dict[str, int] = {}
    for lot, count in received:
        most[lot] = max(count, most.get(lot, 0))
    return [
        LeftOut(
            where=where, reason="tenders_not_awarded", notice=notice, lot=lot, detail=f"{count - named[lot]}/{count}"
        )
        for lot, count in most.items()
        if count > named[lot]
    ]


def without_suppliers(notices: Iterable[Notice]) -> Iterator[InputError]:
    """Yield an error for each file that has awards but not one supplier that could be read."""
    by_file: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_file[notice.where].append(notice)
    for where, known in by_file.items():
        rows = [row for notice in known for row in notice.rows]
        missing = [(item.reason, item.lot, item.detail) for notice in known for item in notice.left_out]
        missing = [one for one in missing if one[0] in _NOT_FOUND] + [("no_name", row.lot, row.item) for row in rows]
        if missing and not any(name_of(row.supplier) for row in rows):
            message = f"no supplier of an award can be read from it ({_sentence(missing)}); look it up by hand"
            yield DossierError.one(where, message)


def unread_companies(companies: Sequence[str]) -> str:
    """Say how many companies a refused file names, and show the first few; empty if it names none."""
    shown = "; ".join(name[:60] for name in companies[:_MAX_EXAMPLES])
    return f" (it names {len(companies)}, not read: {shown})" if companies else ""


def _sentence(missing: Iterable[tuple[str, str, str]]) -> str:
    """Say what is missing, by reason: how often, and the first few lots or parts."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for reason, lot, detail in missing:
        places[reason].append(" ".join(part for part in (lot and f"lot {lot}", detail[:60]) if part))
    parts: list[str] = []
    for reason, found in places.items():
        examples = "; ".join(list(dict.fromkeys(filter(None, found)))[:_MAX_EXAMPLES])
        parts.append(f"{len(found)}x {LEFT_OUT[reason].en}{f': {examples}' if examples else ''}")
    return ", ".join(parts)
