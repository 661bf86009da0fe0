"""Imports a module in a process of its own, and prints as JSON what that loads and calls."""

from __future__ import annotations

import importlib
import json
import sys

import barriermodel
from barriermodel.testing.guard import package_of, watching

HEAVY = {
    "asyncio", "http", "multiprocessing", "socket", "sqlite3", "ssl", "subprocess", "tkinter", "unittest", "urllib",
}  # fmt: skip
"""Modules of Python itself that a rule does not need."""


def main(name: str) -> None:
    """Import a module, and print what comes of it."""
    for public in barriermodel.__all__:  # what the library loads on first use is not the plugin's doing
        getattr(barriermodel, public)
    before = set(sys.modules)
    package = name.partition(".")[0]
    with watching(lambda frame: package_of(frame) == package) as calls:
        importlib.import_module(name)
    new = {module.partition(".")[0] for module in set(sys.modules) - before} - {package}
    foreign = {n for n in new if n in HEAVY or (n not in sys.stdlib_module_names and not n.startswith("barriermodel"))}
    print(json.dumps({"loaded": sorted(foreign), "calls": calls}))


if __name__ == "__main__":
    main(sys.argv[1])
