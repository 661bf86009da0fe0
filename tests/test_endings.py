"""How a command ends: by a signal, or by an error that nobody foresaw. Status 1 is only what a command documents."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest

from barriermodel import BarrierModel
from barriermodel.cli import commands
from barriermodel.cli.commands import run
from children import hearing, started
from examples import by_turns

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
HEALTHY, RED = str(EXAMPLES / "gezonde-aanbieder"), str(EXAMPLES / "rode-aanbieder")
TWENTE = ["--profile", "twente-2019"]
MAIN = [sys.executable, "-c", "from barriermodel.cli import main; main()"]


def raising(error: BaseException) -> Any:
    def raises(*_: Any, **__: Any) -> Any:
        raise error

    return raises


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("at 0x7f00 in /home/x/y.py"), "it failed unexpectedly: RuntimeError: at 0x… in …; please report"),
        (RecursionError(), "it failed unexpectedly: RecursionError; please report this"),
        (MemoryError(), "there is not enough memory for this"),
        (SystemExit(0), "it failed unexpectedly: SystemExit: 0; please report this"),
        (SystemExit(1), "it failed unexpectedly: SystemExit: 1; please report this"),
        (GeneratorExit(), "it failed unexpectedly: GeneratorExit; please report this"),
        (OSError(28, "No space left on device"), "No space left on device; please report this"),
    ],
)
@pytest.mark.parametrize("arguments", [["profiles", "twente-2019"], ["batch", "in.csv", "out.csv", *TWENTE]])
def test_an_error_that_nobody_foresaw_is_status_2_and_a_sentence(
    error: BaseException,
    said: str,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(BarrierModel, "load", raising(error))

    assert run(arguments) == 2

    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


def test_where_it_failed_is_shown_to_who_asks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(BarrierModel, "load", raising(RuntimeError("x")))
    monkeypatch.setenv("BARRIERMODEL_TRACEBACK", "1")

    assert run(["profiles", "twente-2019"]) == 2
    assert "in raises\n" in capsys.readouterr().err


def test_such_an_error_in_one_dossier_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load = commands.load_dossier
    monkeypatch.setattr(
        commands, "load_dossier", lambda path, registry: load(path, registry) if path != Path(RED) else 1 / 0
    )

    assert run(["assess", RED, HEALTHY, *TWENTE, "--fail-at", "orange"]) == 2

    out, err = capsys.readouterr()
    assert "ADVIES  ● GROEN" in out
    assert err.startswith(f"barriermodel: {RED}: it failed unexpectedly: ZeroDivisionError")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interruption_is_status_130_without_a_word(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(BarrierModel, "load", raising(error))

    assert run(["profiles", "twente-2019"]) == 130
    out, err = capsys.readouterr()
    assert (out, err.strip()) == ("", "")


SIGNALS = [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)]


@pytest.mark.parametrize(("name", "status"), SIGNALS)
def test_a_signal_that_something_keeps_to_itself_still_ends_in_its_status(
    name: str, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = getattr(signal, name)
    load = BarrierModel.load

    def keeping(*given: Any) -> Any:
        try:
            os.kill(os.getpid(), sent)
        except KeyboardInterrupt:
            return load(*given)

    monkeypatch.setattr(BarrierModel, "load", keeping)
    with hearing(sent):
        assert run(["profiles", "twente-2019"]) == status


def test_a_signal_that_is_ignored_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``nohup`` has it."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    load = BarrierModel.load

    def hung_up(*given: Any) -> Any:
        os.kill(os.getpid(), signal.SIGHUP)
        return load(*given)

    monkeypatch.setattr(BarrierModel, "load", hung_up)
    try:
        assert run(["profiles", "twente-2019"]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)


PIPES = {
    "assess": ["assess", "{pipe}", *TWENTE],
    "batch": ["batch", "{pipe}", "{folder}/out.csv", *TWENTE],
    "profiles": ["profiles", "{pipe}"],
}


def opened(pipe: Path, process: subprocess.Popen[bytes]) -> int:
    """The writing end of a pipe, as soon as a process has opened it; fails if that ends without."""
    while process.poll() is None:
        with contextlib.suppress(OSError):  # nobody reads it yet
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.05)
    raise AssertionError(process.communicate())


WAITING = [(command, *signal) for command, signal in zip(PIPES, SIGNALS, strict=True)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize(("command", "name", "status"), by_turns(WAITING, by_day=WAITING[1:2]))
def test_a_pipe_that_never_answers_is_waited_for_until_a_signal(
    command: str, name: str, status: int, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    arguments = [*MAIN, *(part.format(pipe=pipe, folder=tmp_path) for part in PIPES[command])]
    with started(arguments, stderr=subprocess.PIPE) as process:
        feeding = opened(pipe, process)
        time.sleep(0.2)
        process.send_signal(getattr(signal, name))
        _, err = process.communicate(timeout=30)
        os.close(feeding)

    assert process.returncode == status
    assert err.strip() == b""
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_an_interruption_while_the_commands_are_loaded_gives_no_traceback() -> None:
    code = """
import sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "barriermodel.cli.commands":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
from barriermodel.cli import main
main()
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert (ran.returncode, ran.stdout, ran.stderr) == (130, b"", b"")


SLOW = """
import time
from barriermodel.batch import folders, run
from barriermodel.cli import main
load = folders._load
def slow(*given):
    time.sleep(0.05)
    return load(*given)
folders._load = slow
folders.CHUNK_DOSSIERS = run.CHUNK_DOSSIERS = 20
main()
"""


@pytest.mark.nightly
def test_a_batch_over_many_dossiers_ends_before_the_last_of_them_is_read(tmp_path: Path) -> None:
    """A signal is heard between two parts; and Python is not taken down under the threads that still read."""
    root = tmp_path / "in"
    root.mkdir()
    shutil.copy(EXAMPLES / "een-bestand.json", root / "0.json")
    for number in range(1, 2_000):  # they take over 100 seconds, whatever the machine
        (root / f"{number}.json").symlink_to("0.json")
    arguments = ["batch", str(root), str(tmp_path / "out.csv"), *TWENTE]
    slowly = [sys.executable, "-c", SLOW, *arguments]
    with started(slowly, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        end = time.monotonic() + 60
        while time.monotonic() < end and not any(p.stat().st_size for p in tmp_path.glob(".out.csv.*")):
            time.sleep(0.05)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err.strip()) == (143, b"", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
