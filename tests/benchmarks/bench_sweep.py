"""Ratio of a sweep of 100 settings to one ``assess_frame`` of the same table, interleaved in one run.

    python tests/benchmarks/bench_sweep.py [--rows 1000000] [--settings 100] [--rounds 5]

The rules of ``screening.py`` on the table of ``bench_frames.py``. Ten of the settings are first compared with what
``assess_frame`` says under a profile with that value.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import attrs
import bench_frames
import polars as pl
import screening

import barriermodel as bm
from barriermodel.calibration import Sweep, sweep
from barriermodel.profiles.profile import Dated


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def check(model: bm.BarrierModel, found: Sweep, table: pl.DataFrame) -> None:
    for setting in found.settings[:: max(len(found.settings) // 10, 1)]:
        values = {"b.finance": {"max_margin": (Dated(value=setting.values[PARAMETER], assumption="a benchmark"),)}}
        profile = attrs.evolve(model.profile, parameters=values)
        frame = bm.BarrierModel(profile, model.registry).assess_frame(table.lazy(), as_of=screening.AS_OF)
        ends = frame.group_by("advice__at_least", "advice__at_most").len().collect().rows()
        told = {(bm.Level[low.upper()], bm.Level[high.upper()]): number for low, high, number in ends}
        assert told == {pair: number for pair, number in setting.counts.items() if number}, setting


PARAMETER = "b.finance.max_margin"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--settings", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    table = bench_frames.make_table(arguments.rows)
    values = {PARAMETER: [0.01 + 0.3 * number / arguments.settings for number in range(arguments.settings)]}
    rules = bench_frames.RULES
    with tempfile.TemporaryDirectory() as folder:
        model = screening.make_model(Path(folder))

        def swept() -> Sweep:
            return sweep(model, table, values, as_of=screening.AS_OF)

        def everything() -> object:
            return model.assess_frame(table.lazy(), as_of=screening.AS_OF).collect()

        def rules_only() -> object:
            return model.assess_frame(table.lazy(), as_of=screening.AS_OF).select(*rules).collect()

        found = swept()
        check(model, found, table)
        everything(), rules_only()
        rounds = [(timed(swept), timed(everything), timed(rules_only)) for _ in range(arguments.rounds)]
    print(f"{arguments.rows} rows, polars {pl.__version__}, CPython {sys.version.split()[0]}")
    one, frame, alone = (statistics.median(side) for side in zip(*rounds, strict=True))
    print(f"sweep of {len(found.settings)} settings           {one:6.2f} s")
    for name, seconds, place in (("assess_frame, all columns", frame, 1), ("assess_frame, the rules alone", alone, 2)):
        ratio = statistics.median(sides[0] / sides[place] for sides in rounds)
        print(f"{name:<30} {seconds:6.2f} s  the sweep is {ratio:.1f} times that")


if __name__ == "__main__":
    main()
