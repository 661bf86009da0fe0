"""How many small mistakes in each barrier its scenarios and its written cases notice, apart and together.

    python tests/benchmarks/bench_barriers.py [nl.kvk ...]

The mutants of one barrier are the same for the three shares; one is killed if any dossier gets another advice.
"""

from __future__ import annotations

import sys
from pathlib import Path

from barriermodel import BarrierModel, Dossier, Registry
from barriermodel.testing import make_cases, read_scenarios, run_mutants, single_barrier_model

SCENARIOS = {file.stem: file for file in Path(__file__).parents[2].glob("plugins/*/scenarios/nl.*.toml")}


def of(model: BarrierModel, dossiers: list[Dossier]) -> tuple[int, int]:
    """Killed, and all of them."""
    verdict = run_mutants(model, dossiers)
    return len(verdict.killed), len(verdict.killed) + len(verdict.survived)


def main(barriers: list[str]) -> None:
    registry = Registry.discover()
    print(f"{'barrier':30}{'mutants':>9}{'scenarios':>11}{'cases':>8}{'together':>10}")
    sums = [0, 0, 0, 0]
    for id in barriers or sorted(registry.barriers):
        suite, model = read_scenarios(SCENARIOS[id], registry), single_barrier_model(id, registry)
        kinds = model.resolved.kinds.values()
        written = [case.draft.dossier(kinds) for case in make_cases(model).scenarios]
        found = [of(model, dossiers) for dossiers in (list(suite.dossiers), written, [*suite.dossiers, *written])]
        row = [found[-1][1], *(killed for killed, _ in found)]
        sums = [total + one for total, one in zip(sums, row, strict=True)]
        shares = [f"{killed / max(row[0], 1):.0%}" for killed in row[1:]]
        print(f"{id:30}{row[0]:9}{shares[0]:>11}{shares[1]:>8}{shares[2]:>10}")
    print(
        f"{'all':30}{sums[0]:9}" + "".join(f"{n / sums[0]:{w}.0%}" for n, w in zip(sums[1:], (11, 8, 10), strict=True))
    )


if __name__ == "__main__":
    main(sys.argv[1:])
