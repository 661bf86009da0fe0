"""A map makes facts from a user's own columns, units and codes; what it does not say is never guessed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import screening
from test_open_table import read

from barriermodel import BarrierModel, InputError
from barriermodel.batch import open_table
from barriermodel.batch.mapping import EMPTY_MAP, read_map

MAP = """
unknown = ["n.v.t.", "?"]
separator = ";"
decimal = ","
[columns.sanctions__hit]
from = "gevonden"
true = ["ja", "J"]
false = ["nee", "0"]
[columns.accounts__turnover]
from = "omzet (x 1000)"
times = 1000
[columns.accounts__related_share]
from = "aandeel %"
times = 0.01
[columns.provider__legal_form]
from = "vorm"
codes = { "B.V." = "bv", "Stichting" = "stichting" }
[columns.award__starts_on]
from = "ingang"
date = "%d-%m-%Y"
[columns.accounts__issued_on]
from = "van"
[columns.people__staff]
from = "people__staff"
times = 10
"""
ROW = {"gevonden": "ja", "omzet (x 1000)": "1,5", "aandeel %": "7,3", "vorm": "B.V.", "ingang": "1-02-2026",
       "van": "2025-01-31", "people__staff": "2"}  # fmt: skip
FACTS = {"sanctions__hit": True, "accounts__turnover": 1500.0, "accounts__related_share": 0.073,
         "provider__legal_form": "bv", "award__starts_on": date(2026, 2, 1), "accounts__issued_on": date(2025, 1, 31),
         "people__staff": 20}  # fmt: skip


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


def a_map(folder: Path, content: str = MAP) -> Path:
    path = folder / "columns.toml"
    path.write_text(content, encoding="utf-8")
    return path


def one(model: BarrierModel, folder: Path, content: str = MAP, **changed: Any) -> tuple[Any, list[dict[str, Any]]]:
    row = ROW | changed
    path = folder / "table.csv"
    path.write_text(";".join(row) + "\n" + ";".join(row.values()) + "\n", encoding="utf-8")
    return read(path, model, a_map(folder, content))


def test_words_units_and_dates_become_facts_and_the_own_columns_stay(model: BarrierModel, tmp_path: Path) -> None:
    frame, rejects = one(model, tmp_path)

    assert rejects == []
    assert frame.to_dicts() == [ROW | FACTS]
    assert frame.columns == [*ROW, *(name for name in FACTS if name != "people__staff")]


@pytest.mark.parametrize("column", ROW)
@pytest.mark.parametrize("word", ["n.v.t.", "?", "", "  "])
def test_a_word_for_unknown_is_unknown_in_every_fact(
    model: BarrierModel, tmp_path: Path, column: str, word: str
) -> None:
    frame, rejects = one(model, tmp_path, **{column: word})

    fact = list(FACTS)[list(ROW).index(column)]
    assert (frame[fact].to_list(), rejects) == ([None], [])


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("gevonden", "ja?", "sanctions__hit: expected one of ja, J, nee, 0, as the map has them; found 'ja?' in 'gev"),
        ("gevonden", "1", "sanctions__hit: expected one of ja, J, nee, 0"),
        ("vorm", "zzp", "provider__legal_form: expected one of B.V., Stichting, as the map has them; found 'zzp'"),
        ("omzet (x 1000)", "1.5", "accounts__turnover: expected an amount in euros with at most two decimals; found"),
        ("ingang", "2026-02-01", "award__starts_on: expected a date such as 31-12-2020; found '2026-02-01' in 'ingang"),
        ("ingang", "30-02-2026", "award__starts_on: expected a date such as 31-12-2020; found '30-02-2026'"),
        ("ingang", "01-02-26", "award__starts_on: expected a date such as 31-12-2020; found '01-02-26'"),
        ("van", "31-13-2025", "accounts__issued_on: expected a date (YYYY-MM-DD); found '31-13-2025' in 'van'"),
        ("van", "5/1/2025", "accounts__issued_on: '5/1/2025' can be two dates; write 2025-01-05 or 2025-05-01, or say"),
        ("people__staff", "2,55", "people__staff: expected a whole number; found '2,55'"),
        ("people__staff", "999999999999999", "people__staff: expected a whole number; found"),
    ],
)
def test_what_the_map_does_not_say_is_a_reject(
    model: BarrierModel, tmp_path: Path, column: str, value: str, reason: str
) -> None:
    frame, rejects = one(model, tmp_path, **{column: value})

    assert frame.height == 0
    assert rejects[0]["line"] == 2
    assert rejects[0]["reason"].startswith(reason)
    assert rejects[0]["row"] == ROW | {column: value}


@pytest.mark.parametrize("suffix", ["parquet", "jsonl"])
def test_columns_of_other_types_are_read_as_they_are(model: BarrierModel, tmp_path: Path, suffix: str) -> None:
    frame = pl.DataFrame(
        {"gevonden": [1, 0, 2], "omzet": [1.5, None, 2.0], "ingang": ["01-02-2026", "?", None], "vorm": ["n.v.t."] * 3}
    )
    path = tmp_path / f"table.{suffix}"
    getattr(frame, {"parquet": "write_parquet", "jsonl": "write_ndjson"}[suffix])(path)
    content = """unknown = ["?", "n.v.t."]
        columns.sanctions__hit = { from = "gevonden", true = ["1"], false = ["0"] }
        columns.accounts__turnover = { from = "omzet", times = 1000 }
        columns.award__starts_on = { from = "ingang", date = "%d-%m-%Y" }
        columns.register__sbi_code = { from = "vorm" }
        """

    found, rejects = read(path, model, a_map(tmp_path, content))

    assert found.select(frame.columns).equals(frame.head(2))
    assert found.select(pl.exclude(frame.columns)).rows() == [
        (True, 1500.0, date(2026, 2, 1), None),
        (False, None, None, None),
    ]
    assert [(r["line"], r["reason"]) for r in rejects] == [
        (3, "sanctions__hit: expected one of 1, 0, as the map has them; found 2 in 'gevonden'")
    ]


def test_what_pandas_makes_of_dates_and_whole_numbers_can_be_mapped(model: BarrierModel, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    midnight = datetime(2026, 2, 1)  # noqa: DTZ001
    pl.DataFrame({"van": [midnight, midnight.replace(hour=1)], "staf": [2.0, 2.5]}).write_parquet(path)
    content = '[columns.accounts__issued_on]\nfrom = "van"\n[columns.people__staff]\nfrom = "staf"\n'

    found, rejects = read(path, model, a_map(tmp_path, content))

    assert found.select("accounts__issued_on", "people__staff").rows() == [(date(2026, 2, 1), 2)]
    assert [r["line"] for r in rejects] == [2]


def test_words_for_unknown_hold_in_text_of_parquet_as_well(model: BarrierModel, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    pl.DataFrame({"register__sbi_code": ["n.v.t.", "8610"], "k": ["n.v.t.", "x"]}).write_parquet(path)

    found, _ = read(path, model, a_map(tmp_path, 'unknown = ["n.v.t."]'))

    assert found.rows() == [(None, "n.v.t."), ("8610", "x")]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        ("unknwon = []", ["unknwon: unknown key; did you mean 'unknown'?"]),
        ('unknown = "x"', ["unknown: expected a list"]),
        ('separator = ";;"', ["separator: expected one sign"]),
        ('decimal = ";"', ["decimal: expected '.' or ','"]),
        ('decimal = ","\nseparator = ","', ["decimal: the sign before decimals is the sign between fields too"]),
        ('[columns.sanctions__hti]\nfrom = "k"', ["columns.sanctions__hti: ", "did you mean 'sanctions__hit'?"]),
        ("[columns.sanctions__hit]", ["columns.sanctions__hit.from: required, but not given"]),
        ('[columns.sanctions__hit]\nfrom = "k"\ncods = {}', ["columns.sanctions__hit.cods: unknown key"]),
        ('[columns.sanctions__hit]\nfrom = "k"\ntimes = 2', ["columns.sanctions__hit.times: this is only for a num"]),
        ('[columns.people__staff]\nfrom = "k"\ncodes = {a = "b"}', ["codes.a: expected a whole number; got 'b'"]),
        ('[columns.people__staff]\nfrom = "k"\ntimes = 0.5', ["times: expected a number that is not zero"]),
        ('[columns.people__staff]\nfrom = "k"\ntimes = 0', ["times: expected a number that is not zero"]),
        ('[columns.sanctions__hit]\nfrom = "k"\ntrue = ["x"]\nfalse = ["x"]', ["'x' is given as true as well"]),
        (
            '[columns.inspection__grade]\nfrom = "k"\ncodes = {a = "goed", b = "x"}',
            ["2 errors", "expected one of good, sufficient, insufficient, critical; got 'goed'; did you mean 'good'?"],
        ),
        ('[columns.as_of]\nfrom = "k"\ndate = "%Y%m"', ["columns.as_of.date: expected %d, %m and %Y once each"]),
        ('[columns.as_of]\nfrom = "k"\ndate = "%d-%m-%Y %H"', ["columns.as_of.date: expected"]),
        ("[columns", ["the file is not TOML"]),
        (
            '[columns.sanctions__hit]\nfrom = "k"\nunknown = ["x"]',
            ["columns.sanctions__hit.unknown: this holds for the whole map: put it above the first line with [ ]"],
        ),
        ('[columns]\nsanctions__hit = {from = "k"}\ndecimal = ","', ["columns.decimal: this holds for the whole map"]),
        (
            '[constants]\nthousands = "."\nheader_row = 2\n[columns]',
            ["2 errors", "constants.header_row: this holds", "constants.thousands: this holds for the whole map"],
        ),
    ],
)
def test_a_mistake_in_a_map_is_told_with_its_place(
    model: BarrierModel, tmp_path: Path, content: str, problems: list[str]
) -> None:
    with pytest.raises(InputError) as error:
        read_map(a_map(tmp_path, content), model.resolved)

    assert str(error.value).startswith(str(tmp_path / "columns.toml"))
    assert [problem for problem in problems if problem not in str(error.value)] == []


def test_all_mistakes_are_told_together(model: BarrierModel, tmp_path: Path) -> None:
    content = 'decimal = "x"\n[columns.a__b]\nfrom = "k"\n[columns.as_of]\nfrom = "k"\ntimes = 2\n'

    with pytest.raises(InputError, match="3 errors"):
        read_map(a_map(tmp_path, content), model.resolved)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[columns.sanctions__hit]\nfrom = "gevonde"', "the table has no column 'gevonde'; did you mean 'gevonden'?"),
        ('[columns.sanctions__hit]\nfrom = "x"', "it has gevonden, "),
        ('[columns.people__staff]\nfrom = "van"', "the table has a column of this name too; leave one of the two out"),
    ],
)
def test_a_map_that_does_not_fit_the_table_is_refused_at_once(
    model: BarrierModel, tmp_path: Path, content: str, message: str
) -> None:
    with pytest.raises(InputError) as error:
        one(model, tmp_path, content)

    assert message in str(error.value)


def test_a_column_of_a_type_that_cannot_be_the_fact_is_refused_at_once(model: BarrierModel, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    pl.DataFrame({"code": [8610]}).write_parquet(path)
    content = '[columns.register__sbi_code]\nfrom = "code"\n'

    with pytest.raises(
        InputError, match=r"columns\.register__sbi_code: 'code': expected text; found a column of Int64"
    ):
        open_table(path, model, a_map(tmp_path, content))


@pytest.mark.parametrize("content", ["", "\ufeff", "\n# niets\n", "[columns]\n"])
def test_an_empty_map_says_nothing(model: BarrierModel, tmp_path: Path, content: str) -> None:
    assert read_map(a_map(tmp_path, content), model.resolved) == EMPTY_MAP


def test_a_folder_of_dossiers_takes_no_map(tmp_path: Path) -> None:
    twente = BarrierModel.load("portfolio-scan")
    with pytest.raises(InputError, match="a folder of dossiers has facts already"):
        open_table(tmp_path, twente, a_map(tmp_path, 'unknown = ["x"]'))
