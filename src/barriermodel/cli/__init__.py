"""The command line: ``barriermodel``."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

from barriermodel.extras import MissingExtraError, require


def main() -> None:
    """Run the command line and end the process. Without click, say how to install it."""
    try:
        require("cli", "the command line needs {}", "click")
        from .commands import run
    except MissingExtraError as error:
        print(f"barriermodel: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    status = run()
    if status and "polars" in sys.modules:
        _leave(status)
    sys.exit(status)


def _leave(status: int) -> NoReturn:
    """End at once: threads of Polars may still be reading a table, and would crash while Python shuts down."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status)


__all__ = ["main"]
