"""A folder of dossiers as a table: a row for each, with its evidence selected and its derived facts computed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import polars as pl

from barriermodel import UNKNOWN, BarrierModel, Dossier, DossierError, InputError, load_dossier
from barriermodel.analysis.columns import row_of, row_schema
from barriermodel.analysis.expressions import describe_error
from barriermodel.analysis.files import leads_outside, read_inside, reason
from barriermodel.analysis.reading import DOSSIER, read_dossier
from barriermodel.plugin import Problem

from .chunks import Source
from .convert import dtype_of
from .rejects import Reject, Rejects

CHUNK_DOSSIERS = 200
"""Dossiers that are read and assessed at once: few, since they take long, and signals are handled between chunks."""
_NAME_COLUMNS = ("dossier", "provider__name", "award__id", "award__title")


def open_folder(path: Path, model: BarrierModel, as_of: date | None) -> Source:
    """A folder of dossiers: JSON files, and folders with a ``dossier.toml``; sorted by path.

    A dossier that cannot be read, or a folder on the way to one, is rejected, and the others are read.

    Args:
        as_of: assess on this date instead of the dossier's.

    Raises:
        InputError: the folder has no dossiers.

    """
    where = str(path)
    rejected: list[Reject] = []
    paths = sorted(_dossiers(path, rejected), key=lambda found: found.relative_to(path).as_posix())
    if not paths and not rejected:
        message = "there are no dossiers in this folder: no JSON files, and no folders with a dossier.toml"
        raise InputError.one(where, message)
    row_format = row_schema(model.resolved)
    types = {**dict.fromkeys(_NAME_COLUMNS, str), **row_format.types}
    schema = {name: dtype_of(kind) for name, kind in types.items()}

    def row(found: Path, name: str) -> dict[str, Any]:
        dossier = _load(found, path, model)
        if as_of is not None:
            dossier = attrs.evolve(dossier, as_of=as_of)
        return {**_names(name, dossier), **row_of(model.engine, dossier, row_format, as_stated=True)}

    def chunks(rejects: Rejects) -> Iterator[pl.DataFrame]:
        for reject in rejected:
            rejects.add(reject)
        rows = _rows(path, paths, row, rejects)
        while part := list(islice(rows, CHUNK_DOSSIERS)):
            yield pl.DataFrame(part, schema=schema)

    return Source(where, schema, chunks, lambda: len(paths))


def _dossiers(path: Path, rejected: list[Reject]) -> Iterator[Path]:
    """Every dossier in a folder, at any depth; hidden files are skipped, and links to folders not followed."""
    folders = [path]
    while folders:  # not recursive: folders can be nested deeper than Python can recurse
        folder = folders.pop()
        if os.path.lexists(folder / DOSSIER):
            yield folder  # its files are documents, not dossiers
            continue
        try:
            with os.scandir(folder) as entries:
                found = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            rejected.append(_reject(folder, path, f"the folder cannot be read: {reason(error)}"))
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            elif os.path.lexists(Path(entry.path, DOSSIER)):  # a link to a dossier
                yield Path(entry.path)
            elif os.path.isdir(entry.path):
                if leads_outside(entry.path, path):  # a link that stays inside leads to what is found anyway
                    elsewhere = "it is a link to a folder elsewhere; name that one"
                    rejected.append(_reject(Path(entry.path), path, elsewhere))
            elif entry.name.lower().endswith(".json"):
                yield Path(entry.path)


def _reject(folder: Path, root: Path, why: str) -> Reject:
    return Reject(_relative(folder, root), [Problem("", why)])


def _load(found: Path, root: Path, model: BarrierModel) -> Dossier:
    """A dossier in a folder that somebody else filled: only ordinary files inside it are opened."""
    if not os.path.isdir(found):
        return read_dossier(read_inside(found, root, str(found)), model.registry, str(found))
    if leads_outside(found, root):
        message = "it is a link that leads outside the folder; put the dossier itself there, or name it on its own"
        raise DossierError.one(str(found), message)
    return load_dossier(found, model.registry)


def _rows(
    path: Path, paths: Iterable[Path], row: Callable[[Path, str], dict[str, Any]], rejects: Rejects
) -> Iterator[dict[str, Any]]:
    for found in paths:
        name = _relative(found, path)
        try:
            yield row(found, name)
        except InputError as error:
            rejects.add(Reject(name, error.problems))
        except Exception as error:  # a bug, or out of memory: it costs this dossier, not the others
            rejects.add(Reject(name, [Problem("", f"reading it failed unexpectedly: {describe_error(error)}")]))


def _relative(path: Path, root: Path) -> str:
    """A path as text in a table; bytes of a name that are not UTF-8 are escaped."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def _names(name: str, dossier: Dossier) -> dict[str, Any]:
    known = (dossier.provider.name, dossier.award.id, dossier.award.title)
    return dict(zip(_NAME_COLUMNS, (name, *(None if value is UNKNOWN else value for value in known)), strict=True))
