"""Ratios of ``assess_frame`` to the same written by hand for each engine, interleaved in one run.

    python tests/benchmarks/bench_frames.py [polars plan duckdb dask pyspark flat workers] [--rows 1000000] [--rounds 5]

The 20 rules of ``screening.py`` over a table. The results are compared, row by row, before anything is timed.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import frames_by_hand as hand
import numpy as np
import polars as pl
import screening

import barriermodel as bm
from barriermodel.tables.assess import polars_plans

RULES = [f"rule__{name}" for name in hand.polars_rules()]


def make_table(rows: int, seed: int = 14) -> pl.DataFrame:
    dice = np.random.default_rng(seed)
    start = np.datetime64(screening.AS_OF)

    def nulls(values: Any) -> pl.Series:
        series = pl.Series(values)
        return pl.select(pl.when(pl.Series(dice.random(rows) < 0.05)).then(None).otherwise(series)).to_series()

    def days(low: int, high: int) -> pl.Series:
        return nulls((start + dice.integers(low, high, rows).astype("timedelta64[D]")).astype("datetime64[D]"))

    def share(low: float, high: float) -> pl.Series:
        return nulls(dice.uniform(low, high, rows))

    def whole(low: int, high: int) -> pl.Series:
        return nulls(dice.integers(low, high, rows))

    def euros(low: int, high: int) -> pl.Series:
        return nulls(dice.integers(low, high, rows).astype(float))

    def words(choices: list[str]) -> pl.Series:
        return nulls(dice.choice(choices, rows))

    return pl.DataFrame({
        "register__dissolved": nulls(dice.random(rows) < 0.02), "register__bankrupt": nulls(dice.random(rows) < 0.03),
        "register__registered_on": days(-6000, -100), "register__sbi_code": words([*hand.CARE, "4711"]),
        "permit__wtza_permit": nulls(dice.random(rows) < 0.9),
        "certificate__valid_until": days(0, 3000), "certificate__standard": words([*hand.ACCEPTED, "ISO 14001"]),
        "accounts__turnover": euros(100_000, 5_000_000), "accounts__profit": euros(-100_000, 500_000),
        "accounts__equity": euros(0, 900_000), "accounts__assets": euros(1, 2_000_000), "accounts__staff_cost": euros(0, 3_000_000),
        "accounts__dividend": euros(0, 90_000), "accounts__related_share": share(0, 0.2),
        "accounts__subcontract_share": share(0, 0.8), "accounts__filed_on": days(-700, -10),
        "people__other_companies": whole(0, 7), "people__oldest_vog": days(-300, -1), "people__staff": whole(1, 80),
        "people__clients": whole(1, 900), "sanctions__hit": nulls(dice.random(rows) < 0.01),
        "inspection__grade": words([grade.value for grade in screening.Grade]),
        "award__starts_on": days(1, 200), "award__ends_on": days(900, 1800), "award__value": euros(50_000, 3_000_000),
        "provider__legal_form": words([form.value for form in list(bm.LegalForm)[:7]]),
    })  # fmt: skip


@contextmanager
def the_model() -> Iterator[bm.BarrierModel]:
    with tempfile.TemporaryDirectory() as folder:
        yield screening.make_model(Path(folder))


# Timing -----------------------------------------------------------------------------------------------


def timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(name: str, ours: Callable[[], object], theirs: Callable[[], object], rows: int, rounds: int) -> None:
    ours(), theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(rounds)]
    ratio = statistics.median(a / b for a, b in pairs)
    nano = [statistics.median(side) / rows * 1e9 for side in zip(*pairs, strict=True)]
    print(f"{name:<58} {nano[0]:7.0f} ns  by hand {nano[1]:6.0f} ns  ratio {ratio:.2f}", flush=True)


def check(ours: pl.DataFrame, theirs: pl.DataFrame) -> None:
    """The same in every column; a rule by hand does not know that an earlier stage may exclude."""
    for name in theirs.columns:
        same = ours[name].eq_missing(theirs[name])
        assert (same | ours[name].is_null() if name in RULES else same).all(), name


# Engines ----------------------------------------------------------------------------------------------


def polars(model: bm.BarrierModel, rows: int, rounds: int) -> None:
    table = make_table(rows)

    def assessed() -> pl.LazyFrame:
        return model.assess_frame(table.lazy(), as_of=screening.AS_OF)

    made, rules = assessed(), table.lazy().select(**{f"rule__{n}": e for n, e in hand.polars_rules().items()})
    everything = hand.polars_everything(table.lazy())
    columns = everything.collect_schema().names()
    check(made.collect(), rules.collect())
    ours, theirs = made.select(columns).collect(), everything.collect()
    assert all(ours[name].eq_missing(theirs[name]).all() for name in columns)
    print(f"polars {pl.__version__}")
    compare("20 rules", made.select(RULES).collect, rules.collect, rows, rounds)
    compare(
        f"with intervals and decided, {len(columns)} columns",
        made.select(columns).collect,
        everything.collect,
        rows,
        rounds,
    )
    compare(
        "with errors, all columns", made.select(pl.exclude(table.columns)).collect, everything.collect, rows, rounds
    )


def plan(model: bm.BarrierModel, rows: int, rounds: int) -> None:
    """What a call costs before a row is looked at: the first for a schema makes the plan, all others use it."""
    lazy, small = make_table(100).lazy(), make_table(1)

    def first() -> object:
        polars_plans(model.engine).cache_clear()
        return model.assess_frame(lazy, as_of=screening.AS_OF)

    def again() -> object:
        return model.assess_frame(lazy, as_of=screening.AS_OF)

    def one_row() -> object:
        return model.assess_frame(small, as_of=screening.AS_OF)

    pairs = [(cpu(first), cpu(again), cpu(one_row)) for _ in range(10 * rounds)]
    made, used, whole = (statistics.median(side) * 1e3 for side in zip(*pairs, strict=True))
    print(
        f"the plan: {made:.1f} ms to make, {used:.2f} ms to use again, ratio {made / used:.0f}; one row {whole:.1f} ms"
    )
    table = make_table(200_000)
    cached = model.assess_frame(table, as_of=screening.AS_OF, details=True)
    polars_plans(model.engine).cache_clear()
    assert cached.equals(model.assess_frame(table, as_of=screening.AS_OF, details=True))
    print("equal on 200,000 rows to a plan made anew")


def duckdb(model: bm.BarrierModel, rows: int, rounds: int) -> None:
    import duckdb as engine

    base = engine.connect()
    base.register("made", make_table(rows).with_row_index("k").to_arrow())
    base.execute("CREATE TABLE rows AS SELECT * FROM made")
    made = model.assess_frame(base.table("rows"), as_of=screening.AS_OF)
    ours = made.select(", ".join(["k", *RULES]))
    plain = base.sql(f"SELECT k, {hand.sql_rules()} FROM rows")
    checked = base.sql(f"SELECT k, {hand.sql_rules()} FROM {hand.sql_checked('rows')}")
    for other in (plain, checked):
        check(ours.pl().sort("k"), other.pl().sort("k"))
    print(f"duckdb {engine.__version__}")
    compare("20 rules", ours.to_arrow_table, plain.to_arrow_table, rows, rounds)
    compare("20 rules, against SQL that checks values too", ours.to_arrow_table, checked.to_arrow_table, rows, rounds)


def dask_frame(rows: int, parts: int) -> Any:
    import dask.dataframe as dd
    import pandas as pd

    return dd.from_pandas(make_table(rows).to_arrow().to_pandas(types_mapper=pd.ArrowDtype), npartitions=parts)


def dask(model: bm.BarrierModel, rows: int, rounds: int) -> None:
    import dask as engine

    frame = dask_frame(rows, 4).persist()
    ours, theirs = model.assess_frame(frame, as_of=screening.AS_OF)[RULES], hand.dask_rules(frame)
    check(pl.from_pandas(ours.compute()), pl.from_pandas(theirs.compute()))
    print(f"dask {engine.__version__}, four partitions, two threads")
    compare("20 rules", ours.compute, theirs.compute, rows, rounds)


def spark_session(cores: int) -> Any:
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder.master(f"local[{cores}]").config(map=settings)
    builder = builder.config("spark.sql.codegen.hugeMethodLimit", "8000")  # as Spark's own documentation advises
    session = builder.config("spark.driver.memory", "4g").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def pyspark(model: bm.BarrierModel, rows: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        make_table(rows).with_row_index("k").cast({"k": pl.Int64}).write_parquet(
            f"{folder}/rows.parquet", row_group_size=100_000
        )
        session = spark_session(2)
        frame = session.read.parquet(f"{folder}/rows.parquet").cache()
        frame.count()
        ours = model.assess_frame(frame, as_of=screening.AS_OF).select("k", *RULES)
        theirs = frame.select("k", *hand.spark_rules())
        check(pl.from_arrow(ours.toArrow()).sort("k"), pl.from_arrow(theirs.toArrow()).sort("k"))
        print(f"pyspark {session.version}, local[2]")
        compare("20 rules", lambda: noop(ours), lambda: noop(theirs), rows, rounds)
        session.stop()


def noop(frame: Any) -> None:
    """Compute every column of every row, and keep none."""
    frame.write.format("noop").mode("overwrite").save()


# How it grows -----------------------------------------------------------------------------------------


def write_rows(path: Path, rows: int) -> None:
    """A Parquet file of any size, of a million rows at a time."""
    import pyarrow.parquet as pq

    first = make_table(min(rows, 1_000_000)).to_arrow()
    with pq.ParquetWriter(path, first.schema) as writer:
        for start in range(0, rows, 1_000_000):
            writer.write_table(first.slice(0, min(rows - start, 1_000_000)), row_group_size=250_000)


def flat(model: bm.BarrierModel, rows: int, rounds: int) -> None:
    """The cost of a row in small and large files; the plan is made beforehand, a result of one row is collected."""
    import duckdb as engine

    with tempfile.TemporaryDirectory() as folder:
        for size in (100_000, 1_000_000, rows):
            path = Path(folder) / f"{size}.parquet"
            write_rows(path, size)
            decided = pl.col("advice__decided")
            lazy = model.assess_frame(pl.scan_parquet(path), as_of=screening.AS_OF).select(
                decided.sum(), pl.col(RULES).sum()
            )
            relation = model.assess_frame(engine.connect().read_parquet(str(path)), as_of=screening.AS_OF)
            sums = relation.aggregate(", ".join(f"sum({name}::INT)" for name in ["advice__decided", *RULES]))
            for name, work in (("polars", lambda q=lazy: q.collect(engine="streaming")), ("duckdb", sums.fetchall)):
                work()
                seconds = statistics.median(timed(work) for _ in range(rounds if size < rows else 1))
                print(f"{name}, {size:>10} rows {seconds / size * 1e9:7.0f} ns a row", flush=True)
            path.unlink()


def workers(model: bm.BarrierModel, rows: int, rounds: int) -> None:
    """Two workers against one, on Dask (threads and processes) and PySpark."""
    frame = dask_frame(rows, 8)
    found = model.assess_frame(frame, as_of=screening.AS_OF)[RULES].map_partitions(lambda part: part.sum().to_frame().T)
    for scheduler in ("threads", "processes"):
        one, two = (
            [timed(lambda n=n, s=scheduler: found.compute(scheduler=s, num_workers=n)) for _ in range(rounds)]
            for n in (1, 2)
        )
        print(
            f"dask, {scheduler}: two workers take {statistics.median(two) / statistics.median(one):.2f} of the time of one",
            flush=True,
        )
    command = [sys.executable, __file__, "spark-worker", "--rows", str(rows), "--rounds", str(rounds)]
    seconds = [
        float(
            subprocess.run([*command, "--cores", str(n)], capture_output=True, text=True, check=True).stdout.split()[-1]
        )
        for n in (1, 2)
    ]
    print(f"pyspark: local[2] takes {seconds[1] / seconds[0]:.2f} of the time of local[1]")


def spark_worker(model: bm.BarrierModel, rows: int, rounds: int, cores: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        make_table(rows).write_parquet(f"{folder}/rows.parquet", row_group_size=100_000)
        session = spark_session(cores)
        frame = session.read.parquet(f"{folder}/rows.parquet").repartition(8).cache()
        frame.count()
        found = model.assess_frame(frame, as_of=screening.AS_OF).select(*RULES)
        noop(found)
        print(statistics.median(timed(lambda: noop(found)) for _ in range(rounds)))
        session.stop()


PARTS: dict[str, Callable[[bm.BarrierModel, int, int], None]] = {
    "polars": polars, "plan": plan, "duckdb": duckdb, "dask": dask, "pyspark": pyspark, "flat": flat, "workers": workers,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", choices=[*PARTS, "spark-worker"])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cores", type=int, default=2)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    with the_model() as model:
        if arguments.parts == ["spark-worker"]:
            return spark_worker(model, arguments.rows, arguments.rounds, arguments.cores)
        print(f"{arguments.rows} rows, CPython {sys.version.split()[0]}")
        for part in arguments.parts or ["polars", "plan", "duckdb", "dask", "pyspark"]:
            PARTS[part](model, arguments.rows, arguments.rounds)


if __name__ == "__main__":
    main()
