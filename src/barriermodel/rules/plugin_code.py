"""Calls code of plugins: what it prints goes to standard error, and what it raises never ends the program."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Any

from ..objects import shorten

MAX_MESSAGE_LENGTH = 1000
"""Characters of a plugin's error message that are kept."""


class RaisedByPlugin(Exception):
    """Replaces what a plugin raised that is no ``Exception``, such as ``SystemExit``."""

    def __init__(self, raised: BaseException) -> None:
        super().__init__(type(raised).__name__)
        self.raised = raised


class _CallDepth(threading.local):
    """How many calls of plugins the current thread is in."""

    depth = 0


_calls = _CallDepth()


class _Output:
    """Replaces standard output while a plugin runs: standard error for threads inside a plugin, itself for others."""

    def __init__(self, stdout: Any) -> None:
        self.stdout = stdout

    def __getattr__(self, name: str) -> Any:
        return getattr(sys.stderr if _calls.depth else self.stdout, name)

    def write(self, text: str) -> int:
        """Write; do nothing if the program has no standard error."""
        stream = sys.stderr if _calls.depth else self.stdout
        return len(text) if stream is None else int(stream.write(text))

    def close(self) -> None:
        """Do nothing: a plugin must not close what others write to."""

    def flush(self) -> None:
        """Flush the same stream."""
        stream = sys.stderr if _calls.depth else self.stdout
        if stream is not None:
            stream.flush()


class _PluginCode:
    """``with PLUGIN_CODE:`` lets only an ``Exception`` or an interrupt out, and sends prints to standard error.

    ``contextlib.redirect_stdout`` would do for one thread. Here other threads keep printing to standard output, and
    the last thread to leave restores it. If a program has replaced ``sys.stdout`` meanwhile, its replacement stays;
    should it put our wrapper back later, the wrapper passes everything through until the next thread leaves.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0
        self._installed: Any = None

    def __enter__(self) -> None:
        _calls.depth += 1
        if _calls.depth > 1:
            return
        with self._lock:
            self._running += 1
            if not isinstance(sys.stdout, _Output):
                sys.stdout = _Output(sys.stdout)
            self._installed = sys.stdout

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        _calls.depth -= 1
        if not _calls.depth:
            with self._lock:
                self._running -= 1
                if not self._running:
                    current = self._installed if sys.stdout is None else sys.stdout  # a plugin may set it to None
                    sys.stdout, self._installed = current.stdout if isinstance(current, _Output) else current, None
        if error is not None and not isinstance(error, (Exception, KeyboardInterrupt)):
            raise RaisedByPlugin(error)


PLUGIN_CODE = _PluginCode()


def type_and_message(error: BaseException) -> tuple[str, str]:
    """Return the type of a plugin's error, and its message on one line; ``""`` if ``str`` of it fails."""
    raised = error.raised if isinstance(error, RaisedByPlugin) else error
    try:
        with PLUGIN_CODE:
            words = " ".join(str(raised).split())
    except Exception:  # an error whose __str__ fails must not end the program either
        words = ""
    return type(raised).__name__, words[:MAX_MESSAGE_LENGTH]


def safe_repr(thing: object) -> str:
    """Return a short ``repr`` of an object of a plugin, even if its own fails."""
    try:
        with PLUGIN_CODE:
            words = repr(thing)
    except Exception:
        return f"a {type(thing).__name__}"
    return shorten(words, 100)
