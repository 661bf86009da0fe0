"""Processes that tests start and send signals to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

HEARING = """
import os, signal, sys
for name in ("SIGINT", "SIGTERM", "SIGHUP"):
    if hasattr(signal, name):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


@contextmanager
def started(arguments: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process that hears signals, whatever started the tests ignores (``nohup``, ``&``); it outlives no test."""
    with subprocess.Popen([sys.executable, "-c", HEARING, *arguments], **options) as process:
        try:
            yield process
        finally:
            process.kill()
