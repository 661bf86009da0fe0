"""Find what a notice leaves unsaid, so that nothing goes missing: lots without an award, tenders without a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

from barriermodel import DossierError, InputError
from barriermodel.analysis.reports import fill
from barriermodel.analysis.text import said

from .notice import AwardRow, Group, LeftOut, Notice, left_out
from .suppliers import name_of

_NOT_FOUND: Final = ("no_supplier", "no_result", "unknown_shape", "unreadable")
"""Reasons why a supplier is missing where there should be one; the other reasons mean that there is none."""
_NO_TENDER: Final = ("not_awarded", "still_open", "lot_without_award", "subcontractor")
"""Reasons that do not concern a tender."""
_MAX_EXAMPLES: Final = 3


def with_awards(
    notice: Notice,
    found: Iterable[AwardRow | LeftOut],
    received: Iterable[tuple[str, int]] = (),
    lots: Iterable[str] = (),
) -> Notice:
    """Return a notice with its suppliers, what was left out, and what it leaves unsaid.

    Args:
        notice: without any of these.
        found: the suppliers, and what was left out.
        received: how many tenders there were for a lot, each time that it is stated.
        lots: the lots that it describes.

    """
    known = list(found)
    rows = [one for one in known if isinstance(one, AwardRow)]
    missing = [one for one in known if isinstance(one, LeftOut)]
    missing += _tenders_not_awarded(received, rows, missing)
    heard = {one.lot for one in rows} | {one.lot for one in missing}
    missing += [left_out("lot_without_award", lot) for lot in lots if lot not in heard]
    placed = tuple(attrs.evolve(one, where=notice.where, notice=notice.number) for one in missing)
    return attrs.evolve(notice, rows=tuple(rows), left_out=placed)


def _tenders_not_awarded(
    received: Iterable[tuple[str, int]], rows: Sequence[AwardRow], missing: Iterable[LeftOut]
) -> list[LeftOut]:
    """Report the tenders that a notice counts for a lot but does not name, as a lower bound.

    A group whose members are all named made one tender. Each supplier that was left out may have made one.
    """
    unnamed = Counter(item.lot for item in missing if item.reason not in _NO_TENDER)
    won = {(row.lot, row.item, None if row.group is Group.STATED else row.supplier) for row in rows}
    named = unnamed + Counter(lot for lot, *_ in won)
    most: dict[str, int] = {}
    for lot, count in received:
        most[lot] = max(count, most.get(lot, 0))
    unsaid = {lot: count for lot, count in most.items() if count > named[lot]}
    return [left_out("tenders_not_awarded", lot, f"{count - named[lot]}/{count}") for lot, count in unsaid.items()]


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
        why = fill(said("notices", "left_out", reason), "en")
        parts.append(f"{len(found)}x {why}{f': {examples}' if examples else ''}")
    return ", ".join(parts)
