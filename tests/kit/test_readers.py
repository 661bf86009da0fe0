"""The contract of readers finds what a reader does wrong, and every reader that is shipped keeps it."""

from __future__ import annotations

import itertools
import time
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from barriermodel import DossierError, Evidence, Registry, Source, euro
from barriermodel.plugin import Problem, Reader, SourceType
from barriermodel.testing import READER_LAWS, LawBroken, reader_contract
from barriermodel.testing.readers import ReaderUnderTest
from examples import ordinary
from region import Accounts

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DECLARED = Path(__file__).parents[2] / "plugins" / "barriermodel-supervision"
GOOD = b"year;profit\n2023;100\n2024;250\n"


def rows(raw: bytes, where: Callable[[int], str] = "line {}".format) -> list[Evidence]:
    """A reader of years and profits that keeps all laws, but for where it says that something is."""
    head, *lines = raw.decode(errors="replace").splitlines() or [""]
    if head != "year;profit" or not lines:
        raise DossierError.one("rents", "expected the columns year;profit and a line for each year", where(1))
    found = []
    for number, line in enumerate(lines, 2):
        year, _, profit = line.partition(";")
        if not (year.isascii() and year.isdigit() and len(year) == 4 and profit.isascii() and profit.isdigit()):
            raise DossierError("rents", [Problem(where(number), "expected a year and a whole number of euros")])
        found.append(Evidence(id=f"{number}", facts=Accounts(year=int(year), profit=euro(profit[:9]))))
    return found


def subject(read: Callable[[bytes], Iterable[Any]], **samples: bytes) -> ReaderUnderTest:
    return ReaderUnderTest(Reader(id="rents", formats=("csv",), read=read), samples or {"two": GOOD})


@pytest.mark.parametrize("law", READER_LAWS)
def test_a_reader_that_is_written_well_keeps_every_law(law: str) -> None:
    READER_LAWS[law](subject(rows))


def careless(raw: bytes) -> list[Evidence]:
    return [Evidence(id="", facts=Accounts(year=int(raw.decode().splitlines()[1].split(";")[0])))]


COUNTED = itertools.count()
NOTED = {
    "reads_its_samples": [
        (lambda raw: [], "the sample two gives nothing"),
        (lambda raw: rows(b""), "it refuses the sample two: rents: "),
        (lambda raw: [raw], "it gives a bytes; give Evidence"),
    ],
    "tells_what_it_cannot_read": [
        (careless, "raise DossierError"),
        (lambda raw: rows(raw, "over\ntwo lines {}".format), "a problem is not one sentence"),
    ],
    "says_in_which_line": [(lambda raw: rows(raw, lambda number: "somewhere"), "line 1 is wrong, and it says")],
    "the_same_each_time": [
        (lambda raw: [Evidence(id=f"{next(COUNTED)}", facts=Accounts(year=2024))], "it gives [Evidence('"),
        (lambda raw: [Evidence(id="", facts=Accounts(year=2024, profit=euro(next(COUNTED))))], "profit=euro('"),
    ],
    "reads_nothing_else": [
        (lambda raw: [Evidence(id="", facts=Accounts(year=time.gmtime().tm_year))], "reads the clock: time.gmtime()"),
        (lambda raw: [Evidence(id=open(__file__).name, facts=Accounts(year=2024))], "reads files: open()"),  # noqa: SIM115
    ],
    "leaves_the_rest_to_the_dossier": [
        (lambda raw: [Evidence(id="mine", facts=Accounts(year=2024))], "the id 'mine'; leave it empty"),
        (lambda raw: 2 * rows(raw), "have one id"),
        (
            lambda raw: [
                Evidence(
                    id="", facts=Accounts(year=2024), source=Source(type=SourceType.DOCUMENT, sha256="0" * 64)
                )
            ],
            "fills in a digest",
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("law", "read", "words"), [(law, *one) for law, every in NOTED.items() for one in every])
def test_a_reader_that_breaks_a_law_is_told_so(law: str, read: Any, words: str) -> None:
    with pytest.raises(LawBroken) as broken:
        READER_LAWS[law](subject(read))

    assert str(broken.value).startswith("reader rents: ")
    assert words in str(broken.value)


def test_it_is_a_class_of_tests_with_one_for_each_law(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(GOOD)
    reader = Reader(id="rents", formats=("csv",), read=rows)
    made = reader_contract(reader, [tmp_path / "a.csv"])

    assert [name for name in vars(made) if name.startswith("test_")] == [f"test_{law}" for law in READER_LAWS]
    made().test_reads_its_samples()  # type: ignore[attr-defined]


def test_without_a_sample_or_a_reader_it_says_so() -> None:
    with pytest.raises(ValueError, match="give reader_contract"):
        reader_contract("kvk", {})
    with pytest.raises(LawBroken, match="reader nothere: "):
        reader_contract("nothere", {"a": b""}, registry=Registry())().test_reads_its_samples()  # type: ignore[attr-defined]


# Those that are shipped -------------------------------------------------------------------------------


def samples_of(reader: str) -> dict[str, bytes]:
    """The documents in the examples that a reader reads."""
    found = {}
    for dossier in EXAMPLES.glob("*/dossier.toml"):
        for document in tomllib.loads(dossier.read_text("utf-8")).get("documents", []):
            if document["reader"] == reader:
                path = dossier.parent / document["file"]
                found[f"{dossier.parent.name}/{path.name}"] = path.read_bytes()
    return found


BY_HAND: dict[str, bytes] = {
    "declared_care": b"client,day,minutes,individual,single_staffed,worker\n"
    b"c1,2025-11-03,90,true,true,m1\nc2,2025-11-04,30,false,true,m2\n",
    "insolvency_open_data": b'{"actief": "J", "datumAanvang": "20200101", "rechtsvormCode": "BV", "activiteiten": []'
    b', "insolventieCode": "FAIL", "kvkNummer": "01234567"}',
    "integrity": b'kind = "bibob_advice"\nissued_on = 2026-10-20\n[facts]\ngiven_on = 2026-10-01\n',
    "signals": b'kind = "business_interests"\nissued_on = 2026-10-20\n[facts]\nowns_real_estate = true\n'
    b'[[facts.linked_companies]]\nreference = "01234567"\nsbi_codes = ["64210"]\n',
}
REGISTRY = Registry.discover()
SHIPPED = {id: samples_of(id) or {"by hand": BY_HAND[id]} for id in REGISTRY.readers}


@pytest.mark.parametrize("law", READER_LAWS)
@pytest.mark.parametrize("id", SHIPPED)
def test_every_reader_that_is_shipped_keeps_the_contract(id: str, law: str) -> None:
    READER_LAWS[law](ReaderUnderTest(id, SHIPPED[id], REGISTRY, max_examples=ordinary))


def test_the_page_on_testing_names_every_law_of_readers() -> None:
    page = (Path(__file__).parents[2] / "docs" / "testing.md").read_text("utf-8")

    assert [name for name, law in READER_LAWS.items() if f"| `{name}` | {law.__doc__} |" not in page] == []
