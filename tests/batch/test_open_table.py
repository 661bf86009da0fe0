"""A table in a file becomes a lazy frame with facts of the right types; what cannot be read is told, never guessed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import screening

from barriermodel import BarrierModel, BarrierModelError, InputError
from barriermodel.batch import chunks, csv_files, open_table
from barriermodel.batch.rejects import Rejects

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> BarrierModel:
    return screening.make_model(tmp_path_factory.mktemp("screening"))


def write(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, model: BarrierModel, mapping: Path | None = None) -> tuple[Any, list[dict[str, Any]]]:
    """The rows that can be read, and those that cannot."""
    rejects = Rejects(StringIO())
    frame = open_table(path, model, mapping, rejects).collect()
    assert isinstance(rejects.file, StringIO)
    found = [json.loads(line) for line in rejects.file.getvalue().splitlines()]
    assert rejects.count == len(found)
    return frame, found


# CSV --------------------------------------------------------------------------------------------------


def test_facts_get_their_types_and_other_columns_stay_text(model: BarrierModel, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "kvk,sanctions__hit,accounts__profit,people__staff,register__sbi_code,accounts__filed_on,inspection__grade\n"
        "01234567,true,12.50,12,0123,2025-01-31,good\n"
        "007,,,,,,\n",
    )

    frame, rejects = read(path, model)

    assert rejects == []
    assert frame.rows() == [
        ("01234567", True, 12.5, 12, "0123", date(2025, 1, 31), "good"),
        ("007", None, None, None, None, None, None),
    ]
    assert frame.dtypes == [pl.String, pl.Boolean, pl.Float64, pl.Int64, pl.String, pl.Date, pl.String]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("sanctions__hit", "ja?", "true or false"),
        ("sanctions__hit", "misschien", "true or false"),
        ("sanctions__hit", "1", "true or false"),
        ("people__staff", "1.5", "a whole number"),
        ("people__staff", "9,6", "a whole number"),
        ("people__staff", "9" * 30, "a whole number"),
        ("people__staff", "12%", "a whole number"),
        ("accounts__profit", "1.000.50", "an amount in euros with at most two decimals"),
        ("accounts__profit", "NaN", "an amount in euros with at most two decimals"),
        ("accounts__profit", "10%", "an amount in euros with at most two decimals"),
        ("accounts__related_share", "1e999", "a number (a ratio: 0.10 is 10%)"),
        ("accounts__related_share", "€ 10", "a number (a ratio: 0.10 is 10%)"),
        ("accounts__filed_on", "31-12-20", "a date (YYYY-MM-DD)"),
        ("accounts__filed_on", "31-12-2020 13:00", "a date (YYYY-MM-DD)"),
        ("accounts__filed_on", "2020-02-30", "a date (YYYY-MM-DD)"),
        ("accounts__filed_on", "0000-01-01", "a date (YYYY-MM-DD)"),
        ("as_of", "vandaag", "a date (YYYY-MM-DD)"),
        ("accounts__issued_on", "x", "a date (YYYY-MM-DD)"),
    ],
)
def test_a_value_that_is_none_of_its_fact_is_a_reject(
    model: BarrierModel, tmp_path: Path, column: str, value: str, expected: str
) -> None:
    frame, rejects = read(write(tmp_path, f'k;permit__wtza_permit;{column}\nx;true;"{value}"\ny;;\n'), model)

    assert frame["k"].to_list() == ["y"]
    row = {"k": "x", "permit__wtza_permit": "true", column: value}
    reason = f"{column}: expected {expected}; found {value!r}"
    (reject,) = rejects
    assert reject == {"line": 2, "reason": reject["reason"], "row": row}
    assert reject["reason"].startswith(reason)


def test_all_that_is_wrong_with_a_row_is_told_together(model: BarrierModel, tmp_path: Path) -> None:
    _, rejects = read(write(tmp_path, "sanctions__hit,people__staff\nj,veel\n"), model)

    assert rejects[0]["reason"] == (
        "people__staff: expected a whole number; found 'veel'; say codes = { 'veel' = … } or unknown = ['veel'] in the "
        "map; sanctions__hit: expected true or false; found 'j'; say true = ['j'] or false = ['j'] or unknown = ['j'] "
        "in the map"
    )


def test_lines_are_those_of_the_file_also_after_quoted_line_ends_and_empty_lines(
    model: BarrierModel, tmp_path: Path
) -> None:
    path = write(tmp_path, 'k,sanctions__hit\n"a\nb\nc",true\n\nd,n\n"e\r\nf",j\ng,true\n')

    frame, rejects = read(path, model)

    assert frame["k"].to_list() == ["a\nb\nc", "g"]
    assert [(found["line"], found["row"]["k"]) for found in rejects] == [(6, "d"), (7, "e\r\nf")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x", "expected 2 fields, as the line with the names has; found 1"),
        ("x,true,y", "expected 2 fields, as the line with the names has; found 3"),
        ('"x"y,true', "the row cannot be read: ',' expected after '\"'"),
        (b"\x82,true", "some bytes are not UTF-8; save the file as UTF-8, or say encoding = 'windows-1252' in a map"),
    ],
)
def test_a_line_that_is_no_row_is_a_reject_and_the_next_line_is_read(
    model: BarrierModel, tmp_path: Path, line: str | bytes, reason: str
) -> None:
    raw = line if isinstance(line, bytes) else line.encode()
    frame, rejects = read(write(tmp_path, b"k,sanctions__hit\na,true\n" + raw + b"\nb,j\nc,false\n"), model)

    assert frame["k"].to_list() == ["a", "c"]
    assert (rejects[0]["line"], rejects[0]["reason"]) == (3, reason)
    assert rejects[1]["line"] == 4


def test_a_quote_that_never_ends_rejects_what_it_swallowed(model: BarrierModel, tmp_path: Path) -> None:
    frame, rejects = read(write(tmp_path, 'k,sanctions__hit\na,true\n"b,true\nc,true\n'), model)

    assert frame["k"].to_list() == ["a"]
    assert rejects == [
        {
            "line": 3,
            "reason": "the row cannot be read (up to line 4): unexpected end of data",
            "row": '"b,true\nc,true\n',
        }
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty; its first line names the columns"),
        ("sanctions__hit,k,k\n", "line 1: two columns have the name 'k'; rename one"),
        ("sanctions__hit,,k\n", "line 1: column 2 has no name"),
        ("01234567,true\n", "is the first row the names of the columns?"),
        (b"sanctions__hit,\x82\n", "line 1: some bytes are not UTF-8"),
        (
            b"s\x00;\x00k\x00\n\x00",
            "line 1: it has bytes of zero; if it is UTF-16, say encoding = 'utf-16-le' in a map",
        ),
        ("a;b,c\n", "line 1: the names can be separated by ',' or ';'; say in a map which: separator = ','"),
    ],
)
def test_a_file_without_usable_names_is_refused_at_once(
    model: BarrierModel, tmp_path: Path, content: str | bytes, message: str
) -> None:
    path = write(tmp_path, content)

    with pytest.raises(InputError) as error:
        open_table(path, model)

    assert str(error.value).startswith(str(path))
    assert message in str(error.value)


def test_a_map_may_say_that_tabs_separate(model: BarrierModel, tmp_path: Path) -> None:
    path, mapping = write(tmp_path, "sanctions__hit\tk\ntrue\ta,b;c\n"), write(tmp_path, 'separator = "\\t"', "m.toml")

    assert read(path, model, mapping)[0].rows() == [(True, "a,b;c")]


def test_a_byte_order_mark_and_either_separator_are_read(model: BarrierModel, tmp_path: Path) -> None:
    for sign in ",;":
        frame, _ = read(write(tmp_path, f"\ufeffsanctions__hit{sign}k\ntrue{sign}a\n"), model)
        assert frame.rows() == [(True, "a")]


def test_a_table_with_names_only_has_no_rows(model: BarrierModel, tmp_path: Path) -> None:
    frame, rejects = read(write(tmp_path, "sanctions__hit,k"), model)

    assert (frame.height, frame.columns, rejects) == (0, ["sanctions__hit", "k"], [])


def test_without_rejects_the_first_rows_and_their_number_are_an_error(model: BarrierModel, tmp_path: Path) -> None:
    path = write(tmp_path, "sanctions__hit,k\n" + "j,x\n" * 7 + "true,y\n")
    frame = open_table(path, model)

    with pytest.raises(InputError) as error:
        frame.collect()

    lines = str(error.value).splitlines()
    assert lines[0] == f"{path}: 7 rows cannot be read; the first are"
    assert lines[1].startswith("  line 2: sanctions__hit: expected true or false; found 'j'; say true = ['j'] or ")
    assert len(lines) == 6


def test_a_file_is_read_in_parts_and_no_further_than_needed(
    model: BarrierModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def watched(*given: Any) -> Iterator[Any]:
        for found in rows(*given):
            seen.append(found[0])
            yield found

    path = write(tmp_path, "k,sanctions__hit\n" + "x,true\n" * 10_000)
    rows = csv_files._rows
    monkeypatch.setattr(csv_files, "CHUNK_ROWS", 100)
    monkeypatch.setattr(csv_files, "_rows", watched)

    first = next(iter(open_table(path, model).collect_batches(chunk_size=100, lazy=True)))

    assert first.height == 100
    assert len(seen) < 10_000
    assert chunks.CHUNK_ROWS < 100_000


# JSON Lines -------------------------------------------------------------------------------------------


def test_keys_may_differ_per_line_and_nested_values_are_kept_as_json(model: BarrierModel, tmp_path: Path) -> None:
    lines = [
        '{"k": 1, "sanctions__hit": true}',
        "",
        '{"people__staff": 3, "more": {"a": [1]}}',
        '{"k": 2, "more": "x"}',
    ]
    frame, rejects = read(write(tmp_path, "\n".join(lines), "table.jsonl"), model)

    assert rejects == []
    assert frame.columns == ["k", "sanctions__hit", "people__staff", "more"]
    assert frame.rows() == [(1, True, None, None), (None, None, 3, '{"a": [1]}'), (2, None, None, "x")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"people__staff": "1"}', "people__staff: expected a whole number; found '1'"),
        ('{"people__staff": 1.0}', "people__staff: expected a whole number; found 1.0"),
        ('{"people__staff": true}', "people__staff: expected a whole number; found True"),
        ('{"people__staff": 100000000000000000000}', "people__staff: expected a whole number; found 1000000"),
        ('{"accounts__profit": 1e999}', "accounts__profit: expected an amount in euros"),
        ('{"sanctions__hit": "true"}', "sanctions__hit: expected true or false; found 'true'"),
        ('{"register__sbi_code": 8610}', "register__sbi_code: expected text; found 8610"),
        ('{"accounts__filed_on": "31-12-2020"}', "accounts__filed_on: expected a date (YYYY-MM-DD); found '31-12"),
        ('{"accounts__filed_on": [1]}', "accounts__filed_on: expected a date (YYYY-MM-DD); found [1]"),
        ('{"k": 1, "k": 2}', "the line is no JSON object: the key 'k' is given twice"),
        ('{"": 1}', "the line is no JSON object: a key has no name"),
        ('{"k": NaN}', "the line is no JSON object: NaN is not a JSON number"),
        ('{"k": "\\ud800"}', "the line is no JSON object: it has half of a character"),
        (b'{"k": "\xff"}', "the line is no JSON object: some bytes are not UTF-8"),
        ('{"k": ' + "[" * 100_000, "the line is no JSON object: it is nested too deeply"),
        ("[1]", "the line is no JSON object: expected an object; found a list"),
        ("{", "the line is no JSON object: "),
    ],
)
def test_a_line_is_read_as_strictly_as_a_dossier(
    model: BarrierModel, tmp_path: Path, line: str | bytes, reason: str
) -> None:
    raw = line if isinstance(line, bytes) else line.encode()
    frame, rejects = read(write(tmp_path, b'{"permit__wtza_permit": true}\n' + raw + b"\n", "t.ndjson"), model)

    assert frame.height == 1
    assert rejects[0]["line"] == 2
    assert rejects[0]["reason"].startswith(reason)


@pytest.mark.parametrize("content", ["", "\n\n", "[\n{}\n]\n"])
def test_a_file_without_any_object_is_refused(model: BarrierModel, tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match=r"the file is empty|none of its columns"):
        open_table(write(tmp_path, content, "t.jsonl"), model)


# Parquet and folders ----------------------------------------------------------------------------------


def test_parquet_is_scanned_as_it_is(model: BarrierModel, tmp_path: Path) -> None:
    path = tmp_path / "a[1]*.parquet"
    table = pl.DataFrame({"k": ["0", "1"], "sanctions__hit": [True, None]})
    table.write_parquet(path)

    assert open_table(path, model).collect().equals(table)


def test_a_column_without_a_name_is_refused(model: BarrierModel, tmp_path: Path) -> None:
    pl.DataFrame({"": [1], "sanctions__hit": [True]}).write_parquet(tmp_path / "t.parquet")

    with pytest.raises(InputError, match="a column has no name"):
        open_table(tmp_path / "t.parquet", model)


def test_what_is_no_table_is_refused(model: BarrierModel, tmp_path: Path) -> None:
    for name, message in {
        "t.parquet": "is not Parquet", "t.xls": "its name ends in none of .*; save a spreadsheet as .xlsx or .ods",
        "t.json": "its name ends in none of .*; write an object on each line, in a file .jsonl",
        "t.jsonl": "the file is empty",
    }.items():  # fmt: skip
        with pytest.raises(InputError, match=message):
            open_table(write(tmp_path, "", name), model)
    with pytest.raises(InputError, match="there is no such file or folder"):
        open_table(tmp_path / "nergens.csv", model)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="there are no dossiers in this folder"):
        open_table(tmp_path / "empty", model)


def test_a_folder_is_a_row_for_each_dossier_sorted_by_path(tmp_path: Path) -> None:
    twente = BarrierModel.load("portfolio-scan")
    frame, rejects = read(EXAMPLES, twente)

    assert rejects == []
    assert frame["dossier"].to_list() == sorted(p.name for p in EXAMPLES.iterdir() if p.name != "README.md")
    assert frame["as_of"].dtype == pl.Date
    assert frame.filter(dossier="rode-aanbieder")["provider__name"].item() == "Verzinsel Thuisbegeleiding B.V."


def test_a_date_given_replaces_that_of_every_row(model: BarrierModel, tmp_path: Path) -> None:
    day = date(2026, 12, 31)
    frame = open_table(write(tmp_path, "sanctions__hit,as_of\n,2020-01-01\n"), model, as_of=day).collect()

    assert frame["as_of"].to_list() == [day]
    assert (
        open_table(EXAMPLES, BarrierModel.load("portfolio-scan"), as_of=day).collect()["as_of"].unique().item() == day
    )


def test_a_missing_extra_says_what_to_install(
    model: BarrierModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)

    with pytest.raises(BarrierModelError, match=r"pip install 'barriermodel\[batch\]'"):
        open_table(write(tmp_path, "sanctions__hit\n"), model)
