"""What a map states of all rows, and what it asks to assume, is told in each row and in the explanation of one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_mapping import a_map

from barriermodel import BarrierModel, InputError, load_assessment
from barriermodel.batch import open_table
from barriermodel.batch.mapping import read_map
from barriermodel.batch.stated_facts import legal_form_in_name
from barriermodel.cli.commands import run

CONSTANTS = """
[constants]
award__act = "Jeugdwet"
award__starts_on = "1-2-2026"
annual_accounts__hired_staff_cost = 0
annual_accounts__dividend = "€ 1.250,50"
kvk_extract__end_date_stated = false
"""
WINST = '[columns.annual_accounts__profit]\nfrom = "winst"\n'
NAME = '[columns.provider__name]\nfrom = "naam"\n'


@pytest.fixture(scope="module")
def model() -> BarrierModel:
    return BarrierModel.load("portfolio-scan")


def batch(folder: Path, content: str, content_of_map: str, name: str = "in.csv") -> list[dict[str, Any]]:
    (folder / name).write_text(content, encoding="utf-8")
    mapping, output = a_map(folder, content_of_map), folder / "out.jsonl"
    arguments = ["batch", folder / name, output, "--profile", "portfolio-scan", "--map", mapping]
    assert run([*map(str, arguments), "--as-of", "2026-01-15"]) == 0
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("name", "content"), [("in.csv", "winst;k\n240;a\n241;b\n"),
                                               ("in.jsonl", '{"winst": 240}\n{"winst": 241}\n')])  # fmt: skip
def test_a_constant_is_a_fact_of_every_row_and_each_row_says_so(tmp_path: Path, name: str, content: str) -> None:
    for row in batch(tmp_path, content, CONSTANTS + WINST, name):
        assert {column: row[column] for column in row if column.startswith("award__")} == {
            "award__act": "jeugdwet",
            "award__starts_on": "2026-02-01",
        }
        assert (row["annual_accounts__hired_staff_cost"], row["annual_accounts__dividend"]) == (0, 1250.5)
        assert row["kvk_extract__end_date_stated"] is False
        assert row["map__constants"] == (
            "award__act, award__starts_on, annual_accounts__hired_staff_cost, annual_accounts__dividend, "
            "kvk_extract__end_date_stated"
        )


def test_an_explanation_says_what_came_from_the_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch(tmp_path, "naam;winst\nZorg Nergens B.V.;240\n", "legal_form_from_name = true\n" + CONSTANTS + WINST + NAME)
    output = str(tmp_path / "out.jsonl")
    capsys.readouterr()

    assert run(["explain", output, "--id", "naam=Zorg Nergens B.V.", "--lang", "en"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert (
        "Not from the table but from the map, the same for all rows: act [award__act], start date [award__starts_on], "
        "cost of hired staff [annual_accounts__hired_staff_cost], " in told
    )
    assert "Assumed, because the name says so: legal form [provider__legal_form]. Check it." in told

    assert run(["explain", output, "--id", "naam=Zorg Nergens B.V.", "--format", "json"]) == 0
    written = capsys.readouterr().out
    row = json.loads(written)["row"]
    assert row["assumed"] == ["provider__legal_form"]
    assert row["from_map"][:2] == ["award__act", "award__starts_on"]
    assert load_assessment(written.encode()).to_dict()["row"] == row


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('award__act = "jeugd"', "constants.award__act: expected one of jeugdwet, wmo, jeugdwet_and_wmo; got 'jeugd'"),
        ('award__akt = "wmo"', "constants.award__akt: the profile knows no such column; did you mean 'award__act'?"),
        ('award__starts_on = "5/1/2026"', "constants.award__starts_on: expected a date (YYYY-MM-DD); got '5/1/2026'"),
        ("annual_accounts__dividend = -1", "constants.annual_accounts__dividend: dividend: "),
        ("annual_accounts__dividend = 558.000", "constants.annual_accounts__dividend: the amount 558.000 can be 558"),
        ('annual_accounts__profit = 1\n[columns.annual_accounts__profit]\nfrom = "winst"',
         "constants.annual_accounts__profit: the map has a column for this fact too; leave one of the two out"),
    ],
)  # fmt: skip
def test_a_constant_that_cannot_be_is_told_with_its_place(
    model: BarrierModel, tmp_path: Path, content: str, problem: str
) -> None:
    with pytest.raises(InputError) as error:
        read_map(a_map(tmp_path, f"[constants]\n{content}\n"), model.resolved)

    assert problem in str(error.value)


def test_a_constant_and_a_column_of_the_table_are_refused(model: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("award__act;k\nwmo;x\n", encoding="utf-8")

    with pytest.raises(InputError, match="the table has a column of this name too; leave one of the two out"):
        open_table(tmp_path / "in.csv", model, a_map(tmp_path, '[constants]\naward__act = "jeugdwet"\n'))


def test_a_constant_of_confidential_evidence_is_withheld(tmp_path: Path) -> None:
    pytest.importorskip("barriermodel_twente")
    (tmp_path / "in.csv").write_text("kvk_extract__active;k\nja;x\n", encoding="utf-8")
    mapping = a_map(tmp_path, "[constants]\nself_declaration__fraud = false\n")
    arguments = ["batch", tmp_path / "in.csv", tmp_path / "out.jsonl", "--profile", "twente-2019", "--map", mapping]

    assert run([*map(str, arguments), "--as-of", "2026-01-15"]) == 0
    (row,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert "self_declaration__fraud" not in json.loads(row)


# The legal form of a name -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Stichting Verzinsel", "stichting"), ("Zorg Nergens B.V.", "bv"), ("Zorg Nergens BV", "bv"),
        ("B.V. Zorg Nergens", "bv"), ("Gezinshuis Denkbeeldig V.O.F.", "vof"), ("VOF Denkbeeldig", "vof"),
        ("Coöperatie Verzinsel U.A.", "cooperatie"), ("Verzinsel Coöperatieve Vereniging U.A.", "cooperatie"),
        ("Vereniging van Eigenaars Dorpsstraat 1", "vve"), ("Maatschap Verzinsel", "maatschap"),
        ("Zorg Nergens", None), ("Stichting Verzinsel B.V.", None), ("Zorg Nergens B.V. i.o.", None),
        ("Verzinsel BV h/o Thuis", None), ("Zorg BV Twente", None), ("Stichtingsweg Zorg", None), ("", None),
        ("Vereniging Stichting Verzinsel", None), ("De Maatschappij", None), ("W.A. Verzinsel", None),
        ("B.A. Verzinsel Thuiszorg", None), ("C.V. van Nergens", None), ("N.V. Nergens, gezinshuis", None),
        ("CV Coaching Nergens", None), ("Vereniging van Eigenaars Verzinsel B.V.", None),
        ("C.V. Verzinsel B.V.", "bv"), ("V.O.F. Verzinsel", "vof"),
    ],
)  # fmt: skip
def test_a_name_tells_a_legal_form_or_none(name: str, form: str | None) -> None:
    assert legal_form_in_name(name) == form


def test_it_is_assumed_only_when_asked_and_each_row_says_so(tmp_path: Path) -> None:
    content = "naam;rechtsvorm;winst\nStichting A;;1\nB B.V.;Eenmanszaak;1\nC;;1\nD B.V.;weet niet;1\n"
    columns = (
        WINST
        + NAME
        + '[columns.provider__legal_form]\nfrom = "rechtsvorm"\ncodes = { "Eenmanszaak" = "eenmanszaak" }\n'
    )

    rows = batch(tmp_path, content, "legal_form_from_name = true\n" + columns)
    assert [(row["provider__legal_form"], row["map__assumed"]) for row in rows] == [
        ("stichting", "provider__legal_form"), ("eenmanszaak", None), (None, None), (None, None)
    ]  # fmt: skip
    rows = batch(tmp_path, content, columns)
    assert [(row["provider__legal_form"], "map__assumed" in row) for row in rows] == [
        (None, False), ("eenmanszaak", False), (None, False), (None, False)
    ]  # fmt: skip


def test_a_name_must_be_there_to_assume_by(model: BarrierModel, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("winst;k\n1;x\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"legal_form_from_name: say which column has the name"):
        open_table(tmp_path / "in.csv", model, a_map(tmp_path, "legal_form_from_name = true\n" + WINST))


def test_what_a_map_stated_stays_told_after_a_second_batch(tmp_path: Path) -> None:
    batch(tmp_path, "naam;winst\nStichting A;240\n", "legal_form_from_name = true\n" + CONSTANTS + WINST + NAME)
    (tmp_path / "again").mkdir()
    (tmp_path / "constants.toml").write_text(CONSTANTS, encoding="utf-8")
    again = ["batch", str(tmp_path / "out.jsonl"), str(tmp_path / "again" / "out.jsonl"), "--profile", "portfolio-scan"]

    assert run(again) == 0
    assert run([*again, "--map", str(tmp_path / "constants.toml")]) == 0
    row = json.loads((tmp_path / "again" / "out.jsonl").read_text(encoding="utf-8"))
    assert row["map__assumed"] == "provider__legal_form"
    assert row["map__constants"].count("award__act") == 1
