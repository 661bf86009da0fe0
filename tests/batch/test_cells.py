"""Values as they stand in Dutch tables are read where they are certain; what is not costs one cell, not the row."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import screening
from hypothesis import given
from hypothesis import strategies as st
from test_mapping import a_map
from test_open_table import read, write

from barriermodel import BarrierModel, InputError
from barriermodel.batch import open_table
from barriermodel.batch.columns import enum_words, read_types, row_rejecting_columns
from barriermodel.batch.mapping import read_map
from barriermodel.batch.numerals import ANY_SIGNS, NumberSigns, read_number
from barriermodel.batch.run import ADDED_PREFIXES
from barriermodel.cli.commands import run
from barriermodel.domain.values import TwoReadingsError
from barriermodel.plugin import Money

PROFIT, SHARES, DAY = "annual_accounts__profit", "annual_accounts__dividend", "kvk_extract__registered_on"


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel.load("portfolio-scan")


# Numbers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "euros"),
    [
        ("1.250.000,00", 1_250_000), ("1,250,000.00", 1_250_000), ("1 250 000", 1_250_000),
        ("1\u00a0250\u202f000", 1_250_000), ("1.250.000", 1_250_000), ("1.250,50", 1250.5), ("1250,5", 1250.5),
        ("1250.50", 1250.5), ("€ 240.000", 240_000), ("240.000 EUR", 240_000), ("€ 1.250,5", 1250.5), ("240,-", 240),
        ("240.000,-", 240_000), ("€ 240,--", 240), ("240,–", 240), ("-100", -100), ("−100", -100), ("100-", -100),
        ("(100)", -100), ("€ (1.250,50)", -1250.5), ("-€ 100", -100), ("€ -100", -100), (" 12 ", 12),
    ],
)  # fmt: skip
def test_an_amount_as_people_write_it(written: str, euros: float) -> None:
    assert read_number(written, ANY_SIGNS, amount=True) == Decimal(str(euros))


@pytest.mark.parametrize(("written", "ratio"), [("12,5%", "0.125"), ("12.5 %", "0.125"), ("-7,3%", "-0.073"),
                                                ("0,125", "0.125"), ("1,2", "1.2")])  # fmt: skip
def test_a_ratio_as_people_write_it(written: str, ratio: str) -> None:
    assert read_number(written, ANY_SIGNS, percent=True) == Decimal(ratio)


@pytest.mark.parametrize("written", ["", "-", "€", "1.2.3", "1.250.00", "12,34,56", "(-100)", "--1", "€ 240-", "1 2",
                                     "€€ 1", "12%", "n.v.t.", "1" * 100])  # fmt: skip
def test_what_is_no_amount(written: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        read_number(written, ANY_SIGNS, amount=True)


@pytest.mark.parametrize("written", ["558.000", "558,000", "-558.000", "1.250", "0.125"])
def test_an_amount_that_can_be_two_is_not_read(written: str) -> None:
    with pytest.raises(TwoReadingsError, match="can be"):
        read_number(written, ANY_SIGNS, amount=True)


def test_a_mark_that_the_map_states_is_certain() -> None:
    assert read_number("558.000", NumberSigns(thousands="."), amount=True) == 558_000
    assert read_number("558,000", NumberSigns(thousands=","), amount=True) == 558_000
    assert read_number("12,345", NumberSigns(decimal=","), percent=True) == Decimal("12.345")
    for written, marks in [("558,000", NumberSigns(thousands=".")), ("558.000", NumberSigns(decimal=","))]:
        with pytest.raises(TwoReadingsError):
            read_number(written, marks, amount=True)
    for written, marks in [("12.50", NumberSigns(thousands=".")), ("1,5", NumberSigns(decimal="."))]:
        with pytest.raises(ValueError, match="no number"):
            read_number(written, marks, amount=True)


@given(st.integers(-(10**13), 10**13), st.sampled_from([(".", ","), (",", "."), (" ", ","), (" ", ".")]), st.booleans())
def test_an_amount_with_both_marks_is_what_was_meant(cents: int, marks: tuple[str, str], stated: bool) -> None:
    """Nobody needs to say which mark is which where both are there."""
    thousands, decimal = marks
    written = f"{cents / 100:,.2f}".translate({ord(","): thousands, ord("."): decimal})
    said = NumberSigns(thousands=thousands, decimal=decimal) if stated else ANY_SIGNS

    assert read_number(written, said, amount=True) == Decimal(f"{cents / 100:.2f}")


# Columns ----------------------------------------------------------------------------------------------


def test_a_column_may_hold_all_of_these_at_once(model: BarrierModel, tmp_path: Path) -> None:
    cells = ["1.250.000,00", "€ 240.000", "240,-", "(100)", "12.50", "", "1250"]
    frame, rejects = read(write(tmp_path, f"{PROFIT};k\n" + "".join(f"{cell};x\n" for cell in cells)), model)

    assert rejects == []
    assert frame[PROFIT].to_list() == [1_250_000, 240_000, 240, -100, 12.5, None, 1250]


def test_dates_of_a_dutch_spreadsheet_need_no_map(model: BarrierModel, tmp_path: Path) -> None:
    cells = ["31-12-2025", "31-12-2025 00:00", "1-2-2026 0:00:00", "2026-02-01", "15/1/2026"]
    frame, _ = read(write(tmp_path, f"{DAY};k\n" + "".join(f"{cell};x\n" for cell in cells)), model)

    assert frame[DAY].to_list() == [
        date(2025, 12, 31), date(2025, 12, 31), date(2026, 2, 1), date(2026, 2, 1), date(2026, 1, 15)
    ]  # fmt: skip


def test_a_column_with_the_month_first_makes_no_other_date_certain(model: BarrierModel, tmp_path: Path) -> None:
    cells = ["01-02-2026", "12-31-2025", "13-01-2026", "01-01-2026", "2026-02-01"]
    path = write(tmp_path, "start;k\n" + "".join(f"{cell};x\n" for cell in cells))
    columns = f'[columns.{DAY}]\nfrom = "start"\n'
    frame, rejects = read(path, model, a_map(tmp_path, columns))

    assert frame[DAY].to_list() == [date(2026, 1, 13), date(2026, 1, 1), date(2026, 2, 1)]
    assert [reject["reason"] for reject in rejects] == [
        (
            f"{DAY}: '01-02-2026' can be two dates; write 2026-02-01 or 2026-01-02, or say date = '%d-%m-%Y' in the "
            "map if the day stands first; found in 'start'"
        ),
        f"{DAY}: expected a date (YYYY-MM-DD); found '12-31-2025' in 'start'",
    ]
    stated, _ = read(path, model, a_map(tmp_path, columns + 'date = "%d-%m-%Y"\n'))
    assert stated[DAY].to_list() == [date(2026, 2, 1), date(2026, 1, 13), date(2026, 1, 1)]


@pytest.mark.parametrize("other", ["12-31-2025 10:30", "12/31/25", "12/31/2025 4:05:00 PM", "12-31-25 0:00"])
def test_a_date_that_is_not_read_shows_too_that_the_month_stands_first(
    model: BarrierModel, tmp_path: Path, other: str
) -> None:
    path = write(tmp_path, f"start;k\n01-02-2026;x\n{other};x\n13-01-2026;x\n")
    frame, rejects = read(path, model, a_map(tmp_path, f'[columns.{DAY}]\nfrom = "start"\n'))

    assert frame[DAY].to_list() == [date(2026, 1, 13)]
    assert [reject["line"] for reject in rejects] == [2, 3]


def test_midnight_may_follow_a_date_of_the_map(model: BarrierModel, tmp_path: Path) -> None:
    path = write(tmp_path, "start;k\n2/1/2026 0:00:00;x\n")
    mapping = a_map(tmp_path, f'[columns.{DAY}]\nfrom = "start"\ndate = "%m/%d/%Y"\n')

    assert read(path, model, mapping)[0][DAY].to_list() == [date(2026, 2, 1)]


@pytest.mark.parametrize(
    ("codes", "word", "form"),
    [
        ("", "B.V. ", "bv"),
        ("", "Coöperatie U.A.", "cooperatie"),
        ('codes = { "B.V." = "bv" }', "BV", "bv"),
        ('codes = { "B.V." = "bv" }', "Stichting", "stichting"),
        ('codes = { "bv" = "nv", "zzp" = "eenmanszaak" }', "B.V.", "nv"),
        ('codes = { "bv" = "nv", "zzp" = "eenmanszaak" }', "ZZP", "eenmanszaak"),
    ],
)
def test_a_word_is_one_however_it_is_written_and_the_map_goes_before(
    model: BarrierModel, tmp_path: Path, codes: str, word: str, form: str
) -> None:
    path = write(tmp_path, f"vorm;k\n{word};x\n")
    mapping = a_map(tmp_path, f'[columns.provider__legal_form]\nfrom = "vorm"\n{codes}\n')

    assert read(path, model, mapping)[0]["provider__legal_form"].to_list() == [form]


def test_spaces_that_nobody_sees_make_no_other_standard(tmp_path: Path) -> None:
    """Another standard than those on the list is a signal."""
    standard = "derived__nl_quality_certificate__certificate_standard"
    (row,) = batch(
        tmp_path,
        "naam;keurmerk;van;tot;start\n Zorg Nergens ;HKZ ;1-1-2025;31-12-2027;1-2-2026\n",
        f"""columns.{standard}.from = "keurmerk"
        columns.derived__nl_quality_certificate__certificate_from.from = "van"
        columns.derived__nl_quality_certificate__certificate_until.from = "tot"
        columns.award__starts_on.from = "start"
        columns.provider__name.from = "naam"
        """,
    )

    assert (row[standard], row["provider__name"]) == ("HKZ", "Zorg Nergens")
    assert (row["keurmerk"], row["naam"]) == ("HKZ ", " Zorg Nergens ")
    assert row["rule__nl_quality_certificate_other_standard"] is False


@pytest.mark.parametrize(
    ("cell", "value"),
    [("WAAR", True), ("ONWAAR", False), ("Ja", True), ("nee ", False), ("Yes", True), ("FALSE", False)],
)
def test_yes_and_no_need_no_map(model: BarrierModel, tmp_path: Path, cell: str, value: bool) -> None:
    frame, _ = read(write(tmp_path, f"kvk_extract__active;k\n{cell};x\n"), model)

    assert frame["kvk_extract__active"].to_list() == [value]


@pytest.mark.parametrize("times", ["", "times = 0.01"])
def test_per_cents_count_once_also_where_the_map_says_hundredths(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, times: str
) -> None:
    model = screening.make_model(tmp_path_factory.mktemp("screening"))
    path = write(tmp_path, "aandeel;k\n12,5%;x\n7.3 %;x\n")
    mapping = a_map(tmp_path, f'[columns.accounts__related_share]\nfrom = "aandeel"\n{times}\n')

    assert read(path, model, mapping)[0]["accounts__related_share"].to_list() == [0.125, 0.073]


def test_words_may_stand_for_numbers_and_dates(model: BarrierModel, tmp_path: Path) -> None:
    """So a map says that something is known not to be there: no dividend is an amount of 0."""
    path = write(tmp_path, "dividend;start\ngeen;voor 1990\nGeen ;1-2-2020\n-;\n1.250,00;x\n")
    mapping = a_map(
        tmp_path,
        f'[columns.{SHARES}]\nfrom = "dividend"\ntimes = 1000\ncodes = {{ "geen" = 0, "-" = 0 }}\n'
        f'[columns.{DAY}]\nfrom = "start"\ncodes = {{ "voor 1990" = "31-12-1989" }}\n',
    )
    frame, rejects = read(path, model, mapping)

    assert frame[SHARES].to_list() == [0, 0, 0]
    assert frame[DAY].to_list() == [date(1989, 12, 31), date(2020, 2, 1), None]
    assert rejects[0]["reason"] == (
        f"{DAY}: expected one of voor 1990, as the map has them, or a date (YYYY-MM-DD); found 'x' in 'start'; say "
        "unknown = ['x'] in the map"
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (f'[columns.{SHARES}]\nfrom = "k"\ncodes = {{ geen = "niets" }}', "codes.geen: expected an amount in euros"),
        ('thousands = "x"', "thousands: expected '.', ',' or ' '; got 'x'"),
        ('thousands = ","\ndecimal = ","', "thousands: the sign between thousands is the sign before decimals too"),
    ],
)
def test_a_thousands_mark_that_cannot_be(model: BarrierModel, tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(InputError) as error:
        read_map(a_map(tmp_path, content), model.resolved)

    assert problem in str(error.value)


def test_what_can_be_two_says_what_to_write_in_the_map(model: BarrierModel, tmp_path: Path) -> None:
    _, rejects = read(write(tmp_path, f"{PROFIT};{DAY}\n558.000;5/1/2026\n"), model)

    assert rejects[0]["reason"] == (
        f"{PROFIT}: the amount 558.000 can be 558 or 558,000; write 558 or 558000, or say thousands = '.' in the map "
        f"if it stands between thousands; {DAY}: '5/1/2026' can be two dates; write 2026-01-05 or 2026-05-01, or say "
        "date = '%d/%m/%Y' in the map if the day stands first"
    )


# One cell ---------------------------------------------------------------------------------------------


def batch(folder: Path, content: str, content_of_map: str = "", status: int = 0) -> list[dict[str, Any]]:
    (folder / "in.csv").write_text(content, encoding="utf-8")
    (folder / "map.toml").write_text(content_of_map, encoding="utf-8")
    arguments = [
        "batch",
        folder / "in.csv",
        folder / "out.jsonl",
        "--profile",
        "portfolio-scan",
        "--map",
        folder / "map.toml",
    ]
    assert run([*map(str, arguments), "--as-of", "15-01-2026"]) == status
    return [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_decimal_average_of_employees_costs_one_cell(tmp_path: Path) -> None:
    """Case tables/decimal-employees.csv."""
    (row,) = batch(
        tmp_path,
        "naam;omzet;winst;rechtsvorm;werknemers\nVerzonnen Zorg;1000000;240000;bv;9,6\n",
        """decimal = ","
        columns.annual_accounts__turnover.from = "omzet"
        columns.annual_accounts__profit.from = "winst"
        columns.provider__legal_form = { from = "rechtsvorm", codes = { "bv" = "bv" } }
        columns.annual_accounts__employees.from = "werknemers"
        """,
    )

    assert row["annual_accounts__employees"] is None
    assert row["advice__error"] == (
        "annual_accounts__employees: expected a whole number; found '9,6' in 'werknemers'; it is not rounded: give "
        "whole numbers, or leave this column out"
    )
    assert row["rule__nl_financial_signals_high_profit"] is True


def test_all_cells_that_cannot_be_read_are_told_with_what_else_is_wrong(tmp_path: Path) -> None:
    (row,) = batch(tmp_path, f"{PROFIT};kvk_extract__active;{DAY}\nveel;misschien;01-01-1900\n")

    assert row["advice__error"] == (
        f"{PROFIT}: expected an amount in euros with at most two decimals; found 'veel'; say codes = {{ 'veel' = … }} "
        "or unknown = ['veel'] in the map; "
        "kvk_extract__active: expected true or false; found 'misschien'; say true = ['misschien'] or "
        "false = ['misschien'] or unknown = ['misschien'] in the map; "
        f"{DAY} holds a date that cannot be right: it is taken as unknown"
    )


@pytest.mark.parametrize(
    ("column", "cell"), [("as_of", "vandaag"), ("annual_accounts__valid_until", "eind 2026"), ("k", '"a"b')]
)
def test_a_cell_that_could_make_the_advice_milder_costs_the_row(tmp_path: Path, column: str, cell: str) -> None:
    """Evidence of which nobody can read until when it is valid would be valid for ever."""
    rows = batch(tmp_path, f"{PROFIT};{column}\n240;{cell}\n", status=2)

    assert rows == []


def test_nobody_is_told_to_make_unknown_what_would_be_valid_for_ever(tmp_path: Path) -> None:
    batch(tmp_path, f"{PROFIT};annual_accounts__valid_until\n240;doorlopend\n", status=2)
    (reject,) = (tmp_path / "out.jsonl.rejects.jsonl").read_text(encoding="utf-8").splitlines()

    reason = "annual_accounts__valid_until: expected a date (YYYY-MM-DD); found 'doorlopend'"
    assert json.loads(reject)["reason"] == reason


OWN_WORDS = """unknown = ["geen", "nvt", "?"]
columns.annual_accounts__dividend = { from = "dividend", codes = { "geen" = 0 } }
columns.annual_accounts__turnover.from = "omzet"
columns.kvk_extract__active = { from = "actief", true = ["?"] }
"""


def test_what_a_column_has_a_meaning_for_goes_before_the_words_for_unknown(tmp_path: Path) -> None:
    """No certificate is unknown, and no dividend is nothing: one list has the same word for both."""
    head = "dividend;omzet;actief\n"
    known, unknown = batch(tmp_path, f"{head}Geen;geen;?\nnvt;?;NVT\n", OWN_WORDS)

    names = ("annual_accounts__dividend", "annual_accounts__turnover", "kvk_extract__active", "advice__error")
    assert [known[name] for name in names] == [0, None, True, None]
    assert [unknown[name] for name in names] == [None, None, None, None]


@pytest.mark.parametrize(
    ("column", "cell", "to_say"),
    [
        ("provider__legal_form", "zorgclub", "codes = { 'zorgclub' = … } or unknown = ['zorgclub']"),
        ("kvk_extract__active", "1", "true = ['1'] or false = ['1'] or unknown = ['1']"),
        ("annual_accounts__dividend", "geen", "codes = { 'geen' = … } or unknown = ['geen']"),
        (DAY, "lang geleden", "unknown = ['lang geleden']"),
    ],
)
def test_what_is_told_of_a_word_says_what_to_write_in_the_map(
    tmp_path: Path, column: str, cell: str, to_say: str
) -> None:
    (row,) = batch(tmp_path, f"k;mijn\nx;{cell}\n", f'columns.{column}.from = "mijn"')

    assert row["advice__error"].endswith(f"found {cell!r} in 'mijn'; say {to_say} in the map")


@pytest.mark.parametrize(("column", "cell"), [(PROFIT, "12.34.56"), (DAY, "31-31-2025"), (DAY, "5" * 50)])
def test_nothing_is_said_of_what_is_no_word(tmp_path: Path, column: str, cell: str) -> None:
    (row,) = batch(tmp_path, f"k;{column}\nx;{cell}\n")

    assert row["advice__error"].endswith(f"found {cell!r}")


def test_an_unread_cell_makes_no_advice_milder(tmp_path: Path) -> None:
    read_, unread, blank = batch(
        tmp_path, f"{PROFIT};annual_accounts__turnover;provider__legal_form\n10;1000;bv\nx;1000;bv\n;1000;bv\n"
    )
    ends = ("advice__at_least", "advice__at_most", "advice__decided")

    assert [unread[end] for end in ends] == [blank[end] for end in ends]
    assert unread["rule__nl_financial_signals_high_profit"] is None
    assert read_["rule__nl_financial_signals_high_profit"] is False


USUAL = {bool: "ja", int: "2025", float: "0,5", Money: "1.000,00", date: "1-2-2020"}


@pytest.mark.parametrize("profile", ["portfolio-scan", "twente-2019"])
def test_in_every_column_a_cell_that_cannot_be_read_is_as_a_blank_one(tmp_path: Path, profile: str) -> None:
    plan = BarrierModel.load(profile).resolved
    types = {name: kind for name, kind in read_types(plan).items() if name not in row_rejecting_columns(plan)}
    usual = {name: USUAL.get(kind, next(iter(enum_words(kind)), "x")) for name, kind in types.items()}
    readable = [name for name, kind in types.items() if kind is not str]
    rows = [usual | {name: cell} for name in readable for cell in ("?!", "")]
    lines = [";".join(usual), *(";".join(row.values()) for row in rows)]
    (tmp_path / "in.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    arguments = ["batch", tmp_path / "in.csv", tmp_path / "out.jsonl", "--profile", profile, "--details"]

    assert run([*map(str, arguments), "--as-of", "15-01-2026"]) == 0
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    results = [{k: v for k, v in row.items() if k.startswith(ADDED_PREFIXES) and k != "advice__error"} for row in found]
    assert len(results) == len(rows) > 40
    assert [name for name, bad, blank in zip(readable, results[::2], results[1::2], strict=True) if bad != blank] == []
    assert [name for name, bad in zip(readable, found[::2], strict=True) if name not in str(bad["advice__error"])] == []


def test_json_lines_stay_strict(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(f'{{"{PROFIT}": 558.000}}\n{{"{PROFIT}": 1}}\n', encoding="utf-8")
    arguments = ["batch", str(tmp_path / "in.jsonl"), str(tmp_path / "out.csv"), "--profile", "portfolio-scan"]

    assert run([*arguments, "--as-of", "2026-01-15"]) == 2
    (reject,) = (tmp_path / "out.csv.rejects.jsonl").read_text(encoding="utf-8").splitlines()
    assert "can be 558 or 558,000" in reject


def test_a_program_that_has_no_column_for_it_is_told_of_the_row(model: BarrierModel, tmp_path: Path) -> None:
    frame = open_table(write(tmp_path, f"{PROFIT};k\nveel;x\n"), model)

    with pytest.raises(InputError, match="1 row cannot be read"):
        frame.collect()
    assert "batch__unread" not in frame.collect_schema().names()
