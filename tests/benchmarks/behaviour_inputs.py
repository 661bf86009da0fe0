"""What ``compare_behaviour.py`` runs barriermodel over: examples, 300 generated dossiers, and a table of them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

IN = Path("in")  # below the folder of the recording, which is the working directory: no output names a path
KVK = "NL-KVK"


def make_inputs(root: Path) -> None:
    """Copy the examples, and make the dossiers and the table."""
    IN.mkdir()
    shutil.copytree(root / "docs/examples", IN / "examples")
    notices = next(path for name in ("notices", "aankondigingen") if (path := root / "docs" / name).is_dir())
    shutil.copytree(notices, IN / "notices")
    for path in sorted(root.glob("plugins/*/scenarios/*.toml")):
        target = IN / "scenarios" / path.name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
    dossiers = generated()
    (IN / "dossiers").mkdir()
    for number, dossier in enumerate(dossiers):
        write(IN / f"dossiers/{number:03}.json", json.dumps(dossier, ensure_ascii=False, indent=1))
    make_tables([flattened(dossier, number) for number, dossier in enumerate(dossiers)])
    for name, text in MISTAKEN.items():
        write(IN / "mistaken" / name, text)


def generated(count: int = 300, seed: int = 13) -> list[dict[str, Any]]:
    """Dossiers by one seed: the clear one of the Twente scenarios, with what some scenarios and chance change."""
    random = Random(seed)
    suites = [tomllib.loads(path.read_text("utf-8")) for path in sorted(IN.glob("scenarios/*.toml"))]
    twente = tomllib.loads((IN / "scenarios/twente-2019.toml").read_text("utf-8"))
    cases = [case for suite in suites for case in suite["scenarios"] if case.get("facts")]
    seen: dict[str, list[Any]] = {}
    for facts in [suite.get("clear", {}).get("facts", {}) for suite in suites] + [case["facts"] for case in cases]:
        for id, value in facts.items():
            if value not in seen.setdefault(id, []):
                seen[id].append(value)
    return [varied(random, number, twente, cases, seen) for number in range(count)]


def varied(random: Random, number: int, twente: Any, cases: list[Any], seen: dict[str, list[Any]]) -> dict[str, Any]:
    """One dossier. Values come from the scenarios, which stand on and beside every limit, or are moved a little."""
    facts = dict(twente["clear"]["facts"])
    as_of = twente["as_of"] + timedelta(days=random.choice([0, 0, 0, 0, 1, -1, 30, 200, -400, 900]))
    for _ in range(random.choice([0, 0, 1, 1, 1, 2, 3])):
        facts |= random.choice(cases)["facts"]
    for _ in range(random.choice([0, 0, 1, 2, 3])):
        id = random.choice(sorted(seen))
        facts[id] = moved(random, random.choice(seen[id]))
    for id in random.sample(sorted(facts), random.choice([0, 0, 0, 1, 2, 6])):
        del facts[id]
    kinds = sorted({id.partition(".")[0] for id in facts} - {"provider", "award"})
    gone = set(random.sample(kinds, random.choice([0, 0, 0, 0, 1, 1, 2, 5])))
    dossier = structured(random, number, as_of, facts, [kind for kind in kinds if kind not in gone], twente["clear"])
    for kind in sorted(gone):
        where = random.choice(["absent", "requested", ""])
        if where:
            day = (as_of - timedelta(days=random.choice([0, 3, 90]))).isoformat()
            why = {"reason": random.choice(["missing", "not_covered", "unavailable"])}
            more = why if where == "absent" else {"asked_on": day}
            dossier.setdefault(where, []).append({"kind": kind, **more})
    return dossier


def moved(random: Random, value: Any) -> Any:
    """A value near this one."""
    if isinstance(value, date):
        return value + timedelta(days=random.choice([0, 0, -1, 1, -31, 365, -1500]))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return random.choice([value, value, value + 1, value - 1, value * 2, value // 2, 0])


def structured(random: Random, number: int, as_of: date, facts: Any, kinds: list[str], clear: Any) -> dict[str, Any]:
    """The JSON of a dossier with these facts."""
    me, other = ({"scheme": KVK, "value": f"{value:08}"} for value in (1000 + number, 99))
    of: dict[str, dict[str, Any]] = {}
    for id, value in facts.items():
        source, _, name = id.partition(".")
        of.setdefault(source, {})[name] = value
    evidence: list[dict[str, Any]] = []
    for kind in kinds:
        day = clear["issued_on"].get(kind, as_of - timedelta(days=30))
        day += timedelta(days=random.choice([0] * 160 + [-200, -800, 20, 400]))
        item = {"kind": kind, "id": kind, "about": other if random.random() < 0.004 else me, "issued_on": day}
        if random.random() < 0.01:
            item["valid_until"] = day + timedelta(days=random.choice([10, 400]))
        item["source"] = {"type": random.choice(["register", "document", "declaration"]), "issuer": "Verzonnen"}
        evidence.append(item | {"facts": of[kind]})
        if random.random() < 0.01:
            evidence.append(item | {"id": f"{kind}-2", "facts": of[kind]})
    provider = {"name": f"Verzonnen {number}", "identifiers": [me], **of.get("provider", {})}
    dossier = {"schema": "barriermodel/dossier/1", "as_of": as_of, "provider": provider, "evidence": evidence}
    if "award" in of:
        dossier["award"] = {"id": f"V-{number}", **of["award"]}
    return json.loads(json.dumps(dossier, default=date.isoformat))


def flattened(dossier: dict[str, Any], number: int) -> dict[str, Any]:
    """A dossier as a row: columns as tables name them, and some of the user's own."""
    row = {"id": f"r{number:03}", "=own": f"=1+{number}", "found": [True, False, None, None][number % 4]}
    row["as_of"] = dossier["as_of"]
    for source in ("provider", "award"):
        row |= {f"{source}__{name}": value for name, value in dossier.get(source, {}).items()}
    for item in dossier["evidence"]:
        row |= {f"{item['kind']}__{name}": value for name, value in item["facts"].items()}
        row |= {f"{item['kind']}__{name}": item[name] for name in ("issued_on", "valid_until") if name in item}
    return {name: value for name, value in row.items() if not isinstance(value, (list, dict))}


