"""``barriermodel offer``: which tables it reads, what it writes and what it tells the official."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from barriermodel.cli.commands import run

EXAMPLE = Path(__file__).parents[2] / "docs" / "offer"
MAP = (EXAMPLE / "kolommen.toml").read_text(encoding="utf-8")
LINES = (EXAMPLE / "contracten.csv").read_text(encoding="utf-8").splitlines()
NAMES, *ROWS = [line.split(";") for line in LINES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("offer"), dirs_exist_ok=True))


@pytest.fixture(scope="module")
def example_page(folder: Path) -> bytes:
    return page(folder)


def page(folder: Path, table: str = "contracten.csv", *more: str, status: int = 0) -> bytes:
    """What the command writes."""
    written = folder / "page.html"
    written.unlink(missing_ok=True)
    paths = [str(folder / table), "--map", str(folder / "kolommen.toml"), "--output", str(written)]
    assert run(["offer", *paths, "--as-of", "2026-01-15", *more]) == status
    return written.read_bytes()


def write(folder: Path, lines: list[list[str]]) -> None:
    (folder / "other.csv").write_text("\n".join(map(";".join, lines)) + "\n", encoding="utf-8")


def refused(folder: Path, content: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of a map that cannot be used."""
    (folder / "wrong.toml").write_text(content, encoding="utf-8")
    arguments = [str(folder / "contracten.csv"), "--map", str(folder / "wrong.toml"), "--as-of", "2026-01-15"]
    assert run(["offer", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


# What is on the page ------------------------------------------------------------------------------------


def test_the_example_has_four_running_contracts_of_three_providers(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = page(folder).decode()

    assert capsys.readouterr().err == ""
    assert [made.count(f">{row[0]}<") for row in ROWS] == [2, 2, 1, 1, 0, 0]
    assert "Plein 3, Overdam" in made
    assert "Thuisstraat" not in made
    assert "certificaat" not in made


@given(
    st.permutations(range(len(ROWS))),
    st.permutations(range(len(NAMES))),
    st.lists(st.sampled_from(["advice__at_least", "rule__nl_kvk_active", "gva__number", "until", "name"]), unique=True),
    st.lists(st.sampled_from(["groen", "rood", "", "12"]), min_size=len(ROWS), max_size=len(ROWS)),
)
def test_only_what_the_map_names_changes_a_byte(
    folder: Path, example_page: bytes, rows: list[int], columns: list[int], more: list[str], values: list[str]
) -> None:
    """Advice, hits and confidential facts do not; nor does the order of rows or columns, nor a contract that ended."""
    ended = [index for index in rows if ROWS[index][0] != "Coöperatie Fantasie U.A."]
    table = [[*NAMES, *more], *([*ROWS[index][:-1], values[index], *[values[index]] * len(more)] for index in ended)]
    order = [*columns, *range(len(NAMES), len(NAMES) + len(more))]
    write(folder, [[line[place] for place in order] for line in table])

    assert page(folder, "other.csv") == example_page


@pytest.mark.parametrize("suffix", ["parquet", "jsonl"])
def test_the_format_of_the_table_changes_no_byte(folder: Path, example_page: bytes, suffix: str) -> None:
    frame = pl.DataFrame(ROWS, schema=NAMES, orient="row")
    frame = frame.with_columns(pl.col("Vanaf", "Tot en met").str.to_date("%d-%m-%Y", strict=False))
    if suffix == "parquet":
        frame.write_parquet(folder / "table.parquet")
    else:
        frame.write_ndjson(folder / "table.jsonl")

    assert page(folder, f"table.{suffix}") == example_page


def test_a_row_whose_contract_may_run_is_told_with_its_line_and_its_name_is_nowhere(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = ["Geheim BV", "00009999", "Wonen", "Overdam", "01-01-2025", "31-12-2026", "lopend", "HKZ", "01-01-2027"]
    wrong = {0: " ", 1: "9999", 2: "", 3: "", 4: "31-13-2025", 5: "onbekend", 6: "misschien"}
    rows = [[*good[:place], value, *good[place + 1 :], "", "bv", "groen"] for place, value in wrong.items()]
    write(folder, [NAMES, *rows, [*good[:5], "31-12-2025", *good[6:], "", "bv", "groen"]])

    made = page(folder, "other.csv", status=2)
    lines = capsys.readouterr().err.splitlines()

    assert b"Geheim" not in made
    assert [line.split(": ")[2:5] for line in lines] == [
        [f"line {number}", "this contract is not on the page", column]
        for number, column in enumerate(["name", "kvk", "service", "municipality", "from", "until", "running"], 2)
    ]


def test_a_certificate_that_cannot_be_read_takes_no_contract_from_the_page(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, [NAMES, [*ROWS[0][:7], "misschien", *ROWS[0][8:]]])

    assert b"Zorgboerderij Nergens B.V." in page(folder, "other.csv", status=2)
    assert "line 2: this contract is on the page, without what cannot be read: certificate: " in capsys.readouterr().err


def test_a_date_that_can_be_two_days_is_not_guessed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One date in the column shows that the month may come first."""
    write(folder, [NAMES, *([*ROWS[0][:5], until, *ROWS[0][6:]] for until in ("12-31-2026", "03-04-2026"))])

    assert b"Nergens" not in page(folder, "other.csv", status=2)
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_what_is_the_same_in_all_rows_may_stand_in_the_map(folder: Path) -> None:
    own = MAP.replace('municipality = { from = "Gemeente" }\n', "") + '\n[constants]\nmunicipality = "Verzonnendam"\n'
    (folder / "constant.toml").write_text(own, encoding="utf-8")
    made = page(folder, "contracten.csv", "--map", str(folder / "constant.toml")).decode()

    assert made.count(">Verzonnendam</td>") == 3  # the farm has two rows, which are now one
    assert "fieldset" not in made


def test_the_municipality_may_demand_certificates(folder: Path) -> None:
    made = page(folder, "contracten.csv", "--certificate-demanded", "--lang", "en").decode()

    assert "The municipality requires a quality certificate of all these providers." in made


# What is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "columns.until: this is missing; say which of your columns has it (from = '…'), or state it under"),
        (MAP.replace("address =", "adress ="), "columns.adress: there is no such column; did you mean 'address'?"),
        (MAP.replace("legal_form =", "#"), "columns.legal_form: say which column has the legal form as well"),
        (MAP.replace('"Status"', '"advice__at_least"'), "'advice__at_least' is of an assessment or confidential"),
        (MAP.replace('"Status"', '" GVA.number"'), "' GVA.number' is of an assessment or confidential"),
        (MAP.replace('["lopend"]', '["Groen"]'), "columns.running: 'groen' is a level of advice"),
        (MAP.replace('"Aanbieder"', '"Aanbider"'), "no column 'Aanbider'; did you mean 'Aanbieder'?"),
        (f"legal_form_from_name = true\n{MAP}", "legal_form_from_name: nothing is assumed on a page for everyone"),
        ("[columns", "wrong.toml"),
    ],
)
def test_a_map_that_cannot_be_used_is_refused(
    folder: Path, content: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(folder, content, capsys)


@pytest.mark.parametrize("table", ["nothing.csv", "empty.csv", "noise.parquet", "noise.csv"])
def test_a_table_that_cannot_be_read_is_one_sentence(
    folder: Path, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if table != "nothing.csv":
        (folder / table).write_bytes(b"" if table == "empty.csv" else b"\x80\xff\x00PAR" * 20)

    assert run(["offer", str(folder / table), "--map", str(folder / "kolommen.toml"), "--as-of", "2026-01-15"]) == 2
    assert str(folder / table) in capsys.readouterr().err


def test_a_number_in_json_is_no_kvk_number(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row: dict[str, Any] = {**dict(zip(NAMES, ROWS[0], strict=True)), "KvK": 1234}
    (folder / "number.jsonl").write_text(json.dumps(row), encoding="utf-8")

    run(["offer", str(folder / "number.jsonl"), "--map", str(folder / "kolommen.toml"), "--as-of", "2026-01-15"])

    assert "columns.kvk: 'KvK': expected text" in capsys.readouterr().err


def test_the_table_is_never_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = str(folder / "contracten.csv")

    assert run(["offer", table, "--map", str(folder / "kolommen.toml"), "--as-of", "2026-01-15", "-o", table]) == 2
    assert "--output and TABLE are one file" in capsys.readouterr().err
    assert (folder / "contracten.csv").read_text(encoding="utf-8").splitlines() == LINES
