"""A table comes back as the type that it was given as, for mypy and pyright alike."""

from __future__ import annotations

from datetime import date
from typing import assert_type

import duckdb
import polars as pl

from barriermodel import BarrierModel


def every_frame(
    model: BarrierModel, eager: pl.DataFrame, lazy: pl.LazyFrame, relation: duckdb.DuckDBPyRelation
) -> None:
    assert_type(model.assess_frame(eager), pl.DataFrame)
    assert_type(model.assess_frame(lazy, as_of=date(2026, 1, 15)), pl.LazyFrame)
    assert_type(model.assess_frame(relation, details=True), duckdb.DuckDBPyRelation)


def not_a_frame(model: BarrierModel) -> None:
    model.assess_frame("table.csv")  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
