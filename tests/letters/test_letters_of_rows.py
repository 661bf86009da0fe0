"""Letters to the providers of an assessed table: one row with ``--id``, every row with ``--all``."""

from __future__ import annotations

import contextlib
import csv
import json
import re
import shutil
import warnings
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from drafts import DRAFTED, MEASURE, letter_of, word_texts
from hypothesis import given
from hypothesis import strategies as st
from markup import read

from barriermodel.batch.opening import open_table
from barriermodel.cli.commands import run
from barriermodel.cli.letter_folder import _file_name
from pages import DOCS, DOSSIERS, assessed, model

pytest.importorskip("polars")
pytest.importorskip("barriermodel_regions")

DAY = date(2026, 1, 15)
SENDER = (DOCS / "letters" / "letter.toml").read_text("utf-8").replace('# reference = "VB-2026-02"', "")
ASK = ("--kind", "request", "--date", "2026-01-15", "--settings", "letter.toml")
ALL = ("advies.csv", "--all", *ASK, "--output", "brieven")
MAP = """\
[constants]
award__starts_on = 2026-02-01
award__act = "jeugdwet"

[columns]
provider__name = { from = "Naam" }
award__id = { from = "Contract" }
kvk_extract__active = { from = "Actief" }
annual_accounts__profit = { from = "Winst" }
annual_accounts__turnover = { from = "Omzet" }
derived__nl_quality_certificate__certificate_until = { from = "Certificaat tot" }
derived__nl_quality_certificate__certificate_from = { from = "Certificaat vanaf" }
derived__nl_quality_certificate__certificate_standard = { from = "Certificaat" }
"""
HEAD = ["Naam", "Contract", "Actief", "Winst", "Omzet", "Certificaat", "Certificaat vanaf", "Certificaat tot"]
CERTIFIED = ["ja", "5", "100", "HKZ", "2024-06-01", "2027-05-31"]
LAPSED = ["ja", "5", "100", "HKZ", "2022-01-01", "2025-01-01"]
LACKING = ["ja", "5", "100", "", "", ""]
HOSTILE = [
    "../../x", "CON", "NUL.html", "a/b\\c:d*e?", "Zorg" * 80, "=cmd|' /C calc'!A0", "健康", "Zorg\u202eB.V.", "-rf",
    ".", "Gelijk", "Gelijk",
]  # fmt: skip
ROWS = [
    *([name, f"VB-{n}", *LACKING] for n, name in enumerate(HOSTILE, 1)),
    *([f"Zorg {letter}", f"VB-{letter}", *CERTIFIED] for letter in "abcdefgh"),
    ["Zorg Rood", "VB-rood", *LAPSED], ["Zorg Veel", "VB-veel", "ja", "veel", *LACKING[2:]],
    ["", "VB-naamloos", *LACKING], ["Zorg Los", "", *LACKING],
]  # fmt: skip
"""Something to ask of the first twelve and of Zorg Rood, nothing of the eight between; three cannot carry a letter."""


