"""Where code of a plugin is called: what it prints goes to standard error, and nothing that it raises gets out."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Any

from ..objects import shorten

MAX_MESSAGE_LENGTH = 1000
"""At most so many letters of what an error says are told."""


class RaisedByPlugin(Exception):
    """What a plugin raised that is no ``Exception``, and so would have ended the program."""

    def __init__(self, raised: BaseException) -> None:
        super().__init__(type(raised).__name__)
        self.raised = raised


class _Here(threading.local):
    """How many calls of plugins this thread is in."""

    depth = 0


_here = _Here()


class _Output:
    """Standard output while a plugin runs: of the threads that are in one, standard error."""

    def __init__(self, stdout: Any) -> None:
        self.stdout = stdout

    def __getattr__(self, name: str) -> Any:
        return getattr(sys.stderr if _here.depth else self.stdout, name)

    def write(self, text: str) -> int:
        """Write, or do nothing where the program has no standard error."""
        stream = sys.stderr if _here.depth else self.stdout
        return len(text) if stream is None else int(stream.write(text))

    def close(self) -> None:
        """Nothing: a plugin does not close what others write to."""

    def flush(self) -> None:
        """Flush, in the same way."""
        stream = sys.stderr if _here.depth else self.stdout
        if stream is not None:
            stream.flush()


class _PluginCode:
    """``with PLUGIN_CODE:`` around what calls a plugin: only an ``Exception`` or an interrupt comes out of it.

    ``contextlib.redirect_stdout`` would do for one thread. Here what other threads print meanwhile goes where it
    went, and the last to leave takes away what was put there. What a program put over it meanwhile stays: that program
    may put ours back after the last has left, where it lets everything through until the next to leave takes it away.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0
        self._put: Any = None

    def __enter__(self) -> None:
        _here.depth += 1
        if _here.depth > 1:
            return
        with self._lock:
            self._running += 1
            if not isinstance(sys.stdout, _Output):
                sys.stdout = _Output(sys.stdout)
            self._put = sys.stdout

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        _here.depth -= 1
        if not _here.depth:
            with self._lock:
                self._running -= 1
                if not self._running:
                    put = self._put if sys.stdout is None else sys.stdout  # none is what a plugin may leave of it
                    sys.stdout, self._put = put.stdout if isinstance(put, _Output) else put, None
        if error is not None and not isinstance(error, (Exception, KeyboardInterrupt)):
            raise RaisedByPlugin(error)


PLUGIN_CODE = _PluginCode()


def type_and_message(error: BaseException) -> tuple[str, str]:
    """What sort of error a plugin raised, and its words on one line; none where it cannot say them."""
    raised = error.raised if isinstance(error, RaisedByPlugin) else error
    try:
        with PLUGIN_CODE:
            words = " ".join(str(raised).split())
    except Exception:  # an error that cannot say what it is must not end the program either
        words = ""
    return type(raised).__name__, words[:MAX_MESSAGE_LENGTH]


def safe_repr(thing: object) -> str:
    """A thing that a plugin gave, in few words, whatever it is."""
    try:
        with PLUGIN_CODE:
            words = repr(thing)
    except Exception:  # it cannot say what it is
        return f"a {type(thing).__name__}"
    return shorten(words, 100)
