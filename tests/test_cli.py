"""The command line: what it prints, where, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from barriermodel import __all__ as public_names
from barriermodel.cli.commands import run

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
HEALTHY, MISSING, RED = (str(EXAMPLES / name) for name in ("gezonde-aanbieder", "bewijs-ontbreekt", "rode-aanbieder"))
TWENTE = ["--profile", "twente-2019"]


def test_an_assessment_is_explained_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["assess", HEALTHY, *TWENTE])

    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    assert "ADVIES  ● GROEN  (staat vast)\n" in out
    assert "        Dit is een advies. Een mens beslist.\n" in out
    assert "\x1b[" not in out


def test_or_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", HEALTHY, *TWENTE, "--lang", "en"]) == 0

    out = capsys.readouterr().out
    assert "ADVICE  ● GREEN  (settled)\n" in out
    assert "        This is advice. A person decides.\n" in out


def test_or_as_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", RED, *TWENTE, "--format", "markdown"]) == 0

    out = capsys.readouterr().out
    assert out.startswith("# Verzinsel Thuisbegeleiding B.V.")
    assert "\n**ADVIES: ■ ROOD  (staat vast" in out
    assert "\n## Waarom rood\n\n- ■ Volgens het Handelsregister" in out


def test_everything_is_told_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", RED, *TWENTE, "--full"]) == 0
    assert "✗ NIET VOLDAAN (rood): Volgens het Handelsregister" in " ".join(capsys.readouterr().out.split())

    assert run(["assess", RED, *TWENTE, "--full", "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert "\n**Advies: rood**\n" in out
    assert "\n- ✗ NIET VOLDAAN \\(rood\\)" in out or "\n- ✗ NIET VOLDAAN (rood)" in out


def test_or_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", RED, *TWENTE, "--format", "json"]) == 0

    assert json.loads(capsys.readouterr().out)["advice"]["at_most"] == "red"


def test_several_dossiers_are_a_list_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", HEALTHY, RED, *TWENTE, "--format", "json"]) == 0

    advices = [found["advice"]["at_least"] for found in json.loads(capsys.readouterr().out)]
    assert advices == ["green", "red"]


def test_a_dossier_that_cannot_be_read_does_not_stop_the_others(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"schema": "barriermodel/dossier/1", "as_of": "2026-13-01", "provider": {"nam": "x"}}')

    status = run(["assess", str(bad), HEALTHY, *TWENTE, "--format", "json"])

    out, err = capsys.readouterr()
    assert status == 2
    assert [found["advice"]["at_least"] for found in json.loads(out)] == ["green"]
    assert err == (
        f"barriermodel: {bad}: 2 errors\n"
        "  as_of: '2026-13-01' is no day of the calendar\n"
        "  provider.nam: unknown key; did you mean 'name'?\n"
    )


@pytest.mark.parametrize(
    ("dossier", "level", "status"),
    [
        (HEALTHY, "orange", 0),
        (MISSING, "red", 1),
        (MISSING, "exclude", 0),
        (RED, "orange", 1),
    ],
)
def test_fail_at_counts_what_is_unknown(
    dossier: str, level: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["assess", dossier, *TWENTE, "--fail-at", level]) == status
    assert capsys.readouterr().out


def test_bad_input_goes_before_fail_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assess", RED, "nergens.json", *TWENTE, "--fail-at", "orange"]) == 2
    assert "barriermodel: nergens.json: the file cannot be read" in capsys.readouterr().err


def test_another_date_can_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    """A year later the certificate is still there, the extract has expired."""
    assert run(["assess", HEALTHY, *TWENTE, "--as-of", "2027-01-15"]) == 0

    out = capsys.readouterr().out
    assert "Peildatum 15 januari 2027" in out
    assert "staat nog niet vast" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["assess", HEALTHY], "Missing option '--profile'"),
        (["assess", *TWENTE], "Missing argument 'DOSSIERS...'"),
        (["assess", HEALTHY, "--profile", "twente-2091"], "did you mean 'twente-2019'?"),
        (["assess", HEALTHY, "--profile", "nergens.toml"], "nergens.toml: the file cannot be read"),
        (
            ["assess", HEALTHY, *TWENTE, "--as-of", "20260115"],
            "'20260115' is no date; write it as 2026-01-31 or 31-01-2026.",
        ),
        (["assess", HEALTHY, *TWENTE, "--as-of", "2026-02-30"], "is no day of the calendar"),
        (["assess", HEALTHY, *TWENTE, "--as-of", "9996-01-01"], "as_of is a date from 1583-01-01 to 2199-12-31"),
        (["assess", HEALTHY, *TWENTE, "--as-of", "2018-12-31"], "it is valid from 2019-01-01"),
        (["assess", HEALTHY, *TWENTE, "--output", "/nergens/uit.txt"], "cannot be written"),
        (["assess", HEALTHY, *TWENTE, "--format", "pdf"], "'pdf' is not one of"),
        (["barriers", "nl.kvkk"], "there is no barrier 'nl.kvkk'"),
        (["asses"], "No such command 'asses'"),
        (["schema", "alles"], "'alles' is not one of"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(arguments)

    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


def test_output_goes_to_a_file_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "advies.md"

    assert run(["assess", RED, *TWENTE, "--format", "markdown", "--output", str(file)]) == 0

    assert capsys.readouterr().out == ""
    assert file.read_text(encoding="utf-8").startswith("# Verzinsel")
    assert [path.name for path in tmp_path.iterdir()] == ["advies.md"]


def test_plugins_lists_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plugins", "--format", "json"]) == 0
    found = {plugin["name"]: plugin for plugin in json.loads(capsys.readouterr().out)}

    assert found["barriermodel-kvk"]["status"] == "ok"
    assert found["barriermodel-kvk"]["barriers"] == ["nl.kvk"]
    assert found["barriermodel-twente"]["profiles"] == ["twente-2019"]
    assert run(["plugins"]) == 0
    assert "barriermodel-kvk" in capsys.readouterr().out


def test_profiles_lists_them_or_shows_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles"]) == 0
    assert "twente-2019" in capsys.readouterr().out
    assert run(["profiles", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["status"] == "reconstruction"
    region = str(EXAMPLES / "regio-eigen-profiel" / "regio-voorbeeld.toml")
    assert run(["profiles", region, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["extends"] == "twente-2019"
    assert run(["profiles", region]) == 0
    assert "Verschillen met twente-2019:" in capsys.readouterr().out


def test_barriers_shows_rules_limits_and_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["barriers", "nl.kvk", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)

    assert "nl.kvk.active" in [rule["id"] for rule in found["rules"]]
    assert all(bool(p["source"]) != bool(p["assumption"]) for p in found["parameters"])
    assert [kind["kind"] for kind in found["evidence"]] == ["kvk_extract"]
    assert run(["barriers", "--lang", "en"]) == 0
    assert "nl.financial_signals" in capsys.readouterr().out


@pytest.mark.parametrize("which", ["dossier", "assessment", "profile"])
def test_schema_prints_a_json_schema(which: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", which]) == 0

    assert json.loads(capsys.readouterr().out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_completion_prints_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "bash"]) == 0

    assert "_BARRIERMODEL_COMPLETE" in capsys.readouterr().out


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("barriermodel, version ")
    assert run(["assess", "--help"]) == 0
    assert "--fail-at" in capsys.readouterr().out


def in_a_process(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)


def test_a_missing_extra_says_what_to_install() -> None:
    done = in_a_process("import sys; sys.modules['click'] = None\nfrom barriermodel.cli import main\nmain()")

    assert done.returncode == 2
    assert done.stderr == (
        "barriermodel: the command line needs click; install it with: pip install 'barriermodel[cli]'\n"
    )


def test_a_reader_that_stops_is_no_failure() -> None:
    code = f"""
