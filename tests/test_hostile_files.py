"""Files that nobody means: whatever a command is given to read, it ends soon, says why in a sentence, and nothing else.

A dossier is handed in by the provider whom it is about, so what is in it is somebody else's.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from barriermodel import BarrierModel, InputError, files, load_dossier
from barriermodel.batch import folders
from barriermodel.cli.commands import run
from barriermodel.files import read_inside
from barriermodel.testing import read_scenarios, scenario_tests
from barriermodel.testing.scenario_reading import read_suites
from examples import by_turns

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
GOOD = EXAMPLES / "gezonde-aanbieder"
SMALL = ["--profile", str(Path(__file__).with_name("one_barrier.toml"))]
DAY = ["--as-of", "2026-01-15"]
DEEP = {".json": '{"a":' * 50_000, ".toml": "a" + ".a" * 20_000 + " = 1", ".csv": '"' + "a" * 200_000,
        ".xml": "<a>" * 50_000, ".jsonl": '{"a":' + "[" * 50_000}  # fmt: skip

Make = Callable[[Path], object]
HOSTILE: dict[str, Make] = {
    "a-link-to-itself": lambda path: path.symlink_to(path.name),
    "a-link-to-nothing": lambda path: path.symlink_to("nothing"),
    "nothing": lambda path: None,
    "a-folder": lambda path: path.mkdir(),
    "a-device": lambda path: path.symlink_to("/dev/zero"),
    "three-gigabytes": lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 3 * 2**30),
    "deep": lambda path: path.write_text(DEEP[path.suffix]),
    "unreadable": lambda path: (path.write_text("x"), path.chmod(0)),
    "no-text": lambda path: path.write_bytes(b"\xff\xfe\0\xff" * 100),
}
if os.name != "posix":
    pytest.skip("this system has neither devices nor such links", allow_module_level=True)
if os.geteuid() == 0:
    del HOSTILE["unreadable"]  # root reads everything

COMMANDS: dict[str, tuple[str, list[str]]] = {
    "assess": (".json", ["assess", "{}", *SMALL]),
    "assess --profile": (".toml", ["assess", str(GOOD), "--profile", "{}"]),
    "batch": (".csv", ["batch", "{}", "{folder}/out.csv", *SMALL]),
    "batch JSON Lines": (".jsonl", ["batch", "{}", "{folder}/out.csv", *SMALL]),
    "batch --map": (".toml", ["batch", "{folder}/good.csv", "{folder}/out.csv", *SMALL, "--map", "{}"]),
    "batch --profile": (".toml", ["batch", "{folder}/good.csv", "{folder}/out.csv", "--profile", "{}"]),
    "columns": (".toml", ["columns", "{}"]),
    "explain": (".csv", ["explain", "{}", "--id", "a=1"]),
    "explain --profile": (".csv", ["explain", "{}", "--id", "a=1", *SMALL]),
    "import": (".xml", ["import", "{}", "--output", "{folder}/out", *DAY]),
    "import JSON": (".json", ["import", "{}", "--output", "{folder}/out", *DAY]),
    "profiles": (".toml", ["profiles", "{}"]),
    "profiles diff": (".toml", ["profiles", "diff", "twente-2019", "{}"]),
    "barriers --profile": (".toml", ["barriers", "--format", "markdown", "--profile", "{}"]),
    "sweep": (".csv", ["sweep", "{}", *SMALL, "--set", "nl.kvk.min_months=3"]),
    "backtest": (".csv", ["backtest", "{}", *SMALL]),
    "backtest --map": (".toml", ["backtest", "{folder}/good.csv", *SMALL, "--map", "{}"]),
    "cases": (".toml", ["cases", "{}"]),
    "mutate": (".toml", ["mutate", "{}"]),
    "mutate --scenarios": (".toml", ["mutate", "nl.kvk", "--scenarios", "{}"]),
}
"""How each command that reads a file is given one."""

ONE_AFTER_THE_OTHER = """
import contextlib, io, json, signal, sys
from barriermodel.cli.commands import run
for line in sys.stdin:
    signal.alarm(60)  # one that never ends, or reads all of a device, ends this process
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(json.loads(line))
    signal.alarm(0)
    print(json.dumps([status, out.getvalue(), err.getvalue()]), file=sys.__stdout__, flush=True)
