"""``barriermodel profiles diff``, what a profile shows of itself, and the page about both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from barriermodel import BarrierModel, Registry, profile_difference
from barriermodel.cli.commands import run
from markdown import blocks

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = str(DOCS / "examples/regio-eigen-profiel/regio-voorbeeld.toml")


def test_the_command_says_it_in_dutch_and_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles", "diff", "twente-2019", EXAMPLE]) == 0
    dutch = capsys.readouterr().out
    assert run(["profiles", "diff", "twente-2019", EXAMPLE, "--lang", "en"]) == 0
    english = capsys.readouterr().out

    assert dutch.startswith("Wat verschilt tussen twente-2019 en regio-voorbeeld\n")
    assert "\nGrenzen\n  - De grens ‘" in dutch
    assert english.startswith("What differs between twente-2019 and regio-voorbeeld\n")
    assert "\nLimits\n  - In twente-2019 the limit ‘" in english


def test_the_command_gives_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles", "diff", "twente-2019", EXAMPLE, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    installed = Registry.discover()
    a, b = (BarrierModel.load(name, installed).resolved for name in ("twente-2019", EXAMPLE))

    assert found["a"] == {"id": "twente-2019", "digest": a.digest}
    assert [(d["topic"], d["id"], d["a"], d["b"], d["text"]["nl"]) for d in found["differences"]] == [
        (d.topic.value, d.id, d.a, d.b, d.text.nl) for d in profile_difference(a, b)
    ]


def test_the_command_writes_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles", "diff", "twente-2019", EXAMPLE, "--format", "markdown"]) == 0
    out = capsys.readouterr().out

    assert out.startswith("# Wat verschilt tussen twente-2019 en regio-voorbeeld\n")
    assert "\n## Grenzen\n\n- De grens" in out
    assert "\n  - twente-2019, 400%, aanname: " in out


def test_the_command_says_so_where_nothing_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles", "diff", EXAMPLE, EXAMPLE]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith("Wat verschilt tussen regio-voorbeeld (A) en regio-voorbeeld (B) - regio-voorbeeld (A): ")
    assert "Er is geen verschil: regio-voorbeeld (A) en regio-voorbeeld (B) stellen dezelfde eisen" in told
    assert run(["profiles", "diff", EXAMPLE, EXAMPLE, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["differences"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["diff", "twente-2019"], "Missing argument 'B'"),
        (["diff"], "Missing argument 'A'"),
        (["diff", "twente-2019", "nowhere"], "nowhere"),
        (["twente-2019", "diff"], "unexpected extra argument"),
    ],
)
def test_what_cannot_be_compared_is_a_mistake(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["profiles", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_profile_shows_the_notes_of_its_limits(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "region.toml"
    path.write_text(
        'id = "region"\ntitle = { nl = "Regio", en = "Region" }\nowner = "x"\nstatus = "contract"\n'
        'valid_from = 2025-01-01\n[[stages]]\nid = "s"\ntitle = { nl = "Stap", en = "Stage" }\nmoment = "monitoring"\n'
        'barriers = ["nl.financial_signals"]\n[parameters."nl.financial_signals"]\n'
        'max_margin = { value = 0.05, source = "https://voorbeeld.example", '
        'note = { nl = "Terugbetalen.", en = "Pay back." } }\n',
        encoding="utf-8",
    )

    assert run(["profiles", str(path), "--lang", "en"]) == 0
    assert "max_margin = 5% (region; https://voorbeeld.example; Pay back.)" in capsys.readouterr().out
    assert run(["profiles", str(path), "--format", "json"]) == 0
    (stage_data,) = json.loads(capsys.readouterr().out)["stages"]
    assert stage_data["barriers"][0]["parameters"]["max_margin"][0]["note"]["nl"] == "Terugbetalen."


# The page ---------------------------------------------------------------------------------------------

PAGE = DOCS / "profile.md"


def test_what_the_page_on_profiles_shows_is_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = blocks(PAGE, "console")
    command, _, output = shown.partition("\n")

    assert run(command.removeprefix("$ barriermodel ").split()) == 0
    assert capsys.readouterr().out == output


def test_the_python_on_the_page_on_profiles_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks(PAGE, "python")
    exec(compile(code, "profile.md", "exec"), {})

    assert "\norder  In nl-basis the order of the stages is ‘" in capsys.readouterr().out
