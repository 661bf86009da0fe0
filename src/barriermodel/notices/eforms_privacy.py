"""What an eForms notice holds back: a field that ``FieldsPrivacy`` names is not public until its date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from barriermodel import UNKNOWN

from .values import WITHHELD, day_of
from .xml import text_at

_HELD_BACK: Final = (
    ("LotTender", "win-ten-val", "LegalMonetaryTotal/PayableAmount"),
    ("LotResult", "win-cho", "TenderResultCode"),
    ("LotResult", "no-awa-rea", "DecisionReason/DecisionReasonCode"),
    ("ReceivedSubmissionsStatistics", "rec-sub-cou", "StatisticsNumeric"),
    ("ReceivedSubmissionsStatistics", "rec-sub-typ", "StatisticsNumeric"),
    ("TenderingProcess", "pro-typ", "ProcedureCode"),
)
"""The codes of fields that an import uses (code list non-publication-identifier), where they stand, what they name."""


def without_withheld(root: Element, as_of: date | None) -> Element:
    """The notice with ``unpublished`` in the place of all that is held back, whatever value stands there.

    Args:
        as_of: a field that is public on this day stays; without a day none does.

    """
    for name, code, path in _HELD_BACK:
        for holder in root.iter(name):
            for until in _until(holder, code, as_of):
                for field in holder.iterfind(path):
                    field.clear()
                    field.text = f"{WITHHELD} ({until})" if until else WITHHELD
    return root


def _until(holder: Element, code: str, as_of: date | None) -> Iterator[str]:
    """Until when a field is held back: a day, or nothing where none is stated."""
    for privacy in holder.iter("FieldsPrivacy"):
        if text_at(privacy, "FieldIdentifierCode") == code:
            day, _ = day_of(text_at(privacy, "PublicationDate"))
            if day is UNKNOWN:
                yield ""
            elif as_of is None or day > as_of:
                yield day.isoformat()
