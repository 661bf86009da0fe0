"""The law that tables and dossiers give the same advice."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Any

from barriermodel.analysis.columns import row_of, row_schema
from barriermodel.analysis.facts import FIRST_DATE, LAST_DATE, PLACEHOLDER_DATES
from barriermodel.extras import how_to_install
from barriermodel.plugin import Dossier, Money

from ..barrier_under_test import BarrierUnderTest
from ..outcomes import as_columns, dossier_differences
from .changes import applied, changes, small

DAY = timedelta(days=1)


def frame_equals_dossier(subject: BarrierUnderTest) -> None:
    """A row of a table is assessed exactly as the dossier that it was made from."""
    engine = next((name for name in ("polars", "pyarrow") if find_spec(name)), None)
    if engine is None or not find_spec("narwhals"):
        import pytest

        pytest.skip(how_to_install("batch", "Tables need narwhals and Polars or PyArrow", "them"))
    found = [*small(subject, len(subject.cases.scenarios) or 1), *_with_no_days(subject)]

    def keep(dossier: Dossier) -> None:
        found.append(dossier)

    subject.for_all(keep)
    wrong: list[tuple[int, str, str, Dossier]] = []
    for dossier, row in zip(found, _assessed(subject, found, engine), strict=True):
        wanted = as_columns(subject.model.assess(dossier))
        for id, reason in _differences(subject, wanted, row):
            wrong.append((len(dossier_differences(subject.clear, dossier)), id, reason, dossier))
            break
    if wrong:
        _, id, reason, dossier = min(wrong, key=lambda one: one[0])
        raise subject.broken(id, reason, dossier)


def _with_no_days(subject: BarrierUnderTest) -> Iterator[Dossier]:
    """The clear dossier with each of its dates implausible in turn."""
    as_of = subject.clear.as_of
    days = (*PLACEHOLDER_DATES, FIRST_DATE - DAY, FIRST_DATE, LAST_DATE, LAST_DATE + DAY, as_of, as_of + DAY)
    for change in changes(subject.holders, lambda field: days if field.plausible and not field.many else ()):
        yield applied([change], subject.clear)


def _assessed(subject: BarrierUnderTest, dossiers: Sequence[Dossier], engine: str) -> list[dict[str, Any]]:
    """The rows of one table of all dossiers, assessed."""
    from barriermodel import TableWarning

    # leave out the columns of derived facts that a table can compute, so that it computes them
    layout = row_schema(subject.model.resolved, without_computed=True)
    rows = [row_of(subject.model.engine, dossier, layout, as_stated=True) for dossier in dossiers]
    frame = (_polars if engine == "polars" else _arrow)(rows, layout.types)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TableWarning)
        found = subject.model.assess_frame(frame, details=True)
    assessed: list[dict[str, Any]] = found.to_dicts() if engine == "polars" else found.to_pylist()
    return assessed


def _polars(rows: list[dict[str, Any]], types: dict[str, type]) -> Any:
    import polars as pl

    known = {bool: pl.Boolean, int: pl.Int64, float: pl.Float64, Money: pl.Float64, date: pl.Date}
    return pl.DataFrame(rows, schema={name: known.get(kind, pl.String) for name, kind in types.items()})


def _arrow(rows: list[dict[str, Any]], types: dict[str, type]) -> Any:
    import pyarrow as pa

    known = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), Money: pa.float64(), date: pa.date32()}
    return pa.Table.from_pylist(rows, schema=pa.schema({n: known.get(kind, pa.string()) for n, kind in types.items()}))


def _differences(subject: BarrierUnderTest, wanted: dict[str, Any], row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What differs: its id, and how; rules come before the barriers and stages that depend on them."""
    ids = {f"status__{rule.id.replace('.', '_')}": rule.id for rule in subject.barrier.rules.values()}
    for name in [*ids, *wanted]:
        if name in wanted and row[name] != wanted[name]:
            what = "it is" if name in ids else f"{name} is"
            yield ids.get(name, subject.id), f"{what} {wanted[name]}, but {row[name]} in a table"
