"""What the test kit finds, and what it takes.

    python tests/benchmarks/bench_kit.py [--seeds 5]

Mutants are small mistakes in the profile of twenty rules; one is killed if any dossier gets another advice. The three
shares are of the same mutants in one run. Dossiers that Hypothesis draws differ by seed: the median and the lowest
of some seeds are printed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import screening
from hypothesis import HealthCheck, Phase, given, seed, settings

import barriermodel as bm
from barriermodel.testing import MutationResult, dossiers, make_cases, run_mutants

CONTRACT = 'from barriermodel.testing import barrier_contract\n\nTestIt = barrier_contract("{}")\n'


def drawn(model: bm.BarrierModel, number: int) -> list[bm.Dossier]:
    found: list[bm.Dossier] = []

    @seed(number)
    @settings(
        max_examples=200, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(dossiers(model))
    def collect(dossier: bm.Dossier) -> None:
        found.append(dossier)

    collect()
    return found


def uniform(_: bm.BarrierModel, number: int) -> list[bm.Dossier]:
    return [screening.make_uniform(random.Random(f"{number}/{n}")) for n in range(200)]


def killed(verdict: MutationResult) -> str:
    return f"{verdict.score:6.1%} of {len(verdict.killed) + len(verdict.survived)} mutants"


def over_seeds(
    name: str, make: Callable[[bm.BarrierModel, int], list[bm.Dossier]], model: bm.BarrierModel, seeds: int
) -> None:
    scores = [run_mutants(model, make(model, number)).score for number in range(seeds)]
    print(f"{name:<48} {statistics.median(scores):6.1%}, lowest {min(scores):.1%} of {seeds} seeds")


def written_cases(model: bm.BarrierModel) -> None:
    start = time.perf_counter()
    cases = make_cases(model)
    took = time.perf_counter() - start
    kinds = model.resolved.kinds.values()
    verdict = run_mutants(model, [case.draft.dossier(kinds) for case in cases.scenarios])
    deciding = sum(case.decides is True for case in cases.scenarios)
    print(
        f"{f'{len(cases.scenarios)} cases written from the rules ({deciding} decide)':<48} {killed(verdict)}; written in {took:.2f} s"
    )


def contract(barrier: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "test_contract.py").write_text(CONTRACT.format(barrier), encoding="utf-8")
        start = time.perf_counter()
        ran = subprocess.run([sys.executable, "-m", "pytest", "-q", folder], check=False, capture_output=True)
        broken = "" if ran.returncode == 0 else "; a law is broken, from which its own test exempts it"
        print(f"{f'contract of {barrier}, a process of its own':<48} {time.perf_counter() - start:5.1f} s{broken}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    print(f"CPython {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as folder:
        model = screening.make_model(Path(folder))
        written_cases(model)
        over_seeds("200 examples of dossiers(profile)", drawn, model, arguments.seeds)
        over_seeds("200 uniform random dossiers", uniform, model, arguments.seeds)
    for barrier in sorted(bm.Registry.discover().barriers):
        contract(barrier)


if __name__ == "__main__":
    main()
