"""Tables on standard input and output: a table is read more than once, and appears whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from barriermodel import InputError
from barriermodel.analysis.files import is_stdout, kept, open_ordinary
from barriermodel.plugin import Problem

from .output import copy_to_output


@contextmanager
def table_in(path: Path) -> Iterator[Path]:
    """A table that a person named, as a file whose name tells its form; a stream is kept in one first.

    The form of a stream whose name does not tell it is seen in its first bytes: Parquet, JSON Lines or else CSV.
    """
    with kept(path) as found:
        if found is path:
            yield path
            return
        named = found.with_name(f"table{_suffix_of(found)}")
        found.rename(named)
        try:
            yield named
        except InputError as error:  # which the person named otherwise
            names = str(named), str(path)
            problems = [Problem(p.path, p.message.replace(*names)) for p in error.problems]
            raise type(error)(error.where.replace(*names), problems) from None


def _suffix_of(path: Path) -> str:
    from barriermodel.batch.opening import FORMATS

    if path.suffix.lower() in FORMATS:
        return path.suffix.lower()
    with open_ordinary(path) as file:
        start = file.read(1_000).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"PAR1"):
        return ".parquet"
    return ".jsonl" if start.startswith(b"{") else ".csv"


@contextmanager
def table_out(path: Path, like: Path) -> Iterator[Path]:
    """Where to write a table that a person wants at a path: what goes to standard output is printed at the end.

    Args:
        like: what is printed has the form of this table, or CSV where it has none.

    """
    if not is_stdout(path):
        yield path
        return
    from barriermodel.batch.writers import OUTPUT_SUFFIXES

    suffix = like.suffix.lower() if like.suffix.lower() in OUTPUT_SUFFIXES else ".csv"
    with tempfile.TemporaryDirectory(prefix="barriermodel-") as folder:
        file = Path(folder, f"output{suffix}")
        yield file
        copy_to_output(file)
