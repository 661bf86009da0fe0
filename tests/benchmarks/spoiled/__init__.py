"""One mistake in the engine, the oracle or the interpreter, put there for a run of pytest: see ``spoil_engine.py``.

``BARRIERMODEL_SPOIL="compiler: < became >" pytest -p spoiled ...`` with this folder on ``PYTHONPATH``. Names are replaced
before the modules that use them are imported, so nothing is written and nothing is left behind.
"""

from __future__ import annotations

import os
from typing import Any

from . import compiler, combining, selection, dates, interpreter  # noqa: F401  # isort: skip  # the table's order
from .mistakes import MUTANTS

spoiling = os.environ.get("BARRIERMODEL_SPOIL")
if spoiling:
    MUTANTS[spoiling][0]()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Tests outside classes first: they are quick, and a run ends at its first failure."""
    items.sort(key=lambda item: item.cls is not None)
