"""The figures of two decision records: the canonical form (docs/decisions/0002) and words on Polars (0004)."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "bewijs-ontbreekt"


def seconds(work: Callable[[], Any], rounds: int) -> float:
    """Processor time, the median of some rounds."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return statistics.median(found)


def canonical() -> None:
    import rfc8785

    from barriermodel import BarrierModel, load_dossier
    from barriermodel.canonical import canonical

    data = json.loads(BarrierModel.load("twente-2019").assess(load_dossier(EXAMPLE)).to_json())
    assert canonical(data) == rfc8785.dumps(data)
    print(f"{len(canonical(data)):,} bytes")
    for name, encode in (("canonical()", canonical), ("the rfc8785 package", rfc8785.dumps)):
        print(f"{name}: {seconds(lambda encode=encode: encode(data), 30) * 1e3:.2f} ms")


def enum() -> None:
    import polars as pl

    rows, words = 2_000_000, ["green", "orange", "red", "exclude"]
    table = pl.DataFrame({"level": pl.arange(rows, eager=True) % 4})
    for name, kind in (("enumeration", pl.Enum(words)), ("text", pl.String)):
        column = pl.lit(words[0], dtype=kind)
        for number, word in enumerate(words[1:], 1):
            column = pl.when(pl.col("level") == number).then(pl.lit(word, dtype=kind)).otherwise(column)
        print(f"{name}: {seconds(lambda column=column: table.select(column), 9) / rows * 1e9:.1f} ns a row")


if __name__ == "__main__":
    for name in sys.argv[1:] or ["canonical", "enum"]:
        {"canonical": canonical, "enum": enum}[name]()
