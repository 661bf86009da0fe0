"""A folder of dossiers as a table: a row for each, with its evidence selected and its derived facts derived."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from barriermodel import UNKNOWN, BarrierModel, InputError, Problem, load_dossier
from barriermodel.frames.rows import row_of

from .chunks import Source
from .convert import dtype_of
from .known import types_known
from .rejects import Reject, Rejects

ROWS = 500
NAMES = ("dossier", "provider_name", "award_id")


def open_folder(path: Path, model: BarrierModel, as_of: date | None) -> Source:
    """A folder of dossiers: JSON files, and folders with a ``dossier.toml``; sorted by path.

    Args:
        as_of: assess on this date instead of the dossier's.

    Raises:
        InputError: there are no dossiers in it, or none of them can be read.

    """
    where = str(path)
    paths = sorted(_dossiers(path), key=lambda found: found.relative_to(path).as_posix())
    if not paths:
        message = "there are no dossiers in this folder: no JSON files, and no folders with a dossier.toml"
        raise InputError.one(where, message)
    schema = _schema(path, paths, model, as_of)

    def chunks(rejects: Rejects) -> Iterator[pl.DataFrame]:
        rows = _rows(path, paths, model, as_of, rejects)
        while part := list(islice(rows, ROWS)):
            yield pl.DataFrame([{name: row.get(name) for name in schema} for row in part], schema=schema)

    return Source(where, schema, chunks, lambda: len(paths))


def _dossiers(path: Path) -> Iterator[Path]:
    if (path / "dossier.toml").is_file():
        yield path
        return
    for folder, inner, files in os.walk(path):
        inner[:] = [name for name in inner if not name.startswith(".")]
        for name in list(inner):
            if (Path(folder) / name / "dossier.toml").is_file():
                inner.remove(name)  # its files are documents, not dossiers
                yield Path(folder) / name
        yield from (
            Path(folder) / name for name in files if name.lower().endswith(".json") and not name.startswith(".")
        )


def _schema(path: Path, paths: list[Path], model: BarrierModel, as_of: date | None) -> dict[str, pl.DataType]:
    """The columns of the first dossier that can be read: all dossiers give the same."""
    rejects = Rejects()
    first = next(_rows(path, paths, model, as_of, rejects), None)
    if first is None:
        rejects.check(str(path))
        raise InputError.one(str(path), "none of its dossiers can be read")
    types = types_known(model.plan)
    return {name: dtype_of(types.get(name, str)) for name in first}


def _rows(
    path: Path, paths: list[Path], model: BarrierModel, as_of: date | None, rejects: Rejects
) -> Iterator[dict[str, Any]]:
    for found in paths:
        name = found.relative_to(path).as_posix()
        try:
            yield _row(found, name, model, as_of)
        except InputError as error:
            rejects.add(Reject(name, error.problems or [Problem("", str(error))]))


def _row(found: Path, name: str, model: BarrierModel, as_of: date | None) -> dict[str, Any]:
    dossier = load_dossier(found, model.registry)
    if as_of is not None:
        dossier = attrs.evolve(dossier, as_of=as_of)
    known = (dossier.provider.name, dossier.award.id)
    named = [name, *(None if value is UNKNOWN else value for value in known)]
    return {**dict(zip(NAMES, named, strict=True)), **row_of(model.engine, dossier)}
