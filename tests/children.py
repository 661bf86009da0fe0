"""Signals in tests: processes that are sent them, and this one."""

from __future__ import annotations

import signal
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


@contextmanager
def hearing(sent: int) -> Iterator[None]:
    """This process hears a signal, whatever started the tests ignores; afterwards it is handled as it was."""
    before = signal.signal(sent, signal.SIG_DFL)
    try:
        yield
        assert signal.getsignal(sent) is signal.SIG_DFL, "a command left its own handler"
    finally:
        signal.signal(sent, before)
