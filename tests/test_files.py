"""Writing files: whole or not at all, with the mode and owner that they had, and nothing half done left behind."""

from __future__ import annotations

import ast
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import barriermodel
from barriermodel import BarrierModelError, atomic
from barriermodel.atomic import drafting, write_file, write_folder
from barriermodel.cli.commands import run
from children import started
from examples import by_turns

SOURCE = Path(barriermodel.__file__).parent
EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
TWENTE = ["--profile", "twente-2019"]
SMALL = ["--profile", str(Path(__file__).with_name("one_barrier.toml"))]
SWEEP = ["sweep", "{folder}/in.csv", *SMALL, "--set", "nl.kvk.min_months=3"]
WRITERS = {
    "assess": ["assess", str(EXAMPLES / "gezonde-aanbieder"), *TWENTE, "--output", "{out}"],
    "barriers": ["barriers", "--format", "markdown", "--output", "{out}"],
    "batch": ["batch", "{folder}/in.csv", "{out}", *SMALL],
    "batch --rejects": ["batch", "{folder}/bad.csv", "{folder}/other.csv", *SMALL, "--rejects", "{out}"],
    "sweep": [*SWEEP, "--output", "{out}"],
    "sweep --plot": [*SWEEP, "--plot", "{out}"],
    "backtest": ["backtest", "{folder}/in.csv", *SMALL, "--output", "{out}"],
    "backtest --plot": ["backtest", "{folder}/in.csv", *SMALL, "--plot", "{out}"],
    "cases": ["cases", "nl.kvk", "--output", "{out}"],
}
"""How each command that writes a file is told where."""
NAMES = {"sweep --plot": "out.svg", "backtest --plot": "out.svg"}


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "in.csv").write_text("as_of,kvk_extract__active\n2026-01-15,true\n")
    (tmp_path / "bad.csv").write_text("as_of,kvk_extract__active\n2026-01-15\n2026-01-15,true\n")
    before = os.umask(0o027)
    yield tmp_path
    os.umask(before)


def command(writer: str, folder: Path) -> tuple[list[str], Path]:
    out = folder / NAMES.get(writer, "out.csv")
    return [part.format(folder=folder, out=out) for part in WRITERS[writer]], out


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_that_is_written_again_keeps_its_mode_and_owner(writer: str, given: Path) -> None:
    arguments, out = command(writer, given)
    old = '{"line": 1}' if writer == "batch --rejects" else "old"  # another file is not taken for rejects
    out.write_text(old)
    if os.geteuid() == 0:
        os.chown(out, 12_345, 23_456)
    out.chmod(0o600)
    owner = out.stat()

    assert run(arguments) == (2 if writer == "batch --rejects" else 0)

    assert out.read_text() != old
    assert mode(out) == 0o600
    assert (out.stat().st_uid, out.stat().st_gid) == (owner.st_uid, owner.st_gid)
    assert not list(given.glob(".*"))


@pytest.mark.parametrize("writer", ["assess", "batch", "batch --rejects", "sweep --plot"])
def test_a_new_file_has_the_mode_that_the_umask_gives(writer: str, given: Path) -> None:
    arguments, out = command(writer, given)

    run(arguments)

    assert mode(out) == 0o640


def test_dossiers_that_are_imported_again_keep_their_modes(given: Path) -> None:
    notice = given / "notice.json"
    supplier = {"id": "p", "name": "Zorgboerderij Nergens"}
    award = {"id": "a", "title": "x", "status": "active", "suppliers": [supplier]}
    release = {"ocid": "ocds-x-1", "id": "1", "date": "2026-01-01T00:00:00Z", "tag": ["award"],
               "parties": [{**supplier, "roles": ["supplier"]}], "awards": [award]}  # fmt: skip
    notice.write_text(json.dumps(release))
    arguments = ["import", str(notice), "--output", str(given / "out"), "--as-of", "2026-01-15"]
    assert run(arguments) == 0
    written = [path for path in (given / "out").rglob("*") if path.is_file()]
    assert [mode(path) for path in written] == [0o640, 0o640]
    for path in written:
        path.chmod(0o600)

    assert run([*arguments, "--force"]) == 0
    assert [mode(path) for path in written] == [0o600, 0o600]


