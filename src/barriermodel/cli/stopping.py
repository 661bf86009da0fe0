"""Being told to stop: by Ctrl-C, by a terminal that closes, or by another program."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def stopping() -> Iterator[list[int]]:
    """Within it every signal to stop ends the program as Ctrl-C does, so that nothing half done is left behind.

    A signal that is ignored (as ``nohup`` has it) stays so.

    Yields:
        The signals that came, also where something on the way kept one to itself.

    """
    told: list[int] = []

    def stop(number: int, _: Any) -> None:
        told.append(number)
        raise KeyboardInterrupt

    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():  # only there signals arrive
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
                before[number] = signal.signal(number, stop)
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
