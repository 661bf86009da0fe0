"""Refuses a rule or derived fact that reads the clock, itself or through a function of its plugin.

What bytecode does not show (``getattr``, a function of another distribution) is found by the laws of
``barriermodel.testing``, which watch what is called.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from types import FunctionType
from typing import Any

from ..errors import TracingError
from ..source_location import function_location
from .bytecode import UNRESOLVED, mentioned_values, method_of, python_function

DATE_CLOCKS = frozenset({"today", "now", "utcnow"})
"""Methods of ``date`` and ``datetime`` that read the clock."""
TIME_CLOCKS = frozenset(
    {
        "time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time",
        "process_time_ns", "thread_time", "thread_time_ns", "clock_gettime", "clock_gettime_ns",
    }
)  # fmt: skip
"""Functions of ``time`` that read the clock whatever their arguments."""


def refuse_clock(function: Callable[..., Any], where: str) -> None:
    """Raise an error if a function reads the clock.

    Args:
        function: the function of a rule or derived fact.
        where: the rule or derived fact, for the message.

    Raises:
        TracingError: with file, line and what to write instead.

    """
    for place, name in _readings(function):
        words = f"{where}: {name}() reads the clock; give it a parameter `as_of: AsOf`, which is the dossier's date."
        raise TracingError(words, place)


def _readings(function: Callable[..., Any]) -> Iterator[tuple[str, str]]:
    """Yield where a clock is read, and its name, in a function and the functions of its plugin that it mentions."""
    todo = [found for found in [python_function(function)] if found is not None]
    package, seen = _package(todo[0]) if todo else "", set(todo)
    while todo:
        one = todo.pop()
        for line, name, value in mentioned_values(one):
            if _is_clock(value) or (value is UNRESOLVED and name in DATE_CLOCKS):
                yield function_location(one, line), name
            for found in filter(None, map(python_function, _run_by(value, package))):
                if found not in seen and _package(found) == package:
                    seen.add(found)
                    todo.append(found)


def _run_by(value: Any, package: str) -> list[Any]:
    """Return what may run if a function mentions a value: its methods if it is a class, its call if an instance."""
    if isinstance(value, type):
        return [*vars(value).values()] if _package(value) == package else []
    return [value, method_of(value, "__call__")] if _package(type(value)) == package else [value]


def _package(thing: FunctionType | type) -> str:
    return str(thing.__module__).partition(".")[0]


def _is_clock(thing: Any) -> bool:
    while isinstance(thing, partial):
        thing = thing.func
    name, owner = getattr(thing, "__name__", ""), getattr(thing, "__self__", None)
    if isinstance(owner, type) and issubclass(owner, date):
        return name in DATE_CLOCKS
    return isinstance(name, str) and name in TIME_CLOCKS and thing is getattr(time, name, None)
