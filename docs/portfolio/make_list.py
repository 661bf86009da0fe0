"""Make ``lijst.xlsx``: 300 fictional providers, as untidy as a real list, for ``docs/portefeuille.md``.

``python docs/portfolio/make_list.py --write`` writes it; ``tests/portfolios/test_docs_portfolio.py`` sees that the file
is what this makes. Half of the providers are those of ``portefeuille.csv``; the other half has other names, and figures
a third larger.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
FILE = HERE / "lijst.xlsx"
TITLE = ["Gecontracteerde aanbieders jeugdhulp en Wmo, regio Verzinsel", "Stand: 15 januari 2026", None]
HEADINGS = [
    "Aanbieder", "KvK-nummer", "Contract", "Rechtsvorm", "Wet", "In KvK?", "Sinds", "Omzet 2024", "Winst 2024",
    "Eigen vermogen", "Balanstotaal", "Personeel", "Inhuur", "Gedeponeerd", "ZZP", "Keurmerk",
    "Keurmerk vanaf", "Keurmerk t/m",
]  # fmt: skip
FORMS = {"bv": "B.V.", "eenmanszaak": "zzp", "stichting": "Stichting", "vof": "V.O.F.", "vereniging": "Vereniging"}
ACTS = {"jeugdwet": "Jeugdwet", "wmo": "WMO", "jeugdwet_and_wmo": "beide"}
OTHER_NAMES = {
    "Fictieve": "Onbestaande", "Zogenaamde": "Verdichte", "Verzonnen": "Ingebeelde", "Gefingeerde": "Voorgewende",
    "Nergense": "Nimmerse", "Verbeelde": "Uitgedachte", "Denkbeeldige": "Gedroomde", "Bedachte": "Gezochte",
}  # fmt: skip
Cell = str | int | date | None


def rows() -> Iterator[list[Cell]]:
    """The lines of the sheet: a title, the names of the columns, the providers, and a total."""
    yield from ([line] for line in TITLE)
    yield list(HEADINGS)
    with open(HERE / "portefeuille.csv", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    for number in range(2 * len(found)):
        yield _provider(number, found[number % len(found)], again=number >= len(found))
    yield ["Totaal", 2 * len(found)]


def _provider(number: int, own: dict[str, str], *, again: bool) -> list[Cell]:
    name = " ".join(OTHER_NAMES[word] if again and word in OTHER_NAMES else word for word in own["Aanbieder"].split())
    until = _day(own["Certificaat tot"])
    return [
        name, 3000 + number, f"VB-2026-{number + 1:03}", FORMS[own["Rechtsvorm"]], ACTS[own["Wet"]],
        _answer(own["Ingeschreven"], number), _day(own["Begin inschrijving"]),
        *_amounts(own, number, 4 / 3 if again else 1),
        _day(own["Gedeponeerd op"]), _answer(own["Werkt alleen"], number),
        (("HKZ", "ISO 9001:2015")[number % 2] if until else ("geen", None)[number % 2]),
        until and until.replace(year=until.year - 3), until,
    ]  # fmt: skip


def _amounts(own: dict[str, str], number: int, factor: float) -> Iterator[Cell]:
    """Amounts as numbers; here and there as text, in words, or unreadable."""
    for name in ("Omzet", "Winst", "Eigen vermogen", "Balanstotaal", "Personeelskosten", "Inhuur"):
        amount = round(int(own[name]) * factor) if own[name] else None
        if amount is None:
            yield "n.b."
        elif (number, name) == (41, "Winst"):
            yield "zie mail"
        elif name == "Omzet" and number % 40 == 7:
            yield f"€ {amount:,}".replace(",", ".")
        else:
            yield amount


def _answer(word: str, number: int) -> Cell:
    ways = {"ja": ("ja", "Ja", "J"), "nee": ("nee", "Nee", "N"), "": ("?", None, "?")}
    return ways[word][number % 3]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def write(path: Path) -> None:
    """Write the workbook, the same bytes each time."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "d-m-yyyy", "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime(2026, 1, 15, tzinfo=UTC), "author": "barriermodel"})
        sheet = book.add_worksheet("Aanbieders")
        sheet.set_column(0, 0, 42)
        sheet.set_column(1, len(HEADINGS) - 1, 14)
        for number, cells in enumerate(rows()):
            sheet.write_row(number, 0, cells)


if __name__ == "__main__" and "--write" in sys.argv:
    write(FILE)
