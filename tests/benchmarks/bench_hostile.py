"""What hostile files cost: processor time, peak memory and outcome of one command on each.

    python tests/benchmarks/bench_hostile.py

Each command runs in a process of its own with an address space of at most 6 GiB and 60 seconds, so the machine survives
whatever happens. A batch is over a folder that has a good dossier beside the hostile one. With ``SOURCE=folder`` in the
environment another version of the library is measured.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

GIB = 2**30
PATIENCE = 60
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
RUN = "from barriermodel.cli import main; main()"
DOSSIER = 'as_of = 2026-01-15\n[provider]\nname = "x"\n'
PROFILE = ["--profile", "twente-2019"]


def document(folder: Path, name: str) -> None:
    (folder / "dossier.toml").write_text(f'{DOSSIER}[[documents]]\nfile = "{name}"\nreader = "kvk"\n')


def loop(folder: Path) -> None:
    document(folder, "loop.json")
    (folder / "loop.json").symlink_to("loop.json")


def pipe(folder: Path) -> None:
    document(folder, "pipe.json")
    os.mkfifo(folder / "pipe.json")


def device(folder: Path) -> None:
    (folder / "dossier.toml").symlink_to("/dev/zero")


def dotted(folder: Path) -> None:
    (folder / "dossier.toml").write_text("a" + ".a" * 20_000 + "=1\n")


def large(folder: Path) -> None:
    document(folder, "kvk.json")
    sparse(folder / "kvk.json")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 * GIB)


def wide(folder: Path) -> None:
    document(folder, "kvk.json")
    (folder / "kvk.json").write_bytes(b"[" + b"[]," * (20 * 2**20) + b"[]]")


def keys(folder: Path) -> None:
    document(folder, "kvk.json")
    (folder / "kvk.json").write_text("{" + ",".join(f'"{n:012d}":{n}' for n in range(2_900_000)) + "}")


def lines(folder: Path) -> None:
    (folder / "dossier.toml").write_text("".join(f"a{n} = {n}\n" for n in range(3_500_000)))


def deep(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("a", dir_fd=here)
        there = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = there
    os.close(here)


DOSSIERS: dict[str, Callable[[Path], None]] = {
    "a document that links to itself": loop,
    "a document with a name of 300 letters": lambda folder: document(folder, "a" * 300 + ".json"),
    "a document that is a FIFO": pipe,
    "a document of 3 GB": large,
    "`dossier.toml` linked to `/dev/zero`": device,
    "40 KB of `a.a.a…=1` in TOML": dotted,
    "60 MB of lines in TOML": lines,
    "60 MB of `[],` in JSON": wide,
    "60 MB of JSON, 2,900,000 keys: just under the limit": keys,
    "folders 1,500 deep": deep,
}
FILES: dict[str, tuple[list[str], str, Callable[[Path], object]]] = {
    "`assess` of `dossier.toml` linked to `/dev/zero`": (["assess", "{}", *PROFILE], "x", lambda p: (p.mkdir(), device(p))),
    "`assess` of a JSON file of 3 GB": (["assess", "{}", *PROFILE], "x.json", sparse),
    "`import` of 64 MB of `<a>` in XML": (
        ["import", "{}", "--output", "{}.out", "--as-of", "2026-01-15"], "x.xml", lambda p: p.write_text("<a>" * (20 * 2**20)),
    ),
    "`import` of 60 MB of attributes in XML": (
        ["import", "{}", "--output", "{}.out", "--as-of", "2026-01-15"], "x.xml",
        lambda p: p.write_text("<a" + "".join(f' a{n}=""' for n in range(4_500_000)) + "/>"),
    ),
    "`profiles` of 40 KB of `a.a.a…=1`": (["profiles", "{}"], "x.toml", lambda p: p.write_text("a" + ".a" * 20_000 + "=1\n")),
    "`batch` of a CSV file of 3 GB without lines": (["batch", "{}", "{}.out.csv", *PROFILE], "x.csv", sparse),
    "`explain` of a CSV file of 3 GB without lines": (["explain", "{}", "--id", "a=1"], "x.csv", sparse),
}  # fmt: skip


def main() -> None:
    print("| case | CPU seconds | peak MiB | outcome |\n|---|---:|---:|---|")
    with tempfile.TemporaryDirectory() as name:
        for case, command in commands(Path(name)):
            print(f"| {case} | {' | '.join(measured(command))} |", flush=True)


def commands(folder: Path) -> Iterator[tuple[str, list[str]]]:
    (folder / "good").mkdir()
    yield "a good dossier, for comparison", ["assess", str(EXAMPLES / "gezonde-aanbieder"), *PROFILE]
    shutil.copytree(EXAMPLES / "gezonde-aanbieder", folder / "good" / "good")
    yield "a folder with a good dossier alone", ["batch", str(folder / "good"), str(folder / "good.csv"), *PROFILE]
    for n, (case, make) in enumerate(DOSSIERS.items()):
        root = folder / f"d{n}"
        shutil.copytree(EXAMPLES / "gezonde-aanbieder", root / "good")
        (root / "bad").mkdir()
        make(root / "bad")
        yield f"`batch` over {case}", ["batch", str(root), str(folder / f"d{n}.csv"), *PROFILE]
        subprocess.run(["rm", "-rf", str(root)], check=True)
    for n, (case, (command, file, make_file)) in enumerate(FILES.items()):
        path = folder / f"f{n}-{file}"
        make_file(path)
        yield case, [part.replace("{}", str(path)) for part in command]
        subprocess.run(["rm", "-rf", str(path)], check=True)


def measured(command: list[str]) -> tuple[str, str, str]:
    environment = {**os.environ, "PYTHONPATH": os.environ.get("SOURCE", "")}
    start = time.monotonic()
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, *command], env=environment, stdout=printed, stderr=said,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (6 * GIB, 6 * GIB)),  # noqa: PLW1509  # no threads
        )  # fmt: skip
        status, usage, stopped = waited(process, start)
        said.seek(0)
        printed.seek(0)
        return (
            f"{usage.ru_utime + usage.ru_stime:.1f}",
            f"{usage.ru_maxrss / 1024:.0f}",
            outcome(status, stopped, said.read().decode(), printed.read().decode()),
        )


def waited(process: subprocess.Popen[bytes], start: float) -> tuple[int, resource.struct_rusage, str]:
    """Its status and what it used; it is told to stop after a minute, and killed where it does not."""
    stopped = ""
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage, stopped
        took = time.monotonic() - start
        if took > PATIENCE + 5:
            process.kill()
            stopped = "did not end in a minute, nor on SIGTERM"
        elif took > PATIENCE and not stopped:
            process.terminate()
            stopped = "did not end in a minute"
        time.sleep(0.02)


def outcome(status: int, stopped: str, said: str, printed: str) -> str:
    if stopped:
        return f"**{stopped}**"
    what = "**traceback**, " if "Traceback" in said or "panicked" in said else ""
    rows = "the good one assessed, " if "1 rij beoordeeld" in printed else ""
    return f"{what}{rows}status {status}"


if __name__ == "__main__":
    main()
