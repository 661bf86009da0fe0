"""A Dutch list of providers as a contract manager has it: fictional, and written as a Dutch spreadsheet writes it."""

from __future__ import annotations

from random import Random

FORMS = ("B.V.", "BV", "b.v. ", "Stichting", "stichting", "Eenmanszaak", "VOF", "V.O.F.", "Coöperatie U.A.", "")
HEAD = ("Naam", "KvK-nummer", "Rechtsvorm", "Omzet 2024", "Winst 2024", "Gem. aantal werknemers", "Actief",
        "Start inschrijving", "Einddatum bekend")  # fmt: skip
TITLE = ("Overzicht gecontracteerde aanbieders – regio Verzinsel", "Stand per 15-1-2026", "")


def amount(euros: float, way: int) -> str:
    """An amount as somebody might type it: with thousands, a currency sign, whole euros, minus behind."""
    written = f"{abs(euros):,.2f}".translate({ord(","): ".", ord("."): ","})
    ways = (written, f"€ {written}", f"{written[:-3]},-", f"€ {written[:-3]}", f"{abs(euros):.0f}")
    return f"-{ways[way]}" if euros < 0 else ways[way]


def row(number: int, random: Random) -> tuple[str, ...]:
    """A provider; about one in thirty has a cell that nobody can read."""
    turnover = random.randrange(60_000, 9_000_000)
    profit = turnover * random.randrange(-20, 35) / 100
    employees = f"{random.randrange(0, 900) / 10:.1f}".replace(".", ",")
    day, year = random.randrange(1, 29), random.randrange(1995, 2026)
    started = f"{day}-{random.randrange(1, 13)}-{year}" + random.choice(("", " 00:00", " 0:00:00"))
    active = "weet niet" if number % 30 == 7 else random.choice(("Ja", "ja", "nee", "JA"))
    ways = random.randrange(5), random.randrange(5)
    return (
        f"Zorg Denkbeeldig {number} Coöperé", f"{number:08}", random.choice(FORMS), amount(turnover, ways[0]),
        amount(profit, ways[1]), employees, active, started, random.choice(("ja", "nee")),
    )  # fmt: skip


def dutch_list(count: int = 300) -> str:
    """The list as text: title rows, an empty row, names, rows, empty fields at the end, and empty rows below."""
    random = Random(2026)
    rows = [*((line,) for line in TITLE), HEAD, *(row(number, random) for number in range(1, count + 1)), ("",), ("",)]
    width = len(HEAD) + 2
    return "".join(";".join([*cells, *[""] * (width - len(cells))]) + "\r\n" for cells in rows)
