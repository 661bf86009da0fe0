"""What this package needs beside the library itself."""

from __future__ import annotations

from importlib import import_module

from barriermodel import BarrierModelError

EXTRA = ("narwhals", "polars", "pyarrow")


def check_extra() -> None:
    """Raise ``BarrierModelError`` where the extra is not installed; says how to install it."""
    for name in EXTRA:
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            message = "batch needs polars and pyarrow; install them with: pip install 'barriermodel[batch]'"
            raise BarrierModelError(message) from None
