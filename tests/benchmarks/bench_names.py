"""Precision and recall of the comparison of names, and what 1,000 invented names of Dutch providers give.

    BARRIERMODEL_SAMPLES=FOLDER python tests/benchmarks/bench_names.py [--names FILE] [--list 20000]

The labelled pairs of ``names/name-pairs.csv`` are split in two by a hash of both names, so that a pair and its reverse
are in one half: the comparison was tuned on ``tuned``, and ``kept`` was kept aside. ``--names`` takes the
``names.py`` of another commit (``git show COMMIT:plugins/barriermodel-integrity/src/barriermodel_integrity/names.py``).
The list that the invented names are compared with is invented as well, with the names of the pairs added.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib.util
import os
import random
import time
from pathlib import Path
from types import ModuleType

from barriermodel_integrity import names as today
from barriermodel_integrity import sanctions

LIMIT = int(sanctions.parameters["min_score"].default)
HALVES = ("tuned", "kept")


def words(text: str) -> list[str]:
    return text.split()


FIRST = words("Zorg Thuiszorg Jeugdhulp Begeleiding Ambulante Dagbesteding Wonen Opvang Gezinshulp Behandeling")
JOIN = ["", " de", " het", " van der", " aan de", " in", " &", " voor"]
LAST = words(
    "Linde Berk Haven Brug Horizon Vlinder Zonnebloem Es Molen Kade Beek Heide Regenboog Toekomst Noord Oost Twente "
    "Salland Achterhoek Veluwe Jansen Bakker Visser Mulder Dekker Bos Vos Peters Hendriks Dijkstra Groen Kompas"
)
FORMS = ["B.V.", "", "Stichting", "VOF", "Coöperatie U.A."]
CITIES = words(
    "Tehran Moscow Minsk Damascus Pyongyang Tripoli Khartoum Donetsk Omsk Kazan Aleppo Homs Benghazi Harare Yangon "
    "Managua Caracas Kinshasa Goma Bangui Sevastopol Tula Perm Samara Shiraz Isfahan Latakia Mandalay"
)
TRADES = words(
    "Aviation Shipping Petroleum Refinery Bank Insurance Electronics Trading Construction Steel Chemical Foundation "
    "Machine-Building Research Institute Charity Telecom Defence Logistics Mining Energy Medical Care Security Tobacco"
)
SURNAMES = words("Ivanov Petrov Rahimi Hosseini Al-Hasan Kim Ri Nasser Haddad Sokolov Volkov Diallo Okello Mirza Zaw")
ENDS = ["LLC", "OOO", "JSC", "Company", "Ltd", "Group", "Holding", "Co.", "FZE", "S.A.", "GmbH", ""]


def split(row: dict[str, str]) -> str:
    both = "|".join(sorted((row["name1"].casefold(), row["name2"].casefold())))
    return HALVES[hashlib.sha256(both.encode()).digest()[0] % 2]


def pairs() -> list[dict[str, str]]:
    path = Path(os.environ["BARRIERMODEL_SAMPLES"]) / "names" / "name-pairs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measured(names: ModuleType, rows: list[dict[str, str]]) -> str:
    found = missed = false = 0
    for row in rows:
        alike = names.name_score(*(names.comparable_name(row[key]) for key in ("name1", "name2"))) >= LIMIT
        same = row["is_match"] == "true"
        found, missed, false = found + (alike and same), missed + (same and not alike), false + (alike and not same)
    return (
        f"{len(rows)} | {found} | {missed} | {false} | {found / (found + false):.3f} | {found / (found + missed):.3f}"
    )


def invented(count: int, rng: random.Random) -> list[str]:
    """Names as ordinary providers have them."""
    made: dict[str, None] = {}
    while len(made) < count:
        second = f" {rng.choice(LAST)}" if rng.random() < 0.5 else ""
        name = f"{rng.choice(FIRST)}{rng.choice(JOIN)} {rng.choice(LAST)}{second}"
        form = rng.choice(FORMS)
        made[f"{form} {name}" if form == "Stichting" else f"{name} {form}".strip()] = None
    return list(made)


def listed(count: int, rng: random.Random) -> list[str]:
    """Names as a sanctions list has them, of organisations and persons."""
    made: dict[str, None] = {}
    while len(made) < count:
        parts = [rng.choice(among) for among in (CITIES, SURNAMES, TRADES, CITIES, TRADES, ENDS)]
        made[" ".join(part for i, part in enumerate(parts) if i == 5 or rng.random() < 0.6)] = None
    return list(made)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", type=Path)
    parser.add_argument("--list", type=int, default=20_000)
    asked = parser.parse_args()
    names: ModuleType = today
    if asked.names:
        spec = importlib.util.spec_from_file_location("names_of_another_commit", asked.names)
        assert spec
        assert spec.loader
        names = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(names)
    print(f"| half | pairs | found | missed | false | precision | recall |, at {LIMIT}")
    rows = pairs()
    for half in HALVES:
        of_half = [row for row in rows if split(row) == half]
        print(f"| {half}, all | {measured(names, of_half)} |")
        print(f"| {half}, organisations | {measured(names, [r for r in of_half if r['schema'] != 'Person'])} |")
    rng = random.Random(11)
    in_pairs = [row[key] for row in rows for key in ("name1", "name2")]
    others = list(dict.fromkeys(names.comparable_name(name) for name in (*listed(asked.list, rng), *in_pairs)))
    started = time.perf_counter()
    mine = [names.comparable_name(name) for name in invented(1_000, rng)]
    best = [max(names.name_score(name, other) for other in others) for name in mine]
    seconds = time.perf_counter() - started
    print(
        f"1,000 invented names, {len(others):,} listed: {mine.count('')} open, {sum(b >= LIMIT for b in best)} hits, "
        f"highest score {max(best)}, {seconds:.0f} s"
    )


if __name__ == "__main__":
    main()
