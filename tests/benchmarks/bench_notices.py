"""Whether every contractor in a folder of official notices is read or told.

    python tests/benchmarks/bench_notices.py FOLDER [--list]

The contractors are counted by walking the XML or JSON of each file, without any code of the importer: in TED what stands
in a ``CONTRACTOR`` or ``WINNER``, or under one of its older names, in the form in its original language; in eForms each
organization of each tender; in OCDS each supplier of each award of each process. Of each the import must have made a
dossier (read), have left it out with its reason (told), or have refused the file in one sentence (fault). ``--list``
prints the faults. Where the folder has an ``expected.jsonl``, with a line ``{"file": …, "contractors": …}`` for each
file, the counts are compared with it too. The files are notices of real companies: they are in no repository.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import attrs

from barriermodel import DossierError, read_notice

SUPPLIERS = ("CONTRACTOR", "WINNER", "ECONOMIC_OPERATOR_NAME_ADDRESS", "CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME_CHP",
             "NAME_ADDRESS_WINNER")  # fmt: skip
TOLD_WITHOUT_NAME = ("named_twice", "no_name", "withheld", "same_notice")


@attrs.frozen
class Stated:
    """A contractor of a notice: its name, and the ids by which the account may name it instead."""

    name: str
    ids: tuple[str, ...] = ()


def words(element: Element | None) -> str:
    return "" if element is None else " ".join(" ".join(element.itertext()).split())


def bare(root: Element) -> Element:
    """The tree with names of elements without their namespace."""
    for one in root.iter():
        one.tag = one.tag.rpartition("}")[2]
    return root


def of_ted(root: Element) -> tuple[str, list[Stated]]:
    forms = [form for section in root.iterfind("FORM_SECTION") for form in section]
    form = next((one for one in forms if one.get("CATEGORY") == "ORIGINAL"), forms[0] if forms else root)
    version = ".".join(root.get("VERSION", form.get("VERSION", "?")).split(".")[:4])
    found = [one for one in form.iter() if one.tag in SUPPLIERS]
    names = [words(one.find(".//OFFICIALNAME")) or words(one.find(".//ORGANISATION")) for one in found]
    return f"TED {version} {form.tag}", [Stated(name) for name in names]


def of_eforms(root: Element) -> tuple[str, list[Stated]]:
    names = {words(one.find(".//PartyIdentification/ID")): words(one.find(".//PartyName/Name"))
             for one in root.iter("Organization")}  # fmt: skip
    parties = {words(one.find("ID")): [words(id) for id in one.iterfind("Tenderer/ID")]
               for one in root.iter("TenderingParty") if one.find("Tenderer") is not None}  # fmt: skip
    found, used = [], set()
    for tender in root.iter("LotTender"):
        if (party := tender.find("TenderingParty/ID")) is not None:
            id = words(tender.find("ID"))
            used.add(words(party))
            found += [Stated(names.get(org, ""), (id, org)) for org in parties.get(words(party), [])]
    found += [Stated(words(one.find(".//Name"))) for one in root.iter("WinningParty")]
    found += [Stated(names.get(org, ""), (org,)) for id, all in parties.items() if id not in used for org in all]
    kind = " ".join(sorted({words(one) for one in root.iter("NoticeTypeCode")}))
    sdk = " ".join(sorted({words(one).removeprefix("eforms-sdk-") for one in root.iter("CustomizationID")})) or "?"
    return f"eForms {sdk} {kind}".strip(), found


def documents(raw: bytes) -> Iterator[Any]:
    """All JSON documents in a file, one after the other."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    at = 0
    while at < len(text := text.rstrip()):
        document, at = json.JSONDecoder().raw_decode(text, at + len(text[at:]) - len(text[at:].lstrip()))
        yield document


def newest(value: Any) -> Any:
    """A value of a versioned release, or of any other."""
    if (
        isinstance(value, list)
        and value
        and all(isinstance(one, dict) and {"releaseDate", "value"} <= set(one) for one in value)
    ):
        return value[-1]["value"]
    return value


