"""Makes a portfolio of a table of any engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from ..engine.evaluate import Engine
from ..profiles.resolved import ResolvedProfile
from ..tables.assess import assess_with_lacks, open_native, warn_of
from ..tables.columns import AS_OF, INTERNAL, profile_columns
from ..tables.lacks import Lack
from ..tables.table import open_table
from .open_rules import OpenRules
from .portfolio import Portfolio
from .rows import make_rows, may_be_key
from .words import RowWords


def make_portfolio(engine: Engine, native: Any, as_of: date | None) -> Portfolio:
    """Assess a table as a portfolio.

    Raises:
        InputError: a column is unknown or of a wrong type, or the profile has no limit for the date.

    """
    table = _as_polars(engine, native, as_of)
    frame, lacks = assess_with_lacks(engine, table, as_of, details=False)
    warn_of(open_table(engine.resolved, nw.from_native(table), as_of))
    return portfolio_of(engine.resolved, frame, lacks, as_of)


def portfolio_of(
    resolved: ResolvedProfile, frame: pl.DataFrame, lacks: Sequence[Lack], as_of: date | None
) -> Portfolio:
    """Make a portfolio of a table that is assessed already, as :func:`assess_with_lacks` gives it."""
    rows = make_rows(OpenRules(resolved, lacks, frame))
    kept = [name for name in frame.columns if name.startswith(INTERNAL) or name == AS_OF]
    return Portfolio(resolved, as_of, rows, RowWords(resolved, frame.select(kept), as_of))


def _as_polars(engine: Engine, native: Any, as_of: date | None) -> pl.DataFrame:
    """A table of any engine in Polars, whose nulls mean unknown; lazy ones are collected."""
    if nw.dependencies.is_dask_dataframe(native):
        native = native.compute()
    also = _columns_to_keep(engine, native) if nw.dependencies.is_pandas_dataframe(native) else []
    frame: nw.DataFrame[Any] | nw.LazyFrame[Any] = open_native(engine, native, as_of, also).frame
    return (frame.collect("polars") if isinstance(frame, nw.LazyFrame) else frame).to_polars()


def _columns_to_keep(engine: Engine, native: Any) -> list[str]:
    """The columns of a pandas frame that a portfolio reads and rules may not: facts and what a row is known by."""
    known = profile_columns(engine.resolved).fields
    return [name for name in native.columns if name in known or (isinstance(name, str) and may_be_key(name))]