@pytest.fixture(scope="module")
def assessed_rows(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The rows as ``batch`` writes them, assessed once."""
    with contextlib.chdir(tmp_path_factory.mktemp("rows")):
        batch(ROWS)
        return Path("advies.csv").read_bytes()


@pytest.fixture
def folder(
    tmp_path: Path, assessed_rows: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    """A folder with the assessed rows and a sender."""
    monkeypatch.chdir(tmp_path)
    Path("letter.toml").write_text(SENDER, encoding="utf-8")
    Path("advies.csv").write_bytes(assessed_rows)
    capsys.readouterr()
    return tmp_path


def batch(rows: list[list[str]], *arguments: str, profile: str = "portfolio-scan", table_map: str = MAP) -> None:
    """Assess rows."""
    Path("kolommen.toml").write_text(table_map, encoding="utf-8")
    with open("lijst.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    given = ("batch", "lijst.csv", "advies.csv", "-p", profile, "--as-of", "2026-01-15", "--map", "kolommen.toml")
    assert run([*given, *arguments]) == 0


def letters(*arguments: str) -> int:
    return run(["letter", *arguments])


def said(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return " ".join((out + err).split())


# The same letter as of a dossier ----------------------------------------------------------------------


def told(data: dict[str, Any]) -> list[str]:
    """What a letter says, without what a row of a table cannot know: who issued evidence, and when it was asked for."""
    texts = [data["subject"], data["respond_by"], data["reference_line"], data["addressee"]["name"]]
    for block in data["blocks"]:
        texts += [block["heading"], *block["paragraphs"]]
        for point in block["points"]:
            lines = [re.sub(r"(Bron: [^,.]*), [^.]*\.", r"\1.", line) for line in point["paragraphs"]]
            texts += [
                point["title"],
                *(x for x in lines if not x.startswith(("Wij vroegen u", "Wij hebben dit nog niet"))),
            ]
    return texts


@pytest.fixture(scope="module")
def rows_of_examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The examples as rows of one table, by the name of the dossier."""
    folder = tmp_path_factory.mktemp("dossiers")
    for name in {name for name, _ in DRAFTED}:
        copy = shutil.copytree if (DOSSIERS / name).is_dir() else shutil.copy
        copy(DOSSIERS / name, folder / name)
    with warnings.catch_warnings(action="ignore"):
        rows = open_table(folder, model()).collect().to_dicts()
    return {row["dossier"]: row for row in rows}


@pytest.mark.parametrize(("name", "kind"), DRAFTED)
def test_the_letter_of_a_row_says_what_the_letter_of_its_dossier_says(
    name: str, kind: str, rows_of_examples: dict[str, dict[str, Any]]
) -> None:
    confidential = DRAFTED[name, kind]

    of_row = letter_of(model().explain_row(rows_of_examples[name]), kind, confidential=confidential)
    of_dossier = letter_of(assessed(name), kind, confidential=confidential)

    assert told(of_row.to_dict()) == told(of_dossier.to_dict())
    notes = set(of_row.checks) - set(of_dossier.checks)
    assert any("De feiten zijn die van een rij in een tabel" in note for note in notes)


# One row ----------------------------------------------------------------------------------------------


def test_a_row_gives_the_letter_that_python_gives_of_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert letters("advies.csv", "--id", "Contract=VB-2", *ASK, "--format", "json") == 0
    data = json.loads(capsys.readouterr().out)

    facts = {
        "provider__name": "CON", "award__id": "VB-2", "kvk_extract__active": True, "award__act": "jeugdwet",
        "annual_accounts__profit": 5, "annual_accounts__turnover": 100,
    }  # fmt: skip
    expected = letter_of(model("portfolio-scan").explain_row(facts, as_of=DAY), "request").to_dict()
    assert data["blocks"] == expected["blocks"]
    assert (data["reference"], data["addressee"]["name"]) == ("VB-2", "CON")


def test_a_row_with_a_finding_gives_a_letter_of_intent(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert letters("advies.csv", "--id", "Naam=Zorg Rood", "--kind", "intent", "--measure", MEASURE, *ASK[2:]) == 0

    page = read(capsys.readouterr().out)
    assert page.one("h1").words == "Wij willen uw reactie voordat wij besluiten"
    assert "1 januari 2025" in page.one("main").words
    assert MEASURE in page.one("main").words


# All rows ---------------------------------------------------------------------------------------------


def test_each_row_with_something_to_ask_gets_a_letter_in_a_harmless_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert letters(*ALL) == 2  # three rows cannot carry one

    assert sorted(path.name for path in Path("brieven").iterdir()) == [
        "01-x.html", "02-con.html", "03-nul-html.html", "04-a-b-c-d-e.html", f"05-{'zorg' * 15}.html",
        "06-cmd-c-calc-a0.html", "07.html", "08-zorgb-v.html", "09-rf.html", "10.html", "11-gelijk.html",
        "12-gelijk.html", "21-zorg-rood.html", "geen-brief.txt",
    ]  # fmt: skip
    assert sorted(path.name for path in folder.iterdir()) == ["advies.csv", "brieven", "letter.toml"]
    assert "健康" in read(Path("brieven/07.html").read_text("utf-8")).one("main").words
    assert letters("advies.csv", "--id", "Contract=VB-7", *ASK, "--output", "een.html") == 0
    assert Path("een.html").read_bytes() == Path("brieven/07.html").read_bytes()


def test_the_summary_says_how_many_letters_there_are_and_why_not_for_other_rows(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert letters(*ALL, "--lang", "en") == 2

    told = said(capsys)
    assert told.startswith(
        "13 letters written in brieven. No letter for 11 rows: "
        "Nothing is needed from the provider; look up what is missing yourself (8): Zorg a (row 13), Zorg b (row 14), "
        "Zorg c (row 15), Zorg d (row 16), Zorg e (row 17), Zorg f (row 18) and 2 others, see no-letter.txt. "
    )
    for reason, who in (
        ("found 'veel' in 'Winst'", "Zorg Veel (row 22)"), ("has no name of the provider", "row 23"),
        ("the letter has no reference", "Zorg Los (row 24)"),
    ):  # fmt: skip
        assert re.search(f"{reason}[^:]* [(]1[)]: {re.escape(who)}[.]", told), reason
    assert "- Zorg h (row 20)\n" in Path("brieven/no-letter.txt").read_text("utf-8")


def test_word_documents_have_their_checks_beside_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch([["Zorg Een", "VB-1", *LACKING], ["Zorg Twee", "VB-2", *LACKING]])

    assert letters(*ALL, "--format", "docx", "--lang", "en") == 0

    checks = Path("brieven/checks.txt").read_text("utf-8")
    assert re.findall("^[12]-.*$", checks, re.M) == ["1-zorg-een", "2-zorg-twee"]
    on_top, *own = checks.split("\n\n")
    assert on_top.startswith("Before you send, for every letter")
    assert "- The letter has no address of the provider. Fill it in.\n" in on_top
    assert len(own) == 2
    assert not set(re.findall("^- .*$", "\n".join(own), re.M)) & set(re.findall("^- .*$", on_top, re.M))
    assert "Zorg Twee" in word_texts(Path("brieven/2-zorg-twee.docx").read_bytes())
    made = sorted(path.name for path in Path("brieven").iterdir())
    assert made == ["1-zorg-een.docx", "2-zorg-twee.docx", "checks.txt"]


@given(st.lists(st.none() | st.text(max_size=90), min_size=1, max_size=30))
def test_names_of_files_are_unique_and_plain_whatever_providers_are_called(names: list[str | None]) -> None:
    rows = [{"provider__name": name} for name in names]
    made = [_file_name(number, len(rows), row) for number, row in enumerate(rows, 1)]

    assert all(re.fullmatch("[0-9]+(-[a-z0-9]+)*", name) and len(name) <= 70 for name in made)
    assert len({*made}) == len(names)
    assert made == sorted(made)


# What gives no letter ---------------------------------------------------------------------------------


def test_without_a_letter_there_is_no_folder_and_every_row_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch([[f"Zorg {n}", f"VB-{n}", *CERTIFIED] for n in range(8)])
    capsys.readouterr()

    assert letters(*ALL) == 0

    told = said(capsys)
    assert told.startswith("Er is geen brief geschreven. Geen brief voor 8 rijen:")
    assert told.endswith("Zorg 6 (rij 7), Zorg 7 (rij 8).")
    assert not Path("brieven").exists()


def test_a_folder_is_never_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("brieven").mkdir()

    assert letters(*ALL) == 2

    assert said(capsys).endswith("barriermodel: brieven exists already; it is not overwritten, so name another")
    assert [*Path("brieven").iterdir()] == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Naam=Zorg Veel", "found 'veel' in 'Winst'"), ("Contract=VB-naamloos", "has no name of the provider"),
        ("Naam=Zorg Los", "the letter has no reference"), ("Naam=Zorg a", "is needed from the provider; look up"),
        ("Naam=Gelijk", "2 rows have Naam 'Gelijk'"), ("Naam=Niemand", "no row has Naam 'Niemand'"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_carry_a_letter_says_why(
    row: str, reason: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert letters("advies.csv", "--id", row, *ASK) == 2

    assert reason in said(capsys)


def test_a_table_that_was_changed_by_hand_gives_no_letter_until_it_is_assessed_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open("advies.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with open("advies.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows([{**rows[0], "advice__at_most": "green"}])

    assert letters(*ALL) == 2

    assert "the table says at least green, at most green; now it is" in said(capsys)
    assert not Path("brieven").exists()


def test_where_confidential_evidence_was_left_out_nothing_is_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The letter would ask for a declaration that the municipality has."""
    secret = MAP.replace("[constants]\n", "[constants]\ngva__granted = true\ngva__given_on = 2025-12-01\n")
    rows = [["Zorg", "VB-1", *LACKING]]
    batch(rows, profile="twente-2019", table_map=secret)

    assert letters(*ALL) == 2
    assert "confidential columns were left out of this table (2) and are unknown here" in said(capsys)
    assert not Path("brieven").exists()

    # assessed again without the map, nothing is withheld any more; what was left out stays so
    assert run(["batch", "advies.csv", "weer.csv", "-p", "twente-2019"]) == 0
    assert letters("weer.csv", *ALL[1:]) == 2
    assert "were left out" in said(capsys)

    batch(rows, "--confidential", profile="twente-2019", table_map=secret)
    assert letters(*ALL) == 0
    asked = read(Path("brieven/1-zorg.html").read_text("utf-8")).one("main").words
    assert "Kwaliteitscertificaat" in asked
    assert "Gedragsverklaring aanbesteden" not in asked


def test_checks_of_each_letter_are_those_on_top_and_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch([["Zorg Een", "VB-1", *LACKING], ["Zorg Rood", "VB-2", *LAPSED]])

    assert letters(*ALL, "--format", "docx") == 0
    on_top, *own = (part.splitlines()[1:] for part in Path("brieven/controles.txt").read_text("utf-8").split("\n\n"))

    assert own[0] != own[1]
    for name, lines in zip(("Zorg Een", "Zorg Rood"), own, strict=True):
        assert letters("advies.csv", "--id", f"Naam={name}", *ASK, "--format", "docx", "-o", f"{name}.docx") == 0
        told = capsys.readouterr().err.splitlines()
        assert sorted([*on_top, *lines]) == sorted(line for line in told if line.startswith("- "))


def test_one_address_is_not_sent_to_many(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("letter.toml").write_text('addressee_address = ["Straat 1"]\n' + SENDER, encoding="utf-8")

    assert letters(*ALL) == 2

    assert "letter.toml: addressee_address: this is the address of one provider" in said(capsys)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("advies.csv", *ASK), "say which with --id COLUMN=VALUE, or add --all"),
        (("advies.csv", "--id", "Naam=x", "--all", *ASK), "leave one out"),
        ((".", "--all", *ASK, "-o", "b"), "DOSSIER is a folder"),
        (("advies.csv", "--all", *ASK), "--all needs --output"), (("advies.csv", "--all", *ASK, "-o", "-"), "--output"),
        (("advies.csv", "--all", "--kind", "intent", "--measure", "x", *ASK[2:], "-o", "b"), "requests alone"),
        (("advies.csv", "--all", *ASK, "--confidential", "-o", "b"), "goes with --id"),
        (("advies.csv", "--id", "Naam", *ASK), "names no column"), (("--all", *ASK, "-o", "b"), "'DOSSIER'"),
        (("no.csv", "--all", *ASK, "-o", "b"), "no.csv: there is no such file"),
        (("own.jsonl", "--id", "Naam=x", *ASK), "own.jsonl: it does not say which profile it was made with"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told(
    arguments: tuple[str, ...], message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("advies.csv").write_text("x\n1\n", encoding="utf-8")
    Path("own.jsonl").write_text('{"Naam": "x"}', encoding="utf-8")

    assert letters(*arguments) == 2

    assert message in said(capsys)
    assert not Path("b").exists()
