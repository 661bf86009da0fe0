"""A workbook is the same table as its CSV, except that its cells say what they are."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from written_tables import NAMES, WRITERS, problems, read, rewrite, values, write_csv, write_ods, write_xlsx

from barriermodel import BarrierModelError, InputError
from barriermodel.batch.mapping import ColumnMap
from examples import costly

GOOD = ["Verzinsel", 1480000.5, 0.125, date(2027, 12, 31), True, 12]
WORDS = ["", "weet niet", "1.480.000,00", "1.250", "31-12-2027", "05/01/2026", "ja", "n.v.t.", " 12,5% ", "€ 12.500"]
SPREADSHEETS = [".xlsx", ".ods"]


def write(folder: Path, suffix: str, *rows: Any) -> Path:
    return WRITERS[suffix](folder / f"lijst{suffix}", [NAMES, *rows])


# The same table ---------------------------------------------------------------------------------------

words = st.sampled_from(WORDS)
cells = st.tuples(
    st.text("abc é'=&<", min_size=1, max_size=8).map(lambda text: f"x{text}x"),
    words | st.integers(-(10**9), 10**9).map(lambda cents: cents / 100),
    words | st.integers(-99, 99).map(lambda number: number / 100),
    words | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    words | st.booleans(),
    words | st.integers(-(10**6), 10**6),
)


@costly
@given(
    st.lists(cells, min_size=3, max_size=6),
    st.sampled_from([(), ("Tot",)]),
    st.fixed_dictionaries({}, optional={"unknown": st.just(("n.v.t.", "0")), "thousands": st.just(".")}),
)
def test_a_table_is_the_same_as_workbook_and_as_csv(rows: list[Any], strict: Any, keys: Any) -> None:
    with TemporaryDirectory() as folder:
        found = [read(write(Path(folder), suffix, *rows), strict, **keys) for suffix in (".csv", *SPREADSHEETS)]

    as_csv, *as_sheets = found
    for sheet in as_sheets:
        assert [(row.line, row.values) for row in sheet] == [(row.line, row.values) for row in as_csv]
        assert [row.problem and re.sub(r" \(Blad1!([B-F])[2-7]\)", "", row.problem) for row in sheet] == [
            row.problem for row in as_csv
        ]


@pytest.mark.parametrize("suffix", SPREADSHEETS)
def test_a_cell_keeps_its_type_where_its_column_has_text_too(tmp_path: Path, suffix: str) -> None:
    rows = [["a", 1480000.5], ["b", "1.480.000,50"], ["c", 1.25], ["d", "1.250"]]
    path = write(tmp_path, suffix, *rows)

    assert values(path, "Omzet", decimal=",", thousands=".") == [1480000.5, 1480000.5, 1.25, 1250]


@pytest.mark.parametrize("suffix", SPREADSHEETS)
def test_a_problem_names_the_cell(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, suffix, GOOD, ["Zorg", "veel", None, None, None, 1.5])

    first, second = problems(path)
    assert first is None
    assert second is not None
    assert "found 'veel'; say codes = { 'veel' = … } or unknown = ['veel'] in the map (Blad1!B3); Mensen: " in second
    assert second.endswith("Mensen: expected a whole number; found 1.5 (Blad1!F3)")


# What a type says -------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SPREADSHEETS)
def test_a_number_is_no_date_and_no_text_and_the_problem_says_how_to_mend_it(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, suffix, [2317, None, None, 46752], ["a", date(2026, 5, 12)], ["a", None, None, None, 1])

    zeros = "a number has lost the zeros before it: format the cell as text, and type it again (Blad1!A2)"
    day = "if it is one, format the cell as a date (Blad1!D2)"
    assert problems(path) == [
        f"Naam: expected text; found 2317; {zeros}; Tot: expected a date (YYYY-MM-DD); found 46752; {day}",
        "Omzet: expected an amount in euros with at most two decimals; found 2026-05-12 (Blad1!B3)",
        "Actief: expected true or false; found 1 (Blad1!E4)",
    ]
    assert values(path, "Tot") == [None, None, None]


@pytest.mark.parametrize("suffix", SPREADSHEETS)
def test_a_word_of_the_map_means_the_same_as_a_number(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, suffix, [2317, 999, None, None, 1, -1], ["a", 0, None, None, 0, 3])
    columns = {
        "Naam": ColumnMap(from_="Naam", codes={"2317": "Zorg"}),
        "Omzet": ColumnMap(from_="Omzet", codes={"999": 5}),
        "Actief": ColumnMap(from_="Actief", true=("1",), false=("0",)),
        "Mensen": ColumnMap(from_="Mensen"),
    }

    found = [row.values for row in read(path, columns=columns, unknown=("-1",))]
    assert [row and [row[name] for name in columns] for row in found] == [["Zorg", 5, True, None], [None, 0, False, 3]]


def test_a_percentage_is_divided_once(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C2"].number_format = sheet["B4"].number_format = sheet["A2"].number_format = "0,0%"
        sheet["C3"].number_format = '0.0" %"'

    rows = [["a", None, 0.125], ["b", None, 12.5], ["c", 0.5, "12,5%"]]
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, *rows], change)

    assert values(path, "Deel", columns={"Deel": ColumnMap(from_="Deel", times=0.01)}) == [0.125, 0.125, 0.125]
    assert values(path, "Deel") == [0.125, 12.5, 0.125]
    assert problems(path)[2] == "Omzet: expected an amount in euros with at most two decimals; found 0.5 (Blad1!B4)"


def test_a_percentage_of_opendocument_is_divided_once(tmp_path: Path) -> None:
    shown = b'<table:table-cell office:value-type="percentage" office:value="0.125"/>'
    path = write_ods(tmp_path / "a.ods", [NAMES, ["a", None, shown], ["b", None, 12.5]])

    assert values(path, "Deel", columns={"Deel": ColumnMap(from_="Deel", times=0.01)}) == [0.125, 0.125]


def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.epoch = CALENDAR_MAC_1904

    assert values(write_xlsx(tmp_path / "a.xlsx", [NAMES, GOOD], change), "Tot") == [date(2027, 12, 31)]


def test_a_moment_is_no_date(tmp_path: Path) -> None:
    moments = [datetime.fromisoformat(f"2027-12-31T{time}") for time in ("10:30", "00:00")]
    rows = [["a", None, None, moment] for moment in moments]

    assert values(write_xlsx(tmp_path / "a.xlsx", [NAMES, *rows]), "Tot") == [None, date(2027, 12, 31)]


# What has no value ------------------------------------------------------------------------------------

ODS_ERROR = (
    b'<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
    b'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
)
ODS_FORMULA = b'<table:table-cell table:formula="of:=TODAY()"/>'


def ugly(folder: Path, suffix: str) -> Path:
    """A list with an error in B3, a formula that nobody calculated in D3, and another in D4 alone."""
    if suffix == ".ods":
        rows: list[list[Any]] = [[*"ab"], ["Zorg", ODS_ERROR, None, ODS_FORMULA], [None, None, None, ODS_FORMULA]]
        return write_ods(folder / "a.ods", [NAMES, *rows])

    def change(sheet: Worksheet) -> None:
        sheet["A3"], sheet["B3"], sheet["D3"], sheet["D4"] = "Zorg", "#DIV/0!", "=TODAY()", "=TODAY()"
        sheet["B3"].data_type = "e"

    return write_xlsx(folder / "a.xlsx", [NAMES, [*"ab"]], change)


@pytest.mark.parametrize("suffix", SPREADSHEETS)
def test_an_error_and_a_formula_without_a_value_are_no_empty_cells(tmp_path: Path, suffix: str) -> None:
    path = ugly(tmp_path, suffix)
    formula = "Tot: the formula has no value; open the file in a spreadsheet, save it, and try again (Blad1!D{})"
    error = "Omzet: the formula gives the error #DIV/0!; correct it, or empty the cell (Blad1!B3); "

    assert problems(path)[1:] == [error + formula.format(3), formula.format(4)]
    assert [row.values is None for row in read(path, strict=("Tot",))] == [False, True, True]


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, ["a"], ["b"]], lambda sheet: setattr(sheet["D2"], "value", '=""'))
    rewrite(path, "xl/worksheets/sheet1.xml", '<c r="D2"><f>""</f>', '<c r="D2" t="str"><f>""</f>')

    assert problems(path) == [None, None]


def test_what_libreoffice_makes_of_a_truth_and_of_a_formula_with_an_empty_text(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>let op</text:p></office:annotation>"
    cell = '<table:table-cell table:formula="of:=1=1" office:value-type="float" office:value="{}">{}<text:p>{}</text:p>'
    truths = [f"{cell.format(*one)}</table:table-cell>".encode() for one in ((1, note, "WAAR"), (0, "", "FALSE"))]
    empty = b"<table:table-cell table:formula='of:=&quot;&quot;'><text:p/></table:table-cell>"
    path = write_ods(tmp_path / "a.ods", [NAMES, *(["a", empty, None, None, truth] for truth in truths)])

    assert problems(path) == [None, None]
    assert values(path, "Actief") == [True, False]


def test_a_cell_that_is_merged_with_another_is_not_empty(tmp_path: Path) -> None:
    rows = [["a", 10], ["b"], ["c", None, 0.5], []]
    merged = "the cell is merged with another; split them, and fill in each (Blad1!{})"
    xlsx = write_xlsx(tmp_path / "a.xlsx", [NAMES, *rows], lambda sheet: sheet.merge_cells("B2:B5"))
    top = (
        b'<table:table-cell table:number-columns-spanned="1" table:number-rows-spanned="4" office:value-type="float" '
        b'office:value="10"><text:p>10</text:p></table:table-cell>'
    )
    covered = b"<table:covered-table-cell/>"
    ods = write_ods(tmp_path / "a.ods", [NAMES, ["a", top], ["b", covered], ["c", covered, 0.5], [None, covered]])

    for path in (xlsx, ods):
        assert values(path, "Omzet") == [10, None, None]
        assert problems(path) == [None, f"Omzet: {merged.format('B3')}", f"Omzet: {merged.format('B4')}"]


# All of it at once ------------------------------------------------------------------------------------


def make_ugly(sheet: Worksheet) -> None:
    """What an export looks like that somebody has worked in."""
    assert sheet.parent is not None
    sheet.parent.epoch = CALENDAR_MAC_1904
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("F8:F9")
    sheet.row_dimensions[6].hidden = sheet.column_dimensions["C"].hidden = True
    sheet["C6"].number_format = "0.0%"
    for place, error in {"B8": "#DIV/0!", "D8": "#N/A"}.items():
        sheet[place] = error
        sheet[place].data_type = "e"
    for place, formula in {"C8": "=C7*2", "B11": "=SUM(B5:B9)"}.items():
        sheet[place] = formula


def test_of_an_ugly_export_nothing_is_guessed_and_nothing_lost(tmp_path: Path) -> None:
    rows = [
        ["Overzicht aanbieders sociaal domein"], ["Datum: 15-01-2026"], [], NAMES,
        [2317, "1.480.000,00", "12,5%", "31-12-2027", "ja", 12],
        ["Zorg B", 1480000.5, 0.125, date(2027, 12, 31), False, 3],
        [" Zorg C", "onbekend", 0.5, 45290, "WAAR ", "9,6"],
        ["00002318", None, None, None, "-", 7],
        ["Zorg E", "€ 12.500", None, datetime.fromisoformat("2027-12-31T10:30"), 1], [], ["Totaal"],
    ]  # fmt: skip
    found = read(write_xlsx(tmp_path / "a.xlsx", rows, make_ugly), unknown=("onbekend",))

    assert [[*(row.values or {}).values()] for row in found] == [
        [None, 1480000, 0.125, date(2027, 12, 31), True, 12],
        ["Zorg B", 1480000.5, 0.125, date(2027, 12, 31), False, 3],
        [" Zorg C", None, 0.5, None, True, None], ["00002318", None, None, None, None, 7],
        ["Zorg E", 12500, None, None, None, None], ["Totaal", *[None] * 5],
    ]  # fmt: skip
    unread = [re.findall(r"\(Blad1!([A-F][0-9]+)\)", row.problem or "") for row in found]
    assert unread == [["A5"], [], ["D7", "F7"], ["B8", "C8", "D8", "E8"], ["D9", "E9", "F9"], ["B11"]]


# Where the table is -----------------------------------------------------------------------------------


def test_titles_empty_rows_and_empty_columns_are_no_part_of_the_table(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A1"] = "Overzicht aanbieders"
        sheet.merge_cells("A1:G1")
        sheet.insert_cols(3)
        sheet.row_dimensions[6].hidden = sheet.column_dimensions["C"].hidden = True

    rows = [[], ["", "Stand", date(2026, 1, 15)], [], ["", *NAMES], ["", *GOOD], ["", *GOOD], [], ["", *GOOD]]
    path = write_xlsx(tmp_path / "a.xlsx", rows, change)

    assert [row.line for row in read(path)] == [5, 6, 8]
    assert {tuple((row.values or {}).values()) for row in read(path)} == {tuple(GOOD)}


def test_a_table_may_begin_anywhere(tmp_path: Path) -> None:
    rows = [[], ["", "", *NAMES], ["", "", *GOOD], ["", "", "Zorg", "veel"]]
    for path in (write_xlsx(tmp_path / "a.xlsx", rows), write_ods(tmp_path / "a.ods", rows)):
        assert [*((read(path)[0].values or {}).values())] == GOOD
        assert str(problems(path)[1]).endswith("(Blad1!D4)")


def test_a_value_below_no_name_costs_its_row(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, GOOD, [*GOOD, None, "let op"]])

    assert problems(path) == [None, "Blad1!H3 has a value, and its column no name; name the column, or empty the cell"]
    path = write_xlsx(tmp_path / "a.xlsx", [[*NAMES, None, "Rest"], [*GOOD, "let op"]])
    with pytest.raises(InputError, match=r"Blad1!G1: the column has no name; name it here, or remove it"):
        read(path)


def two_sheets(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    other = sheet.parent.create_sheet("Oud")
    other.append(NAMES)
    other.append(["van vorig jaar"])
    sheet.parent.create_sheet("Leeg")
    sheet.parent.create_chartsheet("Grafiek")


def test_which_of_two_sheets_is_meant_is_not_guessed(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES, GOOD], two_sheets)

    with pytest.raises(
        InputError, match=r"not clear which sheet is meant; say in a map: sheet = '…', one of 'Blad1', "
    ):
        read(path)
    assert values(path, "Naam", sheet="Oud") == ["van vorig jaar"]
    with pytest.raises(InputError, match=r"there is no sheet 'blad'; it has 'Blad1', 'Oud', 'Leeg'"):
        read(path, sheet="blad")
    with pytest.raises(InputError, match=r"Leeg: no row among the first 50 names the columns"):
        read(path, sheet="Leeg")


def test_the_only_sheet_with_a_table_needs_no_name(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.create_sheet("Toelichting", 0).append(["Naam", "zoals in het register"])

    assert values(write_xlsx(tmp_path / "a.xlsx", [NAMES, GOOD], change), "Naam") == ["Verzinsel"]


def test_a_map_can_say_which_row_names_the_columns(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [NAMES[:3], GOOD[:3], NAMES, GOOD, GOOD])

    with pytest.raises(InputError, match="lines 1 and 3 both name columns"):
        read(path)
    assert [row.line for row in read(path, header_row=3)] == [4, 5]


def test_a_csv_beside_it_is_read_as_before(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [NAMES, GOOD])

    assert values(path, "Tot", sheet="Blad1") == [date(2027, 12, 31)]


def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)

    with pytest.raises(BarrierModelError) as caught:
        read(write_xlsx(tmp_path / "a.xlsx", [NAMES]))
    install = "install it with: pip install 'barriermodel[sheets]'"
    assert str(caught.value) == f"a workbook is read with python-calamine; {install}"
