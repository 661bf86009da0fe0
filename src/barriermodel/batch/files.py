"""Which files may be written."""

from __future__ import annotations

import os
from pathlib import Path

from barriermodel import InputError
from barriermodel.analysis.files import is_same

from .rejects import are_rejects

OUTPUTS = (".parquet", ".csv", ".jsonl", ".ndjson")


def check_paths(source: Path, output: Path, rejects: Path, others: dict[str, Path | None]) -> None:
    """Raise ``InputError`` where what is written would take the place of what is read, or of something else.

    Args:
        others: further files that are read, by what they are.

    """
    if output.suffix.lower() not in OUTPUTS:
        message = f"the output is written as its name ends: in {', '.join(OUTPUTS[:-1])}; got {output.suffix!r}"
        raise InputError.one(str(output), message)
    for path, what in ((output, "the output"), (rejects, "the file for rejects")):
        if os.path.exists(path) and not os.path.isfile(path):
            raise InputError.one(str(path), f"{what} is no ordinary file; name another")
        if not os.path.isdir(os.path.dirname(os.path.realpath(path))):
            raise InputError.one(str(path), "there is no such folder")
        for other, read in ((source, "the input"), *((other, read) for read, other in others.items())):
            if other is not None and is_same(path, other):
                raise InputError.one(str(path), f"this is {read} itself; name another file for {what}")
    if is_same(output, rejects):
        raise InputError.one(str(output), "the output and the file for rejects are one file; name two")
    if os.path.exists(rejects) and not are_rejects(rejects):
        message = "the file for rejects exists and holds something else; it is not replaced, so name another"
        raise InputError.one(str(rejects), message)
