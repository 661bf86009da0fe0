"""A folder of dossiers as a table: a row for each, with its evidence selected and its derived facts derived."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from barriermodel import UNKNOWN, BarrierModel, Dossier, InputError, load_dossier
from barriermodel.frames.rows import layout_of, row_of

from .chunks import Source
from .convert import dtype_of
from .rejects import Reject, Rejects

ROWS = 500
NAMES = ("dossier", "provider__name", "award__id", "award__title")


def open_folder(path: Path, model: BarrierModel, as_of: date | None) -> Source:
    """A folder of dossiers: JSON files, and folders with a ``dossier.toml``; sorted by path.

    Args:
        as_of: assess on this date instead of the dossier's.

    Raises:
        InputError: there are no dossiers in it.

    """
    where = str(path)
    paths = sorted(_dossiers(path), key=lambda found: found.relative_to(path).as_posix())
    if not paths:
        message = "there are no dossiers in this folder: no JSON files, and no folders with a dossier.toml"
        raise InputError.one(where, message)
    layout = layout_of(model.plan)
    types = {**dict.fromkeys(NAMES, str), **layout.types}
    schema = {name: dtype_of(kind) for name, kind in types.items()}

    def row(found: Path, name: str) -> dict[str, Any]:
        dossier = load_dossier(found, model.registry)
        if as_of is not None:
            dossier = attrs.evolve(dossier, as_of=as_of)
        return {**_names(name, dossier), **row_of(model.engine, dossier, layout, as_stated=True)}

    def chunks(rejects: Rejects) -> Iterator[pl.DataFrame]:
        rows = _rows(path, paths, row, rejects)
        while part := list(islice(rows, ROWS)):
            yield pl.DataFrame(part, schema=schema)

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


def _rows(
    path: Path, paths: Iterable[Path], row: Callable[[Path, str], dict[str, Any]], rejects: Rejects
) -> Iterator[dict[str, Any]]:
    for found in paths:
        name = found.relative_to(path).as_posix()
        try:
            yield row(found, name)
        except InputError as error:
            rejects.add(Reject(name, error.problems))


def _names(name: str, dossier: Dossier) -> dict[str, Any]:
    known = (dossier.provider.name, dossier.award.id, dossier.award.title)
    return dict(zip(NAMES, (name, *(None if value is UNKNOWN else value for value in known)), strict=True))
