"""Seconds and memory of ``barriermodel batch`` to a workbook, as ratios to CSV in the same run.

    python tests/benchmarks/bench_sheets.py [--rows 20000] [--rounds 3]

Each run is a process of its own, of which the start and a first small batch are not timed. Memory is the most that the
process had, so it includes what both load.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_batch import make_list

RUN = """
import resource, sys, time
from barriermodel.cli.commands import run
few, rows, output, *options = sys.argv[1:]
run(["batch", few, output, *options])  # what is loaded once
start = time.process_time()
status = run(["batch", rows, output, *options])
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)
sys.exit(status)
"""
RUNS = {"csv": ("out.csv",), "xlsx": ("out.xlsx",), "xlsx, details": ("details.xlsx", "--details"),
        "csv, page": ("out.csv", "--format", "html")}  # fmt: skip


def measured(folder: Path, output: str, *options: str) -> tuple[float, float]:
    """The seconds of all processors and the megabytes of one batch."""
    arguments = [*(str(folder / name) for name in ("few.csv", "rows.csv", output)), "-p", "portfolio-scan"]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments, "--as-of", "2026-01-15", *options],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, memory = done.stderr.split()[-2:]
    return float(seconds), float(memory)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_list(folder / "few.csv", 10)
        make_list(folder / "rows.csv", options.rows)
        found = [{name: measured(folder, *run) for name, run in RUNS.items()} for _ in range(options.rounds)]
        sizes = {
            path.name: path.stat().st_size / 2**20 for path in folder.glob("*.*") if path.stem in ("out", "details")
        }
    for name in RUNS:
        seconds, memory = (statistics.median(one[name][place] for one in found) for place in (0, 1))
        ratios = [statistics.median(one[name][place] / one["csv"][place] for one in found) for place in (0, 1)]
        print(f"{name:14} {seconds:6.2f} s {ratios[0]:6.2f} of csv   {memory:6.0f} MB {ratios[1]:5.2f} of csv")
    print(", ".join(f"{name} {size:.1f} MB" for name, size in sizes.items()))


if __name__ == "__main__":
    main()
