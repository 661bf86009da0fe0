"""Seconds of the processors in ``barriermodel batch`` over a CSV file, and ratios to an earlier version, in one run.

    python tests/benchmarks/bench_batch.py [--rows 100000] [--rounds 5] [--before ../earlier/src]

Each run is a process of its own, of which the start and a first small batch are not timed. ``--before`` names the sources
of another checkout; it runs with the same plugins. ``same`` is ``--dialect same``.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src"
HEAD = (
    "kvk;naam;kvk_extract__active;kvk_extract__registered_on;provider__legal_form;annual_accounts__profit;"
    "annual_accounts__turnover;annual_accounts__equity;annual_accounts__total_assets;annual_accounts__issued_on"
)
RUN = """
import sys, time
from barriermodel.cli.commands import run
run([*sys.argv[1:2], sys.argv[2] + ".few.csv", *sys.argv[3:]])  # what is loaded once
start = time.process_time()
status = run(sys.argv[1:])
print(time.process_time() - start if status == 0 else "failed", file=sys.stderr)
"""


def make_list(path: Path, rows: int, seed: int = 12) -> Path:
    """A list of providers as programs write one."""
    dice = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        print(HEAD, file=file)
        for n in range(rows):
            amounts = (
                f"{dice.randint(low, 99)}{zeros}" for low, zeros in ((-9, "000.5"), (1, "0000"), (0, "00"), (1, "000"))
            )
            forms = dice.choice(["bv", "stichting", "vof", ""])
            active, day = dice.choice(["true", "false", ""]), f"2019-0{dice.randint(1, 9)}-11"
            cells = [f"{n:08}", f"Aanbieder {n}", active, day, forms, *amounts, "2025-11-03"]
            print(";".join(cells), file=file)
    return path


def seconds(sources: Path, given: Path, *options: str) -> float:
    """What one batch takes of all processors, so that what else a machine does counts little."""
    output = given.with_name("out.csv")
    arguments = ["batch", str(given), str(output), "-p", "portfolio-scan", "--as-of", "2026-01-15", *options]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], env={**os.environ, "PYTHONPATH": str(sources)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stderr.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--before", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        given = make_list(Path(folder, "in.csv"), options.rows)
        make_list(Path(folder, "in.csv.few.csv"), 10)
        runs = {"now": (SOURCES, []), "same": (SOURCES, ["--dialect", "same"])}
        runs = {"before": (options.before.resolve(), []), **runs} if options.before else runs
        times = [{name: seconds(of, given, *more) for name, (of, more) in runs.items()} for _ in range(options.rounds)]
    base = next(iter(runs))
    for name in runs:
        ratio = statistics.median(one[name] / one[base] for one in times)
        print(f"{name:8} {statistics.median(one[name] for one in times):6.2f} s   {ratio:5.2f} of {base}")


if __name__ == "__main__":
    main()
