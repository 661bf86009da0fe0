"""What the tests of batch share: a model, tables of it, and running the command."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import screening

from barriermodel import BarrierModel
from barriermodel.batch.job import BatchJob
from barriermodel.batch.run import run
from barriermodel.batch.summary import Summary
from barriermodel.tables.rows import row_of

AS_OF = screening.AS_OF
SUFFIXES = ("parquet", "csv", "jsonl")


def table_of(model: BarrierModel, dossiers: list[Any]) -> pl.DataFrame:
    """The dossiers as a table, with columns of the user before and after the facts."""
    rows = [row_of(model.engine, dossier) for dossier in dossiers]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    names = [f'0{n} "x", é;\n' if n % 3 else f"{n}" for n in range(len(rows))]
    return frame.insert_column(0, pl.Series("k", names)).with_columns(region=pl.lit("Ergens"))


def write(frame: pl.DataFrame, path: Path) -> Path:
    """A table as a file, written by Polars itself."""
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    elif path.suffix == ".csv":
        frame.write_csv(path)
    else:
        frame.write_ndjson(path)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of an output as text, so that formats can be compared."""
    if path.suffix == ".parquet":
        rows = pl.read_parquet(path).to_dicts()
    elif path.suffix == ".csv":
        rows = pl.read_csv(path, infer_schema=False).to_dicts()
    else:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{name: _text(value) for name, value in row.items()} for row in rows]


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def batch(model: BarrierModel, source: Path, output: Path, **options: Any) -> Summary:
    """Assess a table in a file."""
    return run(model, BatchJob(source=source, output=output, profile="screening", **({"as_of": AS_OF} | options)))