def of_ocds(raw: bytes) -> tuple[str, list[Stated], int]:
    found: dict[tuple[str, str, str], Stated] = {}
    shapes: list[str] = []
    mentions = 0

    def walk(data: Any, ocid: str, names: dict[str, Any]) -> None:
        nonlocal mentions
        if isinstance(data, list):
            for one in data:
                walk(one, ocid, names)
        if not isinstance(data, dict):
            return
        ocid = str(newest(data.get("ocid", ocid)))
        names = {**names, **{str(one.get("id")): newest(one.get("name")) for one in listed(data.get("parties"))}}
        for award in listed(data.get("awards")):
            for supplier in listed(award.get("suppliers")):
                id, item = str(supplier.get("id", "")), str(award.get("id", ""))
                name = " ".join(str(newest(supplier.get("name")) or names.get(id) or "").split())
                found[ocid, item, id or name] = Stated(name, (item, ocid))
                mentions += 1
        for key, value in data.items():
            if key not in ("awards", "parties"):
                walk(value, ocid, names)

    for document in documents(raw):
        keys = document if isinstance(document, dict) else {}
        known = ("records", "releases", "compiledRelease", "versionedRelease", "ocid")
        shapes.append(next((key for key in known if key in keys), "other"))
        walk(document, "", {})
    several = "several documents, " if len(shapes) > 1 else ""
    return f"OCDS {several}{shapes[0] if shapes else 'empty'}", list(found.values()), mentions


def listed(value: Any) -> list[dict[str, Any]]:
    value = newest(value)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def stated_in(raw: bytes) -> tuple[str, list[Stated], int]:
    """The shape of a file, its contractors, and how often it mentions one; counted without the importer."""
    if raw.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] != b"<":
        return of_ocds(raw)
    root = bare(ElementTree.fromstring(raw))
    is_eforms = any(one.tag == "ContractAwardNotice" for one in root.iter())
    shape, found = of_eforms(root) if is_eforms else of_ted(root)
    return shape, found, len(found)


def compared(raw: bytes, where: str, stated: list[Stated]) -> tuple[Counter[str], list[Stated], str]:
    """How many contractors are read and told, those that are neither, and the error where the file is refused."""
    try:
        found = read_notice(raw, where)
    except DossierError as error:
        return Counter(fault=len(stated)), [], str(error)
    has_ids = any(one.ids for one in stated)
    read = Counter((one.row.item if has_ids else "", one.row.supplier.name) for one in found.awards)
    unnamed = sum(item.reason in TOLD_WITHOUT_NAME for item in found.left_out)
    said = [f"{item.detail} {item.notice}" for item in found.left_out]
    counts: Counter[str] = Counter()
    neither = []
    for one in stated:
        keys = [(id, one.name) for id in one.ids or ("",)]
        if key := next((key for key in keys if read[key] > 0), None):
            read[key] -= 1
            counts["read"] += 1
        elif any(one.name and one.name in text for text in said) or any(names(id, said) for id in one.ids):
            counts["told"] += 1
        elif unnamed:
            unnamed -= 1
            counts["told"] += 1
        else:
            neither.append(one)
    return counts, neither, ""


def names(id: str, said: list[str]) -> bool:
    return bool(id) and any(re.search(rf"(?<![\w-]){re.escape(id)}(?![\w-])", text) for text in said)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    faults: list[str] = []
    missed: list[str] = []
    counted: dict[str, int] = {}
    files = [path for path in sorted(asked.folder.rglob("*")) if path.suffix in (".xml", ".json", ".jsonl")]
    for path in files:
        where = str(path.relative_to(asked.folder))
        if where == "expected.jsonl":
            continue
        raw = path.read_bytes()
        shape, stated, counted[where] = stated_in(raw)
        counts, neither, fault = compared(raw, where, stated)
        table[shape] += Counter(notices=1, stated=len(stated), neither=len(neither)) + counts
        faults += [f"{fault} ({len(stated)} contractors)"] if fault else []
        missed += [f"{where}: {one.name} {one.ids}" for one in neither]
    report(table)
    for title, lines in (("neither", missed), ("refused", faults if asked.list else []),
                         ("counted otherwise", otherwise(asked.folder, counted))):  # fmt: skip
        print(*([f"\n{title}:", *lines] if lines else []), sep="\n")
    return 1 if missed else 0


def report(table: dict[str, Counter[str]]) -> None:
    columns = ("notices", "stated", "read", "told", "fault", "neither")
    print(f"{'shape':<44}" + "".join(f"{name:>9}" for name in columns))
    for shape, counts in sorted(table.items()):
        print(f"{shape:<44}" + "".join(f"{counts[name]:>9}" for name in columns))
    for title in ("TED", "eForms", "OCDS", ""):
        total = sum((counts for shape, counts in table.items() if shape.startswith(title)), Counter())
        print(f"{f'all {title}'.strip():<44}" + "".join(f"{total[name]:>9}" for name in columns))


def otherwise(folder: Path, counted: dict[str, int]) -> list[str]:
    """The files of which somebody else counted another number of contractors."""
    path = folder / "expected.jsonl"
    expected = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []
    return [
        f"{one['file']}: {one['contractors']} expected, {counted.get(one['file'])} counted"
        for one in expected
        if counted.get(one["file"]) != one["contractors"]
    ]


if __name__ == "__main__":
    sys.exit(main())