def test_a_map_that_is_written_has_that_too_and_takes_no_place(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = given / "map.toml"
    assert run(["columns", "twente-2019", "--write-map", str(out)]) == 0
    assert mode(out) == 0o640

    out.write_text("mine")
    assert run(["columns", "twente-2019", "--write-map", str(out)]) == 2
    assert out.read_text() == "mine"
    (given / "link.toml").symlink_to("nowhere.toml")
    assert run(["columns", "twente-2019", "--write-map", str(given / "link.toml")]) == 2
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize("before", [0o600, 0o644, 0o640, 0o664, 0o400, 0o777])
def test_every_mode_is_kept(tmp_path: Path, before: int) -> None:
    file = tmp_path / "file"
    file.write_text("old")
    file.chmod(before)

    write_file(file, b"new")

    assert (file.read_bytes(), mode(file)) == (b"new", before)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a file to another")
@pytest.mark.parametrize(("refused", "left"), [({12_345}, (0, 23_456, 0o664)), ({12_345, -1}, (0, 0, 0o604))])
def test_an_owner_that_cannot_be_kept_gives_another_group_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: set[int], left: tuple[int, int, int]
) -> None:
    """As it is for another user in a folder that both may write to."""
    file = tmp_path / "file"
    file.write_text("old")
    os.chown(file, 12_345, 23_456)
    file.chmod(0o664)
    fchown = os.fchown

    def refusing(handle: int, owner: int, group: int) -> None:
        if owner in refused:
            raise PermissionError
        fchown(handle, owner, group)

    monkeypatch.setattr(os, "fchown", refusing)
    write_file(file, b"new")

    assert (file.stat().st_uid, file.stat().st_gid, mode(file)) == left


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    target, link = tmp_path / "a" / "target", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to("a/target")
    (tmp_path / "to-nothing").symlink_to("a/new")

    write_file(link, b"new")
    write_file(tmp_path / "to-nothing", b"new")

    assert (link.is_symlink(), target.read_bytes(), mode(target)) == (True, b"new", 0o600)
    assert ((tmp_path / "to-nothing").is_symlink(), (tmp_path / "a" / "new").read_bytes()) == (True, b"new")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere/out", "No such file or directory"), ("file/out", "Not a directory"), ("folder", "Is a directory"),
        ("loop", "Too many levels of symbolic links"), ("a" * 300, "File name too long"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_said_in_a_sentence(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(BarrierModelError) as caught:
        write_file(tmp_path / name, b"new")

    assert str(caught.value) == f"{tmp_path / name} cannot be written: {said}"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_as_long_as_a_name_can_be_is_written(tmp_path: Path) -> None:
    write_file(tmp_path / ("é" * 127), b"new")

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


# Nothing is left behind -------------------------------------------------------------------------------


class Mistake(BaseException):
    pass


@pytest.mark.parametrize("error", [Mistake, KeyboardInterrupt, SystemExit, OSError, ValueError])
def test_a_draft_that_is_not_committed_goes_however_it_ends(tmp_path: Path, error: type[BaseException]) -> None:
    (tmp_path / "file").write_text("old")

    def write() -> None:
        with drafting(tmp_path / "file") as draft:
            draft.file.write(b"new")
            raise error

    with pytest.raises(error):
        write()

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"file": "old"}


HELD = """
import sys, time
from barriermodel.cli import commands
def held(*_, **__):
    print("ready", flush=True)
    time.sleep(60)
{patch} = held
sys.exit(commands.run({arguments!r}))
"""
PATCHES = {
    "assess": "import os; os.replace",
    "cases": "import os; os.replace",
    "batch": "from barriermodel.batch import run; run._write",
    "new": "from pathlib import Path; Path.rename",
}


@pytest.mark.parametrize(
    ("writer", "sent", "status"),
    by_turns(
        [
            ("assess", "SIGHUP", 129), ("batch", "SIGTERM", 143), ("new", "SIGINT", 130), ("assess", "SIGTERM", 143),
            ("assess", "SIGINT", 130), ("batch", "SIGHUP", 129), ("cases", "SIGTERM", 143), ("new", "SIGTERM", 143),
        ],
        by_day=[("batch", "SIGTERM", 143), ("new", "SIGINT", 130)],
    ),
)  # fmt: skip
def test_no_draft_is_left_by_a_command_that_is_told_to_stop(writer: str, sent: str, status: int, given: Path) -> None:
    new = ["new", "housing", "--owner", "nowhere", "--into", str(given)]
    arguments = new if writer == "new" else command(writer, given)[0]
    before = {path.name for path in given.iterdir()}
    code = HELD.format(patch=PATCHES[writer], arguments=arguments)

    with started([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        assert {path.name for path in given.iterdir()} > before
        process.send_signal(getattr(signal, sent))
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out) == (status, b"")
    assert b"Traceback" not in err
    assert {path.name for path in given.iterdir()} == before


@pytest.mark.skipif(os.name != "posix", reason="this system has no limit on files")
@pytest.mark.parametrize("writer", ["assess", "batch", "sweep --plot", "new"])
def test_nothing_is_left_on_a_disk_that_is_full(
    writer: str, given: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import resource

    new = ["new", "housing", "--owner", "nowhere", "--into", str(given)]
    arguments, out = (new, given / "barriermodel-nowhere-housing") if writer == "new" else command(writer, given)
    before = {path.name for path in given.iterdir()}

    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # it would be cut off too, for all that come after
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, limits[1]))
    try:
        status = run(arguments)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert status == 2
    said = capsys.readouterr().err
    assert said.splitlines()[-1].startswith(f"barriermodel: {out} cannot be written: File too large")
    assert {path.name for path in given.iterdir()} == before


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_takes_the_place_of_none_that_is_made_meanwhile(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "map.toml"
    create = atomic._create

    def late(*given: Any) -> Any:
        path.write_text("of somebody else")
        return create(*given)

    monkeypatch.setattr(atomic, "_create", late)
    with pytest.raises(BarrierModelError, match=r"map\.toml exists already; it is not overwritten"):
        write_file(path, b"ours", new=True)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"map.toml": "of somebody else"}

    monkeypatch.setattr(atomic, "_create", create)
    write_file(tmp_path / "other.toml", b"ours", new=True)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "map.toml": "of somebody else", "other.toml": "ours",
    }  # fmt: skip


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(BarrierModelError, match="made cannot be written: "):
        write_folder(tmp_path / "made", {"a": "x", "a/b": "x"})
    assert list(tmp_path.iterdir()) == []

    write_folder(tmp_path / "made", {"a/b": "é\n"})
    assert (tmp_path / "made" / "a" / "b").read_bytes() == "é\n".encode()


