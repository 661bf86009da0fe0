"""Ratios of barriermodel to the same work written by hand, interleaved in one run.

    python tests/benchmarks/bench_core.py [--dossiers 10000] [--rounds 7]

Every ratio is the median over the rounds of the time of one divided by that of the other in the same round.
The results are compared, dossier by dossier, before anything is timed.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import by_hand
import screening

import barriermodel as bm
from barriermodel.reporting.sentences import Wording
from barriermodel.text import LANGUAGES


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(name: str, ours: Callable[[], object], by_hand: Callable[[], object], count: int, rounds: int) -> None:
    ours(), by_hand()
    pairs = [(timed(ours), timed(by_hand)) for _ in range(rounds)]
    ratio = statistics.median(a / b for a, b in pairs)
    micro = [statistics.median(side) / count * 1e6 for side in zip(*pairs, strict=True)]
    print(f"{name:<44} {micro[0]:8.2f} µs  by hand {micro[1]:6.2f} µs  ratio {ratio:.2f}")


def read_everything_small(assessment: bm.Assessment) -> None:
    """Advice, the interval of each stage and barrier, and every status."""
    _ = assessment.advice
    for stage in assessment.stages:
        _ = stage.interval
        for barrier in stage.barriers:
            _ = barrier.interval
            for rule in barrier.rules:
                _ = rule.status


def check_equal(model: bm.BarrierModel, dossiers: list[bm.Dossier]) -> None:
    for dossier in dossiers:
        assessment = model.assess(dossier)
        (low, high), stages, barriers, status, _ = by_hand.screen(dossier)
        assert (assessment.advice.at_least, assessment.advice.at_most) == (low, high)
        assert [s.interval and (s.interval.at_least, s.interval.at_most) for s in assessment.stages] == stages
        ours = {b.id: b.interval and (b.interval.at_least, b.interval.at_most) for b in assessment.barriers}
        ids = [b.id for b in screening.BARRIERS]
        assert [ours[id] for id in ids] == barriers
        assert {rule.id.rpartition(".")[2]: rule.status.value for rule in assessment.rules} == status


def rules_alone(model: bm.BarrierModel, dossiers: list[bm.Dossier], rounds: int) -> None:
    from barriermodel.engine.selection import select

    engine = model.engine
    _, evaluates = engine.bind_parameters(screening.AS_OF)
    selected = [(d, select(d, engine.kinds)) for d in dossiers]
    ours = [(d.provider, d.award, d.as_of, *(s.facts for s in found.values()), {}) for d, found in selected]
    order = [cls.__barriermodel_kind__.id for cls in by_hand.BLANK]
    theirs = [(d.provider, d.award, *(found[id].facts for id in order)) for d, found in selected]

    def run_ours() -> None:
        for arguments in ours:
            for evaluate in evaluates:
                evaluate(*arguments)

    def run_theirs() -> None:
        for arguments in theirs:
            by_hand.statuses(*arguments)

    compare("compiled rules alone", run_ours, run_theirs, len(dossiers), rounds)


def assessing(model: bm.BarrierModel, dossiers: list[bm.Dossier], rounds: int) -> None:
    def run_ours() -> None:
        for dossier in dossiers:
            read_everything_small(model.assess(dossier))

    def run_theirs() -> None:
        for dossier in dossiers:
            by_hand.screen(dossier)

    compare("assess, advice, intervals, every status", run_ours, run_theirs, len(dossiers), rounds)


def everything(model: bm.BarrierModel, dossiers: list[bm.Dossier], rounds: int) -> None:
    some = dossiers[:1000]
    parts: dict[str, Callable[[bm.Assessment], object]] = {
        "  asks": lambda a: a.asks,
        "  texts of every rule, both languages": lambda a: [
            Wording(rule, lang).text() for rule in a.rules for lang in LANGUAGES
        ],
        "  JSON with texts, asks and digest": lambda a: a.to_json(),
        "  explanation as text, Dutch": lambda a: a.explain("nl"),
        "everything: asks, JSON, digest, explanation": lambda a: (
            a.asks,
            a.to_json(),
            a.digest,
            a.explain("nl"),
        ),
    }
    for name, read in parts.items():
        rounds_of = [timed(lambda read=read: [read(model.assess(d)) for d in some]) for _ in range(max(3, rounds // 2))]
        print(f"{name:<44} {statistics.median(rounds_of) / len(some) * 1e6:8.0f} µs a dossier")


def imports(rounds: int) -> None:
    # an installed package has its bytecode on disk; a checkout must be allowed to write it
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    base = "import attrs, cattrs, pluggy"
    load = "import barriermodel; barriermodel.BarrierModel.load('twente-2019')"
    for name, code in (("import barriermodel", "import barriermodel"), ("import and load twente-2019", load)):
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
        ratios, ours, theirs = [], [], []
        for _ in range(rounds * 3):
            a, b = (
                timed(lambda c=c: subprocess.run([sys.executable, "-c", c], check=True, env=environment))
                for c in (code, base)
            )
            ratios.append(a / b)
            ours.append(a)
            theirs.append(b)
        low = f"{min(ours) * 1e3:6.0f} ms  {base} {min(theirs) * 1e3:.0f} ms"
        print(f"{name:<44} {low}  ratio {statistics.median(ratios):.2f} (of best {min(ours) / min(theirs):.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dossiers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = screening.make_model(Path(folder))
    dossiers = screening.make_dossiers(options.dossiers)
    check_equal(model, dossiers)
    print(f"{options.dossiers} dossiers, 20 rules in 8 barriers; equal to the hand-written function on all of them")
    gc.disable()
    rules_alone(model, dossiers, options.rounds)
    assessing(model, dossiers, options.rounds)
    everything(model, dossiers, options.rounds)
    imports(options.rounds)


if __name__ == "__main__":
    main()
