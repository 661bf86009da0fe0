"""Which tests notice a mistake in the engine: one mistake at a time, and three runs of tests.

    python tests/benchmarks/spoil_engine.py [--only compiler: selection:] [--runs abcd] [--jobs 2]

(a) the written cases alone: of every barrier, of twente-2019 and of four small models.
(b) one plugin's test_contract.py (of a plugin that has only profiles: test_scenarios.py), one in which the operation
    occurs.
(c) of the rest without both what is quick and about the engine: the truth tables of operations, and the tests of running
    a profile, of selection, of the assessment's JSON, of the three readings of a rule, of what matters, and of dates
    that cannot be.
(d) the truth tables of the interpreter and of the oracle, written by hand.

Each run ends at its first failure. A table in Markdown is printed: "killed" where a test failed, "alive" where none
did, "–" where the operation does not occur. Without a mistake all four runs must pass, which is tried first.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from spoiled import MUTANTS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROFILES_ONLY = {"twente", "regions"}
REST = (
    "tests/test_interpreter.py", "tests/test_run.py", "tests/test_selection.py", "tests/test_assessment_json.py", "tests/laws/test_kleene.py",
    "tests/laws/test_three_readings.py", "tests/laws/test_asks.py", "tests/test_implausible_dates.py",
)  # fmt: skip
TABLES = ("tests/test_interpreter.py", "tests/test_oracle.py")


def files(run: str, plugin: str) -> tuple[str, ...]:
    """The tests of a run; none where the operation does not occur in a plugin."""
    if run == "a":
        return ("tests/benchmarks/written_cases.py",)
    if run == "b":
        name = "test_scenarios.py" if plugin in PROFILES_ONLY else "test_contract.py"
        return (f"plugins/barriermodel-{plugin}/tests/{name}",) if plugin else ()
    return REST if run == "c" else TABLES


def outcome(name: str, run: str) -> str:
    plugin = MUTANTS[name][1] if name else "kvk"
    tests = files(run, plugin)
    if not tests:
        return "–"
    paths = os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "BARRIERMODEL_SPOIL": name, "PYTHONPATH": paths}
    options = ["-q", "-x", "-p", "spoiled", "-p", "no:cacheprovider", "--hypothesis-seed=0"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if ran.returncode == 0:
        return "alive"
    # a run that cannot collect its tests has noticed as well, if it can do so without the mistake
    return "killed" if ran.returncode in (1, 2) else f"exit {ran.returncode}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="+", default=[""], help="Only mistakes whose name has one of these in it.")
    parser.add_argument("--runs", default="abcd", help="Which of the four runs.")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--unchecked", action="store_true", help="Do not try first that all pass without a mistake.")
    arguments = parser.parse_args()
    names = [name for name in MUTANTS if any(part in name for part in arguments.only)]
    start = time.perf_counter()
    for run in "" if arguments.unchecked else arguments.runs:
        found = outcome("", run)
        if found != "alive":
            sys.exit(f"run ({run}) fails without any mistake: {found}")
    if not arguments.unchecked:
        print(f"without a mistake all runs pass, in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    with ThreadPoolExecutor(arguments.jobs) as pool:
        rows = {name: [pool.submit(outcome, name, run) for run in arguments.runs] for name in names}
        print(f"| mistake | {' | '.join(f'({run})' for run in arguments.runs)} |")
        print(f"|---|{'---|' * len(arguments.runs)}")
        for name, runs in rows.items():
            print(f"| {name.replace('|', chr(92) + '|')} | {' | '.join(one.result() for one in runs)} |", flush=True)
    print(f"{len(names)} mistakes, in {time.perf_counter() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
