"""Record what barriermodel does, and compare two recordings byte for byte.

    cd CHECKOUT
    .venv/bin/python tests/benchmarks/compare_behaviour.py write FOLDER [--inputs OTHER]
    .venv/bin/python tests/benchmarks/compare_behaviour.py compare FOLDER_A FOLDER_B [--skip PATTERN ...]

``write`` runs the command line over the example dossiers, 300 generated dossiers and a table of 300 rows, and keeps
every output in ``FOLDER/out``, one file each. It uses the command line and a few names of ``barriermodel`` only, so it
runs unchanged on commits in which the modules and names inside differ. ``--inputs`` takes dossiers, tables, profiles
and notices from another recording instead of making them from the checkout: give it the recording of the commit
before. ``compare`` shows the first line that differs in each file, and exits with status 1 where there are any.

The name of the checkout is written ``<root>`` and that of FOLDER ``<folder>``; nothing else is altered. Of Parquet
the schema and rows are compared, not the bytes. Names of Python (exceptions, warnings) are in ``out/programmers``.
"""

from __future__ import annotations

import argparse
import fnmatch
import gzip
import os
import shutil
import sys
from pathlib import Path

from behaviour_inputs import IN, make_inputs
from behaviour_record import record
from behaviour_run import OUT, ROOT, Recorder, in_child


def compare(a: Path, b: Path, skip: list[str]) -> int:
    """Print what differs; 1 where anything does."""
    found = [
        {str(path.relative_to(folder / "out")): path for path in (folder / "out").rglob("*") if path.is_file()}
        for folder in (a, b)
    ]
    names = sorted(
        name for name in found[0].keys() | found[1].keys() if not any(fnmatch.fnmatch(name, one) for one in skip)
    )
    differing = 0
    for name in names:
        if told := difference(*(files.get(name) for files in found)):
            differing += 1
            print(f"{name}: {told}")
    print(f"{len(names)} files compared, {differing} differ")
    return int(bool(differing) or not names)


def difference(a: Path | None, b: Path | None) -> str:
    """The first line that differs, from a little before the place; empty where none does."""
    if a is None or b is None:
        return "only in the second" if a is None else "only in the first"
    left, right = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in (a, b))
    if left == right:
        return ""
    lines = left.split(b"\n"), right.split(b"\n")
    number = next((n for n, (x, y) in enumerate(zip(*lines, strict=False)) if x != y), min(map(len, lines)))
    x, y = (part[number] if number < len(part) else b"(no more lines)" for part in lines)
    common = next((n for n, (i, j) in enumerate(zip(x, y, strict=False)) if i != j), min(len(x), len(y)))
    place = max(common - 60, 0)
    shown = [repr(line[place : place + 160].decode("utf-8", "replace")) for line in (x, y)]
    return f"line {number + 1}, from column {place + 1}\n  - {shown[0]}\n  + {shown[1]}"


def main() -> int:
    """Do as the command line says."""
    parser = argparse.ArgumentParser(description="Record what barriermodel does, or compare two recordings.")
    commands = parser.add_subparsers(dest="command", required=True)
    writing, comparing = commands.add_parser("write"), commands.add_parser("compare")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--inputs", type=Path, help="take the inputs of this recording")
    comparing.add_argument("a", type=Path)
    comparing.add_argument("b", type=Path)
    comparing.add_argument("--skip", nargs="*", default=[], help="patterns of files in out to leave out")
    args = parser.parse_args()
    if args.command == "compare":
        return compare(args.a, args.b, args.skip)
    import barriermodel

    if not Path(barriermodel.__file__).is_relative_to(ROOT):
        parser.error(f"run this in the checkout whose package it imports, not in {ROOT}: {barriermodel.__file__}")
    inputs = args.inputs.resolve() / "in" if args.inputs else None
    args.folder.mkdir(parents=True)
    os.chdir(args.folder)
    os.environ |= {"COLUMNS": "100", "TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
    OUT.mkdir()
    log = OUT / ".inputs"
    if inputs:
        shutil.copytree(inputs, IN)
    elif in_child(
        lambda _: make_inputs(ROOT), None, log, log
    ):  # in a child, for Polars bears no fork after its first use
        parser.error(log.read_text("utf-8"))
    run = Recorder()
    record(run)
    for path in OUT.glob(".*"):
        path.unlink()
    print("".join(f"{path.stem}\n{path.read_text('utf-8')}" for path in sorted((OUT / "dossiers").glob("*.txt"))))
    print(f"{run.count} commands run, {sum(path.is_file() for path in OUT.rglob('*'))} files in {args.folder}/out")
    return 0


if __name__ == "__main__":
    sys.exit(main())
