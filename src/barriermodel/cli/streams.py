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
    """A table that the user named, as a file with the suffix of its format; a stream is copied to one first.

    The format of a stream is that of its suffix, or else is recognised by its first bytes: Parquet, a workbook,
    JSON Lines, or CSV.
    """
    with kept(path) as found:
        if found is path:
            yield path
            return
        named = found.with_name(f"table{_suffix_of(found)}")
        found.rename(named)
        try:
            yield named
        except InputError as error:  # the user named it otherwise
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
    if start.startswith(b"PK"):
        return ".ods" if b"opendocument.spreadsheet" in start else ".xlsx"
    return ".jsonl" if start.startswith(b"{") else ".csv"


@contextmanager
def table_out(path: Path, like: Path) -> Iterator[Path]:
    """Where to write the table that the user wants at a path; for standard output, a file that is printed at the end.

    Args:
        like: what is printed has the format of this table, or is CSV if this is a workbook or a folder.

    """
    if not is_stdout(path):
        yield path
        return
    from barriermodel.batch.writers import OUTPUT_SUFFIXES, SHEETS

    suffix = like.suffix.lower()
    suffix = suffix if suffix in OUTPUT_SUFFIXES and suffix != SHEETS else ".csv"
    with tempfile.TemporaryDirectory(prefix="barriermodel-") as folder:
        file = Path(folder, f"output{suffix}")
        yield file
        copy_to_output(file)
