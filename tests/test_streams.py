"""Standard input and output: `-` for every command, UTF-8 for programs whatever the console says, and pipes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from barriermodel import BarrierModelError
from barriermodel.analysis.reports import PLAIN_MARKS
from barriermodel.cli.commands import run
from barriermodel.cli.output import copy_to_output, write_output
from barriermodel.reading.parsing import LARGEST_FILE, parse_json, parse_toml
from examples import by_turns

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
HEALTHY, ONE_FILE = EXAMPLES / "gezonde-aanbieder", EXAMPLES / "een-bestand.json"
OWN = EXAMPLES / "regio-eigen-profiel" / "regio-voorbeeld.toml"
TWENTE = ["--profile", "twente-2019"]
ONE_BARRIER = Path(__file__).with_name("one_barrier.toml")
SMALL = ["--profile", str(ONE_BARRIER)]
SET = ["--set", "nl.kvk.min_months=3,6"]
MAIN = [sys.executable, "-c", "from barriermodel.cli import main; main()"]
ASCII = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
NAME = "Zorgboerderij «Nergens» ▲ ﬂ"
NOTICE = {
    "ocid": "ocds-x-1", "id": "1", "date": "2026-01-01T00:00:00Z", "tag": ["award"], "initiationType": "tender",
    "parties": [{"id": "p", "name": NAME, "roles": ["supplier"]}],
    "awards": [{"id": "a", "title": NAME, "status": "active", "suppliers": [{"id": "p", "name": NAME}]}],
}  # fmt: skip


class Console(io.TextIOWrapper):
    """A standard stream of a console that has only some letters."""

    def __init__(self, encoding: str, held: bytes = b"") -> None:
        super().__init__(io.BytesIO(held), encoding=encoding)

    @property
    def raw_bytes(self) -> bytes:
        self.flush()
        held: Any = self.buffer
        return bytes(held.getvalue())


def on_console(
    arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch, encoding: str = "ascii", held: bytes = b""
) -> tuple[int, bytes, bytes]:
    """The status of a command, and what it prints on a console, with this on its standard input."""
    out, err = Console(encoding), Console(encoding)
    monkeypatch.setattr(sys, "stdin", Console("ascii", held))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    status = run(list(arguments))
    return status, out.raw_bytes, err.raw_bytes


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "in.csv"
    file.write_text(f"naam,as_of,kvk_extract__active\n{NAME},2026-01-15,true\nx,2026-01-15,false\n", encoding="utf-8")
    return file


# Encodings --------------------------------------------------------------------------------------------

PROGRAMS = {
    "assess json": ["assess", str(HEALTHY), *TWENTE, "--format", "json"],
    "assess markdown": ["assess", str(HEALTHY), *TWENTE, "--format", "markdown"],
    "barriers json": ["barriers", "--format", "json"],
    "barriers markdown": ["barriers", "--format", "markdown"],
    "plugins json": ["plugins", "--format", "json"],
    "profiles json": ["profiles", "--format", "json"],
    "profile json": ["profiles", "twente-2019", "--format", "json"],
    "diff json": ["profiles", "diff", "nl-basis", "friesland", "--format", "json"],
    "diff markdown": ["profiles", "diff", "nl-basis", "friesland", "--format", "markdown"],
    "columns json": ["columns", "twente-2019", "--format", "json"],
    "columns map": ["columns", "twente-2019", "--write-map", "-"],
    "schema": ["schema", "dossier"],
    "cases": ["cases", "nl.kvk"],
    "mutate json": ["mutate", "nl.kvk", "--format", "json"],
    "sweep json": ["sweep", "{table}", *SMALL, *SET, "--format", "json"],
    "sweep csv": ["sweep", "{table}", *SMALL, *SET, "--format", "csv"],
    "backtest json": ["backtest", "{table}", *SMALL, "--by", "naam", "--format", "json"],
    "backtest csv": ["backtest", "{table}", *SMALL, "--by", "naam", "--format", "csv"],
    "batch csv": ["batch", "{table}", "-", *SMALL],
    "import json": ["import", "{notice}", "--output", "{folder}/imported", "--as-of", "2026-01-15", "--format", "json"],
}
ONLY_NUMBERS = {
    "plugins json", "mutate json", "schema", "cases", "sweep json", "sweep csv", "backtest json", "backtest csv",
}  # fmt: skip
"""And ids: these happen to have no other letters."""
TEXTS = {
    "assess": ["assess", str(HEALTHY), *TWENTE],
    "barriers": ["barriers"],
    "plugins": ["plugins"],
    "profiles": ["profiles", "twente-2019"],
    "diff": ["profiles", "diff", "nl-basis", "friesland"],
    "columns": ["columns", "twente-2019"],
    "sweep": ["sweep", "{table}", *SMALL, *SET],
    "backtest": ["backtest", "{table}", *SMALL, "--by", "naam"],
    "batch": ["batch", "{table}", "{folder}/out.csv", *SMALL],
    "help": ["batch", "--help"],
}


def filled(arguments: Sequence[str], table: Path) -> list[str]:
    notice = table.with_name("notice.json")
    notice.write_text(json.dumps(NOTICE, ensure_ascii=False), encoding="utf-8")
    return [a.format(table=table, folder=table.parent, notice=notice) for a in arguments]


PROGRAMS_BY_DAY = {
    "assess json",
    "assess markdown",
    "profile json",
    "schema",
    "cases",
    "sweep csv",
    "batch csv",
    "import json",
}


@pytest.mark.parametrize("command", by_turns(PROGRAMS, PROGRAMS_BY_DAY))
def test_what_is_for_programs_is_utf_8_whatever_the_console_says(
    command: str, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = filled(PROGRAMS[command], table)
    if command == "import json":
        arguments.append("--force")
    there = [on_console(arguments, monkeypatch, encoding)[:2] for encoding in ("utf-8", "ascii")]

    assert there[0][0] == 0
    assert there[0] == there[1]
    assert b"\r" not in there[0][1]
    text = there[0][1].decode("utf-8")
    assert text.isascii() is (command in ONLY_NUMBERS)
    if "json" in command or command == "schema":
        parse_json(there[0][1], "x")
    if command in ("cases", "columns map"):
        assert parse_toml(there[0][1], "x") or command == "columns map"


@pytest.mark.parametrize("command", TEXTS)
def test_a_console_that_lacks_a_letter_shows_a_question_mark(
    command: str, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = filled(TEXTS[command], table)
    status, whole, _ = on_console(arguments, monkeypatch, "utf-8")

    assert status == 0
    plain = whole.decode().translate({ord(mark): plain for mark, plain in PLAIN_MARKS.items()})  # – and ● have one
    assert on_console(arguments, monkeypatch)[:2] == (0, plain.encode("ascii", "replace"))


def test_a_process_prints_text_as_its_console_can_and_data_as_utf_8() -> None:
    environment = {**os.environ, **ASCII}
    arguments = [*MAIN, "assess", str(HEALTHY), *TWENTE]
    for extra in ([], ["--format", "json"]):
        ran = subprocess.run([*arguments, *extra], capture_output=True, env=environment, check=False)
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ran.stdout.isascii() is (not extra)
        ran.stdout.decode("utf-8")


def test_a_written_file_is_utf_8_whatever_the_console_says(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.txt"
    assert on_console(["assess", str(HEALTHY), *TWENTE, "-o", str(out)], monkeypatch) == (0, b"", b"")
    assert "●" in out.read_text(encoding="utf-8")


# Standard input ---------------------------------------------------------------------------------------

READERS: dict[str, tuple[Path | str, list[str]]] = {
    "assess": (ONE_FILE, ["assess", "{}", *TWENTE, "--format", "json"]),
    "assess --profile": (OWN, ["assess", str(HEALTHY), "--profile", "{}", "--format", "json"]),
    "batch --profile": (OWN, ["batch", "{table}", "-", "--profile", "{}"]),
    "batch --map": ("[columns.provider__name]\nfrom = 'naam'\n", ["batch", "{table}", "-", *SMALL, "--map", "{}"]),
    "columns": (OWN, ["columns", "{}", "--format", "json"]),
    "profiles": (OWN, ["profiles", "{}", "--format", "json"]),
    "profiles diff": (OWN, ["profiles", "diff", "twente-2019", "{}"]),
    "barriers --profile": (OWN, ["barriers", "--format", "markdown", "--profile", "{}"]),
    "cases": (ONE_BARRIER, ["cases", "{}"]),
    "sweep --map": ("unknown = ['?']", ["sweep", "{table}", *SMALL, *SET, "--map", "{}"]),
    "sweep": ("{table}", ["sweep", "{}", *SMALL, *SET]),
    "backtest": ("{table}", ["backtest", "{}", *SMALL, "--by", "naam"]),
    "batch": ("{table}", ["batch", "{}", "-", *SMALL]),
}


def content(what: Path | str, table: Path) -> bytes:
    if what == "{table}":
        return table.read_bytes()
    return what.read_bytes() if isinstance(what, Path) else what.encode()


def without_names(printed: bytes, *names: str) -> str:
    text = printed.decode()
    for name in names:
        text = text.replace(name, "…")
    return text


DASHES = [*((reader, "-") for reader in READERS), ("assess", "/dev/stdin"), ("batch", "/dev/stdin")]
DASHES_BY_DAY = {("assess", "-"), ("profiles", "-"), ("sweep --map", "-"), ("batch", "-"), ("batch", "/dev/stdin")}


@pytest.mark.parametrize(("reader", "dash"), by_turns(DASHES, DASHES_BY_DAY))
def test_a_dash_is_standard_input_for_every_command(
    reader: str, dash: str, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    what, arguments = READERS[reader]
    raw = content(what, table)
    file = tmp_path / ("given.csv" if what == "{table}" else "given.json" if what == ONE_FILE else "given.toml")
    file.write_bytes(raw)

    named, dashed = (filled([a.replace("{}", name) for a in arguments], table) for name in (str(file), dash))
    wanted = on_console(named, monkeypatch, "utf-8")
    found = on_console(dashed, monkeypatch, "utf-8", raw)

    assert wanted[0] == found[0] == 0, wanted[2] + found[2]
    names = (str(file), dash) if dash != "-" else (str(file),)
    if dash == "-":  # a dash stands in many a line that has nothing to do with it
        assert len(found[1].splitlines()) == len(wanted[1].splitlines())
    else:
        assert without_names(found[1], *names) == without_names(wanted[1], *names)


def test_a_dash_is_standard_input_for_scenarios_notices_and_rows(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, cases, _ = on_console(["cases", "nl.kvk"], monkeypatch)
    assert status == 0
    assert on_console(["mutate", "nl.kvk", "--scenarios", "-"], monkeypatch, "utf-8", cases)[0] == 0

    given = ["import", "-", "--output", str(tmp_path / "out"), "--as-of", "2026-01-15"]
    assert on_console(given, monkeypatch, "utf-8", json.dumps(NOTICE).encode())[0] == 0
    assert (tmp_path / "out" / "import.json").exists()

    for form in ("csv", "jsonl", "parquet"):
        out = tmp_path / f"out.{form}"
        assert on_console(["batch", str(table), str(out), *SMALL], monkeypatch)[0] == 0
        explain = ["explain", "-", "--id", "naam=x", "--format", "json"]
        status, printed, err = on_console(explain, monkeypatch, "utf-8", out.read_bytes())
        assert (status, err) == (0, b"")
        assert json.loads(printed)["schema"] == "barriermodel/assessment/1"


@pytest.mark.parametrize(
    ("arguments", "raw", "said"),
    [
        (["assess", "-", *TWENTE], b"", "-: standard input is empty, or was read for something else already"),
        (["assess", "-", *TWENTE], b"{}", "-: schema: this is no dossier"),
        (["assess", "-", *TWENTE], b" " * (LARGEST_FILE + 1), f"-: it has more than {LARGEST_FILE} bytes"),
        (["batch", "-", "-", *TWENTE], b"", "-: the file is empty"),
        (["batch", "-", "-", *TWENTE], b"a\nb\n", "-: none of its columns is one that the profile reads"),
        (["batch", "-", "-", *TWENTE], b"PAR1", "-: the file is not Parquet"),
        (["import", "{}", "--output", "-", "--as-of", "2026-01-15"], b"", "written to a folder"),
        (["batch", "{}", "{}.csv", *TWENTE, "--rejects", "-"], b"", "name one with --rejects"),
        (["sweep", "{}", *TWENTE, *SET, "--plot", "-"], b"", "name a file for the report"),
    ],
)
def test_a_mistake_in_standard_input_or_output_is_told_without_a_temporary_name(
    arguments: list[str], raw: bytes, said: str, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, err = on_console([a.format(table) for a in arguments], monkeypatch, "utf-8", raw)

    assert (status, out) == (2, b"")
    assert said in err.decode()
    assert "/tmp" not in err.decode().replace(str(table), "")


def test_closed_standard_input_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    for arguments in (["assess", "-", *TWENTE], ["batch", "-", "-", *TWENTE]):
        assert run(arguments) == 2
        assert "standard input is closed" in capsys.readouterr().err


# Standard output --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_table_goes_out_as_it_came_in(
    form: str, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pl.read_csv(table, try_parse_dates=True)
    given, out = tmp_path / f"given.{form}", tmp_path / f"out.{form}"
    {"csv": frame.write_csv, "jsonl": frame.write_ndjson, "parquet": frame.write_parquet}[form](given)
    assert on_console(["batch", str(given), str(out), *SMALL], monkeypatch)[0] == 0

    status, printed, said = on_console(["batch", "-", "-", *SMALL], monkeypatch, "utf-8", given.read_bytes())

    assert (status, printed) == (0, out.read_bytes())
    assert "2 aanbieders beoordeeld" in said.decode()


def test_a_folder_goes_out_as_csv_and_its_rejects_to_standard_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.json").write_text("{}")
    (tmp_path / "good.json").write_bytes(ONE_FILE.read_bytes())

    status, printed, said = on_console(["batch", str(tmp_path), "-", *SMALL], monkeypatch, "utf-8")

    assert status == 2
    assert pl.read_csv(io.BytesIO(printed), infer_schema=False)["dossier"].to_list() == ["good.json"]
    assert json.loads(said.decode().splitlines()[0])["line"] == "bad.json"
    assert "niet beoordeeld: /dev/stderr" in said.decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.json", "good.json"]


ALL_OF_THEM = [sys.executable, "-c", """
import sys
from barriermodel.cli.commands import run
*arguments, names = sys.argv[1:]
sys.exit(max(run([*arguments, "--output", name]) for name in names.split(",")))
"""]  # fmt: skip


def test_output_to_standard_output_by_name_is_what_is_printed_without_one(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    arguments = ["assess", str(HEALTHY), *TWENTE, "--format", "json"]
    assert run(arguments) == 0
    wanted = capfdbinary.readouterr().out

    ran = subprocess.run([*ALL_OF_THEM, *arguments, "-,/dev/stdout,/dev/fd/1"], capture_output=True, check=False)

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, wanted * 3, b"")


def test_a_file_that_the_shell_opened_is_added_to_and_not_replaced(tmp_path: Path) -> None:
    logs = [tmp_path / "out", tmp_path / "err", tmp_path / "third"]
    for log in logs:
        log.write_text("before\n")
    command = 'exec >>"$0" 2>>"$1" 3>>"$2"; shift 2; exec "$@"'
    arguments = [*ALL_OF_THEM, "cases", "nl.kvk", "/dev/stdout,/dev/stderr,/dev/fd/3"]

    subprocess.run(["sh", "-c", command, *map(str, logs), *arguments], check=True)

    for log in logs:
        assert log.read_text(encoding="utf-8").startswith("before\n# ")
    assert sorted(tmp_path.iterdir()) == sorted(logs)


def test_a_pipe_that_a_person_names_is_read_and_written(tmp_path: Path) -> None:
    """As a shell gives it: <(…) and >(…)."""
    reading, feeding = os.pipe()
    taking, writing = os.pipe()
    os.write(feeding, ONE_FILE.read_bytes())
    os.close(feeding)
    arguments = [*MAIN, "assess", f"/dev/fd/{reading}", *TWENTE, "--format", "json", "--output", f"/dev/fd/{writing}"]
    with subprocess.Popen(arguments, pass_fds=(reading, writing)) as process:
        os.close(reading)
        os.close(writing)
        with open(taking, "rb") as file:
            found = json.loads(file.read())

    assert (process.returncode, found["schema"]) == (0, "barriermodel/assessment/1")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals of its own")
def test_a_terminal_is_read_from_and_written_to_at_once() -> None:
    ours, theirs = os.openpty()
    arguments = [*MAIN, "assess", "/dev/stdin", *TWENTE, "--output", "/dev/stdout"]
    with subprocess.Popen(arguments, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE) as process:
        os.write(ours, b"{}\n\x04")
        assert process.stderr is not None
        said = process.stderr.read()
    os.close(ours)
    os.close(theirs)

    assert process.returncode == 2
    assert said.startswith(b"barriermodel: /dev/stdin: schema: this is no dossier")


HOSTILE = "\x9b2J \u202e \x1b]0;x\x07"
SHOWN = r"\u009b2J \u202e \u001b]0;x\u0007"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A table with a dossier that is assessed, and a line that is a reject, both with what steers a terminal."""
    table = tmp_path / "in.csv"
    lines = ["dossier,as_of,kvk_extract__active", f"{HOSTILE} é,2026-01-15,true", f"{HOSTILE},not a date {HOSTILE},"]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return table