import sys
from barriermodel.cli.commands import run
class Gone:
    def write(self, words): raise BrokenPipeError
    def flush(self): pass
    def fileno(self): return 1
    def isatty(self): return False
sys.stdout = Gone()
sys.exit(run(["assess", {HEALTHY!r}, "--profile", "twente-2019"]))
"""
    done = in_a_process(code)

    assert (done.returncode, done.stderr) == (0, "")


NASTY = "Zorg \x9b31m\u202egro\x85"


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_what_steers_a_terminal_is_not_printed_to_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    data = json.loads((EXAMPLES / "een-bestand.json").read_text(encoding="utf-8"))
    data["provider"]["name"] = NASTY
    (tmp_path / "dossier.json").write_text(json.dumps(data), encoding="utf-8")
    command = ["assess", str(tmp_path / "dossier.json"), *TWENTE, "--format", form]

    assert run(command) == 0
    plain = capsys.readouterr().out
    monkeypatch.setattr("barriermodel.cli.output.is_terminal", lambda **_: True)
    assert run(command) == 0
    shown = capsys.readouterr().out

    assert not {"\x9b", "\u202e", "\x85"} & {*shown}
    if form == "json":
        assert json.loads(shown) == json.loads(plain)
        assert json.loads(shown)["provider"]["name"] == NASTY
        assert "Zorg \\u009b31m\\u202egro\\u0085" in shown
        assert NASTY in plain  # a program gets the letters as they are


def test_nor_by_a_mistake_that_quotes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dossier.json"
    path.write_text(json.dumps({"schema": "barriermodel/dossier/1", NASTY: 1, "\x1b[2J": 2}), encoding="utf-8")

    assert run(["assess", str(path), *TWENTE]) == 2
    told = capsys.readouterr().err
    assert "\\u009b31m\\u202egro" in told
    assert "\\u001b[2J" in told
    assert not {"\x9b", "\u202e", "\x85", "\x1b"} & {*told}


def test_public_names_do_not_need_the_command_line() -> None:
    done = in_a_process(
        "import sys; sys.modules['click'] = None\nimport barriermodel\n"
        f"print(all(hasattr(barriermodel, name) for name in {public_names!r}))"
    )

    assert done.stdout == "True\n"


def test_output_is_never_the_dossier_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = tmp_path / "dossier.json"
    dossier.write_text((EXAMPLES / "een-bestand.json").read_text(encoding="utf-8"), encoding="utf-8")
    before = dossier.read_bytes()

    assert run(["assess", str(dossier), *TWENTE, "--output", str(dossier)]) == 2

    assert dossier.read_bytes() == before
    assert "is the dossier itself" in capsys.readouterr().err


def test_output_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "target.txt").write_text("old")
    link = tmp_path / "link.txt"
    link.symlink_to("target.txt")

    assert run(["assess", HEALTHY, *TWENTE, "--output", str(link)]) == 0

    assert link.is_symlink()
    assert "ADVIES  ● GROEN" in (tmp_path / "target.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run(["assess", HEALTHY, *TWENTE, "--output", str(pipe)]) == 0
        assert "ADVIES  ● GROEN" in os.read(reader, 100_000).decode()
    finally:
        os.close(reader)

    assert pipe.is_fifo()


@pytest.mark.parametrize("command", [["assess", HEALTHY, *TWENTE], ["plugins"], ["schema", "dossier"]])
def test_output_that_cannot_be_written_is_told_in_a_sentence(
    command: list[str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)

    assert run(command) == 2

    assert capfd.readouterr().err == "barriermodel: the output cannot be written: standard output is closed\n"


@pytest.mark.parametrize(("lang", "since"), [("nl", "1 januari 2022"), ("en", "1 January 2022")])
def test_a_profile_shows_its_dates_in_words(lang: str, since: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["profiles", "h10", "--lang", lang]) == 0

    out = capsys.readouterr().out
    assert f"\n{since} –\n" in out
    assert f"- max_margin = {since}: 5% (h10; " in out