"""
BY_DAY = {"assess", "batch", "batch JSON Lines", "batch --map", "import", "import JSON", "profiles", "cases"}
"""One for each way to open a file; the others open theirs as one of these does."""


@pytest.fixture(scope="module")
def process() -> Iterator[subprocess.Popen[str]]:
    """Runs each command that it is given on a line; another process than that of the tests, since it may end badly."""
    command = [sys.executable, "-c", ONE_AFTER_THE_OTHER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        yield started
        started.kill()


@pytest.mark.parametrize("command", by_turns(COMMANDS, BY_DAY))
def test_a_hostile_file_is_told_in_a_sentence(command: str, process: subprocess.Popen[str], tmp_path: Path) -> None:
    suffix, arguments = COMMANDS[command]
    (tmp_path / "good.csv").write_text("as_of,kvk_extract__active\n2026-01-15,true\n")
    paths = {name: tmp_path / f"{name}{suffix}" for name in HOSTILE} | {"long": tmp_path / ("a" * 300 + suffix)}
    for name, make in HOSTILE.items():
        make(paths[name])
    before = sorted(tmp_path.iterdir())
    assert process.stdin is not None
    assert process.stdout is not None

    for name, path in paths.items():
        print(json.dumps([a.format(path, folder=tmp_path) for a in arguments]), file=process.stdin, flush=True)
        status, out, err = json.loads(process.stdout.readline())
        assert (name, status, out) == (name, 2, ""), err
        assert err.strip(), name
        assert len(err) < 1_000, name
        assert err.count("\n") <= 4, err  # a mistake of usage is told with the usage
        assert "unexpectedly" not in err, err
        assert "Traceback" not in err
    assert sorted(tmp_path.iterdir()) == before


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


# In a folder ------------------------------------------------------------------------------------------


def dossier(folder: Path, *documents: str) -> Path:
    folder.mkdir()
    entries = "".join(f'[[documents]]\nfile = "{name}"\nreader = "kvk"\n' for name in documents)
    (folder / "dossier.toml").write_text(f'as_of = 2026-01-15\n[provider]\nname = "x"\n{entries}')
    return folder


def with_document(make: Make, name: str = "kvk.json") -> Make:
    return lambda folder: make(dossier(folder, name) / name)


def with_toml(make: Make) -> Make:
    return lambda folder: (folder.mkdir(), make(folder / "dossier.toml"))


FOLDERS: dict[str, tuple[Make, str]] = {
    **{f"document-{name}": (with_document(make), "") for name, make in HOSTILE.items()},
    **{f"toml-{name}": (with_toml(make), "") for name, make in HOSTILE.items() if name != "nothing"},
    "document-pipe": (with_document(os.mkfifo), "it is a pipe, and only an ordinary file is read"),
    "toml-pipe": (with_toml(os.mkfifo), "it is a pipe, and only an ordinary file is read"),
    "document-long": (with_document(lambda path: None, "a" * 300 + ".json"), "File name too long"),
    "document-outside": (with_document(lambda path: path.symlink_to("/etc/hostname")), "outside"),
    "toml-outside": (with_toml(lambda path: path.symlink_to(GOOD / "dossier.toml")), "outside"),
    "link-outside": (lambda folder: folder.symlink_to(GOOD), "it is a link that leads outside the folder"),
    "link-elsewhere": (lambda folder: folder.symlink_to("/etc"), "it is a link to a folder elsewhere"),
    "pipe.json": (os.mkfifo, "it is a pipe, and only an ordinary file is read"),
    "link-outside.json": (lambda path: path.symlink_to(EXAMPLES / "een-bestand.json"), "leads outside the folder"),
    **{f"{name}.json": (make, "") for name, make in HOSTILE.items() if name not in ("nothing", "a-folder")},
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with a good dossier, one by a link that stays inside, and every hostile one."""
    root = tmp_path / "in"
    root.mkdir()
    shutil.copytree(GOOD, root / "good")
    (root / "good-by-a-link").symlink_to("good")
    for name, (make, _) in FOLDERS.items():
        make(root / name)
    return root


def test_a_hostile_dossier_is_a_reject_and_the_others_are_assessed(
    hostile: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["batch", str(hostile), str(tmp_path / "out.csv"), *SMALL]) == 2

    rows = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    assert rows["dossier"].to_list() == ["good", "good-by-a-link"]
    assert set(rows["advice__at_most"]) == {"green"}
    rejects = {r["line"]: r["reason"] for r in map(json.loads, lines_of(tmp_path / "out.csv.rejects.jsonl"))}
    assert set(rejects) == set(FOLDERS)
    for name, (_, said) in FOLDERS.items():
        assert said in rejects[name]
        assert rejects[name]
        assert "unexpectedly" not in rejects[name]
    assert capfd.readouterr().err == ""


