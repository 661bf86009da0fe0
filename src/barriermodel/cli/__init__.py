"""The command line: ``barriermodel``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line, and end the process; says what to install where its library is missing."""
    try:
        from .commands import run
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        message = "barriermodel: the command line needs click; install it with: pip install 'barriermodel[cli]'"
        print(message, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(run())


__all__ = ["main"]