class Terminal(Console):
    def isatty(self) -> bool:
        return True


def test_what_batch_prints_of_a_table_and_its_rejects_does_not_steer_a_terminal(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, err = Terminal("utf-8"), Terminal("utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)

    assert run(["batch", str(hostile), "-", *SMALL]) == 2
    printed, said = out.raw_bytes.decode(), err.raw_bytes.decode()
    assert f"{SHOWN} é,2026-01-15" in printed
    assert "not a date" in said
    for text in (printed, said):
        assert not [steers for steers in ("\x9b", "\u202e", "\x1b]", "\x07") if steers in text]


def test_a_file_that_is_printed_goes_to_another_program_as_it_is(
    hostile: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    copy_to_output(hostile)

    assert capfdbinary.readouterr().out == hostile.read_bytes()


def test_a_file_is_printed_on_what_a_program_put_in_place_of_standard_output(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO(newline=""))
    copy_to_output(hostile)

    assert sys.stdout.getvalue().encode() == hostile.read_bytes()


@pytest.mark.parametrize("name", ["output", "error"])
def test_which_stream_is_closed_is_said(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout" if name == "output" else "stderr", None)

    with pytest.raises(BarrierModelError, match=f"^the output cannot be written: standard {name} is closed$"):
        write_output("words", err=name == "error")


def test_a_reader_that_has_gone_changes_no_status() -> None:
    red = str(EXAMPLES / "rode-aanbieder")
    for arguments, status in (
        (["assess", red, *TWENTE, "--fail-at", "red"], 1),
        (["assess", red, "nowhere", *TWENTE], 2),
        (["schema", "dossier"], 0),
        (["--help"], 0),
    ):
        with subprocess.Popen([*MAIN, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            said = process.stderr.read()
        assert (arguments, process.returncode) == (arguments, status)
        assert b"Broken" not in said
        assert b"Traceback" not in said


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
def test_standard_output_that_is_full_is_said_once() -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run([*MAIN, "schema", "dossier"], stdout=full, stderr=subprocess.PIPE, check=False)

    assert ran.returncode == 2
    assert ran.stderr == b"barriermodel: the output cannot be written: No space left on device\n"
