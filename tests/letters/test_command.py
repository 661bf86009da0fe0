"""``barriermodel letter``: what it writes, what it refuses, and what it tells the sender."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from drafts import template, word_texts
from markup import read

from barriermodel.cli.commands import run
from barriermodel.letters.terms import _holidays
from pages import DOCS

SETTINGS = str(DOCS / "letters" / "letter.toml")
RED, LACKING = str(DOCS / "examples" / "rode-aanbieder"), str(DOCS / "examples" / "bewijs-ontbreekt")
DAY = ("--profile", "twente-2019", "--date", "2026-01-15", "--settings", SETTINGS)
INTENT = (RED, *DAY, "--kind", "intent", "--measure", "geen overeenkomst met u sluiten")
REQUEST = (LACKING, *DAY, "--kind", "request")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said where nothing is written."""
    assert run(["letter", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return " ".join(err.split())


def test_a_draft_is_printed_as_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["letter", *REQUEST, "--lang", "en"]) == 0
    out, err = capsys.readouterr()

    assert read(out).one("h1").words == "We still need information from you"
    assert err == ""


def test_a_word_document_is_written_and_its_checks_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "brief.docx"
    own = template(tmp_path / "eigen.docx", "{{ respond_by }}")

    assert run(["letter", *INTENT, "--format", "docx", "--output", str(path), "--template", str(own)]) == 0
    out, err = capsys.readouterr()

    assert word_texts(path.read_bytes()) == ["donderdag 29 januari 2026"]
    assert out == ""
    assert err.startswith("Voor u verzendt (staat niet in de brief)\n- ")


def test_data_has_the_checks_under_a_key_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["letter", *INTENT, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)

    assert (data["schema"], data["kind"], data["respond_by_iso"]) == ("barriermodel/letter/1", "intent", "2026-01-29")
    assert any("Handelsregisterwet" in check for check in data["checks"])


def test_another_date_moves_the_assessment_and_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["letter", *INTENT, "--as-of", "2026-01-14", "--format", "json"]) == 0

    assert "peildatum (14 januari 2026)" in capsys.readouterr().out


def test_fields_are_listed_and_templates_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["letter", "--fields"]) == 0
    listed = capsys.readouterr().out
    assert "\nblocks[].points[].title " in listed
    assert "In Word staat een veld tussen accolades: {{ subject }}." in listed

    assert (
        run(["letter", "--check-template", str(template(tmp_path / "goed.docx", "{{ subject }}")), "--lang", "en"]) == 0
    )
    assert capsys.readouterr().out == "This template can be used.\n"
    wrong = template(tmp_path / "fout.docx", "{{ onderwerp }}")
    assert "there is no field 'onderwerp'" in refused(capsys, "--check-template", str(wrong))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing argument 'DOSSIER'"), ((RED,), "Missing option '--profile'"),
        ((RED, *DAY), "Missing option '--kind'"), ((RED, *DAY[:2], "--kind", "request"), "Missing option '--date'"),
        ((RED, *DAY[:4], "--kind", "request"), "Missing option '--settings'"),
        ((RED, *DAY, "--kind", "intent"), "--kind intent needs --measure"),
        ((*REQUEST, "--measure", "x"), "a request has no measure"),
        ((*INTENT[:-1], " "), "needs a measure"),
        ((*REQUEST, "--format", "docx"), "--format docx needs --output"),
        ((*REQUEST, "--output", "brief.docx"), "add --format docx"),
        ((*REQUEST, "--template", "x.docx"), "--template goes with --format docx"),
        ((*REQUEST, "--output", SETTINGS), "are one file"),
        ((RED, RED, *DAY, "--kind", "request"), "unexpected extra argument"),
        ((*REQUEST, "--lang", "fr"), "letters are written in nl or en"),
        ((LACKING, *DAY[:2], "--date", "2025-12-31", *DAY[4:], "--kind", "request"), "assessment of 2026-01-15"),
        ((LACKING, *DAY[:2], "--date", "gisteren", *DAY[4:], "--kind", "request"), "'gisteren'"),
        ((*REQUEST, "--output", "/nowhere/brief.html"), "/nowhere/brief.html cannot be written"),
        ((*REQUEST, "--format", "docx", "-o", "b.docx", "--template", "no.docx"), "no.docx: the file cannot be read"),
        ((LACKING, *DAY[:4], "--settings", "no.toml", "--kind", "request"), "no.toml: the file cannot be read"),
        ((LACKING, *DAY[:2], "--date", "2099-12-30", *DAY[4:], "--kind", "request"), "from 1982 to 2099"),
        (("--fields", RED), "stand alone"), (("--fields", "--check-template", "x.docx"), "stand alone"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in refused(capsys, *arguments)


def test_a_word_document_that_is_there_may_be_edited_and_is_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(b"edited")

    message = refused(capsys, *REQUEST, "--format", "docx", "--output", str(path))

    assert message.endswith("brief.docx exists already; it is not overwritten, so name another")
    assert path.read_bytes() == b"edited"


def test_a_stored_assessment_has_no_explanation_to_render(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stored = tmp_path / "advies.json"
    assert run(["assess", RED, "--profile", "twente-2019", "--format", "json", "--output", str(stored)]) == 0

    message = refused(capsys, str(stored), *INTENT[1:])

    assert message.endswith("schema: expected 'barriermodel/dossier/1'; got 'barriermodel/assessment/1'")


@pytest.mark.parametrize("package", ["holidays", "docxtpl"])
def test_a_missing_extra_is_one_sentence(
    package: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _holidays.cache_clear()
    monkeypatch.setitem(sys.modules, package, None)

    message = refused(capsys, *REQUEST, "--format", "docx", "--output", str(tmp_path / "brief.docx"))

    assert message == f"barriermodel: letters need {package}; install it with: pip install 'barriermodel[letters]'"