# Two places -------------------------------------------------------------------------------------------

OPENS = {
    "open", "read_bytes", "read_text", "write_bytes", "write_text", "mkstemp", "NamedTemporaryFile", "fdopen",
    "TemporaryFile", "touch", "replace_file",
}  # fmt: skip
ALLOWED = {
    ("cli/new.py", "read_text"),  # its own templates, from the package
    ("cli/output.py", "open"),  # nowhere, /dev/null
    ("profiles/installed.py", "read_text"),  # what an installed distribution says of itself
    ("letters/word.py", "read_bytes"),  # its own template, from the package
    ("batch/workbooks/xlsx_marks.py", "open"),  # a part of a workbook that is open
    ("batch/workbooks/ods_marks.py", "open"),
    ("words/word_files.py", "is_file"),  # of a package, as is what it reads
    ("words/word_files.py", "read_bytes"),
    *(  # a temporary folder of its own, which two processes share
        ("testing/isolated_process.py", called) for called in ("touch", "open", "exists", "read_text", "write_text")
    ),
    ("batch/folders.py", "is_dir"),  # of an entry in a folder, without following it
}
FOLLOWS = {"resolve", "is_file", "is_dir", "exists"}
"""Of a path, these end in a traceback on a loop of links or a long name, in Python 3.11."""


def test_files_are_opened_read_and_written_in_two_modules() -> None:
    wrong = []
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or name in ("files.py", "atomic.py"):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            on_os_path = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Attribute)
            if (called in OPENS or (called in FOLLOWS and not on_os_path)) and (name, called) not in ALLOWED:
                wrong.append(f"{name}:{node.lineno}: {called}")

    assert wrong == []