def test_each_hostile_dossier_alone_is_told_by_assess(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = [name for name in FOLDERS if not name.endswith(".json") and not name.startswith("link-")]
    for name in named:
        assert run(["assess", str(hostile / name), str(GOOD), *SMALL, "--format", "json"]) == 2
        out, err = capsys.readouterr()
        assert [found["advice"]["at_most"] for found in json.loads(out)] == ["green"]
        assert err.startswith(f"barriermodel: {hostile / name}")
        assert "unexpectedly" not in err


def test_folders_may_be_deeper_than_functions_call_each_other(tmp_path: Path) -> None:
    root = tmp_path / "in"
    shutil.copytree(GOOD, root / "good")
    here = os.open(root, os.O_RDONLY)
    try:
        for _ in range(1_500):
            os.mkdir("a", dir_fd=here)
            there = os.open("a", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = there
        os.close(here)

        assert run(["batch", str(root), str(tmp_path / "out.csv"), *SMALL]) == 0
    finally:
        subprocess.run(["rm", "-rf", str(root)], check=True)  # deeper than Python takes away


def test_a_name_that_is_no_text_is_shown_with_its_bytes(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    shutil.copytree(GOOD, os.fsdecode(os.fsencode(root) + b"/caf\xe9"))
    (root / os.fsdecode(b"\xff.json")).write_text("{}")

    assert run(["batch", str(root), str(tmp_path / "out.jsonl"), *SMALL]) == 2
    assert json.loads((tmp_path / "out.jsonl").read_text())["dossier"] == "caf\\xe9"
    assert json.loads((tmp_path / "out.jsonl.rejects.jsonl").read_text())["line"] == "\\xff.json"


def test_a_dossier_that_vanishes_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(GOOD, tmp_path / "in" / "good")
    for name in ("gone.json", "x/gone.json"):
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
        shutil.copy(EXAMPLES / "een-bestand.json", tmp_path / "in" / name)
    load = folders._load

    def vanishing(found: Path, root: Path, model: BarrierModel) -> Any:
        (root / "gone.json").unlink(missing_ok=True)
        shutil.rmtree(root / "x", ignore_errors=True)
        return load(found, root, model)

    monkeypatch.setattr(folders, "_load", vanishing)

    assert run(["batch", str(tmp_path / "in"), str(tmp_path / "out.csv"), *SMALL]) == 2
    assert pl.read_csv(tmp_path / "out.csv", infer_schema=False)["dossier"].to_list() == ["good"]


@pytest.mark.parametrize("error", [RuntimeError("x"), RecursionError(), MemoryError()])
def test_a_mistake_of_ours_in_one_dossier_is_a_reject_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    for name in ("good", "bad"):
        shutil.copytree(GOOD, tmp_path / "in" / name)
    load = folders._load

    def failing(found: Path, root: Path, model: BarrierModel) -> Any:
        if found.name == "bad":
            raise error
        return load(found, root, model)

    monkeypatch.setattr(folders, "_load", failing)

    assert run(["batch", str(tmp_path / "in"), str(tmp_path / "out.csv"), *SMALL]) == 2
    assert pl.read_csv(tmp_path / "out.csv", infer_schema=False)["dossier"].to_list() == ["good"]
    (reject,) = map(json.loads, lines_of(tmp_path / "out.csv.rejects.jsonl"))
    assert (reject["line"], "it failed unexpectedly: " + type(error).__name__ in reject["reason"]) == ("bad", True)


def test_a_document_by_a_link_that_stays_in_its_folder_is_read(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "in")
    kvk = tmp_path / "in" / "kvk-basisprofiel.json"
    kvk.rename(kvk.with_name("elsewhere.json"))
    kvk.symlink_to("elsewhere.json")

    assert load_dossier(tmp_path / "in").evidence == load_dossier(GOOD).evidence


def test_what_lies_in_a_folder_of_scenarios_is_an_ordinary_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.toml")
    with pytest.raises(InputError, match="it is a pipe"):
        read_suites(tmp_path)
    (tmp_path / "a.toml").unlink()
    (tmp_path / "a.toml").symlink_to("/dev/zero")
    with pytest.raises(InputError, match="outside"):
        read_suites(tmp_path)


def test_a_file_in_a_folder_is_the_one_that_was_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is opened once, and not again after it was looked at: by then it may be another."""
    opened: list[str] = []

    def noting(path: Any) -> Any:
        opened.append(Path(path).name)
        return open_ordinary(path)

    open_ordinary = files.open_ordinary
    monkeypatch.setattr(files, "open_ordinary", noting)
    scenario = 'barrier = "nl.kvk"\nas_of = 2026-01-15\n[[scenarios]]\nname = "x"\nexpect.advice = "green"\n'
    (tmp_path / "a.toml").write_text(scenario)
    scenario_tests(tmp_path)

    assert opened.count("a.toml") == 1


@pytest.mark.parametrize("name", ["../outside.json", "link.json", "a\0b"])
def test_what_leads_out_of_a_folder_is_not_read(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "outside.json").write_text("{}")
    (folder / "link.json").symlink_to("../outside.json")
    (folder / "own.json").write_text("{}")

    assert read_inside(folder / "own.json", folder, "x") == b"{}"
    with pytest.raises(InputError, match=r"^x: it leads outside the folder; put the file itself there$"):
        read_inside(folder / name, folder, "x", InputError)


def test_a_profile_that_scenarios_or_a_table_name_is_an_ordinary_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "s.toml").write_text(
        'profile = "pipe.toml"\nas_of = 2026-01-15\n[[scenarios]]\nname = "x"\nexpect.advice = "green"\n'
    )
    with pytest.raises(InputError, match="it is a pipe"):
        read_scenarios(tmp_path / "s.toml")

    for name in (str(tmp_path / "pipe.toml"), "/dev/stdin", "-"):
        (tmp_path / "t.csv").write_text(f"a,advice__profile\n1,{name}\n")
        assert run(["explain", str(tmp_path / "t.csv"), "--id", "a=1"]) == 2
        assert "cannot be read" in capsys.readouterr().err
