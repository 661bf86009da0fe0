"""The command line: ``barriermodel``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; says what to install where its library is missing."""
    try:
        from .commands import run
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.exit("barriermodel: the command line needs click; install it with: pip install 'barriermodel[cli]'")
    sys.exit(run())


__all__ = ["main"]