def make_tables(rows: list[dict[str, Any]]) -> None:
    """The table as CSV, with cells and lines that cannot be read, Dutch CSV with a map, JSON Lines and Parquet."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    folder = IN / "tables"
    cells = [[cell(row.get(name)) for name in names] for row in rows]
    plain = [names, *cells[:7], cells[7][:-1], *cells[8:]]
    plain[20][names.index("annual_accounts__profit")] = "veel"
    plain[21][names.index("as_of")] = "5/1/2026"
    write(folder / "plain.csv", as_csv(plain, ","))
    kept = ["id", *(name for name in names if name.startswith(("as_of", "annual_accounts__", "provider__legal")))]
    dutch = [[f"Kolom {name}" for name in kept], *([cell(row.get(name), "nl") for name in kept] for row in rows)]
    write(folder / "dutch.csv", as_csv(dutch, ";"), "cp1252")
    mapped = (f'[columns.{name}]\nfrom = "Kolom {name}"\n' for name in kept[1:])
    write(folder / "map.toml", "\n".join(['unknown = ["n.v.t."]\n', *mapped]))
    write(folder / "rows.jsonl", "".join(json.dumps(row) + "\n" for row in rows) + '{"as_of": \n')
    import polars as pl

    typed = {name: [typed_value(row.get(name)) for row in rows] for name in names}
    pl.DataFrame(typed, strict=False).write_parquet(folder / "rows.parquet")


def cell(value: Any, language: str = "") -> str:
    """A value as written in CSV."""
    if value is None:
        return "n.v.t." if language else ""
    if isinstance(value, bool):
        return ("nee", "ja")[value] if language else str(value).lower()
    if language and isinstance(value, (int, float)) and value > 9999:
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    if language and isinstance(value, str) and len(value) == 10 and value[4] == "-":
        return date.fromisoformat(value).strftime("%d-%m-%Y")
    return str(value)


def typed_value(value: Any) -> Any:
    """A date where a string is one."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def as_csv(rows: Iterable[list[str]], separator: str) -> str:
    """The text of a file."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()


PROFILE = """id = "mine"
title = {{ nl = "a", en = "b" }}
owner = "c"
extends = "{base}"
status = "contract"
valid_from = 2026-01-01
"""
MISTAKEN = {
    "not.json": '{"schema": "barriermodel/dossier/1", "as_of": ',
    "misspelt.json": '{"schema": "barriermodel/dossier/1", "as_of": "2026-01-15", "provder": {}, "evidence": [1]}',
    "values.json": json.dumps({
        "schema": "barriermodel/dossier/1", "as_of": "15/13/2026",
        "provider": {"legal_form": "besloten", "identifiers": [{"scheme": KVK, "value": "12"}]},
        "evidence": [{"kind": "kvk_extrct", "id": "a", "facts": {}},
                     {"kind": "kvk_extract", "id": "b", "facts": {"active": "ja", "actve": True}}],
    }),
    "syntax.toml": 'id = "mine"\nstages = [\n',
    "profile.toml": PROFILE.format(base="twente-2091") + "stagess = []\n",
    "limits.toml": PROFILE.format(base="twente-2019") + '[parameters."nl.kvk"]\nmax_mnths = 3\n'
    "min_months = { from = 2026-01-01, value = 3 }\n[rules.\"nl.kvk.actve\"]\nlevel = \"orange\"\n",
    "unknown.toml": PROFILE.format(base="twente-2091"),
    "map.toml": '[columns.kvk_extract__activ]\nfrom = "x"\n',
}  # fmt: skip


def write(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding, "surrogateescape" if encoding == "utf-8" else "strict", newline="")
