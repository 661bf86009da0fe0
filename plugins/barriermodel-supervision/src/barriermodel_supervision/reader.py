"""Read an export of claims as CSV: strictly, reporting all bad lines together and never the number of a client."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from barriermodel.plugin import UNKNOWN, DossierError, Evidence, Problem, Reader, Source, SourceType, is_rsin

from .declared_care import CareLine, DeclaredCare

COLUMNS = ("client", "day", "minutes", "individual", "single_staffed", "worker")
_WHERE = "declared_care"
_EXPORT_AGAIN = "Export it again"
_YES_NO = {"true": True, "ja": True, "false": False, "nee": False}
_BSN = (
    "holds a number that passes the elfproef of a BSN. A BSN must not be stored here: "
    "export a reference of your own instead"
)


def read_declared_care(raw: bytes) -> Iterable[Evidence]:
    """Read all lines of a CSV export in UTF-8, with commas or semicolons, as one item of evidence.

    An empty cell is unknown; an empty ``worker`` means that the line names nobody. A file without lines, or whose last
    line has no end, may have been cut short; it does not show that little was claimed. Raises ``DossierError`` with
    every problem and the number of its line.
    """
    problems: list[Problem] = []
    lines = [_line(cells, f"line {number}", problems) for number, cells in _rows(raw)]
    if not lines:
        problems.append(Problem("", f"has no lines. {_EXPORT_AGAIN}, or leave it out if nothing was declared"))
    if problems:
        raise DossierError(_WHERE, problems)
    return [Evidence(id="", source=Source(type=SourceType.REGISTER), facts=DeclaredCare(lines=tuple(lines)))]


def _rows(raw: bytes) -> list[tuple[int, dict[str, str] | None]]:
    """Return the cells of each line that is not blank, with its line number; None if there are too many or too few."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = error.object.count(b"\n", 0, error.start) + 1
        raise DossierError.one(_WHERE, "expected text in UTF-8", f"line {number}") from None
    if text.count('"') % 2:
        at = next(f"line {n}" for n, line in enumerate(text.split("\n"), 1) if line.count('"') % 2)
        raise DossierError.one(_WHERE, f'a quote (") lacks its partner. {_EXPORT_AGAIN}', at)
    if not text.endswith("\n"):
        last = f"line {text.count(chr(10)) + 1}"
        raise DossierError.one(_WHERE, f"has no end: the file was cut short. {_EXPORT_AGAIN}", last)
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(found, [])
        if sorted(header) != sorted(COLUMNS):
            raise DossierError.one(_WHERE, f"expected the columns {', '.join(COLUMNS)}, each once", "line 1")
        return [(found.line_num, _cells(header, row)) for row in found if row]
    except csv.Error as error:
        raise DossierError.one(_WHERE, f"is no CSV: {error}", f"line {found.line_num}") from None


def _cells(header: list[str], row: list[str]) -> dict[str, str] | None:
    return dict(zip(header, row, strict=True)) if len(row) == len(header) else None


def _line(cells: dict[str, str] | None, where: str, problems: list[Problem]) -> CareLine:
    if cells is None:
        problems.append(Problem(where, f"expected {len(COLUMNS)} cells"))
        return CareLine()
    read: dict[str, Any] = {}
    for column, cell in cells.items():
        try:
            read[column] = _READ[column](cell) if cell else UNKNOWN
        except ValueError as error:
            problems.append(Problem(f"{where}, {column}", str(error)))
    return CareLine(**read, names_worker=cells["worker"] != "")


def _reference(cell: str) -> str:
    digits = re.sub("[ ./-]|^bsn:?", "", cell, flags=re.IGNORECASE)
    if len(digits) >= 8 and is_rsin(digits.zfill(9)):  # a spreadsheet drops the zero that a BSN may begin with
        raise ValueError(_BSN)
    if cell != cell.strip():  # "c1" and "c1 " would be two clients, and a day of the one shared between them
        raise ValueError("has spaces before or after it: remove them")
    if '"' in cell:
        raise ValueError('has a quote (") in it: remove it')
    return cell


def _day(cell: str) -> date:
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        raise ValueError("expected a day such as 2025-11-03")
    return date.fromisoformat(cell)


def _minutes(cell: str) -> int:
    if not re.fullmatch("-?[0-9]{1,5}", cell):
        raise ValueError("expected whole minutes such as 90, or -90 for a correction")
    return int(cell)


def _yes_no(cell: str) -> bool:
    if cell not in _YES_NO:
        raise ValueError(f"expected {', '.join(_YES_NO)}")
    return _YES_NO[cell]


_READ: dict[str, Callable[[str], object]] = {
    "client": _reference,
    "day": _day,
    "minutes": _minutes,
    "individual": _yes_no,
    "single_staffed": _yes_no,
    "worker": _reference,
}

declared_care_reader = Reader(id="declared_care", formats=("csv",), read=read_declared_care)
