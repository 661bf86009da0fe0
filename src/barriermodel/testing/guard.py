"""Sees what a plugin reads from outside: the clock, chance, the network, files, the environment.

It watches calls (``sys.setprofile``), so it makes no difference how a function was imported or is called.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType
from typing import Any

CLOCK = {"today", "now", "utcnow"}
"""Methods of ``date`` and ``datetime``."""
COMPILED = {"time", "_socket", "posix", "nt", "_ssl", "_random"}
"""Modules in C of which no function may be called."""
WRITTEN = {
    "random",
    "secrets",
    "os",
    "socket",
    "ssl",
    "subprocess",
    "uuid",
    "urllib.request",
    "http.client",
    "tempfile",
}
"""Modules in Python of which no function may be called."""


class Refused(BaseException):
    """A plugin reads something from outside. No ``Exception``, so that nothing takes it for a fact's error."""


@contextmanager
def watching(mine: Callable[[FrameType], bool]) -> Iterator[list[str]]:
    """While this holds, a call that reads something from outside is refused, and told in the list.

    Args:
        mine: whether the frame that makes the call is looked at.

    """
    found: list[str] = []

    def watch(frame: FrameType, event: str, arg: Any) -> None:
        caller = frame if event == "c_call" else frame.f_back
        name = _compiled(arg) if event == "c_call" else _written(frame) if event == "call" else None
        if name is None or caller is None or not mine(caller):
            return
        code = caller.f_code
        found.append(f"{code.co_name} (line {caller.f_lineno} of {code.co_filename.rpartition('/')[2]}) calls {name}()")
        raise Refused(found[-1])

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        yield found
    except Refused:
        pass
    finally:
        sys.setprofile(before)


def called_from(packages: Collection[str]) -> Callable[[FrameType], bool]:
    """Whether a frame is of one of these packages, or was called by one of them."""

    def mine(frame: FrameType) -> bool:
        here: FrameType | None = frame
        while here is not None:
            package = package_of(here)
            if package in packages:
                return True
            if package in ("hypothesis", "barriermodel"):
                return False  # what they do, also in between, is not the plugin's doing
            here = here.f_back
        return False

    return mine


def package_of(frame: FrameType) -> str:
    """The package whose code runs in a frame."""
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _compiled(function: Any) -> str | None:
    owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
    module = getattr(function, "__module__", None)
    if isinstance(owner, type) and issubclass(owner, date) and name in CLOCK:
        return f"{owner.__name__}.{name}"
    if isinstance(owner, random.Random):
        return f"random.{name}"
    if module in COMPILED or function is open:
        return name if function is open else f"{module}.{name}"
    return None


def _written(frame: FrameType) -> str | None:
    module = frame.f_globals.get("__name__")
    return f"{module}.{frame.f_code.co_name}" if module in WRITTEN else None
