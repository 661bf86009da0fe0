"""The page on tables in files says what the commands do."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from barriermodel import BarrierModel, InputError, LegalForm, TableWarning
from barriermodel.batch.column_reading import ColumnReading, read_word
from barriermodel.batch.mapping import ColumnMap, TableMap
from barriermodel.cli.commands import cli, run
from barriermodel.domain.award import Act
from barriermodel.plugin import Money
from barriermodel.reading.problems import keys_of
from markdown import blocks, fenced

pytestmark = pytest.mark.docs

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "batch.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The first code block of the page in a language."""
    return blocks(DOCS / "batch.md", language)[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "aanbieders.csv").write_text(block("csv"), encoding="utf-8")
    (tmp_path / "kolommen.toml").write_text(block("toml"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_example_prints_and_writes_what_the_page_shows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command, _, printed = block("console").partition("\n")
    arguments = shlex.split(command.removeprefix("$ barriermodel "))

    assert run(arguments) == 2
    assert capsys.readouterr().out == printed
    rejects = (folder / "advies.csv.rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in rejects] == [json.loads(block("json"))]


def test_the_lines_for_a_program_run(folder: Path) -> None:
    names = {"model": BarrierModel.load("portfolio-scan"), "date": date}

    with pytest.warns(TableWarning):
        exec(block("python"), names)
    with pytest.raises(InputError, match="1 row cannot be read\n  line 6: expected 8 fields"):
        names["frame"].collect()  # type: ignore[attr-defined]


def test_a_map_with_constants_is_read_as_the_page_says(folder: Path) -> None:
    (folder / "vast.toml").write_text(blocks(DOCS / "batch.md", "toml")[1], encoding="utf-8")
    arguments = ["batch", "aanbieders.csv", "uit.jsonl", "--profile", "portfolio-scan", "--as-of", "15-01-2026"]

    assert run([*arguments, "--map", "vast.toml"]) == 2
    row = json.loads((folder / "uit.jsonl").read_text(encoding="utf-8").splitlines()[1])
    assert (row["award__act"], row["award__starts_on"]) == ("jeugdwet", "2026-02-01")
    assert row["map__constants"].startswith("award__act, award__starts_on, annual_accounts__hired_staff_cost")
    assert (row["naam"], row["map__assumed"]) == ("Zorgboerderij Nergens", None)


def test_a_map_with_words_for_what_is_not_there_is_read_as_the_page_says(folder: Path) -> None:
    (folder / "geen.toml").write_text(blocks(DOCS / "batch.md", "toml")[2], encoding="utf-8")
    (folder / "in.csv").write_text("k;certificaat geldig tot\na;geen\nb;31-12-2027\n", encoding="utf-8")
    arguments = ["batch", "in.csv", "uit.jsonl", "--profile", "portfolio-scan", "--as-of", "15-01-2026"]

    assert run([*arguments, "--map", "geen.toml"]) == 0
    rows = map(json.loads, (folder / "uit.jsonl").read_text(encoding="utf-8").splitlines())
    assert [row["quality_certificate__absent"] for row in rows] == [True, None]


def test_the_map_of_a_list_with_words_of_its_own_reads_it_as_the_page_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = [block for block in fenced(DOCS / "batch.md") if "### A list with words of its own\n" in block.before]
    for name, language in (("lijst.csv", "csv"), ("eigen.toml", "toml")):
        text = next(block.text for block in part if block.language == language)
        (folder / name).write_text(text, encoding="windows-1252")
    arguments = ["batch", "lijst.csv", "uit.jsonl", "--profile", "portfolio-scan", "--as-of", "15-01-2026"]

    assert run([*arguments, "--map", "eigen.toml", "--format", "json"]) == 0
    rows = [json.loads(line) for line in (folder / "uit.jsonl").read_text(encoding="utf-8").splitlines()]
    names = ("provider__legal_form", "kvk_extract__active", "annual_accounts__dividend",
             "annual_accounts__hired_staff_cost", "derived__nl_quality_certificate__certificate_standard",
             "derived__nl_quality_certificate__certificate_until", "award__act")  # fmt: skip
    assert [[row[name] for name in names] for row in rows] == [
        ["eenmanszaak", True, 0, None, "ISO 9001", "2027-12-31", "jeugdwet_and_wmo"],
        ["bv", None, 12_000, 25_000, None, None, "jeugdwet_and_wmo"],
    ]
    assert [row["advice__error"] for row in rows] == [None, None]
    assert [row["quality_certificate__absent"] for row in rows] == [None, True]
    assert json.loads(capsys.readouterr().out)["errors"] == []


def test_facts_decide_with_those_that_the_page_puts_beside_them(folder: Path) -> None:
    """Each row: the columns that are filled, a rule, and what becomes of it in words."""
    certificate, start = "derived__nl_quality_certificate__certificate_until", "award__starts_on"
    valid, active, profit = "nl_quality_certificate_valid_at_start", "nl_kvk_active", "nl_financial_signals_high_profit"
    accounts = {"annual_accounts__profit": "900", "annual_accounts__turnover": "1000"}
    ended = {"kvk_extract__active": "nee", "kvk_extract__end_date_stated": "ja", "kvk_extract__ended_on": "31-12-2025"}
    tried: list[tuple[dict[str, str], str, str]] = [
        ({certificate: "31-12-2025"}, valid, "open"),
        ({certificate: "31-12-2025", start: "1-2-2026"}, valid, "hit"),
        ({"kvk_extract__active": "nee"}, active, "open"),
        (ended, active, "hit"),
        (accounts, profit, "open"),
        ({**accounts, "provider__legal_form": "B.V."}, profit, "hit"),
        ({**accounts, "provider__legal_form": "eenmanszaak"}, profit, "not_applicable"),
    ]
    names = sorted({name for cells, _, _ in tried for name in cells})
    lines = [";".join(names), *(";".join(cells.get(name, "") for name in names) for cells, _, _ in tried)]
    (folder / "lijst.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    options = ["--profile", "portfolio-scan", "--as-of", "15-01-2026", "--details"]
    assert run(["batch", "lijst.csv", "uit.jsonl", *options]) == 0

    rows = [json.loads(line) for line in (folder / "uit.jsonl").read_text(encoding="utf-8").splitlines()]
    found = [row[f"status__{rule}"] for row, (_, rule, _) in zip(rows, tried, strict=True)]
    assert found == [status for _, _, status in tried]


KINDS: dict[str, tuple[type, ...]] = {
    "amount": (Money,), "number": (float,), "date": (date,), "true or false": (bool,),
    "a word of a list": (LegalForm, Act),
}  # fmt: skip


@pytest.mark.parametrize("fact", KINDS)
def test_what_the_page_says_of_a_cell_is_read_and_what_it_says_is_not_is_not(fact: str) -> None:
    _, read, refused = next(line for line in PAGE.splitlines() if line.startswith(f"| {fact} |")).split(" | ")

    words = re.findall("`([^`]+)`", read)
    assert len(words) >= 4
    assert [word for word in words if not is_read(word, KINDS[fact])] == []
    doubtful = re.findall("`([^`]+)`", refused.split("say")[0])
    assert [word for word in doubtful if is_read(word, KINDS[fact])] == []


def is_read(word: str, kinds: Iterable[type]) -> bool:
    for kind in kinds:
        with suppress(ValueError):
            read_word(word, ColumnReading(column="a", source="a", fact_type=kind))
            return True
    return False


def test_every_key_of_a_map_is_documented() -> None:
    keys = [*keys_of(TableMap), *keys_of(ColumnMap)]

    assert [key for key in keys if f"`{key}`" not in PAGE and f"`[{key}" not in PAGE] == []


def test_every_option_is_documented() -> None:
    text = (DOCS / "command-line.md").read_text(encoding="utf-8")
    options = [o for name in ("batch", "columns") for p in cli.commands[name].params for o in p.opts if o[:2] == "--"]

    assert [option for option in options if option not in text] == []
