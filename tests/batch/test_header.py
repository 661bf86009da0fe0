"""Where a table begins in a CSV file, and in which encoding it is: read where certain, else one sentence tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_mapping import a_map
from test_open_table import read, write

from barriermodel import BarrierModel, InputError
from barriermodel.batch import open_table
from barriermodel.batch.mapping import read_map
from barriermodel.batch.text_files import MAX_LINE_LENGTH, encoding_of

HIT, PROFIT = "kvk_extract__active", "annual_accounts__profit"
MAP = f'[columns.{HIT}]\nfrom = "actief"\n[columns.{PROFIT}]\nfrom = "winst"\n'


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel.load("portfolio-scan")


@pytest.mark.parametrize(
    "begin",
    [
        "sep=;\n", "SEP=;\r\n", "\ufeffsep=;\n", "Overzicht;;\n", "Overzicht\n\n", ";;\n\n;\n", "Actief, per januari\n",
        'Lijst "A"; stand 1-1\n', '"Titel\nin twee regels";\n', '"Titel" zonder;\n',
    ],
)  # fmt: skip
@pytest.mark.parametrize("mapped", [True, False])
def test_what_stands_above_the_names_is_no_part_of_the_table(
    model: BarrierModel, tmp_path: Path, begin: str, mapped: bool
) -> None:
    names = "actief;winst;k" if mapped else f"{HIT};{PROFIT};k"
    path = write(tmp_path, f"{begin}{names}\nja;1;x\nnee;2;y;z\n")
    frame, rejects = read(path, model, a_map(tmp_path, MAP) if mapped else None)

    assert frame.select(HIT, PROFIT, "k").rows() == [(True, 1.0, "x")]
    first = begin.count("\n") + 1
    assert [reject["line"] for reject in rejects] == [first + 2]


def test_rows_and_fields_in_which_nothing_stands_are_none(model: BarrierModel, tmp_path: Path) -> None:
    path = write(tmp_path, f"{HIT};k;;\nja;x;;\n;;;\n\nja;y;\nja;z; ;\n  ;;;\n")
    frame, rejects = read(path, model)

    assert (frame.rows(), rejects) == ([(True, "x"), (True, "y"), (True, "z")], [])


def test_a_value_beyond_the_last_name_is_not_lost(model: BarrierModel, tmp_path: Path) -> None:
    _, rejects = read(write(tmp_path, f"{HIT};k;;\nja;x;;let op\n"), model)

    assert rejects == [
        {"line": 2, "reason": "expected 2 fields, as the line with the names has; found 4",
         "row": ["ja", "x", "", "let op"]}
    ]  # fmt: skip


def test_spaces_around_a_name_that_is_known_are_none(model: BarrierModel, tmp_path: Path) -> None:
    frame, _ = read(write(tmp_path, "actief ; winst; k\nja;1;x\n"), model, a_map(tmp_path, MAP))

    assert frame.columns == ["actief", "winst", " k", HIT, PROFIT]


def test_the_map_may_say_on_which_line_the_names_are(model: BarrierModel, tmp_path: Path) -> None:
    path = write(tmp_path, "actief;winst;k\nnee;1;oud\nactief;winst;k\nja;2;x\n")

    assert read(path, model, a_map(tmp_path, MAP))[0]["k"].to_list() == ["oud", "x"]
    assert read(path, model, a_map(tmp_path, "header_row = 3\n" + MAP))[0]["k"].to_list() == ["x"]
    with pytest.raises(InputError, match="line 9 names no columns, as header_row in the map says"):
        open_table(path, model, a_map(tmp_path, "header_row = 9\n" + MAP))
    for row in (0, 51):
        with pytest.raises(
            InputError, match="header_row: expected the line with the names of the columns, from 1 to 50"
        ):
            read_map(a_map(tmp_path, f"header_row = {row}\n"), model.resolved)


def test_a_name_that_is_not_there_is_looked_for_on_the_line_that_has_most(model: BarrierModel, tmp_path: Path) -> None:
    path = write(tmp_path, "Overzicht;;\nactief;wnist;k\nja;1;x\n")

    with pytest.raises(InputError, match="the table has no column 'winst'; did you mean 'wnist'"):
        open_table(path, model, a_map(tmp_path, MAP))


@pytest.mark.parametrize("first", [f"{HIT};{PROFIT};k", f"k;{PROFIT};l"])
def test_rows_above_another_line_with_names_are_not_lost(model: BarrierModel, tmp_path: Path, first: str) -> None:
    path = write(tmp_path, f"{first}\nnee;1;oud\n{HIT};{PROFIT};k;provider__legal_form\nja;2;x;bv\n")

    with pytest.raises(InputError, match=r"lines 1 and 3 both name columns, .* header_row = 3"):
        open_table(path, model)
    assert read(path, model, a_map(tmp_path, "header_row = 3\n"))[0]["k"].to_list() == ["x"]


def test_a_line_above_the_names_that_has_one_of_them_hides_no_rows(model: BarrierModel, tmp_path: Path) -> None:
    path = write(tmp_path, f"Stand;{HIT}\n\n{HIT};{PROFIT};k\nja;2;x\n")

    assert read(path, model)[0]["k"].to_list() == ["x"]


def test_a_quote_that_stays_open_above_the_names_is_told(model: BarrierModel, tmp_path: Path) -> None:
    path = write(tmp_path, f'"Overzicht\n{HIT};k\nja;x\n')

    with pytest.raises(InputError, match="no line among the first 50 names its columns; close a quote that is open"):
        open_table(path, model)


def test_tabs_separate_where_nothing_else_does(model: BarrierModel, tmp_path: Path) -> None:
    frame, _ = read(write(tmp_path, f"{HIT}\tk\nja\tx,y;z\n"), model)

    assert frame.rows() == [(True, "x,y;z")]


# Encodings --------------------------------------------------------------------------------------------

TEXT = "naam;k\nCoöperatie Zorgéén;€ 1.250,50\nAuto’s – “zorg” ïëüç;É\n"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (TEXT.encode(), ("utf-8", False)),
        (TEXT.encode("utf-8-sig"), ("utf-8", True)),
        (TEXT.encode("windows-1252"), ("windows-1252", False)),
        (TEXT.encode("utf-16"), ("utf-16-le", True)),
        ("\ufeff".encode("utf-16-be") + TEXT.encode("utf-16-be"), ("utf-16-be", True)),
        (b"plain", ("utf-8", False)),
        (TEXT.replace("’", "'").replace("–", "-").encode("windows-1252") + TEXT.encode(), None),
        ("Coöperatie".encode("cp850"), None),
        ("Zorg en café".encode("cp850"), None),
        ("Coöperatie België".encode("mac-roman"), None),
        ("€ 240".encode("iso-8859-15"), None),
        (b"\x81\x8d", None),
        pytest.param(b"a" * MAX_LINE_LENGTH + b"\xe9", ("utf-8", False), id="no table, of which no more is read"),
        pytest.param(b"a\r" + b"a" * MAX_LINE_LENGTH + b"\xe9", ("windows-1252", False), id="long"),
    ],
)
def test_an_encoding_is_known_where_it_is_certain(tmp_path: Path, raw: bytes, found: tuple[str, bool] | None) -> None:
    assert encoding_of(write(tmp_path, raw)) == found


def test_what_is_not_certain_is_told_row_by_row_and_the_map_may_say_it(model: BarrierModel, tmp_path: Path) -> None:
    path = write(tmp_path, f"{HIT};k\nja;Coöperatie\nja;x\n".encode("cp850"))
    frame, rejects = read(path, model)

    assert frame["k"].to_list() == ["x"]
    assert rejects[0]["reason"].startswith("some bytes are not UTF-8; save the file as UTF-8, or say encoding = ")
    assert read(path, model, a_map(tmp_path, 'encoding = "cp850"'))[0]["k"].to_list() == ["Coöperatie", "x"]


def test_an_encoding_that_nobody_has_is_refused(model: BarrierModel, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="encoding: expected one of utf-8, utf-16-le"):
        read_map(a_map(tmp_path, 'encoding = "ansi"'), model.resolved)


def test_a_file_that_is_not_of_the_encoding_of_its_map_is_told(model: BarrierModel, tmp_path: Path) -> None:
    path = write(tmp_path, f"{HIT};k\nja;x\n")

    with pytest.raises(InputError, match=r"utf-16-le|none of its columns|cannot be read as"):
        open_table(path, model, a_map(tmp_path, 'encoding = "utf-16-le"')).collect()
