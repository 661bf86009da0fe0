"""Detects side effects of a plugin while it runs: clock, random numbers, network, files and environment.

It traces calls (``sys.setprofile``), so it makes no difference how a function was imported or is named. A call from C
code to a function in C (``map(time.time, …)``) is not traced; :mod:`.source_inspection` finds that in the source.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

from .side_effects import called_side_effect, side_effect_of

_OWN_SIDE_EFFECTS = {
    "importlib", "_frozen_importlib", "_frozen_importlib_external", "_strptime", "logging", "linecache", "hypothesis",
}  # fmt: skip
"""Packages whose side effects are not the plugin's: Hypothesis, for one, times the garbage collector."""
_PATH_FUNCTIONS = {"resolve", "realpath"}
"""Functions that read folders in order to resolve a path."""


class SideEffect(BaseException):
    """A plugin has a side effect. Not an ``Exception``, so that no handler takes it for an error of a derived fact."""


@contextmanager
def forbid_side_effects(
    packages: Collection[str], within: Collection[CodeType] = (), only: str = ""
) -> Iterator[list[str]]:
    """Stop a plugin at its first side effect in this block; the list then holds a sentence about it.

    Args:
        packages: the packages of the plugin.
        within: the functions to watch, with all that they call; by default all code of the plugin.
        only: the one side effect that is forbidden, such as the clock; by default all of them.

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
    """A line of code, for a sentence."""
    name = "it" if code.co_name == "<module>" else code.co_qualname.partition(".<locals>")[0]
    return f"{name} (line {line} of {code.co_filename.replace(chr(92), '/').rpartition('/')[2]})"


def _nearest(frame: FrameType | None, packages: Collection[str], others: Collection[str]) -> FrameType | None:
    """The frame of the plugin that causes a call; None if another package makes it by itself."""
    while frame is not None:
        package = package_of(frame)
        if package in packages and not frame.f_code.co_filename.startswith("<"):  # generated code has no file
            return frame
        if package in _OWN_SIDE_EFFECTS or package in others or frame.f_code.co_name in _PATH_FUNCTIONS:
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
