"""Sees what a plugin reads from outside while it runs.

It watches calls (``sys.setprofile``), so it makes no difference how a function was imported or is named. A function
in C that is called by another one in C (``map(time.time, …)``) is not seen; :mod:`.reading` finds it in the source.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

from .side_effects import called_side_effect, side_effect_of

_OWN_BUSINESS = {
    "importlib", "_frozen_importlib", "_frozen_importlib_external", "_strptime", "logging", "linecache", "hypothesis",
}  # fmt: skip
"""Packages that read something without telling whoever called them; Hypothesis times the collection of garbage."""
_WHERE_IT_LIES = {"resolve", "realpath"}
"""Functions that look at folders to make a path whole."""


class SideEffect(BaseException):
    """A plugin reads something from outside. No ``Exception``, so that nothing takes it for a fact's error."""


@contextmanager
def forbid_side_effects(
    packages: Collection[str], within: Collection[CodeType] = (), only: str = ""
) -> Iterator[list[str]]:
    """While this holds, a plugin's call that reads something from outside is refused, and told in the list.

    Args:
        packages: the plugin's.
        within: only in these functions and in what they call; left out, in all that the plugin does itself.
        only: what alone is refused, such as the clock; left out, anything.

    """
    found: list[str] = []

    def watch(frame: FrameType, event: str, arg: Any) -> None:
        what = side_effect_of(arg) if event == "c_call" else called_side_effect(frame) if event == "call" else None
        if what is None or not what.startswith(only):
            return
        caller = frame if event == "c_call" else frame.f_back
        own = _nearest(caller, packages, () if within else ("barriermodel",))
        if own is not None and (not within or _runs(own, within)):
            found.append(f"{place(own.f_code, own.f_lineno)} reads {what}")
            raise SideEffect(found[-1])

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        yield found
    except SideEffect:
        pass
    finally:
        sys.setprofile(before)


def place(code: CodeType, line: int) -> str:
    """Where something is done, for a sentence."""
    name = "it" if code.co_name == "<module>" else code.co_qualname.partition(".<locals>")[0]
    return f"{name} (line {line} of {code.co_filename.replace(chr(92), '/').rpartition('/')[2]})"


def _nearest(frame: FrameType | None, packages: Collection[str], others: Collection[str]) -> FrameType | None:
    """The plugin's frame in which something is done; None where others do it, of their own accord."""
    while frame is not None:
        package = package_of(frame)
        if package in packages and not frame.f_code.co_filename.startswith("<"):  # of a text there is no file
            return frame
        if package in _OWN_BUSINESS or package in others or frame.f_code.co_name in _WHERE_IT_LIES:
            return None
        frame = frame.f_back
    return None


def _runs(frame: FrameType | None, functions: Collection[CodeType]) -> bool:
    while frame is not None and frame.f_code not in functions:
        frame = frame.f_back
    return frame is not None


def package_of(frame: FrameType) -> str:
    """The package whose code runs in a frame."""
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]
