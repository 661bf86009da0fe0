"""Tables on every engine that is installed, and their rows again."""

from __future__ import annotations

import functools
import shutil
import warnings
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import attrs
import pytest

from barriermodel import BarrierModel
from barriermodel.plugin import Dossier, Money
from barriermodel.tables.rows import row_of, row_schema
from barriermodel.testing.outcomes import as_columns

pa = pytest.importorskip("pyarrow")

TYPES = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), Money: pa.float64(), date: pa.date32()}


def arrow(model: Any, dossiers: list[Dossier], *, bare: bool = False) -> Any:
    """The dossiers as an Arrow table, with a key; bare, without the derived facts that a table computes itself."""
    layout = row_schema(model.resolved, without_computed=bare)
    rows = [{"k": n, **row_of(model.engine, dossier, layout)} for n, dossier in enumerate(dossiers)]
    fields = [(name, TYPES.get(kind, pa.string())) for name, kind in layout.types.items()]
    return pa.Table.from_pylist(rows, schema=pa.schema([("k", pa.int64()), *fields]))


@functools.cache
def spark() -> Any:
    """A local cluster of one thread, whose Java compiles quickly rather than well: it is gone in half a minute."""
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("PySpark needs Java, which is not installed here")
    settings = {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.codegen.hugeMethodLimit": "8000",
    }  # fmt: skip
    session = sql.SparkSession.builder.master("local[1]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def _polars(table: Any) -> Any:
    return pytest.importorskip("polars").from_arrow(table)


def _pandas(table: Any) -> Any:
    pytest.importorskip("pandas")
    return table.to_pandas()


def _pandas_arrow(table: Any) -> Any:
    pandas = pytest.importorskip("pandas")
    return table.to_pandas(types_mapper=pandas.ArrowDtype)


def _duckdb(table: Any) -> Any:
    connection = pytest.importorskip("duckdb").connect()
    connection.register("rows", table)
    return connection.table("rows")


def _dask(table: Any) -> Any:
    dask = pytest.importorskip("dask.dataframe")
    return dask.from_pandas(_pandas_arrow(table), npartitions=2)


ENGINES: dict[str, Callable[[Any], Any]] = {
    "polars": _polars, "polars_lazy": lambda table: _polars(table).lazy(), "pyarrow": lambda table: table,
    "pandas": _pandas, "pandas_arrow": _pandas_arrow, "duckdb": _duckdb, "dask": _dask,
    "pyspark": lambda table: spark().createDataFrame(table),
}  # fmt: skip


def by_day(names: Collection[str]) -> list[Any]:
    """All engines, of which those that are not named have their turn at night."""
    marks = {name: [] if name in names else [pytest.mark.nightly] for name in ENGINES}
    for name in ENGINES.keys() - {"polars", "polars_lazy", "pyarrow"}:
        marks[name].append(pytest.mark.engines)
    return [pytest.param(name, marks=marks[name]) for name in ENGINES]


ALL_BUT_SPARK = by_day(ENGINES.keys() - {"pyspark"})
"""For tests that show most of an engine. PySpark needs ten seconds to start and to plan, which it has at night."""
FEW = by_day({"polars", "duckdb"})
"""For what is the same on every engine once the rules are, such as counting: one in this process, and a database."""
QUICK = by_day(ENGINES.keys() - {"dask", "pyspark"})
"""For all others: an engine that takes seconds for a row has its turn at night."""


def rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame of any engine, in the order of their keys; a lazy frame of Polars is streamed too."""
    if type(frame).__name__ == "LazyFrame":
        streamed, whole = (rows(frame.collect(engine=engine)) for engine in ("streaming", "in-memory"))
        assert repr(streamed) == repr(whole)  # NaN is not equal to itself
        return whole
    for method in ("collect", "compute"):
        if type(frame).__module__.startswith(("polars", "dask")) and hasattr(frame, method):
            return rows(getattr(frame, method)())
    for method in ("toArrow", "to_arrow_table", "to_arrow"):
        if hasattr(frame, method):
            return rows(getattr(frame, method)())
    if not isinstance(frame, pa.Table):
        frame = pa.Table.from_pandas(frame)
    found: list[dict[str, Any]] = frame.sort_by("k").to_pylist()
    return found


@attrs.frozen
class Portfolio:
    """Dossiers as a table, and the columns in which `assess` says what it finds in each."""

    model: BarrierModel
    table: Any
    wanted: list[dict[str, Any]]

    @classmethod
    def of(cls, model: BarrierModel, found: list[Dossier]) -> Portfolio:
        """The dossiers, each assessed by itself."""
        return cls(model, arrow(model, found), [as_columns(model.assess(dossier)) for dossier in found])

    def check(self, engine: str, **options: Any) -> None:
        """A table of this engine gives the same, and neither errors nor warnings."""
        table = ENGINES[engine](self.table)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = rows(self.model.assess_frame(table, details=True, **options))

        assert len(found) == len(self.wanted)
        for wanted, row in zip(self.wanted, found, strict=True):
            assert {name: row[name] for name in wanted} == wanted
            assert (row["advice__error"], row["advice__freshness_not_checked"]) == (None, None)
