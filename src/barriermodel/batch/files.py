"""Files that appear whole or not at all, and which may be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO

import attrs

from barriermodel import BarrierModelError, InputError

from .rejects import are_rejects

OUTPUTS = (".parquet", ".csv", ".jsonl", ".ndjson")


@attrs.frozen
class Draft:
    """A file on its way to take the place of another."""

    path: Path
    draft: Path
    file: IO[bytes]

    def commit(self) -> None:
        """Let it take its place."""
        try:
            self.file.close()
            self.draft.replace(self.path.resolve())
        except OSError as error:
            raise _unwritable(self.path, error) from None


@contextmanager
def drafting(path: Path) -> Iterator[Draft]:
    """A file to write to, of which nothing is left unless it is committed.

    Raises:
        BarrierModelError: it cannot be written.

    """
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{token_hex(4)}")
    try:
        file = draft.open("xb")
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        yield Draft(path, draft, file)
    finally:
        with suppress(OSError):  # what cannot be written was told, and the draft goes
            file.close()
        draft.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> BarrierModelError:
    return BarrierModelError(f"{path} cannot be written: {error.strerror or error}")


def check_paths(source: Path, output: Path, rejects: Path, others: dict[str, Path | None]) -> None:
    """Raise ``InputError`` where what is written would take the place of what is read, or of something else.

    Args:
        others: further files that are read, by what they are.

    """
    if output.suffix.lower() not in OUTPUTS:
        message = f"the output is written as its name ends: in {', '.join(OUTPUTS[:-1])}; got {output.suffix!r}"
        raise InputError.one(str(output), message)
    for path, what in ((output, "the output"), (rejects, "the file for rejects")):
        if path.exists() and not path.is_file():
            raise InputError.one(str(path), f"{what} is no ordinary file; name another")
        if not path.resolve().parent.is_dir():
            raise InputError.one(str(path), "there is no such folder")
        for other, read in ((source, "the input"), *((other, read) for read, other in others.items())):
            if other is not None and _same(path, other):
                raise InputError.one(str(path), f"this is {read} itself; name another file for {what}")
    if _same(output, rejects):
        raise InputError.one(str(output), "the output and the file for rejects are one file; name two")
    if rejects.exists() and not are_rejects(rejects):
        message = "the file for rejects exists and holds something else; it is not replaced, so name another"
        raise InputError.one(str(rejects), message)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))
