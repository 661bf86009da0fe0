"""What this package needs beside the library itself."""

from __future__ import annotations

from importlib import import_module

from barriermodel import BarrierModelError


def check_extra(*names: str) -> None:
    """Raise ``BarrierModelError`` where one of these packages is not installed; says how to install it."""
    for name in names:
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            message = f"calibration needs {name}; install it with: pip install 'barriermodel[calibration]'"
            raise BarrierModelError(message) from None
