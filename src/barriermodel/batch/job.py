"""What a batch is to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import attrs

from barriermodel.analysis.text import Language

from .writers import SHEETS


@attrs.frozen(kw_only=True)
class BatchJob:
    """What is to be assessed, and how.

    Args:
        profile: as the user named it; it is written in every row.
        as_of: the date of all rows, instead of their own.
        mapping: a map of the user's own columns.
        rejects: the file for rows that cannot be read; by default it is beside the output.
        details: add the five statuses in words.
        confidential: write the columns of confidential evidence too.
        raw: write text in CSV as it is, even if a spreadsheet takes it for a formula.
        page: keep the rows, for a page of all providers.
        same_dialect: write CSV as the input is written: its encoding, decimal sign, dates, and words.
        lang: the language of a workbook.

    """

    source: Path
    output: Path
    profile: str
    as_of: date | None = None
    mapping: Path | None = None
    rejects: Path | None = None
    details: bool = False
    confidential: bool = False
    raw: bool = False
    page: bool = False
    same_dialect: bool = False
    lang: Language = "nl"

    @property
    def in_sheets(self) -> bool:
        """Whether the output is a workbook."""
        return self.output.suffix.lower() == SHEETS

    @property
    def rejects_file(self) -> Path:
        """The file for rows that cannot be read."""
        return self.rejects or self.output.with_name(f"{self.output.name}.rejects.jsonl")
